package cupel.assay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Choice of structures that are far from each other and from what is known: farthest-point sampling (Gonzalez, Theor.
 * Comput. Sci. 38, 293 (1985)).
 *
 * <p>A structure is the vector of mean and standard deviation of each symmetry function over the atoms of each element, each
 * component divided by its standard deviation over all structures at hand; distances are Euclidean. The next choice is always
 * the one whose nearest neighbour among the known and the chosen is farthest away; of equals the first.
 */
final class Diversity {

    private Diversity() {}

    /**
     * Chooses.
     *
     * @param candidates to choose from
     * @param known what need not be chosen again
     * @param count how many, at most all
     * @return indices of candidates in the order of choice
     */
    static List<Integer> choose(List<Fingerprint> candidates, List<Fingerprint> known, int count) {
        List<Fingerprint> all = new ArrayList<>(candidates);
        all.addAll(known);
        double[][] vectors = standardised(all);
        int n = candidates.size();
        double[] nearest = new double[n];
        java.util.Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int k = n; k < vectors.length; k++) {
            approach(nearest, vectors, vectors[k]);
        }
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < Math.min(count, n)) {
            int best = -1;
            for (int i = 0; i < n; i++) {
                if (nearest[i] >= 0 && (best < 0 || nearest[i] > nearest[best])) {
                    best = i;
                }
            }
            chosen.add(best);
            approach(nearest, vectors, vectors[best]);
            nearest[best] = -1; // taken
        }
        return chosen;
    }

    private static void approach(double[] nearest, double[][] vectors, double[] point) {
        for (int i = 0; i < nearest.length; i++) {
            double distance = 0;
            for (int k = 0; k < point.length && distance < nearest[i]; k++) {
                double d = vectors[i][k] - point[k];
                distance += d * d;
            }
            nearest[i] = Math.min(nearest[i], distance);
        }
    }

    private static double[][] standardised(List<Fingerprint> all) {
        Map<Integer, Integer> functions = new TreeMap<>();
        for (Fingerprint fingerprint : all) {
            int[] elements = fingerprint.elements();
            for (int t = 0; t < elements.length; t++) {
                functions.put(elements[t], fingerprint.functions(t));
            }
        }
        int length = 2 * functions.values().stream().mapToInt(Integer::intValue).sum();
        double[][] vectors = new double[all.size()][length];
        for (int s = 0; s < vectors.length; s++) {
            int from = 0;
            for (Map.Entry<Integer, Integer> entry : functions.entrySet()) {
                double[] moments = all.get(s).moments(entry.getKey(), entry.getValue());
                System.arraycopy(moments, 0, vectors[s], from, moments.length);
                from += moments.length;
            }
        }
        for (int k = 0; k < length; k++) {
            double mean = 0;
            for (double[] vector : vectors) {
                mean += vector[k] / vectors.length;
            }
            double square = 0;
            for (double[] vector : vectors) {
                square += (vector[k] - mean) * (vector[k] - mean);
            }
            double deviation = Math.sqrt(square / vectors.length);
            // Rounding alone makes tiny deviations of a function that is the same everywhere.
            double scale = deviation > 1e-12 * Math.abs(mean) ? 1 / deviation : 0;
            for (double[] vector : vectors) {
                vector[k] = (vector[k] - mean) * scale;
            }
        }
        return vectors;
    }
}
