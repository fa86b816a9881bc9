package cupel.cli

import cupel.descriptor.Descriptor
import cupel.descriptor.RadialSymmetryFunction
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Path
import org.jetbrains.bio.npy.NpyFile
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

class FeaturizeSpec extends Specification {

    @TempDir
    Path folder

    def structures = [Campaigns.cluster(5, 1).withInfo('sid', 'h_a'), Campaigns.cluster(3, 2)]

    def write(List<Structure> list) {
        ExtendedXyz.write(folder.resolve('in.xyz'), list)
        folder.resolve('in.xyz')
    }

    def featurize(Object... more) {
        CommandLine.run(Featurize.TOOL, '--structures', write(structures), *more)
    }

    /** The rows that the library gives. */
    def expected() {
        def calculator = Campaigns.DESCRIPTOR.calculator()
        ExtendedXyz.read(folder.resolve('in.xyz')).collectMany { structure ->
            def features = calculator.features(structure)
            (0..<structure.size()).collect { i -> features.values()[features.offsets()[i]..<features.offsets()[i + 1]] }
        }
    }

    def "a NumPy array has one row per atom and one column per function"() {
        when:
        def run = featurize('--output', folder.resolve('g.npy'))
        def array = NpyFile.read(folder.resolve('g.npy'), 1 << 20)

        then:
        run.code == 0
        run.out.contains('8 atoms of 2 structures, 26 functions')
        array.shape == [8, 26] as int[]
        array.asDoubleArray().toList() == expected().flatten()
        folder.toFile().list().sort() == ['g.npy', 'in.xyz']
    }

    def "NumPy itself reads the same numbers"() {
        given:
        featurize('--output', folder.resolve('g.npy'))
        def python = ['/usr/bin/python3', 'python3'].find { hasNumpy(it) }
        if (python == null) {
            println 'SKIPPED: no python3 with numpy here, the array is checked by the Java reader alone'
            throw new TestAbortedException('no python3 with numpy')
        }

        when:
        def script = 'import numpy, sys; a = numpy.load(sys.argv[1]); ' +
            'print(a.dtype, a.shape, a.flags["C_CONTIGUOUS"]); [print(float(x).hex()) for x in a.ravel()]'
        def lines = [python, '-c', script, folder.resolve('g.npy').toString()].execute().text.readLines()

        then:
        lines[0] == 'float64 (8, 26) True'
        lines.drop(1).collect { Double.parseDouble(it.contains('p') ? it : it + 'p0') } == expected().flatten()
    }

    static boolean hasNumpy(String python) {
        try {
            [python, '-c', 'import numpy'].execute().waitFor() == 0
        } catch (IOException ignored) {
            false
        }
    }

    def "CSV says whose row it is"() {
        when:
        def run = featurize('--output', folder.resolve('g.csv'))
        def rows = folder.resolve('g.csv').toFile().readLines()*.split(',', -1)

        then:
        run.code == 0
        rows[0].toList() == ['structure', 'sid', 'atom', 'element'] + (1..26).collect { "g$it" as String }
        rows[1].take(4).toList() == ['1', 'h_a', '1', 'Au']
        rows[8].take(4).toList() == ['2', '', '3', 'Au']
        rows.drop(1).collectMany { it.drop(4).collect { Double.parseDouble(it) } } == expected().flatten()
        rows.size() == 9
        !folder.resolve('g.csv').toFile().text.contains('\r')
    }

    def "elements with fewer functions have zeros, or empty fields, at the end of their rows"() {
        given: 'two functions for gold, one for copper'
        def builder = Descriptor.builder('few', 5.0d)
            .radial(79, new RadialSymmetryFunction(29, 0.1d, 0))
            .radial(79, new RadialSymmetryFunction(79, 0.1d, 0))
            .radial(29, new RadialSymmetryFunction(79, 0.2d, 0))
        folder.resolve('few.json').toFile().text = builder.build().toJson()
        structures = [Structure.of([29, 79] as int[], [0, 0, 0, 2.6, 0, 0] as double[], Cell.NONE)]

        when:
        def npy = featurize('--descriptor', folder.resolve('few.json'), '--output', folder.resolve('g.npy'))
        def csv = featurize('--descriptor', folder.resolve('few.json'), '--output', folder.resolve('g.csv'))
        def array = NpyFile.read(folder.resolve('g.npy'), 1 << 20).asDoubleArray()

        then:
        npy.code == 0 && csv.code == 0
        array.length == 4
        array[0] > 0 && array[1] == 0 && array[2] > 0 && array[3] == 0
        folder.resolve('g.csv').toFile().readLines()[1].endsWith(',')
        folder.resolve('g.csv').toFile().readLines()[2].endsWith(',0.0')
    }

    def "ends with #code for #options and says #message"() {
        when:
        def run = featurize(*options.collect { it.replace('DIR', folder.toString()) })

        then:
        run.code == code
        run.err.contains(message)

        where:
        options                                              | code | message
        ['--output', 'DIR/g.txt']                            | 2    | 'must end in .npy or .csv, is '
        ['--output', 'DIR/g.npy', '--descriptor', 'behler']  | 2    | 'must be one of behler2011-26, four-body-41, or a file, is behler'
        ['--output', 'DIR/none/g.csv']                       | 1    | 'none/g.csv'
        ['--output', 'DIR/none/g.npy']                       | 1    | 'no such file or folder'
        []                                                   | 2    | 'missing option: --output'
    }

    def "a file without structures is refused"() {
        given:
        structures = []

        when:
        def run = featurize('--output', folder.resolve('g.npy'))

        then:
        run.code == 1
        run.err.contains('in.xyz: holds no structure')
    }
}
