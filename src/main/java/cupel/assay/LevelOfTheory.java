package cupel.assay;

import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.List;
import java.util.Objects;

/**
 * The level of theory of labels, their note {@code level}. Energies of two levels differ by electronvolts and must never
 * meet in one comparison or one pool.
 */
public final class LevelOfTheory {

    private LevelOfTheory() {}

    /**
     * The one level of all labelled structures.
     *
     * @param structures those without label do not count
     * @param source file for the message
     * @return the level, or null when no structure has the note
     * @throws InputException when there are two; labels with and without the note are two as well
     */
    public static String of(List<Structure> structures, String source) {
        int first = -1;
        for (int i = 0; i < structures.size(); i++) {
            if (structures.get(i).label() == null) {
                continue;
            }
            if (first < 0) {
                first = i;
            } else if (!Objects.equals(level(structures.get(i)), level(structures.get(first)))) {
                throw new InputException(source + ": labels of two levels of theory: " + shown(structures, first)
                        + " and " + shown(structures, i) + "; keep one level to a file (note level=…)");
            }
        }
        return first < 0 ? null : level(structures.get(first));
    }

    /**
     * Refuses labels of two files that are of different levels.
     *
     * @throws InputException when both files have labels and their levels differ
     */
    public static void requireSame(List<Structure> a, String sourceA, List<Structure> b, String sourceB) {
        String levelA = of(a, sourceA);
        String levelB = of(b, sourceB);
        if (hasLabel(a) && hasLabel(b) && !Objects.equals(levelA, levelB)) {
            throw new InputException("labels of two levels of theory: " + shown(levelA) + " in " + sourceA + " and "
                    + shown(levelB) + " in " + sourceB + "; they must not meet in one pool");
        }
    }

    private static boolean hasLabel(List<Structure> structures) {
        for (Structure structure : structures) {
            if (structure.label() != null) {
                return true;
            }
        }
        return false;
    }

    private static String level(Structure structure) {
        Object level = structure.info().get("level");
        return level == null ? null : level.toString();
    }

    private static String shown(List<Structure> structures, int index) {
        return shown(level(structures.get(index))) + " (structure " + (index + 1) + ")";
    }

    private static String shown(String level) {
        return level == null ? "none noted" : level;
    }
}
