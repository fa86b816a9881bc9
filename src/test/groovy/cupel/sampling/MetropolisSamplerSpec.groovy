package cupel.sampling

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.Structure
import cupel.structure.Units
import org.apache.commons.rng.simple.RandomSource
import org.apache.commons.statistics.distribution.GammaDistribution
import org.apache.commons.statistics.inference.ChiSquareTest
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest
import spock.lang.Specification

class MetropolisSamplerSpec extends Specification {

    static final double KT = Units.BOLTZMANN * 300

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    def "atoms on springs have the energies of Boltzmann's distribution"() {
        given: "four independent atoms: E/kT follows a gamma distribution of shape 3N/2 = 6"
        def rest = TestModels.lattice(4, 3.0)
        def settings = MetropolisSettings.standard().withCycles(30_000, 30_000).withRelocationShare(0)
        def sampler = new MetropolisSampler(settings, Connectivity.uniform(0, 50))
        def energies = []

        when:
        sampler.sample(TestModels.springs(2, rest), rest, random(11)) { cycle, state, energy ->
            if (cycle % 30 == 0) {
                energies << energy / KT
            }
        }
        def mean = energies.sum() / energies.size()
        def gamma = GammaDistribution.of(6, 1)
        def test = KolmogorovSmirnovTest.withDefaults().test(energies as double[], { gamma.cumulativeProbability(it) })

        then: "mean 6, variance 6; 1000 samples 30 cycles apart are as good as independent: four sigmas"
        Math.abs(mean - 6) < 4 * Math.sqrt(6 / energies.size())
        test.getPValue() > 0.001
    }

    def "positions of an atom on a spring have variance kT/k, with AVBMC relocations or without (share #share)"() {
        given: "two atoms on the same spring, in each other's bonding region nearly always"
        def rest = Structure.cluster(79, 0, 0, 0, 0, 0, 0)
        def k = 0.05d
        def settings = MetropolisSettings.standard().withCycles(40_000, 40_000).withRelocationShare(share)
                .withBondingRadius(4)
        def sampler = new MetropolisSampler(settings, Connectivity.uniform(0, 50))
        double sum = 0
        double sum2 = 0
        int count = 0

        when:
        sampler.sample(TestModels.springs(k, rest), rest, random(5)) { cycle, state, energy ->
            if (cycle % 20 == 0) {
                double x = state.position(0, 0)
                sum += x
                sum2 += x * x
                count++
            }
        }
        def variance = KT / k

        then: "2000 samples: four sigmas, sigma(mean) = sqrt(v/n), sigma(variance) = v sqrt(2/n)"
        Math.abs(sum / count) < 4 * Math.sqrt(variance / count)
        Math.abs(sum2 / count - variance) < 4 * variance * Math.sqrt(2 / count)

        where:
        share << [0, 0.5d]
    }

    def "distances in a dimer follow r^2 exp(-V/kT) between r_min and r_connect; relocations #share"() {
        given:
        def epsilon = 0.04d
        def sigma = 2.5d
        def low = 2.0d
        def high = 4.5d
        def settings = MetropolisSettings.standard().withCycles(cycles, cycles).withRelocationShare(share)
        def sampler = new MetropolisSampler(settings, Connectivity.uniform(low, high))
        int bins = 20
        long[] observed = new long[bins]

        when:
        sampler.sample(TestModels.lennardJones(epsilon, sigma), Structure.cluster(79, 0, 0, 0, 2.8, 0, 0), random(3)) {
            cycle, state, energy ->
            if (cycle % every == 0) {
                double r = TestModels.distance(state.structure(), 0, 1)
                observed[(int) (bins * (r - low) / (high - low))]++
            }
        }
        double[] expected = new double[bins]
        int fine = 200
        for (int i = 0; i < bins * fine; i++) {
            double r = low + (i + 0.5) * (high - low) / (bins * fine)
            expected[i.intdiv(fine)] += r * r * Math.exp(-TestModels.pair(epsilon, sigma, r) / KT)
        }
        double norm = observed.sum() / expected.sum()
        // the wall is so steep that the first bins are all but empty: put together until five are expected
        def pooled = pool(expected.collect { it * norm }, observed.toList())
        def test = ChiSquareTest.withDefaults().test(pooled[0] as double[], pooled[1] as long[])

        then:
        test.getPValue() > 0.001

        where:
        share | cycles  | every
        0     | 80_000  | 40
        1     | 60_000  | 10
        0.1   | 80_000  | 40
    }

    static pool(List expected, List observed) {
        def e = []
        def o = []
        double sumE = 0
        long sumO = 0
        expected.eachWithIndex { x, i ->
            sumE += x
            sumO += observed[i]
            if (sumE >= 5) {
                e << sumE
                o << sumO
                sumE = 0
                sumO = 0
            }
        }
        e[-1] += sumE
        o[-1] += sumO
        [e, o]
    }

