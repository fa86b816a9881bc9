package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.reference.SanityWindow
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Input for xtb and the reading of its output. The outputs here are those of xtb 6.5.1, some of them damaged afterwards. */
class XtbSpec extends Specification {

    static final Path FIXTURE = Path.of('src/test/resources/cupel/reference/xtb/batch_0000')

    static final SanityWindow WINDOW = new SanityWindow(-15, 5, 50)

    static final Map<Integer, Double> ATOM = [(79): -106.1767241245d]

    @TempDir
    Path dir

    // input

    def "writes plain XYZ, arguments, and what has no argument"() {
        when:
        new Xtb().write(Structure.cluster(79, 0, 0, 0, 0, 0, -2.7d, 1, 2, 3.123456789d), settings('{"charge": -1}'), dir)

        then:
        dir.toFile().list().sort() == ['in.xyz', 'xtb.args', 'xtb.inp']
        dir.resolve('in.xyz').toFile().text == '''\
            3

            Au 0.00000000 0.00000000 0.00000000
            Au 0.00000000 0.00000000 -2.70000000
            Au 1.00000000 2.00000000 3.12345679
            '''.stripIndent()
        dir.resolve('xtb.args').toFile().text ==
            '--gfn 1 --chrg -1 --uhf 0 --etemp 300.0 --iterations 500 --input xtb.inp --grad\n'
        dir.resolve('xtb.inp').toFile().text == '$scc\n   broydamp=0.4\n$end\n'
    }

    def "#formula with charge #charge has #unpaired unpaired electrons"() {
        when:
        new Xtb().write(Structure.of(numbers as int[], new double[3 * numbers.size()], Cell.NONE),
            settings("""{"charge": $charge}"""), dir)

        then:
        dir.resolve('xtb.args').toFile().text.contains(" --uhf $unpaired ")

        where: 'cerium has three electrons in GFN1, not 58'
        formula | numbers      | charge || unpaired
        'Au'    | [79]         | 0      || 1
        'Au'    | [79]         | 1      || 0
        'Au2'   | [79, 79]     | 0      || 0
        'Au2'   | [79, 79]     | -1     || 1
        'AuCu2' | [79, 29, 29] | 0      || 1
        'H2O'   | [8, 1, 1]    | 0      || 0
        'H'     | [1]          | 0      || 1
        'H+'    | [1]          | 1      || 0
        'H-3'   | [1]          | 3      || 0
        'Ce'    | [58]         | 0      || 1
        'CeO2'  | [58, 8, 8]   | 0      || 1
        'La'    | [57]         | 0      || 1
        'Lu'    | [71]         | 0      || 1
        'Hf'    | [72]         | 0      || 0
    }

    def "unpaired electrons can be fixed"() {
        when:
        new Xtb().write(Structure.cluster(26, 0, 0, 0), settings('{"spin": 4}'), dir)

        then:
        dir.resolve('xtb.args').toFile().text.contains(' --uhf 4 ')
    }

