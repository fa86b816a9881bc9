package cupel.descriptor;

/**
 * Cosine cutoff of Behler and Parrinello, Phys. Rev. Lett. 98, 146401 (2007), eq. 4.
 *
 * <pre>
 *   fc(r) = (cos(pi r / rc) + 1) / 2   for r &lt; rc
 *   fc(r) = 0                          otherwise
 * </pre>
 *
 * @param rc cutoff radius in angstrom, positive
 */
public record CutoffFunction(double rc) {

    public CutoffFunction {
        if (!(rc > 0) || rc == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal cutoff radius: " + rc + ", must be positive and finite");
        }
    }

    /** The cutoff at distance r in angstrom. */
    public double value(double r) {
        return r < rc ? 0.5 * (Math.cos(Math.PI * r / rc) + 1) : 0;
    }

    /** Derivative of {@link #value} by r, in 1/angstrom. */
    public double derivative(double r) {
        return r < rc ? -0.5 * Math.PI / rc * Math.sin(Math.PI * r / rc) : 0;
    }
}
