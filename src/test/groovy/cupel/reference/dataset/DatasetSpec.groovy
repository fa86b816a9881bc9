package cupel.reference.dataset

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import org.jetbrains.bio.npy.NpyFile
import spock.lang.Specification
import spock.lang.TempDir

class DatasetSpec extends Specification {

    @TempDir
    Path folder

    static final Structure ATOM = Structure.cluster(79, 0, 0, 0).withLabel(new Label(-0.25d, null))
    static final Structure CLUSTER = Structure.of([79, 29, 79] as int[], [0, 0, 0, 2.51234567, 0, 1 / 3d, 0.1, -2.3, 1e-7] as double[], Cell.NONE)
        .withLabel(new Label(-7.123456789123d, [0.1, 0, -1 / 3d, -0.1, 0.5, 0, 0, -0.5, 1 / 3d] as double[]))
    static final Structure CRYSTAL = Structure.of([79, 29] as int[], [0.1, 0.2, 0.3, 2, 2.1, 2.2] as double[], Cell.periodic(4.1, 0, 0, 0.3, 4.2, 0, -0.2, 0.1, 10 / 3d))
        .withLabel(new Label(-6.5d, [1, 2, 3, -1, -2, -3] as double[], [0.01, 0.02, 0.03, -0.001, 0.002, 0.003] as double[]))

    /** Notes that would end a structure or say another energy, if they came into a file of another format. */
    static Structure hostile(Structure structure) {
        structure.withInfo('sid', 'h_1\nend\nbegin\nenergy 3').withInfo('comment', '# total energy = 99 eV').withInfo('name', '../../x"\' ={}[]\\\u0000\u00e9')
            .withInfo('level', 'PBE\nATOMS\nAu 0 0 0')
    }

    Path write(List<Structure> structures, Dataset.Format format, String name, ExtendedXyz.Keys keys = ExtendedXyz.Keys.PLAIN) {
        Dataset.write(structures, 'pool.xyz', format, keys, folder.resolve(name))
        folder.resolve(name)
    }

    def "n2p2's input.data, whatever the notes say"() {
        expect:
        write([CLUSTER, CRYSTAL, ATOM].collect { hostile(it) }, Dataset.Format.N2P2, 'input.data').toFile().text == '''\
begin
comment structure 1
atom 0.0 0.0 0.0 Au 0.0 0.0 0.1 0.0 -0.3333333333333333
atom 2.51234567 0.0 0.3333333333333333 Cu 0.0 0.0 -0.1 0.5 0.0
atom 0.1 -2.3 1e-07 Au 0.0 0.0 0.0 -0.5 0.3333333333333333
energy -7.123456789123
charge 0.0
end
begin
comment structure 2
lattice 4.1 0.0 0.0
lattice 0.3 4.2 0.0
lattice -0.2 0.1 3.3333333333333335
atom 0.1 0.2 0.3 Au 0.0 0.0 1.0 2.0 3.0
atom 2.0 2.1 2.2 Cu 0.0 0.0 -1.0 -2.0 -3.0
energy -6.5
charge 0.0
end
begin
comment structure 3
atom 0.0 0.0 0.0 Au 0.0 0.0 0.0 0.0 0.0
energy -0.25
charge 0.0
end
'''
    }

    def "aenet's XSF, a file for each structure in their order"() {
        when:
        def files = write([CLUSTER, CRYSTAL, ATOM].collect { hostile(it) }, Dataset.Format.XSF, 'xsf').toFile().listFiles().sort()

        then:
        files*.name == ['structure_0001.xsf', 'structure_0002.xsf', 'structure_0003.xsf']
        files*.text == ['''\
# total energy = -7.123456789123 eV

ATOMS
Au 0.0 0.0 0.0 0.1 0.0 -0.3333333333333333
Cu 2.51234567 0.0 0.3333333333333333 -0.1 0.5 0.0
Au 0.1 -2.3 1e-07 0.0 -0.5 0.3333333333333333
''', '''\
# total energy = -6.5 eV

CRYSTAL
PRIMVEC
4.1 0.0 0.0
0.3 4.2 0.0
-0.2 0.1 3.3333333333333335
PRIMCOORD
2 1
Au 0.1 0.2 0.3 1.0 2.0 3.0
Cu 2.0 2.1 2.2 -1.0 -2.0 -3.0
''', '''\
# total energy = -0.25 eV

ATOMS
Au 0.0 0.0 0.0 0.0 0.0 0.0
''']
    }

