package cupel.reference.store;

import cupel.structure.Cell;
import cupel.structure.Label;
import cupel.structure.Structure;

/** A cluster that a plane-wave program computed in a periodic box, taken out of the box. */
final class VacuumBox {

    /** Nearer than this, in angstrom, the images of a cluster feel each other. */
    static final double SMALLEST_GAP = 5;

    private VacuumBox() {}

    /**
     * The cluster in free space with its energy and forces. Atoms that the box cut off are put back beside their nearest
     * neighbours; the stress, which is that of the box, is dropped.
     *
     * @throws IllegalArgumentException when the images are nearer than 5 angstrom, so that it is no cluster
     */
    static Structure taken(Structure structure) {
        if (!structure.cell().isPeriodic()) {
            return structure;
        }
        double[] lattice = structure.cell().vectors();
        boolean[] repeats = structure.cell().periodic();
        int n = structure.size();
        double[] at = structure.positions();
        double[] placed = new double[3 * n];
        System.arraycopy(at, 0, placed, 0, 3);
        boolean[] done = new boolean[n];
        done[0] = true;
        double[] nearest = new double[n];
        double[][] candidate = new double[n][];
        for (int i = 1; i < n; i++) {
            nearest[i] = Double.POSITIVE_INFINITY;
        }
        int last = 0;
        // grows a tree of nearest images (Prim): each atom is put at the image that is nearest to one already placed
        for (int step = 1; step < n; step++) {
            int next = -1;
            for (int i = 0; i < n; i++) {
                if (done[i]) {
                    continue;
                }
                double[] image = nearestImage(placed, last, at, i, lattice, repeats);
                if (image[3] < nearest[i]) {
                    nearest[i] = image[3];
                    candidate[i] = image;
                }
                if (next < 0 || nearest[i] < nearest[next]) {
                    next = i;
                }
            }
            System.arraycopy(candidate[next], 0, placed, 3 * next, 3);
            done[next] = true;
            last = next;
        }
        requireGap(placed, lattice, repeats);
        Label label = structure.label();
        Structure cluster = Structure.of(structure.atomicNumbers(), placed, Cell.NONE);
        for (var note : structure.info().entrySet()) {
            cluster = cluster.withInfo(note.getKey(), note.getValue());
        }
        return label == null ? cluster : cluster.withLabel(new Label(label.energy(), label.forces()));
    }

    /** The image of atom j that is nearest to placed atom i: x y z and the square of the distance. */
    private static double[] nearestImage(
            double[] placed, int i, double[] at, int j, double[] lattice, boolean[] repeats) {
        double[] d = new double[3];
        for (int k = 0; k < 3; k++) {
            d[k] = at[3 * j + k] - placed[3 * i + k];
        }
        double[] fractions = Shape.fractions(d, lattice);
        double[] best = {0, 0, 0, Double.POSITIVE_INFINITY};
        int[] base = new int[3];
        for (int k = 0; k < 3; k++) {
            base[k] = repeats[k] ? (int) -Math.rint(fractions[k]) : 0;
        }
        for (int image = 0; image < 27; image++) {
            int[] shift = {image / 9 - 1, image / 3 % 3 - 1, image % 3 - 1};
            double square = 0;
            double[] x = new double[4];
            for (int k = 0; k < 3; k++) {
                double move = 0;
                for (int v = 0; v < 3; v++) {
                    move += (base[v] + (repeats[v] ? shift[v] : 0)) * lattice[3 * v + k];
                }
                x[k] = at[3 * j + k] + move;
                square += (d[k] + move) * (d[k] + move);
            }
            x[3] = square;
            if (square < best[3]) {
                best = x;
            }
        }
        return best;
    }

    private static void requireGap(double[] x, double[] lattice, boolean[] repeats) {
        double gap = Double.POSITIVE_INFINITY;
        for (int image = 0; image < 27; image++) {
            int[] shift = {image / 9 - 1, image / 3 % 3 - 1, image % 3 - 1};
            boolean allowed = image != 13;
            for (int v = 0; v < 3; v++) {
                allowed &= repeats[v] || shift[v] == 0;
            }
            if (!allowed) {
                continue;
            }
            for (int i = 0; i < x.length; i += 3) {
                for (int j = 0; j < x.length; j += 3) {
                    double square = 0;
                    for (int k = 0; k < 3; k++) {
                        double d = x[j + k] - x[i + k];
                        for (int v = 0; v < 3; v++) {
                            d += shift[v] * lattice[3 * v + k];
                        }
                        square += d * d;
                    }
                    gap = Math.min(gap, square);
                }
            }
        }
        if (gap < SMALLEST_GAP * SMALLEST_GAP) {
            throw new IllegalArgumentException(String.format(
                    java.util.Locale.ROOT,
                    "is no cluster in vacuum: its images are %.2f angstrom apart, must be %.0f at least",
                    Math.sqrt(gap),
                    SMALLEST_GAP));
        }
    }
}
