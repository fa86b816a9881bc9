package cupel.reference.engine

import cupel.reference.Level
import cupel.cli.AsePython
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * VASP: input, reading of output, and all three steps with a stand-in that reads and writes VASP's files (its energies are those of a
 * Morse potential). What VASP itself would say is in VaspReadersSpec.
 */
class VaspSpec extends Specification {

    static final Path STAND_IN = Path.of('src/test/resources/cupel/reference/vasp/bin').toAbsolutePath()

    /** Elements mixed, so that VASP's order differs. */
    static final Structure MIXED = Structure.of([79, 29, 79, 29] as int[],
        [0, 0, 0, 2.6, 0, 0, 0.3, 2.7, 0, 0.1, 0.2, 2.5] as double[], Cell.NONE).withInfo('sid', 'mixed')
    static final Structure CRYSTAL = Structure.of([29, 79, 29, 79] as int[], [0.1, 0, 0, 2, 2, 0, 2, 0, 2.1, 0, 2, 2] as double[],
        Cell.periodic(4.1, 0, 0, 0, 4.05, 0, 0.1, 0, 4)).withInfo('sid', 'crystal')
    static final Structure ATOM = Structure.cluster(79, 1, 2, 3).withInfo('sid', 'atom')

    @TempDir
    Path dir

    @Shared
    @TempDir
    Path once

    @Shared
    Path good

    // ---- settings ---------------------------------------------------------------------------------------------------

