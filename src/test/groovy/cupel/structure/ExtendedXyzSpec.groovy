package cupel.structure

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class ExtendedXyzSpec extends Specification {

    @TempDir
    Path dir

    static List<Structure> read(String text) {
        return ExtendedXyz.read(new StringReader(text), Path.of('pool.xyz'))
    }

    static String write(List<Structure> structures) {
        return structures.collect { ExtendedXyz.format(it) }.join('')
    }

    static Structure dimer() {
        return Structure.cluster(79, 0d, 0d, 0d, 2.5d, 0d, 0d)
    }

    def "a labelled cluster is written like this"() {
        given:
        def structure = dimer()
            .withLabel(new Label(-2.5d, [0.125, 0, 0, -0.125, 0, 0] as double[]))
            .withInfo('sid', 'h_0011223344556677')
            .withInfo('generation', 3)
            .withInfo('NN_energy', -2.4999d)
            .withArray('NN_forces', [1, 2, 3, 4, 5, 6] as double[], 3)

        expect:
        ExtendedXyz.format(structure) == '''\
            2
            Properties=species:S:1:pos:R:3:REF_forces:R:3:NN_forces:R:3 REF_energy=-2.5000000000 pbc="F F F" sid=h_0011223344556677 generation=3 NN_energy=-2.4999
            Au       0.00000000       0.00000000       0.00000000     0.1250000000     0.0000000000     0.0000000000     1.0000000000     2.0000000000     3.0000000000
            Au       2.50000000       0.00000000       0.00000000    -0.1250000000     0.0000000000     0.0000000000     4.0000000000     5.0000000000     6.0000000000
            '''.stripIndent()
    }

    def "a crystal is written with its lattice and its stress as a full matrix"() {
        given:
        def structure = Structure.of([29] as int[], [0, 0, -1e-12] as double[], Cell.periodic(0, 1.8, 1.8, 1.8, 0, 1.8, 1.8, 1.8, 0))
            .withLabel(new Label(-3.5d, null, [1, 2, 3, 4, 5, 6] as double[]))

        expect: 'xx xy xz yx yy yz zx zy zz of the label xx yy zz yz xz xy'
        ExtendedXyz.format(structure).readLines() == [
            '1',
            'Lattice="0.0 1.8 1.8 1.8 0.0 1.8 1.8 1.8 0.0" Properties=species:S:1:pos:R:3 REF_energy=-3.5000000000 ' +
            'REF_stress="1.0000000000 6.0000000000 5.0000000000 6.0000000000 2.0000000000 4.0000000000 5.0000000000 ' +
            '4.0000000000 3.0000000000" pbc="T T T"',
            'Cu       0.00000000       0.00000000       0.00000000'
        ]
    }

    def "what was written and read is the same structure, and writing it again gives the same bytes"() {
        given:
        def structures = [
            dimer(),
            dimer().withLabel(new Label(-1.23456789012345d, [1 / 3d, -2 / 3d, 1e-11, 0, 1e4 / 7, -5] as double[])),
            Structure.of([79, 47, 1] as int[], [1 / 3d, 2, 3, -4.123456789, 5, 6, 7, 8, 9e5] as double[],
                    new Cell([10 / 3d, 0.1, 0, 0, 1e-5, 11, 12, 0, 0] as double[], [true, false, true] as boolean[]))
                .withLabel(new Label(-1e7 / 3, null, [1e-3 / 3, 2, 3, 4, 5, 6] as double[]))
                .withArray('charge', [0.1, 0.2, 1 / 3d] as double[], 1)
                .withArray('tags', AtomArray.integers(1, 1L, -2L, 3_000_000_000L))
                .withArray('name', AtomArray.texts(2, 'a', 'b', 'c', '12', 'T', 'x"y'))
                .withArray('move_mask', AtomArray.logicals(3, true, false, true, true, true, true, false, false, false))
                .withArray('NN_forces', [Double.NaN, 1e30, 1 / 3d, 0, 0, 0, 0, 0, 0] as double[], 3)
                .withInfo('NN_energy', Double.NaN)
        ]
        def file = dir.resolve('pool.xyz')

        when:
        ExtendedXyz.write(file, structures)
        def again = ExtendedXyz.read(file)

        then:
        write(again) == Files.readString(file)
        again*.cell() == structures*.cell()
        again*.atomicNumbers() == structures*.atomicNumbers()
        again[2].arrays().keySet() == structures[2].arrays().keySet()
        ['charge', 'tags', 'name', 'move_mask'].every { again[2].arrays()[it] == structures[2].arrays()[it] }
        Double.isNaN(again[2].info().NN_energy)
        [again, structures].transpose().every { a, b ->
            (0..<3 * b.size()).every { Math.abs(a.positions()[it] - b.positions()[it]) <= 0.5001e-8d * Math.max(1d, Math.abs(b.positions()[it]) * 1e-7) }
        }
        Math.abs(again[1].label().energy() - structures[1].label().energy()) <= 0.5001e-10d
    }

    def "a note keeps its value and its type: #value"() {
        when:
        def back = read(ExtendedXyz.format(dimer().withInfo('note', value).withInfo('after', 'x')))[0]

        then:
        back.info().note.class == value.class
        back.info().note == value
        back.info().after == 'x'
        ExtendedXyz.format(back) == ExtendedXyz.format(dimer().withInfo('note', value).withInfo('after', 'x'))

        where:
        value << [
            'word', 'two words', 'a=b', 'say "hi"', "it's", 'back\\slash', 'ends with \\', '{braces}', '[brackets]', '[[1', 'a,b',
            '12', '12e5', '-1.5', '.5', '1_000', 'nan', 'Infinity', 'T', 'F', 'T F', '1 2 3', '1,2', '', ' ', 'line\nbreak',
            'tab\there', '_JSON', 'Å ö 金', '007', '12345678901234567890', '1.0D+00', 'h_12e5', '6.5.1', '~', '#1', '\u00a0',
            0L, -7L, Long.MAX_VALUE, Long.MIN_VALUE,
            0d, 1d, -1.5d, 1e-5d, 1e22d, 0.1d, 1 / 3d, 2e-3d, 123456789012345680d, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN,
            Double.NEGATIVE_INFINITY, true, false,
            [1d, 2d] as double[], [1.5d] as double[], [] as double[], [1L, 2L] as long[], [5L] as long[],
            [true, false, true] as boolean[], [true] as boolean[]
        ]
    }

    def "ids stay text whatever they look like: sid=#text"() {
        given:
        def structure = read("1\nProperties=species:S:1:pos:R:3 sid=$text parent=\"$text\" engine_version=$text pbc=\"F F F\"\nAu 0 0 0\n")[0]

        expect:
        [structure.info().sid, structure.info().parent, structure.info().engine_version] == [text] * 3
        read(ExtendedXyz.format(structure))[0].info() == structure.info()

        where:
        text << ['12e5', '0123456789', '6.10', 'T', 'h_12e5', '1_000']
    }

    def "reads the value #text as #value"() {
        when:
        def info = read("1\nProperties=species:S:1:pos:R:3 key=$text pbc=\"F F F\"\nAu 0 0 0\n")[0].info()

        then:
        info.key.class == value.class
        info.key == value

        where:
        text                            | value
        '5'                             | 5L
        '5.0'                           | 5d
        '"5"'                           | 5L
        '5e3'                           | 5000d
        'T'                             | true
        "'two words'"                   | 'two words'
        '{two words}'                   | 'two words'
        '"1 2 3"'                       | [1L, 2L, 3L] as long[]
        '[1, 2.5, 3]'                   | [1d, 2.5d, 3d] as double[]
        '[[1, 2], [3, 4]]'              | '[[1, 2], [3, 4]]'
        '"T F"'                         | [true, false] as boolean[]
        '"_JSON [[1, 2], [3, 4]]"'      | '_JSON [[1, 2], [3, 4]]'
        '"_JSON {\\"a\\": {\\"b\\": null}}"' | '_JSON {"a": {"b": null}}'
        '"_JSON \\"12\\""'              | '12'
        '"_JSON broken"'                | '_JSON broken'
        '"_JSON [true, false]"'         | [true, false] as boolean[]
        '"_JSON [1, 2]"'                | [1L, 2L] as long[]
        '"_JSON [1, 2.5]"'              | [1d, 2.5d] as double[]
        '"_JSON []"'                    | '_JSON []'
        '"_JSON 12"'                    | '_JSON 12'
        'a=b=c'                         | 'a=b=c'
        ' spaced'                       | 'spaced'
        'True'                          | 'True'
        '1.0D+00'                       | '1.0D+00'
    }

    def "a key alone is true, as the format has it"() {
        expect:
        read('1\nrelaxed Properties=species:S:1:pos:R:3 pbc="F F F"\nAu 0 0 0\n')[0].info() == [relaxed: true]
    }

    def "the comment of a plain XYZ file is kept as a note"() {
        expect:
        read(' 1 \n energy: -51.7 gnorm: 0.0008 xtb: 6.5.1 (it\'s)\nAu 0 0 0\n')[0].info() ==
            [comment: 'energy: -51.7 gnorm: 0.0008 xtb: 6.5.1 (it\'s)']
        read('1\n\nAu 0 0 0\n')[0].info() == [:]
    }

    def "periodicity follows the format's rules: #pairs"() {
        when:
        def cell = read("1\n$pairs\nAu 0 0 0\n")[0].cell()

        then:
        cell.periodic() == periodic as boolean[]
        cell.isNone() == none

        where:
        pairs                                          | periodic              | none
        'a=1'                                          | [false, false, false] | true
        'Lattice="3 0 0 0 4 0 0 0 5"'                  | [true, true, true]    | false
        'Lattice="3 0 0 0 4 0 0 0 5" pbc="T F T"'      | [true, false, true]   | false
        'Lattice="3 0 0 0 4 0 0 0 5" pbc=[F, F, F]'    | [false, false, false] | false
        'Lattice="3 0 0 0 4 0 0 0 5" pbc=F'            | [false, false, false] | false
        'Lattice="3 0 0 0 4 0 0 0 5" pbc="1 1 0"'      | [true, true, false]   | false
    }

    def "lattice vectors are rows"() {
        expect:
        read('1\nLattice="3 0.1 0.2 0.3 4 0.4 0.5 0.6 5"\nAu 0 0 0\n')[0].cell().vectors() ==
            [3, 0.1, 0.2, 0.3, 4, 0.4, 0.5, 0.6, 5] as double[]
    }

    def "labels are read from plain keys and from REF_ keys, and written as REF_ keys"() {
        given:
        def plain = read('1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 stress="1 6 5 6 2 4 5 4 3" pbc="F F F"\nAu 0 0 0 1 2 3\n')[0]
        def reference = read(ExtendedXyz.format(plain))[0]

        expect:
        [plain, reference].every {
            it.label().energy() == -1.5d && it.label().forces() == [1, 2, 3] as double[] &&
                it.label().stress() == [1, 2, 3, 4, 5, 6] as double[] && it.info().isEmpty() && it.arrays().isEmpty()
        }
        read('1\nREF_energy=-1 REF_stress="1 2 3 4 5 6"\nAu 0 0 0\n')[0].label().stress() == [1, 2, 3, 4, 5, 6] as double[]
    }

    def "the same label under both names is one label"() {
        given:
        def structure = read('1\nProperties=species:S:1:pos:R:3:forces:R:3:REF_forces:R:3 energy=-1.0000001 REF_energy=-1\nAu 0 0 0 1 2 3 1 2 3.0000001\n')[0]

        expect:
        structure.label().energy() == -1d
        structure.label().forces() == [1, 2, 3.0000001d] as double[]
        structure.arrays().isEmpty()
    }

    def "forces and stress without an energy are no label but survive"() {
        given:
        def text = '1\nProperties=species:S:1:pos:R:3:forces:R:3 stress="1 6 5 6 2 4 5 4 3" pbc="F F F"\nAu 0 0 0 1 2 3\n'
        def structure = read(text)[0]

        expect:
        structure.label() == null
        structure.arrays().forces.reals() == [1, 2, 3] as double[]
        read(ExtendedXyz.format(structure))[0].arrays() == structure.arrays()

        and: 'a label supersedes them'
        def labelled = read(ExtendedXyz.format(structure.withLabel(new Label(-1d, [4, 5, 6] as double[]))))[0]
        labelled.label().forces() == [4, 5, 6] as double[]
        labelled.label().stress() == null
        labelled.arrays().isEmpty()
    }

    def "columns may come in any order, with atomic numbers in place of symbols or beside them"() {
        expect:
        read('2\nProperties=tag:I:1:pos:R:3:Z:I:1\n1 0 0 0 79\n2 1 1 1 47\n')[0].atomicNumbers() == [79, 47] as int[]
        read('1\nProperties=pos:R:3:Z:I:1:species:S:1\n0 0 0 79 AU\n')[0].atomicNumbers() == [79] as int[]
    }

    def "Windows line ends, tabs, trailing blank lines and a missing last line end change nothing"() {
        given:
        def text = '2\nProperties=species:S:1:pos:R:3 energy=-1 pbc="F F F"\nAu 0 0 0\nAu 1 2 3\n'
        def expected = write(read(text))

        expect:
        write(read(text.replace('\n', '\r\n'))) == expected
        write(read(text.replace('Au 1 2 3', '\tAu\t1 \t2  3 '))) == expected
        write(read(text + '\n  \n\n')) == expected
        write(read(text.trim())) == expected
    }

    def "an empty file has no structures"() {
        expect:
        read('') == []
        read('\n\n') == []
    }

    def "refuses #what"() {
        when:
        read(text)

        then:
        def e = thrown(InputException)
        e.message.startsWith("pool.xyz:$line: ")
        words.every { e.message.contains(it) }

        where:
        what                                | line | words                                    | text
        'a coordinate NaN'                  | 3    | ['pos', "'NaN'"]                         | '1\n\nAu 0 NaN 0\n'
        'a coordinate inf'                  | 3    | ['pos', "'inf'"]                         | '1\n\nAu 0 inf 0\n'
        'a coordinate that overflows'       | 3    | ['pos', "'1e999'"]                       | '1\n\nAu 0 1e999 0\n'
        'a Fortran exponent'                | 4    | ["'1.0D+00'", 'written with e']          | '2\n\nAu 0 0 0\nAu 0 1.0D+00 0\n'
        'what only Java takes for a number' | 3    | ["'0x1p3'"]                              | '1\n\nAu 0 0x1p3 0\n'
        'a float suffix'                    | 3    | ["'1.0f'"]                               | '1\n\nAu 0 1.0f 0\n'
        'a force NaN'                       | 3    | ['forces', "'nan'"]                      | '1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=1\nAu 0 0 0 0 nan 0\n'
        'forces missing in one atom'        | 4    | ['atom 2 of 2', '4 columns', 'must be 7'] | '2\nProperties=species:S:1:pos:R:3:forces:R:3 energy=1\nAu 0 0 0 0 0 0\nAu 0 0 1\n'
        'a missing column'                  | 3    | ['3 columns', 'must be 4', 'pos x 3']    | '1\n\nAu 0 0\n'
        'a column too many'                 | 3    | ['5 columns', 'must be 4']               | '1\n\nAu 0 0 0 0\n'
        'one atom more than stated'         | 4    | ["'Au 1 1 1'", 'line 1']                 | '1\n\nAu 0 0 0\nAu 1 1 1\n'
        'one atom less than stated'         | 4    | ['atom 2 of 2', "'1'"]                   | '2\n\nAu 0 0 0\n1\n\nAu 1 1 1\n'
        'a file that ends within a frame'   | 3    | ['ends after 1 of the 2 atoms']          | '2\n\nAu 0 0 0\n'
        'a file that ends after the count'  | 1    | ['comment line']                         | '2\n'
        'a broken second frame'             | 7    | ["'x'"]                                  | '1\n\nAu 0 0 0\n2\n\nAu 0 0 0\nAu x 1 1\n'
        'a count with a point'              | 1    | ["'1.0'"]                                | '1.0\n\nAu 0 0 0\n'
        'a count of zero'                   | 1    | ["'0'"]                                  | '0\n\n'
        'a negative count'                  | 1    | ["'-1'"]                                 | '-1\n\n'
        'a count beyond reason'             | 1    | ["'99999999999'"]                        | '99999999999\n\n'
        'a large count without atoms'       | 3    | ['ends after 1 of the 2000000000']       | '2000000000\n\nAu 0 0 0\n'
        'a blank line between frames'       | 4    | ['blank line']                           | '1\n\nAu 0 0 0\n\n1\n\nAu 0 0 0\n'
        'an unknown element'                | 4    | ["'Xx'"]                                 | '2\n\nAu 0 0 0\nXx 0 0 1\n'
        'an atomic number that is none'     | 3    | ["'119'"]                                | '1\nProperties=Z:I:1:pos:R:3\n119 0 0 0\n'
        'symbol and number that disagree'   | 3    | ['Au', '78']                             | '1\nProperties=species:S:1:Z:I:1:pos:R:3\nAu 78 0 0 0\n'
        'a key twice'                       | 2    | ["'a'", 'twice']                         | '1\na=1 b=2 a=1\nAu 0 0 0\n'
        'energy twice'                      | 2    | ["'energy'", 'twice']                    | '1\nenergy=1 energy=1\nAu 0 0 0\n'
        'a column twice'                    | 2    | ["'pos'", 'twice']                       | '1\nProperties=species:S:1:pos:R:3:pos:R:3\nAu 0 0 0 0 0 0\n'
        'an energy nan'                     | 2    | ['energy', "'nan'"]                      | '1\nenergy=nan\nAu 0 0 0\n'
        'a REF_energy inf'                  | 2    | ['REF_energy', "'inf'"]                  | '1\nREF_energy=inf\nAu 0 0 0\n'
        'a Fortran energy'                  | 2    | ['energy', "'-1.0D+00'", 'written with e'] | '1\nenergy=-1.0D+00\nAu 0 0 0\n'
        'an energy that is a word'          | 2    | ['energy', "'low'"]                      | '1\nenergy=low\nAu 0 0 0\n'
        'an energy that is two numbers'     | 2    | ['energy', "'1 2'"]                      | '1\nenergy="1 2"\nAu 0 0 0\n'
        'an energy without a value'         | 2    | ["'energy'"]                             | '1\na=1 energy=\nAu 0 0 0\n'
        'a value without its key'           | 2    | ["'-2.5'", 'quotes']                     | '1\nenergies=-1.5 -2.5\nAu 0 0 0\n'
        'two energies that differ'          | 2    | ['-1.0', '-1.1']                         | '1\nenergy=-1.1 REF_energy=-1\nAu 0 0 0\n'
        'two forces that differ'            | 4    | ['3.0', '3.1']                           | '2\nProperties=species:S:1:pos:R:3:forces:R:3:REF_forces:R:3 energy=1\nAu 0 0 0 1 2 3 1 2 3\nAu 0 0 1 1 2 3 1 2 3.1\n'
        'two stresses that differ'          | 2    | ['6.0', '7.0']                           | '1\nenergy=1 stress="1 2 3 4 5 6" REF_stress="1 2 3 4 5 7"\nAu 0 0 0\n'
        'a stress that is not symmetric'    | 2    | ['symmetric', '6.0', '7.0']              | '1\nenergy=1 stress="1 6 5 7 2 4 5 4 3"\nAu 0 0 0\n'
        'a stress of three numbers'         | 2    | ['stress', '1 2 3']                      | '1\nenergy=1 stress="1 2 3"\nAu 0 0 0\n'
        'REF_forces without an energy'      | 2    | ['REF_energy']                           | '1\nProperties=species:S:1:pos:R:3:REF_forces:R:3\nAu 0 0 0 0 0 0\n'
        'a lattice of eight numbers'        | 2    | ['Lattice', '9 numbers']                 | '1\nLattice="1 0 0 0 1 0 0 0"\nAu 0 0 0\n'
        'a lattice with NaN'                | 2    | ['Lattice', "'nan'"]                     | '1\nLattice="1 0 0 0 1 0 0 0 nan"\nAu 0 0 0\n'
        'a flat lattice'                    | 2    | ['independent']                          | '1\nLattice="1 0 0 0 1 0 1 1 0"\nAu 0 0 0\n'
        'pbc without a lattice'             | 2    | ['Lattice', 'T T T']                     | '1\npbc="T T T"\nAu 0 0 0\n'
        'a pbc that is a word'              | 2    | ['pbc', "'yes'"]                         | '1\npbc=yes\nAu 0 0 0\n'
        'a pbc of two'                      | 2    | ['pbc', 'T T']                           | '1\npbc="T T"\nAu 0 0 0\n'
        'an open quote'                     | 2    | ['unclosed "']                           | '1\na="1 b=2\nAu 0 0 0\n'
        'Properties with no positions'      | 2    | ['pos']                                  | '1\nProperties=species:S:1\nAu\n'
        'Properties with no elements'       | 2    | ['species']                              | '1\nProperties=pos:R:3\n0 0 0\n'
        'Properties of an unknown type'     | 2    | ["'X'"]                                  | '1\nProperties=species:S:1:pos:X:3\nAu 0 0 0\n'
        'Properties out of step'            | 2    | ['triples']                              | '1\nProperties=species:S:1:pos:R\nAu 0 0 0\n'
        'Properties with a width of zero'   | 2    | ["'0'"]                                  | '1\nProperties=species:S:1:pos:R:3:a:R:0\nAu 0 0 0\n'
        'positions in two columns'          | 2    | ['pos:R:2', 'pos:R:3']                   | '1\nProperties=species:S:1:pos:R:2\nAu 0 0\n'
        'an integer column with a point'    | 3    | ['tag', "'1.5'"]                         | '1\nProperties=species:S:1:pos:R:3:tag:I:1\nAu 0 0 0 1.5\n'
        'a truth that is neither T nor F'   | 3    | ['fixed', "'maybe'"]                     | '1\nProperties=species:S:1:pos:R:3:fixed:L:1\nAu 0 0 0 maybe\n'
        'a foreign column that is a word'   | 3    | ['charge', "'x'"]                        | '1\nProperties=species:S:1:pos:R:3:charge:R:1\nAu 0 0 0 x\n'
    }

    def "refuses to write the note #key, which would be read as something else"() {
        when:
        ExtendedXyz.format(dimer().withInfo(key, 1d))

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(key)

        where:
        key << ['Lattice', 'Properties', 'pbc', 'energy', 'REF_energy', 'REF_stress']
    }

    def "names the file that is not there, is a folder, or is not text"() {
        when:
        ExtendedXyz.read(dir.resolve('none.xyz'))

        then:
        def missing = thrown(InputException)
        missing.message == "${dir.resolve('none.xyz')}: cannot be read: no such file or directory"

        when:
        ExtendedXyz.read(dir)

        then:
        def folder = thrown(InputException)
        folder.message.contains('directory')

        when:
        Files.write(dir.resolve('binary.xyz'), [0x31, 0x0a, 0xff, 0xfe, 0x0a] as byte[])
        ExtendedXyz.read(dir.resolve('binary.xyz'))

        then:
        def binary = thrown(InputException)
        binary.message.contains('binary.xyz:') && binary.message.contains('UTF-8')
    }

    def "a large file is read frame by frame"() {
        given:
        def file = dir.resolve('long.xyz')
        ExtendedXyz.write(file, (1..50).collect { dimer().withInfo('number', it) })

        when:
        def numbers = []
        def reader = ExtendedXyzReader.open(file)
        for (def next = reader.next(); next != null; next = reader.next()) {
            numbers << next.info().number
        }
        reader.close()

        then:
        numbers == (1L..50L).toList()
    }
}
