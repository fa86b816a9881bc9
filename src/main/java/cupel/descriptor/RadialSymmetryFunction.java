package cupel.descriptor;

/**
 * Radial symmetry function G2 of Behler, J. Chem. Phys. 134, 074106 (2011), eq. 6.
 *
 * <pre>
 *   G_i = sum over neighbours j of the element: exp(-eta (r_ij - rs)^2) fc(r_ij)
 * </pre>
 *
 * @param neighbour atomic number of the neighbours that count
 * @param eta width in 1/angstrom², not negative
 * @param rs centre in angstrom, not negative
 */
public record RadialSymmetryFunction(int neighbour, double eta, double rs) {

    public RadialSymmetryFunction {
        requireAtomicNumber(neighbour);
        if (!(eta >= 0) || eta == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal eta: " + eta + ", must be finite and not negative");
        }
        if (!(rs >= 0) || rs == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal rs: " + rs + ", must be finite and not negative");
        }
    }

    static void requireAtomicNumber(int z) {
        if (z < 1 || z > 118) {
            throw new IllegalArgumentException("illegal atomic number: " + z + ", must be 1 to 118");
        }
    }

    /** What one neighbour at distance r in angstrom adds. */
    public double value(double r, CutoffFunction cutoff) {
        return Math.exp(-eta * (r - rs) * (r - rs)) * cutoff.value(r);
    }
}
