package cupel.structure;

import java.util.Arrays;

/**
 * The neighbours of every atom within a cutoff radius: r &lt; rc, all periodic images, each pair seen from both of its
 * atoms.
 *
 * <p>Stored as one flat list (compressed sparse rows): the neighbours of atom i are the entries {@code start(i)} to
 * {@code end(i) - 1}, ordered by the neighbour's index and then by its image. In cells smaller than the cutoff radius an
 * atom is its own neighbour through its images; only the atom itself is left out. The vector of an entry points from the
 * atom to the neighbour; the two entries of a pair have exactly opposite vectors, bit by bit.
 *
 * <p>Up to {@value #ALL_PAIRS} atoms of a cluster all pairs are tried; otherwise atoms are sorted into bins at least rc wide
 * where the box allows (Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., 5.3.2), which takes a time
 * proportional to the number of atoms. Both ways give the same list. The bins are made in fractional coordinates, so that
 * skewed cells need no special care; where the cell is narrower than rc, the search goes over as many images as needed.
 *
 * <p>{@link #of} makes a list; {@link #update} reuses its memory for another structure. Not safe for threads while it is
 * updated.
 */
public final class NeighbourList {

    private static final int ALL_PAIRS = 100;

    /** More images than this around one cell mean that the cell is thinner than any crystal's. */
    private static final double MOST_IMAGES = 1e6;

    /** Keeps pairs at the very edge of a bin from being lost to rounding. */
    private static final double SLACK = 1e-9;

    private final double rc;
    private int atoms;
    private int[] starts = new int[1];
    private int[] neighbours = new int[0];
    private double[] dx = new double[0];
    private double[] dy = new double[0];
    private double[] dz = new double[0];
    private double[] r2 = new double[0];

    // what the search finds, in the order in which it finds it
    private int found;
    private int[] foundStarts = new int[1];
    private int[] foundNeighbours = new int[0];
    private double[] foundDx = new double[0];
    private double[] foundDy = new double[0];
    private double[] foundDz = new double[0];
    private double[] foundR2 = new double[0];

    /**
     * An empty list.
     *
     * @param rc cutoff radius in angstrom, positive
     */
    public NeighbourList(double rc) {
        if (!(rc > 0) || Double.isInfinite(rc)) {
            throw new IllegalArgumentException("illegal cutoff radius: " + rc + ", must be positive and finite");
        }
        this.rc = rc;
    }

    /** The neighbours in a structure. */
    public static NeighbourList of(Structure structure, double rc) {
        NeighbourList list = new NeighbourList(rc);
        list.update(structure);
        return list;
    }

    /** Makes this the list of another structure. */
    public void update(Structure structure) {
        update(structure.size(), structure.positions(), structure.cell());
    }

    /**
     * Makes this the list of atoms at these places.
     *
     * @param atomCount number of atoms
     * @param positions x y z per atom in angstrom; may be longer than needed; not kept
     * @param cell the box
     */
    public void update(int atomCount, double[] positions, Cell cell) {
        atoms = atomCount;
        if (starts.length <= atomCount) {
            starts = new int[atomCount + 1 + atomCount / 2];
        }
        if (atomCount <= ALL_PAIRS && !cell.isPeriodic()) {
            allPairs(positions);
        } else {
            new Bins(positions, cell).search();
            transposeFound();
        }
    }

    private void allPairs(double[] positions) {
        double rc2 = rc * rc;
        int p = 0;
        for (int i = 0; i < atoms; i++) {
            starts[i] = p;
            ensureCapacity(p + atoms);
            double x = positions[3 * i];
            double y = positions[3 * i + 1];
            double z = positions[3 * i + 2];
            for (int j = 0; j < atoms; j++) {
                double ex = positions[3 * j] - x;
                double ey = positions[3 * j + 1] - y;
                double ez = positions[3 * j + 2] - z;
                double d2 = ex * ex + ey * ey + ez * ez;
                if (d2 < rc2 && j != i) {
                    neighbours[p] = j;
                    dx[p] = ex;
                    dy[p] = ey;
                    dz[p] = ez;
                    r2[p] = d2;
                    p++;
                }
            }
        }
        starts[atoms] = p;
    }