    def "refuses a setting that xtb has not: #message"() {
        when:
        settings(changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                           || message
        '{"method": "GFN2"}'              || 'method: must be GFN1, is "GFN2" (GFN2 collapsed on gold clusters'
        '{"electronic_temperature": 0}'   || 'electronic_temperature: must be above 0, is 0'
        '{"max_iterations": 0}'           || 'max_iterations: must be a whole number, at least 1, is 0'
        '{"broyden_damping": -0.1}'       || 'broyden_damping: must be above 0, is -0.1'
        '{"charge": 0.5}'                 || 'charge: must be a whole number, such as 0, is 0.5'
        '{"charge": "none"}'              || 'charge: must be a whole number, such as 0, is "none"'
    }

    // output

    def "reads real outputs: two labels, and three failures of three kinds"() {
        when:
        def answers = Batches.parse(FIXTURE, ATOM, WINDOW).structures()
        def level = 'engine=xtb,version=6.5.1,method=GFN1,charge=0,electronic_temperature=300,spin=parity,' +
            'data.param_gfn1-xtb=81a9d7afdee31f5d'

        then:
        answers*.info()*.sid == ['triangle', 'atom', 'unconverged', 'coincident', 'collapsed']
        answers*.info()*.failure == [null, null, 'not_converged', 'crashed', 'unphysical']

        and: 'notes of the structure are kept, and the origin is added'
        answers[0].info() == [sid: 'triangle', campaign: 'c1', request: 0L, engine: 'xtb', engine_version: '6.5.1', level: level]

        and: 'failures keep no label, and tell why'
        answers.drop(2).every { it.label() == null && it.info().engine_version == '6.5.1' && it.info().level == level }
        answers.drop(2)*.info()*.reason == [
            'charges not self-consistent within 3 iterations',
            'xtb ended with exit status 1: Found *very* short distance of 0.000E+00 for Au1-Au2',
            'energy 455.54 eV per atom relative to isolated atoms, allowed -15 to 5']
        answers[2].info().log.endsWith('-1- scf: Self consistent charge iterator did not converge')

        and: 'no time of day or duration gets into the records'
        answers.drop(2).every { !(it.info().log =~ /\d\d:\d\d|wall|cpu|sec/) && !(it.info().log =~ /\n/) }
    }

    def "energies are eV and forces eV per angstrom, the negative gradient"() {
        given: 'what in.engrad says, in hartree and hartree/bohr'
        def data = FIXTURE.resolve('0000/rung_1/in.engrad').toFile().readLines().findAll { !it.startsWith('#') }*.trim()
        def answers = Batches.parse(FIXTURE, [:], WINDOW).structures()
        def label = answers[0].label()

        expect:
        Math.abs(label.energy() - (data[1] as double) * 27.211386245988d) < 1e-9d
        (0..8).every {
            Math.abs(label.forces()[it] + (data[2 + it] as double) * 27.211386245988d / 0.529177210903d) < 1e-9d
        }

        and: 'the isolated atom is a label too, without force'
        Math.abs(answers[1].label().energy() + 3.901922642407d * Units.HARTREE) < 1e-9d
        answers[1].label().forces().every { it == 0 && 1 / it > 0 }
        answers[1].info().config_type == 'IsolatedAtom'
    }

    def "gives no label when #damage"() {
        given: 'the good output of the triangle, damaged'
        def batch = copy()
        change(batch.resolve('0000/rung_1'))

        when:
        def answer = Batches.parse(batch, ATOM, WINDOW).structures()[0]

        then:
        answer.info().sid == 'triangle'
        answer.label() == null
        answer.info().failure == kind
        answer.info().reason == reason

        and: 'what happened to one is nothing to the next'
        Batches.parse(batch, ATOM, WINDOW).structures()[1].label() != null

        where:
        damage                            | kind            || reason
        'xtb was stopped'                 | 'timed_out'     || 'xtb was stopped after 60 s'
        'xtb crashed without a word'      | 'crashed'       || 'xtb ended with exit status 139'
        'the whole batch was killed'      | 'crashed'       || 'no exit status: xtb was not run, or was killed with its whole task'
        'the convergence line is missing' | 'not_converged' || 'exit status 0, but the log does not say that xtb converged'
        'the log is missing'              | 'not_converged' || 'exit status 0, but the log does not say that xtb converged'
        'the log is of other bytes'       | 'not_converged' || 'exit status 0, but the log does not say that xtb converged'
        'there is no gradient'            | 'crashed'       || 'xtb wrote no gradient (in.engrad)'
        'the gradient is empty'           | 'crashed'       || 'xtb wrote no gradient (in.engrad)'
        'the gradient is cut off'         | 'crashed'       || 'in.engrad must hold 14 lines of numbers, holds 8: it is cut off'
        'the gradient is too long'        | 'crashed'       || 'in.engrad must hold 14 lines of numbers, holds 15'
        'the gradient has asterisks'      | 'unphysical'    || 'gradient of atom 2 is not a number: ***************'
        'the gradient has NaN'            | 'unphysical'    || 'gradient of atom 1 is not a number: NaN'
        'the energy is infinite'          | 'unphysical'    || 'energy is not a number: Infinity'
        'the gradient is of more atoms'   | 'crashed'       || "in.engrad must be of 3 atoms, begins with '4'"
        'an atom is elsewhere'            | 'crashed'       ||
            "in.engrad is of another structure: atom 2 is '79 4.9132170 0.0000000 0.0000000'"
        'an atom is of another element'   | 'crashed'       ||
            "in.engrad is of another structure: atom 3 is '47 2.4566440 4.3463701 0.1889726'"
        'a force is beyond belief'        | 'unphysical'    || 'largest force 102.8 eV/angstrom, on atom 2, allowed 50'
        'the energy is beyond belief'     | 'unphysical'    ||
            'energy -200.92 eV per atom relative to isolated atoms, allowed -15 to 5'

        change = DAMAGES[damage]
    }

    static final Map<String, Closure> DAMAGES = [
        'xtb was stopped'                : { it.resolve('status').toFile().text = 'exit_status=124\ntimeout_seconds=60\n' },
        'xtb crashed without a word'     : { it.resolve('status').toFile().text = 'exit_status=139\ntimeout_seconds=60\n' },
        'the whole batch was killed'     : { Files.delete(it.resolve('status')) },
        'the convergence line is missing': { replace(it.resolve('engine.out'), 'convergence criteria satisfied', '') },
        'the log is missing'             : { Files.delete(it.resolve('engine.out')) },
        'the log is of other bytes'      : { it.resolve('engine.out').toFile().bytes = (0..255) as byte[] },
        'there is no gradient'           : { Files.delete(it.resolve('in.engrad')) },
        'the gradient is empty'          : { it.resolve('in.engrad').toFile().text = '# \n\n' },
        'the gradient is cut off'        : { place ->
            def file = place.resolve('in.engrad').toFile()
            file.text = file.readLines().take(17).join('\n')
        },
        'the gradient is too long'       : { it.resolve('in.engrad').toFile() << ' 79 0 0 0\n' },
        'the gradient has asterisks'     : { line(it, 14, '***************') },
        'the gradient has NaN'           : { line(it, 12, '            NaN') },
        'the energy is infinite'         : { line(it, 7, '       Infinity') },
        'the gradient is of more atoms'  : { line(it, 3, '         4') },
        'an atom is elsewhere'           : { replace(it.resolve('in.engrad'), '4.9132879', '4.9132170') },
        'an atom is of another element'  : { replace(it.resolve('in.engrad'), '79     2.4566440', '47     2.4566440') },
        'a force is beyond belief'       : { line(it, 14, '       2.000000000000') },
        'the energy is beyond belief'    : { line(it, 7, '     -33.856321000000') }]

    def "an isolated atom above zero is refused, as xtb gives helium and fluorine now and then"() {
        given: 'what xtb 6.5.1 wrote for helium: 3600 hartree too much'
        def batch = copy()
        line(batch.resolve('0001/rung_1'), 7, '   3598.374135314366')

        when:
        def answer = Batches.parse(batch, [:], SanityWindow.FINITE).structures()[1]

        then:
        answer.label() == null
        answer.info().failure == 'not_converged'
        answer.info().reason == 'the energy of an isolated atom is above zero, 3598.374135314366 hartree:' +
            ' xtb does so now and then where no orbital is empty, as in helium and fluorine'
    }

    def "an isolated cation may lie above zero, but not by 1000 hartree: #energy"() {
        given: 'what xtb 6.5.1 says of Li+, and of He+, rightly and 3600 hartree too high'
        def batch = copy()
        def file = batch.resolve('batch.json')
        replace(file, '"charge" : 0', '"charge" : 1')
        line(batch.resolve('0001/rung_1'), 7, energy)

        expect:
        (Batches.parse(batch, [:], SanityWindow.FINITE).structures()[1].label() != null) == labelled

        where:
        energy               || labelled
        '0.136916666667'     || true
        '-0.042242842817'    || true
        '3599.957757157183'  || false
    }

    def "the window can be changed"() {
        expect:
        labelled(new SanityWindow(-1000, 1000, 1e6d)) == ['triangle', 'atom', 'collapsed']
        labelled(WINDOW.withMaxForce(0.1d)) == ['atom']
    }

    def "the version that xtb prints is held against the one that was asked for"() {
        given:
        def batch = copy()
        replace(batch.resolve('0001/rung_1/engine.out'), 'xtb version 6.5.1', 'xtb version 6.6.0')

        when:
        Batches.parse(batch, ATOM, WINDOW)

        then:
        def e = thrown(InputException)
        e.message.contains('0001/rung_1: was computed at another level of theory than was asked for: version is 6.5.1 and 6.6.0')
    }

    private static List<String> labelled(SanityWindow window) {
        Batches.parse(FIXTURE, ATOM, window).structures().findAll { it.label() != null }*.info()*.sid
    }

    private static settings(String changes) {
        EngineSettings.of(new Xtb(), JsonMapper.builder().build().readTree(changes), 'mine.json').rungs()[0]
    }

    private Path copy() {
        def target = dir.resolve('batch_0000')
        FIXTURE.toFile().eachFileRecurse { file ->
            def copy = target.resolve(FIXTURE.relativize(file.toPath()))
            if (file.file) {
                Files.createDirectories(copy.parent)
                Files.copy(file.toPath(), copy)
            }
        }
        target
    }

    private static void replace(Path file, String from, String to) {
        def text = file.toFile().getText('ISO-8859-1')
        assert text.contains(from)
        file.toFile().setText(text.replace(from, to), 'ISO-8859-1')
    }

    private static void line(Path place, int number, String text) {
        def file = place.resolve('in.engrad').toFile()
        def lines = file.readLines()
        assert !lines[number].startsWith('#')
        lines[number] = text
        file.text = lines.join('\n') + '\n'
    }
}
