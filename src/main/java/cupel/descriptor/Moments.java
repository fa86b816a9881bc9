package cupel.descriptor;

/**
 * Moments of the directions of an atom's neighbours, and the sums over pairs of neighbours that are made of them.
 *
 * <p>With weights w_j and unit vectors u_j of the neighbours j of one element,
 *
 * <pre>
 *   M_abc = sum_j w_j u_x^a u_y^b u_z^c,   D = sum_j w_j^2
 *   S_p   = sum_jk w_j w_k (u_j . u_k)^p = sum_{a+b+c=p} p!/(a! b! c!) M_abc^2
 *   T_p   = sum_{j&lt;k} w_j w_k (u_j . u_k)^p = (S_p - D) / 2
 * </pre>
 *
 * and for neighbours j of one element, k of another, T_p = sum_{a+b+c=p} p!/(a! b! c!) M_abc(one) M_abc(other).
 *
 * <p>As u is a unit vector, u_x^2 + u_y^2 + u_z^2 = 1 gives every moment of degree p - 2 from those of degree p. So a set keeps
 * the 15 moments of degree 4 and the 10 of degree 3, and D: {@link #SIZE} numbers, in the order
 *
 * <pre>
 *   0 xxxx  1 xxxy  2 xxxz  3 xxyy  4 xxyz  5 xxzz  6 xyyy  7 xyyz  8 xyzz  9 xzzz 10 yyyy 11 yyyz 12 yyzz 13 yzzz 14 zzzz
 *  15 xxx  16 xxy  17 xxz  18 xyy  19 xyz  20 xzz  21 yyy  22 yyz  23 yzz  24 zzz
 *  25 D
 * </pre>
 *
 * <p>The gradient of an energy E by the sums has the same length. There, place n holds dE/dM_n divided by the multinomial
 * coefficient of M_n, that is, the components of a symmetric tensor; see {@link PairKernel#slope}.
 */
final class Moments {

    /** Highest power of a cosine. */
    static final int DEGREE = 4;

    /** Numbers of a set. */
    static final int SIZE = 26;

    private Moments() {}

