package cupel.training;

/**
 * The inner loops of training, over contiguous arrays so that the compiler makes vector instructions of them. No loop adds up
 * its own iterations, so that vectors of any width give the same bits.
 *
 * <p>HotSpot's C2 does so for loops that write one array, that have the same index everywhere, and that are no longer than
 * four products: 28 GFlop/s in the first cache of a core where a loop of eight products, one that writes two arrays or one
 * with an offset in an index stays scalar, at 9.
 */
final class Lanes {

    private Lanes() {}

    /** z += a x + b y + c u + d v. */
    static void add4(
            double[] z, double a, double[] x, double b, double[] y, double c, double[] u, double d, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += a * x[i] + b * y[i] + c * u[i] + d * v[i];
        }
    }

    /** z += a x + b y + c u + d v, elements first … n − 1. */
    static void add4From(
            int first,
            double[] z,
            double a,
            double[] x,
            double b,
            double[] y,
            double c,
            double[] u,
            double d,
            double[] v,
            int n) {
        for (int i = first; i < n; i++) {
            z[i] += a * x[i] + b * y[i] + c * u[i] + d * v[i];
        }
    }

    /** z += a x, elements first … n − 1. */
    static void addFrom(int first, double[] z, double a, double[] x, int n) {
        for (int i = first; i < n; i++) {
            z[i] += a * x[i];
        }
    }

    /** z += a x. */
    static void add(double[] z, double a, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += a * x[i];
        }
    }

    /** z += x. */
    static void add(double[] z, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += x[i];
        }
    }

    /** z += a x + b y. */
    static void add2(double[] z, double a, double[] x, double b, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += a * x[i] + b * y[i];
        }
    }

    /** z −= 2 h s t. */
    static void addCurvature(double[] z, double[] h, double[] s, double[] t, int n) {
        for (int i = 0; i < n; i++) {
            z[i] -= 2 * h[i] * s[i] * t[i];
        }
    }

    /** z *= 1 − h². */
    static void timesSlope(double[] z, double[] h, int n) {
        for (int i = 0; i < n; i++) {
            z[i] *= 1 - h[i] * h[i];
        }
    }

    /** z *= a. */
    static void scale(double[] z, double a, int n) {
        for (int i = 0; i < n; i++) {
            z[i] *= a;
        }
    }

    /**
     * z = tanh z, to 1e-14. From exp(−2z) = exp(−z/32)^64, whose Taylor series to order 13 is exact to rounding where |z| ≤ 20,
     * and beyond that tanh is ±1. Additions, products and one quotient, in loops that are short enough to become vector
     * instructions: many times as fast as Math.tanh.
     *
     * @param y working memory, as long as z
     * @param t working memory, as long as z
     */
    static void tanh(double[] z, double[] y, double[] t, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(-20, Math.min(20, z[i])) * -0.03125;
        }
        for (int i = 0; i < n; i++) {
            double a = 1.0 / 479001600 + y[i] * (1.0 / 6227020800.0);
            t[i] = 1.0 / 40320 + y[i] * (1.0 / 362880 + y[i] * (1.0 / 3628800 + y[i] * (1.0 / 39916800 + y[i] * a)));
        }
        for (int i = 0; i < n; i++) {
            t[i] = 1.0 / 24 + y[i] * (1.0 / 120 + y[i] * (1.0 / 720 + y[i] * (1.0 / 5040 + y[i] * t[i])));
        }
        for (int i = 0; i < n; i++) {
            t[i] = 1 + y[i] * (1 + y[i] * (1.0 / 2 + y[i] * (1.0 / 6 + y[i] * t[i])));
        }
        for (int i = 0; i < n; i++) {
            double a = t[i] * t[i];
            a *= a;
            a *= a;
            a *= a;
            a *= a;
            a *= a;
            z[i] = (1 - a) / (1 + a);
        }
    }
}