    def "relocations alone keep the Boltzmann distribution of a trimer, where bonding regions overlap"() {
        given: "sides a, b, c of three atoms have density a b c exp(-E/kT), at least two of them joined"
        def epsilon = 0.03d
        def sigma = 2.5d
        def low = 2.0d
        def high = 4.0d
        def settings = MetropolisSettings.standard().withCycles(60_000, 60_000).withRelocationShare(1)
        def sampler = new MetropolisSampler(settings, Connectivity.uniform(low, high))
        def start = Structure.cluster(79, 0, 0, 0, 2.8, 0, 0, 1.4, 2.4, 0)
        int bins = 24
        long[] observed = new long[bins]
        double energySum = 0
        double energySum2 = 0
        int count = 0

        when:
        sampler.sample(TestModels.lennardJones(epsilon, sigma), start, random(17)) { cycle, state, energy ->
            if (cycle % 12 == 0) {
                double r = TestModels.distance(state.structure(), 0, 1)
                observed[(int) (bins * (r - low) / (2 * high - low))]++
                energySum += energy
                energySum2 += energy * energy
                count++
            }
        }
        def exact = TrimerIntegral.of(epsilon, sigma, low, high, KT, bins)
        double norm = observed.sum() / exact.weights.sum()
        def pooled = pool(exact.weights.collect { it * norm }, observed.toList())
        def test = ChiSquareTest.withDefaults().test(pooled[0] as double[], pooled[1] as long[])
        def mean = energySum / count
        def deviation = Math.sqrt(energySum2 / count - mean * mean)

        then:
        test.getPValue() > 0.001
        Math.abs(mean - exact.meanEnergy) < 4 * deviation / Math.sqrt(count)
    }

    def "swaps alone visit each arrangement of three gold, one copper and one silver atom as often as Boltzmann has it"() {
        given: "five places, an energy for each element in each place, and one for copper beside silver; 5!/3! = 20 arrangements"
        def field = [79: [0, 0, 0, 0, 0], 29: [0.03d, -0.01d, 0.02d, 0, -0.04d], 47: [-0.02d, 0.05d, 0, 0.01d, 0]]
        def model = new EnergyModel() {
            Evaluation evaluate(Structure s) {
                def z = s.atomicNumbers()
                double energy = (0..4).sum { field[z[it]][it] }
                int between = Math.abs(z.findIndexOf { it == 29 } - z.findIndexOf { it == 47 })
                new Evaluation(between == 1 ? energy - 0.03d : energy, new double[15], null)
            }
        }
        def start = Structure.of([79, 29, 79, 47, 79] as int[], TestModels.lattice(5, 2.8).positions(), cupel.structure.Cell.NONE)
        def settings = MetropolisSettings.standard().withCycles(40_000, 40_000).withRelocationShare(0).withSwapShare(1)
        def observed = [:].withDefault { 0L }

        when:
        def result = new MetropolisSampler(settings, Connectivity.uniform(0, 50)).sample(model, start, random(23)) {
            cycle, state, energy ->
            if (cycle % 8 == 0) {
                observed[(0..4).collect { state.atomicNumber(it) }]++
            }
        }
        def arrangements = [79, 79, 79, 29, 47].permutations().toList()
        def weights = arrangements.collect {
            Math.exp(-model.evaluate(Structure.of(it as int[], start.positions(), cupel.structure.Cell.NONE)).energy() / KT)
        }
        double norm = 5000 / weights.sum()
        def test = ChiSquareTest.withDefaults().test(weights.collect { it * norm } as double[],
                arrangements.collect { observed[it] } as long[])

        then: "5000 visits, 40 swaps apart"
        arrangements.size() == 20
        weights.max() / weights.min() > 10
        observed.keySet() == arrangements.toSet()
        test.getPValue() > 0.001
        result.moves()[2].move() == 'swap'
        result.moves()[2].attempted() == 200_000
        result.moves()[0].attempted() == 0
    }

    def "a cluster of one element is walked as without swaps"() {
        given:
        def start = TestModels.lattice(5, 2.8)
        def walk = { share ->
            new MetropolisSampler(MetropolisSettings.standard().withCycles(50, 10).withSwapShare(share), Connectivity.standard())
                    .sample(TestModels.lennardJones(0.4, 2.5), start, random(1))
        }

        expect:
        walk(0.5).samples()*.structure()*.positions() == walk(0).samples()*.structure()*.positions()
        walk(0.5).moves()[2].attempted() == 0
    }

