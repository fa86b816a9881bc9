package cupel.reference.store

import static cupel.reference.store.Shapes.*

import cupel.reference.Level
import cupel.reference.engine.IonicStep
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import cupel.structure.Units
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LabelImportSpec extends Specification {

    static final LEVEL = Level.parse('engine=vasp,version=5.4.4,functional=PBE,cutoff=300')
    static final FOLDER = Path.of('src/test/resources/cupel/reference/store')
    static final VASP = Path.of('src/test/resources/cupel/reference/vasp')

    @TempDir
    Path folder

    LabelStore store

    def setup() {
        store = LabelStore.create(folder.resolve('labels'))
    }

    static LabelImport.Settings settings(Map how = [:]) {
        def all = [level: LEVEL, format: LabelImport.Format.AUTO, energy: IonicStep.Energy.ZERO_WIDTH, hartreeBohr: false,
            clusters: false, maxForce: Double.POSITIVE_INFINITY] + how
        new LabelImport.Settings(all.level, all.format, all.energy, all.hartreeBohr, all.clusters, all.maxForce as double)
    }

    LabelImport.Outcome read(Map how = [:], Path file) {
        new LabelImport(store, settings(how)).read(file)
    }

    Path write(String name, String text) {
        def file = folder.resolve(name)
        file.toFile().text = text
        file
    }

    def "imports #file as ASE reads it"() {
        given:
        def expected = ExtendedXyz.read(byAse)

        when:
        def outcome = read(file)

        then:
        outcome.read() == expected.size()
        outcome.added() == good.size()
        outcome.known() == 0
        outcome.refused().size() == expected.size() - good.size()
        good.every {
            def found = store.lookUp(LEVEL, expected[it]).get()
            assert Math.abs(found.structure().label().energy() - expected[it].label().energy()) < 1e-7d
            assert largest(found.structure().label().forces(), expected[it].label().forces()) < 1e-7d
            assert expected[it].label().stress() == null || largest(found.structure().label().stress(), expected[it].label().stress()) < 1e-8d
            true
        }

        and: 'a second time changes nothing'
        read(file).added() == 0
        read(file).known() == good.size()

        where:
        file                           | byAse                                   | good
        VASP.resolve('vasprun.xml')    | VASP.resolve('vasprun-by-ase.xyz')      | [0, 2]
        VASP.resolve('OUTCAR')         | VASP.resolve('outcar-by-ase.xyz')       | [0, 2]
        VASP.resolve('vasprun-by-ase.xyz') | VASP.resolve('vasprun-by-ase.xyz')  | [0, 1, 2]
        FOLDER.resolve('crystal.xsf')  | FOLDER.resolve('crystal-by-ase.xyz')    | [0]
        FOLDER.resolve('cluster.xsf')  | FOLDER.resolve('cluster-by-ase.xyz')    | [0]
    }

    def "the OUTCAR, the XSF file and the n2p2 file of a run are known once its vasprun.xml is in"() {
        given:
        read(VASP.resolve('vasprun.xml'))

        expect: 'within the digits of an OUTCAR'
        with(read(VASP.resolve('OUTCAR'))) {
            added() == 0
            known() == 2
        }

        and: 'these have the free energy of the first geometry, 12 meV less'
        with(read(FOLDER.resolve('crystal.xsf'))) {
            known() == 1
            added() == 0
        }
        with(read(FOLDER.resolve('input.data'))) {
            read() == 3
            known() == 1
            added() == 2
        }
    }

    def "a step that did not converge is refused with the reason, and what was cut short is told"() {
        given:
        def whole = VASP.resolve('vasprun.xml').toFile().text
        def file = write('vasprun.xml', whole.substring(0, whole.lastIndexOf('</calculation>')))

        when:
        def outcome = read(file)

        then:
        outcome.read() == 2
        outcome.added() == 1
        outcome.refused() == ["$file, structure 2: the electrons did not converge in 4 steps (NELM = 4)".toString()]
        outcome.cutShort().contains('after 2 finished steps')
    }

    def "notes where a label is from, what computed it and what it cost"() {
        when:
        read(VASP.resolve('vasprun.xml'))
        read(FOLDER.resolve('cluster.xsf'))
        def entries = store.entries(LEVEL)

        then:
        entries*.structure()*.info()*.source as Set == ['vasp/vasprun.xml:1', 'vasp/vasprun.xml:3', 'store/cluster.xsf:1'] as Set
        entries*.structure()*.info()*.engine as Set == ['vasp'] as Set
        entries.find { it.structure().info().source == 'vasp/vasprun.xml:1' }.seconds() == 10.5d
        entries.find { it.structure().info().source == 'store/cluster.xsf:1' }.structure().info().engine_version == '5.4.4'
    }

    def "takes the free energy of VASP when asked to"() {
        when:
        read(VASP.resolve('vasprun.xml'), energy: IonicStep.Energy.FREE)

        then:
        def first = ExtendedXyz.read(VASP.resolve('vasprun-by-ase.xyz'))[0]
        Math.abs(store.find(LEVEL, first).get().label().energy() - first.info().free) < 1e-7d
    }

    def "reads n2p2 in either unit"() {
        given:
        def inBohr = write('bohr.data', "begin\ncomment a dimer\natom 0 0 0 Au 0 0 0.01 0 0\natom ${2.5d / Units.BOHR} 0 0 Au 0 0 -0.01 0 0\nenergy -0.5\ncharge 0\nend\n")

        when:
        read(inBohr, hartreeBohr: true)
        def label = store.find(LEVEL, line([0d, 2.5d])).get().label()

        then:
        Math.abs(label.energy() + 0.5d * 27.211386245988d) < 1e-9d
        Math.abs(label.forces()[0] - 0.01d * 27.211386245988d / 0.529177210903d) < 1e-9d

        when:
        read(inBohr, hartreeBohr: null)

        then:
        def e = thrown(InputException)
        e.message.endsWith('bohr.data: an n2p2 file does not tell its units: say which they are with --units')
    }

    def "takes clusters out of their box, put together where the box cut them"() {
        given: 'an octahedron around a corner of a skew box'
        def v = [14, 0, 0, 3, 13, 0, 1, 2, 15] as double[]
        def cluster = labelled(octahedron(2d))
        def x = cluster.positions()
        for (int i = 0; i < 3; i++) {
            x[i] += v[i]
            x[6 + i] -= v[3 + i]
            x[12 + i] += v[6 + i] + v[i]
        }
        def boxed = Structure.of(cluster.atomicNumbers(), x, Cell.periodic(v))
            .withLabel(new Label(cluster.label().energy(), cluster.label().forces(), new double[6])).withInfo('level', LEVEL.toString())
        def file = write('a.xyz', ExtendedXyz.format(boxed))

        when:
        def outcome = read(file, clusters: true, level: null)

        then:
        outcome.added() == 1
        with(store.lookUp(LEVEL, cluster).get()) {
            deviation() < 1e-8d
            structure().label().stress() == null
            largest(structure().label().forces(), cluster.label().forces()) < 1e-8d
        }
        !store.find(LEVEL, boxed).present
    }

    def "a crystal is no cluster in a box"() {
        given:
        def file = write('a.xyz', ExtendedXyz.format(labelled(fcc(4.08d, 2))))

        expect:
        with(read(file, clusters: true)) {
            added() == 0
            refused()[0].contains('is no cluster in vacuum: its images are 2.88 angstrom apart, must be 5 at least')
        }
    }

    def "refuses #what: #reason"() {
        given:
        def file = write('a.xyz', text)

        when:
        def outcome = read(file, maxForce: 5)

        then:
        outcome.added() == 0
        outcome.refused().size() == 1
        outcome.refused()[0].startsWith("$file, structure 1: ")
        outcome.refused()[0].contains(reason)

        where:
        what                | text                                                                                              | reason
        'no label'          | '1\nProperties=species:S:1:pos:R:3 pbc="F F F"\nAu 0 0 0\n'                                       | 'has no label'
        'no forces'         | '2\nProperties=species:S:1:pos:R:3 energy=-1 pbc="F F F"\nAu 0 0 0\nAu 0 0 2.5\n'                 | 'has no forces'
        'too large a force' | '1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-1 pbc="F F F"\nAu 0 0 0 3 4 1\n'             | 'the force on atom 1 is 5.1 eV/angstrom, allowed 5.0'
        'another level'     | '1\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-1 pbc="F F F" level="engine=gpaw"\nAu 0 0 0 0 0 0\n' | 'is of another level than asked for: engine is gpaw and vasp; version is not given and 5.4.4'
    }

    def "a file of the wrong kind is refused whole: #message"() {
        given:
        def file = write(name, text)

        when:
        read(file, level: level)

        then:
        def e = thrown(InputException)
        e.message.contains(file.toString())
        e.message.contains(message)
        store.entries().isEmpty()

        where:
        name         | level | text                                                                    | message
        'a.xyz'      | null  | '1\nProperties=species:S:1:pos:R:3 energy=-1 pbc="F F F"\nAu 0 0 0\n'    | 'structure 1: does not tell its level of theory (note level=...): say which it is with --level'
        'a.xyz'      | LEVEL | '2\n\nAu 0 0 0\n'                                                        | ':3'
        'a.unknown'  | LEVEL | 'hello'                                                                 | 'what format is this? Say so with --format'
        'a.xsf'      | LEVEL | 'ATOMS\nAu 0 0 0 0 0 0\n'                                                | 'has no energy: needs a line # total energy'
        'a.xsf'      | LEVEL | '# total energy = -1 Ry\nATOMS\nAu 0 0 0 0 0 0\n'                        | ":1: illegal unit of the total energy: 'Ry', must be eV"
        'a.xsf'      | LEVEL | '# total energy = -1\nATOMS\nAu 0 0 0 0 nan 0\n'                         | ":3: illegal force component: 'nan'"
        'a.xsf'      | LEVEL | '# total energy = -1\nANIMSTEPS 3\n'                                     | ":2: illegal line: 'ANIMSTEPS 3'"
        'a.xsf'      | LEVEL | '# total energy = -1\nCRYSTAL\nPRIMCOORD\n1 1\nAu 0 0 0 0 0 0\n'         | 'has no lattice vectors'
        'a.xsf'      | LEVEL | '# total energy = -1\nCRYSTAL\nPRIMCOORD\n2 1\nAu 0 0 0 0 0 0\n'         | ':5: the file ends, must go on with an atom'
        'input.data' | LEVEL | 'begin\natom 0 0 0 Au 0 0 0 0 0\nend\n'                                  | ':3: a structure without energy'
        'input.data' | LEVEL | 'begin\natom 0 0 0 Au 0 0 0 0\nenergy 1\nend\n'                          | ':2: 9 columns, must be: atom x y z element charge 0 fx fy fz'
        'input.data' | LEVEL | 'begin\nlattice 1 0 0\natom 0 0 0 Au 0 0 0 0 0\nenergy 1\nend\n'         | ':5: a structure with 1 lattice vectors'
        'input.data' | LEVEL | 'begin\nenergie 1\nend\n'                                                | ":2: illegal keyword: 'energie'"
        'input.data' | LEVEL | 'begin\natom 0 0 0 Au 0 0 0 0 0\nenergy 1\n'                             | 'the file ends within a structure'
        'input.data' | LEVEL | 'begin\natom 0 0 0 Au 0 0 0 0 0\nenergy 1D0\nend\n'                      | ":3: illegal energy: '1D0'"
    }

    def "an atom alone needs no forces"() {
        given:
        def file = write('a.xyz', '1\nProperties=species:S:1:pos:R:3 energy=-0.25 pbc="F F F" config_type=IsolatedAtom\nAu 1 2 3\n')

        expect:
        read(file).added() == 1
        store.find(LEVEL, Structure.cluster(79, 0, 0, 0)).get().label().forces() == new double[3]
        store.entries()[0].structure().info().config_type == 'IsolatedAtom'
    }

    def "an energy that contradicts the store is refused"() {
        given:
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-2, new double[6])), 1)
        def file = write('a.xyz', '2\nProperties=species:S:1:pos:R:3:forces:R:3 energy=-2.5 pbc="F F F"\nAu 0 0 0 0 0 0\nAu 0 2.5 0 0 0 0\n')

        when:
        def outcome = read(file)

        then:
        outcome.added() == 0
        outcome.known() == 0
        outcome.refused()[0].contains('its energy differs by -250.0 meV per atom: one of the two is not of this level')
    }

    def "what was exported can be imported again, and makes the same store"() {
        given:
        read(VASP.resolve('vasprun.xml'))
        read(FOLDER.resolve('cluster.xsf'))
        def exported = folder.resolve('all.xyz')
        ExtendedXyz.write(exported, store.entries()*.structure())

        when:
        def other = LabelStore.create(folder.resolve('other'))
        def outcome = new LabelImport(other, settings(level: null)).read(exported)

        then:
        outcome.added() == 3
        tree('other') == tree('labels')
    }

    Map tree(String name) {
        def tree = [:]
        folder.resolve(name).toFile().eachFileRecurse { if (it.file) { tree[it.path - folder.resolve(name).toString()] = it.text } }
        tree
    }
}