    /**
     * The sums over pairs T_0 … T_4.
     *
     * @param s sums of an atom
     * @param a where the set of one element is in s
     * @param b where that of the other is; the same place for pairs of one element
     * @param t takes T_0 … T_4
     */
    static void pairSums(double[] s, int a, int b, double[] t) {
        double axxxx = s[a], axxxy = s[a + 1], axxxz = s[a + 2], axxyy = s[a + 3], axxyz = s[a + 4];
        double axxzz = s[a + 5], axyyy = s[a + 6], axyyz = s[a + 7], axyzz = s[a + 8], axzzz = s[a + 9];
        double ayyyy = s[a + 10], ayyyz = s[a + 11], ayyzz = s[a + 12], ayzzz = s[a + 13], azzzz = s[a + 14];
        double axxx = s[a + 15], axxy = s[a + 16], axxz = s[a + 17], axyy = s[a + 18], axyz = s[a + 19];
        double axzz = s[a + 20], ayyy = s[a + 21], ayyz = s[a + 22], ayzz = s[a + 23], azzz = s[a + 24];
        double axx = axxxx + axxyy + axxzz;
        double ayy = axxyy + ayyyy + ayyzz;
        double azz = axxzz + ayyzz + azzzz;
        double axy = axxxy + axyyy + axyzz;
        double axz = axxxz + axyyz + axzzz;
        double ayz = axxyz + ayyyz + ayzzz;
        double ax = axxx + axyy + axzz;
        double ay = axxy + ayyy + ayzz;
        double az = axxz + ayyz + azzz;
        double one = axx + ayy + azz;
        if (a == b) {
            double self = s[a + 25];
            t[4] = 0.5
                    * ((axxxx * axxxx + ayyyy * ayyyy + azzzz * azzzz)
                            + 4
                                    * ((axxxy * axxxy + axxxz * axxxz + axyyy * axyyy)
                                            + (axzzz * axzzz + ayyyz * ayyyz + ayzzz * ayzzz))
                            + 6 * (axxyy * axxyy + axxzz * axxzz + ayyzz * ayyzz)
                            + 12 * (axxyz * axxyz + axyyz * axyyz + axyzz * axyzz)
                            - self);
            t[3] = 0.5
                    * ((axxx * axxx + ayyy * ayyy + azzz * azzz)
                            + 3
                                    * ((axxy * axxy + axxz * axxz + axyy * axyy)
                                            + (axzz * axzz + ayyz * ayyz + ayzz * ayzz))
                            + 6 * axyz * axyz
                            - self);
            t[2] = 0.5 * ((axx * axx + ayy * ayy + azz * azz) + 2 * (axy * axy + axz * axz + ayz * ayz) - self);
            t[1] = 0.5 * (ax * ax + ay * ay + az * az - self);
            t[0] = 0.5 * (one * one - self);
            return;
        }
        double bxxxx = s[b], bxxxy = s[b + 1], bxxxz = s[b + 2], bxxyy = s[b + 3], bxxyz = s[b + 4];
        double bxxzz = s[b + 5], bxyyy = s[b + 6], bxyyz = s[b + 7], bxyzz = s[b + 8], bxzzz = s[b + 9];
        double byyyy = s[b + 10], byyyz = s[b + 11], byyzz = s[b + 12], byzzz = s[b + 13], bzzzz = s[b + 14];
        double bxxx = s[b + 15], bxxy = s[b + 16], bxxz = s[b + 17], bxyy = s[b + 18], bxyz = s[b + 19];
        double bxzz = s[b + 20], byyy = s[b + 21], byyz = s[b + 22], byzz = s[b + 23], bzzz = s[b + 24];
        double bxx = bxxxx + bxxyy + bxxzz;
        double byy = bxxyy + byyyy + byyzz;
        double bzz = bxxzz + byyzz + bzzzz;
        double bxy = bxxxy + bxyyy + bxyzz;
        double bxz = bxxxz + bxyyz + bxzzz;
        double byz = bxxyz + byyyz + byzzz;
        double bx = bxxx + bxyy + bxzz;
        double by = bxxy + byyy + byzz;
        double bz = bxxz + byyz + bzzz;
        t[4] = (axxxx * bxxxx + ayyyy * byyyy + azzzz * bzzzz)
                + 4
                        * ((axxxy * bxxxy + axxxz * bxxxz + axyyy * bxyyy)
                                + (axzzz * bxzzz + ayyyz * byyyz + ayzzz * byzzz))
                + 6 * (axxyy * bxxyy + axxzz * bxxzz + ayyzz * byyzz)
                + 12 * (axxyz * bxxyz + axyyz * bxyyz + axyzz * bxyzz);
        t[3] = (axxx * bxxx + ayyy * byyy + azzz * bzzz)
                + 3 * ((axxy * bxxy + axxz * bxxz + axyy * bxyy) + (axzz * bxzz + ayyz * byyz + ayzz * byzz))
                + 6 * axyz * bxyz;
        t[2] = (axx * bxx + ayy * byy + azz * bzz) + 2 * (axy * bxy + axz * bxz + ayz * byz);
        t[1] = ax * bx + ay * by + az * bz;
        t[0] = one * (bxx + byy + bzz);
    }

    /**
     * Takes derivatives by T_0 … T_4 back to the moments: adds to the gradient of one set, or of both.
     *
     * @param a0 derivative by T_0; a1 … a4 likewise
     * @param s sums of an atom, so is where the atom's sums begin
     * @param g gradient by the sums, go is where the atom's begin
     * @param a place of one set within the sums; b of the other, the same for pairs of one element
     */
    static void pairSumsBack(
            double a0,
            double a1,
            double a2,
            double a3,
            double a4,
            double[] s,
            int so,
            double[] g,
            int go,
            int a,
            int b) {
        addTensor(a0, a1, a2, a3, a4, s, so + b, g, go + a);
        if (a == b) {
            g[go + a + 25] -= 0.5 * (a0 + a1 + a2 + a3 + a4);
        } else {
            addTensor(a0, a1, a2, a3, a4, s, so + a, g, go + b);
        }
    }

