package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Input and output of NWChem. The outputs are those of NWChem 7.0.2, without times, places and authors. */
class NwchemSpec extends Specification {

    static final Path FIXTURES = Path.of('src/test/resources/cupel/reference/nwchem')
    static final WATER = ProgramRun.molecule(['O', 'H', 'H'], 0, 0, 0, 0.1d, 0.1d, 0.95d, 0.9d, 0, -0.3d)
    static final ATOM = Structure.cluster(1, 1, 2, 3)
    static final HYDRIDE = ProgramRun.molecule(['Au', 'H'], 0, 0, 0, 0, 0, 1.55d)

    @TempDir
    Path dir

    def "writes positions in bohr, with a core potential for heavy atoms only"() {
        when:
        def text = written(HYDRIDE, [:])

        then:
        text.contains('geometry units bohr noautosym noautoz nocenter\n  Au 0.0000000000 0.0000000000 0.0000000000\n' +
            String.format(Locale.ROOT, '  H  0.0000000000 0.0000000000 %.10f\nend\n', 1.55d / Units.BOHR))
        text.contains('basis spherical\n  H library "def2-svp"\n  Au library "def2-svp"\nend\necp\n  Au library "def2-ecp"\nend\n')
        text.contains('  xc xpbe96 cpbe96\n  mult 1\n  grid fine\n')
        text.contains(String.format(Locale.ROOT, '  smear %.10f\n', 0.05d / Units.HARTREE))
        text.endsWith('task dft gradient\n')
        !written(WATER, [:]).contains('ecp')
        text == written(HYDRIDE, [:])
    }

    def "#structure.size() atoms of charge #charge are of multiplicity #multiplicity"() {
        expect:
        written(structure, [charge: charge]).contains("  mult $multiplicity\n")
        written(structure, [charge: charge]).contains("charge $charge\n")

        where:
        structure | charge || multiplicity
        ATOM      | 0      || 2
        ATOM      | -1     || 1
        WATER     | 0      || 1
        WATER     | 1      || 2
    }

    def "an element gets its own basis set and core potential, or none, where the settings say so"() {
        when:
        def text = written(HYDRIDE, [basis_sets: [Au: 'lanl2dz_ecp', H: '6-31g*'], ecps: [Au: 'lanl2dz_ecp']])

        then:
        text.contains('  H library "6-31g*"\n  Au library "lanl2dz_ecp"\nend\necp\n  Au library "lanl2dz_ecp"\nend\n')
        !written(HYDRIDE, [ecps: [Au: '']]).contains('ecp\n')
    }

    def "refuses #what"() {
        given:
        def settings = ProgramRun.settings('nwchem', changes)

        when:
        settings.engine().requireComputable(structure, settings.rungs()[0])

        then:
        def e = thrown(InputException)
        e.message.startsWith(message)

        where:
        what                        | structure                                                                  | changes   || message
        'a crystal'                 | Structure.of([79] as int[], new double[3], Cell.periodic(3, 0, 0, 0, 3, 0, 0, 0, 3)) | [:]       || 'is periodic, and NWChem is run with Gaussians in free space, for clusters only; use another engine'
        'one unpaired electron of 10' | WATER                                                                    | [spin: 1] || 'has an even number of electrons, which cannot have 1 unpaired ones'
    }

