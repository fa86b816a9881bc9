package cupel.cli

import cupel.descriptor.Descriptor
import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.Potential
import cupel.reference.Gupta
import cupel.structure.Label
import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource

/** Gold clusters, an untrained potential, and labels from a classical model: what the commands are tried on. */
class Campaigns {

    static final Descriptor DESCRIPTOR = Descriptor.behler2011(79)

    /** A compact cluster near a lattice of fcc gold, all atoms displaced at random. */
    static Structure cluster(int size, long seed, double rattle = 0.15d) {
        def random = new Random(seed)
        def centre = (1..3).collect { random.nextDouble() }
        def places = [(-3..3), (-3..3), (-3..3)].combinations().findAll { (it.sum() as int) % 2 == 0 }
        places.sort { p -> (0..2).sum { (p[it] - centre[it])**2 } }
        def positions = places.take(size).collectMany { p ->
            p.collect { Math.rint(1e8d * (2.04d * it + rattle * random.nextGaussian())) / 1e8d }
        }
        Structure.cluster(79, positions as double[])
    }

    /** With energy and forces of the Gupta potential, and the notes of a label. */
    static Structure labelled(Structure structure) {
        def evaluation = Gupta.of(79).evaluate(structure)
        structure.withInfo('engine', 'gupta').withInfo('level', 'gupta')
            .withLabel(new Label(evaluation.energy(), evaluation.forces()))
    }

    /** Random networks: their energies are far from any label. */
    static Potential potential(long seed = 1, int members = 0) {
        def random = RandomSource.XO_SHI_RO_256_PP.create(seed)
        def network = { Network.random([26, 5, 1] as int[], random) }
        new Potential(DESCRIPTOR, [new ElementPotential(79, -3.0d, new double[26], [0.1d] * 26 as double[], network())])
            .withCommittee((0..<members).collect { [79: network()] })
    }
}
