package cupel.descriptor;

/**
 * Angular symmetry function of Behler, J. Chem. Phys. 134, 074106 (2011): eq. 9 (wide, G5) or eq. 8 (narrow, G4).
 *
 * <pre>
 *   wide:   G_i = 2^(1-zeta) sum over pairs j&lt;k: (1 + lambda cos theta_jik)^zeta
 *                 exp(-eta (r_ij^2 + r_ik^2)) fc(r_ij) fc(r_ik)
 *   narrow: the same with exp(-eta (r_ij^2 + r_ik^2 + r_jk^2)) fc(r_ij) fc(r_ik) fc(r_jk)
 * </pre>
 *
 * <p>Every pair of neighbours counts once, one of element {@code neighbour1}, the other of {@code neighbour2}, in either
 * order.
 *
 * @param form wide or narrow
 * @param neighbour1 atomic number of one neighbour, not above {@code neighbour2}
 * @param neighbour2 atomic number of the other
 * @param eta width in 1/angstrom², not negative
 * @param lambda from -1 to 1, mostly one of the two
 * @param zeta exponent, at least 1
 */
public record AngularSymmetryFunction(
        Form form, int neighbour1, int neighbour2, double eta, double lambda, double zeta) {

    /** Whether the distance between the two neighbours enters. */
    public enum Form {
        /** Without the distance between the neighbours: G5. */
        WIDE,
        /** With it: G4. */
        NARROW
    }

    public AngularSymmetryFunction {
        if (form == null) {
            throw new IllegalArgumentException("illegal form: null, must be WIDE or NARROW");
        }
        RadialSymmetryFunction.requireAtomicNumber(neighbour1);
        RadialSymmetryFunction.requireAtomicNumber(neighbour2);
        if (neighbour1 > neighbour2) {
            throw new IllegalArgumentException("illegal pair of neighbours: " + neighbour1 + " and " + neighbour2
                    + ", must be in ascending order of atomic number");
        }
        if (!(eta >= 0) || eta == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal eta: " + eta + ", must be finite and not negative");
        }
        if (!(lambda >= -1 && lambda <= 1)) {
            throw new IllegalArgumentException("illegal lambda: " + lambda + ", must be from -1 to 1");
        }
        if (!(zeta >= 1) || zeta > 1000) {
            throw new IllegalArgumentException("illegal zeta: " + zeta + ", must be from 1 to 1000");
        }
    }

    /** Whether zeta is a whole number. */
    boolean isWhole() {
        return zeta == Math.rint(zeta);
    }
}
