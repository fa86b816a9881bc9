package cupel.reference;

import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reference said of a list of structures: every one of them is in one of the two lists, in its order there.
 *
 * @param labelled with label, and the notes {@code engine}, {@code engine_version} and {@code level}
 * @param failed without label, with the notes of {@link LabelFailure#record}
 */
public record Labels(List<Structure> labelled, List<Structure> failed) {

    public Labels {
        labelled = List.copyOf(labelled);
        failed = List.copyOf(failed);
    }

    /** Structures of both kinds, sorted into those with label and those without. */
    public static Labels of(List<Structure> structures) {
        List<Structure> labelled = new ArrayList<>();
        List<Structure> failed = new ArrayList<>();
        for (Structure structure : structures) {
            (structure.label() != null ? labelled : failed).add(structure);
        }
        return new Labels(labelled, failed);
    }

    /** One line for people: {@code 17 labelled, 3 failed (2 not_converged, 1 timed_out)}. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        text.append(labelled.size()).append(" labelled, ").append(failed.size()).append(" failed");
        if (!failed.isEmpty()) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Structure structure : failed) {
                counts.merge((String) structure.info().get(LabelFailure.FAILURE), 1, Integer::sum);
            }
            List<String> words = new ArrayList<>();
            counts.forEach((kind, count) -> words.add(count + " " + kind));
            text.append(" (").append(String.join(", ", words)).append(')');
        }
        return text.toString();
    }

    /** Notes on where a label, or a failure, came from. A version that is not known is left out. */
    public static Structure noted(Structure structure, String engine, String version, String level) {
        return structure
                .withInfo("engine", engine)
                .withInfo("engine_version", version)
                .withInfo("level", level);
    }
}
