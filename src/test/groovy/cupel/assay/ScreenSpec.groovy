package cupel.assay

import cupel.sampling.Connectivity
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import spock.lang.Specification

import static cupel.assay.Screen.Choice.*
import static cupel.assay.Screen.Refusal.*

class ScreenSpec extends Specification {

    static final ALL = Integer.MAX_VALUE

    def settings(Map changes = [:]) {
        new Screen.Settings(
            Connectivity.standard(), changes.min ?: 2, changes.max ?: 60,
            changes.containsKey('count') ? changes.count : ALL, 0.01d, changes.choice ?: DIRECT)
    }

    def screen(List files, Screen.Settings settings = settings(), List pool = [], List known = [], List committee = []) {
        Screen.of(files, pool, known, { Gold.features(it) }, committee, settings)
    }

    def walker(Object name, long seed, int count = 4) {
        (1..count).collect { Gold.cluster(6 + it, seed + it).withInfo('walker', name) }
    }

    def "no candidates at all is a result"() {
        when:
        def screen = screen(files)

        then:
        screen.screened() == []
        screen.refused() == []
        screen.counts() == new ScreenCounts(0, 0, 0, 0)

        where:
        files << [[], [[]], [[], []]]
    }

    def "the order of the files does not matter"() {
        given:
        def files = [walker(10, 100), walker(2, 200), walker('nested_1', 300), walker(null, 400)]

        expect:
        files.permutations().collect { screen(it, settings(count: 9, choice: choice)).screened()*.info()*.sid }.unique().size() == 1

        where:
        choice << [DIRECT, DIVERSITY]
    }

    def "walkers come in the order of their numbers, then of their names"() {
        expect:
        screen([walker(10, 100, 1), walker('b', 1, 1), walker(2, 200, 1), walker('a', 300, 1)])
            .screened()*.info()*.walker == [2L, 10L, 'a', 'b']
    }

    def "every candidate gets an id, and notes stay"() {
        given:
        def candidate = Gold.cluster(7, 1).withInfo('walker', 3).withInfo('parent', 'h_1')

        expect:
        with(screen([[candidate]]).screened()[0].info()) {
            sid ==~ /h_[0-9a-f]{16}/
            parent == 'h_1'
        }
    }

    def "refuses what is #why"() {
        when:
        def screen = screen([[structure]], settings(min: 3, max: 20))

        then:
        screen.screened() == []
        screen.refused()*.why() == [why]
        screen.refused()[0].detail().contains(detail)
        screen.refused()[0].noted().info().refused == why.name().toLowerCase()
        screen.counts() == new ScreenCounts(1, 0, 1, 0)

        where:
        structure                                                                  | why          | detail
        Gold.cluster(2, 1)                                                         | SIZE         | '2 atoms, must be 3 to 20'
        Gold.cluster(21, 1)                                                        | SIZE         | '21 atoms'
        Structure.cluster(79, 0, 0, 0, 2.7, 0, 0, 2.7, 1.1, 0)                     | TOO_CLOSE    | 'atoms 2 and 3'
        Structure.cluster(79, 0, 0, 0, 2.7, 0, 0, 9.9, 0, 0)                       | DISCONNECTED | ''
        Structure.of([79, 79, 79] as int[], [0, 0, 0, 2.7, 0, 0, 5.4, 0, 0] as double[],
            Cell.periodic(6.0, 0, 0, 0, 9, 0, 0, 0, 9))                            | TOO_CLOSE    | 'apart'
    }

    def "a crystal need not hang together inside its cell"() {
        given: 'two atoms that are neighbours only through the cell wall'
        def crystal = Structure.of([79, 79] as int[], [0.1, 0, 0, 9.7, 0, 0] as double[],
            Cell.periodic(12.4, 0, 0, 0, 12, 0, 0, 0, 12))

        expect:
        screen([[crystal]]).screened().size() == 1
    }

