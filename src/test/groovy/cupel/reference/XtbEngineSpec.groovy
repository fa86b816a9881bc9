package cupel.reference

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The two ends of a calculation with xtb. The outputs here are those of xtb 6.5.1, some of them damaged afterwards. */
class XtbEngineSpec extends Specification {

    static final Path FIXTURE = Path.of('src/test/resources/cupel/reference/xtb/batch_0000')

    @TempDir
    Path dir

    // prepare

    def "prepares batches in the order of the structures"() {
        given:
        def structures = (1..5).collect { Structure.cluster(79, 0, 0, 0, 0, 0, 2.4d + it / 10).withInfo('sid', "s$it" as String) }

        when:
        XtbEngine.prepare(structures, 2, dir.resolve('batches'), XtbSettings.DEFAULT)

        then:
        files(dir.resolve('batches')) == [
            'batch_0000/0000/in.xyz', 'batch_0000/0000/xtb.args', 'batch_0000/0001/in.xyz', 'batch_0000/0001/xtb.args',
            'batch_0000/batch.json', 'batch_0000/structures.xyz',
            'batch_0001/0000/in.xyz', 'batch_0001/0000/xtb.args', 'batch_0001/0001/in.xyz', 'batch_0001/0001/xtb.args',
            'batch_0001/batch.json', 'batch_0001/structures.xyz',
            'batch_0002/0000/in.xyz', 'batch_0002/0000/xtb.args', 'batch_0002/batch.json', 'batch_0002/structures.xyz']
        dir.resolve('batches/batch_0001/0000/in.xyz').toFile().text ==
            '2\n\nAu 0.00000000 0.00000000 0.00000000\nAu 0.00000000 0.00000000 2.70000000\n'
        dir.resolve('batches/batch_0001/0000/xtb.args').toFile().text ==
            '--gfn 1 --chrg 0 --uhf 0 --etemp 300 --iterations 500 --grad\n'
        ExtendedXyz.read(dir.resolve('batches/batch_0001/structures.xyz'))*.info()*.sid == ['s3', 's4']
    }

    def "no structures make one batch, which is empty and gives no labels"() {
        when:
        XtbEngine.prepare([], 20, dir, XtbSettings.DEFAULT)

        then:
        files(dir) == ['batch_0000/batch.json', 'batch_0000/structures.xyz']
        XtbEngine.parse([dir.resolve('batch_0000')], XtbEngine.WINDOW) == new Labels([], [])
    }

    def "the same structures make the same bytes"() {
        given:
        def structures = ExtendedXyz.read(FIXTURE.resolve('structures.xyz'))

        when:
        ['one', 'two'].each { XtbEngine.prepare(structures, 2, dir.resolve(it), XtbSettings.DEFAULT) }

        then:
        files(dir.resolve('one')).every {
            dir.resolve("one/$it").toFile().bytes == dir.resolve("two/$it").toFile().bytes
        }
    }

    def "#formula with charge #charge has #unpaired unpaired electrons"() {
        expect:
        XtbEngine.unpairedElectrons(Structure.of(numbers as int[], new double[3 * numbers.size()], Cell.NONE), charge) ==
            unpaired

        where: 'cerium has three electrons in GFN1, not 58'
        formula | numbers      | charge || unpaired
        'Au'    | [79]         | 0      || 1
        'Au'    | [79]         | 1      || 0
        'Au2'   | [79, 79]     | 0      || 0
        'Au2'   | [79, 79]     | -1     || 1
        'AuCu2' | [79, 29, 29] | 0      || 1
        'H2O'   | [8, 1, 1]    | 0      || 0
        'Ce'    | [58]         | 0      || 1
        'CeO2'  | [58, 8, 8]   | 0      || 1
        'La'    | [57]         | 0      || 1
        'Lu'    | [71]         | 0      || 1
        'Hf'    | [72]         | 0      || 0
    }

    def "settings make the level of theory: #level"() {
        expect:
        new XtbSettings(charge, temperature, 500).level() == level

        where:
        charge | temperature || level
        0      | 300d        || 'gfn1-xtb-300K'
        -1     | 300d        || 'gfn1-xtb-300K-charge-1'
        2      | 1000.5d     || 'gfn1-xtb-1000.5K-charge+2'
    }

