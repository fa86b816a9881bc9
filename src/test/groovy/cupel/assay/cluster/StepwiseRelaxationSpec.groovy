package cupel.assay.cluster

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.reference.Models
import cupel.sampling.Relaxation
import cupel.sampling.TestModels
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification

class StepwiseRelaxationSpec extends Specification {

    static final GUPTA = Models.named('gupta', 79)
    static final SUTTON_CHEN = Models.named('sutton-chen', 79)
    static final List<Structure> ISOMERS = ExtendedXyz.read(Path.of('data/isomers/gold.xyz'))

    static Structure isomer(int size, String name) {
        ISOMERS.find { it.size() == size && it.info().isomer == name }
    }

    /** The loop as the pipeline has it: label what is asked for, add it to the history, ask again. */
    static Map loop(EnergyModel reference, EnergyModel model, List<Structure> structures, Closure<Boolean> fails = { false }) {
        def relaxation = new StepwiseRelaxation(0.03, 60)
        def history = []
        while (true) {
            def state = Relaxations.of(relaxation, model, structures, history, 1)
            if (state.next().empty) {
                return [state: state, history: history]
            }
            state.next().each { asked ->
                def answer = reference.evaluate(asked)
                history << (fails(asked) ? asked.withInfo('failure', 'not_converged') : asked.withLabel(new Label(answer.energy(), answer.forces())))
            }
        }
    }

    def "with a model that is like the reference each isomer takes few labels and ends where a relaxation with the reference itself ends"() {
        given:
        def structures = [isomer(6, 'octahedron'), isomer(6, 'triangle'), isomer(8, 'capped_tetrahedron'), isomer(8, 'hexagon_and_one')]

        when:
        def run = loop(GUPTA, SUTTON_CHEN, structures)

        then:
        run.state.relaxed()*.info()*.relaxation_end == ['converged'] * 4
        run.state.relaxed()*.info()*.isomer == structures*.info()*.isomer
        run.state.relaxed().every { it.info().relaxation_labels <= 4 }
        run.history.size() == run.state.relaxed().sum { it.info().relaxation_labels }
        run.state.steps().size() == run.history.size()
        run.state.relaxed().eachWithIndex { end, i ->
            def itself = new Descent(0.001, 1000).relax(GUPTA, structures[i])
            assert itself.reason() == Relaxation.Reason.CONVERGED
            assert end.label().energy() - itself.energy() < 1e-3
            assert end.label().energy() - itself.energy() > -1e-9
            assert ClusterGeometry.rmsd(end, itself.structure()) < 0.02
        }
    }

    def "without a model it gets there too"() {
        given:
        def structures = [isomer(6, 'octahedron'), isomer(6, 'triangle')]

        when:
        def run = loop(GUPTA, null, structures)

        then:
        run.state.relaxed()*.info()*.relaxation_end == ['converged'] * 2
        run.state.relaxed().every { ClusterGeometry.largestForce(it.label().forces()) <= 0.03 }
        run.history.size() < 25
    }

    def "a model that is wrong everywhere costs labels, and nothing else"() {
        given: "bonds a tenth too long, and ten times too soft"
        def start = isomer(6, 'octahedron')
        def wrong = { Structure s ->
            def there = GUPTA.evaluate(s.withPositions(s.positions().collect { it / 1.1 } as double[]))
            new Evaluation(0.1 * there.energy(), there.forces().collect { 0.1 * it / 1.1 } as double[], null)
        } as EnergyModel

        when:
        def run = loop(GUPTA, wrong, [start])

        then:
        run.state.relaxed()[0].info().relaxation_end == 'converged'
        Math.abs(run.state.relaxed()[0].label().energy() - new Descent(0.001, 1000).relax(GUPTA, start).energy()) < 1e-3
    }

