package cupel.sampling

import cupel.structure.Cell
import cupel.structure.ContentHash
import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class WalkerSpec extends Specification {

    static final Connectivity STANDARD = Connectivity.standard()
    static final model = TestModels.lennardJones(0.4, 2.5)

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static Walker walker(int low, int high, Connectivity connectivity = STANDARD) {
        new Walker(new MetropolisSampler(MetropolisSettings.standard().withCycles(20, 10).withEquilibration(5), connectivity),
                connectivity, low, high)
    }

    def "walkers draw all sizes of the range alike and get there from one start, up and down"() {
        given:
        def start = TestModels.lattice(8, 2.8)
        def counts = [:].withDefault { 0 }

        when:
        (1..400).each {
            def result = walker(2, 20).walk(model, [start], Provenance.NONE, random(it))
            assert result.remark() == null
            assert result.size() == result.wantedSize()
            assert result.structures().every { s -> s.size() == result.size() && STANDARD.accepts(s) }
            counts[result.size()]++
        }

        then: "400 draws of 19 sizes: 21 each, five sigmas"
        counts.keySet() == (2..20).toSet()
        counts.values().every { Math.abs(it - 400 / 19) < 5 * Math.sqrt(400 / 19) }
    }

    def "with any composition a walk gets from one start to pure and mixed clusters of the same elements"() {
        given:
        def lattice = TestModels.lattice(6, 2.8)
        def start = Structure.of([79, 79, 79, 29, 29, 29] as int[], lattice.positions(), Cell.NONE)
        def any = new Walker(new MetropolisSampler(MetropolisSettings.standard().withCycles(20, 10).withEquilibration(5), STANDARD),
                STANDARD, 2, 6, Composition.ANY)

        when:
        def results = (1..150).collect { any.walk(model, [start], Provenance.NONE, random(it)) }
        def made = results.collectMany { it.structures() }

        then: "sizes 2 to 6 have 3 + 4 + 5 + 6 + 7 compositions"
        results.every { it.remark() == null && it.size() == it.wantedSize() }
        made.every { STANDARD.accepts(it) }
        made.collect { s -> [s.atomicNumbers().count(29), s.atomicNumbers().count(79)] }.toSet().size() == 25
    }

    def "starts are drawn alike, and the parent is noted when it has an id"() {
        given:
        def starts = (0..3).collect { TestModels.lattice(4, 2.7 + 0.1 * it) }
                .withIndex().collect { s, i -> i == 3 ? s : s.withInfo('sid', "h_$i".toString()) }
        def counts = [:].withDefault { 0 }

        when:
        (1..400).each { counts[walker(4, 4).walk(model, starts, Provenance.NONE, random(it)).structures()[0].info()['parent']]++ }

        then:
        counts.keySet() == ['h_0', 'h_1', 'h_2', null].toSet()
        counts.values().every { Math.abs(it - 100) < 5 * Math.sqrt(75) }
    }

    def "notes on every structure where it came from"() {
        given:
        def start = TestModels.lattice(5, 2.8).withInfo('sid', 'h_parent').withInfo('config_type', 'old')

        when:
        def structure = walker(5, 5).walk(model, [start], new Provenance('c1', 3, 7, 'NN_energy'), random(1)).structures()[0]

        then:
        structure.info().keySet().toList() ==
                ['sid', 'campaign', 'generation', 'sampler', 'walker', 'parent', 'kind', 'NN_energy']
        structure.info()['sid'] == ContentHash.of(structure)
        structure.info()['campaign'] == 'c1'
        structure.info()['generation'] == 3L
        structure.info()['sampler'] == 'metropolis'
        structure.info()['walker'] == 7L
        structure.info()['parent'] == 'h_parent'
        Math.abs(structure.info()['NN_energy'] - model.energy(structure)) < 1e-9
        structure.label() == null
    }

    def "resizing keeps the proportions of the elements"() {
        given: "four gold and two copper atoms"
        def x = TestModels.lattice(6, 2.7).positions()
        def start = Structure.of([79, 29, 79, 79, 29, 79] as int[], x, Cell.NONE)

        expect:
        (1..10).every {
            def s = walker(size, size).walk(model, [start], Provenance.NONE, random(it)).structures()[0]
            def z = s.atomicNumbers().toList()
            z.count(79) in gold && z.count(79) + z.count(29) == size
        }

        where:
        size | gold
        3    | [2]
        12   | [8]
        4    | [3]
        2    | [1]
        20   | [13]
        1    | [1]
    }

    def "remainders that are equal are drawn"() {
        given:
        def counts = new int[119]
        counts[79] = 1
        counts[29] = 1

        when:
        def gold = (1..200).collect { Resizing.proportionalCounts(counts, 3, random(it))[79] }

        then: "half and half, four sigmas"
        gold.toSet() == [1, 2].toSet()
        Math.abs(gold.count(1) - 100) < 4 * Math.sqrt(50)
    }

    def "periodic structures, isolated atoms and clusters that are not allowed are passed over"() {
        given:
        def good = TestModels.lattice(4, 2.8).withInfo('sid', 'h_good')
        def bad = [
            Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4)),
            Structure.cluster(79, 0, 0, 0),
            Structure.cluster(79, 0, 0, 0, 0, 0, 7),
            Structure.cluster(79, 0, 0, 0, 0, 0, 1)
        ]

        expect:
        (1..20).every { walker(3, 6).walk(model, bad + good, Provenance.NONE, random(it)).structures()[0].info()['parent'] == 'h_good' }
    }

    def "an isolated atom will do when there is nothing else"() {
        when:
        def result = walker(6, 6).walk(model, [Structure.cluster(79, 0, 0, 0)], Provenance.NONE, random(1))

        then:
        result.remark() == null
        result.structures().every { it.size() == 6 }
    }

    def "says why when there is no valid start"() {
        when:
        def result = walker(2, 4).walk(model, starts, Provenance.NONE, random(1))

        then:
        result.structures().empty
        result.size() == 0
        result.remark() == remark

        where:
        starts                                    | remark
        []                                        | 'no valid start: there is no cluster in free space to start from'
        [Structure.cluster(79, 0, 0, 0, 0, 0, 9)] | 'no valid start: a start was passed over: the cluster is in pieces: only 1 of 2 atoms hang together with atom 1'
    }

    def "stays where it got nearest when the size cannot be reached, and says so"() {
        given: "r_min so near r_connect that nothing has more than a few neighbours, and a box that holds only some atoms"
        def connectivity = Connectivity.uniform(2.5, 3.5)
        def start = Structure.cluster(79, 1, 1, 1, 3.6, 1, 1)

        when:
        def result = walker(30, 30, connectivity).walk(TestModels.box(4), [start], Provenance.NONE, random(1))

        then:
        result.wantedSize() == 30
        result.size() > 2 && result.size() < 30
        result.remark().startsWith("stopped at ${result.size()} atoms on the way to 30: no place for one more".toString())
        result.structures().every { it.size() == result.size() }
    }

    def "walkers survive a wild model from any start to any size"() {
        given:
        def wild = TestModels.wild(model)

        when:
        def results = (1..60).collect {
            walker(2, 12).walk(wild, [TestModels.lattice(5, 2.8), TestModels.lattice(9, 2.8)], Provenance.NONE, random(it))
        }

        then:
        results.every { it.remark() == null || it.size() > 0 }
        results*.structures().flatten().every { STANDARD.accepts(it) }
        results.count { it.size() == it.wantedSize() } > 55
    }

    def "a model without finite numbers gives no structures and a remark"() {
        when:
        def result = walker(3, 5).walk(TestModels.hopeless(), [TestModels.lattice(4, 2.8)], Provenance.NONE, random(1))

        then:
        result.structures().empty
        result.remark() != null
    }
}
