package cupel.sampling

import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest
import spock.lang.Specification

class NestedSamplerSpec extends Specification {

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    def "under a ceiling the walk is flat: E/ceiling has distribution x^(d/2) for springs"() {
        given: "three atoms, d = 9; the ceiling stays where it is"
        def rest = TestModels.lattice(3, 3.0)
        def settings = NestedSettings.standard().withCycles(30_000, 30_000).withContractionEvery(30_000)
                .withFirstCeiling(2).withRelocationShare(share).withBondingRadius(4)
        def energies = []

        when:
        new NestedSampler(settings, Connectivity.uniform(0, 50)).sample(TestModels.springs(1, rest), rest, random(1)) {
            cycle, state, energy ->
            if (cycle % 30 == 0) {
                energies << energy / 2
            }
        }

        then: "1000 samples, 30 cycles apart"
        energies.every { it <= 1 }
        KolmogorovSmirnovTest.withDefaults().test(energies as double[], { Math.pow(it, 4.5) } ).getPValue() > 0.001

        where:
        share << [0, 0.3d]
    }

    def "under a ceiling every arrangement of an alloy that lies below it is as likely"() {
        given: "a copper atom in one of five places, of which four are under the ceiling"
        def places = [0.1d, 0.2d, 0.9d, 0.3d, 0.4d]
        def model = new cupel.potential.EnergyModel() {
            cupel.potential.Evaluation evaluate(Structure s) {
                new cupel.potential.Evaluation(places[s.atomicNumbers().findIndexOf { it == 29 }], new double[15], null)
            }
        }
        def start = Structure.of([29, 79, 79, 79, 79] as int[], TestModels.lattice(5, 2.8).positions(), cupel.structure.Cell.NONE)
        def settings = NestedSettings.standard().withCycles(8000, 8000).withContractionEvery(8000).withFirstCeiling(0.5)
                .withRelocationShare(0).withSwapShare(1)
        def observed = new long[5]

        when:
        new NestedSampler(settings, Connectivity.uniform(0, 50)).sample(model, start, random(1)) { cycle, state, energy ->
            if (cycle % 4 == 0) {
                observed[(0..4).find { state.atomicNumber(it) == 29 }]++
            }
        }

        then: "2000 visits: five sigmas of 500"
        observed[2] == 0
        [0, 1, 3, 4].every { Math.abs(observed[it] - 500) < 5 * Math.sqrt(375) }
    }

    def "ceilings fall by the halving law 2^(-2/d) for d = #d"() {
        given:
        def rest = TestModels.lattice(d.intdiv(3), 3.0)
        int strata = 20
        def settings = NestedSettings.standard().withCycles(strata * cycles, strata * cycles)
                .withContractionEvery(cycles).withFirstCeiling(4).withRelocationShare(0)

        when:
        def result = new NestedSampler(settings, Connectivity.uniform(0, 50))
                .sample(TestModels.springs(1, rest), rest, random(2))
        def ceilings = result.strata()*.ceiling()
        // log2 of the volume of the last stratum by that of the first: one less for each contraction
        def halvings = -d / 2 * Math.log(ceilings[-1] / ceilings[0]) / Math.log(2)

        then: "each median is out by about 1/sqrt(n) in log volume, n some 250 independent visits: four sigmas over 19 strata"
        result.strata().size() == strata
        Math.abs(halvings - 19) < 4 * Math.sqrt(19 / 250) / Math.log(2)
        (1..<strata).every { ceilings[it] == result.strata()[it - 1].median() && ceilings[it] < ceilings[it - 1] }

        where:
        d  | cycles
        6  | 1500
        12 | 1500
    }

    def "puts out structures from high to low, each allowed and with the energy that the model gives it"() {
        given:
        def model = TestModels.lennardJones(0.4, 2.5)
        def connectivity = Connectivity.uniform(1.9, 3.9)

        when:
        def result = new NestedSampler(NestedSettings.standard().withCycles(3000, 500), connectivity)
                .sample(model, TestModels.lattice(8, 2.8), random(3))
        def energies = result.samples()*.energy()

        then: "the ceilings fall, and so do the energies within what a stratum holds; the minimum of LJ8 is -19.82 epsilon"
        result.samples().size() == 6
        result.samples().every { connectivity.accepts(it.structure()) }
        result.samples().every { Math.abs(it.energy() - model.energy(it.structure())) < 1e-9 }
        energies[0] > energies[2] && energies[2] > energies[-1]
        energies[-1] / 0.4 < -18
        energies[-1] / 0.4 > -19.8215
    }

