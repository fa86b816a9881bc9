package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A reference program as Cupel knows it: which settings it has, what its input looks like, how to read its output. Engines
 * have no state; the program itself is run by somebody else, on some other machine perhaps.
 */
public interface Engine {

    /** Name in options, labels and levels of theory: one word in lower case, such as {@code gpaw}. */
    String name();

    /**
     * All settings with their defaults, each with its key in snake case; their types are those that settings may have. The key
     * {@code ladder} holds the rungs after the first: objects with the settings that change, safer from rung to rung.
     */
    ObjectNode defaults();

    /** Keys of the settings that the energy of a structure depends on: those of the level of theory. No rung may change them. */
    Set<String> physics();

    /** Whether a setting of {@link #physics} is switched off by this value, and therefore is not named in the level. */
    default boolean isOff(String key, JsonNode value) {
        return false;
    }

    /**
     * Checks what types alone do not tell.
     *
     * @throws cupel.structure.InputException naming the key, the value and what is expected
     */
    void check(JsonNode settings);

    /**
     * Refuses what the program cannot compute, which is a mistake in the campaign and not a failed calculation.
     *
     * @throws cupel.structure.InputException that goes on after "structure 3 ", such as "is periodic, and ..."
     */
    void requireComputable(Structure structure, JsonNode settings);

    /**
     * Writes the input of one calculation.
     *
     * @param settings of this rung
     * @param folder exists and is empty
     */
    void write(Structure structure, JsonNode settings, Path folder) throws IOException;

    /**
     * Reads what the program left behind, whatever it is. Whether the program was run at all, and whether its time was up, has
     * been seen to; the sanity window is applied later.
     *
     * @param settings those it was written with
     * @param exitStatus of the program, which need not mean anything
     */
    Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus);

    /** How many structures a task should run in turn, where nothing else is asked for: more than one if they take seconds. */
    default int batchSize() {
        return 1;
    }
}
