package cupel.assay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What goes round with a campaign: its name, the number of its last generation, its rows so far, and the last decision.
 *
 * <p>Generations are counted from 1. Keys that are not known here are carried along unchanged.
 */
public final class CampaignState {

    private static final Set<String> OWN = Set.of(
            "campaign",
            "generation",
            "quiet",
            "untested",
            "labels",
            "failures",
            "label_seconds",
            "generations",
            "decision");

    private final ObjectNode json;
    private final int generation;
    private final int quiet;
    private final int untested;
    private final int labels;
    private final int failures;
    private final double labelSeconds;
    private final List<Generation> generations;
    private final Decision decision;

    private CampaignState(
            ObjectNode json,
            int generation,
            int quiet,
            int untested,
            int labels,
            int failures,
            double labelSeconds,
            List<Generation> generations,
            Decision decision) {
        this.json = json;
        this.generation = generation;
        this.quiet = quiet;
        this.untested = untested;
        this.labels = labels;
        this.failures = failures;
        this.labelSeconds = labelSeconds;
        this.generations = List.copyOf(generations);
        this.decision = decision;
    }

    /** A campaign before its first generation. */
    public static CampaignState begin(String campaign) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("campaign", campaign);
        return new CampaignState(json, 0, 0, 0, 0, 0, 0, List.of(), null);
    }

    /** Reads a state; {@code source} names the file in messages. */
    public static CampaignState fromJson(ObjectNode json, String source) {
        if (!json.path("campaign").isValueNode() || json.path("campaign").isNull()) {
            throw new InputException(source + ": \"campaign\" must name the campaign, is "
                    + (json.has("campaign") ? json.get("campaign") : "missing"));
        }
        List<Generation> rows = new ArrayList<>();
        JsonNode list = json.path("generations");
        if (!list.isMissingNode() && !list.isArray()) {
            throw new InputException(source + ": \"generations\" must be a list, is " + list);
        }
        for (JsonNode row : list) {
            rows.add(Generation.fromJson(row, source));
        }
        JsonNode decision = json.path("decision");
        return new CampaignState(
                json.deepCopy(),
                Json.count(json, "generation", source),
                Json.countOrZero(json, "quiet", source),
                Json.countOrZero(json, "untested", source),
                Json.countOrZero(json, "labels", source),
                Json.countOrZero(json, "failures", source),
                json.path("label_seconds").asDouble(0),
                rows,
                decision.isMissingNode() || decision.isNull() ? null : Decision.fromJson(decision, source));
    }

    /** The state after one more generation. */
    CampaignState after(Generation row, double seconds, Decision made) {
        List<Generation> rows = new ArrayList<>(generations);
        rows.add(row);
        return new CampaignState(
                json,
                generation + 1,
                row.quiet(),
                row.untested(),
                labels + row.labelled(),
                failures + row.failed(),
                labelSeconds + seconds,
                rows,
                made);
    }

    /** As JSON. */
    public ObjectNode toJson() {
        ObjectNode written = json.objectNode();
        written.set("campaign", json.get("campaign"));
        written.put("generation", generation);
        written.put("quiet", quiet);
        written.put("untested", untested);
        written.put("labels", labels);
        written.put("failures", failures);
        if (labelSeconds > 0) {
            written.put("label_seconds", labelSeconds);
        }
        json.properties().forEach(field -> {
            if (!OWN.contains(field.getKey())) {
                written.set(field.getKey(), field.getValue().deepCopy());
            }
        });
        ArrayNode rows = written.putArray("generations");
        for (Generation row : generations) {
            rows.add(row.toJson());
        }
        if (decision != null) {
            written.set("decision", decision.toJson());
        }
        return written;
    }

    /** Name of the campaign. */
    public String campaign() {
        return json.get("campaign").asText();
    }

    /** Number of the last generation that was judged; 0 before the first. */
    public int generation() {
        return generation;
    }

    /** Quiet generations in a row. */
    public int quiet() {
        return quiet;
    }

    /** Generations in a row in which nothing could be tested. */
    public int untested() {
        return untested;
    }

    /** Reference calculations that succeeded so far. */
    public int labels() {
        return labels;
    }

    /** Reference calculations that failed so far. */
    public int failures() {
        return failures;
    }

    /** Processor time of reference calculations so far, in seconds; 0 where nobody counts. */
    public double labelSeconds() {
        return labelSeconds;
    }

    /** All generations so far, the first first. */
    public List<Generation> generations() {
        return generations;
    }

    /** The last decision, or null before the first. */
    public Decision decision() {
        return decision;
    }
}
