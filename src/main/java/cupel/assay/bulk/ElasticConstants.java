package cupel.assay.bulk;

import cupel.structure.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * The three elastic constants of a cubic crystal, in GPa, and their standard errors: what follows from the scatter of energies around
 * the polynomials that were fitted to them, NaN where these go through all points.
 *
 * @param c11 C11
 * @param c12 C12
 * @param c44 C44
 * @param c11Error standard error of C11
 * @param c12Error standard error of C12
 * @param c44Error standard error of C44
 * @param bulkModulusError standard error of (C11 + 2 C12) / 3
 */
public record ElasticConstants(
        double c11,
        double c12,
        double c44,
        double c11Error,
        double c12Error,
        double c44Error,
        double bulkModulusError) {

    /** A modulus and its standard error, GPa. */
    private record Modulus(double value, double error) {}

    /**
     * By least squares through energies under the three strains: the coefficient of δ² of a polynomial in δ.
     *
     * @param points of all three strains, δ of both signs
     * @param degree of the polynomial, 2 or more
     * @throws IllegalArgumentException when a strain has too few points
     */
    public static ElasticConstants fit(List<StrainPoint> points, int degree) {
        Modulus difference = modulus(Strain.TETRAGONAL, points, degree); // C11 - C12
        Modulus sum = modulus(Strain.VOLUMETRIC, points, degree); // C11 + 2 C12
        Modulus shear = modulus(Strain.SHEAR, points, degree);
        return new ElasticConstants(
                (sum.value + 2 * difference.value) / 3,
                (sum.value - difference.value) / 3,
                shear.value,
                Math.hypot(sum.error, 2 * difference.error) / 3,
                Math.hypot(sum.error, difference.error) / 3,
                shear.error,
                sum.error / 3);
    }

    private static Modulus modulus(Strain strain, List<StrainPoint> points, int degree) {
        List<StrainPoint> own = new ArrayList<>();
        double largest = 0;
        for (StrainPoint point : points) {
            if (point.strain() == strain) {
                own.add(point);
                largest = Math.max(largest, Math.abs(point.delta()));
            }
        }
        if (degree < 2) {
            throw new IllegalArgumentException("illegal degree: " + degree + ", must be 2 or more");
        }
        if (own.size() <= degree) {
            throw new IllegalArgumentException(own.size() + " energies under " + strain
                    + " strain are too few for a polynomial of degree " + degree + ", must be " + (degree + 1)
                    + " or more");
        }
        double[] x = new double[own.size()];
        double[] y = new double[own.size()];
        for (int k = 0; k < x.length; k++) {
            x[k] = own.get(k).delta() / largest;
            y[k] = own.get(k).energyPerVolume();
            if (!Double.isFinite(y[k])) {
                throw new IllegalArgumentException("the energy under a " + strain + " strain of "
                        + own.get(k).delta() + " is " + y[k]);
            }
        }
        Polynomial.Fit fit = Polynomial.fitted(x, y, degree);
        double unit = Units.GIGAPASCAL / (largest * largest) / strain.factor();
        return new Modulus(fit.coefficients()[2] * unit, fit.standardErrors()[2] * unit);
    }

    /** (C11 + 2 C12) / 3 in GPa. */
    public double bulkModulus() {
        return (c11 + 2 * c12) / 3;
    }
}
