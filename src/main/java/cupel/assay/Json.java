package cupel.assay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;

/** What this package's JSON has in common: no NaN is ever written, and what is read is checked. */
final class Json {

    private Json() {}

    /** Puts a number, or null when it is not finite: JSON has no NaN. */
    static void put(ObjectNode json, String key, double value) {
        if (Double.isFinite(value)) {
            json.put(key, value);
        } else {
            json.putNull(key);
        }
    }

    /** A whole number, 0 or above. */
    static int count(JsonNode json, String key, String source) {
        JsonNode value = json.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new InputException(source + ": \"" + key + "\" must be a whole number, 0 or above, is "
                    + (value == null ? "missing" : value));
        }
        return value.intValue();
    }

    /** A whole number, 0 or above; 0 when missing. */
    static int countOrZero(JsonNode json, String key, String source) {
        return json.has(key) ? count(json, key, source) : 0;
    }

    /** A number, or NaN when missing or null. */
    static double numberOrNaN(JsonNode json, String key, String source) {
        JsonNode value = json.get(key);
        if (value == null || value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber()) {
            throw new InputException(source + ": \"" + key + "\" must be a number, is " + value);
        }
        return value.doubleValue();
    }
}
