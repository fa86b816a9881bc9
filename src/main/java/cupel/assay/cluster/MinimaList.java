package cupel.assay.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lowest distinct minima of one size: so many of all, of the planar ones and of the globular ones. Two are the same when their
 * energies and all their sorted distances agree. Which minima it holds does not depend on the order in which those come that are told
 * apart. Mutable, not safe for threads.
 */
final class MinimaList {

    /** Energies of one minimum, relaxed twice from different sides, agree within this, in eV. */
    static final double SAME_ENERGY = 0.005;

    /** Sorted distances of one minimum agree within this, in angstrom. */
    static final double SAME_DISTANCE = 0.15;

    private record Entry(Minimum minimum, double[] distances) {}

    private final int most;
    private final List<Entry> entries = new ArrayList<>();

    MinimaList(int most) {
        this.most = most;
    }

    void add(Minimum minimum) {
        double[] distances = null;
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            if (Math.abs(entry.minimum.energy() - minimum.energy()) > SAME_ENERGY) {
                continue;
            }
            if (distances == null) {
                distances = ClusterGeometry.sortedDistances(minimum.structure());
            }
            if (ClusterGeometry.same(entry.distances, distances, SAME_DISTANCE)) {
                boolean lower = minimum.energy() < entry.minimum.energy() - 1e-6;
                // What lies exactly in a plane stays there when it is relaxed further, what is nearly flat may not.
                if (isFlat(entry.minimum) == isFlat(minimum) ? lower : isFlat(minimum)) {
                    // the same minimum, found by who was first
                    entries.set(
                            k,
                            new Entry(
                                    new Minimum(
                                            minimum.structure(),
                                            minimum.energy(),
                                            minimum.planarity(),
                                            entry.minimum.foundBy()),
                                    distances));
                    sort();
                }
                return;
            }
        }
        if (wanted(minimum)) {
            entries.add(new Entry(
                    minimum, distances == null ? ClusterGeometry.sortedDistances(minimum.structure()) : distances));
            sort();
            drop();
        }
    }

    private static boolean isFlat(Minimum minimum) {
        return minimum.planarity() < 1e-6;
    }

    private void sort() {
        entries.sort(Comparator.comparingDouble(e -> e.minimum.energy()));
    }

    /** Whether it is among the lowest of its kind. */
    private boolean wanted(Minimum minimum) {
        int lower = 0;
        for (Entry entry : entries) {
            if (entry.minimum.isPlanar() == minimum.isPlanar()
                    && entry.minimum.energy() <= minimum.energy()
                    && ++lower >= most) {
                return false;
            }
        }
        return true;
    }

    private void drop() {
        int planar = 0;
        int globular = 0;
        for (int k = 0; k < entries.size(); k++) {
            boolean flat = entries.get(k).minimum.isPlanar();
            int place = flat ? ++planar : ++globular;
            if (place > most) {
                entries.remove(k--);
            }
        }
    }

    /** All that are kept, lowest first. */
    List<Minimum> all() {
        return entries.stream().map(Entry::minimum).toList();
    }

    /** The lowest so many, and the lowest planar and the lowest globular one if they are not among them; lowest first. */
    List<Minimum> lowest() {
        List<Minimum> lowest = new ArrayList<>();
        boolean planar = false;
        boolean globular = false;
        for (Entry entry : entries) {
            Minimum minimum = entry.minimum;
            boolean first = minimum.isPlanar() ? !planar : !globular;
            if (lowest.size() < most || first) {
                lowest.add(minimum);
            }
            planar |= minimum.isPlanar();
            globular |= !minimum.isPlanar();
        }
        return lowest;
    }
}
