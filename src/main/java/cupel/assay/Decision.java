package cupel.assay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;

/**
 * Whether a campaign goes on.
 *
 * @param rule which rule decided
 * @param reason a sentence for people
 * @param numbers what the rule looked at, keys with units
 */
public record Decision(Rule rule, String reason, ObjectNode numbers) {

    /** What decided. */
    public enum Rule {
        /** Nothing did: go on. */
        NONE,
        /** As many quiet generations in a row as asked for: converged. */
        PATIENCE,
        /** As many reference calculations as allowed. */
        MAX_LABELS,
        /** As much processor time of reference calculations as allowed. */
        MAX_LABEL_HOURS,
        /** As many generations as allowed. */
        MAX_GENERATIONS,
        /** As many generations in a row without anything to test. */
        NOTHING_TO_TEST;

        private String token() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether the campaign ends. */
    public boolean stop() {
        return rule != Rule.NONE;
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("action", stop() ? "stop" : "continue");
        json.put("rule", rule.token());
        json.put("reason", reason);
        json.set("numbers", numbers);
        return json;
    }

    static Decision fromJson(JsonNode json, String source) {
        String token = json.path("rule").asText();
        for (Rule rule : Rule.values()) {
            if (rule.token().equals(token)
                    && json.path("reason").isTextual()
                    && json.path("numbers") instanceof ObjectNode numbers) {
                return new Decision(rule, json.get("reason").textValue(), numbers);
            }
        }
        throw new InputException(source + ": \"decision\" must have a known rule, a reason and numbers, is " + json);
    }
}
