package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Input and output of CP2K. The outputs are those of CP2K 2023.1, without places, times and statistics. */
class Cp2kSpec extends Specification {

    static final Path FIXTURES = Path.of('src/test/resources/cupel/reference/cp2k')
    /** With which the fixtures were computed. */
    static final CHANGES = [cutoff: 100, relative_cutoff: 25, vacuum: 2.5, kpoint_density: 0.8, default_tolerance: 1e-8, scf_tolerance: 1e-5]
    static final DIMER = Structure.cluster(79, 0, 0, 0, 0.1d, 0, 2.5d)
    static final ATOM = Structure.cluster(79, 1, 2, 3)
    static final BULK = Structure.of([79] as int[], [0, 0, 0] as double[],
        Cell.periodic(0, 2.09d, 2.09d, 2.09d, 0, 2.09d, 2.09d, 2.09d, 0.06d))

    @TempDir
    Path dir

    def "writes a cluster into the middle of a box with vacuum, without k-points and stress"() {
        when:
        def text = written(DIMER, [:])

        then: 'lengths are multiples of half an angstrom'
        text.contains('      A 8.5000000000 0.0000000000 0.0000000000\n      B 0.0000000000 8.0000000000 0.0000000000\n' +
            '      C 0.0000000000 0.0000000000 10.5000000000\n      PERIODIC XYZ\n')
        text.contains('      Au 4.2000000000 4.0000000000 4.0000000000\n      Au 4.3000000000 4.0000000000 6.5000000000\n')
        text.contains('      BASIS_SET DZVP-MOLOPT-SR-GTH\n      POTENTIAL GTH-PBE\n')
        text.contains(String.format(Locale.ROOT, 'ELECTRONIC_TEMPERATURE [K] %.6f\n', 0.05d / Units.BOLTZMANN))
        text.contains('POISSON_SOLVER PERIODIC')
        !text.contains('UKS') && !text.contains('KPOINT') && !text.contains('STRESS')

        and: 'the same structure gives the same bytes'
        written(DIMER, [:]) == text
    }

    def "an odd number of electrons is a doublet, in a box that is no cube for one atom"() {
        when:
        def text = written(ATOM, [:])

        then:
        text.contains('    UKS\n    MULTIPLICITY 2\n')
        text.contains('        FIXED_MAGNETIC_MOMENT 1\n')
        text.contains('      ADDED_MOS 6 6\n')
        text.contains('      A 8.0000000000 0.0000000000 0.0000000000\n      B 0.0000000000 8.5000000000 0.0000000000\n' +
            '      C 0.0000000000 0.0000000000 9.0000000000\n')
    }

    def "a crystal keeps its cell, has a k-point at Gamma, one of each pair that time reversal connects, and stress"() {
        when:
        def text = written(BULK, [kpoint_density: 0.8])
        def points = text.readLines().findAll { it.contains(' KPOINT ') }*.trim()*.split(' ')

        then:
        text.contains('      A 0.0000000000 2.0900000000 2.0900000000\n')
        text.contains('  STRESS_TENSOR ANALYTICAL\n')
        text.contains('    &STRESS_TENSOR ON\n')
        !text.contains('UKS')

        and: 'n = ceil(density |b|) is 3 along each vector: 27 points'
        points[0][1..4] == ['0.000000000000', '0.000000000000', '0.000000000000', '1']
        points.sum { it[4] as int } == 27
        points.size() == 14
    }

    def "an element gets its own basis set and potential where the settings say so"() {
        when:
        def text = written(ProgramRun.molecule(['H', 'Au', 'H'], 0, 0, 0, 0, 0, 1.6d, 0, 0, 3.2d),
            [basis_sets: [Au: 'TZVP-MOLOPT-SR-GTH'], potentials: [Au: 'GTH-PBE-q11']])

        then:
        text.contains('    &KIND H\n      ELEMENT H\n      BASIS_SET DZVP-MOLOPT-SR-GTH\n      POTENTIAL GTH-PBE\n    &END KIND\n' +
            '    &KIND Au\n      ELEMENT Au\n      BASIS_SET TZVP-MOLOPT-SR-GTH\n      POTENTIAL GTH-PBE-q11\n    &END KIND\n')
    }

