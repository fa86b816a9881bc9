package cupel.descriptor;

import cupel.structure.Structure;
import java.util.Arrays;

/**
 * The atoms of a large structure in an order in which neighbours in space are near in memory, cut into blocks.
 *
 * <p>Atoms are sorted into bins at least rc wide, so that only bins side by side need be searched (Allen and Tildesley, Computer
 * Simulation of Liquids, 2nd ed., 5.3.2), in a time proportional to the number of atoms. Bins are gathered into bricks, nearly
 * cubes of as many bins as hold the number of atoms wanted; a brick is a block. A block's pairs with atoms outside are computed in both
 * blocks, so a block should have little surface. A bin and the image that it is seen in follow from the bin's number without
 * bounds, so that cells narrower than rc need no special care.
 *
 * <p>Once made, read by any number of threads.
 */
final class Bricks {

    /** Square of the cutoff. */
    double limit;

    double[] vectors;
    /** Along each axis: whether bins go on at the other side, how many there are, and how many to go to each side. */
    final boolean[] wraps = new boolean[3];

    final int[] bins = new int[3];
    final int[] sides = new int[3];

    // All by the order of the bricks: places in the cell, the bin along each axis, and which atom of the structure it
    // is.
    double[] x = new double[0];
    double[] y = new double[0];
    double[] z = new double[0];
    int[] binOf = new int[0];
    int[] atom = new int[0];
    /** Where the atoms of each bin begin, in the order of {@link #bin}. */
    int[] binStarts = new int[1];
    /** Where the atoms of each block begin. */
    int[] blockStarts = new int[2];

    int blocks;

    private int n;
    /** The place of each bin among all, bricks one after the other. */
    private int[] rank = new int[0];

    private double[] wrapped = new double[0];
    private double[] fraction = new double[0];
    private int[] home = new int[0];

    /** Number of atoms. */
    int atoms() {
        return n;
    }

    /** The place among all of the bin with these numbers along the axes. */
    int bin(int b0, int b1, int b2) {
        return rank[(b0 * bins[1] + b1) * bins[2] + b2];
    }

    /**
     * Sorts the atoms of a structure.
     *
     * @param block how many atoms a block should have
     */
    void make(Structure structure, double rc, int block) {
        n = structure.size();
        limit = rc * rc;
        vectors = structure.cell().isPeriodic() ? structure.cell().vectors() : new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
        if (atom.length < n) {
            x = new double[n];
            y = new double[n];
            z = new double[n];
            binOf = new int[3 * n];
            atom = new int[n];
            wrapped = new double[3 * n];
            fraction = new double[3 * n];
            home = new int[3 * n];
        }
        wrap(structure);
        chooseBins(structure.cell().periodic(), rc);
        rankBins(block);
        sort();
        cutBlocks(block);
    }

    /** Places and fractions inside the cell along periodic axes. */
    private void wrap(Structure structure) {
        boolean[] periodic = structure.cell().periodic();
        double[] inverse = PairSearch.inverse(vectors);
        for (int i = 0; i < n; i++) {
            double px = structure.position(i, 0);
            double py = structure.position(i, 1);
            double pz = structure.position(i, 2);
            wrapped[3 * i] = px;
            wrapped[3 * i + 1] = py;
            wrapped[3 * i + 2] = pz;
            for (int a = 0; a < 3; a++) {
                double f = px * inverse[a] + py * inverse[3 + a] + pz * inverse[6 + a];
                double shift = periodic[a] ? Math.floor(f) : 0;
                fraction[3 * i + a] = f - shift;
                if (shift != 0) {
                    wrapped[3 * i] -= shift * vectors[3 * a];
                    wrapped[3 * i + 1] -= shift * vectors[3 * a + 1];
                    wrapped[3 * i + 2] -= shift * vectors[3 * a + 2];
                }
            }
        }
    }

