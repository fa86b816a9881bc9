package cupel.structure

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class StructureFilesSpec extends Specification {

    static final Path FIXTURES = Path.of('src/test/resources/structure')

    @TempDir
    Path dir

    def "reads extended XYZ by its suffix: #name"() {
        given:
        def file = dir.resolve(name)
        ExtendedXyz.write(file, [Structure.cluster(79, 0d, 0d, 0d).withInfo('sid', 'a')])

        expect:
        StructureFiles.read(file)[0].info() == [sid: 'a']

        where:
        name << ['a.xyz', 'a.extxyz', 'A.XYZ']
    }

    def "reads #name: #count structures of #symbols"() {
        when:
        def structures = StructureFiles.read(FIXTURES.resolve(name))

        then:
        structures.size() == count
        structures.every { s -> (0..<s.size()).collect { Elements.symbol(s.atomicNumber(it)) } == symbols && s.cell().isNone() }
        structures.every { Math.abs(it.position(1, 1) - 0.7572d) < 1e-12 && Math.abs(it.position(1, 2) + 0.4692d) < 1e-12 }

        where:
        name           | count | symbols
        'water.mol'    | 1     | ['O', 'H', 'H']
        'waters.sdf'   | 2     | ['O', 'H', 'H']
        'hydroxyl.cml' | 1     | ['O', 'H']
    }

    def "reads a crystal that ASE wrote as CIF"() {
        when:
        def structure = StructureFiles.read(FIXTURES.resolve('copper.cif'))[0]

        then:
        structure.atomicNumbers() == [29] * 4 as int[]
        structure.cell() == Cell.periodic(3.61, 0, 0, 0, 3.61, 0, 0, 0, 3.61)
        [structure.positions() as List, [0, 0, 0, 0, 1.805, 1.805, 1.805, 0, 1.805, 1.805, 1.805, 0]].transpose().every { a, b -> Math.abs(a - b) < 1e-12 }
        NeighbourList.of(structure, 2.6d).size() == 4 * 12
    }

    def "an oblique CIF cell keeps lengths, angle and distances"() {
        when:
        def structure = StructureFiles.read(FIXTURES.resolve('monoclinic.cif'))[0]
        def v = structure.cell().vectors()
        def p = structure.positions()

        then: 'a 4, b 5, c 6, beta 100 degrees'
        Math.abs(structure.cell().volume() - 120 * Math.sin(Math.toRadians(100))) < 1e-9
        Math.abs((v[0] * v[6] + v[1] * v[7] + v[2] * v[8]) / 24 - Math.cos(Math.toRadians(100))) < 1e-12

        and: 'distance from the metric: d = 0.4 a + 0.3 b + 0.2 c'
        def d2 = 1.6d * 1.6d + 1.5d * 1.5d + 1.2d * 1.2d + 2 * 1.6d * 1.2d * Math.cos(Math.toRadians(100))
        Math.abs((0..2).sum { (p[3 + it] - p[it])**2 } - d2) < 1e-9
        structure.atomicNumbers() == [79, 29] as int[]
    }

    def "refuses what the kit would misread: #what"() {
        given:
        def file = Files.writeString(dir.resolve("a.$suffix"), text)

        when:
        StructureFiles.read(file)

        then:
        def e = thrown(InputException)
        e.message.startsWith(file.toString())
        words.every { e.message.contains(it) }

        where:
        what                       | suffix | words                      | text
        'a space group by name'    | 'cif'  | [':8:', 'F m -3 m', 'P 1'] | fixture('symmetric.cif')
        'a symmetry operation'     | 'cif'  | ['x,y+1/2,z+1/2']          | fixture('symmetric.cif').replaceAll(/_symmetry_space.*/, '')
        'a space group by number'  | 'cif'  | ['225']                    | fixture('copper.cif').replaceAll(/(IT_number\s+)1/, '$1225')
        'a half-occupied site'     | 'cif'  | [':26:', '0.5', 'occupancy'] | fixture('copper.cif').replaceFirst('1.0000', '0.5')
        'labels that mislead'      | 'cif'  | ['Cu1', 'Au']              | fixture('copper.cif').replaceAll(/Cu  Cu1/, 'Au  Cu1')
        'a missing value'          | 'cif'  | [':26:', '6 values', '7']  | fixture('copper.cif').replaceFirst(/ 1.0000/, '')
        'a second block'           | 'cif'  | ['data_two']               | fixture('copper.cif') + 'data_two\n'
        'a drawing'                | 'mol'  | ['plane']                  | fixture('drawing.mol')
        'a truncated molecule'     | 'mol'  | ['mol']                    | fixture('water.mol').readLines().take(5).join('\n')
        'an unknown element'       | 'mol'  | ['Qq']                     | fixture('water.mol').replaceFirst(' O ', ' Qq')
        'broken markup'            | 'cml'  | ['cml']                    | fixture('hydroxyl.cml').take(200)
        'nothing at all'           | 'sdf'  | ['sdf']                    | ''
    }

    def "the kit prints nothing of its own"() {
        given:
        def printed = new ByteArrayOutputStream()
        def before = System.err
        System.err = new PrintStream(printed)

        when:
        StructureFiles.read(FIXTURES.resolve('copper.cif'))

        then:
        printed.toString() == ''

        cleanup:
        System.err = before
    }

    def "names the suffixes that it knows"() {
        when:
        StructureFiles.read(dir.resolve('POSCAR'))

        then:
        def e = thrown(InputException)
        e.message.contains('extxyz') && e.message.contains('ase convert')
    }

    private static String fixture(String name) {
        return Files.readString(FIXTURES.resolve(name))
    }
}