    /**
     * Sorts what the search found, without a sort. Reading the atoms i in ascending order and handing each entry (i, j, d)
     * to j as (j, i, -d) fills every j's row in ascending order of i; reading each row of i backwards turns the images,
     * found in ascending order for every pair, so that they ascend again after the change of sign. This needs the search to
     * find (i, j, d) exactly when it finds (j, i, -d): it does, because it computes d as (xj - xi) + shift, which changes
     * nothing but its sign when the two atoms change places.
     */
    private void transposeFound() {
        ensureCapacity(found);
        Arrays.fill(starts, 0, atoms + 1, 0);
        for (int p = 0; p < found; p++) {
            starts[foundNeighbours[p]]++;
        }
        int sum = 0;
        for (int i = 0; i <= atoms; i++) {
            int count = i < atoms ? starts[i] : 0;
            starts[i] = sum;
            sum += count;
        }
        for (int i = 0; i < atoms; i++) {
            for (int p = foundStarts[i + 1] - 1; p >= foundStarts[i]; p--) {
                int q = starts[foundNeighbours[p]]++;
                neighbours[q] = i;
                dx[q] = -foundDx[p];
                dy[q] = -foundDy[p];
                dz[q] = -foundDz[p];
                r2[q] = foundR2[p];
            }
        }
        // each start has moved to the next one's place
        System.arraycopy(starts, 0, starts, 1, atoms);
        starts[0] = 0;
    }

    private void ensureCapacity(int length) {
        if (neighbours.length < length) {
            int capacity = Math.max(length, neighbours.length + neighbours.length / 2);
            neighbours = Arrays.copyOf(neighbours, capacity);
            dx = Arrays.copyOf(dx, capacity);
            dy = Arrays.copyOf(dy, capacity);
            dz = Arrays.copyOf(dz, capacity);
            r2 = Arrays.copyOf(r2, capacity);
        }
    }

    private void growFound() {
        int capacity = Math.max(1024, 2 * foundNeighbours.length);
        foundNeighbours = Arrays.copyOf(foundNeighbours, capacity);
        foundDx = Arrays.copyOf(foundDx, capacity);
        foundDy = Arrays.copyOf(foundDy, capacity);
        foundDz = Arrays.copyOf(foundDz, capacity);
        foundR2 = Arrays.copyOf(foundR2, capacity);
    }

    /** The search by bins, for one set of positions. */
    private final class Bins {

        private final double[] positions;
        private final boolean[] periodic;
        private final double[] vectors;
        /** Per axis: bins along it, and how many bins away a neighbour can be. */
        private final int[] bins = new int[3];

        private final int[] reach = new int[3];
        /** Per atom and axis: the bin, and in periodic directions how many cells the atom is away from the first one. */
        private final int[] bin;

        private final int[] wraps;

        Bins(double[] positions, Cell cell) {
            this.positions = positions;
            periodic = cell.periodic();
            vectors = cell.isNone() ? new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1} : frame(cell);
            bin = new int[3 * atoms];
            wraps = new int[3 * atoms];

