package cupel.assay.cluster

import cupel.sampling.Connectivity
import spock.lang.Specification

class MinimaPhysicsSpec extends Specification {

    def "finds the global minima of Lennard-Jones clusters up to 19 atoms, two icosahedra among them"() {
        when:
        def minima = new MinimaSearch(Connectivity.standard(), 8, 100, 2, 2500, 3)
            .search(MinimaSearchSpec.lennardJones(), 79, 3, 19, MinimaSearchSpec.ALL, 1, 2).minima()

        then:
        minima.every { n, list -> Math.abs(list[0].energy() / 0.3 - MinimaSearchSpec.LENNARD_JONES[n]) < 1e-4 }
    }
}
