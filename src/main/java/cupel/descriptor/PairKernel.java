package cupel.descriptor;

/**
 * The inner loops: what a pair of atoms knows of its distance and direction, what it adds to the sums of both, and what force a
 * gradient by the sums puts on it.
 *
 * <p>The numbers of a pair, from place {@code o} of an array: u_x u_y u_z (unit vector from the first atom to the second), 1/r,
 * r, then the radial values exp(-eta (r - rs)^2) fc(r) of the pair plan and their derivatives by r, then the angular weights w =
 * exp(-eta r^2) fc(r) and theirs.
 */
final class PairKernel {

    /** Where the radial values begin. */
    static final int RADIAL = 5;

    // Taylor coefficients of sine and cosine; on [0, pi/2] what is left out is below 2e-17.
    private static final double S3 = -1.0 / 6;
    private static final double S5 = 1.0 / 120;
    private static final double S7 = -1.0 / 5040;
    private static final double S9 = 1.0 / 362880;
    private static final double S11 = -1.0 / 39916800;
    private static final double S13 = 1.0 / 6227020800.0;
    private static final double S15 = -1.0 / 1307674368000.0;
    private static final double S17 = 1.0 / 355687428096000.0;
    private static final double S19 = -1.0 / 121645100408832000.0;
    private static final double S21 = 1.0 / 51090942171709440000.0;
    private static final double C2 = -1.0 / 2;
    private static final double C4 = 1.0 / 24;
    private static final double C6 = -1.0 / 720;
    private static final double C8 = 1.0 / 40320;
    private static final double C10 = -1.0 / 3628800;
    private static final double C12 = 1.0 / 479001600;
    private static final double C14 = -1.0 / 87178291200.0;
    private static final double C16 = 1.0 / 20922789888000.0;
    private static final double C18 = -1.0 / 6402373705728000.0;
    private static final double C20 = 1.0 / 2432902008176640000.0;

    private PairKernel() {}

    /** fc of {@link CutoffFunction} for 0 &lt;= r &lt; rc, as sin^2 of a quarter turn, without asking the mathematics library. */
    static double cutoff(double r, double rc) {
        double y = 0.5 * Math.PI * (1 - r / rc);
        double sin = sine(y);
        return sin * sin;
    }

    /** Derivative of {@link #cutoff} by r. */
    static double cutoffSlope(double r, double rc) {
        double y = 0.5 * Math.PI * (1 - r / rc);
        return -Math.PI / rc * sine(y) * cosine(y);
    }

    private static double sine(double y) {
        double q = y * y;
        double q2 = q * q;
        double q4 = q2 * q2;
        double low = (1 + q * S3) + q2 * (S5 + q * S7);
        double middle = (S9 + q * S11) + q2 * (S13 + q * S15);
        double high = (S17 + q * S19) + q2 * S21;
        return y * (low + q4 * (middle + q4 * high));
    }

    private static double cosine(double y) {
        double q = y * y;
        double q2 = q * q;
        double q4 = q2 * q2;
        double low = (1 + q * C2) + q2 * (C4 + q * C6);
        double middle = (C8 + q * C10) + q2 * (C12 + q * C14);
        double high = (C16 + q * C18) + q2 * C20;
        return low + q4 * (middle + q4 * high);
    }

    /**
     * Fills the numbers of a pair.
     *
     * @param dx vector from the first atom to the second in angstrom; r2 its square, below rc^2
     */
    static void fill(
            DescriptorPlan.PairPlan plan, double rc, double dx, double dy, double dz, double r2, double[] data, int o) {
        double r = Math.sqrt(r2);
        double inverse = 1 / r;
        data[o] = dx * inverse;
        data[o + 1] = dy * inverse;
        data[o + 2] = dz * inverse;
        data[o + 3] = inverse;
        data[o + 4] = r;
        double y = 0.5 * Math.PI * (1 - r / rc);
        double sin = sine(y);
        double fc = sin * sin;
        double slope = -Math.PI / rc * sin * cosine(y);
        double[] radialEta = plan.radialEta;
        double[] radialRs = plan.radialRs;
        int n = radialEta.length;
        int at = o + RADIAL;
        for (int k = 0; k < n; k++) {
            double eta = radialEta[k];
            double d = r - radialRs[k];
            double e = NegativeExponential.value(eta * d * d);
            data[at + k] = e * fc;
            data[at + n + k] = e * (slope - 2 * eta * d * fc);
        }
        at += 2 * n;
        double[] angularEta = plan.angularEta;
        n = angularEta.length;
        for (int k = 0; k < n; k++) {
            double eta = angularEta[k];
            double e = NegativeExponential.value(eta * r2);
            data[at + k] = e * fc;
            data[at + n + k] = e * (slope - 2 * eta * r * fc);
        }
    }