    def "with as many contractions as outputs there is one structure from each stratum, under its ceiling"() {
        when:
        def result = new NestedSampler(NestedSettings.standard().withCycles(2000, 100).withContractionEvery(100),
                Connectivity.standard())
                .sample(TestModels.lennardJones(0.4, 2.5), TestModels.lattice(6, 2.8), random(6))

        then:
        result.samples().size() == 20
        result.strata().size() == 20
        [result.samples(), result.strata()].transpose().every { sample, stratum -> sample.energy() <= stratum.ceiling() }
    }

    def "the first ceiling is the median of a walk without one, whatever the start: #what"() {
        given:
        def settings = NestedSettings.standard().withCycles(50, 50).withEquilibration(400)

        when:
        def first = (1..5).collect {
            new NestedSampler(settings, Connectivity.standard())
                    .sample(TestModels.lennardJones(0.4, 2.5), start, random(it)).strata()[0].ceiling()
        }

        then: "far above the minimum, -12.7 epsilon for six atoms, and below a cluster pressed to r_min"
        first.every { it > -3 && it < 20 }

        where:
        what        | start
        'compact'   | TestModels.lattice(6, 2.8)
        'pressed'   | TestModels.lattice(6, 1.95)
        'stretched' | TestModels.lattice(6, 3.9)
    }

    def "spikes and holes do not lift the ceiling out of reach or stop the walk"() {
        given:
        def connectivity = Connectivity.standard()
        def sampler = new NestedSampler(NestedSettings.standard().withCycles(1000, 200), connectivity)

        when:
        def results = (1..10).collect {
            sampler.sample(TestModels.wild(TestModels.lennardJones(0.4, 2.5)), TestModels.lattice(6, 2.8), random(it))
        }

        then:
        results.every { it.samples().size() == 5 }
        results*.samples().flatten().every { Double.isFinite(it.energy()) && connectivity.accepts(it.structure()) }
        results.every { it.strata()[0].ceiling() < 1e6 }
        results.every { r -> (1..<r.strata().size()).every { r.strata()[it].ceiling() <= r.strata()[it - 1].ceiling() } }
    }

    def "a model without any finite number is a remark, not a crash"() {
        when:
        def result = new NestedSampler(NestedSettings.standard().withCycles(100, 10), Connectivity.standard())
                .sample(TestModels.hopeless(), TestModels.lattice(4, 2.8), random(1))

        then:
        result.samples().empty
        result.remark() == 'the model gave no finite energy anywhere on the walk'
    }

    def "a model without any differences walks on under the same ceiling"() {
        when:
        def result = new NestedSampler(NestedSettings.standard().withCycles(200, 50), Connectivity.standard())
                .sample(TestModels.free(), TestModels.lattice(4, 2.8), random(1))

        then:
        result.samples().size() == 4
        result.strata().every { it.ceiling() == 0 && it.acceptance() > 0.1 }
    }

    def "an atom that stands above the ceiling only goes down until it is under it"() {
        given: "a ceiling far below the start"
        def rest = Structure.cluster(79, 0, 0, 0, 3, 0, 0)
        def start = Structure.cluster(79, 0, 0, 0, 3, 6, 0)
        def settings = NestedSettings.standard().withCycles(300, 300).withFirstCeiling(0.5).withEquilibration(0)
                .withContractionEvery(300).withRelocationShare(0)
        def energies = []

        when:
        def result = new NestedSampler(settings, Connectivity.uniform(0, 50))
                .sample(TestModels.springs(1, rest), start, random(1)) { cycle, state, energy -> energies << energy }
        int under = energies.findIndexOf { it <= 0.5 }

        then:
        energies[0] > 10
        under > 5
        (1..under).every { energies[it] <= energies[it - 1] }
        energies.drop(under).every { it <= 0.5 }
        result.strata()[0].visits() <= 2 * (300 - under + 1)
    }

    def "the same stream gives the same walk"() {
        given:
        def sampler = new NestedSampler(NestedSettings.standard().withCycles(200, 50), Connectivity.standard())
        def walk = { seed ->
            sampler.sample(TestModels.lennardJones(0.4, 2.5), TestModels.lattice(6, 2.8), random(seed))
                    .samples()*.structure()*.positions()*.toList()
        }

        expect:
        walk(1) == walk(1)
        walk(1) != walk(2)
    }

    def "rejects settings that make no sense: #message"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                                  | make
        'illegal contraction interval: 0'        | { NestedSettings.standard().withContractionEvery(0) }
        'illegal first ceiling: Infinity'        | { NestedSettings.standard().withFirstCeiling(Double.POSITIVE_INFINITY) }
        'illegal number of equilibration cycles: 1' | { NestedSettings.standard().withEquilibration(1) }
    }
}
