package cupel.assay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.descriptor.StructureFeatures;
import cupel.potential.EnergyModel;
import cupel.sampling.Connectivity;
import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.NeighbourList;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.commons.statistics.descriptive.Variance;

/**
 * What stands between the walkers and the reference code: no junk, no twins, not too many.
 *
 * <p>Candidates of all files are put in an order that does not depend on the order of the files: by walker (numbers before
 * words), then by place in the walker's file, then by content hash. Then, one after the other, a candidate is refused for its
 * {@linkplain Refusal#SIZE size}, atoms {@linkplain Refusal#TOO_CLOSE too close}, a cluster {@linkplain
 * Refusal#DISCONNECTED in pieces}, symmetry functions that are {@linkplain Refusal#NOT_FINITE no numbers}, or as a twin of a
 * structure of the pool, of one already labelled or failed, or of a candidate before it. Twins have a root mean square relative
 * difference of sorted symmetry functions not above {@link Settings#duplicateDistance}; it does not change under permutation of
 * atoms, rotation, translation and reflection. What is left is cut to {@link Settings#maxCandidates}.
 */
public final class Screen {

    /** Which candidates stay when there are too many. */
    public enum Choice {
        /** Those on whose energy per atom the networks of the committee disagree most (standard deviation). */
        COMMITTEE,
        /** Those that are farthest from the pool, the known structures and each other. */
        DIVERSITY,
        /** An even share of all, in their order: the paper's direct test of what the walks bring. */
        DIRECT
    }

    /** Why a candidate does not go to the reference code. */
    public enum Refusal {
        /** More or fewer atoms than the campaign is about. */
        SIZE,
        /** Two atoms nearer than r_min. */
        TOO_CLOSE,
        /** A cluster in two pieces or more. */
        DISCONNECTED,
        /** A symmetry function that is no number. */
        NOT_FINITE,
        /** In the pool already. */
        DUPLICATE_OF_POOL,
        /** Labelled, or failed, in an earlier generation. */
        DUPLICATE_OF_KNOWN,
        /** The same as a candidate before it. */
        DUPLICATE_OF_CANDIDATE,
        /** Ranked behind as many as were asked for. */
        OVER_LIMIT;

        /** As in files: lower case. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it was a twin of something. */
        public boolean isDuplicate() {
            return this == DUPLICATE_OF_POOL || this == DUPLICATE_OF_KNOWN || this == DUPLICATE_OF_CANDIDATE;
        }
    }

    /**
     * What is asked of candidates.
     *
     * @param connectivity shortest distance and one-piece rule. In periodic structures the shortest distance counts all
     *     images, and there is no one-piece rule.
     * @param minSize fewest atoms
     * @param maxSize most atoms
     * @param maxCandidates how many may go on; Integer.MAX_VALUE for all
     * @param duplicateDistance up to which two structures are twins, without unit; 0 finds exact twins only
     * @param choice who stays when there are too many
     */
    public record Settings(
            Connectivity connectivity,
            int minSize,
            int maxSize,
            int maxCandidates,
            double duplicateDistance,
            Choice choice) {

        public Settings {
            if (minSize < 1 || maxSize < minSize) {
                throw new IllegalArgumentException(
                        "illegal sizes: " + minSize + ".." + maxSize + ", must be positive and not backwards");
            }
            if (maxCandidates < 0) {
                throw new IllegalArgumentException(
                        "illegal maxCandidates: " + maxCandidates + ", must not be negative");
            }
            if (!(duplicateDistance >= 0)) {
                throw new IllegalArgumentException(
                        "illegal duplicateDistance: " + duplicateDistance + ", must not be negative");
            }
        }
    }

    /**
     * A candidate that was refused.
     *
     * @param structure with its sid
     * @param why the first reason that was found
     * @param detail in words for people; for a twin, the sid of the other
     */
    public record Refused(Structure structure, Refusal why, String detail) {

        /** The structure with the notes {@code refused} and {@code refused_detail}. */
        public Structure noted() {
            return structure.withInfo("refused", why.token()).withInfo("refused_detail", detail);
        }
    }