    private void chooseBins(boolean[] periodic, double rc) {
        double[] inverse = PairSearch.inverse(vectors);
        // The margin keeps pairs at the edge of a bin from being lost to rounding.
        double width = rc * (1 + 1e-9);
        int most = (int) Math.cbrt(4.0 * n) + 1;
        for (int a = 0; a < 3; a++) {
            wraps[a] = periodic[a];
            double low = 0;
            double range = 1;
            if (!periodic[a]) {
                low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    low = Math.min(low, fraction[3 * i + a]);
                    high = Math.max(high, fraction[3 * i + a]);
                }
                range = Math.max(high - low, 1e-300);
            }
            double height = PairSearch.height(inverse, a) * range;
            bins[a] = (int) Math.max(1, Math.min(most, Math.floor(height / width)));
            sides[a] = periodic[a] ? (int) Math.ceil(width * bins[a] / height) : 1;
            for (int i = 0; i < n; i++) {
                home[3 * i + a] = Math.min(bins[a] - 1, (int) ((fraction[3 * i + a] - low) / range * bins[a]));
            }
        }
    }

    /** Numbers the bins brick by brick. */
    private void rankBins(int block) {
        int count = bins[0] * bins[1] * bins[2];
        double edge = Math.cbrt((double) block * count / n);
        int[] bricks = new int[3];
        for (int a = 0; a < 3; a++) {
            bricks[a] = (int) Math.max(1, Math.min(bins[a], Math.round(bins[a] / edge)));
        }
        if (rank.length < count) {
            rank = new int[count];
        }
        int bricksCount = bricks[0] * bricks[1] * bricks[2];
        blocks = bricksCount;
        if (blockStarts.length < bricksCount + 1) {
            blockStarts = new int[bricksCount + 1];
        }
        int next = 0;
        int brick = 0;
        for (int k0 = 0; k0 < bricks[0]; k0++) {
            for (int k1 = 0; k1 < bricks[1]; k1++) {
                for (int k2 = 0; k2 < bricks[2]; k2++) {
                    // For now the number of the first bin; sort() knows how many atoms come before.
                    blockStarts[brick++] = next;
                    for (int b0 = begin(0, k0, bricks); b0 < begin(0, k0 + 1, bricks); b0++) {
                        for (int b1 = begin(1, k1, bricks); b1 < begin(1, k1 + 1, bricks); b1++) {
                            for (int b2 = begin(2, k2, bricks); b2 < begin(2, k2 + 1, bricks); b2++) {
                                rank[(b0 * bins[1] + b1) * bins[2] + b2] = next++;
                            }
                        }
                    }
                }
            }
        }
        blockStarts[bricksCount] = next;
    }

    /** First bin of a brick along an axis. */
    private int begin(int a, int k, int[] bricks) {
        return (int) ((long) k * bins[a] / bricks[a]);
    }

    /** Counting sort by bins; atoms of a bin keep the order of the structure. */
    private void sort() {
        int count = bins[0] * bins[1] * bins[2];
        if (binStarts.length < count + 1) {
            binStarts = new int[count + 1];
        }
        Arrays.fill(binStarts, 0, count + 1, 0);
        for (int i = 0; i < n; i++) {
            binStarts[bin(home[3 * i], home[3 * i + 1], home[3 * i + 2])]++;
        }
        int total = 0;
        for (int b = 0; b < count; b++) {
            total += binStarts[b];
            binStarts[b] = total;
        }
        binStarts[count] = total;
        for (int i = n - 1; i >= 0; i--) {
            int k = --binStarts[bin(home[3 * i], home[3 * i + 1], home[3 * i + 2])];
            atom[k] = i;
            x[k] = wrapped[3 * i];
            y[k] = wrapped[3 * i + 1];
            z[k] = wrapped[3 * i + 2];
            binOf[3 * k] = home[3 * i];
            binOf[3 * k + 1] = home[3 * i + 1];
            binOf[3 * k + 2] = home[3 * i + 2];
        }
    }

    /** Leaves empty bricks out, and cuts those that are too full: a structure may be dense here and empty there. */
    private void cutBlocks(int block) {
        int[] starts = new int[blocks + n / block + 2];
        int kept = 0;
        for (int b = 0; b < blocks; b++) {
            int from = binStarts[blockStarts[b]];
            int size = binStarts[blockStarts[b + 1]] - from;
            int pieces = (int) Math.ceil(size / (1.5 * block));
            for (int piece = 0; piece < pieces; piece++) {
                starts[kept++] = from + (int) ((long) piece * size / pieces);
            }
        }
        starts[kept] = n;
        blocks = kept;
        blockStarts = starts;
    }
}
