package cupel.descriptor;

/**
 * Four-body symmetry function: an atom and three of its neighbours, by the three angles that they are seen under.
 *
 * <pre>
 *   G_i = sum over j, k, l: (cos theta_jik)^p (cos theta_kil)^q (cos theta_lij)^r
 *         exp(-eta (r_ij^2 + r_ik^2 + r_il^2)) fc(r_ij) fc(r_ik) fc(r_il)
 * </pre>
 *
 * <p>The sums go over all neighbours of one element independently, j = k and so on included. These are contractions of three moment
 * tensors, as in the moment tensor potentials of Shapeev, Multiscale Model. Simul. 14, 1153 (2016), with the exponential and the
 * cutoff of Behler's wide angular functions: of the same eta, they are made of the same moments.
 *
 * @param neighbour atomic number of the neighbours that count
 * @param eta width in 1/angstrom², not negative
 * @param p exponent; p, q, r must be 1 1 0, 1 1 1, 1 2 0, 1 2 1 or 2 2 0
 * @param q exponent
 * @param r exponent
 */
public record FourBodySymmetryFunction(int neighbour, double eta, int p, int q, int r) {

    public FourBodySymmetryFunction {
        RadialSymmetryFunction.requireAtomicNumber(neighbour);
        if (!(eta >= 0) || eta == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal eta: " + eta + ", must be finite and not negative");
        }
        if (FourBodySums.indexOf(p, q, r) < 0) {
            throw new IllegalArgumentException("illegal exponents: " + p + ", " + q + ", " + r
                    + ", must be 1, 1, 0 or 1, 1, 1 or 1, 2, 0 or 1, 2, 1 or 2, 2, 0");
        }
    }
}
