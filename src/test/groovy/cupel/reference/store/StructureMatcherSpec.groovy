package cupel.reference.store

import static cupel.reference.store.Shapes.*

import cupel.structure.Cell
import cupel.structure.Structure
import spock.lang.Specification

class StructureMatcherSpec extends Specification {

    def matcher = new StructureMatcher()

    def "finds #name again, whatever its order, orientation, handedness and place, with its forces"() {
        given:
        def random = seeded(11)
        def known = labelled(structure)

        expect:
        (0..<6).every { trial ->
            def asked = labelled(moved(known, random, trial % 2 == 1))
            def found = matcher.match(asked, known)
            assert found.present
            assert found.get().deviation() < 1e-7d
            def label = found.get().carry(known.label())
            assert Math.abs(label.energy() - asked.label().energy()) < 1e-8d
            assert largest(label.forces(), asked.label().forces()) < 1e-6d
            assert asked.label().stress() == null || largest(label.stress(), asked.label().stress()) < 1e-7d
            true
        }

        where:
        name                           | structure
        'an atom'                      | gold([[1d, 2d, 3d]])
        'a dimer'                      | line([0d, 2.5d])
        'a line of three'              | line([0d, 2.5d, 5d])
        'a crooked line of four'       | line([0d, 2.5d, 5.1d, 7.4d])
        'a nearly straight chain'      | gold([[0d, 0d, 0d], [2.5d, 0.004d, 0d], [5d, 0d, 0.003d], [7.6d, 0d, 0d]])
        'an equilateral triangle'      | ring(3, 1.5d)
        'a scalene triangle'           | gold([[0d, 0d, 0d], [2.5d, 0d, 0d], [0.7d, 2.6d, 0d]])
        'a square'                     | ring(4, 1.9d)
        'a ring of twelve'             | ring(12, 5.2d)
        'a plane without symmetry'     | gold([[0d, 0d, 0d], [2.5d, 0d, 0d], [0.7d, 2.6d, 0d], [3.4d, 2.4d, 0d], [-1.6d, 2.1d, 0d]])
        'a tetrahedron'                | gold([[1d, 1d, 1d], [1d, -1d, -1d], [-1d, 1d, -1d], [-1d, -1d, 1d]])
        'an octahedron'                | octahedron(2d)
        'an icosahedron with a centre' | icosahedron(2.9d)
        'a helix'                      | helix(9)
        'a cluster of 7'               | cluster(7, seeded(1))
        'a cluster of 20'              | cluster(20, seeded(2))
        'an alloy of 13'               | cluster(13, seeded(3), [79, 29, 47])
        'a cluster of 55'              | cluster(55, seeded(4))
        'fcc, four atoms'              | fcc(4.08d, 1)
        'a crystal of 8'               | crystal(8, seeded(5), [79, 29], [6.5, 0, 0, 0, 7, 0, 0, 0, 6] as double[])
        'a skew crystal of 6'          | crystal(6, seeded(6), [79], [6, 0, 0, 3, 5.5, 0, 2.5, 2, 5.2] as double[])
        'a primitive cell'             | Structure.of([79] as int[], [0.3, 0.2, 0.1] as double[], Cell.periodic([0, 2.04, 2.04, 2.04, 0, 2.04, 2.04, 2.04, 0] as double[]))
    }

    def "finds clusters of every size in random moves with noise below the tolerance, and none with more"() {
        given:
        def random = seeded(21)

        expect:
        (2..30).every { n ->
            def known = cluster(n, random, n % 3 == 0 ? [79, 29] : [79])
            assert matcher.match(moved(known, random, n % 2 == 0, 3e-4d), known).present
            assert matcher.match(known, moved(known, random, n % 2 == 1, 3e-4d)).present
            assert !matcher.match(moved(shifted(known, random.nextInt(3 * n), 0.05d), random, false), known).present || n < 4
            true
        }
    }

