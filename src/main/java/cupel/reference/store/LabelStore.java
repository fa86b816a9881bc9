package cupel.reference.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import cupel.reference.Level;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Labels on disk, by level of theory and structure. The same structure at the same level is never computed twice; what the same
 * structure is {@link StructureMatcher} says.
 *
 * <pre>
 *   DIR/store.json                       format and version
 *   DIR/0f3a5c…/level.txt                the level, in a folder named by the first 16 hexadecimal digits of its SHA-256
 *   DIR/0f3a5c…/Au13/h_77aa….xyz         one label: a frame of extended XYZ with a checksum, named by the content hash
 *   DIR/0f3a5c…/Au13/failures/…          calculations that failed with certain settings, and are not tried again with these
 * </pre>
 *
 * <p>Each file is written under another name, forced to disk and only then linked to its own, and never changed afterwards; so any
 * number of processes may add and look up at once, and one that is killed leaves at most a file whose name begins with
 * {@code .tmp-}, which nobody reads. An entry that is damaged is never served: it counts as absent, {@link #problems} names
 * it, and the next label of that structure takes its place.
 *
 * <p>An entry holds energy and forces, and stress when there is one. Levels must be equal, pair by pair, after both were
 * restricted to the elements of the structure.
 *
 * <p>Safe for use by several threads.
 */
public final class LabelStore {

    static final String STORE_FILE = "store.json";
    static final String LEVEL_FILE = "level.txt";
    static final Pattern LEVEL_FOLDER = Pattern.compile("[0-9a-f]{16}");
    private static final String FORMAT = "cupel-label-store";
    private static final int VERSION = 1;
    /** Folder beside the labels of a composition with the calculations that failed. */
    static final String FAILURES = "failures";

    private static final String CALCULATIONS = ".calculations";

    private static final List<String> FAILURE_NOTES =
            List.of("engine", "engine_version", Level.NOTE, "failure", "reason", "log", "rungs_tried");
    static final String STORE_TEXT = "{\n  \"format\" : \"" + FORMAT + "\",\n  \"version\" : " + VERSION + "\n}\n";

    private final Path folder;
    private final StructureMatcher matcher;
    private final Map<Path, Map<String, Known>> shelves = new HashMap<>();
    private final Map<Path, Problem> problems = new TreeMap<>();

    /** An entry with its shape, which is worked out at the first comparison. */
    private static final class Known {
        private final Entry entry;
        private Shape shape;

        Known(Entry entry) {
            this.entry = entry;
        }

        Shape shape() {
            if (shape == null) {
                shape = new Shape(entry.structure());
            }
            return shape;
        }
    }

    private LabelStore(Path folder, StructureMatcher matcher) {
        this.folder = folder;
        this.matcher = matcher;
    }

    /**
     * A store that exists.
     *
     * @throws InputException when the folder is not a label store, or of a version that this one cannot read
     */
    public static LabelStore open(Path folder) {
        requireStore(folder);
        return new LabelStore(folder, new StructureMatcher());
    }

    /**
     * The store in a folder, which is made into an empty one when it does not exist or has nothing in it.
     *
     * @throws InputException when the folder holds something else, or cannot be written
     */
    public static LabelStore create(Path folder) {
        try {
            if (!Files.exists(folder.resolve(STORE_FILE))) {
                Files.createDirectories(folder);
                // what two who make the store at the same time leave for a moment begins with a dot
                List<String> others = names(folder).stream()
                        .filter(name -> !name.startsWith(".") && !name.equals(STORE_FILE))
                        .toList();
                if (!others.isEmpty()) {
                    throw new InputException(folder + ": is not a label store (it has no " + STORE_FILE
                            + ") and is not empty: holds " + others.get(0) + "; name an empty or a new folder");
                }
                DurableFile.writeOnce(folder.resolve(STORE_FILE), STORE_TEXT);
            }
        } catch (IOException e) {
            throw cannot(folder, "be made into a label store", e);
        }
        return open(folder);
    }

    private static void requireStore(Path folder) {
        Path file = folder.resolve(STORE_FILE);
        if (!Files.exists(file)) {
            throw new InputException(
                    folder + ": is not a label store: it has no " + STORE_FILE + "; name the folder of a store");
        }
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
            if (json == null || !FORMAT.equals(json.path("format").asText())) {
                throw new InputException(file + ": is not of a label store: format must be " + FORMAT + remedy());
            }
            if (json.path("version").asInt() != VERSION) {
                throw new InputException(file + ": a label store of version "
                        + json.path("version").asText("?") + ", this program reads version " + VERSION);
            }
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": damaged: is not JSON" + remedy(), e);
        } catch (IOException e) {
            throw cannot(file, "be read", e);
        }
    }

    private static String remedy() {
        return "; if this is one, put these lines into the file: "
                + STORE_TEXT.replaceAll("\\s+", " ").strip();
    }

    /** Where the store is. */
    public Path folder() {
        return folder;
    }

    /** The structure with its label, or nothing; see {@link #lookUp}. */
    public Optional<Structure> find(Level level, Structure asked) {
        return lookUp(level, asked).map(Found::structure);
    }

    /**
     * Looks for the label of a structure.
     *
     * <p>An entry with the same positions to 8 decimals, in the same order, gives its numbers as they are. Otherwise an entry
     * of the same structure gives its energy, and its forces and stress turned to the asked orientation; of several, the
     * one with the smallest deviation, and of those within 1e-6 angstrom of it the one whose id comes first.
     *
     * @param level level of theory; restricted to the elements of the structure
     * @param asked any structure; a label that it has is ignored
     */
    public synchronized Optional<Found> lookUp(Level level, Structure asked) {
        Level own = level.restrictedTo(asked);
        Path shelf = shelf(own, asked);
        Map<String, Known> entries = shelves.computeIfAbsent(shelf, key -> new TreeMap<>());
        String id = ContentHash.of(asked);
        refresh(shelf, own, entries);
        Known same = entries.get(id);
        if (same != null) {
            return Optional.of(
                    new Found(labelled(asked, same.entry.structure().label(), same.entry, own), id, true, 0));
        }
        Known best = null;
        Superposition how = null;
        Shape shape = entries.isEmpty() ? null : new Shape(asked);
        for (Known known : entries.values()) {
            Superposition found = matcher.match(shape, known.shape());
            if (found != null && (how == null || found.deviation() < how.deviation() - 1e-6)) {
                best = known;
                how = found;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        Label label = how.carry(best.entry.structure().label());
        return Optional.of(new Found(labelled(asked, label, best.entry, own), best.entry.id(), false, how.deviation()));
    }

    private static Structure labelled(Structure asked, Label label, Entry entry, Level level) {
        Map<String, Object> notes = entry.structure().info();
        return asked.withLabel(label)
                .withInfo("engine", notes.get("engine"))
                .withInfo("engine_version", notes.get("engine_version"))
                .withInfo(Level.NOTE, level.toString())
                .withInfo(Entry.RUNG, notes.get(Entry.RUNG));
    }

    /**
     * Adds a label, unless there is one of the same structure already: then that one stays as it is.
     *
     * <p>Two processes that add two forms of one structure in the same moment may both succeed; then both stay, and lookups
     * choose as {@link #lookUp} says.
     *
     * @param level level of theory; restricted to the elements of the structure
     * @param labelled the structure with a label of energy and forces; of its notes, {@code engine}, {@code engine_version},
     *     {@code source} and {@code config_type} are kept
     * @param seconds what the calculation cost, 0 or more, or NaN when that is not known
     * @return whether it was added
     * @throws InputException when it cannot be written; what was added before is safe
     */
    public synchronized boolean add(Level level, Structure labelled, double seconds) {
        if (labelled.label() == null || labelled.label().forces() == null) {
            throw new IllegalArgumentException(
                    "illegal label: none, or without forces; the store keeps energy and forces");
        }
        if (seconds < 0 || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException(
                    "illegal seconds: " + seconds + ", must be 0 or more, or NaN when not known");
        }
        if (lookUp(level, labelled).isPresent()) {
            return false;
        }
        Level own = level.restrictedTo(labelled);
        Path shelf = shelf(own, labelled);
        Entry entry = Entry.of(own, labelled, seconds, shelf);
        try {
            makeShelf(shelf, own);
            if (problems.containsKey(entry.file())) {
                DurableFile.replace(entry.file(), entry.text());
                problems.remove(entry.file());
                return true;
            }
            return DurableFile.writeOnce(entry.file(), entry.text());
        } catch (IOException e) {
            throw cannot(entry.file(), "be written", e);
        }
    }

    private static void makeShelf(Path shelf, Level level) throws IOException {
        Files.createDirectories(shelf);
        Path levelFile = shelf.resolveSibling(LEVEL_FILE);
        if (!Files.exists(levelFile)) {
            DurableFile.writeOnce(levelFile, level.canonical() + "\n");
        }
    }

    /**
     * Remembers that a calculation fails with these settings, so that it is not tried again and again: that costs more than a label.
     *
     * @param failed the structure as the record of a failure, see {@link cupel.reference.LabelFailure#record}
     * @param settings all settings of the calculation, those of every rung: with others it may be tried again
     */
    public synchronized void addFailure(Level level, Structure failed, String settings) {
        Level own = level.restrictedTo(failed);
        Path file = failureFile(own, failed, settings);
        try {
            makeShelf(shelf(own, failed), own);
            Files.createDirectories(file.getParent());
            String text = Entry.signed(ExtendedXyz.format(failed));
            if (problems.remove(file) == null) {
                DurableFile.writeOnce(file, text);
            } else {
                DurableFile.replace(file, text);
            }
        } catch (IOException e) {
            throw cannot(file, "be written", e);
        }
    }

    /**
     * The record of a failure with these settings, of a structure with the very same positions; or nothing. A record that is damaged
     * counts as none.
     */
    public synchronized Optional<Structure> findFailure(Level level, Structure asked, String settings) {
        Path file = failureFile(level.restrictedTo(asked), asked, settings);
        try {
            Structure record = Entry.readFailure(file);
            Structure answer = asked.withLabel(null);
            for (String note : FAILURE_NOTES) {
                answer = answer.withInfo(note, record.info().get(note));
            }
            return Optional.of(answer);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (InputException e) {
            problems.put(file, damaged(file, e.getMessage()));
            return Optional.empty();
        } catch (IOException e) {
            throw cannot(file, "be read", e);
        }
    }

    private Path failureFile(Level level, Structure structure, String settings) {
        return shelf(level, structure)
                .resolve(FAILURES)
                .resolve(
                        ContentHash.of(structure) + "-" + Entry.sha256(settings).substring(0, 8) + Entry.SUFFIX);
    }

    /**
     * Removes copies of calculations that were kept in the folder {@code .calculations} until their labels were here. One that cannot
     * be removed does no harm.
     *
     * @param names of the copies; those that are not there are passed over
     */
    public void forgetCalculations(List<String> names) {
        for (String name : names) {
            try {
                // Not half of it: somebody may want to take it in this moment.
                Path copy = folder.resolve(CALCULATIONS).resolve(name);
                Path going = copy.resolveSibling(DurableFile.TEMPORARY + "gone-" + name);
                Files.move(copy, going);
                List<Path> files;
                try (Stream<Path> all = Files.walk(going)) {
                    files = all.sorted(Comparator.reverseOrder()).toList();
                }
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // not there, or not ours to remove
            }
        }
    }

    /** All labels of a level, in the order of {@link #entries()}. Damaged entries are left out and are in {@link #problems}. */
    public synchronized List<Entry> entries(Level level) {
        return entries(folder.resolve(folderName(level)), level);
    }

    /** All labels, by level, number of atoms, composition and id. Damaged entries are left out and are in {@link #problems}. */
    public synchronized List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        for (Level level : levels()) {
            all.addAll(entries(level));
        }
        return all;
    }

    /** The levels that there are labels of, in the order of their canonical tokens. */
    public synchronized List<Level> levels() {
        Map<String, Level> levels = new TreeMap<>();
        try {
            for (String name : names(folder)) {
                Path file = folder.resolve(name).resolve(LEVEL_FILE);
                if (LEVEL_FOLDER.matcher(name).matches() && Files.isDirectory(file.getParent())) {
                    try {
                        Level level = readLevel(file);
                        levels.put(level.canonical(), level);
                    } catch (InputException e) {
                        problems.put(file, new Problem(file, e.getMessage(), "run label.jar store verify"));
                    }
                }
            }
        } catch (IOException e) {
            throw cannot(folder, "be read", e);
        }
        return List.copyOf(levels.values());
    }

    private List<Entry> entries(Path levelFolder, Level level) {
        List<Entry> found = new ArrayList<>();
        try {
            for (String name : names(levelFolder)) {
                Path shelf = levelFolder.resolve(name);
                if (!name.startsWith(".") && Files.isDirectory(shelf)) {
                    Map<String, Known> entries = new TreeMap<>();
                    refresh(shelf, level, entries);
                    entries.values().forEach(known -> found.add(known.entry));
                }
            }
        } catch (NoSuchFileException e) {
            return found;
        } catch (IOException e) {
            throw cannot(levelFolder, "be read", e);
        }
        // stable: within a size by the name of the folder, then by id
        found.sort((a, b) -> Integer.compare(a.structure().size(), b.structure().size()));
        return found;
    }

    /** What lookups and lists have met that is not as it should be, in the order of the files. */
    public synchronized List<Problem> problems() {
        return List.copyOf(problems.values());
    }

    /** The name of the folder of a level. */
    public static String folderName(Level level) {
        return Entry.sha256(level.canonical()).substring(0, 16);
    }

    private Path shelf(Level level, Structure structure) {
        return folder.resolve(folderName(level)).resolve(Entry.composition(structure));
    }

    /**
     * The level of a folder.
     *
     * @throws InputException with what is wrong, without the name of the file
     */
    static Level readLevel(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new InputException("is missing");
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Level level;
        try {
            level = Level.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new InputException("damaged: " + e.getMessage(), e);
        }
        String name = folderName(level);
        if (!file.getParent().getFileName().toString().equals(name)) {
            throw new InputException("damaged: the level " + level + " belongs in the folder " + name);
        }
        return level;
    }

    /** Reads the entries that are new since the last time, drops those that are gone. */
    private void refresh(Path shelf, Level level, Map<String, Known> entries) {
        TreeSet<String> ids = new TreeSet<>();
        try {
            for (String name : names(shelf)) {
                if (!name.startsWith(".") && name.endsWith(Entry.SUFFIX)) {
                    ids.add(name.substring(0, name.length() - Entry.SUFFIX.length()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // nothing of this composition yet
        } catch (IOException e) {
            throw cannot(shelf, "be read", e);
        }
        entries.keySet().retainAll(ids);
        for (String id : ids) {
            if (!entries.containsKey(id)) {
                Path file = shelf.resolve(id + Entry.SUFFIX);
                try {
                    entries.put(id, new Known(Entry.read(file, level)));
                    problems.remove(file);
                } catch (NoSuchFileException e) {
                    // removed in this moment
                } catch (InputException e) {
                    problems.put(file, damaged(file, e.getMessage()));
                } catch (IOException e) {
                    throw cannot(file, "be read", e);
                }
            }
        }
    }

    static Problem damaged(Path file, String what) {
        return new Problem(
                file,
                what,
                "never served as a label; delete it, and the structure is computed again when it is needed");
    }

    /** The names in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = new ArrayList<>();
            files.forEach(file -> names.add(file.getFileName().toString()));
            Collections.sort(names);
            return names;
        }
    }

    static InputException cannot(Path file, String what, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof java.nio.file.AccessDeniedException) {
            reason = "permission denied: " + reason;
        }
        return new InputException(file + ": cannot " + what + ": " + reason, e);
    }

    /** Numbers of atoms with the seconds that labels of that size cost, where that is known; for forecasts. */
    public Map<Integer, List<Double>> secondsBySize(Level level) {
        Map<Integer, List<Double>> seconds = new TreeMap<>();
        for (Entry entry : entries(level)) {
            if (!Double.isNaN(entry.seconds())) {
                seconds.computeIfAbsent(entry.structure().size(), key -> new ArrayList<>())
                        .add(entry.seconds());
            }
        }
        return new LinkedHashMap<>(seconds);
    }
}
