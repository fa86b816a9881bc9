package cupel.descriptor;

import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Computes the functions of a {@link Descriptor} and their derivatives. Keeps its buffers from call to call; one per thread.
 *
 * <p>The plain way is {@link #features} or {@link #featuresWithJacobian}. The way without copies, for energies and forces, goes block
 * by block: {@link #open}, then for each of {@link #blocks} {@link #compute}, {@link #values}, {@link #forces}, {@link #addForces}. A
 * small structure is one block, with its atoms as they are. A large one is cut into many of some thousand atoms that are near each
 * other; memory then stays that of a block. Several calculators may share the blocks of one structure ({@link #openWith}): what a block
 * gives does not depend on who computes it.
 */
public final class DescriptorCalculator {

    /** How many atoms a block of a large structure has, about. */
    static final int BLOCK = 4096;

    /** Above this many atoms bins are faster than comparing all with all. */
    private static final int LARGEST = 250;

    private final Descriptor descriptor;
    private final DescriptorPlan plan;
    private final int blockSize;
    private final PairSearch pairs = new PairSearch();

    private Structure structure;
    /** The atoms in blocks; null while the structure is small and one block. */
    private Bricks bricks;

    private final Bricks ownBricks = new Bricks();

    /** Atoms of the block computed last; from here on numbers are of atoms outside it. */
    private int size;
    /** Where the block begins in the order of the bricks. */
    private int begin;
    /** By number within the block: type, those of atoms outside included. */
    private int[] types = new int[0];

    private double[] pairData = new double[0];
    /** Rows of sums of the atoms of the block. */
    private double[] sums = new double[0];
    /** Gradients by sums; the row after the last atom's is zero, and stands for all atoms outside. */
    private double[] gradient = new double[0];

    private int[] offsets = new int[1];
    private double[] values = new double[0];
    private double[] forces = new double[0];
    private final double[] pairSums = new double[Moments.DEGREE + 1];
    private final double[] slope = new double[3];

    /** Directed lists of the block: entries lists[starts[i]] …: 2 * pair, plus 1 when seen from the second atom. */
    private int[] starts = new int[1];

    private int[] lists = new int[0];
    private final TripletSums triplets;

    DescriptorCalculator(Descriptor descriptor) {
        this(descriptor, BLOCK);
    }

    /** One with blocks of another size. */
    DescriptorCalculator(Descriptor descriptor, int blockSize) {
        this.descriptor = descriptor;
        this.blockSize = blockSize;
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

    /** The same, to the bit, with the atoms of a large structure shared between threads. */
    public StructureFeatures features(Structure structure, int threads) {
        open(structure);
        if (threads == 1 || blocks() == 1) {
            return features(structure, false);
        }
        int[] all = offsets(structure);
        double[] copy = new double[all[structure.size()]];
        Workers.run(threads, blocks(), () -> {
            DescriptorCalculator own = new DescriptorCalculator(descriptor, blockSize);
            own.openWith(this);
            return b -> {
                own.compute(b);
                own.copyValues(copy, all);
            };
        });
        return new StructureFeatures(structure.atomicNumbers(), all, copy, null);
    }

    /** The functions of all atoms and their derivatives by all positions. */
    public StructureFeatures featuresWithJacobian(Structure structure) {
        return features(structure, true);
    }

    private StructureFeatures features(Structure structure, boolean withJacobian) {
        open(structure);
        int[] all = offsets(structure);
        double[] copy = new double[all[structure.size()]];
        JacobianBuilder jacobian = withJacobian ? new JacobianBuilder(plan, structure.size()) : null;
        for (int b = 0; b < blocks(); b++) {
            compute(b);
            copyValues(copy, all);
            if (withJacobian) {
                makeLists();
                jacobian.add(
                        this, size, size + pairs.outsideCount, types, pairs, pairData, starts, lists, sums, triplets);
            }
        }
        return new StructureFeatures(structure.atomicNumbers(), all, copy, withJacobian ? jacobian.build() : null);
    }

    /** Where the functions of each atom begin, atoms in the order of the structure. */
    private int[] offsets(Structure of) {
        int[] all = new int[of.size() + 1];
        for (int i = 0; i < of.size(); i++) {
            all[i + 1] = all[i] + plan.count[plan.type(of.atomicNumber(i))];
        }
        return all;
    }

    private void copyValues(double[] into, int[] all) {
        for (int k = 0; k < size; k++) {
            System.arraycopy(values, offsets[k], into, all[atom(k)], offsets[k + 1] - offsets[k]);
        }
    }

    /**
     * Takes up a structure; {@link #compute} comes next.
     *
     * @throws cupel.structure.InputException when the structure has an element that the descriptor does not know
     */
    public void open(Structure newStructure) {
        int n = newStructure.size();
        for (int i = 0; i < n; i++) {
            plan.type(newStructure.atomicNumber(i));
        }
        structure = newStructure;
        bricks = null;
        if (n > Math.min(LARGEST, blockSize)) {
            ownBricks.make(structure, plan.rc, blockSize);
            bricks = ownBricks;
        }
        size = 0;
    }

    /**
     * Takes up the structure that another calculator of the same descriptor has, and its blocks. The other must not take up another one
     * meanwhile.
     */
    public void openWith(DescriptorCalculator other) {
        structure = other.structure;
        bricks = other.bricks;
        size = 0;
    }

    /** Number of blocks of the structure taken up. */
    public int blocks() {
        return bricks == null ? 1 : bricks.blocks;
    }

    /** Computes the functions of the atoms of a block into {@link #values}. */
    public void compute(int block) {
        findPairs(block);
        int n = size;
        int stride = plan.sumsStride;
        if (sums.length < n * stride) {
            sums = new double[n * stride];
        }
        Arrays.fill(sums, 0, n * stride, 0);
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
            PairKernel.add(plan, first, second, pairData, o, 1, sums, i * stride, j < n ? j * stride : -1);
        }
        if (offsets.length < n + 1) {
            offsets = new int[n + 1];
        }
        for (int i = 0; i < n; i++) {
            offsets[i + 1] = offsets[i] + plan.count[types[i]];
        }
        if (values.length < offsets[n]) {
            values = new double[offsets[n]];
        }
        for (int i = 0; i < n; i++) {
            PairKernel.functions(plan, types[i], sums, i * stride, values, offsets[i], pairSums);
        }
        if (plan.hasTriplets) {
            makeLists();
            for (int i = 0; i < n; i++) {
                triplets.add(types[i], lists, starts[i], starts[i + 1], i, types, pairs, pairData, values, offsets[i]);
            }
        }
    }

    /** Pairs and types of a block. */
    private void findPairs(int block) {
        if (bricks == null) {
            begin = 0;
            size = structure.size();
            pairs.find(structure, plan.rc);
        } else {
            begin = bricks.blockStarts[block];
            size = bricks.blockStarts[block + 1] - begin;
            pairs.findBlock(bricks, begin, begin + size);
        }
        int all = size + pairs.outsideCount;
        if (types.length < all) {
            types = new int[all + all / 4];
        }
        for (int k = 0; k < all; k++) {
            types[k] = plan.type(structure.atomicNumber(atom(k)));
        }
    }

    /** Number of atoms of the block computed last. */
    public int size() {
        return size;
    }

    /** Number of atoms of the block and of those outside that are near them: what {@link #forces} has forces on. */
    public int sizeWithNeighbours() {
        return size + pairs.outsideCount;
    }

    /** Which atom of the structure the k-th of the block is; from {@link #size} on, the atoms outside that are near. */
    public int atom(int k) {
        if (bricks == null) {
            return k;
        }
        return bricks.atom[k < size ? begin + k : pairs.outside[k - size]];
    }

    private void makeLists() {
        int n = size;
        if (starts.length < n + 1) {
            starts = new int[n + 1];
        }
        Arrays.fill(starts, 0, n + 1, 0);
        for (int p = 0; p < pairs.size; p++) {
            starts[pairs.first[p]]++;
            int j = pairs.second[p];
            if (j < n) {
                starts[j]++;
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
            if (j < n) {
                lists[--starts[j]] = 2 * p + 1;
            }
            lists[--starts[pairs.first[p]]] = 2 * p;
        }
    }

    /**
     * The functions computed last: those of the k-th atom of the block from place {@link #offset} on. A live buffer, overwritten by
     * the next computation.
     */
    public double[] values() {
        return values;
    }

    /** Where in {@link #values} the functions of the k-th atom of the block begin. */
    public int offset(int k) {
        return offsets[k];
    }

    /**
     * What the energies of the atoms of the block computed last contribute to the forces, by the chain rule through the sums.
     *
     * @param dEdG derivative of the energy by each function, in the layout of {@link #values}, in eV
     * @param virial to which their contribution to the derivative of the energy by strain is added, in eV, xx yy zz yz xz xy; divided by
     *     the volume the whole is the stress, tension positive. May be null
     * @return forces in eV/angstrom, x y z of {@link #atom atom(0)}, atom(1), … up to {@link #sizeWithNeighbours}. A live buffer
     */
    public double[] forces(double[] dEdG, double[] virial) {
        int n = size;
        int stride = plan.sumsStride;
        int all = 3 * sizeWithNeighbours();
        if (forces.length < all) {
            forces = new double[all + all / 4];
        }
        Arrays.fill(forces, 0, all, 0);
        if (gradient.length < (n + 1) * stride) {
            gradient = new double[(n + 1) * stride];
        }
        for (int i = 0; i < n; i++) {
            PairKernel.functionsBack(plan, types[i], sums, i * stride, dEdG, offsets[i], gradient, i * stride);
        }
        Arrays.fill(gradient, n * stride, (n + 1) * stride, 0);
        for (int p = 0, o = 0; p < pairs.size; p++, o += plan.pairStride) {
            int i = pairs.first[p];
            int j = pairs.second[p];
            PairKernel.slope(
                    plan, types[i], types[j], pairData, o, gradient, i * stride, Math.min(j, n) * stride, slope);
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
                        types[i],
                        lists,
                        starts[i],
                        starts[i + 1],
                        i,
                        types,
                        pairs,
                        pairData,
                        dEdG,
                        offsets[i],
                        forces,
                        virial);
            }
        }
        return forces;
    }

    /**
     * Adds what {@link #forces} returns to the forces on the atoms of the structure, x y z per atom.
     *
     * @param total takes the forces in eV/angstrom
     */
    public void addForces(double[] dEdG, double[] total, double[] virial) {
        double[] part = forces(dEdG, virial);
        int all = sizeWithNeighbours();
        for (int k = 0; k < all; k++) {
            int i = 3 * atom(k);
            total[i] += part[3 * k];
            total[i + 1] += part[3 * k + 1];
            total[i + 2] += part[3 * k + 2];
        }
    }
}
