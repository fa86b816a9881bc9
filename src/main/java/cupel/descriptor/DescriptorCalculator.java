package cupel.descriptor;

import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Computes the functions of a {@link Descriptor} and their derivatives. Keeps its buffers from call to call; one per thread.
 *
 * <p>The plain way is {@link #features} or {@link #featuresWithJacobian}. The way without copies, for energies and forces: {@link
 * #load}, read {@link #values}, then {@link #forces}. Structures of many atoms go block by block: {@link #open}, and for each
 * range of atoms {@link #compute}, {@link #values}, {@link #addForces}; memory then stays that of a block.
 */
public final class DescriptorCalculator {

    /** How many atoms {@link #compute} should take at a time when a structure is large. */
    public static final int BLOCK = 4096;

    private final Descriptor descriptor;
    private final DescriptorPlan plan;
    private final int block;
    private final PairSearch pairs = new PairSearch();

    private Structure structure;
    /** Whether the atoms of the structure taken up are in bins; small structures do without. */
    private boolean binned;

    private int[] types = new int[0];
    private int begin;
    private int end;
    private double[] pairData = new double[0];
    /** Rows of sums; the row after the last atom's is for atoms outside the block, and is not read. */
    private double[] sums = new double[0];
    /** Gradients by sums; the row after the last atom's stays zero. */
    private double[] gradient = new double[0];

    private int[] offsets = new int[1];
    private double[] values = new double[0];
    private final double[] pairSums = new double[Moments.DEGREE + 1];
    private final double[] slope = new double[3];

    /** Directed lists of the block: entries lists[starts[i - begin]] …: 2 * pair, plus 1 when seen from the second atom. */
    private int[] starts = new int[1];

    private int[] lists = new int[0];
    private final TripletSums triplets;

    DescriptorCalculator(Descriptor descriptor) {
        this(descriptor, BLOCK);
    }

    /** One whose features go by blocks of another size. */
    DescriptorCalculator(Descriptor descriptor, int block) {
        this.descriptor = descriptor;
        this.block = block;
        this.plan = descriptor.plan();
        this.triplets = plan.hasTriplets ? new TripletSums(plan) : null;
    }

    /** What is computed. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /**
     * The functions of all atoms.
     *
     * @throws cupel.structure.InputException when the structure has an element that the descriptor does not know
     */
    public StructureFeatures features(Structure structure) {
        return features(structure, false);
    }

    /** The functions of all atoms and their derivatives by all positions. */
    public StructureFeatures featuresWithJacobian(Structure structure) {
        return features(structure, true);
    }

    private StructureFeatures features(Structure structure, boolean withJacobian) {
        open(structure);
        int n = structure.size();
        int[] all = new int[n + 1];
        for (int i = 0; i < n; i++) {
            all[i + 1] = all[i] + plan.count[types[i]];
        }
        double[] copy = new double[all[n]];
        JacobianBuilder jacobian = withJacobian ? new JacobianBuilder(plan, n) : null;
        for (int from = 0; from < n; from += block) {
            compute(from, Math.min(n, from + block));
            System.arraycopy(values, 0, copy, all[from], offsets[end - begin]);
            if (withJacobian) {
                makeLists();
                jacobian.add(begin, end, types, pairs, pairData, starts, lists, sums, triplets);
            }
        }
        return new StructureFeatures(structure.atomicNumbers(), all, copy, withJacobian ? jacobian.build() : null);
    }

    /** Computes the functions of all atoms into {@link #values}. */
    public void load(Structure structure) {
        open(structure);
        compute(0, structure.size());
    }

    /** Takes up a structure; {@link #compute} comes next. */
    public void open(Structure structure) {
        int n = structure.size();
        if (types.length < n) {
            types = new int[n];
        }
        plan.types(structure, types);
        this.structure = structure;
        binned = n > PairSearch.LARGEST;
        if (binned) {
            pairs.prepare(structure, plan.rc);
        }
        begin = 0;
        end = 0;
    }

    /** Computes the functions of the atoms from … to - 1 of the structure taken up. */
    public void compute(int from, int to) {
        begin = from;
        end = to;
        int n = to - from;
        findPairs();
        int stride = plan.sumsStride;
        if (sums.length < (n + 1) * stride) {
            sums = new double[(n + 1) * stride];
        }
        Arrays.fill(sums, 0, (n + 1) * stride, 0);
        int pairStride = plan.pairStride;
        if (pairData.length < pairs.size * pairStride) {
            pairData = new double[pairs.size * pairStride + pairs.size * pairStride / 4];
        }
        for (int p = 0, o = 0; p < pairs.size; p++, o += pairStride) {
            int i = pairs.first[p];
            int j = pairs.second[p];
            int first = types[i];
            int second = types[j];
            PairKernel.fill(
                    plan.pairs[first * plan.types + second],
                    plan.rc,
                    pairs.dx[p],
                    pairs.dy[p],
                    pairs.dz[p],
                    pairs.r2[p],
                    pairData,
                    o);
            PairKernel.add(plan, first, second, pairData, o, 1, sums, row(i), row(j));
        }
        if (offsets.length < n + 1) {
            offsets = new int[n + 1];
        }
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = offsets[i] + plan.count[types[from + i]];
        }
        if (values.length < offsets[n]) {
            values = new double[offsets[n]];
        }
        for (int i = 0; i < n; i++) {
            PairKernel.functions(plan, types[from + i], sums, i * stride, values, offsets[i], pairSums);
        }
        if (plan.hasTriplets) {
            makeLists();
            for (int i = 0; i < n; i++) {
                triplets.add(
                        types[from + i],
                        lists,
                        starts[i],
                        starts[i + 1],
                        from + i,
                        types,
                        pairs,
                        pairData,
                        values,
                        offsets[i]);
            }
        }
    }

    /** Where the sums of an atom begin; atoms outside the block share the row after the last. */
    private int row(int atom) {
        return (atom >= begin && atom < end ? atom - begin : end - begin) * plan.sumsStride;
    }

    private void findPairs() {
        if (!binned && begin == 0 && end == structure.size()) {
            pairs.find(structure, plan.rc);
            return;
        }
        if (!binned) {
            pairs.prepare(structure, plan.rc);
            binned = true;
        }
        pairs.findBlock(begin, end);
    }

    private void makeLists() {
        int n = end - begin;
        if (starts.length < n + 1) {
            starts = new int[n + 1];
        }
        Arrays.fill(starts, 0, n + 1, 0);
        for (int p = 0; p < pairs.size; p++) {
            starts[pairs.first[p] - begin]++;
            int j = pairs.second[p];
            if (j >= begin && j < end) {
                starts[j - begin]++;
            }
        }
        int total = 0;
        for (int i = 0; i < n; i++) {
            total += starts[i];
            starts[i] = total;
        }
        starts[n] = total;
        if (lists.length < total) {
            lists = new int[total + total / 4];
        }
        for (int p = pairs.size - 1; p >= 0; p--) {
            int j = pairs.second[p];
            if (j >= begin && j < end) {
                lists[--starts[j - begin]] = 2 * p + 1;
            }
            lists[--starts[pairs.first[p] - begin]] = 2 * p;
        }
    }

    /**
     * The functions computed last: those of atom i of the block from place {@link #offset} on. A live buffer, overwritten by the
     * next computation.
     */
    public double[] values() {
        return values;
    }

    /** Where in {@link #values} the functions of an atom begin, counted within the block from 0 on. */
    public int offset(int atomOfBlock) {
        return offsets[atomOfBlock];
    }

    /**
     * Forces and virial of the structure loaded last, by the chain rule through the sums.
     *
     * @param dEdG derivative of the energy by each function, in the layout of {@link #values}, in eV
     * @param forces takes the forces in eV/angstrom, x y z per atom; overwritten
     * @param virial takes the derivative of the energy by strain in eV, xx yy zz yz xz xy, overwritten; divided by the volume it is
     *     the stress, tension positive. May be null
     */
    public void forces(double[] dEdG, double[] forces, double[] virial) {
        Arrays.fill(forces, 0, 3 * structure.size(), 0);
        if (virial != null) {
            Arrays.fill(virial, 0);
        }
        addForces(dEdG, forces, virial);
    }

    /** Adds what the atoms of the block computed last contribute to {@link #forces} and virial. */
    public void addForces(double[] dEdG, double[] forces, double[] virial) {
        int n = end - begin;
        int stride = plan.sumsStride;
        if (gradient.length < (n + 1) * stride) {
            gradient = new double[(n + 1) * stride];
        }
        for (int i = 0; i < n; i++) {
            PairKernel.functionsBack(plan, types[begin + i], sums, i * stride, dEdG, offsets[i], gradient, i * stride);
        }
        Arrays.fill(gradient, n * stride, (n + 1) * stride, 0);
        for (int p = 0, o = 0; p < pairs.size; p++, o += plan.pairStride) {
            int i = pairs.first[p];
            int j = pairs.second[p];
            PairKernel.slope(plan, types[i], types[j], pairData, o, gradient, row(i), row(j), slope);
            double sx = slope[0];
            double sy = slope[1];
            double sz = slope[2];
            forces[3 * i] += sx;
            forces[3 * i + 1] += sy;
            forces[3 * i + 2] += sz;
            forces[3 * j] -= sx;
            forces[3 * j + 1] -= sy;
            forces[3 * j + 2] -= sz;
            if (virial != null) {
                virial[0] += sx * pairs.dx[p];
                virial[1] += sy * pairs.dy[p];
                virial[2] += sz * pairs.dz[p];
                virial[3] += sy * pairs.dz[p];
                virial[4] += sx * pairs.dz[p];
                virial[5] += sx * pairs.dy[p];
            }
        }
        if (plan.hasTriplets) {
            for (int i = 0; i < n; i++) {
                triplets.addForces(
                        types[begin + i],
                        lists,
                        starts[i],
                        starts[i + 1],
                        begin + i,
                        types,
                        pairs,
                        pairData,
                        dEdG,
                        offsets[i],
                        forces,
                        virial);
            }
        }
    }
}
