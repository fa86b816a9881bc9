package cupel.reference.engine

import cupel.reference.MetalModelSpec
import cupel.reference.SanityWindow
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What takes longer with the real xtb. */
class XtbPhysicsSpec extends Specification {

    /** Helium and fluorine: one run in four comes out 3600 hartree too high, and is refused. */
    static final List<Integer> SOMETIMES_ABOVE_ZERO = [2, 9]

    @TempDir
    Path dir

    def setup() {
        EngineRun.require('xtb', EngineRun.XTB, "XtbPhysicsSpec, ${specificationContext.currentIteration.displayName}")
    }

    def "the isolated atoms of all elements converge, but for manganese and molybdenum"() {
        given:
        def elements = (1..86) as List

        when:
        def answers = new EngineRun('xtb', '{"ladder": []}', dir)
            .answers(elements.collect { Structure.cluster(it, 0, 0, 0) }, [:], SanityWindow.FINITE).structures()

        then:
        answers.findAll { it.label() == null }*.atomicNumber(0) - SOMETIMES_ABOVE_ZERO == [25, 42]
        answers.findAll { it.label() == null }*.info()*.failure.every { it == 'not_converged' }
        answers.findAll { it.label() == null && it.atomicNumber(0) in SOMETIMES_ABOVE_ZERO }*.info()*.reason.every { it.contains('above zero') }
        answers.findAll { it.label()?.energy() >= 0 || it.label()?.forces()?.any { it != 0 } }*.atomicNumber(0) == []
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
        def labels = new EngineRun('xtb', '{}', dir).answers([cluster] + moved).structures()*.label()

        then:
        (0..<24).every { k ->
            def difference = -(labels[1 + 2 * k].energy() - labels[2 + 2 * k].energy()) / (2 * h)
            Math.abs(labels[0].forces()[k] - difference) < 2e-3d
        }
    }
}