    def "DeePMD-kit's arrays, a folder for each composition, atoms sorted by element"() {
        given:
        def moved = CLUSTER.withPositions(CLUSTER.positions().collect { it + 1 } as double[]).withLabel(CLUSTER.label())
        def noStress = CRYSTAL.withLabel(new Label(-6.25d, new double[6]))
        def root = write([hostile(CLUSTER), CRYSTAL, ATOM, moved, noStress], Dataset.Format.DEEPMD, 'deepmd')
        def array = { String name -> NpyFile.read(root.resolve(name), Integer.MAX_VALUE) }

        expect:
        root.toFile().list().sort() == ['Au1', 'Cu1Au1_pbc', 'Cu1Au1_pbc_virial', 'Cu1Au2']
        root.resolve('Cu1Au2').toFile().list().sort() == ['nopbc', 'set.000', 'type.raw', 'type_map.raw']
        root.resolve('Cu1Au1_pbc').toFile().list().sort() == ['set.000', 'type.raw', 'type_map.raw']
        root.resolve('Cu1Au2/type.raw').toFile().text == '0\n1\n1\n'
        ['Au1', 'Cu1Au2'].every { root.resolve("$it/type_map.raw").toFile().text == 'Cu\nAu\n' }
        root.resolve('Au1/type.raw').toFile().text == '1\n'
        array('Cu1Au2/set.000/energy.npy').asDoubleArray() == [-7.123456789123d] * 2 as double[]
        array('Cu1Au2/set.000/energy.npy').shape == [2] as int[]
        array('Cu1Au2/set.000/coord.npy').shape == [2, 9] as int[]
        array('Cu1Au2/set.000/coord.npy').asDoubleArray()[0..8] == [2.51234567d, 0d, 1 / 3d, 0d, 0d, 0d, 0.1d, -2.3d, 1e-7d]
        array('Cu1Au2/set.000/coord.npy').asDoubleArray()[9] == 3.51234567d
        array('Cu1Au2/set.000/force.npy').asDoubleArray()[0..8] == [-0.1d, 0.5d, 0d, 0.1d, 0d, -1 / 3d, 0d, -0.5d, 1 / 3d]
        array('Cu1Au2/set.000/box.npy').asDoubleArray()[0..8] == [53d, 0d, 0d, 0d, 53d, 0d, 0d, 0d, 51d]
        array('Cu1Au1_pbc_virial/set.000/box.npy').asDoubleArray() == CRYSTAL.cell().vectors()
        [array('Cu1Au1_pbc_virial/set.000/virial.npy').asDoubleArray() as List, [0.01, 0.003, 0.002, 0.003, 0.02, -0.001, 0.002, -0.001, 0.03]]
            .transpose().every { virial, stress -> Math.abs(virial + CRYSTAL.cell().volume() * stress) < 1e-12 }
        !root.resolve('Cu1Au1_pbc/set.000/virial.npy').toFile().exists()
    }

    def "extended XYZ with the names of #program, notes and all"() {
        when:
        def file = write([CLUSTER, CRYSTAL, ATOM].collect { hostile(it) }, Dataset.Format.EXTXYZ, 'out.xyz', keys)
        def lines = file.toFile().readLines()
        def back = ExtendedXyz.read(file)

        then:
        lines[1].contains(":${prefix}forces:R:3 ${prefix}energy=-7.1234567891 ")
        lines[6].contains(" ${prefix}stress=\"0.0100000000 0.0030000000 ")
        lines[1].contains(' REF_') == (prefix == 'REF_')
        back*.info()*.config_type == [null, null, 'IsolatedAtom']
        back*.info()*.name == [hostile(ATOM).info().name] * 3
        back*.info()*.sid == [hostile(ATOM).info().sid] * 3

        where:
        program | keys                       || prefix
        'ASE'   | ExtendedXyz.Keys.PLAIN     || ''
        'MACE'  | ExtendedXyz.Keys.REFERENCE || 'REF_'
    }

    def "a structure that a format has no place for is named, and nothing is written: #format, #problem"() {
        when:
        write([CLUSTER, structure], format, 'out')

        then:
        def e = thrown(InputException)
        e.message == "pool.xyz, structure 2: $problem"
        folder.toFile().list().length == 0

        where:
        structure                                                                   | format                 || problem
        CLUSTER.withLabel(null)                                                     | Dataset.Format.EXTXYZ  || 'has no label (energy and forces)'
        CLUSTER.withLabel(new Label(1, null))                                       | Dataset.Format.N2P2    || 'has no forces, which n2p2 needs'
        CRYSTAL.withLabel(new Label(1, null))                                       | Dataset.Format.DEEPMD  || 'has no forces, which deepmd needs'
        slab()                                                                      | Dataset.Format.XSF     || 'repeats in some directions and not in others, which xsf has no way to say'
        slab()                                                                      | Dataset.Format.DEEPMD  || 'repeats in some directions and not in others, which deepmd has no way to say'
    }

