package cupel.descriptor;

/**
 * Four-body sums of a set of {@link Moments}, contractions of three moments in which no direction is left:
 *
 * <pre>
 *   B_pqr = sum_jkl w_j w_k w_l (u_j.u_k)^p (u_k.u_l)^q (u_l.u_j)^r
 *
 *   B_110 = M_a M_ab M_b        B_111 = M_ab M_bc M_ca      B_120 = M_a M_abc M_bc
 *   B_121 = M_ab M_acd M_bcd    B_220 = M_ab M_abcd M_cd
 * </pre>
 *
 * with M_abc = sum_j w_j u_a u_b u_c and likewise for other degrees. They cost nothing for each pair of atoms: the moments are
 * those of the angular functions. Moments of degree 2 and 1 are traces of those of degree 4 and 3.
 */
final class FourBodySums {

    /** Exponents p, q, r of each sum, in order. */
    static final int[][] EXPONENTS = {{1, 1, 0}, {1, 1, 1}, {1, 2, 0}, {1, 2, 1}, {2, 2, 0}};

    private FourBodySums() {}

    /** Which of {@link #EXPONENTS} these are, or -1. */
    static int indexOf(int p, int q, int r) {
        for (int k = 0; k < EXPONENTS.length; k++) {
            if (EXPONENTS[k][0] == p && EXPONENTS[k][1] == q && EXPONENTS[k][2] == r) {
                return k;
            }
        }
        return -1;
    }

    /**
     * The sums of the set at place m of s.
     *
     * @param b takes them in the order of {@link #EXPONENTS}
     */
    static void values(double[] s, int m, double[] b) {
        double xxxx = s[m];
        double xxxy = s[m + 1];
        double xxxz = s[m + 2];
        double xxyy = s[m + 3];
        double xxyz = s[m + 4];
        double xxzz = s[m + 5];
        double xyyy = s[m + 6];
        double xyyz = s[m + 7];
        double xyzz = s[m + 8];
        double xzzz = s[m + 9];
        double yyyy = s[m + 10];
        double yyyz = s[m + 11];
        double yyzz = s[m + 12];
        double yzzz = s[m + 13];
        double zzzz = s[m + 14];
        double xxx = s[m + 15];
        double xxy = s[m + 16];
        double xxz = s[m + 17];
        double xyy = s[m + 18];
        double xyz = s[m + 19];
        double xzz = s[m + 20];
        double yyy = s[m + 21];
        double yyz = s[m + 22];
        double yzz = s[m + 23];
        double zzz = s[m + 24];
        double mxx = xxxx + xxyy + xxzz;
        double mxy = xxxy + xyyy + xyzz;
        double mxz = xxxz + xyyz + xzzz;
        double myy = xxyy + yyyy + yyzz;
        double myz = xxyz + yyyz + yzzz;
        double mzz = xxzz + yyzz + zzzz;
        double mx = xxx + xyy + xzz;
        double my = xxy + yyy + yzz;
        double mz = xxz + yyz + zzz;
        double qx = mxx * mx + mxy * my + mxz * mz;
        double qy = mxy * mx + myy * my + myz * mz;
        double qz = mxz * mx + myz * my + mzz * mz;
        double cx = (xxx * mxx + xyy * myy + xzz * mzz) + 2 * (xxy * mxy + xxz * mxz + xyz * myz);
        double cy = (xxy * mxx + yyy * myy + yzz * mzz) + 2 * (xyy * mxy + xyz * mxz + yyz * myz);
        double cz = (xxz * mxx + yyz * myy + zzz * mzz) + 2 * (xyz * mxy + xzz * mxz + yzz * myz);
        double txx = mxx * mxx + mxy * mxy + mxz * mxz;
        double txy = mxx * mxy + mxy * myy + mxz * myz;
        double txz = mxx * mxz + mxy * myz + mxz * mzz;
        double tyy = mxy * mxy + myy * myy + myz * myz;
        double tyz = mxy * mxz + myy * myz + myz * mzz;
        double tzz = mxz * mxz + myz * myz + mzz * mzz;
        double exx = (xxx * xxx + xyy * xyy + xzz * xzz) + 2 * (xxy * xxy + xxz * xxz + xyz * xyz);
        double exy = (xxx * xxy + xyy * yyy + xzz * yzz) + 2 * (xxy * xyy + xxz * xyz + xyz * yyz);
        double exz = (xxx * xxz + xyy * yyz + xzz * zzz) + 2 * (xxy * xyz + xxz * xzz + xyz * yzz);
        double eyy = (xxy * xxy + yyy * yyy + yzz * yzz) + 2 * (xyy * xyy + xyz * xyz + yyz * yyz);
        double eyz = (xxy * xxz + yyy * yyz + yzz * zzz) + 2 * (xyy * xyz + xyz * xzz + yyz * yzz);
        double ezz = (xxz * xxz + yyz * yyz + zzz * zzz) + 2 * (xyz * xyz + xzz * xzz + yzz * yzz);
        double fxx = (xxxx * mxx + xxyy * myy + xxzz * mzz) + 2 * (xxxy * mxy + xxxz * mxz + xxyz * myz);
        double fxy = (xxxy * mxx + xyyy * myy + xyzz * mzz) + 2 * (xxyy * mxy + xxyz * mxz + xyyz * myz);
        double fxz = (xxxz * mxx + xyyz * myy + xzzz * mzz) + 2 * (xxyz * mxy + xxzz * mxz + xyzz * myz);
        double fyy = (xxyy * mxx + yyyy * myy + yyzz * mzz) + 2 * (xyyy * mxy + xyyz * mxz + yyyz * myz);
        double fyz = (xxyz * mxx + yyyz * myy + yzzz * mzz) + 2 * (xyyz * mxy + xyzz * mxz + yyzz * myz);
        double fzz = (xxzz * mxx + yyzz * myy + zzzz * mzz) + 2 * (xyzz * mxy + xzzz * mxz + yzzz * myz);
        b[0] = qx * mx + qy * my + qz * mz;
        b[1] = (txx * mxx + tyy * myy + tzz * mzz) + 2 * (txy * mxy + txz * mxz + tyz * myz);
        b[2] = cx * mx + cy * my + cz * mz;
        b[3] = (exx * mxx + eyy * myy + ezz * mzz) + 2 * (exy * mxy + exz * mxz + eyz * myz);
        b[4] = (fxx * mxx + fyy * myy + fzz * mzz) + 2 * (fxy * mxy + fxz * mxz + fyz * myz);
    }

