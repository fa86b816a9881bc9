package cupel.descriptor;

import java.util.Arrays;

/**
 * Makes a {@link StructureFeatures.Jacobian} block by block.
 *
 * <p>For a wide function, G = sum_p c_p T_p; the derivative of T_p by the vector r = r u of one neighbour is
 *
 * <pre>
 *   (dw/dr)(B_p(u) - w) u + (w/r)(grad B_p(u) - p B_p(u) u),   B_p(u) = sum_abc p!/(a! b! c!) M_abc u_x^a u_y^b u_z^c
 * </pre>
 *
 * with the moments M of the other neighbour's element, and without "- w" when the two elements differ.
 */
final class JacobianBuilder {

    private static final int P = Moments.DEGREE + 1;

    private final DescriptorPlan plan;
    /** Where the blocks of each atom of the structure begin and end, and the blocks, in the order in which they are made. */
    private final int[] from;

    private final int[] to;
    private int[] atoms;
    private double[][] blocks;
    private int size;
    /** By number within the block of atoms: the block of the current central atom, if lastSeen says so. */
    private double[][] blockOf = new double[0][];

    private int[] lastSeen = new int[0];
    private final double[] slopes = new double[3 * P];
    private double[] gradient;

    JacobianBuilder(DescriptorPlan plan, int n) {
        this.plan = plan;
        from = new int[n];
        to = new int[n];
        atoms = new int[16 * n + 16];
        blocks = new double[16 * n + 16][];
    }

    /**
     * Adds a block of atoms.
     *
     * @param calculator says which atom of the structure each is
     * @param n how many there are; all with those outside that are near
     */
    void add(
            DescriptorCalculator calculator,
            int n,
            int all,
            int[] types,
            PairSearch pairs,
            double[] data,
            int[] listStarts,
            int[] lists,
            double[] sums,
            TripletSums triplets) {
        if (lastSeen.length < all) {
            lastSeen = new int[all];
            blockOf = new double[all][];
        }
        Arrays.fill(lastSeen, 0, all, -1);
        for (int i = 0; i < n; i++) {
            int type = types[i];
            int count = plan.count[type];
            int begin = size;
            double[] central = block(i, i, count);
            for (int e = listStarts[i]; e < listStarts[i + 1]; e++) {
                int pair = lists[e] >> 1;
                boolean back = (lists[e] & 1) != 0;
                int j = back ? pairs.first[pair] : pairs.second[pair];
                double[] moving = block(i, j, count);
                addPair(
                        type,
                        types[j],
                        data,
                        pair * plan.pairStride,
                        back ? -1 : 1,
                        sums,
                        i * plan.sumsStride,
                        moving,
                        central,
                        count);
            }
            addFourBody(type, i, count, types, pairs, data, listStarts[i], listStarts[i + 1], lists, sums, central);
            if (triplets != null) {
                triplets.addJacobian(type, lists, listStarts[i], listStarts[i + 1], i, types, pairs, data, blockOf);
            }
            for (int k = begin; k < size; k++) {
                atoms[k] = calculator.atom(atoms[k]);
            }
            int atom = calculator.atom(i);
            from[atom] = begin;
            to[atom] = size;
        }
    }

    private double[] block(int i, int j, int count) {
        if (lastSeen[j] != i) {
            lastSeen[j] = i;
            blockOf[j] = new double[3 * count];
            if (size == atoms.length) {
                atoms = Arrays.copyOf(atoms, 2 * size);
                blocks = Arrays.copyOf(blocks, 2 * size);
            }
            atoms[size] = j;
            blocks[size++] = blockOf[j];
        }
        return blockOf[j];
    }

