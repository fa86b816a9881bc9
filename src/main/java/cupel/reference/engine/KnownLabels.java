package cupel.reference.engine;

import cupel.reference.Level;
import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Labels at hand, by structure: the same elements at the same places (to the 8 decimals of files) in the same order. */
public final class KnownLabels {

    private final Map<String, Structure> byHash = new HashMap<>();

    /**
     * Adds all that have a label.
     *
     * @param source for messages
     * @throws InputException if one does not say of which level of theory it is
     */
    public void addAll(List<Structure> structures, String source) {
        for (int i = 0; i < structures.size(); i++) {
            Structure structure = structures.get(i);
            if (structure.label() == null) {
                continue;
            }
            if (Level.of(structure).isEmpty()) {
                throw new InputException(source + ", structure " + (i + 1)
                        + ": has a label without level of theory (note level=...), so that nobody knows where it fits");
            }
            byHash.putIfAbsent(ContentHash.of(structure), structure);
        }
    }

    /**
     * The structure with its label and the notes on where that came from, if there is one.
     *
     * @throws InputException if there is one of another level of theory
     */
    public Optional<Structure> find(Level level, Structure asked) {
        Structure known = byHash.get(ContentHash.of(asked));
        if (known == null) {
            return Optional.empty();
        }
        Level found = Level.of(known).orElseThrow();
        List<String> differences = level.differences(found);
        if (!differences.isEmpty()) {
            throw new InputException("labels of two levels of theory must not meet: " + String.join("; ", differences)
                    + "\n  asked: " + level + "\n  known: " + found);
        }
        Structure labelled = asked.withLabel(known.label());
        for (String note : List.of("engine", "engine_version", Level.NOTE, Batches.RUNG)) {
            labelled = labelled.withInfo(note, known.info().get(note));
        }
        return Optional.of(labelled);
    }
}