            double[] inverse = inverse(vectors);
            double[] fractional = new double[3 * atoms];
            double[] width = new double[3];
            double[] low = new double[3];
            double[] length = new double[3];
            for (int k = 0; k < 3; k++) {
                // distance between the two faces that the axis k crosses: one over the length of the reciprocal vector
                width[k] = 1
                        / Math.sqrt(inverse[k] * inverse[k]
                                + inverse[3 + k] * inverse[3 + k]
                                + inverse[6 + k] * inverse[6 + k]);
                double min = Double.POSITIVE_INFINITY;
                double max = Double.NEGATIVE_INFINITY;
                for (int i = 0; i < atoms; i++) {
                    double f = positions[3 * i] * inverse[k]
                            + positions[3 * i + 1] * inverse[3 + k]
                            + positions[3 * i + 2] * inverse[6 + k];
                    if (periodic[k]) {
                        double cells = Math.floor(f);
                        wraps[3 * i + k] = (int) cells;
                        f -= cells;
                    }
                    fractional[3 * i + k] = f;
                    min = Math.min(min, f);
                    max = Math.max(max, f);
                }
                low[k] = periodic[k] ? 0 : min;
                length[k] = periodic[k] ? 1 : Math.max(max - min, 1e-12);
                double wanted = Math.floor(length[k] * width[k] / (rc * (1 + SLACK)));
                bins[k] = (int) Math.max(1, Math.min(wanted, Math.max(1, atoms)));
            }
            limitBins();
            double images = 1;
            for (int k = 0; k < 3; k++) {
                double farthest = Math.ceil(rc * bins[k] / (length[k] * width[k]) + SLACK);
                reach[k] = (int) (periodic[k] ? Math.min(farthest, 1e9) : Math.min(farthest, bins[k] - 1));
                images *= periodic[k] ? 2.0 * reach[k] / bins[k] + 1 : 1;
                for (int i = 0; i < atoms; i++) {
                    int b = (int) ((fractional[3 * i + k] - low[k]) / length[k] * bins[k]);
                    bin[3 * i + k] = Math.max(0, Math.min(bins[k] - 1, b));
                }
            }
            if (images > MOST_IMAGES) {
                throw new IllegalArgumentException("illegal cell: " + cell + ", so thin that a radius of " + rc
                        + " angstrom reaches " + (long) images + " images of it");
            }
        }

        /** Far-flung atoms would need more bins than there are atoms; halving the finest axis keeps memory proportional. */
        private void limitBins() {
            long most = Math.max(64, 4L * atoms);
            while ((long) bins[0] * bins[1] * bins[2] > most) {
                int finest = bins[0] >= bins[1] && bins[0] >= bins[2] ? 0 : bins[1] >= bins[2] ? 1 : 2;
                bins[finest] = (bins[finest] + 1) / 2;
            }
        }

        void search() {
            int[] first = new int[bins[0] * bins[1] * bins[2] + 1];
            int[] members = new int[atoms];
            for (int i = 0; i < atoms; i++) {
                first[index(bin[3 * i], bin[3 * i + 1], bin[3 * i + 2]) + 1]++;
            }
            for (int b = 1; b < first.length; b++) {
                first[b] += first[b - 1];
            }
            int[] next = first.clone();
            for (int i = 0; i < atoms; i++) {
                members[next[index(bin[3 * i], bin[3 * i + 1], bin[3 * i + 2])]++] = i;
            }

            double rc2 = rc * rc;
            found = 0;
            if (foundStarts.length <= atoms) {
                foundStarts = new int[atoms + 1 + atoms / 2];
            }
            for (int i = 0; i < atoms; i++) {
                foundStarts[i] = found;
                for (int a = lowest(i, 0); a <= highest(i, 0); a++) {
                    int wrapA = Math.floorDiv(a, bins[0]);
                    for (int b = lowest(i, 1); b <= highest(i, 1); b++) {
                        int wrapB = Math.floorDiv(b, bins[1]);
                        for (int c = lowest(i, 2); c <= highest(i, 2); c++) {
                            int wrapC = Math.floorDiv(c, bins[2]);
                            int box = index(a - wrapA * bins[0], b - wrapB * bins[1], c - wrapC * bins[2]);
                            for (int m = first[box]; m < first[box + 1]; m++) {
                                tryPair(i, members[m], wrapA, wrapB, wrapC, rc2);
                            }
                        }
                    }
                }
            }
            foundStarts[atoms] = found;
        }

        private void tryPair(int i, int j, int wrapA, int wrapB, int wrapC, double rc2) {
            // the image of j relative to where j was given, seen from where i was given
            int sa = wrapA + wraps[3 * i] - wraps[3 * j];
            int sb = wrapB + wraps[3 * i + 1] - wraps[3 * j + 1];
            int sc = wrapC + wraps[3 * i + 2] - wraps[3 * j + 2];
            double shiftX = sa * vectors[0] + sb * vectors[3] + sc * vectors[6];
            double shiftY = sa * vectors[1] + sb * vectors[4] + sc * vectors[7];
            double shiftZ = sa * vectors[2] + sb * vectors[5] + sc * vectors[8];
            double ex = positions[3 * j] - positions[3 * i] + shiftX;
            double ey = positions[3 * j + 1] - positions[3 * i + 1] + shiftY;
            double ez = positions[3 * j + 2] - positions[3 * i + 2] + shiftZ;
            double d2 = ex * ex + ey * ey + ez * ez;
            if (!(d2 < rc2) || (i == j && sa == 0 && sb == 0 && sc == 0)) {
                return;
            }
            if (found == foundNeighbours.length) {
                growFound();
            }
            foundNeighbours[found] = j;
            foundDx[found] = ex;
            foundDy[found] = ey;
            foundDz[found] = ez;
            foundR2[found] = d2;
            found++;
        }