    def "a near twin of #name, 2e-3 angstrom off, is another structure"() {
        given:
        def random = seeded(31)

        expect: 'the distances tell, or the superposition'
        (0..<8).every {
            !matcher.match(moved(twin, random, it % 2 == 1), structure).present &&
                !matcher.match(structure, moved(twin, random, it % 2 == 1)).present
        }

        where:
        name                | structure                  | twin
        'a dimer'           | line([0d, 2.5d])           | line([0d, 2.502d])
        'a line'            | line([0d, 2.5d, 5d])       | line([0d, 2.502d, 5d])
        'a triangle'        | ring(3, 1.5d)              | shifted(ring(3, 1.5d), 0, 2e-3d)
        'a square'          | ring(4, 1.9d)              | shifted(ring(4, 1.9d), 0, 2e-3d)
        'an octahedron'     | octahedron(2d)             | shifted(octahedron(2d), 0, 2e-3d)
        'an icosahedron'    | icosahedron(2.9d)          | shifted(icosahedron(2.9d), 5, 2e-3d)
        'an icosahedron, breathing' | icosahedron(2.9d)  | icosahedron(2.902d)
        'a random cluster'  | cluster(17, seeded(7))     | shifted(cluster(17, seeded(7)), 20, 2e-3d)
        'a flat ring, bent' | ring(6, 2.9d)              | shifted(shifted(shifted(shifted(shifted(shifted(ring(6, 2.9d), 2, 2e-3d), 5, -2e-3d), 8, 2e-3d), 11, -2e-3d), 14, 2e-3d), 17, -2e-3d)
        'a crystal'         | crystal(6, seeded(6), [79], [6, 0, 0, 0, 6, 0, 0, 0, 6] as double[]) | shifted(crystal(6, seeded(6), [79], [6, 0, 0, 0, 6, 0, 0, 0, 6] as double[]), 4, 2e-3d)
        'fcc, strained'     | fcc(4.08d, 1)              | fcc(4.082d, 1)
    }

    def "mirror images are the same structure, a change of hand in part is not"() {
        given:
        def left = helix(9)
        def right = left.withPositions(apply([1, 0, 0, 0, 1, 0, 0, 0, -1] as double[], left.positions()))

        expect:
        def found = matcher.match(right, left).get()
        determinant(found.rotation()) < -0.99d

        and: 'two molecules with two centres each, RR and RS: all bonds and all but one distance alike'
        def arms = [[2.5d, 0.3d, 0.2d], [-0.4d, 2.6d, 0.1d], [0.2d, -0.3d, 2.7d]]
        def one = [[0d, 0d, 0d]] + arms
        def same = one + one.collect { [20 + it[0], it[1], it[2]] }
        def other = one + one.collect { [20 + it[0], it[1], -it[2]] }
        !matcher.match(gold(same), gold(other)).present
        matcher.match(gold(same.collect { [-it[0], it[1], it[2]] }), gold(same)).present
    }

