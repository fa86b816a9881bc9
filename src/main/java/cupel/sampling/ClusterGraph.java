package cupel.sampling;

import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Locale;

/**
 * The positions of a cluster under Monte Carlo and which atoms are joined, kept up to date from trial to trial.
 *
 * <p>A {@code fits…} method says whether a trial keeps all pairs apart and the cluster in one piece, in O(N) with early
 * exit, and remembers the trial; {@code commit…} makes the trial that was asked about last the state. Indices follow {@link
 * cupel.potential.TrialState}: a new atom comes last, the last atom takes a removed one's place. Nothing is allocated after
 * construction. Joins are kept as one bit row per atom.
 */
final class ClusterGraph {

    private final Connectivity connectivity;
    private final int capacity;
    private final int words;

    // Elements are numbered 0, 1, … in order of first appearance; the tables are per pair of these numbers.
    private int kinds;
    private int[] elements;
    private double[] minimum2;
    private double[] connect2;
    /** By element; all 0 where nothing is confined. */
    private double[] volume;

    private int size;
    private final int[] kind;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final long[] joined;

    private final long[] trialRow;
    /** The second row of a swap, and both rows as they were. */
    private final long[] otherRow;

    private final long[] oldRow;
    private final long[] oldOtherRow;
    private double trialX;
    private double trialY;
    private double trialZ;
    private int trialKind;

    private final long[] reached;
    private final int[] stack;

