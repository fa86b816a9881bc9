package cupel.descriptor;

import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Finds the pairs of atoms within the cutoff, every pair once, without making objects; its buffers are kept from call to call.
 *
 * <p>Small structures ({@link #find}): all pairs of atoms, and for each the few periodic images that can be near: for a fractional
 * distance f along a cell vector with height h those with |f + s| &lt; rc/h. Order: first atom, second atom, image.
 *
 * <p>Large ones ({@link #prepare}, then {@link #findBlock}): atoms are sorted into bins at least rc wide, and only bins side by side are
 * searched (Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., 5.3.2), in a time proportional to the number of atoms.
 * A bin and the image that it is seen in follow from the bin's number without bounds, so that cells narrower than rc need no
 * special care. Order: first atom, bin, second atom.
 */
final class PairSearch {

    /** Above this many atoms bins are faster. */
    static final int LARGEST = 250;

    int size;
    /** First and second atom of each pair, first &lt;= second; equal for an atom and its own image. */
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

    // Bins: how many along each axis, how many to go to each side, and the atoms of each.
    private double limit2;
    private double[] vectors;
    private final boolean[] wraps = new boolean[3];
    private final int[] bins = new int[3];
    private final int[] sides = new int[3];
    private int[] binOf = new int[0];
    private int[] binStarts = new int[1];
    private int[] binAtoms = new int[0];

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

    /** Sorts the atoms of a structure into bins. */
    void prepare(Structure structure, double rc) {
        int n = structure.size();
        limit2 = rc * rc;
        boolean[] periodic = structure.cell().periodic();
        vectors = structure.cell().isPeriodic() ? structure.cell().vectors() : new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        double[] inverse = inverse(vectors);
        if (x.length < n) {
            x = new double[n];
            y = new double[n];
            z = new double[n];
            fraction = new double[3 * n];
        }
        if (binOf.length < 3 * n) {
            binOf = new int[3 * n];
            binAtoms = new int[n];
        }
        for (int i = 0; i < n; i++) {
            x[i] = structure.position(i, 0);
            y[i] = structure.position(i, 1);
            z[i] = structure.position(i, 2);
            for (int a = 0; a < 3; a++) {
                double f = x[i] * inverse[a] + y[i] * inverse[3 + a] + z[i] * inverse[6 + a];
                double shift = periodic[a] ? Math.floor(f) : 0;
                fraction[3 * i + a] = f - shift;
                if (shift != 0) {
                    x[i] -= shift * vectors[3 * a];
                    y[i] -= shift * vectors[3 * a + 1];
                    z[i] -= shift * vectors[3 * a + 2];
                }
            }
        }
        // The margin keeps pairs at the edge of a bin from being lost to rounding.
        double width = rc * (1 + 1e-9);
        int most = (int) Math.cbrt(4.0 * n) + 1;
        for (int a = 0; a < 3; a++) {
            wraps[a] = periodic[a];
            double low = 0;
            double range = 1;
            if (!periodic[a]) {
                low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    low = Math.min(low, fraction[3 * i + a]);
                    high = Math.max(high, fraction[3 * i + a]);
                }
                range = Math.max(high - low, 1e-300);
            }
            double height = height(inverse, a) * range;
            bins[a] = (int) Math.max(1, Math.min(most, Math.floor(height / width)));
            sides[a] = periodic[a] ? (int) Math.ceil(width * bins[a] / height) : 1;
            for (int i = 0; i < n; i++) {
                binOf[3 * i + a] = Math.min(bins[a] - 1, (int) ((fraction[3 * i + a] - low) / range * bins[a]));
            }
        }
        int count = bins[0] * bins[1] * bins[2];
        if (binStarts.length < count + 1) {
            binStarts = new int[count + 1];
        }
        Arrays.fill(binStarts, 0, count + 1, 0);
        for (int i = 0; i < n; i++) {
            binStarts[bin(binOf[3 * i], binOf[3 * i + 1], binOf[3 * i + 2])]++;
        }
        int total = 0;
        for (int b = 0; b < count; b++) {
            total += binStarts[b];
            binStarts[b] = total;
        }
        binStarts[count] = total;
        for (int i = n - 1; i >= 0; i--) {
            binAtoms[--binStarts[bin(binOf[3 * i], binOf[3 * i + 1], binOf[3 * i + 2])]] = i;
        }
    }

    private int bin(int b0, int b1, int b2) {
        return (b0 * bins[1] + b1) * bins[2] + b2;
    }

    /**
     * Finds the pairs of the atoms begin … end - 1 of the structure prepared: those among them once, those with an atom outside
     * once, from the atom inside.
     */
    void findBlock(int begin, int end) {
        size = 0;
        for (int i = begin; i < end; i++) {
            for (int o0 = -sides[0]; o0 <= sides[0]; o0++) {
                int b0 = binOf[3 * i] + o0;
                int s0 = Math.floorDiv(b0, bins[0]);
                if (s0 != 0 && !wraps[0]) {
                    continue;
                }
                for (int o1 = -sides[1]; o1 <= sides[1]; o1++) {
                    int b1 = binOf[3 * i + 1] + o1;
                    int s1 = Math.floorDiv(b1, bins[1]);
                    if (s1 != 0 && !wraps[1]) {
                        continue;
                    }
                    for (int o2 = -sides[2]; o2 <= sides[2]; o2++) {
                        int b2 = binOf[3 * i + 2] + o2;
                        int s2 = Math.floorDiv(b2, bins[2]);
                        if (s2 == 0 || wraps[2]) {
                            int b = bin(b0 - s0 * bins[0], b1 - s1 * bins[1], b2 - s2 * bins[2]);
                            searchBin(i, b, s0, s1, s2, begin);
                        }
                    }
                }
            }
        }
    }

    private void searchBin(int i, int b, int s0, int s1, int s2, int begin) {
        double[] c = vectors;
        double ox = s0 * c[0] + s1 * c[3] + s2 * c[6] - x[i];
        double oy = s0 * c[1] + s1 * c[4] + s2 * c[7] - y[i];
        double oz = s0 * c[2] + s1 * c[5] + s2 * c[8] - z[i];
        for (int p = binStarts[b]; p < binStarts[b + 1]; p++) {
            int j = binAtoms[p];
            if (j < i && j >= begin) {
                continue;
            }
            double ex = x[j] + ox;
            double ey = y[j] + oy;
            double ez = z[j] + oz;
            double square = ex * ex + ey * ey + ez * ez;
            if (square < limit2) {
                if (i == j && (s0 < 0 || s0 == 0 && (s1 < 0 || s1 == 0 && s2 <= 0))) {
                    continue;
                }
                add(i, j, ex, ey, ez, square);
            }
        }
    }

    /** Distances between opposite faces of a cell in angstrom. */
    static double[] heights(double[] c) {
        double[] inverse = inverse(c);
        return new double[] {height(inverse, 0), height(inverse, 1), height(inverse, 2)};
    }

    /** Column a of the inverse is normal to the other two vectors; its length is one over the height. */
    private static double height(double[] inverse, int a) {
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
