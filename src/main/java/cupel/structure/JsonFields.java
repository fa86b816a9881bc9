package cupel.structure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The fields of a JSON object, read so that whatever is wrong is reported with the path of the field. */
public final class JsonFields {

    private final JsonNode node;
    private final String path;

    private JsonFields(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * The fields of a JSON object.
     *
     * @param path how messages call it, such as {@code elements[0].network}
     */
    public static JsonFields of(JsonNode node, String path) {
        if (node == null || !node.isObject()) {
            throw new InputException(
                    "field " + path + ": must be a JSON object, not " + (node == null ? "absent" : describe(node)));
        }
        return new JsonFields(node, path);
    }

    /** How messages call this object. */
    public String path() {
        return path;
    }

    /** The object itself. */
    public JsonNode node() {
        return node;
    }

    /** What to throw when the value of a field is wrong. */
    public InputException wrong(String field, String message) {
        return new InputException("field " + path + "." + field + ": " + message);
    }

    /** Checks the fields {@code format} and {@code version}. */
    public void requireFormat(String format, int version) {
        String found = text("format");
        if (!found.equals(format)) {
            throw wrong("format", "must be " + format + ", not " + found);
        }
        long foundVersion = wholeNumber("version");
        if (foundVersion != version) {
            throw wrong(
                    "version",
                    "is " + foundVersion + ", but this program reads version " + version
                            + (foundVersion > version ? "; use a newer release" : ""));
        }
    }

    /** Whether the field is there. */
    public boolean has(String field) {
        return node.has(field);
    }

    /** A text. */
    public String text(String field) {
        JsonNode value = require(field);
        if (!value.isTextual()) {
            throw wrong(field, "must be text, not " + describe(value));
        }
        return value.textValue();
    }

    /** A finite number. */
    public double number(String field) {
        return number(require(field), field);
    }

    /** A whole number. */
    public long wholeNumber(String field) {
        JsonNode value = require(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(field, "must be a whole number, not " + describe(value));
        }
        return value.longValue();
    }

    /** An array of finite numbers. */
    public double[] numbers(String field) {
        JsonNode array = requireArray(field);
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(array.get(i), field + "[" + i + "]");
        }
        return numbers;
    }

    /** An array of texts. */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : requireArray(field)) {
            if (!value.isTextual()) {
                throw wrong(field + "[" + texts.size() + "]", "must be text, not " + describe(value));
            }
            texts.add(value.textValue());
        }
        return texts;
    }

    /** An array of objects. */
    public List<JsonFields> objects(String field) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode value : requireArray(field)) {
            objects.add(of(value, path + "." + field + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** An object. */
    public JsonFields object(String field) {
        return of(require(field), path + "." + field);
    }

    /** An element by its symbol, as atomic number. */
    public int element(String field) {
        return element(field, text(field));
    }

    /** An element by this symbol, found in that field, as atomic number. */
    public int element(String field, String symbol) {
        try {
            return Elements.atomicNumber(symbol);
        } catch (IllegalArgumentException e) {
            throw new InputException("field " + path + "." + field + ": " + e.getMessage(), e);
        }
    }

    private JsonNode require(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw wrong(field, "is missing");
        }
        return value;
    }

    private JsonNode requireArray(String field) {
        JsonNode value = require(field);
        if (!value.isArray()) {
            throw wrong(field, "must be a list, not " + describe(value));
        }
        return value;
    }

    private double number(JsonNode value, String field) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(field, "must be a finite number, not " + describe(value));
        }
        return value.doubleValue();
    }

    private static String describe(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }
}
