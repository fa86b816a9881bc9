package cupel.descriptor;

/**
 * Angular functions summed directly over pairs of neighbours: narrow ones, and wide ones that are not made of moments. Their cost
 * grows with the square of the number of neighbours.
 */
final class TripletSums {

    private final DescriptorPlan plan;

    // One triplet: neighbours j and k of the central atom, as vectors, unit vectors and distances.
    private int atomJ;
    private int atomK;
    private int dataJ;
    private int dataK;
    private double signJ;
    private double signK;
    private double cosine;
    private double rjk;
    private double cutoffJk;
    private double cutoffSlopeJk;

    // What one function makes of the triplet.
    private double value;
    private final double[] slopeJ = new double[3];
    private final double[] slopeK = new double[3];

    TripletSums(DescriptorPlan plan) {
        this.plan = plan;
    }

    /** Adds the functions of central atom i to its values. */
    void add(
            int type,
            int[] lists,
            int from,
            int to,
            int i,
            int[] types,
            PairSearch pairs,
            double[] data,
            double[] values,
            int vo) {
        for (int a = from; a < to; a++) {
            for (int b = a + 1; b < to; b++) {
                DescriptorPlan.TripletFunction[] functions = triplet(type, lists[a], lists[b], i, types, pairs, data);
                for (DescriptorPlan.TripletFunction f : functions) {
                    evaluate(f, type, types, data, false);
                    values[vo + f.slot] += value;
                }
            }
        }
    }

    /** Adds the forces that follow from the gradient by the functions of central atom i, and the virial unless null. */
    void addForces(
            int type,
            int[] lists,
            int from,
            int to,
            int i,
            int[] types,
            PairSearch pairs,
            double[] data,
            double[] dEdG,
            int vo,
            double[] forces,
            double[] virial) {
        for (int a = from; a < to; a++) {
            for (int b = a + 1; b < to; b++) {
                DescriptorPlan.TripletFunction[] functions = triplet(type, lists[a], lists[b], i, types, pairs, data);
                double jx = 0;
                double jy = 0;
                double jz = 0;
                double kx = 0;
                double ky = 0;
                double kz = 0;
                for (DescriptorPlan.TripletFunction f : functions) {
                    evaluate(f, type, types, data, true);
                    double factor = dEdG[vo + f.slot];
                    jx += factor * slopeJ[0];
                    jy += factor * slopeJ[1];
                    jz += factor * slopeJ[2];
                    kx += factor * slopeK[0];
                    ky += factor * slopeK[1];
                    kz += factor * slopeK[2];
                }
                forces[3 * i] += jx + kx;
                forces[3 * i + 1] += jy + ky;
                forces[3 * i + 2] += jz + kz;
                forces[3 * atomJ] -= jx;
                forces[3 * atomJ + 1] -= jy;
                forces[3 * atomJ + 2] -= jz;
                forces[3 * atomK] -= kx;
                forces[3 * atomK + 1] -= ky;
                forces[3 * atomK + 2] -= kz;
                if (virial != null) {
                    double scaleJ = signJ * data[dataJ + 4];
                    double scaleK = signK * data[dataK + 4];
                    double x = scaleJ * data[dataJ];
                    double y = scaleJ * data[dataJ + 1];
                    double z = scaleJ * data[dataJ + 2];
                    double u = scaleK * data[dataK];
                    double v = scaleK * data[dataK + 1];
                    double w = scaleK * data[dataK + 2];
                    virial[0] += jx * x + kx * u;
                    virial[1] += jy * y + ky * v;
                    virial[2] += jz * z + kz * w;
                    virial[3] += jy * z + ky * w;
                    virial[4] += jx * z + kx * w;
                    virial[5] += jx * y + kx * v;
                }
            }
        }
    }

    /**
     * Adds the derivatives of the functions of central atom i to its blocks.
     *
     * @param blockOf for each atom, its block
     */
    void addJacobian(
            int type,
            int[] lists,
            int from,
            int to,
            int i,
            int[] types,
            PairSearch pairs,
            double[] data,
            double[][] blockOf) {
        int count = plan.count[type];
        double[] central = blockOf[i];
        for (int a = from; a < to; a++) {
            for (int b = a + 1; b < to; b++) {
                DescriptorPlan.TripletFunction[] functions = triplet(type, lists[a], lists[b], i, types, pairs, data);
                double[] blockJ = blockOf[atomJ];
                double[] blockK = blockOf[atomK];
                for (DescriptorPlan.TripletFunction f : functions) {
                    evaluate(f, type, types, data, true);
                    for (int axis = 0, at = f.slot; axis < 3; axis++, at += count) {
                        blockJ[at] += slopeJ[axis];
                        blockK[at] += slopeK[axis];
                        central[at] -= slopeJ[axis] + slopeK[axis];
                    }
                }
            }
        }
    }

