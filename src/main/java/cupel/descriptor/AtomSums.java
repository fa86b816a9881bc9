package cupel.descriptor;

import cupel.structure.Cell;

/**
 * Sums of atoms kept by the caller, for structures that change one atom at a time: what a pair adds to them, and the functions
 * made of them. Not safe for threads.
 *
 * <p>The sums of an atom are {@link #stride} numbers anywhere in an array of the caller's, zero to begin with.
 */
public final class AtomSums {

    private final DescriptorPlan plan;
    private final double[] pairSums = new double[Moments.DEGREE + 1];

    AtomSums(Descriptor descriptor) {
        this.plan = descriptor.plan();
    }

    /**
     * Whether sums over pairs are all that the descriptor needs, and the cell is such that no atom is within the cutoff of two images
     * of another.
     */
    public static boolean supports(Descriptor descriptor, Cell cell) {
        if (descriptor.plan().hasTriplets) {
            return false;
        }
        if (!cell.isPeriodic()) {
            return true;
        }
        double[] heights = PairSearch.heights(cell.vectors());
        boolean[] periodic = cell.periodic();
        for (int a = 0; a < 3; a++) {
            if (periodic[a] && !(heights[a] > 2 * descriptor.rc() * (1 + 1e-9))) {
                return false;
            }
        }
        return true;
    }

    /** Inverse of a cell of row vectors, row by row: fractions = position times inverse. */
    public static double[] inverse(double[] vectors) {
        return PairSearch.inverse(vectors);
    }

    /** Length of the sums of an atom. */
    public int stride() {
        return plan.sumsStride;
    }

    /** Length of what is kept of a pair. */
    public int pairStride() {
        return plan.pairStride;
    }

    /** Number of elements; types are 0 … types - 1, ascending by atomic number. */
    public int types() {
        return plan.types;
    }

    /** Type of an element; an exception naming it when it is not described. */
    public int type(int atomicNumber) {
        return plan.type(atomicNumber);
    }

    /** Number of functions of an atom of a type. */
    public int count(int type) {
        return plan.count[type];
    }

    /** Largest number of functions of any type. */
    public int maxCount() {
        return plan.maxCount;
    }

    /**
     * Computes what a pair adds.
     *
     * @param dx vector from the first atom to the second in angstrom
     * @param r2 its square, below the square of the cutoff
     * @param data takes {@link #pairStride} numbers from place o on
     */
    public void pair(int first, int second, double dx, double dy, double dz, double r2, double[] data, int o) {
        PairKernel.fill(plan.pairs[first * plan.types + second], plan.rc, dx, dy, dz, r2, data, o);
    }

    /**
     * Adds a pair to the sums of both atoms, or takes it away.
     *
     * @param sign 1 or -1
     * @param sums array of sums; i is where those of the first atom begin, j of the second; a side whose place is negative is left out
     */
    public void add(int first, int second, double[] data, int o, double sign, double[] sums, int i, int j) {
        PairKernel.add(plan, first, second, data, o, sign, sums, i, j);
    }

    /** The functions of an atom of a type, from its sums. */
    public void functions(int type, double[] sums, int so, double[] values, int vo) {
        PairKernel.functions(plan, type, sums, so, values, vo, pairSums);
    }
}
