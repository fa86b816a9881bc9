package cupel.reference.engine;

import cupel.reference.LabelFailure;
import cupel.structure.Label;
import java.util.Map;

/**
 * What a program answered: a label or a failure.
 *
 * @param label the label, or null
 * @param failure why there is no label, or null when there is one
 * @param version of the program as it printed it, or null if it printed none
 * @param data checksums of data files as the program itself reported them, by name; empty if it does not
 */
public record Answer(Label label, LabelFailure failure, String version, Map<String, String> data) {

    public Answer {
        if ((label == null) == (failure == null)) {
            throw new IllegalArgumentException("an answer is either a label or a failure");
        }
        data = Map.copyOf(data);
    }

    /** A label. */
    public static Answer labelled(Label label, String version) {
        return new Answer(label, null, version, Map.of());
    }

    /**
     * A failure.
     *
     * @param log the last lines of the log in one line, or null
     */
    public static Answer failed(LabelFailure.Kind kind, String reason, String log, String version) {
        return new Answer(null, new LabelFailure(kind, reason, log), version, Map.of());
    }
}
