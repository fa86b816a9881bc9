package cupel.sampling

import cupel.structure.Structure
import cupel.structure.Units
import org.apache.commons.rng.simple.RandomSource
import org.apache.commons.statistics.distribution.PoissonDistribution
import org.apache.commons.statistics.inference.ChiSquareTest
import spock.lang.Specification

class GrandCanonicalSamplerSpec extends Specification {

    static final double KT = Units.BOLTZMANN * 300

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    /** How often each size was there, one look every so many cycles. */
    static long[] sizes(GrandCanonicalSettings settings, Connectivity connectivity, model, start, int every, long seed) {
        long[] seen = new long[settings.maxSize() + 1]
        new GrandCanonicalSampler(settings, connectivity).sample(model, start, random(seed)) { cycle, state, energy ->
            if (cycle % every == 0) {
                seen[state.size()]++
            }
        }
        seen
    }

    def "the number of atoms of an ideal gas in a box is Poisson distributed; bonding radius #radius"() {
        given: "z times the volume is 3; never fewer than one atom, for something to insert next to"
        def edge = 3.0d
        def mean = 3.0d
        def settings = GrandCanonicalSettings.standard().withActivity(mean / edge**3).withSizes(1, 12)
                .withCycles(40_000, 40_000).withShares(0.5, share).withStep(1).withBondingRadius(radius)

        when:
        long[] seen = sizes(settings, Connectivity.uniform(0, 100), TestModels.box(edge),
                Structure.cluster(79, 1.5, 1.5, 1.5), 10, 7)
        def poisson = PoissonDistribution.of(mean)
        def expected = (1..12).collect { poisson.probability(it) }
        def norm = seen.sum() / expected.sum()
        def pooled = MetropolisSamplerSpec.pool(expected.collect { it * norm }, seen.toList().drop(1))

        then:
        ChiSquareTest.withDefaults().test(pooled[0] as double[], pooled[1] as long[]).getPValue() > 0.001

        where:
        radius | share
        1.5d   | 0
        6.0d   | 0
        2.0d   | 0.2d
    }

    def "sizes 1, 2, 3 of an ideal gas in one piece have their weights in closed form"() {
        given: "z, z^2/2 (4/3) pi R^3, z^3/6 (11/3) pi^2 R^6: the last is 3 V^2 minus twice the triangle, 5 pi^2 R^6/6"
        def r = 2.0d
        def z = 0.05d
        def settings = GrandCanonicalSettings.standard().withActivity(z).withSizes(1, 3).withCycles(60_000, 60_000)
                .withShares(0.5, 0.1).withStep(1)

        when:
        long[] seen = sizes(settings, Connectivity.uniform(0, r), TestModels.free(), Structure.cluster(79, 0, 0, 0), 10, 8)
        def expected = [z, z**2 / 2 * 4 / 3 * Math.PI * r**3, z**3 / 6 * 11 / 3 * Math.PI**2 * r**6]
        def norm = seen.sum() / expected.sum()
        def test = ChiSquareTest.withDefaults().test(expected.collect { it * norm } as double[], seen.toList().drop(1) as long[])

        then:
        test.getPValue() > 0.001
    }

    def "dimers with an energy are as many as z/2 times the integral of 4 pi r^2 exp(-V/kT)"() {
        given:
        def epsilon = 0.04d
        def sigma = 2.5d
        def low = 2.0d
        def high = 4.0d
        double integral = 0
        int steps = 20_000
        for (int i = 0; i < steps; i++) {
            double r = low + (i + 0.5) * (high - low) / steps
            integral += 4 * Math.PI * r * r * Math.exp(-TestModels.pair(epsilon, sigma, r) / KT) * (high - low) / steps
        }
        def z = 2 / integral
        def settings = GrandCanonicalSettings.standard().withActivity(z).withSizes(1, 2).withCycles(100_000, 100_000)
                .withShares(0.6, 0.1)

        when:
        long[] seen = sizes(settings, Connectivity.uniform(low, high), TestModels.lennardJones(epsilon, sigma),
                Structure.cluster(79, 0, 0, 0), 25, 9)
        def share = seen[2] / seen.sum()

        then: "half and half; 4000 looks, four sigmas"
        Math.abs(share - 0.5) < 4 * Math.sqrt(0.25 / seen.sum())
    }