    private final List<Structure> screened;
    private final List<Refused> refused;
    private final Settings settings;

    private Screen(List<Structure> screened, List<Refused> refused, Settings settings) {
        this.screened = List.copyOf(screened);
        this.refused = List.copyOf(refused);
        this.settings = settings;
    }

    private record Known(Fingerprint fingerprint, String sid, Refusal refusal) {}

    private record Entry(Structure structure, Fingerprint fingerprint) {}

    /**
     * Screens candidates.
     *
     * @param files the candidates, file by file; each file in the order in which the walker wrote it
     * @param pool training structures; isolated atoms do not count
     * @param known structures labelled or failed earlier
     * @param features computes symmetry functions
     * @param committee networks that may disagree; at least two when choice asks for it
     * @param settings what is asked of candidates
     */
    public static Screen of(
            List<List<Structure>> files,
            List<Structure> pool,
            List<Structure> known,
            Function<Structure, StructureFeatures> features,
            List<? extends EnergyModel> committee,
            Settings settings) {
        if (settings.choice == Choice.COMMITTEE && committee.size() < 2) {
            throw new InputException(
                    "choosing by committee needs a potential with a committee of two networks or more, "
                            + "this one has " + committee.size()
                            + ": train with --folds, or choose direct or diversity");
        }
        List<Refused> refused = new ArrayList<>();
        List<Known> seen = new ArrayList<>();
        Map<String, List<Known>> byComposition = new HashMap<>();
        for (Structure structure : Notes.withoutIsolatedAtoms(pool)) {
            remember(structure, Refusal.DUPLICATE_OF_POOL, features, seen, byComposition);
        }
        for (Structure structure : Notes.withoutIsolatedAtoms(known)) {
            remember(structure, Refusal.DUPLICATE_OF_KNOWN, features, seen, byComposition);
        }
        int knownCount = seen.size();
        List<Entry> kept = new ArrayList<>();
        for (Structure candidate : inOrder(files)) {
            Refused unphysical = objection(candidate, settings);
            if (unphysical != null) {
                refused.add(unphysical);
                continue;
            }
            Fingerprint fingerprint = Fingerprint.of(features.apply(candidate));
            if (!fingerprint.isFinite()) {
                refused.add(new Refused(candidate, Refusal.NOT_FINITE, "a symmetry function is not a finite number"));
                continue;
            }
            List<Known> alike = byComposition.computeIfAbsent(fingerprint.composition(), key -> new ArrayList<>());
            Known twin = twin(fingerprint, alike, settings.duplicateDistance);
            if (twin != null) {
                refused.add(new Refused(candidate, twin.refusal, "twin of " + twin.sid));
                continue;
            }
            kept.add(new Entry(candidate, fingerprint));
            alike.add(new Known(fingerprint, Notes.sid(candidate), Refusal.DUPLICATE_OF_CANDIDATE));
        }
        List<Fingerprint> knownFingerprints = new ArrayList<>();
        for (Known one : seen.subList(0, knownCount)) {
            knownFingerprints.add(one.fingerprint);
        }
        List<Structure> screened = cut(kept, knownFingerprints, committee, settings, refused);
        return new Screen(screened, refused, settings);
    }

    private static void remember(
            Structure structure,
            Refusal refusal,
            Function<Structure, StructureFeatures> features,
            List<Known> seen,
            Map<String, List<Known>> byComposition) {
        Fingerprint fingerprint = Fingerprint.of(features.apply(structure));
        if (!fingerprint.isFinite()) {
            return; // nothing can be its twin
        }
        Known known = new Known(fingerprint, Notes.sid(structure), refusal);
        seen.add(known);
        byComposition
                .computeIfAbsent(fingerprint.composition(), key -> new ArrayList<>())
                .add(known);
    }

    private static Known twin(Fingerprint fingerprint, List<Known> alike, double limit) {
        for (Known known : alike) {
            if (fingerprint.distance(known.fingerprint, limit) <= limit) {
                return known;
            }
        }
        return null;
    }

    private record Placed(Structure structure, Object walker, int place, String hash) {}