    /**
     * Takes derivatives by the sums back to the moments: adds to the gradient, in the form that {@link Moments} says.
     *
     * @param v0 derivative by the first sum; v1 ... v4 by the others
     * @param s sums, m is where the set is
     * @param g gradient by the sums, o is where the set's begins
     */
    static void back(double v0, double v1, double v2, double v3, double v4, double[] s, int m, double[] g, int o) {
        double xxxx = s[m];
        double xxxy = s[m + 1];
        double xxxz = s[m + 2];
        double xxyy = s[m + 3];
        double xxyz = s[m + 4];
        double xxzz = s[m + 5];
        double xyyy = s[m + 6];
        double xyyz = s[m + 7];
        double xyzz = s[m + 8];
        double xzzz = s[m + 9];
        double yyyy = s[m + 10];
        double yyyz = s[m + 11];
        double yyzz = s[m + 12];
        double yzzz = s[m + 13];
        double zzzz = s[m + 14];
        double xxx = s[m + 15];
        double xxy = s[m + 16];
        double xxz = s[m + 17];
        double xyy = s[m + 18];
        double xyz = s[m + 19];
        double xzz = s[m + 20];
        double yyy = s[m + 21];
        double yyz = s[m + 22];
        double yzz = s[m + 23];
        double zzz = s[m + 24];
        double mxx = xxxx + xxyy + xxzz;
        double mxy = xxxy + xyyy + xyzz;
        double mxz = xxxz + xyyz + xzzz;
        double myy = xxyy + yyyy + yyzz;
        double myz = xxyz + yyyz + yzzz;
        double mzz = xxzz + yyzz + zzzz;
        double mx = xxx + xyy + xzz;
        double my = xxy + yyy + yzz;
        double mz = xxz + yyz + zzz;
        double qx = mxx * mx + mxy * my + mxz * mz;
        double qy = mxy * mx + myy * my + myz * mz;
        double qz = mxz * mx + myz * my + mzz * mz;
        double cx = (xxx * mxx + xyy * myy + xzz * mzz) + 2 * (xxy * mxy + xxz * mxz + xyz * myz);
        double cy = (xxy * mxx + yyy * myy + yzz * mzz) + 2 * (xyy * mxy + xyz * mxz + yyz * myz);
        double cz = (xxz * mxx + yyz * myy + zzz * mzz) + 2 * (xyz * mxy + xzz * mxz + yzz * myz);
        double txx = mxx * mxx + mxy * mxy + mxz * mxz;
        double txy = mxx * mxy + mxy * myy + mxz * myz;
        double txz = mxx * mxz + mxy * myz + mxz * mzz;
        double tyy = mxy * mxy + myy * myy + myz * myz;
        double tyz = mxy * mxz + myy * myz + myz * mzz;
        double tzz = mxz * mxz + myz * myz + mzz * mzz;
        double exx = (xxx * xxx + xyy * xyy + xzz * xzz) + 2 * (xxy * xxy + xxz * xxz + xyz * xyz);
        double exy = (xxx * xxy + xyy * yyy + xzz * yzz) + 2 * (xxy * xyy + xxz * xyz + xyz * yyz);
        double exz = (xxx * xxz + xyy * yyz + xzz * zzz) + 2 * (xxy * xyz + xxz * xzz + xyz * yzz);
        double eyy = (xxy * xxy + yyy * yyy + yzz * yzz) + 2 * (xyy * xyy + xyz * xyz + yyz * yyz);
        double eyz = (xxy * xxz + yyy * yyz + yzz * zzz) + 2 * (xyy * xyz + xyz * xzz + yyz * yzz);
        double ezz = (xxz * xxz + yyz * yyz + zzz * zzz) + 2 * (xyz * xyz + xzz * xzz + yzz * yzz);
        double fxx = (xxxx * mxx + xxyy * myy + xxzz * mzz) + 2 * (xxxy * mxy + xxxz * mxz + xxyz * myz);
        double fxy = (xxxy * mxx + xyyy * myy + xyzz * mzz) + 2 * (xxyy * mxy + xxyz * mxz + xyyz * myz);
        double fxz = (xxxz * mxx + xyyz * myy + xzzz * mzz) + 2 * (xxyz * mxy + xxzz * mxz + xyzz * myz);
        double fyy = (xxyy * mxx + yyyy * myy + yyzz * mzz) + 2 * (xyyy * mxy + xyyz * mxz + yyyz * myz);
        double fyz = (xxyz * mxx + yyyz * myy + yzzz * mzz) + 2 * (xyyz * mxy + xyzz * mxz + yyzz * myz);
        double fzz = (xxzz * mxx + yyzz * myy + zzzz * mzz) + 2 * (xyzz * mxy + xzzz * mxz + yzzz * myz);
        double gxx = v0 * mx * mx + 3 * v1 * txx + v2 * (xxx * mx + xxy * my + xxz * mz) + v3 * exx + 2 * v4 * fxx;
        double gxy = v0 * mx * my + 3 * v1 * txy + v2 * (xxy * mx + xyy * my + xyz * mz) + v3 * exy + 2 * v4 * fxy;
        double gxz = v0 * mx * mz + 3 * v1 * txz + v2 * (xxz * mx + xyz * my + xzz * mz) + v3 * exz + 2 * v4 * fxz;
        double gyy = v0 * my * my + 3 * v1 * tyy + v2 * (xyy * mx + yyy * my + yyz * mz) + v3 * eyy + 2 * v4 * fyy;
        double gyz = v0 * my * mz + 3 * v1 * tyz + v2 * (xyz * mx + yyz * my + yzz * mz) + v3 * eyz + 2 * v4 * fyz;
        double gzz = v0 * mz * mz + 3 * v1 * tzz + v2 * (xzz * mx + yzz * my + zzz * mz) + v3 * ezz + 2 * v4 * fzz;
        double gx = 2 * v0 * qx + v2 * cx;
        double gy = 2 * v0 * qy + v2 * cy;
        double gz = 2 * v0 * qz + v2 * cz;
        double pxxx = mxx * xxx + mxy * xxy + mxz * xxz;
        double pxxy = mxx * xxy + mxy * xyy + mxz * xyz;
        double pxxz = mxx * xxz + mxy * xyz + mxz * xzz;
        double pxyy = mxx * xyy + mxy * yyy + mxz * yyz;
        double pxyz = mxx * xyz + mxy * yyz + mxz * yzz;
        double pxzz = mxx * xzz + mxy * yzz + mxz * zzz;
        double pyxx = mxy * xxx + myy * xxy + myz * xxz;
        double pyxy = mxy * xxy + myy * xyy + myz * xyz;
        double pyxz = mxy * xxz + myy * xyz + myz * xzz;
        double pyyy = mxy * xyy + myy * yyy + myz * yyz;
        double pyyz = mxy * xyz + myy * yyz + myz * yzz;
        double pyzz = mxy * xzz + myy * yzz + myz * zzz;
        double pzxx = mxz * xxx + myz * xxy + mzz * xxz;
        double pzxy = mxz * xxy + myz * xyy + mzz * xyz;
        double pzxz = mxz * xxz + myz * xyz + mzz * xzz;
        double pzyy = mxz * xyy + myz * yyy + mzz * yyz;
        double pzyz = mxz * xyz + myz * yyz + mzz * yzz;
        double pzzz = mxz * xzz + myz * yzz + mzz * zzz;
        g[o] += v4 * (3 * mxx * mxx) * (1.0 / 3) + (6 * gxx) * (1.0 / 6);
        g[o + 1] += v4 * (3 * mxx * mxy) * (1.0 / 3) + (3 * gxy) * (1.0 / 6);
        g[o + 2] += v4 * (3 * mxx * mxz) * (1.0 / 3) + (3 * gxz) * (1.0 / 6);
        g[o + 3] += v4 * (mxx * myy + 2 * mxy * mxy) * (1.0 / 3) + (gyy + gxx) * (1.0 / 6);
        g[o + 4] += v4 * (mxx * myz + 2 * mxy * mxz) * (1.0 / 3) + (gyz) * (1.0 / 6);
        g[o + 5] += v4 * (mxx * mzz + 2 * mxz * mxz) * (1.0 / 3) + (gzz + gxx) * (1.0 / 6);
        g[o + 6] += v4 * (3 * mxy * myy) * (1.0 / 3) + (3 * gxy) * (1.0 / 6);
        g[o + 7] += v4 * (2 * mxy * myz + mxz * myy) * (1.0 / 3) + (gxz) * (1.0 / 6);
        g[o + 8] += v4 * (mxy * mzz + 2 * mxz * myz) * (1.0 / 3) + (gxy) * (1.0 / 6);
        g[o + 9] += v4 * (3 * mxz * mzz) * (1.0 / 3) + (3 * gxz) * (1.0 / 6);
        g[o + 10] += v4 * (3 * myy * myy) * (1.0 / 3) + (6 * gyy) * (1.0 / 6);
        g[o + 11] += v4 * (3 * myy * myz) * (1.0 / 3) + (3 * gyz) * (1.0 / 6);
        g[o + 12] += v4 * (myy * mzz + 2 * myz * myz) * (1.0 / 3) + (gzz + gyy) * (1.0 / 6);
        g[o + 13] += v4 * (3 * myz * mzz) * (1.0 / 3) + (3 * gyz) * (1.0 / 6);
        g[o + 14] += v4 * (3 * mzz * mzz) * (1.0 / 3) + (6 * gzz) * (1.0 / 6);
        g[o + 15] += (v2 * (3 * mx * mxx) + 2 * v3 * (3 * pxxx) + 3 * gx) * (1.0 / 3);
        g[o + 16] += (v2 * (2 * mx * mxy + my * mxx) + 2 * v3 * (2 * pxxy + pyxx) + gy) * (1.0 / 3);
        g[o + 17] += (v2 * (2 * mx * mxz + mz * mxx) + 2 * v3 * (2 * pxxz + pzxx) + gz) * (1.0 / 3);
        g[o + 18] += (v2 * (mx * myy + 2 * my * mxy) + 2 * v3 * (pxyy + 2 * pyxy) + gx) * (1.0 / 3);
        g[o + 19] += (v2 * (mx * myz + my * mxz + mz * mxy) + 2 * v3 * (pxyz + pyxz + pzxy)) * (1.0 / 3);
        g[o + 20] += (v2 * (mx * mzz + 2 * mz * mxz) + 2 * v3 * (pxzz + 2 * pzxz) + gx) * (1.0 / 3);
        g[o + 21] += (v2 * (3 * my * myy) + 2 * v3 * (3 * pyyy) + 3 * gy) * (1.0 / 3);
        g[o + 22] += (v2 * (2 * my * myz + mz * myy) + 2 * v3 * (2 * pyyz + pzyy) + gz) * (1.0 / 3);
        g[o + 23] += (v2 * (my * mzz + 2 * mz * myz) + 2 * v3 * (pyzz + 2 * pzyz) + gy) * (1.0 / 3);
        g[o + 24] += (v2 * (3 * mz * mzz) + 2 * v3 * (3 * pzzz) + 3 * gz) * (1.0 / 3);
    }
}
