package cupel.cli

import cupel.structure.InputException
import java.nio.file.NoSuchFileException
import spock.lang.Specification

class ToolSpec extends Specification {

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()
    Arguments seen

    Tool tool(Closure action = { }) {
        Tool.named('sample')
            .purpose('Samples structures.')
            .required('structures', 'FILE', 'where to start')
            .requiredSeveral('pools', 'FILE', 'pools')
            .option('temperature', 'K', '300', 'temperature')
            .option('sizes', 'N..N', '2..20', 'numbers of atoms')
            .option('window', 'eV..eV', '-5..0.5', 'energies')
            .optional('r-min', 'angstrom', 'shortest distance')
            .optionalSeveral('already', 'FILE', 'known structures')
            .choice('sampler', 'metropolis', 'kind', 'metropolis', 'nested')
            .option('layers', 'N,N', '10,10', 'layers')
            .flag('quiet', 'say nothing')
            .action { seen = it; action(it) }
    }

    int run(Tool tool, String... args) {
        tool.run(args, new PrintStream(out), new PrintStream(err))
    }

    static final GIVEN = ['--structures', 'a.xyz', '--pools', 'p.xyz', 'q.xyz'] as String[]

    int runWith(String... more) {
        run(tool(), (GIVEN + more) as String[])
    }

    def "gives defaults and typed values as what they are"() {
        expect:
        runWith('--sampler', 'nested', '--window=-1e1..2', '--already') == 0
        seen.path('structures').toString() == 'a.xyz'
        seen.paths('pools')*.toString() == ['p.xyz', 'q.xyz']
        seen.positive('temperature') == 300
        seen.integerRange('sizes', 1) == new IntegerRange(2, 20)
        seen.interval('window') == new Interval(-10, 2)
        seen.integers('layers', 1) == [10, 10] as int[]
        seen.text('sampler') == 'nested'
        !seen.has('r-min')
        !seen.has('quiet')
        seen.given('already') && seen.paths('already').empty
        err.toString() == ''
    }

    def "a negative number is a value and not an option"() {
        expect:
        runWith('--window', '-7.5..-0.5', '--temperature', '-3') == 0
        seen.interval('window') == new Interval(-7.5, -0.5)
        seen.number('temperature') == -3
    }

    def "a command line that makes no sense ends with 2 and says why: #why"() {
        expect:
        runWith(*more) == 2
        err.toString().startsWith('sample: ' + why)
        !err.toString().contains('\tat ')

        where:
        more                                   | why
        ['--temprature', '3']                  | 'unknown option: --temprature; did you mean --temperature?'
        ['--r_min', '3']                       | 'unknown option: --r_min; did you mean --r-min?'
        ['--zzzzzzzzzzzz=3']                   | 'unknown option: --zzzzzzzzzzzz\n'
        ['--temperature']                      | '--temperature needs a value'
        ['--temperature', '1', '--temperature', '2'] | '--temperature was given more than once: 1, 2'
        ['--sampler', 'nestled']               | 'illegal --sampler: nestled; did you mean nested?; must be one of metropolis, nested'
        ['--quiet', 'yes']                     | 'do not know what to do with: yes'
    }

    def "names all options that are missing"() {
        expect:
        run(tool(), '--quiet') == 2
        err.toString() == 'sample: missing options: --structures, --pools\nsee --help\n'
    }

