package cupel.assay;

import cupel.descriptor.StructureFeatures;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A structure as the network sees it, without the order of its atoms: for each element and symmetry function the values
 * of all atoms of that element, sorted.
 *
 * <p>The distance of two structures a and b of the same composition is
 *
 * <pre>
 *   d^2 = sum_k n_k [ sum_i (a_ki - b_ki)^2 / (1/2 sum_i (a_ki^2 + b_ki^2)) ] / sum_k n_k
 * </pre>
 *
 * over the columns k (element, function) of n_k atoms whose root mean square is above {@value #NOISE}, with a_ki the i-th
 * smallest value: a root mean square relative difference. (The angular functions of a dimer are zero but for rounding; relative
 * differences of those say nothing. Any function that an atom at bonding distance has is larger.) It does not change when the structure is moved, turned, mirrored or its
 * atoms are listed in another order; it depends on the two structures alone, not on a scaling that changes from generation to
 * generation; and it goes to zero with the displacement of the atoms. Sorting a column pairs the values so that their
 * summed squared difference is the least of all pairings (the one-dimensional Wasserstein distance).
 */
final class Fingerprint {

    /** Functions are dimensionless sums of terms up to about 1; below this they are rounding or next to nothing. */
    static final double NOISE = 1e-6;

    private final int[] elements;
    private final int[] counts;
    /** By element: function after function, each with the sorted values of all atoms. */
    private final double[][] columns;
    /** By element and function: sum of squares. */
    private final double[][] squares;

    private final boolean finite;

    private Fingerprint(int[] elements, int[] counts, double[][] columns, double[][] squares, boolean finite) {
        this.elements = elements;
        this.counts = counts;
        this.columns = columns;
        this.squares = squares;
        this.finite = finite;
    }

    static Fingerprint of(StructureFeatures features) {
        Map<Integer, Integer> composition = new TreeMap<>();
        for (int z : features.atomicNumbers()) {
            composition.merge(z, 1, Integer::sum);
        }
        int types = composition.size();
        int[] elements = new int[types];
        int[] counts = new int[types];
        double[][] columns = new double[types][];
        double[][] squares = new double[types][];
        boolean finite = true;
        int t = 0;
        for (Map.Entry<Integer, Integer> entry : composition.entrySet()) {
            elements[t] = entry.getKey();
            counts[t] = entry.getValue();
            columns[t] = columnsOf(features, elements[t], counts[t]);
            squares[t] = new double[columns[t].length / counts[t]];
            for (int i = 0; i < columns[t].length; i++) {
                squares[t][i / counts[t]] += columns[t][i] * columns[t][i];
                finite &= Double.isFinite(columns[t][i]);
            }
            t++;
        }
        return new Fingerprint(elements, counts, columns, squares, finite);
    }

    private static double[] columnsOf(StructureFeatures features, int element, int count) {
        double[] columns = new double[0];
        int row = 0;
        for (int atom = 0; atom < features.size(); atom++) {
            if (features.atomicNumbers()[atom] != element) {
                continue;
            }
            int functions = features.count(atom);
            if (row == 0) {
                columns = new double[functions * count];
            }
            for (int k = 0; k < functions; k++) {
                columns[k * count + row] = features.values()[features.offsets()[atom] + k];
            }
            row++;
        }
        for (int from = 0; from < columns.length; from += count) {
            Arrays.sort(columns, from, from + count);
        }
        return columns;
    }

    /** Whether all functions are finite; they are not when two atoms coincide. */
    boolean isFinite() {
        return finite;
    }

    /** Whether the other structure has as many atoms of each element. */
    boolean sameComposition(Fingerprint other) {
        return Arrays.equals(elements, other.elements) && Arrays.equals(counts, other.counts);
    }

    /** The composition as text, equal for equal compositions. */
    String composition() {
        return Arrays.toString(elements) + Arrays.toString(counts);
    }

    /** Distance, without unit; infinite when the compositions differ. */
    double distance(Fingerprint other) {
        return distance(other, Double.POSITIVE_INFINITY);
    }

    /** Distance if it is not above the limit; else some number above the limit, sooner. */
    double distance(Fingerprint other, double limit) {
        if (!sameComposition(other)) {
            return Double.POSITIVE_INFINITY;
        }
        double live = 0;
        for (int t = 0; t < elements.length; t++) {
            for (int k = 0; k < squares[t].length; k++) {
                if (0.5 * (squares[t][k] + other.squares[t][k]) > counts[t] * NOISE * NOISE) {
                    live += counts[t];
                }
            }
        }
        if (live == 0) {
            return 0; // atoms without neighbours in both
        }
        double enough = limit * limit * live;
        double sum = 0;
        for (int t = 0; t < elements.length; t++) {
            int n = counts[t];
            for (int k = 0; k < squares[t].length; k++) {
                double scale = 0.5 * (squares[t][k] + other.squares[t][k]);
                if (scale > n * NOISE * NOISE) {
                    double difference = 0;
                    for (int i = k * n; i < (k + 1) * n; i++) {
                        double d = columns[t][i] - other.columns[t][i];
                        difference += d * d;
                    }
                    sum += n * difference / scale;
                    if (sum > enough) {
                        return Double.POSITIVE_INFINITY;
                    }
                }
            }
        }
        return Math.sqrt(sum / live);
    }

    /**
     * Mean and standard deviation of each function over the atoms of an element: what structures of different sizes can be
     * compared by.
     *
     * @param element atomic number
     * @param functions number of functions of that element
     * @return 2 × functions numbers; zeros when the structure has no such atom
     */
    double[] moments(int element, int functions) {
        double[] moments = new double[2 * functions];
        int t = Arrays.binarySearch(elements, element);
        if (t >= 0) {
            int n = counts[t];
            for (int k = 0; k < functions; k++) {
                double sum = 0;
                for (int i = k * n; i < (k + 1) * n; i++) {
                    sum += columns[t][i];
                }
                double mean = sum / n;
                double square = 0;
                for (int i = k * n; i < (k + 1) * n; i++) {
                    square += (columns[t][i] - mean) * (columns[t][i] - mean);
                }
                moments[2 * k] = mean;
                moments[2 * k + 1] = Math.sqrt(square / n);
            }
        }
        return moments;
    }

    /** Atomic numbers, ascending. */
    int[] elements() {
        return elements.clone();
    }

    /** Number of functions of the element at this place of {@link #elements()}. */
    int functions(int type) {
        return squares[type].length;
    }
}
