package cupel.cli

import cupel.structure.ExtendedXyz
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Several commands in one Java. */
class StepsSpec extends Specification {

    @TempDir
    Path folder

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()

    int run(Tool own, Object... words) {
        Steps.run(own, words*.toString() as String[], new PrintStream(out), new PrintStream(err))
    }

    def "commands of the jar and of other tools are done in their order, each with what the one before left"() {
        given:
        def random = folder.resolve('random.xyz')
        def labelled = folder.resolve('labelled.xyz')

        when:
        def code = run(Sample.TOOL, '--sampler', 'random', '--model', 'gupta', '--elements', 'Au', '--sizes', '3..4', '--count', '2', '--seed', '1',
            '--output', random, '--then', 'label', '--model', 'gupta', '--structures', random, '--output', labelled, '--then', '--version')

        then:
        code == 0
        ExtendedXyz.read(labelled)*.label().every { it != null }
        out.toString().readLines().last().startsWith('cupel sample ')
    }

    def "the first that fails ends them all, with its exit code and its words"() {
        expect:
        run(Label.TOOL, '--model', 'gupta', '--structures', folder.resolve('gone.xyz'), '--output', folder.resolve('a.xyz'), '--then', '--version') == 1
        err.toString().startsWith('label: ')
        err.toString().contains('gone.xyz')
        out.size() == 0
    }
}
