package cupel.descriptor;

import cupel.structure.Structure;

/**
 * Finds the pairs of atoms within the cutoff of small structures, every pair once, without making objects; its buffers are kept
 * from call to call.
 *
 * <p>Goes through all pairs of atoms, and for each through the few periodic images that can be near: for a fractional distance f
 * along a cell vector with height h those with |f + s| &lt; rc/h. Order: first atom, second atom, image.
 */
final class PairSearch {

    /** Above this many atoms a neighbour list by cells is faster. */
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

    void clear() {
        size = 0;
    }

    void add(int i, int j, double ex, double ey, double ez, double square) {
        if (size == first.length) {
            int longer = 2 * size;
            first = java.util.Arrays.copyOf(first, longer);
            second = java.util.Arrays.copyOf(second, longer);
            dx = java.util.Arrays.copyOf(dx, longer);
            dy = java.util.Arrays.copyOf(dy, longer);
            dz = java.util.Arrays.copyOf(dz, longer);
            r2 = java.util.Arrays.copyOf(r2, longer);
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