    static Structure slab() {
        Structure.of([79] as int[], new double[3], new Cell([3, 0, 0, 0, 3, 0, 0, 0, 9] as double[], [true, true, false] as boolean[]))
            .withLabel(new Label(1, new double[3]))
    }

    def "files of two datasets do not mix, and a file is replaced"() {
        given:
        write([CLUSTER], Dataset.Format.XSF, 'xsf')
        write([CLUSTER], Dataset.Format.N2P2, 'input.data')
        Files.createDirectory(folder.resolve('empty'))

        when:
        write([CRYSTAL], Dataset.Format.N2P2, 'input.data')
        write([CRYSTAL], Dataset.Format.XSF, 'empty')

        then:
        folder.resolve('input.data').toFile().text.contains('energy -6.5')
        folder.resolve('empty').toFile().list() == ['structure_0001.xsf']

        when:
        write([CRYSTAL], Dataset.Format.DEEPMD, 'xsf')

        then:
        def e = thrown(InputException)
        e.message.contains('is there and not empty')
        folder.toFile().list().sort() == ['empty', 'input.data', 'xsf']
        folder.resolve('xsf').toFile().list() == ['structure_0001.xsf']
    }

    def "says plainly why a dataset cannot be written: #name, #problem"() {
        given:
        folder.resolve('file').toFile().text = 'x'
        Files.createDirectory(folder.resolve('folder'))

        when:
        write([CRYSTAL], format, name)

        then:
        def e = thrown(InputException)
        e.message.startsWith("${folder.resolve(name)}: cannot be written: $problem")

        where:
        name        | format                || problem
        'file'      | Dataset.Format.XSF    || 'it is not a folder'
        'folder'    | Dataset.Format.N2P2   || 'it is not a file'
        'no/where'  | Dataset.Format.EXTXYZ || 'there is no folder'
    }

    def "a dataset that gives back something else is refused: #what"() {
        when:
        Dataset.requireEqual([CRYSTAL], found, [0.5e-8, 0.5e-10] as double[])

        then:
        def e = thrown(InputException)
        e.message.contains("does not give back what went in ($what")

        where:
        found                                                                                                     || what
        []                                                                                                        || 'has 0 structures in place of 1'
        [CLUSTER]                                                                                                 || 'structure 1 of the dataset: other atoms'
        [again([0.1, 0.2, 0.3, 2, 2.1, 2.2 + 1e-8], CRYSTAL.label())]                                             || 'structure 1 of the dataset: coordinates: 2.20000001 in place of 2.2'
        [again(CRYSTAL.positions(), new Label(-6.5000000001d, CRYSTAL.label().forces(), CRYSTAL.label().stress()))] || 'structure 1 of the dataset: energy: -6.5000000001'
        [again(CRYSTAL.positions(), new Label(-6.5d, [1, 3, 2, -1, -2, -3] as double[], CRYSTAL.label().stress()))] || 'structure 1 of the dataset: forces: 3.0 in place of 2.0'
        [again(CRYSTAL.positions(), new Label(-6.5d, CRYSTAL.label().forces(), [0.01, 0.02, 0.03, -0.001, 0.003, 0.002] as double[]))] || 'structure 1 of the dataset: stress: 0.003 in place of 0.002'
        [again(CRYSTAL.positions(), new Label(-6.5d, CRYSTAL.label().forces()))]                                  || 'structure 1 of the dataset: stress missing'
        [again(CRYSTAL.positions(), null)]                                                                        || 'structure 1 of the dataset: no label'
        [Structure.of(CRYSTAL.atomicNumbers(), CRYSTAL.positions(), Cell.periodic(4.1, 0, 0, 0.3, 4.2, 0, -0.2, 0.1, 3.3))]     || 'structure 1 of the dataset: cell: 3.3 in place of'
    }

    static Structure again(positions, Label label) {
        Structure.of(CRYSTAL.atomicNumbers(), positions as double[], CRYSTAL.cell()).withLabel(label)
    }

    def "differences that printing makes are none"() {
        when:
        Dataset.requireEqual([CRYSTAL], [again([0.1, 0.2, 0.3, 2, 2.1, 2.2 + 0.49e-8], CRYSTAL.label())], [0.5e-8, 0.5e-10] as double[])

        then:
        noExceptionThrown()
    }
}
