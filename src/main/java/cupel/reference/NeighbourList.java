package cupel.reference;

import cupel.structure.Structure;
import java.util.Arrays;

/** All neighbours within a cutoff, periodic images included, by comparing every atom with every image. */
final class NeighbourList {

    private final int[] starts;
    private int[] neighbours = new int[64];
    private double[] vectors = new double[256];
    private int count;

    private NeighbourList(int atoms) {
        starts = new int[atoms + 1];
    }

    static NeighbourList of(Structure structure, double rc) {
        int n = structure.size();
        double[] x = structure.positions();
        double[] v = structure.cell().vectors();
        boolean[] periodic = structure.cell().periodic();
        double volume = structure.cell().volume();
        int[] reach = new int[3];
        for (int k = 0; k < 3; k++) {
            if (periodic[k]) {
                double height = volume / crossNorm(v, (k + 1) % 3, (k + 2) % 3);
                double spread = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < i; j++) {
                        spread = Math.max(
                                spread,
                                Math.hypot(
                                        Math.hypot(x[3 * i] - x[3 * j], x[3 * i + 1] - x[3 * j + 1]),
                                        x[3 * i + 2] - x[3 * j + 2]));
                    }
                }
                reach[k] = (int) Math.ceil((rc + spread) / height);
            }
        }
        NeighbourList list = new NeighbourList(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int a = -reach[0]; a <= reach[0]; a++) {
                    for (int b = -reach[1]; b <= reach[1]; b++) {
                        for (int c = -reach[2]; c <= reach[2]; c++) {
                            if (i == j && a == 0 && b == 0 && c == 0) {
                                continue;
                            }
                            double dx = x[3 * j] - x[3 * i] + a * v[0] + b * v[3] + c * v[6];
                            double dy = x[3 * j + 1] - x[3 * i + 1] + a * v[1] + b * v[4] + c * v[7];
                            double dz = x[3 * j + 2] - x[3 * i + 2] + a * v[2] + b * v[5] + c * v[8];
                            double r2 = dx * dx + dy * dy + dz * dz;
                            if (r2 < rc * rc) {
                                list.add(j, dx, dy, dz, r2);
                            }
                        }
                    }
                }
            }
            list.starts[i + 1] = list.count;
        }
        return list;
    }

    private void add(int neighbour, double dx, double dy, double dz, double r2) {
        if (count == neighbours.length) {
            neighbours = Arrays.copyOf(neighbours, 2 * count);
            vectors = Arrays.copyOf(vectors, 8 * count);
        }
        neighbours[count] = neighbour;
        vectors[4 * count] = dx;
        vectors[4 * count + 1] = dy;
        vectors[4 * count + 2] = dz;
        vectors[4 * count + 3] = r2;
        count++;
    }

    private static double crossNorm(double[] v, int a, int b) {
        double x = v[3 * a + 1] * v[3 * b + 2] - v[3 * a + 2] * v[3 * b + 1];
        double y = v[3 * a + 2] * v[3 * b] - v[3 * a] * v[3 * b + 2];
        double z = v[3 * a] * v[3 * b + 1] - v[3 * a + 1] * v[3 * b];
        return Math.sqrt(x * x + y * y + z * z);
    }

    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return starts[i + 1];
    }

    int neighbour(int p) {
        return neighbours[p];
    }

    double dx(int p) {
        return vectors[4 * p];
    }

    double dy(int p) {
        return vectors[4 * p + 1];
    }

    double dz(int p) {
        return vectors[4 * p + 2];
    }

    double r2(int p) {
        return vectors[4 * p + 3];
    }
}
