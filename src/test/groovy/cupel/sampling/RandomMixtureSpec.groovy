package cupel.sampling

import cupel.structure.ContentHash
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class RandomMixtureSpec extends Specification {

    static final Connectivity STANDARD = Connectivity.standard()

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static int[] composition(Map counts) {
        def all = new int[119]
        counts.each { z, n -> all[z] = n }
        all
    }

    def "makes every kind in turn and every size, all of them allowed and none twice"() {
        given:
        def model = TestModels.lennardJones(0.4, 2.5)

        when:
        def result = new RandomMixture(STANDARD, 2, 9)
                .make(model, composition(79: 1), 140, new Provenance('c', 0, 4, null), random(1))
        def structures = result.structures()

        then:
        result.remark() == null
        structures*.info()*.kind.countBy { it } ==
                [compact: 20, planar: 20, chain: 20, surface: 20, stretched: 20, hot: 20, rattled: 20]
        structures*.size().toSet() == (2..9).toSet()
        structures.every { STANDARD.accepts(it) }
        structures*.info()*.sid.toSet().size() == 140
        structures.every { it.info().sid == ContentHash.of(it) && it.info().sampler == 'random' && it.info().walker == 4L }
        structures.every { !it.info().containsKey('NN_energy') && !it.info().containsKey('parent') }
    }

    def "hot clusters are hot and rattled ones near a minimum"() {
        given:
        def model = TestModels.lennardJones(0.4, 2.5)

        when: "energies above the minimum that the cluster relaxes to, by degree of freedom"
        def structures = new RandomMixture(STANDARD, 6, 6).make(model, composition(79: 1), 70, Provenance.NONE, random(2)).structures()
        def above = { kind ->
            def s = structures.findAll { it.info().kind == kind }
            s.sum { model.energy(it) - new Relaxation(0.01, 2000).relax(model, it).energy() } / s.size()
        }

        then: "hot: some 12/2 kT at 300 to 2000 K, and more where bonds soften"
        above('hot') > 0.2 && above('hot') < 2.5
        above('rattled') > 0.02 && above('rattled') < 2.5
    }

    def "notes the energy under the key that is wanted"() {
        given:
        def model = TestModels.lennardJones(0.4, 2.5)

        expect:
        new RandomMixture(STANDARD, 3, 3).make(model, composition(79: 1), 7, new Provenance(null, null, null, 'NN_energy'), random(1))
                .structures().every { Math.abs(it.info().NN_energy - model.energy(it)) < 1e-9 }
    }

    def "elements keep their proportions"() {
        expect:
        new RandomMixture(STANDARD, 6, 6).make(TestModels.lennardJones(0.3, 2.4), composition(79: 20, 29: 10), 14, Provenance.NONE, random(3))
                .structures().every { it.atomicNumbers().toList().count(79) == 4 }
    }

    def "the same stream gives the same structures"() {
        given:
        def make = { seed ->
            new RandomMixture(STANDARD, 2, 6).make(TestModels.lennardJones(0.4, 2.5), composition(79: 1), 14, Provenance.NONE, random(seed))
                    .structures()*.info()*.sid
        }

        expect:
        make(1) == make(1)
        make(1) != make(2)
    }

    def "a wild model, or one without any finite number, spoils only what it moves"() {
        when:
        def wild = new RandomMixture(STANDARD, 3, 6).make(TestModels.wild(TestModels.lennardJones(0.4, 2.5)), composition(79: 1), 35,
                new Provenance(null, null, null, 'NN_energy'), random(4)).structures()
        def hopeless = new RandomMixture(STANDARD, 3, 6).make(TestModels.hopeless(), composition(79: 1), 14, Provenance.NONE, random(4))

        then:
        wild.every { STANDARD.accepts(it) }
        wild.size() > 25
        wild.every { it.info().NN_energy == null || Double.isFinite(it.info().NN_energy) }
        hopeless.structures().every { STANDARD.accepts(it) }
        hopeless.structures()*.info()*.kind.toSet().containsAll(['compact', 'planar', 'chain', 'surface', 'stretched'])
        hopeless.remark().startsWith('no hot cluster of ')
    }
}
