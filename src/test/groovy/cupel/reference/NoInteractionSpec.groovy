package cupel.reference

import cupel.structure.ExtendedXyz
import java.nio.file.Path
import spock.lang.Specification

/** Atoms that do not feel each other. */
class NoInteractionSpec extends Specification {

    def "energy and forces are zero for any element, and the level is its own"() {
        given:
        def model = Models.named('none', 92, 6)
        def cluster = ExtendedXyz.read(Path.of('data/seeds/Au13.xyz'))[0]

        when:
        def evaluation = model.evaluate(cluster)

        then:
        evaluation.energy() == 0
        evaluation.forces().length == 3 * cluster.size() && evaluation.forces().every { it == 0 }
        model.level() == 'no-interaction'
    }
}