    def "refuses to prepare #what, saying which structure and why"() {
        when:
        XtbEngine.prepare([Structure.cluster(79, 0, 0, 0), structure], 20, dir.resolve('b'), XtbSettings.DEFAULT)

        then:
        def e = thrown(InputException)
        e.message.startsWith(message)
        !Files.exists(dir.resolve('b'))

        where:
        what         | structure                         || message
        'a crystal'  | crystal()                         || 'structure 2 is periodic, and xtb is run for clusters only'
        'francium'   | Structure.cluster(87, 0, 0, 0)    || 'structure 2 holds Fr, and GFN1 has parameters up to Rn only'
        'nothing'    | Structure.cluster(79)             || 'structure 2 has no atoms'
    }

    def "refuses to mix with batches that are there"() {
        given:
        XtbEngine.prepare([Structure.cluster(79, 0, 0, 0)], 20, dir, XtbSettings.DEFAULT)

        when:
        XtbEngine.prepare([Structure.cluster(79, 0, 0, 0)], 20, dir, XtbSettings.DEFAULT)

        then:
        def e = thrown(InputException)
        e.message.contains('holds batches already')
    }

    def "refuses an impossible setting: #message"() {
        when:
        new XtbSettings(0, temperature, iterations)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        temperature | iterations || message
        0d          | 500        || 'illegal electronic temperature: 0.0'
        Double.NaN  | 500        || 'illegal electronic temperature: NaN'
        300d        | 0          || 'illegal number of iterations: 0'
    }

    // parse

    def "reads real outputs: two labels, and three failures of three kinds"() {
        when:
        def labels = XtbEngine.parse([FIXTURE], XtbEngine.WINDOW)

        then:
        labels.labelled()*.info()*.sid == ['triangle', 'atom']
        labels.failed()*.info().collect { [it.sid, it.failure] } ==
            [['unconverged', 'not_converged'], ['coincident', 'crashed'], ['collapsed', 'unphysical']]
        labels.summary() == '2 labelled, 3 failed (1 crashed, 1 not_converged, 1 unphysical)'

        and: 'notes of the structure are kept, and the origin is added'
        labels.labelled()[0].info() == [sid: 'triangle', campaign: 'c1', engine: 'xtb', engine_version: '6.5.1',
                                        level: 'gfn1-xtb-300K']

        and: 'failures keep no label, and tell why'
        labels.failed().every { it.label() == null && it.info().engine_version == '6.5.1' }
        labels.failed()*.info()*.reason == [
            'charges not self-consistent within 3 iterations',
            'xtb ended with exit status 1: Found *very* short distance of 0.000E+00 for Au1-Au2',
            'energy 455.54 eV per atom relative to isolated atoms, allowed -15 to 5']
        labels.failed()[0].info().log.endsWith('-1- scf: Self consistent charge iterator did not converge')

        and: 'no time of day or duration gets into the records'
        labels.failed().every { !(it.info().log =~ /\d\d:\d\d|wall|cpu|sec/) && !it.info().log.contains('\n') }
    }

    def "energies are eV and forces eV per angstrom, the negative gradient"() {
        given: 'what in.engrad says, in hartree and hartree/bohr'
        def data = FIXTURE.resolve('0000/in.engrad').toFile().readLines().findAll { !it.startsWith('#') }*.trim()
        def label = XtbEngine.parse([FIXTURE], XtbEngine.WINDOW).labelled()[0].label()

        expect:
        Math.abs(label.energy() - (data[1] as double) * 27.211386245988d) < 1e-9d
        (0..8).every {
            Math.abs(label.forces()[it] + (data[2 + it] as double) * 27.211386245988d / 0.529177210903d) < 1e-9d
        }

        and: 'the isolated atom is a label too, without force'
        def atom = XtbEngine.parse([FIXTURE], XtbEngine.WINDOW).labelled()[1]
        Math.abs(atom.label().energy() + 3.901922642407d * Units.HARTREE) < 1e-9d
        atom.label().forces().every { it == 0 && 1 / it > 0 }
        atom.info().config_type == 'IsolatedAtom'
    }

