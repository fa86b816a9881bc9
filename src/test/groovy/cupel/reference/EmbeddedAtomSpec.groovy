package cupel.reference

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class EmbeddedAtomSpec extends Specification {

    static final Path FOLDER = Path.of('src/test/resources/cupel/reference/eam')

    @TempDir
    Path folder

    static EmbeddedAtom model(String file) {
        EmbeddedAtom.read(FOLDER.resolve(file))
    }

    def "energy, forces and stress of #file are those of LAMMPS"() {
        given: 'tables so coarse that any other way between their points would show; LAMMPS of January 2022'
        def eam = model(file)
        def structures = ExtendedXyz.read(FOLDER.resolve(answers))

        expect:
        structures.size() == 3
        structures.every { structure ->
            def evaluation = eam.evaluate(structure)
            def label = structure.label()
            def difference = (0..<3 * structure.size()).collect { (evaluation.forces()[it] - label.forces()[it]).abs() }.max()
            (evaluation.energy() - label.energy()).abs() < energy * structure.size() &&
                Math.abs(eam.energy(structure) - evaluation.energy()) < 1e-12d &&
                difference < force &&
                (evaluation.stress() == null) == (label.stress() == null) &&
                (label.stress() == null || (0..5).every { (evaluation.stress()[it] - label.stress()[it]).abs() < stress })
        }

        where: 'of a funcfl file LAMMPS leaves out the last point of each table'
        file             | answers           || energy | force | stress
        'AuCu.eam.alloy' | 'AuCu-lammps.xyz' || 1e-11  | 2e-10 | 2e-10
        'Au.eam'         | 'Au-lammps.xyz'   || 3e-7   | 3e-4  | 1e-5
    }

    def "forces and stress are derivatives of the energy"() {
        given:
        def eam = model('AuCu.eam.alloy')
        def structure = ExtendedXyz.read(FOLDER.resolve('AuCu-lammps.xyz'))[2].withLabel(null)
        def evaluation = eam.evaluate(structure)
        def h = 1e-5d

        when:
        def moved = { int k, double by ->
            def x = structure.positions()
            x[k] += by
            eam.energy(structure.withPositions(x))
        }
        def stretched = { double by ->
            def scale = { double[] rows -> (0..<rows.length).collect { it % 3 == 0 ? rows[it] * (1 + by) : rows[it] } as double[] }
            eam.energy(Structure.of(structure.atomicNumbers(), scale(structure.positions()),
                Cell.periodic(scale(structure.cell().vectors()))))
        }

        then:
        [0, 4, 17, 50, 95].every {
            Math.abs(-(moved(it, h) - moved(it, -h)) / (2 * h) - evaluation.forces()[it]) < 1e-6d
        }
        Math.abs((stretched(h) - stretched(-h)) / (2 * h) / structure.cell().volume() - evaluation.stress()[0]) < 1e-7d
    }

    def "an isolated atom has the energy of no density, and atoms on top of each other have no finite one"() {
        given:
        def eam = model('AuCu.eam.alloy')

        expect:
        eam.elements() == [79, 29] as int[]
        eam.cutoff() == 5.5d
        eam.energy(Structure.cluster(79, 0, 0, 0)) == 0
        eam.energy(Structure.cluster(79, 0, 0, 0, 0, 0, 5.6d)) == 0
        eam.energy(Structure.cluster(79, 1, 1, 1, 1, 1, 1)) == Double.POSITIVE_INFINITY
    }

    def "an element that has no table is named"() {
        when:
        model('AuCu.eam.alloy').energy(Structure.cluster(47, 0, 0, 0))

        then:
        def e = thrown(InputException)
        e.message == 'the file of the embedded-atom model has no Ag, only Au, Cu'
    }

    def "a file that is none is refused with its line: #what"() {
        given:
        def lines = FOLDER.resolve('AuCu.eam.alloy').toFile().readLines()
        change(lines)
        def file = folder.resolve('x.eam.alloy')
        file.toFile().text = lines.join('\n') + '\n'

        when:
        EmbeddedAtom.read(file)

        then:
        def e = thrown(InputException)
        e.message.startsWith(file.toString())
        e.message.contains(message)

        where:
        what             | change                           || message
        'a word'         | { it[7] = 'x' + it[7] }          || ':8: F(rho) of Au must be a finite number, is \'x'
        'cut short'      | { it.removeLast() }              || 'must go on with value 56 of 60 of r phi(r) of Cu and Cu'
        'too long'       | { it << '1.0' }                  || 'the file goes on where its tables end'
        'elements'       | { it[3] = '3 Au Cu' }            || ':4: must be the number of elements and as many symbols'
        'no element'     | { it[3] = '2 Au Xx' }            || 'Xx'
        'twice'          | { it[3] = '2 Au Au' }            || 'Au is there twice'
        'grid'           | { it[4] = '40 0 60 0.1 5.5' }    || ':5: drho, dr and cutoff must be above 0'
        'points'         | { it[4] = '4 1 60 0.1 5.5' }     || ':5: nrho must be a whole number from 5'
        'three lines'    | { it.subList(3, it.size()).clear() } || 'ends after line 3, must go on with the number of elements'
    }

    def "a missing file is said to be missing"() {
        when:
        EmbeddedAtom.read(folder.resolve('none.eam'))

        then:
        def e = thrown(InputException)
        e.message.endsWith('none.eam: no such file')
    }
}
