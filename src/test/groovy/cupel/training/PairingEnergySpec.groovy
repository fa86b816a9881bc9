package cupel.training

import cupel.descriptor.Descriptor
import cupel.reference.Gupta
import cupel.structure.Cell
import cupel.structure.Label
import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Shared
import spock.lang.Specification

class PairingEnergySpec extends Specification {

    @Shared
    List<Structure> smooth = clusters(120)

    /** Discs and balls of gold of 10 to 17 atoms, rattled, by a classical potential. */
    static List<Structure> clusters(int count) {
        def random = RandomSource.XO_SHI_RO_256_PP.create(5)
        (0..<count).collect {
            double flat = 0.5d + random.nextDouble()
            def sites = []
            for (x in -3..3) {
                for (y in -3..3) {
                    for (z in -3..3) {
                        if ((x + y + z) % 2 == 0) {
                            sites << [x * 2.0d, y * 2.0d, z * 2.0d]
                        }
                    }
                }
            }
            def nearest = sites.sort { it[0]**2 + it[1]**2 + (flat * it[2] + 0.1d)**2 }.take(10 + it % 8)
            def s = Structure.cluster(79, nearest.flatten().collect { it + 0.4d * (random.nextDouble() - 0.5d) } as double[])
            s.withLabel(new Label(Gupta.of(79).energy(s), null))
        }
    }

    static List<Structure> alternating(List<Structure> structures, double pairing) {
        structures.collect { it.withLabel(new Label(it.label().energy() + (it.size() % 2 == 1 ? pairing : -pairing), null)) }
    }

    def "an alternation of #pairing eV with the number of electrons is found"() {
        when:
        def found = PairingEnergy.fit(alternating(smooth, pairing), Descriptor.behler2011(79))

        then:
        Math.abs(found - pairing) < 0.02

        and: 'taken off, the energies are as without it'
        PairingEnergy.without(pairing, alternating(smooth, pairing)).withIndex().every { s, i ->
            Math.abs(s.label().energy() - smooth[i].label().energy()) < 1e-12
        }

        where:
        pairing << [0.3d, -0.2d]
    }

    def "energies that do not alternate get none"() {
        expect:
        PairingEnergy.fit(smooth, Descriptor.behler2011(79)) == 0
    }

    def "a small pool, and one of crystals, get none"() {
        given:
        def crystals = alternating(smooth, 0.3d).collect { s ->
            Structure.of(s.atomicNumbers(), s.positions(), Cell.periodic([40, 0, 0, 0, 40, 0, 0, 0, 40] as double[])).withLabel(s.label())
        }

        expect:
        PairingEnergy.fit(alternating(smooth.take(39), 0.3d), Descriptor.behler2011(79)) == 0
        PairingEnergy.fit(crystals, Descriptor.behler2011(79)) == 0
    }

    def "the potential has it, unless the settings say no"() {
        given:
        def pool = alternating(smooth, 0.3d)
        def quick = TrainingSettings.standard().withFolds(1).withMaxEpochs(5)

        expect:
        Trainer.train(pool, quick, 1, 1, null).potential().pairing() == PairingEnergy.fit(pool, Descriptor.behler2011(79))
        Trainer.train(pool, quick.withPairing(false), 1, 1, null).potential().pairing() == 0
        !TrainingSettings.paper().pairing()
    }
}
