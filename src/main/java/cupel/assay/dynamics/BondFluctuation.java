package cupel.assay.dynamics;

import cupel.structure.Structure;

/**
 * Root mean square bond-length fluctuation of a cluster along a trajectory, Berry's form of Lindemann's index (Berry, Beck, Davis,
 * Jellinek, Adv. Chem. Phys. 70, 75 (1988); Zhou, Karplus, Ball, Berry, J. Chem. Phys. 116, 2323 (2002), eq. 1).
 *
 * <pre>
 *   δ = 2 / (N (N − 1)) Σ_{i&lt;j} sqrt(&lt;r_ij²&gt; − &lt;r_ij&gt;²) / &lt;r_ij&gt;
 * </pre>
 *
 * <p>Some 0.1 and below: atoms swing around places of their own; 0.2 to 0.3 and above: they change places. The standard error is
 * that of the jackknife over blocks of the trajectory: δ anew without each block in turn (Efron, Tibshirani, An Introduction to the
 * Bootstrap, 1993, eq. 11.5), which needs blocks longer than the motions that matter.
 *
 * <p>Mutable, not safe for threads. Memory: blocks × N(N−1)/2 pairs.
 */
public final class BondFluctuation {

    private final int atoms;
    private final int blocks;
    private final int framesPerBlock;
    // by block and pair
    private final double[][] sums;
    private final double[][] squares;
    private final int[] frames;
    private int seen;

    /**
     * @param atoms of the cluster, 2 or more
     * @param frames that there will be, at least two for each block
     * @param blocks 2 or more
     */
    public BondFluctuation(int atoms, int frames, int blocks) {
        if (atoms < 2) {
            throw new IllegalArgumentException("illegal number of atoms: " + atoms + ", must be 2 or more");
        }
        if (blocks < 2) {
            throw new IllegalArgumentException("illegal number of blocks: " + blocks + ", must be 2 or more");
        }
        if (frames < 2 * blocks) {
            throw new IllegalArgumentException("illegal number of frames: " + frames + ", must be at least "
                    + 2 * blocks + ", two for each of " + blocks + " blocks");
        }
        this.atoms = atoms;
        this.blocks = blocks;
        this.framesPerBlock = frames / blocks;
        int pairs = atoms * (atoms - 1) / 2;
        sums = new double[blocks][pairs];
        squares = new double[blocks][pairs];
        this.frames = new int[blocks];
    }

    /** Takes up a frame; what is left over when frames do not fill whole blocks goes to the last block. */
    public void add(Structure frame) {
        if (frame.size() != atoms) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.size() + " atoms in a trajectory of " + atoms + " atoms");
        }
        int block = Math.min(blocks - 1, seen / framesPerBlock);
        double[] sum = sums[block];
        double[] square = squares[block];
        int pair = 0;
        for (int i = 0; i < atoms; i++) {
            for (int j = 0; j < i; j++) {
                double dx = frame.position(i, 0) - frame.position(j, 0);
                double dy = frame.position(i, 1) - frame.position(j, 1);
                double dz = frame.position(i, 2) - frame.position(j, 2);
                double r2 = dx * dx + dy * dy + dz * dz;
                sum[pair] += Math.sqrt(r2);
                square[pair] += r2;
                pair++;
            }
        }
        frames[block]++;
        seen++;
    }

    /** Frames taken up. */
    public int frames() {
        return seen;
    }

    /** δ of all frames, without unit; NaN before the second. */
    public double value() {
        return without(-1);
    }

    /** Standard error of {@link #value}; NaN until every block has a frame. */
    public double standardError() {
        if (frames[blocks - 1] == 0) {
            return Double.NaN;
        }
        double[] values = new double[blocks];
        double mean = 0;
        for (int block = 0; block < blocks; block++) {
            values[block] = without(block);
            mean += values[block] / blocks;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum * (blocks - 1) / blocks);
    }

    private double without(int left) {
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            count += block == left ? 0 : frames[block];
        }
        if (count < 2) {
            return Double.NaN;
        }
        double total = 0;
        int pairs = sums[0].length;
        for (int pair = 0; pair < pairs; pair++) {
            double sum = 0;
            double square = 0;
            for (int block = 0; block < blocks; block++) {
                if (block != left) {
                    sum += sums[block][pair];
                    square += squares[block][pair];
                }
            }
            double mean = sum / count;
            // rounding may leave a rigid bond a hair below zero
            total += Math.sqrt(Math.max(0, square / count - mean * mean)) / mean;
        }
        return total / pairs;
    }
}
