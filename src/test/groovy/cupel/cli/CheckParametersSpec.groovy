package cupel.cli

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.Unroll

/** What the launcher says before it starts Nextflow. */
class CheckParametersSpec extends Specification {

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()

    int check(String... command) {
        CheckParameters.check(Path.of('nextflow_schema.json'), command.toList(), new PrintStream(out), new PrintStream(err))
    }

    @Unroll
    def "#command may begin"() {
        expect:
        check(*command.split(' ')) == CheckParameters.FINE
        out.size() == 0 && err.size() == 0

        where:
        command << ['run . -profile demo', 'run . -profile test --cycles 20 --dry_run -resume', 'run . --energy_window -5..1 --tolerance=20',
                    'run . --dry_run --final_hold_out false']
    }

    def "help is answered, on the output"() {
        expect:
        check('run', '.', '--help') == CheckParameters.ANSWERED
        out.toString().contains('--seed_structures')
        err.size() == 0
    }

    def "all that is wrong is said at once, on the error stream"() {
        expect:
        check('run', '.', '--temprature', '300', '--cycles', 'five', '--tolerance=-4', '--label_store') == CheckParameters.WRONG
        err.toString().readLines() == [
            'these parameters cannot be used:',
            '  --temprature: there is no such parameter; did you mean --temperature?',
            '  --tolerance -4: must be a number, above 0',
            '  --label_store true: has no value: Nextflow takes a parameter that stands alone for a switch',
            '  --cycles five: must be a whole number, at least 1',
            'All parameters: ./nextflow run . --help',
        ]
    }
}
