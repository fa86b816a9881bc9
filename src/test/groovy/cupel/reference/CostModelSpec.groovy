package cupel.reference

import spock.lang.Specification

class CostModelSpec extends Specification {

    def "a power law is found again, at sizes that were never computed too"() {
        given: 'two calculations a size at most, so that the fit answers everywhere'
        def law = { int atoms -> factor * atoms**power }
        def model = new CostModel([3: [law(3)], 7: [law(7), law(7)], 20: [law(20)]])

        expect:
        [1, 3, 5, 7, 13, 20, 100].every { Math.abs(model.seconds(it) / law(it) - 1) < 1e-12d }

        where:
        factor | power
        0.02d  | 2.7d
        3d     | 1d
        400d   | 0d
        1e-5d  | 4d
    }

    def "three calculations of a size or more answer for it with their median, in whichever order they come"() {
        given: 'one of each size that took far longer than the others'
        def model = new CostModel([4: [5d, 1000d, 3d], 5: [10d, 8d, 4000d, 12d], 6: [100d, 200d]])

        expect:
        model.seconds(4) == 5
        model.seconds(5) == 11
        model.seconds(6) != 150
    }

    def "of one size alone, twice the atoms are thought to cost twice as much"() {
        given:
        def model = new CostModel([10: seconds])

        expect:
        Math.abs(model.seconds(5) - 0.5d * typical) < 1e-12d * typical
        Math.abs(model.seconds(10) - typical) < 1e-12d * typical
        Math.abs(model.seconds(20) - 2 * typical) < 1e-12d * typical

        where:
        seconds          || typical
        [30d]            || 30d
        [20d, 45d]       || 30d // their geometric mean
        [30d, 30d, 30d]  || 30d
    }

    def "the power stays between 0 and 4: #costs"() {
        given:
        def model = new CostModel(costs)

        expect:
        Math.abs(model.seconds(40) / model.seconds(20) - ratio) < 1e-9d

        where:
        costs                    || ratio
        [2: [50d], 10: [1d]]     || 1
        [9: [1d], 10: [1000d]]   || 16
    }

    def "costs that are none say nothing"() {
        expect: 'neither to the fit, nor to the number that a median takes'
        Math.abs(new CostModel([4: [0d, -1d, Double.NaN, Double.POSITIVE_INFINITY, 8d], 9: [Double.NaN]]).seconds(8) - 16) < 1e-12d
        Math.abs(new CostModel([4: [Double.NaN, 2d, 8d]]).seconds(4) - 4) < 1e-12d
    }

    def "without any cost there is no model: #costs"() {
        when:
        new CostModel(costs)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'illegal costs: none, must be those of one calculation at least'

        where:
        costs << [[:], [4: []], [4: [0d, Double.NaN], 5: [Double.POSITIVE_INFINITY, -3d]]]
    }
}