    def "a value of the wrong kind ends with 2: #option #value"() {
        expect:
        run(tool { Arguments a -> read(a) }, *GIVEN, '--' + option, value) == 2
        err.toString().startsWith("sample: --$option must be $expected")
        err.toString().contains(value)

        where:
        option        | value   | read                           | expected
        'temperature' | 'warm'  | { it.positive('temperature') } | 'a number above 0, is warm'
        'temperature' | '0'     | { it.positive('temperature') } | 'a number above 0, is 0'
        'temperature' | 'NaN'   | { it.number('temperature') }   | 'a number, is NaN'
        'temperature' | '1e999' | { it.number('temperature') }   | 'a number, is 1e999'
        'temperature' | '-1'    | { it.nonNegative('temperature') } | 'a number, 0 or above, is -1'
        'temperature' | '2.5'   | { it.integer('temperature', 1) } | 'a whole number, 1 or above, is 2.5'
        'temperature' | '0'     | { it.integer('temperature', 1, 9) } | 'a whole number from 1 to 9, is 0'
        'temperature' | '1x'    | { it.seed('temperature') }     | 'a whole number, is 1x'
        'temperature' | '300,'  | { it.positives('temperature') } | 'numbers above 0, with commas between them, is 300,'
        'temperature' | '300,0' | { it.positives('temperature') } | 'numbers above 0, with commas between them, is 300,0'
        'temperature' | '0,-1'  | { it.nonNegatives('temperature') } | 'numbers, 0 or above, with commas between them, is 0,-1'
        'sizes'       | '2..'   | { it.integerRange('sizes', 1) } | 'a range of whole numbers such as 2..20, is 2..'
        'sizes'       | '20..2' | { it.integerRange('sizes', 1) } | 'a range of whole numbers such as 2..20'
        'sizes'       | '0..2'  | { it.integerRange('sizes', 1) } | 'a range of whole numbers such as 2..20'
        'window'      | '3'     | { it.interval('window') }      | 'an interval such as -5..0.5, is 3'
        'layers'      | '10,,3' | { it.integers('layers', 1) }   | 'whole numbers, 1 or above'
    }

    def "a failure ends with 1 and one message"() {
        expect:
        run(tool { throw failure }, GIVEN) == 1
        err.toString() == "sample: $message\n"

        where:
        failure                                    | message
        new InputException('a.xyz:3: no number')   | 'a.xyz:3: no number'
        new IllegalArgumentException('illegal rc: -1.0, must be positive') | 'illegal rc: -1.0, must be positive'
        new NoSuchFileException('a.xyz')           | 'a.xyz: no such file or folder'
        new UncheckedIOException(new IOException('disk full')) | 'disk full'
    }

    def "a fault of the program is called one, and --stacktrace shows where"() {
        expect:
        run(tool { throw new IllegalStateException('oops') }, GIVEN) == 1
        err.toString().contains('this is a fault in Cupel')
        !err.toString().contains('\tat ')

        when:
        err.reset()

        then:
        run(tool { throw new IllegalStateException('oops') }, *GIVEN, '--stacktrace') == 1
        err.toString().contains('\tat ')
    }

    def "help shows every option with its unit and default"() {
        expect:
        run(tool(), '--help') == 0
        out.toString().startsWith('usage: java -jar sample.jar --structures FILE --pools FILE ... [options]\n')
        out.toString().contains('  --temperature K\n      temperature (default: 300)\n')
        out.toString().contains('  --already [FILE ...]\n')
        out.toString().contains('  --sampler metropolis|nested\n      kind (default: metropolis)\n')
        out.toString().readLines().every { it.length() <= 100 }
    }

    def "version is a number"() {
        expect:
        run(tool(), '--version') == 0
        out.toString() ==~ /cupel sample \d+\.\d+\.\d+\S*\n/
    }

    def "subcommands are called by both names, and mistyped ones are suggested"() {
        given:
        def ran = []
        def parent = Tool.named('compare').purpose('Compares.').required('potential', 'FILE', 'p')
            .action { ran << 'compare' }
            .subcommand(Tool.named('screen').purpose('Screens.').required('pool', 'FILE', 'p').action { ran << 'screen' })

        expect:
        run(parent, 'screen', '--pool', 'x') == 0
        run(parent, '--potential', 'x') == 0
        ran == ['screen', 'compare']
        run(parent, 'scren') == 2
        err.toString().contains('unknown subcommand: scren; did you mean screen?; there are: screen')
        run(parent, 'screen') == 2
        err.toString().contains('compare screen: missing option: --pool')
        run(parent, 'screen', '--help') == 0
        out.toString().startsWith('usage: java -jar compare.jar screen --pool FILE [options]\n')
    }

    def "a declaration of the same option twice is refused"() {
        when:
        Tool.named('x').flag('a', 'a').flag('a', 'a')

        then:
        thrown(IllegalArgumentException)
    }
}
