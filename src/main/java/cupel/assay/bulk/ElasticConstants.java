package cupel.assay.bulk;

import cupel.structure.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * The three elastic constants of a cubic crystal, in GPa.
 *
 * @param c11 C11
 * @param c12 C12
 * @param c44 C44
 */
public record ElasticConstants(double c11, double c12, double c44) {

    /**
     * By least squares through energies under the three strains: the coefficient of δ² of a polynomial in δ.
     *
     * @param points of all three strains, δ of both signs
     * @param degree of the polynomial, 2 or more
     * @throws IllegalArgumentException when a strain has too few points
     */
    public static ElasticConstants fit(List<StrainPoint> points, int degree) {
        double difference = modulus(Strain.TETRAGONAL, points, degree);
        double sum = modulus(Strain.VOLUMETRIC, points, degree);
        return new ElasticConstants(
                (sum + 2 * difference) / 3, (sum - difference) / 3, modulus(Strain.SHEAR, points, degree));
    }

    private static double modulus(Strain strain, List<StrainPoint> points, int degree) {
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
        return Polynomial.fit(x, y, degree)[2] / (largest * largest) / strain.factor() * Units.GIGAPASCAL;
    }

    /** (C11 + 2 C12) / 3 in GPa. */
    public double bulkModulus() {
        return (c11 + 2 * c12) / 3;
    }
}