    /**
     * Adds a pair to the sums of both atoms.
     *
     * @param first type of the first atom; second of the other
     * @param sign +1, or -1 to take the pair away
     * @param s sums; i is where those of the first atom begin, j of the other; a side whose place is negative is left out
     */
    static void add(
            DescriptorPlan plan, int first, int second, double[] data, int o, double sign, double[] s, int i, int j) {
        int ij = first * plan.types + second;
        int ji = second * plan.types + first;
        DescriptorPlan.PairPlan pair = plan.pairs[ij];
        if (i >= 0) {
            int[] slots = plan.radialSlots[ij];
            int[] keys = plan.radialKeys[ij];
            for (int k = 0; k < slots.length; k++) {
                s[i + slots[k]] += sign * data[o + RADIAL + keys[k]];
            }
        }
        if (j >= 0) {
            int[] slots = plan.radialSlots[ji];
            int[] keys = plan.radialKeys[ji];
            for (int k = 0; k < slots.length; k++) {
                s[j + slots[k]] += sign * data[o + RADIAL + keys[k]];
            }
        }
        int n = pair.angularEta.length;
        if (n == 0) {
            return;
        }
        int weights = o + RADIAL + 2 * pair.radialEta.length;
        int[] setsI = plan.momentSets[ij];
        int[] setsJ = plan.momentSets[ji];
        double x = data[o];
        double y = data[o + 1];
        double z = data[o + 2];
        double xx = x * x;
        double xy = x * y;
        double xz = x * z;
        double yy = y * y;
        double yz = y * z;
        double zz = z * z;
        for (int k = 0; k < n; k++) {
            double w = data[weights + k];
            double ww = sign * w * w;
            w *= sign;
            int a = setsI[k];
            int b = setsJ[k];
            double wxx = w * xx;
            double wxy = w * xy;
            double wyy = w * yy;
            double wzz = w * zz;
            if (a >= 0 && i >= 0) {
                addMoments(s, i + a, x, y, z, xx, xy, xz, yy, yz, zz, wxx, wxy, wyy, wzz, ww);
            }
            if (b >= 0 && j >= 0) {
                // Seen from the other side the direction is opposite: odd moments change sign.
                addMoments(s, j + b, -x, -y, -z, xx, xy, xz, yy, yz, zz, wxx, wxy, wyy, wzz, ww);
            }
        }
    }

    private static void addMoments(
            double[] s,
            int o,
            double x,
            double y,
            double z,
            double xx,
            double xy,
            double xz,
            double yy,
            double yz,
            double zz,
            double wxx,
            double wxy,
            double wyy,
            double wzz,
            double ww) {
        s[o] += wxx * xx;
        s[o + 1] += wxx * xy;
        s[o + 2] += wxx * xz;
        s[o + 3] += wxx * yy;
        s[o + 4] += wxx * yz;
        s[o + 5] += wxx * zz;
        s[o + 6] += wyy * xy;
        s[o + 7] += wyy * xz;
        s[o + 8] += wzz * xy;
        s[o + 9] += wzz * xz;
        s[o + 10] += wyy * yy;
        s[o + 11] += wyy * yz;
        s[o + 12] += wyy * zz;
        s[o + 13] += wzz * yz;
        s[o + 14] += wzz * zz;
        s[o + 15] += wxx * x;
        s[o + 16] += wxx * y;
        s[o + 17] += wxx * z;
        s[o + 18] += wyy * x;
        s[o + 19] += wxy * z;
        s[o + 20] += wzz * x;
        s[o + 21] += wyy * y;
        s[o + 22] += wyy * z;
        s[o + 23] += wzz * y;
        s[o + 24] += wzz * z;
        s[o + 25] += ww;
    }