    static double determinant(double[] m) {
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6])
    }

    def "equal distances alone are not enough"() {
        given: 'points on a line with the same distances that are not the same set: {0 1 4 10 12 17} and {0 1 8 11 13 17}'
        def one = line([0d, 1d, 4d, 10d, 12d, 17d].collect { 2.5d * it })
        def other = line([0d, 1d, 8d, 11d, 13d, 17d].collect { 2.5d * it })

        expect:
        new Shape(one).sortedDistances() == new Shape(other).sortedDistances()
        !matcher.match(one, other).present
    }

    def "elements count: #asked is not #known"() {
        expect:
        !matcher.match(Structure.of(asked as int[], [0, 0, 0, 2.5, 0, 0, 5.1, 0, 0] as double[], Cell.NONE),
            Structure.of(known as int[], [0, 0, 0, 2.5, 0, 0, 5.1, 0, 0] as double[], Cell.NONE)).present

        where:
        asked        | known
        [79, 79, 79] | [79, 79, 29]
        [79, 79, 29] | [79, 29, 79]
        [79, 79, 29] | [29, 79, 79]
        [79, 29, 29] | [79, 79, 29]
    }

    def "a cluster never equals a periodic structure, and a box that does not repeat does not count"() {
        given:
        def cluster = octahedron(2d)
        def box = [15, 0, 0, 0, 15, 0, 0, 0, 15] as double[]
        def boxed = { boolean p -> Structure.of(cluster.atomicNumbers(), cluster.positions(), new Cell(box, [p, p, p] as boolean[])) }

        expect:
        !matcher.match(cluster, boxed(true)).present
        !matcher.match(boxed(true), cluster).present
        matcher.match(cluster, boxed(false)).present
    }

    def "crystals are found when wrapped into the cell differently and when axes are exchanged or turned round"() {
        given:
        def v = [6.2, 0, 0, 0.4, 6.2, 0, 0.3, 0.8, 6.9] as double[]
        def known = labelled(crystal(7, seeded(9), [79, 29], v))
        def x = known.positions()
        def wrapped = known.withPositions((0..<x.length).collect { x[it] + (it < 3 ? v[it] : it < 6 ? -v[it] + v[it % 3] : 0) } as double[])
        def exchanged = labelled(Structure.of(known.atomicNumbers(), x,
            Cell.periodic([v[6], v[7], v[8], -v[0], -v[1], -v[2], v[3], v[4], v[5]] as double[])))

        expect:
        matcher.match(wrapped, known).get().deviation() < 1e-9d
        def found = matcher.match(exchanged, known).get()
        found.deviation() < 1e-9d
        largest(found.carry(known.label()).forces(), exchanged.label().forces()) < 1e-9d
        largest(found.carry(known.label()).stress(), exchanged.label().stress()) < 1e-9d
    }

    def "other lattice vectors of the same crystal are not recognised, as the documentation says"() {
        given:
        def primitive = Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic([0, 2, 2, 2, 0, 2, 2, 2, 0] as double[]))
        def other = Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic([0, 2, 2, 2, 0, 2, 2, 4, 2] as double[]))

        expect:
        !matcher.match(primitive, other).present
    }

    def "a slab is found in its own plane, and not with the periodic direction exchanged"() {
        given:
        def v = [5, 0, 0, 0, 5, 0, 0, 0, 12] as double[]
        def atoms = [0, 0, 0, 2.5, 2.4, 0.3, 1, 1.2, 2.3] as double[]
        def slab = { List<Boolean> p -> Structure.of([79, 79, 29] as int[], atoms, new Cell(v, p as boolean[])) }
        def up = Structure.of([79, 79, 29] as int[], (0..<9).collect { atoms[it] + (it % 3 == 2 ? 3.3d : it == 0 ? 5d : 0d) } as double[], slab([true, true, false]).cell())

        expect:
        matcher.match(up, slab([true, true, false])).present
        !matcher.match(slab([true, true, false]), slab([true, true, true])).present
        !matcher.match(slab([true, true, false]), slab([false, true, true])).present
    }

    def "of the ways to lay a nearly symmetric structure the best is taken"() {
        given: 'an icosahedron with each atom off by less than the tolerance, so that 120 ways are allowed'
        def random = seeded(41)
        def known = labelled(moved(icosahedron(2.9d), random, false, 2e-4d))

        expect:
        (0..<4).every {
            def asked = labelled(moved(known, random, it % 2 == 1))
            def found = matcher.match(asked, known).get()
            assert found.deviation() < 1e-9d
            largest(found.carry(known.label()).forces(), asked.label().forces()) < 1e-8d
        }
    }

    def "a hundred atoms, with and without symmetry, are matched in well under a second"() {
        given:
        def random = seeded(51)
        def large = cluster(100, random)
        def crystal = fcc(4.08d, 3)
        def start = System.nanoTime()

        expect:
        matcher.match(moved(large, random, true), large).present
        matcher.match(moved(ring(100, 45d), random, true), ring(100, 45d)).present
        matcher.match(moved(crystal, random, false), crystal).present
        !matcher.match(shifted(large, 7, 2e-3d), large).present
        !matcher.match(shifted(crystal, 7, 2e-3d), crystal).present
        (System.nanoTime() - start) / 1e9d < 10
    }

    def "atoms in one place are no structure, and match nothing"() {
        expect:
        !matcher.match(gold([[0d, 0d, 0d], [0d, 0d, 0d]]), gold([[0d, 0d, 0d], [0d, 0d, 0d]])).present
    }

    def "refuses a tolerance of #tolerance"() {
        when:
        new StructureMatcher(tolerance)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith('illegal tolerance: ')

        where:
        tolerance << [0d, -1d, Double.NaN, 0.02d]
    }
}
