package cupel.reference

import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What takes longer with the real xtb. */
class XtbPhysicsSpec extends Specification {

    @TempDir
    Path dir

    def setup() {
        XtbRun.require("XtbPhysicsSpec, ${specificationContext.currentIteration.displayName}")
    }

    def "the isolated atoms of the sanity window are what xtb says, for every element that converges alone"() {
        given:
        def elements = (1..86) - [25, 42]

        when:
        def labels = XtbRun.labelled(dir, elements.collect { Structure.cluster(it, 0, 0, 0) }, 86)

        then:
        labels.labelled()*.atomicNumber(0) == elements
        labels.labelled().every {
            Math.abs(it.label().energy() - Gfn1Atoms.energy(it.atomicNumber(0))) < 1e-4d
        }
    }

    def "forces are the derivative of the energies, for every coordinate of a cluster of eight"() {
        given:
        def cluster = MetalModelSpec.rattledCluster([79] * 8, 2.7d, 4L)
        def h = 0.005d
        def moved = (0..<24).collectMany { k ->
            [h, -h].collect { step ->
                def x = cluster.positions()
                x[k] += step
                cluster.withPositions(x)
            }
        }

        when:
        def labels = XtbRun.labelled(dir, [cluster] + moved, 49).labelled()*.label()

        then:
        labels.size() == 49
        (0..<24).every { k ->
            def difference = -(labels[1 + 2 * k].energy() - labels[2 + 2 * k].energy()) / (2 * h)
            Math.abs(labels[0].forces()[k] - difference) < 2e-3d
        }
    }
}