    private void addPair(
            int type,
            int other,
            double[] data,
            int o,
            double sign,
            double[] sums,
            int row,
            double[] moving,
            double[] central,
            int count) {
        int ts = type * plan.types + other;
        DescriptorPlan.PairPlan pair = plan.pairs[ts];
        double x = sign * data[o];
        double y = sign * data[o + 1];
        double z = sign * data[o + 2];
        int nRadial = pair.radialEta.length;
        int[] slots = plan.radialSlots[ts];
        int[] keys = plan.radialKeys[ts];
        for (int k = 0; k < slots.length; k++) {
            double slope = data[o + PairKernel.RADIAL + nRadial + keys[k]];
            put(slots[k], slope * x, slope * y, slope * z, moving, central, count);
        }
        int n = pair.angularEta.length;
        int weights = o + PairKernel.RADIAL + 2 * nRadial;
        int[] sets = plan.momentSets[ts];
        for (int k = 0; k < n; k++) {
            if (sets[k] < 0) {
                continue;
            }
            for (DescriptorPlan.MomentGroup group : plan.groups[type]) {
                boolean same = group.setA == group.setB;
                int with;
                if (group.setA == sets[k]) {
                    with = group.setB;
                } else if (group.setB == sets[k]) {
                    with = group.setA;
                } else {
                    continue;
                }
                pairSumSlopes(x, y, z, data[o + 3], data[weights + k], data[weights + n + k], same, sums, row + with);
                double[] c = group.coefficients;
                for (int f = 0, at = 0; f < group.slots.length; f++, at += P) {
                    double sx = 0;
                    double sy = 0;
                    double sz = 0;
                    for (int p = 0; p < P; p++) {
                        sx += c[at + p] * slopes[3 * p];
                        sy += c[at + p] * slopes[3 * p + 1];
                        sz += c[at + p] * slopes[3 * p + 2];
                    }
                    put(group.slots[f], sx, sy, sz, moving, central, count);
                }
            }
        }
    }

    /** Four-body functions one by one: the gradient of each by the sums of the atom, and what it does to each neighbour. */
    private void addFourBody(
            int type,
            int i,
            int count,
            int[] types,
            PairSearch pairs,
            double[] data,
            int firstEntry,
            int endOfEntries,
            int[] lists,
            double[] sums,
            double[] central) {
        int stride = plan.sumsStride;
        for (DescriptorPlan.FourBodyGroup group : plan.fourBody[type]) {
            for (int f = 0; f < group.slots.length; f++) {
                if (group.slots[f] < 0) {
                    continue;
                }
                if (gradient == null) {
                    gradient = new double[2 * stride]; // of the atom; of its neighbour, always zero
                }
                Arrays.fill(gradient, 0, stride, 0);
                FourBodySums.back(
                        f == 0 ? 1 : 0,
                        f == 1 ? 1 : 0,
                        f == 2 ? 1 : 0,
                        f == 3 ? 1 : 0,
                        f == 4 ? 1 : 0,
                        sums,
                        i * stride + group.set,
                        gradient,
                        group.set);
                for (int e = firstEntry; e < endOfEntries; e++) {
                    int pair = lists[e] >> 1;
                    boolean back = (lists[e] & 1) != 0;
                    int first = pairs.first[pair];
                    int second = pairs.second[pair];
                    PairKernel.slope(
                            plan,
                            types[first],
                            types[second],
                            data,
                            pair * plan.pairStride,
                            gradient,
                            back ? stride : 0,
                            back ? 0 : stride,
                            slopes);
                    double sign = back ? -1 : 1;
                    put(
                            group.slots[f],
                            sign * slopes[0],
                            sign * slopes[1],
                            sign * slopes[2],
                            block(i, back ? first : second, count),
                            central,
                            count);
                }
            }
        }
    }

    private static void put(int slot, double x, double y, double z, double[] moving, double[] central, int count) {
        moving[slot] += x;
        moving[slot + count] += y;
        moving[slot + 2 * count] += z;
        central[slot] -= x;
        central[slot + count] -= y;
        central[slot + 2 * count] -= z;
    }

