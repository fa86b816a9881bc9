package cupel.assay;

import cupel.reference.Level;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.List;

/**
 * The level of theory of labels, their note {@code level}. Energies of two levels differ by electronvolts and must never
 * meet in one comparison or one pool.
 */
public final class LevelOfTheory {

    private LevelOfTheory() {}

    /**
     * The one level of all labelled structures: with the data files of all their elements, of which each names its own alone.
     *
     * @param structures those without label do not count
     * @param source file for the message
     * @return the level, or null when no structure has the note
     * @throws InputException when there are two; labels with and without the note are two as well
     */
    public static String of(List<Structure> structures, String source) {
        int first = -1;
        Level all = null;
        for (int i = 0; i < structures.size(); i++) {
            if (structures.get(i).label() == null) {
                continue;
            }
            Level own = level(structures.get(i), source, i);
            if (first < 0) {
                first = i;
                all = own;
            } else if (!areOne(all, own)) {
                throw new InputException(source + ": labels of two levels of theory: " + shown(all) + " (structure "
                        + (first + 1) + ") and " + shown(own) + " (structure " + (i + 1) + ")"
                        + difference(all, own) + "; keep one level to a file (note level=…)");
            } else if (all != null && !all.equals(own)) {
                all = all.union(own);
            }
        }
        return all == null ? null : all.toString();
    }

    /**
     * The structures with one level in all notes: that of all of them together, with the data files of all their elements.
     *
     * @param structures those without the note stay without
     * @param source file for the message
     * @throws InputException when there are two levels
     */
    public static List<Structure> together(List<Structure> structures, String source) {
        String level = of(
                structures.stream()
                        .filter(structure -> structure.info().containsKey(Level.NOTE))
                        .toList(),
                source);
        return structures.stream()
                .map(structure -> level != null && structure.info().containsKey(Level.NOTE)
                        ? structure.withInfo(Level.NOTE, level)
                        : structure)
                .toList();
    }

    /**
     * Refuses labels of two files that are of different levels.
     *
     * @throws InputException when both files have labels and their levels differ
     */
    public static void requireSame(List<Structure> a, String sourceA, List<Structure> b, String sourceB) {
        String levelA = of(a, sourceA);
        String levelB = of(b, sourceB);
        if (hasLabel(a) && hasLabel(b) && !areOne(levelA, levelB)) {
            throw new InputException("labels of two levels of theory: " + shown(parse(levelA)) + " in " + sourceA
                    + " and " + shown(parse(levelB)) + " in " + sourceB + difference(parse(levelA), parse(levelB))
                    + "; they must not meet in one pool");
        }
    }

    /**
     * Whether two notes are of one level: all is equal but for data files of elements that only one of them names.
     *
     * @param a note, or null for none, which only goes with none
     */
    public static boolean areOne(String a, String b) {
        return areOne(parse(a), parse(b));
    }

    private static boolean areOne(Level a, Level b) {
        return a == null || b == null ? a == b : a.isCompatible(b);
    }

    private static boolean hasLabel(List<Structure> structures) {
        for (Structure structure : structures) {
            if (structure.label() != null) {
                return true;
            }
        }
        return false;
    }

    private static Level parse(String level) {
        return level == null ? null : Level.parse(level);
    }

    private static Level level(Structure structure, String source, int index) {
        try {
            return Level.of(structure).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new InputException(source + ", structure " + (index + 1) + ": " + e.getMessage(), e);
        }
    }

    /** What differs, where both are known by their pairs; two names say it themselves. */
    private static String difference(Level a, Level b) {
        return a == null || b == null || a.isName() || b.isName() ? "" : ": " + String.join("; ", a.differences(b));
    }

    private static String shown(Level level) {
        return level == null ? "none noted" : level.toString();
    }
}
