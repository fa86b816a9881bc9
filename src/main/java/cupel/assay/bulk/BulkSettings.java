package cupel.assay.bulk;

/**
 * At which lattice constants and strains energies are computed, and how they are fitted.
 *
 * @param range of the lattice constant to both sides of the middle, relative
 * @param step of the lattice constant, relative
 * @param fitRange of the lattice constant to both sides of the lowest energy that the equation of state is fitted to, relative;
 *     of labels the points that are there, of a model others, close together
 * @param largestStrain largest δ
 * @param strainStep step of δ
 * @param degree of the polynomial in δ whose square term gives the elastic constants
 */
public record BulkSettings(
        double range, double step, double fitRange, double largestStrain, double strainStep, int degree) {

    /**
     * Of a model, as Loeffler et al. (2020): lattice constants up to 5 % off, strains up to 0.02 by 0.005. A model has no noise, so
     * that the equation of state can be fitted where it is exact, close to the minimum.
     */
    public static final BulkSettings STANDARD = new BulkSettings(0.05, 0.01, 0.01, 0.02, 0.005, 4);

    /**
     * Of labels: the same, with a wider fit, and without the fourth power of strains, for energies that scatter: it is 0.6 % of C11 in gold, and what it
     * would make of a tenth of a meV per atom is 5 GPa.
     */
    public static final BulkSettings LABELS = new BulkSettings(0.05, 0.01, 0.03, 0.02, 0.005, 3);

    /** Points to both sides of the middle in the fit of a model. */
    private static final int FIT_POINTS = 6;

    public BulkSettings {
        requireSteps("range", range, "step", step, 2);
        requireSteps("largest strain", largestStrain, "strain step", strainStep, 1);
        if (!(fitRange > 0 && fitRange < 0.3)) {
            throw new IllegalArgumentException("illegal fit range: " + fitRange + ", must be between 0 and 0.3");
        }
        if (degree < 2 || degree > 2 * steps(largestStrain, strainStep)) {
            throw new IllegalArgumentException("illegal degree: " + degree + ", must be from 2 to "
                    + 2 * steps(largestStrain, strainStep) + " with so many strains");
        }
    }

    private static void requireSteps(String rangeName, double range, String stepName, double step, int least) {
        if (!(range > 0 && range < 0.3)) {
            throw new IllegalArgumentException("illegal " + rangeName + ": " + range + ", must be between 0 and 0.3");
        }
        if (!(step > 0) || steps(range, step) < least) {
            throw new IllegalArgumentException("illegal " + stepName + ": " + step + ", must be above 0, and " + least
                    + " or more of them in the " + rangeName + " of " + range);
        }
    }

    private static int steps(double range, double step) {
        return (int) Math.floor(range / step * (1 + 1e-9));
    }

    /** Factors of the middle lattice constant, ascending, 1 among them. */
    double[] scales() {
        double[] scales = multiples(range, step);
        for (int k = 0; k < scales.length; k++) {
            scales[k] += 1;
        }
        return scales;
    }

    /** Factors of the lattice constant of lowest energy that a model is fitted at, ascending. */
    double[] fitScales() {
        double[] scales = new double[2 * FIT_POINTS + 1];
        for (int k = -FIT_POINTS; k <= FIT_POINTS; k++) {
            scales[FIT_POINTS + k] = 1 + k * fitRange / FIT_POINTS;
        }
        return scales;
    }

    /** Values of δ, ascending, 0 among them. */
    double[] deltas() {
        return multiples(largestStrain, strainStep);
    }

    private static double[] multiples(double range, double step) {
        int n = steps(range, step);
        double[] multiples = new double[2 * n + 1];
        for (int k = -n; k <= n; k++) {
            // 3 * 0.005 is 0.015000000000000001, which nobody wants to read
            multiples[n + k] = Math.rint(k * step * 1e12) / 1e12;
        }
        return multiples;
    }
}