    /** Derivatives of T_0 … T_4 by the vector of one neighbour. */
    private void pairSumSlopes(
            double x, double y, double z, double inverse, double w, double dw, boolean same, double[] s, int m) {
        double xxxx = s[m], xxxy = s[m + 1], xxxz = s[m + 2], xxyy = s[m + 3], xxyz = s[m + 4];
        double xxzz = s[m + 5], xyyy = s[m + 6], xyyz = s[m + 7], xyzz = s[m + 8], xzzz = s[m + 9];
        double yyyy = s[m + 10], yyyz = s[m + 11], yyzz = s[m + 12], yzzz = s[m + 13], zzzz = s[m + 14];
        double xxx = s[m + 15], xxy = s[m + 16], xxz = s[m + 17], xyy = s[m + 18], xyz = s[m + 19];
        double xzz = s[m + 20], yyy = s[m + 21], yyz = s[m + 22], yzz = s[m + 23], zzz = s[m + 24];
        double mxx = xxxx + xxyy + xxzz;
        double myy = xxyy + yyyy + yyzz;
        double mzz = xxzz + yyzz + zzzz;
        double mxy = xxxy + xyyy + xyzz;
        double mxz = xxxz + xyyz + xzzz;
        double myz = xxyz + yyyz + yzzz;
        double self = same ? w : 0;
        put(0, 0, 0, 0, mxx + myy + mzz, x, y, z, inverse, w, dw, self);
        put(1, xxx + xyy + xzz, xxy + yyy + yzz, xxz + yyz + zzz, 0, x, y, z, inverse, w, dw, self);
        put(
                2,
                mxx * x + mxy * y + mxz * z,
                mxy * x + myy * y + myz * z,
                mxz * x + myz * y + mzz * z,
                0,
                x,
                y,
                z,
                inverse,
                w,
                dw,
                self);
        double qxx = x * x;
        double qyy = y * y;
        double qzz = z * z;
        double qxy = 2 * x * y;
        double qxz = 2 * x * z;
        double qyz = 2 * y * z;
        put(
                3,
                xxx * qxx + xxy * qxy + xxz * qxz + xyy * qyy + xyz * qyz + xzz * qzz,
                xxy * qxx + xyy * qxy + xyz * qxz + yyy * qyy + yyz * qyz + yzz * qzz,
                xxz * qxx + xyz * qxy + xzz * qxz + yyz * qyy + yzz * qyz + zzz * qzz,
                0,
                x,
                y,
                z,
                inverse,
                w,
                dw,
                self);
        double cxxx = qxx * x;
        double cxxy = 3 * qxx * y;
        double cxxz = 3 * qxx * z;
        double cxyy = 3 * qyy * x;
        double cxyz = 3 * qxy * z;
        double cxzz = 3 * qzz * x;
        double cyyy = qyy * y;
        double cyyz = 3 * qyy * z;
        double cyzz = 3 * qzz * y;
        double czzz = qzz * z;
        put(
                4,
                xxxx * cxxx
                        + xxxy * cxxy
                        + xxxz * cxxz
                        + xxyy * cxyy
                        + xxyz * cxyz
                        + xxzz * cxzz
                        + xyyy * cyyy
                        + xyyz * cyyz
                        + xyzz * cyzz
                        + xzzz * czzz,
                xxxy * cxxx
                        + xxyy * cxxy
                        + xxyz * cxxz
                        + xyyy * cxyy
                        + xyyz * cxyz
                        + xyzz * cxzz
                        + yyyy * cyyy
                        + yyyz * cyyz
                        + yyzz * cyzz
                        + yzzz * czzz,
                xxxz * cxxx
                        + xxyz * cxxy
                        + xxzz * cxxz
                        + xyyz * cxyy
                        + xyzz * cxyz
                        + xzzz * cxzz
                        + yyyz * cyyy
                        + yyzz * cyyz
                        + yzzz * cyzz
                        + zzzz * czzz,
                0,
                x,
                y,
                z,
                inverse,
                w,
                dw,
                self);
    }

    /** From t = grad B_p / p (or B_0) to the derivative of T_p; B_p = t.u. */
    private void put(
            int p,
            double tx,
            double ty,
            double tz,
            double b0,
            double x,
            double y,
            double z,
            double inverse,
            double w,
            double dw,
            double self) {
        double b = p == 0 ? b0 : tx * x + ty * y + tz * z;
        double along = dw * (b - self) - w * inverse * p * b;
        double across = w * inverse * p;
        slopes[3 * p] = along * x + across * tx;
        slopes[3 * p + 1] = along * y + across * ty;
        slopes[3 * p + 2] = along * z + across * tz;
    }

    /** The blocks in the order of the atoms of the structure. */
    StructureFeatures.Jacobian build() {
        int n = from.length;
        int[] starts = new int[n + 1];
        int[] sortedAtoms = new int[size];
        double[][] sortedBlocks = new double[size][];
        for (int i = 0; i < n; i++) {
            int length = to[i] - from[i];
            System.arraycopy(atoms, from[i], sortedAtoms, starts[i], length);
            System.arraycopy(blocks, from[i], sortedBlocks, starts[i], length);
            starts[i + 1] = starts[i] + length;
        }
        return new StructureFeatures.Jacobian(starts, sortedAtoms, sortedBlocks);
    }
}
