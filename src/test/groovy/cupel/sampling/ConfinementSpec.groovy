package cupel.sampling

import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class ConfinementSpec extends Specification {

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static double extent(Structure cluster) {
        (0..<cluster.size()).collectMany { i ->
            (0..<i).collect { j ->
                Math.sqrt((0..2).sum { axis -> (cluster.position(i, axis) - cluster.position(j, axis))**2 } as double)
            }
        }.max()
    }

    def "a confined dimer without energy has distances that follow r^2 up to the largest extent"() {
        given: "gold, volume of an atom 2.72^3 / sqrt 2; 0.9 diameters are less than r_connect"
        double low = 0.7 * 2.72
        double high = 0.9 * Math.cbrt(6 * 2 * 2.72**3 / Math.sqrt(2) / Math.PI)
        def start = Structure.cluster(79, 0, 0, 0, 0, 0, 2.8)
        def settings = MetropolisSettings.standard().withCycles(60_000, 60_000).withRelocationShare(0.3)
        def sampler = new MetropolisSampler(settings, Connectivity.standard().withConfinement(0.9))
        def distances = []

        when:
        sampler.sample(TestModels.free(), start, random(3)) { cycle, state, energy ->
            if (cycle % 20 == 0) {
                distances << Math.sqrt((0..2).sum { axis -> (state.position(0, axis) - state.position(1, axis))**2 } as double)
            }
        }
        double mean = 0.75 * (high**4 - low**4) / (high**3 - low**3)
        double variance = 0.6 * (high**5 - low**5) / (high**3 - low**3) - mean * mean

        then: "3000 samples 20 cycles apart: four sigmas"
        distances.max() <= high
        distances.min() >= low
        Math.abs(distances.sum() / distances.size() - mean) < 4 * Math.sqrt(variance / distances.size())
    }

    def "a #sampler walk from a chain of eight ends within the largest extent, and without confinement does not"() {
        given:
        def chain = Structure.cluster(79, (0..<8).collectMany { [0, 0, 2.8 * it] } as double[])
        double allowed = 1.1 * Math.cbrt(6 * 8 * 2.72**3 / Math.sqrt(2) / Math.PI)

        when:
        def confined = make(Connectivity.standard().withConfinement(1.1)).sample(TestModels.free(), chain, random(1), CycleObserver.NONE)
        def open = make(Connectivity.standard()).sample(TestModels.free(), chain, random(1), CycleObserver.NONE)

        then:
        extent(chain) > allowed
        confined.samples().every { extent(it.structure()) <= allowed }
        open.samples().any { extent(it.structure()) > allowed }

        where:
        sampler      | make
        'metropolis' | { new MetropolisSampler(MetropolisSettings.standard().withCycles(200, 50), it) }
        'nested'     | { new NestedSampler(NestedSettings.standard().withCycles(200, 50), it) }
    }

    def "confinement does not judge structures"() {
        expect:
        Connectivity.standard().withConfinement(0.5).accepts(Structure.cluster(79, 0, 0, 0, 0, 0, 3.5))
    }

    def "a confinement of #diameters is refused"() {
        when:
        Connectivity.standard().withConfinement(diameters)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("illegal confinement: $diameters, must be positive")

        where:
        diameters << [0d, -1d, Double.NaN]
    }
}
