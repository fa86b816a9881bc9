package cupel.assay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;

/**
 * What became of a generation's candidates; {@code candidates = screened + screenedOut + duplicates}.
 *
 * @param candidates all that the walkers brought
 * @param screened those that went to the reference code
 * @param screenedOut those that were unphysical, of a wrong size, or over the limit
 * @param duplicates twins of known structures or of each other
 */
public record ScreenCounts(int candidates, int screened, int screenedOut, int duplicates) {

    public ScreenCounts {
        if (screened < 0 || screenedOut < 0 || duplicates < 0 || candidates != screened + screenedOut + duplicates) {
            throw new IllegalArgumentException("illegal counts: " + candidates + " candidates, must be " + screened
                    + " screened + " + screenedOut + " screened out + " + duplicates + " duplicates");
        }
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("candidates", candidates);
        json.put("screened", screened);
        json.put("screened_out", screenedOut);
        json.put("duplicates", duplicates);
        return json;
    }

    /** Reads what {@link Screen#toJson()} wrote; {@code source} names the file in messages. */
    public static ScreenCounts fromJson(JsonNode json, String source) {
        try {
            return new ScreenCounts(
                    Json.count(json, "candidates", source),
                    Json.count(json, "screened", source),
                    Json.count(json, "screened_out", source),
                    Json.count(json, "duplicates", source));
        } catch (IllegalArgumentException e) {
            throw new InputException(source + ": " + e.getMessage(), e);
        }
    }
}
