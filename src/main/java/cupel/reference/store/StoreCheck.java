package cupel.reference.store;

import cupel.reference.Level;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Looks at every file of a store: that it is what it should be, where it should be, and agrees with its checksum; and that no two
 * labels of one structure contradict each other. Files that a killed process left half written are removed.
 */
public final class StoreCheck {

    /** Two energies of one structure that differ by more, in eV per atom, cannot both be right. */
    private static final double CONTRADICTION = 0.005;

    private static final Pattern COMPOSITION = Pattern.compile("([A-Z][a-z]?[1-9][0-9]*)+");

    /**
     * What was found.
     *
     * @param levels number of levels of theory
     * @param labels number of labels that are whole
     * @param failures number of records of failures that are whole
     * @param problems what is not as it should be, in the order of the files
     * @param removed leftovers of killed processes that were removed
     * @param kept temporary files that were left alone, since somebody is writing them now, or nobody can tell
     */
    public record Report(
            int levels, int labels, int failures, List<Problem> problems, List<Path> removed, List<Path> kept) {}

    private final Path folder;
    private int levels;
    private int labels;
    private int failures;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Path> removed = new ArrayList<>();
    private final List<Path> kept = new ArrayList<>();

    private StoreCheck(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks a store.
     *
     * @throws InputException when the folder is no label store at all, or cannot be read
     */
    public static Report of(Path folder) {
        StoreCheck check = new StoreCheck(folder);
        try {
            check.look();
        } catch (NoSuchFileException e) {
            throw new InputException(folder + ": is not a label store: no such folder", e);
        } catch (IOException e) {
            throw LabelStore.cannot(folder, "be read", e);
        }
        return new Report(
                check.levels,
                check.labels,
                check.failures,
                List.copyOf(check.problems),
                List.copyOf(check.removed),
                List.copyOf(check.kept));
    }

    private void look() throws IOException {
        List<String> names = LabelStore.names(folder);
        try {
            LabelStore.open(folder);
        } catch (InputException e) {
            if (names.stream()
                    .noneMatch(name -> LabelStore.LEVEL_FOLDER.matcher(name).matches())) {
                throw e;
            }
            problems.add(new Problem(
                    folder.resolve(LabelStore.STORE_FILE),
                    "missing or damaged",
                    "put these lines into it: "
                            + LabelStore.STORE_TEXT.replaceAll("\\s+", " ").strip()));
        }
        for (String name : names) {
            Path path = folder.resolve(name);
            if (LabelStore.LEVEL_FOLDER.matcher(name).matches() && Files.isDirectory(path)) {
                levels++;
                level(path);
            } else if (!name.equals(LabelStore.STORE_FILE)) {
                other(path, name);
            }
        }
    }

    private void level(Path levelFolder) throws IOException {
        Path file = levelFolder.resolve(LabelStore.LEVEL_FILE);
        Level level;
        try {
            level = LabelStore.readLevel(file);
        } catch (InputException e) {
            level = fromEntries(levelFolder);
            problems.add(new Problem(
                    file,
                    e.getMessage(),
                    level == null
                            ? "no label tells what the level is: if the folder holds nothing, delete it"
                            : "put this line into it: " + level.canonical()));
        }
        for (String name : LabelStore.names(levelFolder)) {
            Path path = levelFolder.resolve(name);
            if (COMPOSITION.matcher(name).matches() && Files.isDirectory(path)) {
                shelf(path, level);
            } else if (!name.equals(LabelStore.LEVEL_FILE)) {
                other(path, name);
            }
        }
    }

    /** The level that labels of the folder say they are of, if the folder has its name. */
    private static Level fromEntries(Path levelFolder) throws IOException {
        for (String shelf : LabelStore.names(levelFolder)) {
            Path folder = levelFolder.resolve(shelf);
            if (!Files.isDirectory(folder)) {
                continue;
            }
            for (String name : LabelStore.names(folder)) {
                if (name.startsWith(".") || !name.endsWith(Entry.SUFFIX)) {
                    continue;
                }
                try {
                    Level level = Level.of(
                                    ExtendedXyz.read(folder.resolve(name)).get(0))
                            .orElse(null);
                    if (level != null
                            && LabelStore.folderName(level)
                                    .equals(levelFolder.getFileName().toString())) {
                        return level;
                    }
                } catch (IllegalArgumentException | InputException | IndexOutOfBoundsException e) {
                    // a damaged one; the next may tell
                }
            }
        }
        return null;
    }

    private void shelf(Path shelf, Level level) throws IOException {
        List<Entry> whole = new ArrayList<>();
        for (String name : LabelStore.names(shelf)) {
            Path path = shelf.resolve(name);
            if (name.equals(LabelStore.FAILURES) && Files.isDirectory(path)) {
                failures(path);
                continue;
            }
            if (name.startsWith(".") || !name.endsWith(Entry.SUFFIX) || Files.isDirectory(path)) {
                other(path, name);
                continue;
            }
            try {
                if (level == null) {
                    throw new InputException(
                            "of an unknown level, since " + LabelStore.LEVEL_FILE + " is missing or damaged");
                }
                whole.add(Entry.read(path, level));
                labels++;
            } catch (InputException e) {
                problems.add(LabelStore.damaged(path, e.getMessage()));
            } catch (IOException e) {
                problems.add(new Problem(
                        path,
                        "cannot be read: " + e.getMessage(),
                        "see to the permissions of the file, or to the disk"));
            }
        }
        contradictions(whole);
    }

    private void failures(Path folder) throws IOException {
        for (String name : LabelStore.names(folder)) {
            Path path = folder.resolve(name);
            if (name.startsWith(".") || !name.endsWith(Entry.SUFFIX) || Files.isDirectory(path)) {
                other(path, name);
                continue;
            }
            try {
                Entry.readFailure(path);
                failures++;
            } catch (InputException e) {
                problems.add(LabelStore.damaged(path, e.getMessage()));
            } catch (IOException e) {
                problems.add(unreadable(path, e));
            }
        }
    }

    private static Problem unreadable(Path path, IOException e) {
        return new Problem(
                path, "cannot be read: " + e.getMessage(), "see to the permissions of the file, or to the disk");
    }

    private void contradictions(List<Entry> entries) {
        StructureMatcher matcher = new StructureMatcher();
        List<Shape> shapes = new ArrayList<>();
        for (Entry entry : entries) {
            Shape shape = new Shape(entry.structure());
            for (int j = 0; j < shapes.size(); j++) {
                Entry other = entries.get(j);
                double difference = (entry.structure().label().energy()
                                - other.structure().label().energy())
                        / shape.size;
                if (Math.abs(difference) > CONTRADICTION && matcher.match(shape, shapes.get(j)) != null) {
                    problems.add(new Problem(
                            entry.file(),
                            String.format(
                                    Locale.ROOT,
                                    "is the same structure as %s, and their energies differ by %.1f meV per atom",
                                    other.id(),
                                    1000 * Math.abs(difference)),
                            "one of the two is not of this level: find out which, and delete it"));
                }
            }
            shapes.add(shape);
        }
    }

    /** A file that is neither a label nor one of the store's own. */
    private void other(Path path, String name) {
        if (name.startsWith(DurableFile.TEMPORARY)) {
            try {
                (DurableFile.removeLeftover(path) ? removed : kept).add(path);
            } catch (IOException e) {
                kept.add(path);
            }
        } else if (!name.startsWith(".")) {
            problems.add(new Problem(path, "does not belong into a label store", "move it elsewhere"));
        }
    }
}
