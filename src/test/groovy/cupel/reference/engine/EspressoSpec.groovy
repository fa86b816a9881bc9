package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Input and output of pw.x. The outputs are those of Quantum ESPRESSO 6.7, without times and statistics. */
class EspressoSpec extends Specification {

    static final Path FIXTURES = Path.of('src/test/resources/cupel/reference/espresso')
    /** With which the fixtures were computed. */
    static final CHANGES = [ecutwfc: 14, ecutrho: 56, vacuum: 2.5, kpoint_density: 1.0,
                            pseudopotentials: [Si: 'Si.pbe-rrkj.UPF', H: 'H.pbe-kjpaw.UPF']]
    static final DIMER = Structure.cluster(14, 0, 0, 0, 0.1d, 0, 2.2d)
    static final ODD = ProgramRun.molecule(['Si', 'Si', 'H'], 0, 0, 0, 0.1d, 0, 2.2d, 0, 1.5d, 0)
    static final BULK = Structure.of([14, 14] as int[], [0, 0, 0, 1.3575d, 1.3575d, 1.42d] as double[],
        Cell.periodic(0, 2.715d, 2.715d, 2.715d, 0, 2.715d, 2.715d, 2.715d, 0))
    static final RYDBERG = Units.HARTREE / 2

    @TempDir
    Path dir

    def "writes a cluster with an odd number of electrons as a doublet at Gamma"() {
        when:
        def text = written(ODD, CHANGES)

        then:
        text.contains('  nat = 3\n  ntyp = 2\n  ecutwfc = 14\n  ecutrho = 56\n')
        text.contains('  nspin = 2\n  tot_magnetization = 1\n')
        text.contains("  smearing = 'fermi-dirac'\n  degauss = 0.0036749322\n")
        text.contains('ATOMIC_SPECIES\nH 1.0 H.pbe-kjpaw.UPF\nSi 1.0 Si.pbe-rrkj.UPF\n')
        text.contains('CELL_PARAMETERS angstrom\n5.5000000000 0.0000000000 0.0000000000\n')
        text.contains('Si 2.7000000000 2.5000000000 2.6500000000\nSi 2.8000000000 2.5000000000 4.8500000000\nH  2.7')
        text.endsWith('K_POINTS gamma\n')
        text.contains('tstress = .false.')
        text == written(ODD, CHANGES)
    }

    def "writes a crystal with its cell, its k-points and stress, without spin"() {
        when:
        def text = written(BULK, CHANGES + [kpoint_density: 3.5])

        then: '|b| is 2 pi sqrt(3) / 5.43'
        text.endsWith('K_POINTS automatic\n8 8 8 0 0 0\n')
        text.contains('tstress = .true.')
        text.contains('0.0000000000 2.7150000000 2.7150000000\n')
        !text.contains('nspin')
    }

    def "refuses #what"() {
        given:
        def settings = ProgramRun.settings('espresso', changes)

        when:
        settings.engine().requireComputable(structure, settings.rungs()[0])

        then:
        def e = thrown(InputException)
        e.message.startsWith(message)

        where:
        what                           | structure                      | changes             || message
        'gold without pseudopotential' | Structure.cluster(79, 0, 0, 0) | [:]                 || 'holds Au, and the setting pseudopotentials names no file for it'
        'one unpaired electron of 28'  | DIMER                          | CHANGES + [spin: 1] || 'has an even number of electrons, which cannot have 1 unpaired ones'
    }

