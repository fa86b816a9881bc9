package cupel.potential.export

import cupel.descriptor.AngularSymmetryFunction
import cupel.descriptor.Descriptor
import cupel.descriptor.FourBodySymmetryFunction
import cupel.descriptor.RadialSymmetryFunction
import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.Fixtures
import cupel.potential.Potential
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class N2p2Spec extends Specification {

    static final Path COPPER_GOLD = Path.of('src/test/resources/export/n2p2-copper-gold')
    static final SETTINGS = new ExportSettings(Program.N2P2, null, false)

    /** The structure for which n2p2's own numbers are below. */
    static final CLUSTER = Structure.of([29, 79, 79, 29, 79, 29, 79] as int[],
        [0, 0, 0, 2.5, 0.1, -0.2, 1.2, 2.2, 0.3, 0.9, 1.1, 2.4, -1.8, 1.6, 1.1, -0.6, -2.4, 1.3, 3.4, 2.0, 1.7] as double[], Cell.NONE)

    @TempDir
    Path dir

    def "energy and forces of files with everything that a file can have are those of n2p2"() {
        given: 'functions out of order, elements out of order, min-max scaling, atomic energies, normalised data'
        def potential = PotentialImport.n2p2(COPPER_GOLD, 1, 1)

        when:
        def evaluation = potential.evaluate(CLUSTER)

        then: 'what nnp-predict of n2p2 61daa0df prints'
        Math.abs(evaluation.energy() - -1.6011351983752864E+01d) < 1e-11
        def forces = [
            -4.5722224369364281E-04d, -1.3301872952371000E-03d, -2.3762193866136067E-04d,
            1.0441996757314992E-03d, 1.4089506036093786E-03d, 3.1306330393342035E-04d,
            5.2727279387689398E-04d, -6.0434807988402311E-04d, 2.5888283407463303E-04d,
            -7.7167650462011111E-04d, -1.3018595283974062E-03d, 8.8044224432685882E-04d,
            -8.3296399703264236E-04d, 1.5522300285737230E-03d, -1.5179202580044640E-04d,
            -1.8334576526527945E-05d, -9.4271635811998001E-05d, 1.3069327793292996E-04d,
            5.0872485226453076E-04d, 3.6948590714742545E-04d, -1.1936676958060346E-03d
        ]
        (0..<21).every { Math.abs(evaluation.forces()[it] - forces[it]) < 1e-12 }
    }

    def "files in bohr and hartree are those of a potential in angstrom and eV"() {
        given:
        def bohr = PotentialImport.n2p2(COPPER_GOLD, Units.BOHR, Units.HARTREE)
        def angstrom = PotentialImport.n2p2(COPPER_GOLD, 1, 1)

        when:
        def small = CLUSTER.withPositions(CLUSTER.positions().collect { x -> Units.BOHR * x } as double[])

        then:
        Math.abs(bohr.energy(small) - Units.HARTREE * angstrom.energy(CLUSTER)) < 1e-9
    }

    def "a potential of #name comes back from its files"() {
        when:
        def result = PotentialExport.write(potential, SETTINGS, dir.resolve('out'), [])

        then:
        result.energyDifference() < 1e-10
        result.forceDifference() < 1e-10
        result.files() == dir.resolve('out').toFile().list().toList().sort { result.files().indexOf(it) }
        def checks = ExtendedXyz.read(dir.resolve('out/check.xyz'))
        checks.size() == result.structures()
        checks.every { Math.abs(it.info().NN_energy - potential.energy(it)) < 1e-9 }

        and: 'the lines are in the order of n2p2, and so nothing depends on who sorts'
        def lines = dir.resolve('out/input.nn').toFile().readLines().findAll { it.startsWith('symfunction') }*.split(' ')
        lines.size() == potential.elements().sum { it.shift().length }
        lines.groupBy { it[1] }.values().every { list ->
            def keys = list.collect { it[2] == '2' ? [2, it[4], it[5], 0, 0] : [it[2], it[5], 0, it[7], it[6]] }*.collect { it as double }
            (1..<keys.size()).every { n ->
                def k = (0..4).find { keys[n - 1][it] != keys[n][it] }
                k == null || keys[n - 1][k] < keys[n][k]
            }
        }

        where:
        name               | potential
        'gold'             | Fixtures.gold()
        'copper and gold'  | Fixtures.alloy()
        'narrow functions' | Fixtures.narrow()
        'a dead function'  | small([0.5d, 0, 2] as double[])
        'a negative scale' | small([0.5d, -1, 2] as double[])
    }

    /** Three functions, two nodes, numbers that can be followed by hand. */
    static Potential small(double[] scale) {
        def descriptor = Descriptor.builder('small', 5d)
            .radial(79, new RadialSymmetryFunction(79, 1d, 0))
            .radial(79, new RadialSymmetryFunction(79, 0.5d, 2d))
            .angular(79, new AngularSymmetryFunction(AngularSymmetryFunction.Form.WIDE, 79, 79, 0.25d, -1, 2)).build()
        new Potential(descriptor, [new ElementPotential(79, -3d, [0.125, 0.25, 0.5] as double[], scale,
            Network.of([3, 2, 1] as int[], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as double[]))])
    }

    def "the files are exactly those that the format asks for"() {
        when:
        PotentialExport.write(small([0.5d, 0.25d, 2] as double[]), SETTINGS, dir.resolve('out'), [])

        then:
        dir.resolve('out/input.nn').toFile().text == '''# lengths in angstrom, energies in eV
number_of_elements 1
elements Au
cutoff_type 1
scale_symmetry_functions_sigma
scale_min_short 0.0
scale_max_short 1.0
global_hidden_layers_short 1
global_nodes_short 2
global_activation_short t l

symfunction_short Au 2 Au 0.5 2.0 5.0
symfunction_short Au 2 Au 1.0 0.0 5.0
symfunction_short Au 9 Au Au 0.25 -1.0 2.0 5.0
'''
        numbers('scaling.data') == [[1, 1, 0, 1e6, 0.25, 4], [1, 2, 0, 1e6, 0.125, 2], [1, 3, 0, 1e6, 0.5, 0.5]]

        and: 'weights source by source, the first two functions changed places, the offset in the last bias'
        numbers('weights.079.data')*.first() == [2, 5, 1, 4, 3, 6, 7, 8, 9, 10, 11 - 3]
    }

    private List<List<Double>> numbers(String file) {
        dir.resolve("out/$file").toFile().readLines().findAll { !it.startsWith('#') }
            .collect { it.trim().split(/\s+/).findAll { it != 'a' && it != 'b' }*.toDouble() }
    }

    def "structures give the limits of extrapolation"() {
        given:
        def structures = [Fixtures.cluster(1, 8, 6d, 79), Fixtures.cluster(2, 8, 7d, 79)]
        def potential = small([0.5d, 0.25d, 2] as double[])

        when:
        def result = PotentialExport.write(potential, SETTINGS, dir.resolve('out'), structures)

        then:
        result.structures() == 2
        def values = structures.collectMany { s ->
            def f = potential.descriptor().calculator().features(s)
            (0..<8).collect { f.values()[3 * it + 1] }
        }
        numbers('scaling.data')[0][2..3] == [values.min(), values.max()]
    }

    def "a potential with #what is refused, and nothing is written"() {
        when:
        PotentialExport.write(potential, SETTINGS, dir.resolve('out'), [])

        then:
        def e = thrown(InputException)
        e.message.contains(message)
        dir.toFile().list().length == 0

        where:
        what                  | potential                                        || message
        'a pairing energy'    | Fixtures.gold().withPairing(0.01d)               || '--without-pairing'
        'four-body functions' | Fixtures.potential(1, Descriptor.fourBody41(79)) || 'four-body'
        'other layers'        | unequal()                                        || 'networks of one shape only'
        'a broken network'    | small([0.5d, 1, 2] as double[]).withNetworks([79: Network.of([3, 1, 1] as int[], [1, 1, 1, 1, Double.NaN, 1] as double[])]) || 'not a number'
    }

    static Potential unequal() {
        def alloy = Fixtures.alloy()
        alloy.withNetworks([29: Network.of([70, 2, 1] as int[], new double[145]), 79: alloy.element(79).network()])
    }

    def "the pairing energy can be left out"() {
        given:
        def potential = Fixtures.gold()

        when:
        PotentialExport.write(potential.withPairing(0.01d), new ExportSettings(Program.N2P2, null, true), dir.resolve('out'), [])

        then:
        Math.abs(PotentialImport.n2p2(dir.resolve('out'), 1, 1).energy(CLUSTER.withPositions(CLUSTER.positions()).with {
            Structure.cluster(79, it.positions())
        }) - potential.energy(Structure.cluster(79, CLUSTER.positions()))) < 1e-9
    }

    def "a folder that exists is left alone"() {
        when:
        PotentialExport.write(Fixtures.narrow(), SETTINGS, dir, [])

        then:
        def e = thrown(InputException)
        e.message.contains('exists already')
    }

    def "files with #what are refused: #message"() {
        given:
        COPPER_GOLD.toFile().listFiles().each { Files.copy(it.toPath(), dir.resolve(it.name)) }
        def target = dir.resolve(file).toFile()
        def lines = target.readLines()
        target.text = change(lines).join('\n') + '\n'

        when:
        PotentialImport.n2p2(dir, 1, 1)

        then:
        def e = thrown(InputException)
        e.message.startsWith("$dir/$file")
        e.message.contains(message)

        where:
        what                    | file               | change                                             || message
        'weights that end early' | 'weights.079.data' | { it[0..-2] }                                      || 'weights.079.data:32: ends after 31 numbers; a network [6, 3, 2, 1] has 32'
        'a weight too many'     | 'weights.029.data' | { it + '0.5' }                                     || 'more numbers than the 26'
        'a word for a weight'   | 'weights.029.data' | { it[0..4] + 'nan' + it[6..-1] }                   || 'weights.029.data:6: not a number: nan'
        'an empty line'         | 'scaling.data'     | { it[0..3] + '' + it[4..-1] }                      || 'scaling.data:5: empty line'
        'rows that are swapped' | 'scaling.data'     | { it[0..1] + it[3] + it[2] + it[4..-1] }           || 'scaling.data:3: row of element 1, function 3'
        'a missing row'         | 'scaling.data'     | { it[0..-2] }                                      || 'ends before function 6 of Au'
        'a function that is constant' | 'scaling.data' | { it[0..9] + '2 6 0.5 0.5 0.5 0.0' }             || 'never changes'
        'another cutoff'        | 'input.nn'         | { it*.replace('cutoff_type 1', 'cutoff_type 2') }  || 'cutoff_type must be 1'
        'two cutoff radii'      | 'input.nn'         | { it*.replace('2 Au 0.5 2.5 5.0', '2 Au 0.5 2.5 6.0') } || 'all functions must have the same'
        'another activation'    | 'input.nn'         | { it*.replace('short t t l', 'short s t l') }      || 'only tanh'
        'functions unknown here' | 'input.nn'        | { it*.replace('Cu 2 Cu', 'Cu 20 Cu') }             || 'of type 20 cannot be read'
        'charges'               | 'input.nn'         | { it + 'nnp_type 4G-HDNNP' }                       || 'has charges'
        'an element not named'  | 'input.nn'         | { it*.replace('Cu 2 Au', 'Cu 2 Ag') }              || 'Ag is not one of the elements'
        'half a normalisation'  | 'input.nn'         | { it.findAll { !it.startsWith('conv_length') } }   || 'no conv_length'
    }
}