    def "the step comes to half accepted in equilibration, and is fixed afterwards"() {
        given:
        def start = TestModels.lattice(8, 2.8)
        def model = TestModels.lennardJones(0.4, 2.5)
        def settings = MetropolisSettings.standard().withCycles(500, 500).withStep(first)
        def connectivity = Connectivity.uniform(1.8, 4)

        when:
        def adapted = new MetropolisSampler(settings, connectivity).sample(model, start, random(1))
        def kept = new MetropolisSampler(settings.withEquilibration(0), connectivity).sample(model, start, random(1))

        then:
        Math.abs(adapted.moves()[0].acceptance() - 0.5) < 0.06
        kept.step() == first

        where:
        first << [0.01d, 3.0d]
    }

    def "puts out one structure every so many cycles, in the middle, allowed, with the energy that the model gives it"() {
        given:
        def start = TestModels.lattice(7, 2.8)
        def model = TestModels.lennardJones(0.4, 2.5)
        def connectivity = Connectivity.uniform(1.8, 4)
        def settings = MetropolisSettings.standard().withCycles(1050, 100)

        when:
        def result = new MetropolisSampler(settings, connectivity).sample(model, start, random(4))

        then:
        result.samples()*.cycle() == (1..10).collect { 100L * it }
        result.samples().every { connectivity.accepts(it.structure()) }
        result.samples().every { Math.abs(it.energy() - model.energy(it.structure())) < 1e-9 }
        result.samples().every { s -> (0..2).every { a -> Math.abs((0..6).sum { s.structure().position(it, a) }) < 1e-9 } }
        result.remark() == null
    }

    def "the same stream of random numbers gives the same walk, another one another"() {
        given:
        def start = TestModels.lattice(6, 2.8)
        def model = TestModels.lennardJones(0.4, 2.5)
        def sampler = new MetropolisSampler(MetropolisSettings.standard().withCycles(200, 50), Connectivity.standard())
        def walk = { seed -> sampler.sample(model, start, random(seed)).samples()*.structure()*.positions()*.toList() }

        expect:
        walk(1) == walk(1)
        walk(1) != walk(2)
    }

    def "goes on when the model is wild: holes, spikes, no numbers"() {
        given:
        def start = TestModels.lattice(6, 2.8)
        def model = TestModels.wild(TestModels.lennardJones(0.4, 2.5))
        def connectivity = Connectivity.standard()

        when:
        def results = (1..10).collect {
            new MetropolisSampler(MetropolisSettings.standard().withCycles(300, 100), connectivity)
                    .sample(model, start, random(it))
        }

        then: "every structure is allowed and has a finite energy; walkers fall into holes, and stay there"
        results.every { it.samples().size() == 3 }
        results*.samples().flatten().every { Double.isFinite(it.energy()) && connectivity.accepts(it.structure()) }
        results.any { it.samples()[-1].energy() == -1e9d }
        results.every { it.moves()[0].notFinite() > 0 }
    }

    def "says so when there is no finite energy anywhere"() {
        when:
        def result = new MetropolisSampler(MetropolisSettings.standard().withCycles(50, 10), Connectivity.standard())
                .sample(TestModels.hopeless(), TestModels.lattice(4, 2.8), random(1))

        then:
        result.samples().empty
        result.remark() == 'the model gave no finite energy anywhere on the walk'
        result.moves()[0].accepted() == 0
    }

    def "refuses a start that is #what"() {
        when:
        new MetropolisSampler(MetropolisSettings.standard(), Connectivity.standard())
                .sample(TestModels.free(), start, random(1))

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        what        | start                                                    | message
        'in pieces' | Structure.cluster(79, 0, 0, 0, 9, 0, 0)                  | 'the cluster is in pieces'
        'periodic'  | Structure.of([79] as int[], [0, 0, 0] as double[], cupel.structure.Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4)) | 'not a periodic structure'
        'empty'     | Structure.cluster(79)                                    | 'at least one atom'
    }

    def "rejects settings that make no sense: #message"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        message                           | make
        'illegal temperature: 0.0'        | { MetropolisSettings.standard().withTemperature(0) }
        'illegal temperature: NaN'        | { MetropolisSettings.standard().withTemperature(Double.NaN) }
        'illegal number of cycles: 0'     | { MetropolisSettings.standard().withCycles(0, 1) }
        'illegal output interval: 0'      | { MetropolisSettings.standard().withCycles(1, 0) }
        'illegal relocation share: 1.5'   | { MetropolisSettings.standard().withRelocationShare(1.5) }
        'illegal swap share: -0.1'        | { MetropolisSettings.standard().withSwapShare(-0.1d) }
        'illegal step: -1.0'              | { MetropolisSettings.standard().withStep(-1) }
        'illegal bonding radius: 0.0'     | { MetropolisSettings.standard().withBondingRadius(0) }
    }
}
