package cupel.reference.engine

import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What each program has to do for real, in some seconds: the settings are far too coarse for anything else. */
abstract class EngineProgram extends Specification {

    @TempDir
    Path dir

    abstract String engine()

    /** Settings that make it fast. */
    abstract Map quick()

    abstract Structure molecule()

    /** How far a force may be from a difference of energies, in eV/angstrom. */
    abstract double tolerance()

    def setup() {
        ProgramRun.require(engine(), "${getClass().simpleName}, ${specificationContext.currentIteration.displayName}")
    }

    /** The element of two atoms in one place. */
    int doubled() { molecule().atomicNumber(0) }

    /** Why they are refused. */
    abstract String coincident()

    def "forces are the derivative of the energies, and a calculation done twice gives the same bits"() {
        given: 'the last coordinate of the last atom, moved both ways'
        def h = 0.008d
        def k = 3 * molecule().size() - 1
        def structures = [0d, 0d, h, -h].collect { step ->
            def x = molecule().positions()
            x[k] += step
            molecule().withPositions(x)
        }

        when:
        def labels = ProgramRun.labels(dir, engine(), quick(), structures)
        def difference = -(labels[2].energy() - labels[3].energy()) / (2 * h)

        then: 'and there is a force'
        Math.abs(labels[0].forces()[k] - difference) < tolerance()
        Math.abs(difference) > 0.2d

        and:
        labels[0].energy() == labels[1].energy()
        labels[0].forces() == labels[1].forces()
    }

    def "what does not converge climbs the ladder, and gives there what it gives with enough iterations at once"() {
        given:
        def ladder = [max_iterations: 3, ladder: [[max_iterations: 4], [max_iterations: 80]]]

        when:
        def answer = ProgramRun.answered(dir.resolve('ladder'), engine(), quick() + ladder, [molecule()]).structures()[0]
        def first = ProgramRun.read(engine(), dir.resolve('ladder/prepared/batch_0000/0000/rung_1'), molecule(), quick() + ladder,
            exitStatus(dir.resolve('ladder/prepared/batch_0000/0000/rung_1')))
        def direct = ProgramRun.labels(dir.resolve('direct'), engine(), quick(), [molecule()])[0]

        then:
        first.failure().kind().token() == 'not_converged'
        first.failure().reason() == 'density not self-consistent within 3 iterations'
        answer.info().rung == 3
        Math.abs(answer.label().energy() - direct.energy()) < 1e-6d
    }

    def "atoms in one place are a failure, what comes after it is not, and nothing bulky is left"() {
        given:
        def z = doubled()
        def last = molecule().atomicNumber(molecule().size() - 1)

        when:
        def answers = ProgramRun.answered(dir, engine(), quick() + [ladder: []],
            [Structure.cluster(z, 0, 0, 0, 0, 0, 0), Structure.cluster(last, 1, 2, 3)]).structures()

        then:
        answers[0].info().failure == 'crashed'
        answers[0].info().reason.contains(coincident())
        answers[1].label() != null
        answers[1].label().forces().every { Math.abs(it) < 0.01d }

        and:
        (dir.resolve('prepared/batch_0000/0001/rung_1').toFile().list() as List).toSet() ==
            ['engine.err', 'engine.out', 'inputs.txt', 'status', ProgramRun.INPUTS[engine()]].toSet()
    }

    def "an element without data ends the run before anything is computed"() {
        when:
        def settings = ProgramRun.settings(engine(), quick())
        dir.resolve('settings.json').toFile().text = settings.json().toPrettyString()
        dir.resolve('atoms.xyz').toFile().text = '1\npbc="F F F"\nLr 0 0 0\n'
        def run = ProgramRun.run(dir, [Path.of('bin/identify_engine.sh').toAbsolutePath().toString(), engine(), 'settings.json', 'atoms.xyz'])

        then:
        run.exit == 1
        run.err.contains('Lr')
    }

    private static int exitStatus(Path folder) {
        (folder.resolve('status').toFile().text =~ /exit_status=(\d+)/)[0][1] as int
    }
}