    def "refuses the setting #changes"() {
        when:
        ProgramRun.settings('espresso', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                            || message
        [ecutrho: 100.0]                   || 'ecutrho: must be at least four times ecutwfc (40.0), eight times or more for ultrasoft'
        [functional: 'B3LYP']              || 'functional: must be one of PBE, PBESOL, PZ'
        [smearing_method: 'cold']          || 'smearing_method: must be one of fermi-dirac'
        [pseudo_dir: "/a'b"]               || 'pseudo_dir: must be one word'
        [pseudopotentials: [Si: 'a b']]    || 'pseudopotentials: must give Si one word'
        [diagonalization: 'ppcg']          || 'diagonalization: must be one of david, cg'
        [ladder: [[ecutwfc: 20]]]          || 'ladder, rung 2: must not change ecutwfc'
    }

    def "reads energy, forces, version and the checksum of the pseudopotential"() {
        when:
        def answer = read('dimer', DIMER, 0)

        then:
        answer.version() == '6.7MaX'
        answer.data() == ['Si.UPF': 'd7f89eb60b7b396f']
        Math.abs(answer.label().energy() - printedEnergy('dimer') * RYDBERG) < 1e-9
        Math.abs(answer.label().forces()[5] - 1.3952691525d) < 1e-8
        Math.abs(answer.label().forces()[2] + 1.3952691525d) < 1e-8
        answer.label().stress() == null

        and: 'with spin, and two kinds of atoms'
        with(read('odd', ODD, 0)) {
            data().keySet() == ['H.UPF', 'Si.UPF'] as Set
            Math.abs(label().forces()[7] - 0.6115109693d) < 1e-8
        }
    }

    def "the stress of a crystal is positive under tension, where pw.x prints pressure"() {
        when:
        def stress = read('bulk', BULK, 0).label().stress()
        def printed = FIXTURES.resolve('bulk/engine.out').toFile().readLines().dropWhile { !it.contains('total   stress') }[1..3]*.trim()*.split(/\s+/)

        then:
        (0..2).every { Math.abs(stress[it] + (printed[it][it] as double) * RYDBERG / Units.BOHR**3) < 1e-9 }
        Math.abs(stress[5] + (printed[0][1] as double) * RYDBERG / Units.BOHR**3) < 1e-9

        and: 'the kbar that pw.x prints beside it'
        Math.abs(stress[0] * Units.GIGAPASCAL * 10 + (printed[0][3] as double)) < 0.02
    }

    def "no label from the log of #fixture with exit status #exit: #kind"() {
        when:
        def answer = read(fixture, structure, exit)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason() == reason
        answer.failure().log().contains(log)
        answer.version() == '6.7MaX'
        !(answer.failure().log() =~ /\d\d:\d\d|secs|WALL/)

        where:
        fixture              | structure                               | exit || kind            | reason                                                                                                            | log
        'unconverged'        | DIMER                                   | 2    || 'not_converged' | 'density not self-consistent within 3 iterations'                                                                 | 'convergence NOT achieved after 3 iterations: stopping'
        'unconverged'        | DIMER                                   | 0    || 'not_converged' | 'density not self-consistent within 3 iterations'                                                                 | 'estimated scf accuracy'
        'coincident'         | Structure.cluster(14, 0, 0, 0, 0, 0, 0) | 1    || 'crashed'       | 'pw.x ended with exit status 1: Error in routine check_atoms (1): atoms # 1 and # 2 overlap!'                      | 'overlap!'
        'no_pseudopotential' | DIMER                                   | 1    || 'crashed'       | 'pw.x ended with exit status 1: Error in routine readpp (1): file /usr/share/espresso/pseudo/Nosuch.UPF not found' | 'not found'
        'killed'             | ODD                                     | 137  || 'crashed'       | 'pw.x ended with exit status 137'                                                                                 | 'FFT dimensions'
        'killed'             | ODD                                     | 0    || 'crashed'       | 'exit status 0, but the log of pw.x is cut off'                                                                   | 'FFT dimensions'
    }

    def "a log that is cut off after any line but the last ones gives no label (#fixture)"() {
        given:
        def lines = FIXTURES.resolve("$fixture/engine.out").toFile().readLines()

        expect:
        ProgramRun.linesThatGiveALabel(dir, FIXTURES.resolve(fixture), 'espresso', structure, CHANGES).min() ==
            lines.findIndexOf { it.contains('JOB DONE.') } + 1

        where:
        fixture | structure
        'dimer' | DIMER
        'odd'   | ODD
        'bulk'  | BULK
    }

    def "no label when #damage"() {
        when:
        def answer = ProgramRun.readChanged(dir, FIXTURES.resolve('bulk'), 'espresso', BULK, CHANGES, change)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason().contains(reason)

        where:
        damage                       | change                                                                                || kind            | reason
        'the energy is NaN'          | { it.replaceFirst(/(?m)^(! +total energy += +)\S+/, '$1NaN') }                          || 'unphysical'    | 'energy is not a number: NaN'
        'a force overflows'          | { it.replaceFirst(/(atom    2 type  1   force = +)\S+/, '$1************') }             || 'unphysical'    | 'force on atom 2 is not a number'
        'there is no energy'         | { it.replace('!    total', '     total') }                                            || 'crashed'       | 'printed no energy'
        'a force is missing'         | { it.replaceFirst(/ +atom    2 type.*\n/, '') }                                       || 'crashed'       | 'the forces on 1 atoms, must be 2'
        'the stress is lost'         | { it.replace('total   stress', 'some stress') }                                       || 'crashed'       | 'printed no stress'
        'it does not say converged'  | { it.replace('convergence has been', 'nothing has been') }                            || 'not_converged' | 'does not say that pw.x converged'
        'the functional is another'  | { it.replace('SLA  PW   PBE  PBE', 'SLA  PZ   NOGX NOGC') }                           || 'crashed'       | 'the functional of the pseudopotentials, SLA PZ NOGX NOGC, and not with PBE'
        'an atom is elsewhere'       | { it.replaceFirst(/(tau\(   2\) = \( +)0.3535534/, '$10.3536534') }                   || 'crashed'       | 'of another structure: atom 2'
        'an atom is of germanium'    | { it.replaceFirst('2           Si  tau', '2           Ge  tau') }                     || 'crashed'       | 'of another structure: atom 2'
        'an atom is not there'       | { it.replaceFirst(/ +2           Si  tau.*\n/, '') }                                  || 'crashed'       | 'shows 3 cell vectors and 1 atoms'
        'a cell vector is another'   | { it.replaceFirst(/(a\(2\) = \( +)0.707107/, '$10.708107') }                          || 'crashed'       | 'of another cell'
        'the cell is larger'         | { it.replaceFirst(/celldm\(1\)= +\S+/, 'celldm(1)=   7.355773') }                     || 'crashed'       | 'of another cell'
        'it is noise'                | { it.reverse() }                                                                      || 'crashed'       | 'cut off'
    }

    def "a folder with nothing in it is a crash with no log"() {
        expect:
        with(ProgramRun.read('espresso', dir, DIMER, CHANGES, 1)) {
            label() == null
            failure().reason() == 'pw.x ended with exit status 1'
            failure().log() == null
        }
    }

    private static Answer read(String fixture, Structure structure, int exit) {
        ProgramRun.read('espresso', FIXTURES.resolve(fixture), structure, CHANGES, exit)
    }

    private static double printedEnergy(String fixture) {
        (FIXTURES.resolve("$fixture/engine.out").toFile().text =~ /(?m)^! +total energy += +(\S+)/)[0][1] as double
    }

    private String written(Structure structure, Map changes) {
        def settings = ProgramRun.settings('espresso', changes)
        def folder = Files.createTempDirectory(dir, 'written')
        settings.engine().write(structure, settings.rungs()[0], folder)
        assert (folder.toFile().list() as List) == ['pw.in']
        folder.resolve('pw.in').toFile().text
    }
}