    def "calculations that fail shorten the step; where all fail the relaxation ends, at the best that is known"() {
        when:
        def some = loop(GUPTA, SUTTON_CHEN, [isomer(8, 'hexagon_and_one')]) { it.info().relaxation_step == 1 }
        def all = loop(GUPTA, SUTTON_CHEN, [isomer(8, 'hexagon_and_one')]) { it.info().relaxation_step > 0 }
        def none = loop(GUPTA, SUTTON_CHEN, [isomer(8, 'hexagon_and_one')]) { true }

        then:
        some.state.relaxed()[0].info().relaxation_end == 'converged'
        Double.isNaN(some.state.steps()[1].energy())
        all.state.relaxed()[0].info().relaxation_end == 'failed'
        all.state.relaxed()[0].label() != null
        all.history.size() == 5
        none.state.relaxed()[0].info().relaxation_end == 'failed'
        none.state.relaxed()[0].label() == null
    }

    def "the order of the history, other structures in it, and threads do not matter"() {
        given:
        def structures = [isomer(6, 'triangle'), isomer(8, 'fourfold_star')]
        def history = loop(GUPTA, null, structures).history.take(6)
        def relaxation = new StepwiseRelaxation(0.03, 60)
        def text = { List<Structure> some -> some.collect { ExtendedXyz.format(it) } }

        when:
        def forwards = Relaxations.of(relaxation, null, structures, history, 1)
        def backwards = Relaxations.of(relaxation, null, structures, [Structure.cluster(79, 0, 0, 0)] + history.reverse(), 2)

        then:
        text(forwards.next()) == text(backwards.next())
        forwards.next().size() == 2
        forwards.steps() == backwards.steps()
    }

    def "a start is the model's minimum only if that is the same isomer"() {
        given: "an octahedron that the model would spread to a plane"
        def relaxation = new StepwiseRelaxation(0.03, 60)
        def start = isomer(6, 'octahedron')
        def elsewhere = TestModels.springs(1, isomer(6, 'triangle'))

        expect:
        relaxation.start(elsewhere, start).positions() == start.positions()
        relaxation.start(TestModels.hopeless(), start).positions() == start.positions()
        relaxation.start(null, start).positions() == start.positions()
        relaxation.start(SUTTON_CHEN, start).positions() != start.positions()
    }

    def "the surrogate agrees with labels where there are some, and its forces are those of its energy everywhere"() {
        given:
        def start = isomer(6, 'octahedron')
        def places = (0..3).collect { k -> start.positions().toList().withIndex().collect { x, i -> x + 0.1 * Math.sin(3 * i + k) } as double[] }
        def points = places.collect { x ->
            def there = GUPTA.evaluate(start.withPositions(x))
            new StepwiseRelaxation.Point(x, there.energy(), there.forces())
        }
        def surrogate = new DifferenceModel(model, start, points, 0.8)
        def elsewhere = places[0].toList().withIndex().collect { x, i -> x + 0.07 * Math.cos(i) } as double[]
        def energy = { double[] x -> surrogate.evaluate(start.withPositions(x)).energy() }
        def forces = surrogate.evaluate(start.withPositions(elsewhere)).forces()

        expect:
        points.every { Math.abs(energy(it.positions()) - it.energy()) < 1e-3 }
        points.every { p ->
            def there = surrogate.evaluate(start.withPositions(p.positions())).forces()
            (0..<18).every { Math.abs(there[it] - p.forces()[it]) < 0.01 }
        }
        (0..<18).every { i ->
            def up = elsewhere.clone()
            def down = elsewhere.clone()
            up[i] += 1e-5
            down[i] -= 1e-5
            Math.abs(forces[i] + (energy(up) - energy(down)) / 2e-5) < 1e-6
        }

        where:
        model << [null, SUTTON_CHEN]
    }

    def "answers that belong elsewhere are refused: #message"() {
        given:
        def labelled = change(isomer(6, 'octahedron').withLabel(new Label(-1, new double[18])).withInfo('relaxation', 1).withInfo('relaxation_step', 0))

        when:
        Relaxations.of(new StepwiseRelaxation(0.03, 60), null, [isomer(6, 'triangle')], [labelled], 1)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        message                 | change
        'there are 1 structure' | { it.withInfo('relaxation', 2) }
        'no forces'             | { it.withLabel(new Label(-1, null)) }
        'elements'              | { isomer(8, 'fourfold_star').withInfo('relaxation', 1).withInfo('relaxation_step', 0) }
    }
}