    /**
     * How the energy changes with the vector of a pair, given its gradient by the sums of both atoms.
     *
     * <p>With the symmetric tensors t4, t3 of {@link Moments} the energy that weight w at direction u adds is w Q(u), Q = Q4 + Q3,
     * Q4 = t4.uuuu, Q3 = t3.uuu. The derivative by the vector r = r u is
     *
     * <pre>
     *   (dw/dr)(Q + 2 w dE/dD) u + (w/r) (4 t4.uuu + 3 t3.uu - (4 Q4 + 3 Q3) u)
     * </pre>
     *
     * <p>The other atom sees -u, so its tensors join with t3 negated, and one evaluation serves both.
     *
     * @param g gradients by the sums; i and j are where those of the two atoms begin
     * @param result takes dE/d(vector from first to second), 3 numbers in eV/angstrom
     */
    static void slope(
            DescriptorPlan plan,
            int first,
            int second,
            double[] data,
            int o,
            double[] g,
            int i,
            int j,
            double[] result) {
        int ij = first * plan.types + second;
        int ji = second * plan.types + first;
        DescriptorPlan.PairPlan pair = plan.pairs[ij];
        int nRadial = pair.radialEta.length;
        int at = o + RADIAL + nRadial;
        double along = 0;
        int[] slots = plan.radialSlots[ij];
        int[] keys = plan.radialKeys[ij];
        for (int k = 0; k < slots.length; k++) {
            along += g[i + slots[k]] * data[at + keys[k]];
        }
        slots = plan.radialSlots[ji];
        keys = plan.radialKeys[ji];
        for (int k = 0; k < slots.length; k++) {
            along += g[j + slots[k]] * data[at + keys[k]];
        }
        double x = data[o];
        double y = data[o + 1];
        double z = data[o + 2];
        double gx = 0;
        double gy = 0;
        double gz = 0;
        int n = pair.angularEta.length;
        if (n > 0) {
            double inverse = data[o + 3];
            int weights = at + nRadial;
            int[] setsI = plan.momentSets[ij];
            int[] setsJ = plan.momentSets[ji];
            double xx = x * x;
            double yy = y * y;
            double zz = z * z;
            double xy2 = 2 * x * y;
            double xz2 = 2 * x * z;
            double yz2 = 2 * y * z;
            double xxx = xx * x;
            double xxy3 = 3 * xx * y;
            double xxz3 = 3 * xx * z;
            double xyy3 = 3 * yy * x;
            double xyz6 = 3 * xy2 * z;
            double xzz3 = 3 * zz * x;
            double yyy = yy * y;
            double yyz3 = 3 * yy * z;
            double yzz3 = 3 * zz * y;
            double zzz = zz * z;
            for (int k = 0; k < n; k++) {
                int a = setsI[k];
                int b = setsJ[k];
                if (a < 0 && b < 0) {
                    continue;
                }
                // A side without the set gives nothing: then the other side counts against itself with factor zero.
                double fa = 1;
                double fb = 1;
                int p = i + a;
                int q = j + b;
                if (a < 0) {
                    fa = 0;
                    p = q;
                } else if (b < 0) {
                    fb = 0;
                    q = p;
                }
                double t0 = fa * g[p] + fb * g[q];
                double t1 = fa * g[p + 1] + fb * g[q + 1];
                double t2 = fa * g[p + 2] + fb * g[q + 2];
                double t3 = fa * g[p + 3] + fb * g[q + 3];
                double t4 = fa * g[p + 4] + fb * g[q + 4];
                double t5 = fa * g[p + 5] + fb * g[q + 5];
                double t6 = fa * g[p + 6] + fb * g[q + 6];
                double t7 = fa * g[p + 7] + fb * g[q + 7];
                double t8 = fa * g[p + 8] + fb * g[q + 8];
                double t9 = fa * g[p + 9] + fb * g[q + 9];
                double t10 = fa * g[p + 10] + fb * g[q + 10];
                double t11 = fa * g[p + 11] + fb * g[q + 11];
                double t12 = fa * g[p + 12] + fb * g[q + 12];
                double t13 = fa * g[p + 13] + fb * g[q + 13];
                double t14 = fa * g[p + 14] + fb * g[q + 14];
                double x4 = (t0 * xxx + t1 * xxy3 + t2 * xxz3)
                        + (t3 * xyy3 + t4 * xyz6 + t5 * xzz3)
                        + (t6 * yyy + t7 * yyz3)
                        + (t8 * yzz3 + t9 * zzz);
                double y4 = (t1 * xxx + t3 * xxy3 + t4 * xxz3)
                        + (t6 * xyy3 + t7 * xyz6 + t8 * xzz3)
                        + (t10 * yyy + t11 * yyz3)
                        + (t12 * yzz3 + t13 * zzz);
                double z4 = (t2 * xxx + t4 * xxy3 + t5 * xxz3)
                        + (t7 * xyy3 + t8 * xyz6 + t9 * xzz3)
                        + (t11 * yyy + t12 * yyz3)
                        + (t13 * yzz3 + t14 * zzz);
                double v0 = fa * g[p + 15] - fb * g[q + 15];
                double v1 = fa * g[p + 16] - fb * g[q + 16];
                double v2 = fa * g[p + 17] - fb * g[q + 17];
                double v3 = fa * g[p + 18] - fb * g[q + 18];
                double v4 = fa * g[p + 19] - fb * g[q + 19];
                double v5 = fa * g[p + 20] - fb * g[q + 20];
                double v6 = fa * g[p + 21] - fb * g[q + 21];
                double v7 = fa * g[p + 22] - fb * g[q + 22];
                double v8 = fa * g[p + 23] - fb * g[q + 23];
                double v9 = fa * g[p + 24] - fb * g[q + 24];
                double x3 = (v0 * xx + v1 * xy2 + v2 * xz2) + (v3 * yy + v4 * yz2 + v5 * zz);
                double y3 = (v1 * xx + v3 * xy2 + v4 * xz2) + (v6 * yy + v7 * yz2 + v8 * zz);
                double z3 = (v2 * xx + v4 * xy2 + v5 * xz2) + (v7 * yy + v8 * yz2 + v9 * zz);
                double self = fa * g[p + 25] + fb * g[q + 25];
                double q4 = x * x4 + y * y4 + z * z4;
                double q3 = x * x3 + y * y3 + z * z3;
                double w = data[weights + k];
                double overR = w * inverse;
                double four = 4 * overR;
                double three = 3 * overR;
                along += data[weights + n + k] * (q4 + q3 + 2 * w * self) - (four * q4 + three * q3);
                gx += four * x4 + three * x3;
                gy += four * y4 + three * y3;
                gz += four * z4 + three * z3;
            }
        }
        result[0] = along * x + gx;
        result[1] = along * y + gy;
        result[2] = along * z + gz;
    }