        private int lowest(int atom, int axis) {
            int b = bin[3 * atom + axis] - reach[axis];
            return periodic[axis] ? b : Math.max(0, b);
        }

        private int highest(int atom, int axis) {
            int b = bin[3 * atom + axis] + reach[axis];
            return periodic[axis] ? b : Math.min(bins[axis] - 1, b);
        }

        private int index(int a, int b, int c) {
            return (a * bins[1] + b) * bins[2] + c;
        }
    }

    /** The cell's vectors; those of a cell that does not repeat may be dependent, then any frame will do. */
    private static double[] frame(Cell cell) {
        return cell.volume() > 1e-9 ? cell.vectors() : new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1};
    }

    /** Inverse of the matrix whose rows are a, b, c: position = fractional x rows, fractional = position x inverse. */
    private static double[] inverse(double[] m) {
        double c0 = m[4] * m[8] - m[5] * m[7];
        double c1 = m[5] * m[6] - m[3] * m[8];
        double c2 = m[3] * m[7] - m[4] * m[6];
        double d = 1 / (m[0] * c0 + m[1] * c1 + m[2] * c2);
        return new double[] {
            c0 * d, (m[2] * m[7] - m[1] * m[8]) * d, (m[1] * m[5] - m[2] * m[4]) * d,
            c1 * d, (m[0] * m[8] - m[2] * m[6]) * d, (m[2] * m[3] - m[0] * m[5]) * d,
            c2 * d, (m[1] * m[6] - m[0] * m[7]) * d, (m[0] * m[4] - m[1] * m[3]) * d
        };
    }

    /** Cutoff radius in angstrom. */
    public double rc() {
        return rc;
    }

    /** Number of atoms. */
    public int atoms() {
        return atoms;
    }

    /** Number of entries: twice the number of pairs. */
    public int size() {
        return starts[atoms];
    }

    /** The first entry of an atom. */
    public int start(int atom) {
        return starts[atom];
    }

    /** One after the last entry of an atom. */
    public int end(int atom) {
        return starts[atom + 1];
    }

    /** The neighbour's index. */
    public int neighbour(int entry) {
        return neighbours[entry];
    }

    /** Vector from atom to neighbour, x, in angstrom. */
    public double dx(int entry) {
        return dx[entry];
    }

    /** Vector from atom to neighbour, y, in angstrom. */
    public double dy(int entry) {
        return dy[entry];
    }

    /** Vector from atom to neighbour, z, in angstrom. */
    public double dz(int entry) {
        return dz[entry];
    }

    /** Squared distance in square angstrom. */
    public double r2(int entry) {
        return r2[entry];
    }

    /** For kernels: entries begin at {@code starts()[i]}; not a copy, longer than needed, replaced by {@link #update}. */
    public int[] starts() {
        return starts;
    }

    /** For kernels: neighbour indices; not a copy, longer than needed, replaced by {@link #update}. */
    public int[] neighbours() {
        return neighbours;
    }

    /** For kernels: vectors, x; not a copy, longer than needed, replaced by {@link #update}. */
    public double[] dx() {
        return dx;
    }

    /** For kernels: vectors, y; not a copy, longer than needed, replaced by {@link #update}. */
    public double[] dy() {
        return dy;
    }

    /** For kernels: vectors, z; not a copy, longer than needed, replaced by {@link #update}. */
    public double[] dz() {
        return dz;
    }

    /** For kernels: squared distances; not a copy, longer than needed, replaced by {@link #update}. */
    public double[] r2() {
        return r2;
    }
}