    /** Takes up the triplet of two entries of an atom's list, and says which functions it counts for. */
    private DescriptorPlan.TripletFunction[] triplet(
            int type, int entryJ, int entryK, int i, int[] types, PairSearch pairs, double[] data) {
        int pairJ = entryJ >> 1;
        int pairK = entryK >> 1;
        boolean backJ = (entryJ & 1) != 0;
        boolean backK = (entryK & 1) != 0;
        atomJ = backJ ? pairs.first[pairJ] : pairs.second[pairJ];
        atomK = backK ? pairs.first[pairK] : pairs.second[pairK];
        dataJ = pairJ * plan.pairStride;
        dataK = pairK * plan.pairStride;
        signJ = backJ ? -1 : 1;
        signK = backK ? -1 : 1;
        cosine = signJ
                * signK
                * (data[dataJ] * data[dataK] + data[dataJ + 1] * data[dataK + 1] + data[dataJ + 2] * data[dataK + 2]);
        rjk = -1;
        return plan.triplets[(type * plan.types + types[atomJ]) * plan.types + types[atomK]];
    }

    /** Distance between the neighbours and its cutoff: only narrow functions ask. */
    private void measureJk(double[] data) {
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            double d = signK * data[dataK + 4] * data[dataK + axis] - signJ * data[dataJ + 4] * data[dataJ + axis];
            sum += d * d;
        }
        rjk = Math.sqrt(sum);
        if (rjk < plan.rc) {
            cutoffJk = PairKernel.cutoff(rjk, plan.rc);
            cutoffSlopeJk = PairKernel.cutoffSlope(rjk, plan.rc);
        }
    }

    private void evaluate(DescriptorPlan.TripletFunction f, int type, int[] types, double[] data, boolean withSlopes) {
        double between = 1;
        double slopeBetween = 0;
        if (f.narrow) {
            if (rjk < 0) {
                measureJk(data);
            }
            if (rjk >= plan.rc) {
                value = 0;
                if (withSlopes) {
                    java.util.Arrays.fill(slopeJ, 0);
                    java.util.Arrays.fill(slopeK, 0);
                }
                return;
            }
            double e = NegativeExponential.value(f.eta * rjk * rjk);
            between = e * cutoffJk;
            slopeBetween = e * (cutoffSlopeJk - 2 * f.eta * rjk * cutoffJk);
        }
        DescriptorPlan.PairPlan planJ = plan.pairs[type * plan.types + types[atomJ]];
        DescriptorPlan.PairPlan planK = plan.pairs[type * plan.types + types[atomK]];
        int weightJ = dataJ + PairKernel.RADIAL + 2 * planJ.radialEta.length + f.key1;
        int weightK = dataK + PairKernel.RADIAL + 2 * planK.radialEta.length + f.key2;
        double wj = data[weightJ];
        double wk = data[weightK];
        // Rounding can push 1 - cos below zero where three atoms are in line.
        double base = Math.max(0, 1 + f.lambda * cosine);
        if (!withSlopes) {
            value = f.norm * power(base, f.zeta, f.wholeZeta) * wj * wk * between;
            return;
        }
        double lower = f.norm * power(base, f.zeta - 1, f.wholeZeta - 1);
        double angle = lower * base;
        double byCosine = lower * f.zeta * f.lambda * wj * wk * between;
        double slopeWj = data[weightJ + planJ.angularEta.length];
        double slopeWk = data[weightK + planK.angularEta.length];
        value = angle * wj * wk * between;
        double alongJ = angle * slopeWj * wk * between - byCosine * cosine * data[dataJ + 3];
        double alongK = angle * slopeWk * wj * between - byCosine * cosine * data[dataK + 3];
        double acrossJ = byCosine * data[dataJ + 3];
        double acrossK = byCosine * data[dataK + 3];
        double apart = f.narrow ? angle * wj * wk * slopeBetween / rjk : 0;
        for (int axis = 0; axis < 3; axis++) {
            double uj = signJ * data[dataJ + axis];
            double uk = signK * data[dataK + axis];
            double d = uk * data[dataK + 4] - uj * data[dataJ + 4];
            slopeJ[axis] = alongJ * uj + acrossJ * uk - apart * d;
            slopeK[axis] = alongK * uk + acrossK * uj + apart * d;
        }
    }

    /** base^exponent; by repeated squaring when the exponent is whole (whole &gt;= 0), the same on every machine. */
    private static double power(double base, double exponent, int whole) {
        if (whole < 0) {
            return StrictMath.pow(base, exponent);
        }
        double result = 1;
        double square = base;
        for (int n = whole; n > 0; n >>= 1) {
            if ((n & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