    def "refuses #what"() {
        given:
        def settings = ProgramRun.settings('cp2k', changes)

        when:
        settings.engine().requireComputable(structure, settings.rungs()[0])

        then:
        def e = thrown(InputException)
        e.message.startsWith(message)

        where:
        what                          | structure | changes   || message
        'two unpaired electrons'      | ATOM      | [spin: 2] || 'has an odd number of electrons, which cannot have 2 unpaired ones'
        'a layer with little vacuum'  | layer(9)  | [:]       || 'does not repeat along its vector c, and its cell leaves 7.00 angstrom of vacuum there where 8.00 are needed'
    }

    def "accepts a layer with enough vacuum, with k-points along it only"() {
        given:
        def settings = ProgramRun.settings('cp2k', [:])

        when:
        settings.engine().requireComputable(layer(10), settings.rungs()[0])
        def points = written(layer(10), [kpoint_density: 0.8]).readLines().findAll { it.contains(' KPOINT ') }

        then: 'and no stress, which no vacuum has'
        points.every { it =~ / 0.000000000000 \d$/ }
        points.sum { it.trim().split(' ')[4] as int } == 4
        !written(layer(10), [:]).contains('STRESS')
    }

    def "refuses the setting #changes"() {
        when:
        ProgramRun.settings('cp2k', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                          || message
        [cutoff: 0]                      || 'cutoff: must be above 0, is 0'
        [functional: 'PBE0']             || 'functional: must be one of PBE, BLYP, BP, PADE, is "PBE0"'
        [basis_set: 'DZVP\n&END']        || 'basis_set: must be one word without quotes'
        [potentials: [Xx: 'GTH-PBE']]    || "potentials: must have chemical symbols as keys ('Xx' is none)"
        [basis_sets: [Au: 5]]            || 'basis_sets: must give Au one word'
        [basis_set_files: ' ']           || 'basis_set_files: must be words'
        [mixing: 2.0]                    || 'mixing: must be 1.0E-4 to 1.0'
        [ladder: [[cutoff: 50]]]         || 'ladder, rung 2: must not change cutoff'
    }

    def "reads a label of a dimer in eV and eV/angstrom"() {
        when:
        def answer = read('dimer', DIMER, 0)

        then:
        answer.version() == '2023.1'
        Math.abs(answer.label().energy() - printedEnergy('dimer') * Units.HARTREE) < 1e-9
        Math.abs(answer.label().forces()[5] - 0.02011784d * Units.HARTREE / Units.BOHR) < 1e-4
        Math.abs(answer.label().forces()[2] + answer.label().forces()[5]) < 1e-9
        answer.label().stress() == null
    }

    def "reads a label of a single atom with spin"() {
        expect:
        Math.abs(read('atom', ATOM, 0).label().energy() - printedEnergy('atom') * Units.HARTREE) < 1e-9
    }

    def "the stress of a crystal is positive under tension, where CP2K prints pressure"() {
        given:
        def row = (FIXTURES.resolve('bulk/engine.out').toFile().text =~ /STRESS\|      z +(\S+) +(\S+) +(\S+)/)[0]

        when:
        def stress = read('bulk', BULK, 0).label().stress()

        then:
        Math.abs(stress[2] + (row[3] as double) / Units.GIGAPASCAL) < 1e-9
        Math.abs(stress[4] + (row[1] as double) / Units.GIGAPASCAL) < 1e-6
        stress.length == 6
    }

    def "no label from the log of #fixture with exit status #exit: #kind"() {
        when:
        def answer = read(fixture, structure, exit)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason() == reason
        answer.failure().log().contains(log)
        answer.version() == '2023.1'

        and: 'no time of day and no duration'
        !(answer.failure().log() =~ /\d\d:\d\d|PROGRAM|Time +\d/)

        where: 'CP2K ends with exit status 0, energy and forces when it has not converged'
        fixture       | structure                               | exit || kind            | reason                                                                                                                                                                              | log
        'unconverged' | DIMER                                   | 0    || 'not_converged' | 'density not self-consistent within 80 iterations'                                                                                                                                  | 'Leaving inner SCF loop after reaching 3 steps.'
        'coincident'  | Structure.cluster(79, 0, 0, 0, 0, 0, 0) | 1    || 'crashed'       | 'CP2K ended with exit status 1: GEOMETRY wrong or EMAX_SPLINE too small!'                                                                                                           | '[ABORT]'
        'no_basis'    | DIMER                                   | 1    || 'crashed'       | 'CP2K ended with exit status 1: The requested basis set <NO-SUCH-BASIS> for element <Au> was not found in the basis set files <BASIS_MOLOPT><BASIS_MOLOPT_UCL>'                     | 'was not'
        'killed'      | ATOM                                    | 137  || 'crashed'       | 'CP2K ended with exit status 137'                                                                                                                                                   | 'SCF WAVEFUNCTION OPTIMIZATION'
        'killed'      | ATOM                                    | 0    || 'crashed'       | 'exit status 0, but the log of CP2K is cut off'                                                                                                                                     | 'SCF WAVEFUNCTION OPTIMIZATION'
    }

    def "a log that is cut off after any line but the last ones gives no label (#fixture)"() {
        given:
        def lines = FIXTURES.resolve("$fixture/engine.out").toFile().readLines()

        expect:
        ProgramRun.linesThatGiveALabel(dir, FIXTURES.resolve(fixture), 'cp2k', structure, CHANGES).min() ==
            lines.findIndexOf { it.contains('PROGRAM ENDED AT') } + 1

        where:
        fixture | structure
        'dimer' | DIMER
        'bulk'  | BULK
    }

    def "no label when #damage"() {
        when:
        def answer = ProgramRun.readChanged(dir, FIXTURES.resolve('bulk'), 'cp2k', BULK, CHANGES, change)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason().contains(reason)

        where:
        damage                         | change                                                                          || kind            | reason
        'the energy is NaN'            | { it.replaceFirst(/(energy \[a\.u\.\]: +)-\S+/, '$1NaN') }                         || 'unphysical'    | 'energy is not a number: NaN'
        'a force overflows its column' | { it.replaceFirst(/(1      1      Au +)\S+/, '$1****************') }             || 'unphysical'    | 'force on atom 1 is not a number'
        'there is no energy'           | { it.replace('ENERGY|', 'ENTROPY|') }                                           || 'crashed'       | 'printed no energy'
        'there are no forces'          | { it.replace('ATOMIC FORCES', 'FORCES') }                                       || 'crashed'       | 'printed no forces of 1 atoms'
        'half of the stress is lost'   | { it.replaceAll(/ STRESS\|      y.*\n/, '') }                                   || 'crashed'       | 'printed no stress, or half of it'
        'it does not say converged'    | { it.replace('SCF run converged', 'SCF run ended') }                            || 'not_converged' | 'does not say that CP2K converged'
        'an atom is elsewhere'         | { it.replaceFirst(/(1    1 Au   79 +)0.000000/, '$10.000100') }                 || 'crashed'       | 'of another structure: atom 1'
        'an atom is of silver'         | { it.replaceFirst('1    1 Au   79', '1    1 Ag   47') }                         || 'crashed'       | 'of another structure: atom 1'
        'the cell is another'          | { it.replaceFirst(/(CELL\| Vector a \[angstrom\]: +)0.000/, '$10.100') }          || 'crashed'       | 'of another cell'
        'it is noise'                  | { it.reverse() }                                                                || 'crashed'       | 'cut off'
    }

    def "a folder with nothing in it is a crash with no log"() {
        expect:
        with(ProgramRun.read('cp2k', dir, DIMER, CHANGES, 1)) {
            label() == null
            failure().reason() == 'CP2K ended with exit status 1'
            failure().log() == null
            version() == null
        }
    }

    def "the log of another structure gives no label"() {
        expect:
        read('dimer', DIMER.withPositions([0, 0, 0, 0.1, 0, 2.51] as double[]), 0).failure().reason().contains('another structure')
        read('dimer', ATOM, 0).label() == null
        read('atom', DIMER, 0).label() == null
    }

    private static Answer read(String fixture, Structure structure, int exit) {
        ProgramRun.read('cp2k', FIXTURES.resolve(fixture), structure, CHANGES, exit)
    }

    private static double printedEnergy(String fixture) {
        (FIXTURES.resolve("$fixture/engine.out").toFile().text =~ /ENERGY\|.*: +(\S+)/)[0][1] as double
    }

    private static Structure layer(double height) {
        Structure.of([79, 79] as int[], [0, 0, 0, 0, 0, 2] as double[],
            new Cell([2.9d, 0, 0, 0, 4.1d, 0, 0, 0, height] as double[], [true, true, false] as boolean[]))
    }

    private String written(Structure structure, Map changes) {
        def settings = ProgramRun.settings('cp2k', changes)
        def folder = Files.createTempDirectory(dir, 'written')
        settings.engine().write(structure, settings.rungs()[0], folder)
        assert (folder.toFile().list() as List) == ['cp2k.inp']
        folder.resolve('cp2k.inp').toFile().text
    }
}
