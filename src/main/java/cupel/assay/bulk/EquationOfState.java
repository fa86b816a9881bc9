package cupel.assay.bulk;

import cupel.structure.Units;

/**
 * The energy of a crystal by volume: third-order finite strain, F. Birch, Phys. Rev. 71, 809 (1947).
 *
 * <pre>
 *   E(V) = E0 + 9 V0 B0 / 16 { [(V0/V)^(2/3) − 1]³ B0' + [(V0/V)^(2/3) − 1]² [6 − 4 (V0/V)^(2/3)] }
 * </pre>
 *
 * <p>which is a cubic polynomial in V^(−2/3), so that fitting it is linear.
 *
 * @param volume V0 of an atom in cubic angstrom
 * @param energy E0 of an atom in eV
 * @param bulkModulus B0 in GPa
 * @param pressureDerivative B0', dimensionless
 * @param residual root of the mean square difference to the energies that were fitted, in eV/atom
 * @param points how many they were
 */
public record EquationOfState(
        double volume, double energy, double bulkModulus, double pressureDerivative, double residual, int points) {

    /** With fewer points than this, one more than parameters, there is no fit. */
    public static final int FEWEST_POINTS = 5;

    /**
     * The fit to energies.
     *
     * @param volumes of an atom in cubic angstrom
     * @param energies of an atom in eV
     * @throws IllegalArgumentException when there are too few points, or they have no minimum among them
     */
    public static EquationOfState fit(double[] volumes, double[] energies) {
        int n = volumes.length;
        if (n < FEWEST_POINTS) {
            throw new IllegalArgumentException(
                    n + " energies are too few for an equation of state, must be " + FEWEST_POINTS + " or more");
        }
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        double reference = 0;
        for (double volume : volumes) {
            if (!(volume > 0)) {
                throw new IllegalArgumentException("illegal volume: " + volume + ", must be positive");
            }
            smallest = Math.min(smallest, volume);
            largest = Math.max(largest, volume);
            reference += volume / n;
        }
        double width = Math.pow(smallest / reference, -2.0 / 3) - Math.pow(largest / reference, -2.0 / 3);
        double zero = energies[0]; // total energies of all electrons would lose digits
        double[] x = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < n; k++) {
            x[k] = (Math.pow(volumes[k] / reference, -2.0 / 3) - 1) / width;
            y[k] = energies[k] - zero;
            if (!Double.isFinite(y[k])) {
                throw new IllegalArgumentException("the energy at " + volumes[k] + " angstrom³/atom is " + energies[k]);
            }
        }
        double[] c = Polynomial.fit(x, y, 3);
        double root = Math.sqrt(c[2] * c[2] - 3 * c[1] * c[3]);
        // of the two places without slope the one with upward curvature; in the form that does not cancel
        double place = c[2] > 0 ? -c[1] / (c[2] + root) : (root - c[2]) / (3 * c[3]);
        double strain = 1 + place * width;
        double volume = strain > 0 ? reference * Math.pow(strain, -1.5) : Double.NaN;
        if (!(root > 0) || !(volume >= smallest && volume <= largest)) {
            throw new IllegalArgumentException(
                    "the energies have no minimum between " + smallest + " and " + largest + " angstrom³/atom");
        }
        double second = 2 * root / (width * width);
        double third = 6 * c[3] / (width * width * width);
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double difference = value(c, x[k]) - y[k];
            sum += difference * difference;
        }
        return new EquationOfState(
                volume,
                zero + value(c, place),
                4.0 / 9 * second * strain * strain / volume * Units.GIGAPASCAL,
                4 + 2.0 / 3 * strain * third / second,
                Math.sqrt(sum / n),
                n);
    }

    private static double value(double[] c, double x) {
        return c[0] + x * (c[1] + x * (c[2] + x * c[3]));
    }

    /** The energy of an atom in eV at a volume of an atom in cubic angstrom. */
    public double energyAt(double v) {
        double x = Math.pow(volume / v, 2.0 / 3);
        double y = x - 1;
        return energy
                + 9.0 / 16 * volume * bulkModulus / Units.GIGAPASCAL * y * y * (y * pressureDerivative + 6 - 4 * x);
    }
}
