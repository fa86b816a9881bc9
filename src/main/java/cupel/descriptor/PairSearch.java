package cupel.descriptor;

import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Finds the pairs of atoms within the cutoff, every pair once, without making objects; its buffers are kept from call to call.
 *
 * <p>Small structures ({@link #find}): all pairs of atoms, and for each the few periodic images that can be near: for a fractional
 * distance f along a cell vector with height h those with |f + s| &lt; rc/h. Order: first atom, second atom, image.
 *
 * <p>Large ones ({@link #findBlock}) go block by block, by the bins of {@link Bricks}. Order: first atom, bin, second atom. Atoms are then
 * numbered within the block; numbers from the size of the block on are atoms outside that are near, see {@link #outside}.
 */
final class PairSearch {

    int size;
    /** First and second atom of each pair; equal for an atom and its own image. */
    int[] first = new int[64];

    int[] second = new int[64];
    /** Vector from the first to the second in angstrom. */
    double[] dx = new double[64];

    double[] dy = new double[64];
    double[] dz = new double[64];
    double[] r2 = new double[64];

    private double[] x = new double[16];
    private double[] y = new double[16];
    private double[] z = new double[16];
    private double[] fraction = new double[48];
    private final double[] reach = new double[3];

    /** Atoms outside the block that are near atoms in it: their numbers in the order of the bricks. */
    int[] outside = new int[16];

    int outsideCount;
    /** For each atom in the order of the bricks, one more than its place in {@link #outside}, or 0. */
    private int[] placeOutside = new int[0];

    private void add(int i, int j, double ex, double ey, double ez, double square) {
        if (size == first.length) {
            int longer = 2 * size;
            first = Arrays.copyOf(first, longer);
            second = Arrays.copyOf(second, longer);
            dx = Arrays.copyOf(dx, longer);
            dy = Arrays.copyOf(dy, longer);
            dz = Arrays.copyOf(dz, longer);
            r2 = Arrays.copyOf(r2, longer);
        }
        first[size] = i;
        second[size] = j;
        dx[size] = ex;
        dy[size] = ey;
        dz[size] = ez;
        r2[size] = square;
        size++;
    }

    void find(Structure structure, double rc) {
        int n = structure.size();
        size = 0;
        outsideCount = 0;
        if (x.length < n) {
            x = new double[n];
            y = new double[n];
            z = new double[n];
            fraction = new double[3 * n];
        }
        for (int i = 0; i < n; i++) {
            x[i] = structure.position(i, 0);
            y[i] = structure.position(i, 1);
            z[i] = structure.position(i, 2);
        }
        if (structure.cell().isPeriodic()) {
            findPeriodic(n, structure.cell().vectors(), structure.cell().periodic(), rc);
        } else {
            findCluster(n, rc);
        }
    }

    private void findCluster(int n, double rc) {
        double limit = rc * rc;
        for (int i = 0; i < n; i++) {
            double xi = x[i];
            double yi = y[i];
            double zi = z[i];
            for (int j = i + 1; j < n; j++) {
                double ex = x[j] - xi;
                double ey = y[j] - yi;
                double ez = z[j] - zi;
                double square = ex * ex + ey * ey + ez * ez;
                if (square < limit) {
                    add(i, j, ex, ey, ez, square);
                }
            }
        }
    }

    private void findPeriodic(int n, double[] c, boolean[] periodic, double rc) {
        double limit = rc * rc;
        double[] inverse = inverse(c);
        for (int a = 0; a < 3; a++) {
            reach[a] = rc / height(inverse, a);
        }
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < 3; a++) {
                fraction[3 * i + a] = x[i] * inverse[a] + y[i] * inverse[3 + a] + z[i] * inverse[6 + a];
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                double f0 = fraction[3 * j] - fraction[3 * i];
                double f1 = fraction[3 * j + 1] - fraction[3 * i + 1];
                double f2 = fraction[3 * j + 2] - fraction[3 * i + 2];
                // The margin keeps images on the brink, which the distance then decides.
                int low0 = periodic[0] ? (int) Math.ceil(-reach[0] - f0 - 1e-9) : 0;
                int high0 = periodic[0] ? (int) Math.floor(reach[0] - f0 + 1e-9) : 0;
                int low1 = periodic[1] ? (int) Math.ceil(-reach[1] - f1 - 1e-9) : 0;
                int high1 = periodic[1] ? (int) Math.floor(reach[1] - f1 + 1e-9) : 0;
                int low2 = periodic[2] ? (int) Math.ceil(-reach[2] - f2 - 1e-9) : 0;
                int high2 = periodic[2] ? (int) Math.floor(reach[2] - f2 + 1e-9) : 0;
                double baseX = x[j] - x[i];
                double baseY = y[j] - y[i];
                double baseZ = z[j] - z[i];
                for (int s0 = low0; s0 <= high0; s0++) {
                    for (int s1 = low1; s1 <= high1; s1++) {
                        for (int s2 = low2; s2 <= high2; s2++) {
                            if (i == j && (s0 < 0 || s0 == 0 && (s1 < 0 || s1 == 0 && s2 <= 0))) {
                                continue;
                            }
                            double ex = baseX + s0 * c[0] + s1 * c[3] + s2 * c[6];
                            double ey = baseY + s0 * c[1] + s1 * c[4] + s2 * c[7];
                            double ez = baseZ + s0 * c[2] + s1 * c[5] + s2 * c[8];
                            double square = ex * ex + ey * ey + ez * ez;
                            if (square < limit) {
                                add(i, j, ex, ey, ez, square);
                            }
                        }
                    }
                }
            }
        }
    }

    /**
     * Finds the pairs of the atoms begin … end - 1, in the order of the bricks: those among them once, those with an atom outside
     * once, from the atom inside.
     */
    void findBlock(Bricks bricks, int begin, int end) {
        size = 0;
        outsideCount = 0;
        if (placeOutside.length < bricks.atoms()) {
            placeOutside = new int[bricks.atoms()];
        }
        int[] sides = bricks.sides;
        int[] bins = bricks.bins;
        boolean[] wraps = bricks.wraps;
        for (int i = begin; i < end; i++) {
            for (int o0 = -sides[0]; o0 <= sides[0]; o0++) {
                int b0 = bricks.binOf[3 * i] + o0;
                int s0 = Math.floorDiv(b0, bins[0]);
                if (s0 != 0 && !wraps[0]) {
                    continue;
                }
                for (int o1 = -sides[1]; o1 <= sides[1]; o1++) {
                    int b1 = bricks.binOf[3 * i + 1] + o1;
                    int s1 = Math.floorDiv(b1, bins[1]);
                    if (s1 != 0 && !wraps[1]) {
                        continue;
                    }
                    for (int o2 = -sides[2]; o2 <= sides[2]; o2++) {
                        int b2 = bricks.binOf[3 * i + 2] + o2;
                        int s2 = Math.floorDiv(b2, bins[2]);
                        if (s2 == 0 || wraps[2]) {
                            int b = bricks.bin(b0 - s0 * bins[0], b1 - s1 * bins[1], b2 - s2 * bins[2]);
                            searchBin(bricks, i, b, s0, s1, s2, begin, end);
                        }
                    }
                }
            }
        }
        for (int k = 0; k < outsideCount; k++) {
            placeOutside[outside[k]] = 0;
        }
    }

    private void searchBin(Bricks bricks, int i, int b, int s0, int s1, int s2, int begin, int end) {
        double[] c = bricks.vectors;
        double[] bx = bricks.x;
        double[] by = bricks.y;
        double[] bz = bricks.z;
        double limit = bricks.limit;
        double ox = s0 * c[0] + s1 * c[3] + s2 * c[6] - bx[i];
        double oy = s0 * c[1] + s1 * c[4] + s2 * c[7] - by[i];
        double oz = s0 * c[2] + s1 * c[5] + s2 * c[8] - bz[i];
        int to = bricks.binStarts[b + 1];
        for (int j = bricks.binStarts[b]; j < to; j++) {
            if (j < i && j >= begin) {
                continue;
            }
            double ex = bx[j] + ox;
            double ey = by[j] + oy;
            double ez = bz[j] + oz;
            double square = ex * ex + ey * ey + ez * ez;
            if (square < limit) {
                if (i == j && (s0 < 0 || s0 == 0 && (s1 < 0 || s1 == 0 && s2 <= 0))) {
                    continue;
                }
                int second = j >= begin && j < end ? j - begin : end - begin + placeOutside(j);
                add(i - begin, second, ex, ey, ez, square);
            }
        }
    }

    private int placeOutside(int j) {
        if (placeOutside[j] == 0) {
            if (outsideCount == outside.length) {
                outside = Arrays.copyOf(outside, 2 * outsideCount);
            }
            outside[outsideCount++] = j;
            placeOutside[j] = outsideCount;
        }
        return placeOutside[j] - 1;
    }

    /** Distances between opposite faces of a cell in angstrom. */
    static double[] heights(double[] c) {
        double[] inverse = inverse(c);
        return new double[] {height(inverse, 0), height(inverse, 1), height(inverse, 2)};
    }

    /** Column a of the inverse is normal to the other two vectors; its length is one over the height. */
    static double height(double[] inverse, int a) {
        return 1
                / Math.sqrt(
                        inverse[a] * inverse[a] + inverse[3 + a] * inverse[3 + a] + inverse[6 + a] * inverse[6 + a]);
    }

    /** Inverse of a matrix of row vectors: fractions = position times inverse. */
    static double[] inverse(double[] c) {
        double[] inverse = new double[9];
        double det = c[0] * (c[4] * c[8] - c[5] * c[7])
                - c[1] * (c[3] * c[8] - c[5] * c[6])
                + c[2] * (c[3] * c[7] - c[4] * c[6]);
        inverse[0] = (c[4] * c[8] - c[5] * c[7]) / det;
        inverse[1] = (c[2] * c[7] - c[1] * c[8]) / det;
        inverse[2] = (c[1] * c[5] - c[2] * c[4]) / det;
        inverse[3] = (c[5] * c[6] - c[3] * c[8]) / det;
        inverse[4] = (c[0] * c[8] - c[2] * c[6]) / det;
        inverse[5] = (c[2] * c[3] - c[0] * c[5]) / det;
        inverse[6] = (c[3] * c[7] - c[4] * c[6]) / det;
        inverse[7] = (c[1] * c[6] - c[0] * c[7]) / det;
        inverse[8] = (c[0] * c[4] - c[1] * c[3]) / det;
        return inverse;
    }
}