    def "functions that are no numbers are refused where no r_min keeps atoms apart"() {
        given:
        def settings = new Screen.Settings(Connectivity.uniform(0, 4), 1, 9, ALL, 0.01d, DIRECT)

        expect:
        screen([[Structure.cluster(79, 0, 0, 0, 0, 0, 0)]], settings).refused()*.why() == [NOT_FINITE]
    }

    def "finds twins in the pool, among the known, and among candidates, however they are turned"() {
        given:
        def (a, b, c, d) = (1..4).collect { Gold.cluster(9, it).withInfo('sid', "s$it" as String) }
        def twin = { Gold.shuffledAndTurned(it, 7) }

        when:
        def screen = screen([[twin(a), twin(b), c, twin(c), d]], settings(), [a], [b])

        then:
        screen.screened()*.info()*.sid == ['s3', 's4']
        screen.refused()*.why() == [DUPLICATE_OF_POOL, DUPLICATE_OF_KNOWN, DUPLICATE_OF_CANDIDATE]
        screen.refused()*.detail() == ['twin of s1', 'twin of s2', 'twin of s3']
        screen.counts() == new ScreenCounts(5, 2, 0, 3)
    }

    def "isolated atoms of the pool are no structures to be a twin of"() {
        given:
        def atom = Structure.cluster(79, 0, 0, 0)
        def settings = new Screen.Settings(Connectivity.standard(), 1, 9, ALL, 0.01d, DIRECT)

        expect:
        screen([[atom]], settings, [atom.withInfo('config_type', 'IsolatedAtom')]).screened().size() == 1
        screen([[atom]], settings, [atom]).screened().size() == 0
    }

    def "the limit keeps the first, and says so of the others"() {
        when:
        def cut = screen([walker(1, 10)], settings(count: 3))

        then:
        cut.screened()*.size() == [7, 8, 9]
        cut.refused()*.why() == [OVER_LIMIT]
        cut.counts() == new ScreenCounts(4, 3, 1, 0)
        screen([walker(1, 10)], settings(count: 0)).screened() == []
    }

    def "choosing by diversity keeps one of each kind"() {
        given:
        def heap = { int size -> (1..4).collect { Gold.cluster(size, it, 0.02d * it) } }

        expect:
        screen([heap(5) + heap(12) + heap(30)], settings(count: 3, choice: DIVERSITY)).screened()*.size() == [5, 12, 30]
    }

    def "choosing by committee keeps those on which the networks disagree most, wild ones before all"() {
        given: 'disagreement per atom grows with size, and 8 atoms give no number'
        def committee = [1, 2, 3].collect { k -> Gold.model { it.size() == 8 ? Double.NaN : k * it.size()**2 } }

        when:
        def screen = screen([walker(1, 10)], settings(count: 3, choice: COMMITTEE), [], [], committee)

        then: 'standard deviation of 1, 2, 3 times N is N'
        screen.screened()*.size() == [8, 9, 10]
        screen.screened()*.info()*.NN_disagreement_mev_per_atom.drop(1).every { it != null }
        Math.abs(screen.screened()[1].info().NN_disagreement_mev_per_atom - 9000) < 1e-6
    }

    def "choosing by committee without one is refused"() {
        when:
        screen([[]], settings(choice: COMMITTEE), [], [], [Gold.model { 0d }])

        then:
        def e = thrown(InputException)
        e.message.contains('this one has 1')
        e.message.contains('--folds')
    }

    def "the report counts every reason, and what it wrote can be read"() {
        given:
        def json = screen([walker(1, 10)], settings(count: 3)).toJson()

        expect:
        json.at('/refused/over_limit').intValue() == 1
        json.at('/screened_by_size/8').intValue() == 1
        json.at('/settings/max_candidates').intValue() == 3
        ScreenCounts.fromJson(json, 'screen.json') == new ScreenCounts(4, 3, 1, 0)
    }

    def "a report whose numbers do not add up is refused with the name of the file"() {
        given:
        def json = screen([walker(1, 10)]).toJson().put('screened', 77)

        when:
        ScreenCounts.fromJson(json, 'screen.json')

        then:
        def e = thrown(InputException)
        e.message.startsWith('screen.json: ')
    }
}