    /**
     * @param connectivity the distances
     * @param cluster the first state; it need not be allowed, see {@link #objection()}
     * @param capacity the largest number of atoms there will ever be
     */
    ClusterGraph(Connectivity connectivity, Structure cluster, int capacity) {
        this.connectivity = connectivity;
        this.capacity = Math.max(capacity, cluster.size());
        this.words = (this.capacity + 63) >>> 6;
        this.size = cluster.size();
        this.kind = new int[this.capacity];
        this.x = new double[this.capacity];
        this.y = new double[this.capacity];
        this.z = new double[this.capacity];
        this.joined = new long[this.capacity * words];
        this.trialRow = new long[words];
        this.otherRow = new long[words];
        this.oldRow = new long[words];
        this.oldOtherRow = new long[words];
        this.reached = new long[words];
        this.stack = new int[this.capacity];
        this.elements = new int[0];
        for (int i = 0; i < size; i++) {
            kind[i] = kindOf(cluster.atomicNumber(i));
            x[i] = cluster.position(i, 0);
            y[i] = cluster.position(i, 1);
            z[i] = cluster.position(i, 2);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (distance2(i, j) < connect2[kind[i] * kinds + kind[j]]) {
                    join(i, j);
                    join(j, i);
                }
            }
        }
    }

    /** The number of an element, new ones added to the tables; called when a trial brings a new element, seldom. */
    private int kindOf(int atomicNumber) {
        for (int k = 0; k < kinds; k++) {
            if (elements[k] == atomicNumber) {
                return k;
            }
        }
        elements = Arrays.copyOf(elements, ++kinds);
        elements[kinds - 1] = atomicNumber;
        minimum2 = new double[kinds * kinds];
        connect2 = new double[kinds * kinds];
        volume = new double[kinds];
        for (int a = 0; a < kinds && connectivity.isConfined(); a++) {
            volume[a] = Connectivity.atomicVolume(elements[a]);
        }
        for (int a = 0; a < kinds; a++) {
            for (int b = 0; b < kinds; b++) {
                double shortest = connectivity.minimum(elements[a], elements[b]);
                double longest = connectivity.connect(elements[a], elements[b]);
                minimum2[a * kinds + b] = shortest * shortest;
                connect2[a * kinds + b] = longest * longest;
            }
        }
        return kinds - 1;
    }

    int size() {
        return size;
    }

    double x(int atom) {
        return x[atom];
    }

    double y(int atom) {
        return y[atom];
    }

    double z(int atom) {
        return z[atom];
    }

    int atomicNumber(int atom) {
        return elements[kind[atom]];
    }

    /** The largest r_connect between the elements that are here. */
    double longestJoin() {
        double longest2 = 0;
        for (double c2 : connect2) {
            longest2 = Math.max(longest2, c2);
        }
        return Math.sqrt(longest2);
    }

    /** How many atoms other than {@code without} are nearer to a point than the square root of {@code radius2}. */
    int countNear(double px, double py, double pz, double radius2, int without) {
        int count = 0;
        for (int j = 0; j < size; j++) {
            double dx = x[j] - px;
            double dy = y[j] - py;
            double dz = z[j] - pz;
            if (j != without && dx * dx + dy * dy + dz * dz < radius2) {
                count++;
            }
        }
        return count;
    }

    /** The {@code rank}-th atom (from 0, by index) other than {@code without} nearer to a point than the radius. */
    int atomNear(double px, double py, double pz, double radius2, int without, int rank) {
        int seen = 0;
        for (int j = 0; j < size; j++) {
            double dx = x[j] - px;
            double dy = y[j] - py;
            double dz = z[j] - pz;
            if (j != without && dx * dx + dy * dy + dz * dz < radius2 && seen++ == rank) {
                return j;
            }
        }
        throw new IllegalArgumentException("illegal rank: " + rank + ", there are " + seen + " atoms");
    }

    /** Whether the atom may go there. */
    boolean fitsMove(int atom, double px, double py, double pz) {
        trialKind = kind[atom];
        if (!clearOfOthers(atom, px, py, pz) || !staysConfined(atom, px, py, pz)) {
            return false;
        }
        if (size == 1) {
            return true;
        }
        // What hung on the atom hangs on it still, if each neighbour that it leaves is joined to one that it has now.
        boolean any = false;
        boolean lostLinked = true;
        int row = atom * words;
        for (int w = 0; w < words; w++) {
            any |= trialRow[w] != 0;
            long lost = joined[row + w] & ~trialRow[w];
            while (lost != 0) {
                int j = (w << 6) + Long.numberOfTrailingZeros(lost);
                lost &= lost - 1;
                lostLinked &= sharesTrialNeighbour(j);
            }
        }
        if (!any) {
            return false;
        }
        if (lostLinked) {
            return true;
        }
        System.arraycopy(trialRow, 0, reached, 0, words);
        return reachesAllBut(atom);
    }

    /** Whether one more atom may be there. */
    boolean fitsInsertion(int atomicNumber, double px, double py, double pz) {
        if (size == capacity) {
            throw new IllegalStateException("the cluster is full: " + capacity + " atoms");
        }
        trialKind = kindOf(atomicNumber);
        if (!clearOfOthers(-1, px, py, pz)) {
            return false;
        }
        for (int w = 0; w < words; w++) {
            if (trialRow[w] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the atom may go away. */
    boolean fitsRemoval(int atom) {
        if (size == 1) {
            return false;
        }
        Arrays.fill(reached, 0);
        int row = atom * words;
        int neighbours = 0;
        int first = -1;
        for (int w = 0; w < words; w++) {
            long bits = joined[row + w];
            neighbours += Long.bitCount(bits);
            if (first < 0 && bits != 0) {
                first = (w << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        if (neighbours == 1) {
            return true;
        }
        if (first < 0) {
            return false;
        }
        reached[first >>> 6] |= 1L << first;
        return reachesAllBut(atom);
    }

    /** Whether two atoms may exchange their elements. */
    boolean fitsSwap(int a, int b) {
        if (!swappedRow(a, b, trialRow) || !swappedRow(b, a, otherRow)) {
            return false;
        }
        System.arraycopy(joined, a * words, oldRow, 0, words);
        System.arraycopy(joined, b * words, oldOtherRow, 0, words);
        if (Arrays.equals(trialRow, oldRow) && Arrays.equals(otherRow, oldOtherRow)) {
            return true;
        }
        setRows(a, trialRow, b, otherRow);
        Arrays.fill(reached, 0);
        reached[0] = 1;
        boolean whole = reachesAllBut(-1);
        setRows(a, oldRow, b, oldOtherRow);
        return whole;
    }

    void commitSwap(int a, int b) {
        int k = kind[a];
        kind[a] = kind[b];
        kind[b] = k;
        setRows(a, trialRow, b, otherRow);
    }

    /** The joins of an atom were its element that of the other, and the other's its own; false if one is too near then. */
    private boolean swappedRow(int atom, int other, long[] row) {
        Arrays.fill(row, 0);
        for (int j = 0; j < size; j++) {
            if (j == atom) {
                continue;
            }
            int pair = kind[other] * kinds + (j == other ? kind[atom] : kind[j]);
            double r2 = distance2(atom, j);
            if (r2 < minimum2[pair]) {
                return false;
            }
            if (r2 < connect2[pair]) {
                row[j >>> 6] |= 1L << j;
            }
        }
        return true;
    }

    private void setRows(int a, long[] rowA, int b, long[] rowB) {
        unjoin(a);
        joinRow(a, rowA);
        unjoin(b);
        joinRow(b, rowB);
    }

    void commitMove(int atom) {
        x[atom] = trialX;
        y[atom] = trialY;
        z[atom] = trialZ;
        unjoin(atom);
        joinTrialRow(atom);
    }

    void commitInsertion() {
        int atom = size++;
        kind[atom] = trialKind;
        x[atom] = trialX;
        y[atom] = trialY;
        z[atom] = trialZ;
        joinTrialRow(atom);
    }

    void commitRemoval(int atom) {
        int last = --size;
        unjoin(atom);
        if (atom != last) {
            System.arraycopy(joined, last * words, trialRow, 0, words);
            unjoin(last);
            kind[atom] = kind[last];
            x[atom] = x[last];
            y[atom] = y[last];
            z[atom] = z[last];
            joinTrialRow(atom);
        }
    }

    /** What is wrong with the state, or null. */
    String objection() {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (distance2(i, j) < minimum2[kind[i] * kinds + kind[j]]) {
                    return String.format(
                            Locale.ROOT,
                            "atoms %d and %d are %.3f angstrom apart, nearer than %.3f",
                            j + 1,
                            i + 1,
                            Math.sqrt(distance2(i, j)),
                            Math.sqrt(minimum2[kind[i] * kinds + kind[j]]));
                }
            }
        }
        if (size < 2) {
            return null;
        }
        Arrays.fill(reached, 0);
        reached[0] = 1;
        if (reachesAllBut(-1)) {
            return null;
        }
        int together = 0;
        for (long bits : reached) {
            together += Long.bitCount(bits);
        }
        return "the cluster is in pieces: only " + together + " of " + size + " atoms hang together with atom 1";
    }

    /** Fills the trial row; false as soon as one atom is too near. */
    private boolean clearOfOthers(int without, double px, double py, double pz) {
        trialX = px;
        trialY = py;
        trialZ = pz;
        Arrays.fill(trialRow, 0);
        int pair = trialKind * kinds;
        for (int j = 0; j < size; j++) {
            if (j == without) {
                continue;
            }
            double dx = x[j] - px;
            double dy = y[j] - py;
            double dz = z[j] - pz;
            double r2 = dx * dx + dy * dy + dz * dz;
            if (r2 < minimum2[pair + kind[j]]) {
                return false;
            }
            if (r2 < connect2[pair + kind[j]]) {
                trialRow[j >>> 6] |= 1L << j;
            }
        }
        return true;
    }

    /** Whether the atom stays within the largest extent, or at least comes no farther from its farthest. */
    private boolean staysConfined(int atom, double px, double py, double pz) {
        if (!connectivity.isConfined()) {
            return true;
        }
        double total = 0;
        for (int j = 0; j < size; j++) {
            total += volume[kind[j]];
        }
        double extent = connectivity.extent(total);
        double there = farthest2(atom, px, py, pz);
        return there <= extent * extent || there <= farthest2(atom, x[atom], y[atom], z[atom]);
    }

    private double farthest2(int without, double px, double py, double pz) {
        double farthest2 = 0;
        for (int j = 0; j < size; j++) {
            double dx = x[j] - px;
            double dy = y[j] - py;
            double dz = z[j] - pz;
            if (j != without) {
                farthest2 = Math.max(farthest2, dx * dx + dy * dy + dz * dz);
            }
        }
        return farthest2;
    }

    private boolean sharesTrialNeighbour(int atom) {
        int row = atom * words;
        for (int w = 0; w < words; w++) {
            if ((joined[row + w] & trialRow[w]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether all atoms but one can be reached, along joins that avoid that one, from those in {@link #reached}. */
    private boolean reachesAllBut(int without) {
        int count = 0;
        int depth = 0;
        for (int w = 0; w < words; w++) {
            long bits = reached[w];
            while (bits != 0) {
                stack[depth++] = (w << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                count++;
            }
        }
        int wanted = without < 0 ? size : size - 1;
        if (without >= 0) {
            // marked as seen, so that no path leads through it
            reached[without >>> 6] |= 1L << without;
        }
        while (depth > 0 && count < wanted) {
            int row = stack[--depth] * words;
            for (int w = 0; w < words; w++) {
                long fresh = joined[row + w] & ~reached[w];
                reached[w] |= fresh;
                while (fresh != 0) {
                    stack[depth++] = (w << 6) + Long.numberOfTrailingZeros(fresh);
                    fresh &= fresh - 1;
                    count++;
                }
            }
        }
        return count == wanted;
    }

    private void join(int a, int b) {
        joined[a * words + (b >>> 6)] |= 1L << b;
    }

    /** Takes the atom's bit out of all rows, and empties its own. */
    private void unjoin(int atom) {
        int row = atom * words;
        long mask = ~(1L << atom);
        for (int w = 0; w < words; w++) {
            long bits = joined[row + w];
            joined[row + w] = 0;
            while (bits != 0) {
                int j = (w << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                joined[j * words + (atom >>> 6)] &= mask;
            }
        }
    }

    private void joinTrialRow(int atom) {
        joinRow(atom, trialRow);
    }

    private void joinRow(int atom, long[] joins) {
        int row = atom * words;
        for (int w = 0; w < words; w++) {
            long bits = joins[w];
            joined[row + w] = bits;
            while (bits != 0) {
                int j = (w << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                join(j, atom);
            }
        }
    }

    private double distance2(int i, int j) {
        double dx = x[i] - x[j];
        double dy = y[i] - y[j];
        double dz = z[i] - z[j];
        return dx * dx + dy * dy + dz * dz;
    }
}
