package cupel.assay.cluster

import cupel.structure.Structure
import spock.lang.Specification

class ClusterGeometrySpec extends Specification {

    static Structure gold(List<List<Double>> atoms) {
        Structure.cluster(79, atoms.flatten() as double[])
    }

    static final OCTAHEDRON = gold([[2, 0, 0], [-2, 0, 0], [0, 2, 0], [0, -2, 0], [0, 0, 2], [0, 0, -2]]*.collect { it as double })
    static final UNEVEN = gold([[0, 0, 0], [2.7, 0.1, 0], [1.2, 2.4, 0.3], [0.9, 1.1, 2.6], [-1.8, 1.7, 1.1]]*.collect { it as double })

    /** Turned by Euler angles, shifted, and perhaps mirrored. */
    static Structure moved(Structure s, boolean mirrored = false) {
        double a = 0.7, b = 1.1, c = -0.4
        double[] x = s.positions()
        for (int i = 0; i < x.length; i += 3) {
            def (double p, double q, double r) = [x[i], x[i + 1], mirrored ? -x[i + 2] : x[i + 2]]
            (p, q) = [p * Math.cos(a) - q * Math.sin(a), p * Math.sin(a) + q * Math.cos(a)]
            (q, r) = [q * Math.cos(b) - r * Math.sin(b), q * Math.sin(b) + r * Math.cos(b)]
            (p, q) = [p * Math.cos(c) - q * Math.sin(c), p * Math.sin(c) + q * Math.cos(c)]
            x[i] = p + 5
            x[i + 1] = q - 3
            x[i + 2] = r + 1
        }
        s.withPositions(x)
    }

    def "planarity of an octahedron, of two planes, and of anything flat"() {
        expect: "six atoms, two of them 2 from the plane: sqrt(2 * 4 / 6)"
        Math.abs(ClusterGeometry.planarity(OCTAHEDRON) - Math.sqrt(8 / 6d)) < 1e-12

        and: "a square above a square, 2.4 apart: half of it"
        def squares = gold([[0, 0, 0], [5, 0, 0], [0, 5, 0], [5, 5, 0], [0, 0, 2.4], [5, 0, 2.4], [0, 5, 2.4], [5, 5, 2.4]]*.collect { it as double })
        Math.abs(ClusterGeometry.planarity(squares) - 1.2) < 1e-12

        and:
        ClusterGeometry.planarity(moved(gold([[0, 0, 0], [2, 0, 0], [0, 3, 0], [4, 4, 0], [7, 1, 0]]*.collect { it as double }))) < 1e-6
        ClusterGeometry.planarity(gold([[0d, 0d, 0d], [1d, 2d, 3d], [-1d, 0d, 4d]])) == 0
        Math.abs(ClusterGeometry.planarity(moved(UNEVEN)) - ClusterGeometry.planarity(UNEVEN)) < 1e-12
    }

    def "a flake with an atom on top is not planar, a rumpled one is"() {
        given:
        def flake = (0..3).collectMany { i -> (0..4).collect { j -> [2.75d * (i + 0.5d * j), 2.75d * 0.866d * j, 0d] } }
        def rumpled = flake.withIndex().collect { p, k -> [p[0], p[1], k % 2 ? 0.3d : -0.3d] }

        expect:
        flake.size() == 20
        ClusterGeometry.isPlanar(gold(rumpled))
        !ClusterGeometry.isPlanar(gold(flake.take(19) + [[4d, 3d, 2.4d]]))
    }

    def "geometries that are shifted, turned and mirrored are no distance apart"() {
        expect:
        ClusterGeometry.rmsd(UNEVEN, moved(UNEVEN, mirrored)) < 1e-12
        ClusterGeometry.same(ClusterGeometry.sortedDistances(UNEVEN), ClusterGeometry.sortedDistances(moved(UNEVEN, mirrored)), 1e-12)

        where:
        mirrored << [false, true]
    }

    def "an octahedron that breathes is as far away as each of its atoms has moved"() {
        given:
        def larger = OCTAHEDRON.withPositions(OCTAHEDRON.positions().collect { it * 1.1 } as double[])

        expect:
        Math.abs(ClusterGeometry.rmsd(OCTAHEDRON, moved(larger)) - 0.2) < 1e-12
        Math.abs(ClusterGeometry.rmsd(moved(larger), OCTAHEDRON) - 0.2) < 1e-12
    }

    def "no rotation beats the one found"() {
        given:
        def other = UNEVEN.withPositions(UNEVEN.positions().toList().withIndex().collect { x, i -> x + 0.3 * Math.sin(7 * i) } as double[])
        def best = ClusterGeometry.rmsd(UNEVEN, other)
        def mean = { Structure s -> (0..2).collect { a -> (0..<s.size()).sum { s.position(it, a) } / s.size() } }
        def m = mean(UNEVEN)
        def o = mean(other)
        def distance = { double angle ->
            Math.sqrt((0..<5).sum { i ->
                double p = UNEVEN.position(i, 0) - m[0]
                double q = UNEVEN.position(i, 1) - m[1]
                double r = UNEVEN.position(i, 2) - m[2]
                double x = p * Math.cos(angle) - q * Math.sin(angle) - other.position(i, 0) + o[0]
                double y = p * Math.sin(angle) + q * Math.cos(angle) - other.position(i, 1) + o[1]
                x * x + y * y + (r - other.position(i, 2) + o[2])**2
            } / 5)
        }

        expect:
        best > 0.05
        (0..360).every { best <= distance(Math.toRadians(it)) + 1e-12 }
    }

    def "numbering does not matter to sorted distances, elements do"() {
        given:
        def forwards = Structure.of([79, 29, 79] as int[], [0, 0, 0, 2, 0, 0, 0, 3, 0] as double[], cupel.structure.Cell.NONE)
        def backwards = Structure.of([29, 79, 79] as int[], [2, 0, 0, 0, 3, 0, 0, 0, 0] as double[], cupel.structure.Cell.NONE)
        def other = Structure.of([79, 79, 29] as int[], [0, 0, 0, 2, 0, 0, 0, 3, 0] as double[], cupel.structure.Cell.NONE)

        expect:
        ClusterGeometry.sortedDistances(forwards) == ClusterGeometry.sortedDistances(backwards)
        ClusterGeometry.sortedDistances(forwards) != ClusterGeometry.sortedDistances(other)
    }

    def "clusters of other atoms cannot be laid upon each other"() {
        when:
        ClusterGeometry.rmsd(OCTAHEDRON, UNEVEN)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains('6 and 5 atoms')
    }
}