    private static void addTensor(
            double a0, double a1, double a2, double a3, double a4, double[] s, int m, double[] g, int o) {
        double xxxx = s[m], xxxy = s[m + 1], xxxz = s[m + 2], xxyy = s[m + 3], xxyz = s[m + 4];
        double xxzz = s[m + 5], xyyy = s[m + 6], xyyz = s[m + 7], xyzz = s[m + 8], xzzz = s[m + 9];
        double yyyy = s[m + 10], yyyz = s[m + 11], yyzz = s[m + 12], yzzz = s[m + 13], zzzz = s[m + 14];
        double xxx = s[m + 15], xxy = s[m + 16], xxz = s[m + 17], xyy = s[m + 18], xyz = s[m + 19];
        double xzz = s[m + 20], yyy = s[m + 21], yyz = s[m + 22], yzz = s[m + 23], zzz = s[m + 24];
        double mxx = xxxx + xxyy + xxzz;
        double myy = xxyy + yyyy + yyzz;
        double mzz = xxzz + yyzz + zzzz;
        double one = a0 * (mxx + myy + mzz);
        // Degree 2 and 0, lifted to degree 4 by factors of u.u = 1 and made symmetric.
        double lxx = a2 * mxx + one;
        double lyy = a2 * myy + one;
        double lzz = a2 * mzz + one;
        double lxy = a2 * (xxxy + xyyy + xyzz);
        double lxz = a2 * (xxxz + xyyz + xzzz);
        double lyz = a2 * (xxyz + yyyz + yzzz);
        g[o] += a4 * xxxx + lxx;
        g[o + 1] += a4 * xxxy + lxy * 0.5;
        g[o + 2] += a4 * xxxz + lxz * 0.5;
        g[o + 3] += a4 * xxyy + (lxx + lyy) * (1.0 / 6);
        g[o + 4] += a4 * xxyz + lyz * (1.0 / 6);
        g[o + 5] += a4 * xxzz + (lxx + lzz) * (1.0 / 6);
        g[o + 6] += a4 * xyyy + lxy * 0.5;
        g[o + 7] += a4 * xyyz + lxz * (1.0 / 6);
        g[o + 8] += a4 * xyzz + lxy * (1.0 / 6);
        g[o + 9] += a4 * xzzz + lxz * 0.5;
        g[o + 10] += a4 * yyyy + lyy;
        g[o + 11] += a4 * yyyz + lyz * 0.5;
        g[o + 12] += a4 * yyzz + (lyy + lzz) * (1.0 / 6);
        g[o + 13] += a4 * yzzz + lyz * 0.5;
        g[o + 14] += a4 * zzzz + lzz;
        // Degree 1, lifted to degree 3.
        double lx = a1 * (xxx + xyy + xzz);
        double ly = a1 * (xxy + yyy + yzz);
        double lz = a1 * (xxz + yyz + zzz);
        g[o + 15] += a3 * xxx + lx;
        g[o + 16] += a3 * xxy + ly * (1.0 / 3);
        g[o + 17] += a3 * xxz + lz * (1.0 / 3);
        g[o + 18] += a3 * xyy + lx * (1.0 / 3);
        g[o + 19] += a3 * xyz;
        g[o + 20] += a3 * xzz + lx * (1.0 / 3);
        g[o + 21] += a3 * yyy + ly;
        g[o + 22] += a3 * yyz + lz * (1.0 / 3);
        g[o + 23] += a3 * yzz + ly * (1.0 / 3);
        g[o + 24] += a3 * zzz + lz;
    }
}