    /** All candidates, with their sid, in an order that does not depend on that of the files. */
    private static List<Structure> inOrder(List<List<Structure>> files) {
        List<Placed> placed = new ArrayList<>();
        for (List<Structure> file : files) {
            for (int place = 0; place < file.size(); place++) {
                Structure structure = file.get(place);
                String hash = ContentHash.of(structure);
                Object walker = structure.info().get("walker");
                placed.add(new Placed(structure.withInfo("sid", Notes.sid(structure)), walker, place, hash));
            }
        }
        placed.sort(Comparator.comparing(Placed::walker, Screen::compareWalkers)
                .thenComparing(Placed::place)
                .thenComparing(Placed::hash));
        List<Structure> ordered = new ArrayList<>();
        for (Placed one : placed) {
            ordered.add(one.structure);
        }
        return ordered;
    }

    /** Those without walker, then numbers, then words. */
    private static int compareWalkers(Object a, Object b) {
        int rank = Integer.compare(walkerKind(a), walkerKind(b));
        if (rank != 0 || a == null) {
            return rank;
        }
        return a instanceof Number x && b instanceof Number y
                ? Double.compare(x.doubleValue(), y.doubleValue())
                : a.toString().compareTo(b.toString());
    }

    private static int walkerKind(Object walker) {
        return walker == null ? 0 : walker instanceof Number ? 1 : 2;
    }

    private static Refused objection(Structure candidate, Settings settings) {
        int size = candidate.size();
        if (size < settings.minSize || size > settings.maxSize) {
            return new Refused(
                    candidate, Refusal.SIZE, size + " atoms, must be " + settings.minSize + " to " + settings.maxSize);
        }
        if (candidate.cell().isPeriodic()) {
            String tooClose = tooClose(candidate, settings.connectivity);
            return tooClose == null ? null : new Refused(candidate, Refusal.TOO_CLOSE, tooClose);
        }
        // Joined at any distance, the only thing that can be wrong is two atoms too close.
        String tooClose =
                settings.connectivity.withConnect(Double.POSITIVE_INFINITY).objection(candidate);
        if (tooClose != null) {
            return new Refused(candidate, Refusal.TOO_CLOSE, tooClose);
        }
        String inPieces = settings.connectivity.objection(candidate);
        return inPieces == null ? null : new Refused(candidate, Refusal.DISCONNECTED, inPieces);
    }

