package cupel.assay.dynamics

import cupel.sampling.Connectivity
import cupel.sampling.TestModels
import cupel.structure.Structure
import cupel.structure.Units
import org.apache.commons.rng.sampling.distribution.ZigguratSampler
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class BondFluctuationSpec extends Specification {

    static Structure dimer(double r) {
        Structure.cluster(79, 1, 1, 1, 1, 1 + r, 1)
    }

    def "a dimer that is now 2 and now 4 long has 1/3, a rigid cluster none"() {
        given:
        def fluctuation = new BondFluctuation(2, 9, 2)
        def rigid = new BondFluctuation(4, 8, 2)

        when:
        4.times { [2, 4].each { fluctuation.add(dimer(it)) } }
        8.times { rigid.add(TestModels.lattice(4, 2.8)) }

        then:
        Math.abs(fluctuation.value() - 1 / 3d) < 1e-14
        Math.abs(fluctuation.standardError()) < 1e-14
        rigid.value() < 1e-7
    }

    def "the standard error is that of independent lengths: sigma of a standard deviation"() {
        given:
        def gaussian = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_SHI_RO_256_PP.create(7))
        int frames = 8000
        def fluctuation = new BondFluctuation(2, frames, 40)

        when:
        frames.times { fluctuation.add(dimer(3 + 0.1 * gaussian.sample())) }
        double expected = 0.1 / 3 / Math.sqrt(2 * frames)

        then: "four sigmas; the error itself is known to a ninth from 40 blocks"
        Math.abs(fluctuation.value() - 0.1 / 3) < 4 * expected
        Math.abs(fluctuation.standardError() / expected - 1) < 4 / 9d
    }

    def "atoms on springs: the fluctuation of a distance is sqrt(2 kT / k), with either ensemble"() {
        given: "so far apart that only the motion along the line between two atoms matters"
        double k = 2
        def rest = TestModels.lattice(5, 20)
        double[] home = rest.positions()
        double expected = 0
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < i; j++) {
                expected += Math.sqrt(2 * Units.BOLTZMANN * 400 / k) / TestModels.distance(rest, i, j) / 10
            }
        }
        def lindemann = new Lindemann(20, 0.01, nve, 2000, 400_000, 200, 10)

        when:
        def result = lindemann.measure(TestModels.springs(k, rest), [rest], [400] as double[], Connectivity.uniform(1, 100), 3, 1)[0]

        then:
        result.remark() == null
        result.size() == 5
        Math.abs(result.meanTemperature() - 400) < (nve ? 400 : 40)
        result.standardError() < 0.1 * expected
        nve || Math.abs(result.value() - expected) < 4 * result.standardError()
        !nve || Math.abs(result.value() / expected / Math.sqrt(result.meanTemperature() / 400) - 1) < 0.15

        where:
        nve << [false, true]
    }

    def "a cluster that falls apart has no value, and the same seed the same bits on any number of threads"() {
        given:
        def model = TestModels.lennardJones(0.02, 2.5)
        def clusters = [TestModels.lattice(4, 2.8), TestModels.lattice(6, 2.8)]
        def measure = { int threads ->
            new Lindemann(5, 0.01, false, 0, 4000, 100, 2).measure(model, clusters, [5, 3000] as double[], Connectivity.standard(), 1, threads)
        }

        expect:
        measure(1) == measure(3)
        measure(1)*.temperature() == [5d, 3000d, 5d, 3000d]
        measure(1)*.size() == [4, 4, 6, 6]
        [1, 3].every { Double.isNaN(measure(1)[it].value()) && measure(1)[it].remark() != null }
        [0, 2].every { measure(1)[it].value() > 0 && measure(1)[it].remark() == null }
    }

    def "rejects what makes no sense: #message"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        message                    | make
        'number of atoms: 1'       | { new BondFluctuation(1, 10, 2) }
        'number of blocks: 1'      | { new BondFluctuation(2, 10, 1) }
        'number of frames: 5'      | { new BondFluctuation(2, 5, 3) }
        'of 3 atoms'               | { new BondFluctuation(2, 5, 2).add(TestModels.lattice(3, 3)) }
        'illegal friction: 0.0'    | { new Lindemann(2, 0, true, 0, 1000, 10, 2) }
        'interval of frames: 1.0'  | { new Lindemann(2, 0.1, true, 0, 1000, 1, 2) }
        'illegal time: 30.0'       | { new Lindemann(2, 0.1, true, 0, 30, 10, 2) }
    }
}
