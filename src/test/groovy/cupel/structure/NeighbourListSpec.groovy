package cupel.structure

import groovy.transform.CompileStatic
import org.apache.commons.rng.UniformRandomProvider
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class NeighbourListSpec extends Specification {

    @CompileStatic
    static Structure random(long seed, int atoms, Cell cell, double spread) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed)
        double[] positions = new double[3 * atoms]
        for (int k = 0; k < positions.length; k++) {
            positions[k] = spread * (random.nextDouble() - 0.4d)
        }
        int[] numbers = new int[atoms]
        Arrays.fill(numbers, 79)
        return Structure.of(numbers, positions, cell)
    }

    /** All pairs over so many images that none can be missed, straight from the definition; key: i j vector. */
    @CompileStatic
    static List<String> bruteForce(Structure s, double rc) {
        double[] v = s.cell().vectors()
        boolean[] p = s.cell().periodic()
        double[] x = s.positions()
        double volume = s.cell().volume()
        int[] reach = new int[3]
        for (int k = 0; k < 3; k++) {
            if (!p[k]) {
                continue
            }
            int a = (k + 1) % 3
            int b = (k + 2) % 3
            double cx = v[3 * a + 1] * v[3 * b + 2] - v[3 * a + 2] * v[3 * b + 1]
            double cy = v[3 * a + 2] * v[3 * b] - v[3 * a] * v[3 * b + 2]
            double cz = v[3 * a] * v[3 * b + 1] - v[3 * a + 1] * v[3 * b]
            double height = volume / Math.sqrt(cx * cx + cy * cy + cz * cz)
            double extent = 0
            for (int i = 0; i < s.size(); i++) {
                for (int j = 0; j < s.size(); j++) {
                    double d = 0
                    for (int m = 0; m < 3; m++) {
                        d += Math.abs(x[3 * j + m] - x[3 * i + m])
                    }
                    extent = Math.max(extent, d)
                }
            }
            reach[k] = (int) Math.ceil((rc + extent) / height) + 1
        }
        List<String> found = []
        for (int i = 0; i < s.size(); i++) {
            for (int j = 0; j < s.size(); j++) {
                for (int a = -reach[0]; a <= reach[0]; a++) {
                    for (int b = -reach[1]; b <= reach[1]; b++) {
                        for (int c = -reach[2]; c <= reach[2]; c++) {
                            if (i == j && a == 0 && b == 0 && c == 0) {
                                continue
                            }
                            double dx = x[3 * j] - x[3 * i] + (a * v[0] + b * v[3] + c * v[6])
                            double dy = x[3 * j + 1] - x[3 * i + 1] + (a * v[1] + b * v[4] + c * v[7])
                            double dz = x[3 * j + 2] - x[3 * i + 2] + (a * v[2] + b * v[5] + c * v[8])
                            if (dx * dx + dy * dy + dz * dz < rc * rc) {
                                found << key(i, j, dx, dy, dz)
                            }
                        }
                    }
                }
            }
        }
        return found
    }

    @CompileStatic
    static String key(int i, int j, double dx, double dy, double dz) {
        return i + " " + j + " " + (dx + 0d) + " " + (dy + 0d) + " " + (dz + 0d)
    }

    @CompileStatic
    static List<String> entries(NeighbourList list) {
        List<String> found = []
        for (int i = 0; i < list.atoms(); i++) {
            for (int p = list.start(i); p < list.end(i); p++) {
                found << key(i, list.neighbour(p), list.dx(p), list.dy(p), list.dz(p))
            }
        }
        return found
    }

    def "finds what all pairs over all images give, in their order and to the last bit: #what"() {
        given:
        def structure = random(seed, atoms, new Cell(vectors as double[], periodic as boolean[]), spread)

        when:
        def list = NeighbourList.of(structure, rc)
        def expected = bruteForce(structure, rc)

        then:
        expected.size() > 0
        entries(list) == expected
        list.size() == expected.size()

        where:
        what                                      | seed | atoms | spread | rc   | periodic              | vectors
        'cluster'                                 | 1    | 30    | 9d     | 4d   | [false, false, false] | [0, 0, 0, 0, 0, 0, 0, 0, 0]
        'cluster large enough for bins'           | 2    | 160   | 14d    | 3d   | [false, false, false] | [0, 0, 0, 0, 0, 0, 0, 0, 0]
        'cluster in a box that does not repeat'   | 3    | 130   | 14d    | 3d   | [false, false, false] | [9, 0, 0, 0, 9, 0, 0, 0, 9]
        'cubic box wider than three cutoffs'      | 4    | 100   | 12d    | 3d   | [true, true, true]    | [12, 0, 0, 0, 12, 0, 0, 0, 12]
        'cubic box of exactly two cutoffs'        | 5    | 40    | 8d     | 4d   | [true, true, true]    | [8, 0, 0, 0, 8, 0, 0, 0, 8]
        'one atom, primitive fcc cell'            | 6    | 1     | 1d     | 6d   | [true, true, true]    | [0, 2.04, 2.04, 2.04, 0, 2.04, 2.04, 2.04, 0]
        'three atoms, cell far below the cutoff'  | 7    | 3     | 3d     | 6d   | [true, true, true]    | [2.5, 0.1, 0, -0.3, 3.1, 0.2, 0.4, 0, 2.2]
        'strongly skewed'                         | 8    | 20    | 9d     | 4d   | [true, true, true]    | [6, 0, 0, 5, 6, 0, 4, -5, 6]
        'strongly skewed, left-handed'            | 9    | 20    | 9d     | 4d   | [true, true, true]    | [5, 6, 0, 6, 0, 0, 4, -5, 6]
        'skewed, large enough for several bins'   | 10   | 110   | 14d    | 2.5d | [true, true, true]    | [12, 0, 0, 7, 13, 0, -5, 4, 14]
        'slab'                                    | 11   | 40    | 10d    | 4d   | [true, true, false]   | [6, 0, 0, 2, 5, 0, 0, 0, 20]
        'slab whose third vector leans'           | 12   | 40    | 10d    | 4d   | [true, true, false]   | [6, 0, 0, 2, 5, 0, 8, 7, 4]
        'slab that repeats along b and c'         | 13   | 40    | 10d    | 4d   | [false, true, true]   | [6, 0, 0, 2, 5, 0, 1, 1, 4]
        'wire'                                    | 14   | 25    | 8d     | 5d   | [false, false, true]  | [6, 1, 0, 2, 5, 0, 1, 1, 3]
        'atoms far outside of the cell'           | 15   | 12    | 40d    | 4d   | [true, true, true]    | [6, 0, 0, 1, 7, 0, 0, 2, 5]
        'two atoms'                               | 16   | 2     | 2d     | 6d   | [false, false, false] | [0, 0, 0, 0, 0, 0, 0, 0, 0]
    }

    def "fcc gold has its #count neighbours within #rc angstrom, in the primitive and in the cubic cell"() {
        given: 'coordination shells of fcc at a sqrt(k/2): 12, 6, 24, 12, 24, 8'
        def a = 4.17d
        def primitive = Structure.of([79] as int[], [0.1, 0.2, 0.3] as double[],
                Cell.periodic(0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0))
        def cubic = Structure.of([79] * 4 as int[], [0, 0, 0, 0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0] as double[],
                Cell.periodic(a, 0, 0, 0, a, 0, 0, 0, a))

        expect:
        NeighbourList.of(primitive, rc).size() == count
        NeighbourList.of(cubic, rc).size() == 4 * count

        where:
        rc   | count
        2.9d | 0
        3.2d | 12
        4.3d | 18
        5.5d | 42
        6.0d | 54
        6.7d | 78
        7.4d | 86
    }

    def "an atom in a small cell has its own images for neighbours"() {
        given:
        def list = NeighbourList.of(Structure.of([79] as int[], [0, 0, 0] as double[],
                new Cell([3, 0, 0, 0, 50, 0, 0, 0, 50] as double[], [true, false, false] as boolean[])), 6.5d)

        expect: 'four along the axis, in ascending order of the image'
        (list.start(0)..<list.end(0)).collect { list.dx(it) } == [-6d, -3d, 3d, 6d]
        (list.start(0)..<list.end(0)).every { list.neighbour(it) == 0 }
    }

    def "a pair at the cutoff radius is no pair, one just within it is"() {
        expect:
        NeighbourList.of(Structure.cluster(79, 0d, 0d, 0d, 3d, 0d, 0d), 3d).size() == 0
        NeighbourList.of(Structure.cluster(79, 0d, 0d, 0d, Math.nextDown(3d), 0d, 0d), 3d).size() == 2
    }

    def "atoms in the same place are neighbours"() {
        expect:
        NeighbourList.of(Structure.cluster(79, 1d, 2d, 3d, 1d, 2d, 3d), 3d).size() == 2
    }

    def "the two entries of a pair have opposite vectors, bit by bit"() {
        given:
        def list = NeighbourList.of(random(21, 150, Cell.periodic(11.3, 0.7, 0, 2.1, 12.9, 0.3, -1.1, 0.2, 10.7), 40d), 3.7d)
        def seen = new HashMap<String, Integer>()

        when:
        for (int i = 0; i < list.atoms(); i++) {
            for (int p = list.start(i); p < list.end(i); p++) {
                seen[key(i, list.neighbour(p), list.dx(p), list.dy(p), list.dz(p))] = p
            }
        }

        then:
        seen.size() == list.size()
        (0..<list.atoms()).every { i ->
            (list.start(i)..<list.end(i)).every { p ->
                seen.containsKey(key(list.neighbour(p), i, -list.dx(p), -list.dy(p), -list.dz(p)))
            }
        }
    }

    def "updating one list over and over gives what new lists give"() {
        given:
        def reused = new NeighbourList(4d)
        def structures = [
            random(31, 150, Cell.NONE, 14d),
            random(32, 3, Cell.periodic(3, 0, 0, 0, 3, 0, 0, 0, 3), 3d),
            random(33, 40, Cell.NONE, 8d),
            random(34, 200, Cell.periodic(14, 0, 0, 3, 14, 0, 0, 1, 14), 14d),
            random(35, 1, Cell.NONE, 1d)
        ]

        expect:
        structures.each { structure ->
            reused.update(structure)
            assert entries(reused) == entries(NeighbourList.of(structure, 4d))
        }
    }

    def "a chain a kilometre long takes no more memory than its atoms"() {
        given:
        double[] positions = new double[3 * 300]
        for (int i = 0; i < 300; i++) {
            positions[3 * i] = i * 3.4e10d
            positions[3 * i + 1] = (i % 7) * 1e9d
        }

        expect:
        NeighbourList.of(Structure.cluster(79, positions), 6d).size() == 0
    }

    def "the work grows with the number of atoms, not with its square"() {
        given: 'a crystal of 4000 and one of 32000 atoms'
        def small = crystal(10)
        def large = crystal(20)
        3.times { NeighbourList.of(small, 6d) }

        when:
        def shortTime = (1..5).collect { seconds { NeighbourList.of(small, 6d) } }.min()
        def longTime = (1..3).collect { seconds { NeighbourList.of(large, 6d) } }.min()

        then: 'eight times the atoms; the square would be 64 times the time'
        NeighbourList.of(large, 6d).size() == 32000 * 54
        longTime / shortTime < 30
    }

    private static double seconds(Closure work) {
        long start = System.nanoTime()
        work()
        return (System.nanoTime() - start) * 1e-9d
    }

    @CompileStatic
    private static Structure crystal(int n) {
        double a = 4.17d
        double[] positions = new double[12 * n * n * n]
        double[][] basis = [[0d, 0d, 0d], [0d, 0.5d, 0.5d], [0.5d, 0d, 0.5d], [0.5d, 0.5d, 0d]] as double[][]
        int k = 0
        for (int x = 0; x < n; x++) {
            for (int y = 0; y < n; y++) {
                for (int z = 0; z < n; z++) {
                    for (double[] b : basis) {
                        positions[k++] = a * (x + b[0])
                        positions[k++] = a * (y + b[1])
                        positions[k++] = a * (z + b[2])
                    }
                }
            }
        }
        int[] numbers = new int[4 * n * n * n]
        Arrays.fill(numbers, 79)
        return Structure.of(numbers, positions, Cell.periodic(n * a, 0, 0, 0, n * a, 0, 0, 0, n * a))
    }

    def "refuses the cutoff radius #rc"() {
        when:
        new NeighbourList(rc)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains("$rc")

        where:
        rc << [0d, -1d, Double.NaN, Double.POSITIVE_INFINITY]
    }

    def "refuses a cell so thin that its images cannot be counted out"() {
        when:
        NeighbourList.of(Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(0.001, 0, 0, 0, 0.01, 0, 0, 0, 0.01)), 6d)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains('0.001')
    }
}
