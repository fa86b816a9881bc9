package cupel.structure;

import java.util.Arrays;

/**
 * The box of a structure: three row vectors a, b, c in angstrom and, for each, whether the structure repeats along it.
 *
 * @param vectors the nine numbers ax ay az bx by bz cx cy cz in angstrom; copied
 * @param periodic for each of the three vectors, whether the structure repeats along it; copied
 */
public record Cell(double[] vectors, boolean[] periodic) {

    /** No box at all: a cluster in free space. */
    public static final Cell NONE = new Cell(new double[9], new boolean[3]);

    public Cell {
        if (vectors.length != 9) {
            throw new IllegalArgumentException("a cell has 9 numbers, not " + vectors.length);
        }
        if (periodic.length != 3) {
            throw new IllegalArgumentException("a cell has 3 periodicity flags, not " + periodic.length);
        }
        vectors = vectors.clone();
        periodic = periodic.clone();
        for (double v : vectors) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("illegal cell vector component: " + v + ", must be finite");
            }
        }
        if (periodic[0] || periodic[1] || periodic[2]) {
            if (!(Math.abs(determinant(vectors)) > 1e-9)) {
                throw new IllegalArgumentException(
                        "a periodic cell needs three independent vectors, not " + Arrays.toString(vectors));
            }
        }
    }

    /** A box of three vectors that repeats along all of them. */
    public static Cell periodic(double... vectors) {
        return new Cell(vectors, new boolean[] {true, true, true});
    }

    /** Whether the structure repeats along any vector. */
    public boolean isPeriodic() {
        return periodic[0] || periodic[1] || periodic[2];
    }

    /** Whether there are no box vectors at all. */
    public boolean isNone() {
        return Arrays.stream(vectors).allMatch(v -> v == 0);
    }

    /** The volume of the box in cubic angstrom; 0 when there is no box. */
    public double volume() {
        return Math.abs(determinant(vectors));
    }

    private static double determinant(double[] v) {
        return v[0] * (v[4] * v[8] - v[5] * v[7])
                - v[1] * (v[3] * v[8] - v[5] * v[6])
                + v[2] * (v[3] * v[7] - v[4] * v[6]);
    }

    @Override
    public double[] vectors() {
        return vectors.clone();
    }

    @Override
    public boolean[] periodic() {
        return periodic.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell cell
                && Arrays.equals(vectors, cell.vectors)
                && Arrays.equals(periodic, cell.periodic);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(vectors) + Arrays.hashCode(periodic);
    }

    @Override
    public String toString() {
        return "Cell" + Arrays.toString(vectors) + Arrays.toString(periodic);
    }
}
