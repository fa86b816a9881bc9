package cupel.sampling

import com.sun.management.ThreadMXBean
import cupel.descriptor.Descriptor
import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.Potential
import groovy.transform.CompileStatic
import java.lang.management.ManagementFactory
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class MarkovChainSpec extends Specification {

    static Potential potential() {
        double[] scale = new double[26]
        Arrays.fill(scale, 0.1d)
        def network = Network.random([26, 10, 10, 1] as int[], RandomSource.XO_SHI_RO_256_PP.create(7))
        new Potential(Descriptor.behler2011(79), [new ElementPotential(79, -3, new double[26], scale, network)])
    }

    def "a walk with a trained potential allocates nothing from move to move"() {
        given: 'a chain that has made moves of both kinds'
        def random = RandomSource.XO_SHI_RO_256_PP.create(3)
        def chain = new MarkovChain(potential(), TestModels.lattice(13, 2.9), Connectivity.standard(), Double.NaN, 13, random)
        def acceptance = Acceptance.boltzmann(3000, random)
        Moves.make(chain, acceptance, 3000)

        when:
        long least = (0..<5).collect { Moves.allocated(chain, acceptance, 2000) }.min()

        then: 'the smallest object has 16 bytes: less than one in every sixteenth move; the measurement itself may make some'
        least < 2000
        chain.displacement.accepted > 200
        chain.relocation.accepted > 0
    }

    @CompileStatic
    static class Moves {

        /** Bytes allocated by so many moves, less those that measuring itself allocates. */
        static long allocated(MarkovChain chain, Acceptance acceptance, int count) {
            ThreadMXBean bean = (ThreadMXBean) ManagementFactory.threadMXBean
            long own = Thread.currentThread().id
            long before = bean.getThreadAllocatedBytes(own)
            long between = bean.getThreadAllocatedBytes(own)
            make(chain, acceptance, count)
            long after = bean.getThreadAllocatedBytes(own)
            (after - between) - (between - before)
        }

        static void make(MarkovChain chain, Acceptance acceptance, int count) {
            for (int k = 0; k < count; k++) {
                if (k % 5 == 0) {
                    chain.relocate(acceptance)
                } else {
                    chain.displace(0.3d, acceptance)
                }
            }
        }
    }
}