    private static String tooClose(Structure candidate, Connectivity connectivity) {
        double reach = 0;
        for (int i = 0; i < candidate.size(); i++) {
            for (int j = 0; j <= i; j++) {
                reach = Math.max(reach, connectivity.minimum(candidate.atomicNumber(i), candidate.atomicNumber(j)));
            }
        }
        if (reach == 0) {
            return null;
        }
        NeighbourList neighbours = NeighbourList.of(candidate, reach);
        for (int i = 0; i < candidate.size(); i++) {
            for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
                int j = neighbours.neighbour(p);
                double distance = Math.sqrt(neighbours.r2(p));
                double minimum = connectivity.minimum(candidate.atomicNumber(i), candidate.atomicNumber(j));
                if (distance < minimum) {
                    return String.format(
                            Locale.ROOT,
                            "atoms %d and %d are %.2f angstrom apart, r_min is %.2f",
                            i + 1,
                            j + 1,
                            distance,
                            minimum);
                }
            }
        }
        return null;
    }

    /** As many as asked for, in the order of the candidates; the rest is refused. */
    private static List<Structure> cut(
            List<Entry> kept,
            List<Fingerprint> known,
            List<? extends EnergyModel> committee,
            Settings settings,
            List<Refused> refused) {
        int n = kept.size();
        int count = Math.min(n, settings.maxCandidates);
        Structure[] structures = new Structure[n];
        for (int i = 0; i < n; i++) {
            structures[i] = kept.get(i).structure;
        }
        List<Integer> chosen = new ArrayList<>();
        if (settings.choice == Choice.COMMITTEE) {
            double[] disagreement = new double[n];
            Integer[] byDisagreement = new Integer[n];
            for (int i = 0; i < n; i++) {
                disagreement[i] = disagreement(structures[i], committee);
                byDisagreement[i] = i;
                if (Double.isFinite(disagreement[i])) {
                    structures[i] = structures[i].withInfo("NN_disagreement_mev_per_atom", disagreement[i]);
                }
            }
            Arrays.sort(byDisagreement, Comparator.comparingDouble(i -> -disagreement[i]));
            chosen.addAll(Arrays.asList(byDisagreement).subList(0, count));
        } else if (settings.choice == Choice.DIVERSITY && count < n) {
            List<Fingerprint> fingerprints = new ArrayList<>();
            for (Entry entry : kept) {
                fingerprints.add(entry.fingerprint);
            }
            chosen.addAll(Diversity.choose(fingerprints, known, count));
        } else {
            // Not the first ones: they would all be of the first walkers.
            for (int i = 0; i < count; i++) {
                chosen.add((int) ((long) i * n / count));
            }
        }
        boolean[] stays = new boolean[n];
        chosen.forEach(i -> stays[i] = true);
        List<Structure> screened = new ArrayList<>();
        String detail = "more than " + settings.maxCandidates + " candidates; chosen by "
                + settings.choice.name().toLowerCase(Locale.ROOT);
        for (int i = 0; i < n; i++) {
            if (stays[i]) {
                screened.add(structures[i]);
            } else {
                refused.add(new Refused(structures[i], Refusal.OVER_LIMIT, detail));
            }
        }
        return screened;
    }

    /** Standard deviation of the networks' E/N in meV/atom; infinite when one of them gives no number. */
    public static double disagreement(Structure structure, List<? extends EnergyModel> committee) {
        double[] energies = new double[committee.size()];
        for (int k = 0; k < energies.length; k++) {
            energies[k] = 1000 * committee.get(k).energy(structure) / structure.size();
            if (!Double.isFinite(energies[k])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return Math.sqrt(Variance.of(energies).getAsDouble());
    }

    /** The candidates that go on, in candidate order. */
    public List<Structure> screened() {
        return screened;
    }

    /** The candidates that do not: first those found wanting, in candidate order, then those over the limit. */
    public List<Refused> refused() {
        return refused;
    }

    /** What became of the candidates, in numbers. */
    public ScreenCounts counts() {
        Map<Refusal, Integer> reasons = new EnumMap<>(Refusal.class);
        for (Refusal refusal : Refusal.values()) {
            reasons.put(refusal, 0);
        }
        for (Refused one : refused) {
            reasons.merge(one.why, 1, Integer::sum);
        }
        int duplicates = 0;
        for (Map.Entry<Refusal, Integer> entry : reasons.entrySet()) {
            duplicates += entry.getKey().isDuplicate() ? entry.getValue() : 0;
        }
        return new ScreenCounts(
                screened.size() + refused.size(), screened.size(), refused.size() - duplicates, duplicates);
    }

    /** As JSON: counts by reason, sizes of what goes on, settings. */
    public ObjectNode toJson() {
        ObjectNode json = counts().toJson();
        ObjectNode reasons = json.putObject("refused");
        for (Refusal refusal : Refusal.values()) {
            reasons.put(refusal.token(), (int)
                    refused.stream().filter(one -> one.why == refusal).count());
        }
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (Structure structure : screened) {
            sizes.merge(structure.size(), 1, Integer::sum);
        }
        ObjectNode bySize = json.putObject("screened_by_size");
        sizes.forEach((size, count) -> bySize.put(size.toString(), count));
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.put("min_size", settings.minSize);
        if (settings.maxSize < Integer.MAX_VALUE) {
            asked.put("max_size", settings.maxSize);
        }
        if (settings.maxCandidates < Integer.MAX_VALUE) {
            asked.put("max_candidates", settings.maxCandidates);
        }
        asked.put("duplicate_distance", settings.duplicateDistance);
        asked.put("select", settings.choice.name().toLowerCase(Locale.ROOT));
        json.set("settings", asked);
        return json;
    }
}
