package cupel.descriptor;

/**
 * exp(-x) for x &gt;= 0, several times faster than {@link Math#exp} and the same on every machine.
 *
 * <p>With x = k/16 + d, |d| &lt;= 1/32: exp(-x) = exp(-k/16) exp(-d), the first from a table, the second by its Taylor series up to
 * d^7 (what is left out is below 2.4e-17). The relative error stays below 4e-16. Beyond x = 40, and for NaN, it asks {@link
 * Math#exp}.
 */
final class NegativeExponential {

    private static final int LIMIT = 40;
    private static final double[] TABLE = new double[LIMIT * 16 + 1];

    static {
        for (int k = 0; k < TABLE.length; k++) {
            // StrictMath: the table must not depend on the machine.
            TABLE[k] = StrictMath.exp(-k / 16.0);
        }
    }

    private NegativeExponential() {}

    static double value(double x) {
        if (!(x < LIMIT)) {
            return StrictMath.exp(-x);
        }
        int k = (int) (x * 16 + 0.5);
        double d = k * 0.0625 - x;
        double d2 = d * d;
        double t = TABLE[k];
        // exp(d) - 1 in Estrin's order: short chains, several pairs in flight.
        double low = 1 + d * (1.0 / 2);
        double middle = 1.0 / 6 + d * (1.0 / 24);
        double high = 1.0 / 120 + d * (1.0 / 720) + d2 * (1.0 / 5040);
        return t + t * (d * (low + d2 * (middle + d2 * high)));
    }
}