    def "settings are refused: #message"() {
        when:
        ThreeSteps.settings('vasp', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                                    || message
        [functional: 'B3LYP']                      || 'functional: must be one of AM05, PBE, PBEsol, PW91, RPBE, revPBE, is "B3LYP"'
        [smearing_method: 'cold']                  || 'smearing_method: must be one of fermi, gaussian, methfessel-paxton'
        [algorithm: 'None']                        || 'algorithm: must be one of'
        [precision: 'High!']                       || 'precision: must be one of'
        [cutoff: -1.0]                             || 'cutoff: must be above 0, is -1'
        [energy_tolerance: 0.0]                    || 'energy_tolerance: must be above 0'
        [max_iterations: 0]                        || 'max_iterations: must be a whole number, at least 1'
        [spin: 'up']                               || 'spin: must be parity, free, or the number of unpaired electrons'
        [incar: [NSW: 10]]                         || 'incar: NSW is written by Cupel'
        [incar: [LDAUU: '0 4']]                    || 'incar: LDAUU has a value for each species'
        [incar: ['ivdw': 11]]                      || 'incar: "ivdw" is no tag of VASP'
        [incar: [IVDW: '11\nNSW = 5']]             || 'incar: IVDW must be one word'
        [incar: [IVDW: '11; NSW = 5']]             || 'incar: IVDW must be one word'
        [incar: [IVDW: [11]]]                      || 'incar: IVDW must be one word'
        [incar: [IVDW: 11], incar_technical: [IVDW: 12]] || 'incar_technical: IVDW is in incar already'
        [incar_technical: [ENCUT: 100]]            || 'incar_technical: ENCUT is written by Cupel'
        [potcar: [Gold: 'Au']]                     || 'potcar: '
        [potcar: [Au: 'Ag']]                       || 'potcar: the potential of Au must have a name such as Au or Au_pv, is "Ag"'
        [potcar: [C: 'Cu']]                        || 'potcar: the potential of C must have a name such as C or C_pv'
        [potcar: [Au: '../Au']]                    || 'potcar: the potential of Au'
        [potcar_dir: '../elsewhere']               || 'potcar_dir: must be a folder in $VASP_PP_PATH'
        [potcar_dir: '/absolute']                  || 'potcar_dir: must be a folder in $VASP_PP_PATH'
        [ladder: [[incar: [IVDW: 11]]]]            || 'rung 2: must not change incar'
        [ladder: [[potcar: [Au: 'Au_sv']]]]        || 'rung 2: must not change potcar'
    }

    // ---- input ------------------------------------------------------------------------------------------------------

    def "input of a cluster: atoms grouped by element, in a box, Gamma alone, as few unpaired electrons as there can be"() {
        when:
        def files = written(MIXED, [incar: [IVDW: 11, LVDW: true], incar_technical: [NCORE: 4], vacuum: 5.0d, cutoff: 320.0d])

        then:
        files.POSCAR == '''\
            Au2Cu2
            1.0
               13.000000000000     0.000000000000     0.000000000000
                0.000000000000    13.000000000000     0.000000000000
                0.000000000000     0.000000000000    12.500000000000
            Au Cu
            2 2
            Cartesian
                5.200000000000     5.150000000000     5.000000000000
                5.500000000000     7.850000000000     5.000000000000
                7.800000000000     5.150000000000     5.000000000000
                5.300000000000     5.350000000000     7.500000000000
            '''.stripIndent()
        files.KPOINTS == 'mesh around Gamma\n0\nGamma\n1 1 1\n0 0 0\n'
        files.'potcar.txt' == 'Au Au potpaw_PBE\nCu Cu potpaw_PBE\n'
        files.INCAR == '''\
            PREC = Accurate
            ENCUT = 320
            GGA = PE
            LASPH = .TRUE.
            LREAL = .FALSE.
            ISMEAR = 0
            SIGMA = 0.05
            ISPIN = 1
            EDIFF = 1.0E-6
            ALGO = Normal
            NELM = 100
            AMIX = 0.4
            BMIX = 1
            ISYM = 0
            ISTART = 0
            ICHARG = 2
            NSW = 0
            IBRION = -1
            ISIF = 2
            LWAVE = .FALSE.
            LCHARG = .FALSE.
            IVDW = 11
            LVDW = .TRUE.
            NCORE = 4
            '''.stripIndent()
    }

    def "the box of a lone atom has three different edges, and its open shell one unpaired electron"() {
        when:
        def files = written(ATOM, [:])

        then:
        files.POSCAR.readLines()[2..4]*.trim()*.split(/ +/).withIndex().collect { row, k -> row[k] as double }.toUnique().size() == 3
        files.INCAR.contains('ISPIN = 2\nMAGMOM = 1*1.000000\nNUPDOWN = 1\n')
        files.INCAR.contains('AMIX_MAG = 1.6\nBMIX_MAG = 1\n')
    }

    def "spin #spin of #formula: #lines"() {
        given:
        def structure = Structure.of(numbers as int[], (0..<3 * numbers.size()).collect { it * 1.5d } as double[], Cell.NONE)

        when:
        def incar = written(structure, [spin: spin, potcar: potcar]).INCAR.readLines().findAll { it =~ /^(ISPIN|MAGMOM|NUPDOWN)/ }

        then:
        incar == lines

        where:
        formula | numbers      | spin     | potcar        || lines
        'Au2'   | [79, 79]     | 'parity' | [:]           || ['ISPIN = 1']
        'Au3'   | [79, 79, 79] | 'parity' | [:]           || ['ISPIN = 2', 'MAGMOM = 3*0.333333', 'NUPDOWN = 1']
        'Au3'   | [79, 79, 79] | 'free'   | [:]           || ['ISPIN = 2', 'MAGMOM = 3*1.0']
        'Au2'   | [79, 79]     | 2        | [:]           || ['ISPIN = 2', 'MAGMOM = 2*1.000000', 'NUPDOWN = 2']
        'Er'    | [68]         | 'parity' | [:]           || ['ISPIN = 1']
        'Er'    | [68]         | 'parity' | [Er: 'Er_3']  || ['ISPIN = 2', 'MAGMOM = 1*1.000000', 'NUPDOWN = 1']
    }

    def "a structure that cannot have so many unpaired electrons is refused, and so is a layer without vacuum"() {
        when:
        Engines.named('vasp').requireComputable(structure, ThreeSteps.settings('vasp', changes).rungs()[0])

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        structure | changes    || message
        MIXED     | [spin: 1]  || 'has an even number of electrons, which cannot have 1 unpaired ones'
        layer()   | [:]        || 'does not repeat along its vector c, and its cell leaves 6.00 angstrom of vacuum there where 12.00 are needed'
    }

    private static Structure layer() {
        Structure.of([79, 79] as int[], [0, 0, 0, 1.4, 1.4, 2] as double[], new Cell([2.9, 0, 0, 0, 2.9, 0, 0, 0, 8] as double[], [true, true, false] as boolean[]))
    }

    def "a left-handed cell is turned into a right-handed one, which moves no atom: #handed"() {
        given:
        def structure = Structure.of([79] as int[], [0.5, 0.6, 0.7] as double[], Cell.periodic(vectors as double[]))

        when:
        def poscar = written(structure, [:]).POSCAR.readLines()
        def mesh = written(structure, [kpoint_density: 3.0d]).KPOINTS.readLines()[3]

        then:
        poscar[2..4]*.trim()*.split(/ +/)*.collect { it as double } == cell
        poscar[8].trim().split(/ +/).collect { it as double } == [0.5, 0.6, 0.7]
        mesh == kpoints

        where: 'n = ceil(3 |b|), |b| = 2 pi / edge: 6.28, 4.71, 3.77'
        handed  | vectors                     || cell                              | kpoints
        'right' | [3, 0, 0, 0, 4, 0, 0, 0, 5] || [[3, 0, 0], [0, 4, 0], [0, 0, 5]] | '7 5 4'
        'left'  | [3, 0, 0, 0, 0, 5, 0, 4, 0] || [[3, 0, 0], [0, 4, 0], [0, 0, 5]] | '7 5 4'
    }

    def "safer rungs mix less, allow more iterations, and go over to the minimisation of all bands"() {
        given:
        def rungs = ThreeSteps.settings('vasp', [:]).rungs().collect { VaspInput.incar(ATOM, it).subMap('ALGO', 'AMIX', 'BMIX', 'NELM') }

        expect:
        rungs == [
            [ALGO: 'Normal', AMIX: '0.4', BMIX: '1', NELM: '100'],
            [ALGO: 'Normal', AMIX: '0.1', BMIX: '1.0E-4', NELM: '200'],
            [ALGO: 'All', AMIX: '0.1', BMIX: '1.0E-4', NELM: '300'],
        ]
    }

    @IgnoreIf({ AsePython.isMissing('VaspSpec, input and output of VASP read by ASE') })
    def "ASE reads of the input what was meant"() {
        given:
        written(MIXED, [incar: [IVDW: 11], spin: 2], 'mixed')
        written(CRYSTAL, [kpoint_density: 4.0d], 'crystal')

        expect:
        python('''
import numpy as np
from ase.io import read
from ase.calculators.vasp import Vasp
mixed, crystal = read('mixed/POSCAR'), read('crystal/POSCAR')
assert mixed.get_chemical_symbols() == ['Au', 'Au', 'Cu', 'Cu'], mixed
d = mixed.positions - mixed.positions[0]
assert np.allclose(d, [[0, 0, 0], [0.3, 2.7, 0], [2.6, 0, 0], [0.1, 0.2, 2.5]], atol=1e-11), d
gaps = np.diag(mixed.cell) - np.ptp(mixed.positions, axis=0)
assert (gaps >= 12).all() and (gaps < 12.5).all() and mixed.cell.orthorhombic, gaps
assert crystal.get_chemical_symbols() == ['Cu', 'Cu', 'Au', 'Au']
assert np.allclose(crystal.cell, [[4.1, 0, 0], [0, 4.05, 0], [0.1, 0, 4]])
assert np.allclose(crystal.positions, [[0.1, 0, 0], [2, 0, 2.1], [2, 2, 0], [0, 2, 2]])
calc = Vasp()
calc.read_incar('mixed/INCAR')
asked = dict(encut=400.0, gga='PE', ismear=0, sigma=0.05, ediff=1e-6, nelm=100, nsw=0, ibrion=-1, ispin=2, nupdown=2, ivdw=11, isym=0, prec='Accurate',
             algo='Normal', amix=0.4, lasph=True, lwave=False, lcharg=False, magmom=[0.5] * 4)
found = {}
for group in ('float_params', 'exp_params', 'string_params', 'int_params', 'bool_params', 'list_float_params', 'special_params', 'dict_params', 'list_int_params', 'list_bool_params'):
    found.update({k: v for k, v in getattr(calc, group).items() if v is not None})
for key, value in asked.items():
    assert np.all(np.isclose(found[key], value)) if not isinstance(value, str) else found[key] == value, (key, found.get(key))
calc.read_kpoints('crystal/KPOINTS')
assert list(calc.input_params['kpts']) == [7, 7, 7] and calc.input_params['gamma'], calc.input_params
''') == ''
    }

    // ---- all three steps --------------------------------------------------------------------------------------------

    def "labels of clusters, crystals and the isolated atom, forces in the order of the structure"() {
        when:
        def answers = run([:], [MIXED, CRYSTAL, ATOM])

        then:
        answers*.info()*.sid == ['mixed', 'crystal', 'atom']
        answers.every { it.label() != null && it.info().rung == null }
        answers*.info()*.level*.with { Level.parse(it) }.every { it.get('engine') == 'vasp' && it.get('version') == '6.3.0' && it.get('functional') == 'PBE' }
        Level.parse(answers[0].info().level).pairs().keySet().containsAll(['data.Au.POTCAR', 'data.Cu.POTCAR'])
        !Level.parse(answers[2].info().level).pairs().containsKey('data.Cu.POTCAR')

        and: 'energies and forces of the Morse potential of the stand-in, and its free energy: 2 meV of entropy an atom'
        [answers, [MIXED, CRYSTAL, ATOM]].transpose().every { answer, structure ->
            def (energy, forces) = morse(structure)
            assert Math.abs(answer.label().energy() - (energy - 0.002d * structure.size())) < 1e-7
            assert (0..<3 * structure.size()).every { Math.abs(answer.label().forces()[it] - forces[it]) < 1e-7 }
            true
        }

        and: 'a stress of crystals alone, tension positive: the derivative of the energy with the strain'
        answers*.label()*.stress()*.size() == [null, 6, null]
        (0..2).every { axis ->
            def h = 1e-4d
            def slope = (morse(strained(CRYSTAL, axis, h))[0] - morse(strained(CRYSTAL, axis, -h))[0]) / (2 * h * CRYSTAL.cell().volume())
            assert Math.abs(answers[1].label().stress()[axis] - slope) < 1e-5
            true
        }

        and: 'no potential, and nothing bulky, is left behind'
        def left = []
        dir.resolve('prepared').toFile().eachFileRecurse { left << it.name }
        left.intersect(['POTCAR', 'WAVECAR', 'CHGCAR', 'IBZKPT']).isEmpty()
        left.containsAll(['OUTCAR', 'vasprun.xml', 'converged.txt'])
    }

    @IgnoreIf({ AsePython.isMissing('VaspSpec, input and output of VASP read by ASE') })
    def "ASE reads the same label from both files"() {
        given:
        def answers = run([:], [MIXED, CRYSTAL])

        when: 'ASE has the atoms in the order of VASP: gold first in one, copper in the other'
        def said = python('''
from ase.io import read
for n in '01':
    for name in ('vasprun.xml', 'OUTCAR'):
        a = read(f'prepared/batch_0000/000{n}/rung_1/{name}')
        print(a.get_potential_energy(force_consistent=True), *a.get_forces().ravel(), *a.get_stress())
''').readLines()*.split(' ')*.collect { it as double }
        def mine = answers.collectMany { answer ->
            def order = VaspInput.of(answer, ThreeSteps.settings('vasp', [:]).rungs()[0]).order()
            def forces = (order as List).collectMany { atom -> answer.label().forces()[3 * atom..3 * atom + 2] as List }
            [[answer.label().energy(), *forces, *(answer.label().stress() ?: [])]] * 2
        }

        then:
        [said, mine].transpose().every { ase, own -> own.indices.every { Math.abs(ase[it] - own[it]) < 1e-6 } }
    }

    def "what does not converge is tried with safer settings, the last of which minimises all bands"() {
        when:
        def answers = run([:], [ATOM], [STAND_IN: 'all'])

        then:
        answers[0].label() != null
        answers[0].info().rung == 3
    }

    def "a run that #what is a failure: #kind, #reason"() {
        when:
        def answer = run([ladder: []], [MIXED], [STAND_IN: what])[0]

        then:
        answer.label() == null
        answer.info().failure == kind
        answer.info().reason.contains(reason)
        !answer.info().reason.contains(dir.toString())

        where:
        what    || kind            | reason
        'never' || 'not_converged' | 'vasprun.xml: the electrons did not converge in 100 steps (NELM = 100)'
        'crash' || 'crashed'       | 'exit status 1: Error EDDDAV: Call to ZHEGV failed. Returncode = 8 2 16'
        'abort' || 'crashed'       | 'vasprun.xml ends or is damaged in line'
        'stars' || 'unphysical'    | 'the force on atom 4 is not a number'
    }

    def "a potential that is not there ends the run before anything is computed, with its place"() {
        given:
        def place = potentials(['Au'])

        when:
        def run = identify([potcar: potcar], ['Au', 'Cu'], environment.collectEntries { k, v -> [k, v.replace('PLACE', place.toString())] })

        then:
        run.exit != 0
        run.text.contains(message.replace('PLACE', place.toString()))

        where:
        potcar        | environment              || message
        [:]           | [VASP_PP_PATH: 'PLACE']  || 'no potential of Cu: there is no PLACE/potpaw_PBE/Cu/POTCAR'
        [Au: 'Au_sv'] | [VASP_PP_PATH: 'PLACE']  || 'no potential of Au: there is no PLACE/potpaw_PBE/Au_sv/POTCAR'
        [:]           | [VASP_PP_PATH: '']       || 'VASP_PP_PATH is not set'
    }

    def "identity: the version that VASP prints, and a checksum for each element, of a potential packed or not"() {
        given:
        def place = potentials(['Au', 'Cu_pv'])

        when:
        def plain = identify([potcar: [Cu: 'Cu_pv']], ['Au', 'Cu'], [VASP_PP_PATH: place.toString()])

        then:
        plain.exit == 0
        plain.text ==~ /version=6\.3\.0\ndata\.Au\.POTCAR=[0-9a-f]{16}\ndata\.Cu\.POTCAR=[0-9a-f]{16}\n/

        when:
        assert new ProcessBuilder('gzip', place.resolve('potpaw_PBE/Au/POTCAR').toString()).start().waitFor() == 0
        def packed = identify([potcar: [Cu: 'Cu_pv']], ['Au', 'Cu'], [VASP_PP_PATH: place.toString()])

        then:
        packed.text == plain.text
    }

    def "without VASP the run ends with what to do"() {
        given:
        dir.resolve('settings.json').toFile().text = '{}'
        dir.resolve('atoms.xyz').toFile().text = '1\n\nAu 0 0 0\n'

        when:
        def run = ThreeSteps.script(dir, [:], 'label_vasp.sh', '--identify', 'settings.json', 'atoms.xyz', '--', 'vasp_of_nobody -x')

        then:
        run.exit == 127
        run.text.contains('vasp_of_nobody is not there: VASP is brought by its users')
    }

    // ---- damaged output ---------------------------------------------------------------------------------------------

    def "#what is refused: #reason"() {
        given:
        def folder = goodRun()
        damage(folder)

        when:
        def answer = read(folder)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason().contains(reason)

        where:
        what                       | kind            | reason                                                  | damage
        'half a vasprun.xml'       | 'crashed'       | 'vasprun.xml ends or is damaged in line'                | { change(it, 'vasprun.xml') { t -> t.take(t.length().intdiv(2)) } }
        'an empty vasprun.xml'     | 'crashed'       | 'vasprun.xml: is not a vasprun.xml'                     | { change(it, 'vasprun.xml') { '' } }
        'garbage'                  | 'crashed'       | 'vasprun.xml: is not'                                   | { change(it, 'vasprun.xml') { '\u0001\u0002 no XML' } }
        'another place'            | 'crashed'       | 'is of another structure: atom 2 is at'                 | { change(it, 'vasprun.xml') { t -> moved(t) } }
        'other elements'           | 'crashed'       | 'atom 3 is Ag, must be Cu'                              | { change(it, 'vasprun.xml') { t -> t.replace('<c>Cu</c>', '<c>Ag</c>') } }
        'another energy in OUTCAR' | 'crashed'       | 'vasprun.xml and OUTCAR are of two runs'                | { change(it, 'OUTCAR') { t -> t.replaceAll(/(TOTEN  = +-\d+\.\d)\d/, '$19') } }
        'a cut OUTCAR'             | 'crashed'       | 'OUTCAR ends in line'                                   | { change(it, 'OUTCAR') { t -> t.replaceAll(/General timing.*/, '') } }
        'OUTCAR unconverged'       | 'not_converged' | 'OUTCAR: the electrons did not converge'                | { change(it, 'OUTCAR') { t -> t.replace('because EDIFF is reached', 'EDIFF was not reached (unconverged)') } }
        'nothing'                  | 'crashed'       | 'VASP left neither vasprun.xml nor OUTCAR'              | { ['vasprun.xml', 'OUTCAR'].each { f -> Files.delete(it.resolve(f)) } }
        'a file of laughs'         | 'crashed'       | 'a document type (DOCTYPE), which no vasprun.xml has'   | { change(it, 'vasprun.xml') { t -> laughs(t) } }
        'a file that opens others' | 'crashed'       | 'a document type (DOCTYPE), which no vasprun.xml has'   | { change(it, 'vasprun.xml') { t -> opens(t) } }
    }

    def "without vasprun.xml the OUTCAR counts, with its six decimals"() {
        given:
        def folder = goodRun()
        def label = read(folder).label()
        Files.delete(folder.resolve('vasprun.xml'))

        expect:
        Math.abs(read(folder).label().energy() - label.energy()) < 1e-8
        (0..<12).every { Math.abs(read(folder).label().forces()[it] - label.forces()[it]) < 1e-6 }
        read(folder).version() == '6.3.0'
    }

    /** A copy of what a run left that went well; it is run once. */
    private Path goodRun() {
        if (good == null) {
            def own = dir
            dir = once
            run([ladder: []], [MIXED])
            dir = own
            good = once.resolve('prepared/batch_0000/0000/rung_1')
        }
        def copy = Files.createDirectories(dir.resolve('rung_1'))
        good.toFile().listFiles().each { Files.copy(it.toPath(), copy.resolve(it.name)) }
        return copy
    }

    private static void change(Path folder, String name, Closure<String> how) {
        def file = folder.resolve(name).toFile()
        def before = file.text
        file.text = how(before)
        assert file.text != before
    }

    private static String moved(String text) {
        text.replaceAll(/(?s)(<structure>.*?positions" >.*?<v>[^<]*<\/v>.*?<v> +)0\.(\d)/) { all, head, digit -> "${head}0.${(digit as int) + 1}" }
    }

    private static String laughs(String text) {
        def entities = (1..9).collect { "<!ENTITY l$it \"${"&l${it - 1};" * 10}\">" }.join('\n')
        text.replace('<modeling>', "<!DOCTYPE modeling [<!ENTITY l0 \"ha\">\n$entities]>\n<modeling>").replace('vasp </i>', '&l9;</i>')
    }

    private static String opens(String text) {
        text.replace('<modeling>', '<!DOCTYPE modeling [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<modeling>').replace('6.3.0  </i>', '&x;</i>')
    }

    // ---- help -------------------------------------------------------------------------------------------------------

    private Answer read(Path folder) {
        new Vasp().read(folder, MIXED, ThreeSteps.settings('vasp', [:]).rungs()[0], 0)
    }

    private Map<String, String> written(Structure structure, Map changes, String name = UUID.randomUUID()) {
        def folder = Files.createDirectories(dir.resolve(name))
        new Vasp().write(structure, ThreeSteps.settings('vasp', changes).rungs()[0], folder)
        (folder.toFile().listFiles() as List).collectEntries { [it.name, it.text] }
    }

    /** Potentials that are none: a header that the stand-in reads. */
    private Path potentials(List<String> names) {
        def place = dir.resolve('potentials')
        names.each { name ->
            ThreeSteps.folder(place.resolve("potpaw_PBE/$name"), [POTCAR: "  PAW_PBE $name 00Xxx0000\n   TITEL  = PAW_PBE $name 00Xxx0000\n End of Dataset\n".toString()])
        }
        return place
    }

    private Map identify(Map changes, List<String> elements, Map<String, String> environment) {
        dir.resolve('settings.json').toFile().text = ThreeSteps.settings('vasp', changes).json().toPrettyString()
        dir.resolve('atoms.xyz').toFile().text = elements.collect { "1\nProperties=species:S:1:pos:R:3 pbc=\"F F F\"\n$it 0 0 0\n" }.join('')
        ThreeSteps.script(dir, [PATH: "$STAND_IN:${ThreeSteps.BIN}:${System.getenv('PATH')}".toString()] + environment,
            'label_vasp.sh', '--identify', 'settings.json', 'atoms.xyz', '--', 'vasp_std')
    }

    private List<Structure> run(Map changes, List<Structure> structures, Map<String, String> environment = [:]) {
        def place = potentials(['Au', 'Cu'])
        def identity = identify(changes, ['Au', 'Cu'], [VASP_PP_PATH: place.toString()])
        assert identity.exit == 0: identity.text
        dir.resolve('engine.txt').toFile().text = identity.text
        ThreeSteps.label(dir, ThreeSteps.settings('vasp', changes), EngineIdentity.read(dir.resolve('engine.txt')), structures,
            ['converged.txt', '^converged'], "label_vasp.sh 'vasp_std'",
            [PATH: "$STAND_IN:${ThreeSteps.BIN}:${System.getenv('PATH')}".toString(), VASP_PP_PATH: place.toString()] + environment,
            60, ['POTCAR WAVECAR CHGCAR CHG DOSCAR EIGENVAL IBZKPT'])
    }

    private String python(String program) {
        def process = new ProcessBuilder(AsePython.PYTHON, '-c', program).directory(dir.toFile()).redirectErrorStream(true).start()
        def text = process.inputStream.text
        assert process.waitFor() == 0: text
        return text
    }

    private static Structure strained(Structure structure, int axis, double strain) {
        def stretch = { double[] values -> (0..<values.length).collect { it % 3 == axis ? values[it] * (1 + strain) : values[it] } as double[] }
        Structure.of(structure.atomicNumbers(), stretch(structure.positions()), Cell.periodic(stretch(structure.cell().vectors())))
    }

    /** The Morse potential of the stand-in, cut and shifted at 7 angstrom; of clusters as if they were alone. */
    private static List morse(Structure structure) {
        int n = structure.size()
        double energy = 0
        def forces = new double[3 * n]
        def v = structure.cell().vectors()
        int reach = structure.cell().isPeriodic() ? 3 : 0
        double end = Math.exp(-1.5d * (7 - 2.7d))
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int a = -reach; a <= reach; a++) {
                    for (int b = -reach; b <= reach; b++) {
                        for (int c = -reach; c <= reach; c++) {
                            def d = (0..2).collect { structure.position(j, it) - structure.position(i, it) + a * v[it] + b * v[3 + it] + c * v[6 + it] }
                            double r = Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
                            if (r < 1e-8 || r >= 7) {
                                continue
                            }
                            double x = Math.exp(-1.5d * (r - 2.7d))
                            energy += 0.25d * (x * x - 2 * x - end * end + 2 * end)
                            (0..2).each { forces[3 * i + it] += -1.5d * (x * x - x) * d[it] / r }
                        }
                    }
                }
            }
        }
        return [energy, forces]
    }
}