    def "gives no label when #damage"() {
        given: 'the good output of the triangle, damaged'
        def place = copy().resolve('0000')
        change(place)

        when:
        def labels = XtbEngine.parse([place.parent], XtbEngine.WINDOW)

        then:
        labels.labelled()*.info()*.sid == ['atom']
        labels.failed()[0].info().sid == 'triangle'
        labels.failed()[0].info().failure == kind
        labels.failed()[0].info().reason == reason

        where:
        damage                            | kind            || reason
        'xtb was stopped'                 | 'timed_out'     || 'xtb was stopped after 60 s'
        'xtb crashed without a word'      | 'crashed'       || 'xtb ended with exit status 139'
        'the whole batch was killed'      | 'crashed'       || 'no exit status: xtb was not run, or the whole batch was killed'
        'the convergence line is missing' | 'not_converged' || 'exit status 0, but the log does not say that xtb converged'
        'the log is missing'              | 'not_converged' || 'exit status 0, but the log does not say that xtb converged'
        'there is no gradient'            | 'crashed'       || 'xtb wrote no gradient (in.engrad)'
        'the gradient is cut off'         | 'crashed'       || 'in.engrad must hold 14 lines of numbers, holds 8: it is cut off'
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
        'the convergence line is missing': { replace(it.resolve('xtb.out'), 'convergence criteria satisfied', '') },
        'the log is missing'             : { Files.delete(it.resolve('xtb.out')) },
        'there is no gradient'           : { Files.delete(it.resolve('in.engrad')) },
        'the gradient is cut off'        : { place ->
            def file = place.resolve('in.engrad').toFile()
            file.text = file.readLines().take(17).join('\n')
        },
        'the gradient has asterisks'     : { line(it, 14, '***************') },
        'the gradient has NaN'           : { line(it, 12, '            NaN') },
        'the energy is infinite'         : { line(it, 7, '       Infinity') },
        'the gradient is of more atoms'  : { line(it, 3, '         4') },
        'an atom is elsewhere'           : { replace(it.resolve('in.engrad'), '4.9132879', '4.9132170') },
        'an atom is of another element'  : { replace(it.resolve('in.engrad'), '79     2.4566440', '47     2.4566440') },
        'a force is beyond belief'       : { line(it, 14, '       2.000000000000') },
        'the energy is beyond belief'    : { line(it, 7, '     -33.856321000000') }]

    def "the window can be changed"() {
        expect:
        XtbEngine.parse([FIXTURE], new SanityWindow(-1000, 1000, 1e6d)).labelled()*.info()*.sid ==
            ['triangle', 'atom', 'collapsed']
        XtbEngine.parse([FIXTURE], XtbEngine.WINDOW.withMaxForce(0.1d)).labelled()*.info()*.sid == ['atom']
    }

    def "labels come in the order of the structures, whatever the order of the batches"() {
        given: 'eleven batches of one atom each, as if xtb had run in each'
        def structures = (0..10).collect { Structure.cluster(79, 0, 0, 0).withInfo('sid', "s$it" as String) }
        XtbEngine.prepare(structures, 1, dir, XtbSettings.DEFAULT)
        def batches = (0..10).collect { dir.resolve(String.format('batch_%04d', it)) }
        batches.each { batch ->
            ['xtb.out', 'in.engrad', 'status'].each {
                Files.copy(FIXTURE.resolve("0001/$it"), batch.resolve("0000/$it"))
            }
        }

        expect:
        XtbEngine.parse(batches.reverse(), XtbEngine.WINDOW).labelled()*.info()*.sid == (0..10).collect { "s$it" as String }

        when: 'one is missing'
        XtbEngine.parse(batches - [batches[4]], XtbEngine.WINDOW)
        then:
        def missing = thrown(InputException)
        missing.message.startsWith('batch 4 of 11 is missing')

        when: 'one is there twice'
        XtbEngine.parse(batches + [batches[4]], XtbEngine.WINDOW)
        then:
        def twice = thrown(InputException)
        twice.message.startsWith('batch 4 is there twice')

        when: 'one is of another campaign'
        XtbEngine.parse([FIXTURE] + batches.drop(1), XtbEngine.WINDOW)
        then:
        def strange = thrown(InputException)
        strange.message.contains('were not prepared together')
    }

    def "a folder that is no batch is named"() {
        when:
        XtbEngine.parse([dir], XtbEngine.WINDOW)

        then:
        def e = thrown(InputException)
        e.message == "$dir: is not a batch that was prepared: batch.json is missing or cannot be read"
    }

    def "a batch of another engine is not read"() {
        given:
        dir.resolve('batch.json').toFile().text = '{"engine": "gpaw", "batch": 0, "batches": 1, "structures": 0}'

        when:
        XtbEngine.parse([dir], XtbEngine.WINDOW)

        then:
        def e = thrown(InputException)
        e.message.contains("was prepared for the engine 'gpaw', not for xtb")
    }

    private Path copy() {
        def target = dir.resolve('batch_0000')
        files(FIXTURE).each {
            Files.createDirectories(target.resolve(it).parent)
            Files.copy(FIXTURE.resolve(it), target.resolve(it))
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

    private static Structure crystal() {
        Structure.of([79] as int[], [0d, 0, 0] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4))
    }

    private static List<String> files(Path root) {
        def found = []
        root.toFile().eachFileRecurse { if (it.file) found << root.relativize(it.toPath()).toString() }
        found.sort()
    }
}
