package cupel.reference.store

import cupel.reference.Gupta
import cupel.structure.Cell
import cupel.structure.Label
import cupel.structure.Structure
import org.apache.commons.rng.UniformRandomProvider
import org.apache.commons.rng.simple.RandomSource
import org.apache.commons.statistics.distribution.NormalDistribution

/** Clusters and crystals of every symmetry that makes trouble, and random moves that leave them what they are. */
class Shapes {

    static UniformRandomProvider seeded(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static double normal(UniformRandomProvider random) {
        NormalDistribution.of(0, 1).createSampler(random).sample()
    }

    static final double PHI = (1 + Math.sqrt(5)) / 2

    static Structure gold(List<List<Double>> places) {
        Structure.cluster(79, places.flatten() as double[])
    }

    static Structure icosahedron(double edge) {
        def s = edge / 2
        def places = [[0d, 0d, 0d]]
        for (a in [-1d, 1d]) {
            for (b in [-PHI, PHI]) {
                places << [0d, a * s, b * s] << [a * s, b * s, 0d] << [b * s, 0d, a * s]
            }
        }
        gold(places)
    }

    static Structure octahedron(double r) {
        gold([[r, 0d, 0d], [-r, 0d, 0d], [0d, r, 0d], [0d, -r, 0d], [0d, 0d, r], [0d, 0d, -r]])
    }

    static Structure ring(int n, double r) {
        gold((0..<n).collect { [r * Math.cos(2 * Math.PI * it / n), r * Math.sin(2 * Math.PI * it / n), 0d] })
    }

    static Structure line(List<Double> at) {
        gold(at.collect { [it, 0d, 0d] })
    }

    /** A piece of a screw: every atom alike but for the ends, and not its own mirror image. */
    static Structure helix(int n) {
        gold((0..<n).collect { [2.4d * Math.cos(0.9d * it), 2.4d * Math.sin(0.9d * it), 1.9d * it] })
    }

    /** Atoms at random, none nearer than 2.3 angstrom to another. */
    static Structure cluster(int n, UniformRandomProvider random, List<Integer> elements = [79]) {
        def places = []
        def edge = 2.9d * Math.cbrt(n) + 1
        while (places.size() < n) {
            def at = (0..2).collect { edge * random.nextDouble() }
            if (places.every { p -> (0..2).sum { (p[it] - at[it])**2 } > 2.3d * 2.3d }) {
                places << at
            }
        }
        Structure.of((0..<n).collect { elements[it % elements.size()] } as int[], places.flatten() as double[], Cell.NONE)
    }

    static Structure crystal(int n, UniformRandomProvider random, List<Integer> elements, double[] vectors) {
        def places = []
        while (places.size() < n) {
            def f = (0..2).collect { random.nextDouble() }
            def at = (0..2).collect { axis -> (0..2).sum { f[it] * vectors[3 * it + axis] } }
            def cell = Cell.periodic(vectors)
            def shape = new Shape(Structure.of([1] * (places.size() + 1) as int[], (places + [at]).flatten() as double[], cell))
            if ((0..<places.size()).every { shape.distance(it, places.size()) > 2.2d }) {
                places << at
            }
        }
        Structure.of((0..<n).collect { elements[it % elements.size()] } as int[], places.flatten() as double[], Cell.periodic(vectors))
    }

    static Structure fcc(double a, int cells) {
        def places = []
        for (i in 0..<cells) {
            for (j in 0..<cells) {
                for (k in 0..<cells) {
                    for (b in [[0d, 0d, 0d], [0.5d, 0.5d, 0d], [0.5d, 0d, 0.5d], [0d, 0.5d, 0.5d]]) {
                        places << [a * (i + b[0]), a * (j + b[1]), a * (k + b[2])]
                    }
                }
            }
        }
        double edge = a * cells
        Structure.of([79] * places.size() as int[], places.flatten() as double[],
            Cell.periodic([edge, 0, 0, 0, edge, 0, 0, 0, edge] as double[]))
    }

    /** An orthogonal matrix at random. */
    static double[] turn(UniformRandomProvider random, boolean reflected) {
        def q = (0..3).collect { normal(random) }
        def norm = Math.sqrt(q.sum { it * it })
        def (w, x, y, z) = q.collect { it / norm }
        def r = [
            1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
            2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
            2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)
        ]
        (reflected ? r.collect { -it } : r) as double[]
    }

    static double[] apply(double[] r, double[] x) {
        def turned = new double[x.length]
        for (int i = 0; i < x.length; i += 3) {
            for (int row = 0; row < 3; row++) {
                turned[i + row] = r[3 * row] * x[i] + r[3 * row + 1] * x[i + 1] + r[3 * row + 2] * x[i + 2]
            }
        }
        turned
    }

    /** The same structure: like atoms in another order, turned, perhaps reflected, shifted, each atom off by up to {@code noise}. */
    static Structure moved(Structure s, UniformRandomProvider random, boolean reflected, double noise = 0) {
        def order = (0..<s.size()).toList()
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1))
        }
        def r = turn(random, reflected)
        def x = apply(r, s.positions())
        def shift = (0..2).collect { 20 * random.nextDouble() - 10 }
        def numbers = order.collect { s.atomicNumber(it) } as int[]
        def positions = order.collectMany { atom ->
            def d = (0..2).collect { normal(random) }
            def length = Math.sqrt(d.sum { it * it })
            (0..2).collect { x[3 * atom + it] + shift[it] + noise * random.nextDouble() * d[it] / length }
        } as double[]
        def cell = s.cell().isPeriodic() ? new Cell(apply(r, s.cell().vectors()), s.cell().periodic()) : Cell.NONE
        Structure.of(numbers, positions, cell)
    }

    static Structure labelled(Structure s) {
        def e = Gupta.of().evaluate(s)
        s.withLabel(new Label(e.energy(), e.forces(), e.stress()))
    }

    static double largest(double[] a, double[] b) {
        assert a.length == b.length
        (0..<a.length).collect { Math.abs(a[it] - b[it]) }.max()
    }

    static Structure shifted(Structure s, int coordinate, double by) {
        def x = s.positions()
        x[coordinate] += by
        s.withPositions(x)
    }
}