    /**
     * The functions of an atom that are made of its sums: radial ones copied, wide ones by moments. Functions summed over triplets
     * are set to zero.
     *
     * @param t5 work space of {@link Moments#DEGREE} + 1
     */
    static void functions(DescriptorPlan plan, int type, double[] s, int so, double[] values, int vo, double[] t5) {
        int nRadial = plan.radialCount[type];
        System.arraycopy(s, so, values, vo, nRadial);
        for (int k = vo + nRadial; k < vo + plan.count[type]; k++) {
            values[k] = 0;
        }
        for (DescriptorPlan.MomentGroup group : plan.groups[type]) {
            Moments.pairSums(s, so + group.setA, so + group.setB, t5);
            double t0 = t5[0];
            double t1 = t5[1];
            double t2 = t5[2];
            double t3 = t5[3];
            double t4 = t5[4];
            double[] c = group.coefficients;
            int[] slots = group.slots;
            for (int k = 0, at = 0; k < slots.length; k++, at += 5) {
                values[vo + slots[k]] = c[at] * t0 + c[at + 1] * t1 + c[at + 2] * t2 + c[at + 3] * t3 + c[at + 4] * t4;
            }
        }
        for (DescriptorPlan.FourBodyGroup group : plan.fourBody[type]) {
            FourBodySums.values(s, so + group.set, t5);
            for (int k = 0; k < group.slots.length; k++) {
                if (group.slots[k] >= 0) {
                    values[vo + group.slots[k]] = t5[k];
                }
            }
        }
    }

    /** The gradient by the sums of an atom, from its gradient by the functions. */
    static void functionsBack(
            DescriptorPlan plan, int type, double[] s, int so, double[] slope, int vo, double[] g, int go) {
        int nRadial = plan.radialCount[type];
        System.arraycopy(slope, vo, g, go, nRadial);
        for (int k = go + nRadial; k < go + plan.sumsStride; k++) {
            g[k] = 0;
        }
        for (DescriptorPlan.MomentGroup group : plan.groups[type]) {
            double a0 = 0;
            double a1 = 0;
            double a2 = 0;
            double a3 = 0;
            double a4 = 0;
            double[] c = group.coefficients;
            int[] slots = group.slots;
            for (int k = 0, at = 0; k < slots.length; k++, at += 5) {
                double f = slope[vo + slots[k]];
                a0 += c[at] * f;
                a1 += c[at + 1] * f;
                a2 += c[at + 2] * f;
                a3 += c[at + 3] * f;
                a4 += c[at + 4] * f;
            }
            Moments.pairSumsBack(a0, a1, a2, a3, a4, s, so, g, go, group.setA, group.setB);
        }
        for (DescriptorPlan.FourBodyGroup group : plan.fourBody[type]) {
            int[] k = group.slots;
            FourBodySums.back(
                    k[0] < 0 ? 0 : slope[vo + k[0]],
                    k[1] < 0 ? 0 : slope[vo + k[1]],
                    k[2] < 0 ? 0 : slope[vo + k[2]],
                    k[3] < 0 ? 0 : slope[vo + k[3]],
                    k[4] < 0 ? 0 : slope[vo + k[4]],
                    s,
                    so + group.set,
                    g,
                    go + group.set);
        }
    }
}
