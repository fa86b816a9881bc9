package cupel.reference.store;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;

/**
 * A structure made ready for comparison. Clusters are moved so that their centroid is at zero. What does not change when atoms
 * are exchanged and the whole is moved, turned or reflected is worked out once: the mean distance between atoms here, the
 * sorted distances when asked for.
 */
final class Shape {

    final int size;
    final int[] elements;
    final int[] sortedElements;

    /** Cartesian, flat; of a cluster, relative to its centroid. */
    final double[] positions;

    final boolean periodic;
    final double[] lattice;
    final boolean[] repeats;

    /** Of a periodic structure: positions in units of the lattice vectors, flat. */
    final double[] fractions;

    /** Mean of all distances in angstrom; of a periodic structure, between nearest images. */
    final double meanDistance;

    Shape(Structure structure) {
        size = structure.size();
        elements = structure.atomicNumbers();
        sortedElements = elements.clone();
        Arrays.sort(sortedElements);
        positions = structure.positions();
        Cell cell = structure.cell();
        periodic = cell.isPeriodic();
        lattice = cell.vectors();
        repeats = cell.periodic();
        if (periodic) {
            double[] inverse = inverse(lattice);
            fractions = new double[3 * size];
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < 3; k++) {
                    fractions[3 * i + k] = positions[3 * i] * inverse[k]
                            + positions[3 * i + 1] * inverse[3 + k]
                            + positions[3 * i + 2] * inverse[6 + k];
                }
            }
        } else {
            fractions = null;
            centre();
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                sum += distance(i, j);
            }
        }
        meanDistance = size < 2 ? 0 : sum / (size * (size - 1) / 2.0);
    }

    private void centre() {
        for (int axis = 0; axis < 3; axis++) {
            double mean = 0;
            for (int i = 0; i < size; i++) {
                mean += positions[3 * i + axis] / size;
            }
            for (int i = 0; i < size; i++) {
                positions[3 * i + axis] -= mean;
            }
        }
    }

    /** The distance of two atoms in angstrom; in a periodic structure, of the nearest images. */
    double distance(int i, int j) {
        if (!periodic) {
            double x = positions[3 * i] - positions[3 * j];
            double y = positions[3 * i + 1] - positions[3 * j + 1];
            double z = positions[3 * i + 2] - positions[3 * j + 2];
            return Math.sqrt(x * x + y * y + z * z);
        }
        double a = wrapped(fractions[3 * i] - fractions[3 * j], repeats[0]);
        double b = wrapped(fractions[3 * i + 1] - fractions[3 * j + 1], repeats[1]);
        double c = wrapped(fractions[3 * i + 2] - fractions[3 * j + 2], repeats[2]);
        double nearest = Double.POSITIVE_INFINITY;
        // in a skew cell the nearest image may be a neighbour of the one with the smallest fractions
        for (int p = repeats[0] ? -1 : 0; p <= (repeats[0] ? 1 : 0); p++) {
            for (int q = repeats[1] ? -1 : 0; q <= (repeats[1] ? 1 : 0); q++) {
                for (int r = repeats[2] ? -1 : 0; r <= (repeats[2] ? 1 : 0); r++) {
                    nearest = Math.min(nearest, squaredLength(a + p, b + q, c + r));
                }
            }
        }
        return Math.sqrt(nearest);
    }

    /** The square of the length of a vector given in units of the lattice vectors. */
    double squaredLength(double a, double b, double c) {
        double x = a * lattice[0] + b * lattice[3] + c * lattice[6];
        double y = a * lattice[1] + b * lattice[4] + c * lattice[7];
        double z = a * lattice[2] + b * lattice[5] + c * lattice[8];
        return x * x + y * y + z * z;
    }

    static double wrapped(double fraction, boolean repeats) {
        return repeats ? fraction - Math.rint(fraction) : fraction;
    }

    /** All distances, sorted, in one run for each pair of elements; the runs in order of the atomic numbers. */
    double[] sortedDistances() {
        Integer[] order = new Integer[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (i, j) -> Integer.compare(elements[i], elements[j]));
        double[] distances = new double[size * (size - 1) / 2];
        int filled = 0;
        for (int first = 0; first < size; first = endOfElement(first)) {
            for (int second = first; second < size; second = endOfElement(second)) {
                int start = filled;
                for (int i = first; i < endOfElement(first); i++) {
                    for (int j = Math.max(second, i + 1); j < endOfElement(second); j++) {
                        distances[filled++] = distance(order[i], order[j]);
                    }
                }
                Arrays.sort(distances, start, filled);
            }
        }
        return distances;
    }

    /** Where, among the sorted elements, the run of equal ones that begins here ends. */
    private int endOfElement(int start) {
        int end = start;
        while (end < size && sortedElements[end] == sortedElements[start]) {
            end++;
        }
        return end;
    }

    /** A vector in units of the lattice vectors. */
    static double[] fractions(double[] vector, double[] lattice) {
        double[] inverse = inverse(lattice);
        double[] fractions = new double[3];
        for (int k = 0; k < 3; k++) {
            fractions[k] = vector[0] * inverse[k] + vector[1] * inverse[3 + k] + vector[2] * inverse[6 + k];
        }
        return fractions;
    }

    private static double[] inverse(double[] m) {
        double determinant = m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
        double[] inverse = {
            m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
            m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
            m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3]
        };
        for (int k = 0; k < 9; k++) {
            inverse[k] /= determinant;
        }
        return inverse;
    }
}