    def "two elements come in equal numbers where nothing tells them apart"() {
        given:
        def start = Structure.of([79, 29] as int[], [0, 0, 0, 1, 0, 0] as double[], cupel.structure.Cell.NONE)
        def settings = GrandCanonicalSettings.standard().withActivity(1.5d / 27).withSizes(1, 12)
                .withCycles(30_000, 30_000).withShares(0.5, 0).withStep(1).withBondingRadius(6)
        long[] seen = new long[13]
        long gold = 0
        long all = 0

        when: "z V is 1.5 for each"
        new GrandCanonicalSampler(settings, Connectivity.uniform(0, 100)).sample(TestModels.box(3), start, random(10)) {
            cycle, state, energy ->
            if (cycle % 10 == 0) {
                seen[state.size()]++
                all += state.size()
                gold += (0..<state.size()).count { state.atomicNumber(it) == 79 }
            }
        }
        def poisson = PoissonDistribution.of(3)
        def expected = (1..12).collect { poisson.probability(it) }
        def norm = seen.sum() / expected.sum()
        def pooled = MetropolisSamplerSpec.pool(expected.collect { it * norm }, seen.toList().drop(1))

        then: "3000 looks of 3 atoms, which go on being the same for some looks: four sigmas of 3000"
        Math.abs(gold / all - 0.5) < 4 * Math.sqrt(0.25 / seen.sum())
        ChiSquareTest.withDefaults().test(pooled[0] as double[], pooled[1] as long[]).getPValue() > 0.001
    }

    def "puts out the lowest of each size at the end: the Lennard-Jones dimer and trimer"() {
        given:
        def epsilon = 0.2d
        def sigma = 2.5d
        def settings = GrandCanonicalSettings.standard().withActivity(1e-5).withSizes(1, 3).withCycles(20_000, 10_000)

        when:
        def result = new GrandCanonicalSampler(settings, Connectivity.standard())
                .sample(TestModels.lennardJones(epsilon, sigma), Structure.cluster(79, 0, 0, 0), random(2))
        def lowest = result.samples().findAll { it.kind() == 'lowest' }

        then: "minima are -1 and -3 epsilon; a walk at 0.13 epsilon comes within a few per cent"
        result.samples().count { it.kind() == 'snapshot' } == 2
        lowest*.structure()*.size() == [1, 2, 3]
        lowest[1].energy() / epsilon < -0.97
        lowest[1].energy() / epsilon >= -1 - 1e-12
        lowest[2].energy() / epsilon < -2.8
        lowest[2].energy() / epsilon >= -3 - 1e-12
    }

    def "goes on when the model is wild, and says so when there is no finite energy"() {
        given:
        def connectivity = Connectivity.standard()
        def sampler = new GrandCanonicalSampler(GrandCanonicalSettings.standard().withSizes(2, 8).withCycles(300, 100),
                connectivity)

        when:
        def results = (1..6).collect {
            sampler.sample(TestModels.wild(TestModels.lennardJones(0.4, 2.5)), TestModels.lattice(5, 2.8), random(it))
        }
        def hopeless = sampler.sample(TestModels.hopeless(), TestModels.lattice(5, 2.8), random(1))

        then:
        results*.samples().flatten().every {
            Double.isFinite(it.energy()) && connectivity.accepts(it.structure()) && it.structure().size() in 2..8
        }
        results*.moves().every { it.sum { m -> m.notFinite() } > 0 }
        hopeless.samples().empty
        hopeless.remark() != null
    }

    def "refuses a start outside its sizes, and settings that make no sense"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                               | make
        'illegal start of 1 atoms, must have 2 to 3' | {
            new GrandCanonicalSampler(GrandCanonicalSettings.standard().withSizes(2, 3), Connectivity.standard())
                    .sample(TestModels.free(), Structure.cluster(79, 0, 0, 0), random(1))
        }
        'illegal smallest size: 0'            | { GrandCanonicalSettings.standard().withSizes(0, 3) }
        'illegal largest size: 3'             | { GrandCanonicalSettings.standard().withSizes(4, 3) }
        'illegal activity: NaN'               | { GrandCanonicalSettings.standard().withActivity(Double.NaN) }
        'illegal share of exchanges and relocations together: 1.2' | { GrandCanonicalSettings.standard().withShares(0.7, 0.5) }
    }
}