    def "refuses the setting #changes"() {
        when:
        ProgramRun.settings('nwchem', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                          || message
        [functional: 'LDA']              || 'functional: must be one of PBE, PBE0, BLYP, B3LYP'
        [basis: 'def2 svp']              || 'basis: must be one word'
        [grid: 'coarse']                 || 'grid: must be one of medium, fine, xfine, huge'
        [damping: 100]                   || 'damping: must be 0.0 to 99.0, is 100'
        [smearing: 0.0]                  || 'smearing: must be above 0'
        [ladder: [[smearing: 0.2]]]      || 'ladder, rung 2: must not change smearing'
    }

    def "reads energy and forces, the negative gradient"() {
        when:
        def answer = read('water', WATER, 0)

        then:
        answer.version() == '7.0.2'
        Math.abs(answer.label().energy() - printedEnergy('water') * Units.HARTREE) < 1e-9
        Math.abs(answer.label().forces()[0] + 1.3163020833d) < 1e-8
        Math.abs(answer.label().forces()[8] + 0.4786366041d) < 1e-8
        read('hydride', HYDRIDE, 0).label().forces().length == 6

        and: 'no force, and not -0.0, on a single atom'
        read('atom', ATOM, 0).label().forces().every { it == 0 && 1 / it > 0 }
    }

    def "no label from the log of #fixture with exit status #exit: #kind"() {
        when:
        def answer = read(fixture, structure, exit)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason() == reason
        answer.failure().log().contains(log)
        answer.version() == '7.0.2'
        !(answer.failure().log() =~ /\d\d:\d\d|wall|hostname/)

        where: 'NWChem prints an energy also when it has not converged'
        fixture       | structure                                         | exit || kind            | reason                                                                      | log
        'unconverged' | WATER                                             | 255  || 'not_converged' | 'density not self-consistent within 60 iterations'                          | 'Calculation failed to converge'
        'unconverged' | WATER                                             | 0    || 'not_converged' | 'density not self-consistent within 60 iterations'                          | 'd= 0,ls=0.0,diis 3'
        'coincident'  | ProgramRun.molecule(['O', 'H'], 0, 0, 0, 0, 0, 0)  | 143  || 'crashed'       | 'NWChem ended with exit status 143: geom_input: geom_verify_coords failed'  | 'geom_verify_coords failed'
        'no_basis'    | WATER                                             | 255  || 'crashed'       | 'NWChem ended with exit status 255: bas_tag_lib: failed opening basis file' | 'failed opening basis file'
        'killed'      | HYDRIDE                                           | 137  || 'crashed'       | 'NWChem ended with exit status 137'                                         | 'diis 1'
        'killed'      | HYDRIDE                                           | 0    || 'crashed'       | 'exit status 0, but the log of NWChem is cut off'                           | 'diis 1'
    }

    def "a log that is cut off after any line but the last gives no label (#fixture)"() {
        given:
        def lines = FIXTURES.resolve("$fixture/engine.out").toFile().readLines('ISO-8859-1')

        expect:
        ProgramRun.linesThatGiveALabel(dir, FIXTURES.resolve(fixture), 'nwchem', structure, [:]).min() ==
            lines.findIndexOf { it.contains('Total times  cpu:') } + 1

        where:
        fixture   | structure
        'water'   | WATER
        'hydride' | HYDRIDE
    }

    def "no label when #damage"() {
        when:
        def answer = ProgramRun.readChanged(dir, FIXTURES.resolve('hydride'), 'nwchem', HYDRIDE, [:], change)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason().contains(reason)

        where:
        damage                        | change                                                                          || kind            | reason
        'the energy is NaN'           | { it.replaceFirst(/(Total DFT energy = +)\S+/, '$1NaN') }                         || 'unphysical'    | 'energy is not a number: NaN'
        'a gradient overflows'        | { it.replaceFirst(/(2 H       0.000000   0.000000   2.929075 +)\S+/, '$1*********') } || 'unphysical' | 'gradient of atom 2 is not a number'
        'there is no energy'          | { it.replace('Total DFT energy', 'DFT energy') }                                || 'crashed'       | 'printed no energy'
        'there are no gradients'      | { it.replace('DFT ENERGY GRADIENTS', 'GRADIENTS') }                             || 'not_converged' | 'printed no gradients'
        'an atom is elsewhere'        | { it.replaceFirst(/(2 H       0.000000   0.000000   2.929)075/, '$1276') }        || 'crashed'       | 'of another structure, or cut off: atom 2'
        'an atom is of helium'        | { it.replaceFirst('2 H       0.000000', '2 He      0.000000') }                 || 'crashed'       | 'of another structure, or cut off: atom 2'
        'it is noise'                 | { it.reverse() }                                                                || 'crashed'       | 'cut off'
    }

    def "a folder with nothing in it is a crash with no log"() {
        expect:
        with(ProgramRun.read('nwchem', dir, WATER, [:], 1)) {
            label() == null
            failure().reason() == 'NWChem ended with exit status 1'
            failure().log() == null
        }
    }

    private static Answer read(String fixture, Structure structure, int exit) {
        ProgramRun.read('nwchem', FIXTURES.resolve(fixture), structure, [:], exit)
    }

    private static double printedEnergy(String fixture) {
        (FIXTURES.resolve("$fixture/engine.out").toFile().getText('ISO-8859-1') =~ /Total DFT energy = +(\S+)/)[0][1] as double
    }

    private String written(Structure structure, Map changes) {
        def settings = ProgramRun.settings('nwchem', changes)
        def folder = Files.createTempDirectory(dir, 'written')
        settings.engine().write(structure, settings.rungs()[0], folder)
        assert (folder.toFile().list() as List) == ['nwchem.nw']
        folder.resolve('nwchem.nw').toFile().text
    }
}
