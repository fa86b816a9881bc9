package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of an engine, rung by rung: its defaults, what the user changes, and the ladder of safer settings that are tried
 * when a calculation fails.
 *
 * @param engine the engine
 * @param rungs all settings of each rung, without the key {@code ladder}; the first rung first
 */
public record EngineSettings(Engine engine, List<ObjectNode> rungs) {

    private static final String LADDER = "ladder";

    public EngineSettings {
        rungs = List.copyOf(rungs);
    }

    /**
     * The defaults of an engine with the changes that a user wants.
     *
     * @param changes settings that differ from the defaults, or null for none; a {@code ladder} replaces the whole ladder
     * @param source of the changes, for messages
     * @throws InputException if a key is unknown, a value is of the wrong type or out of range, or a rung changes the physics
     */
    public static EngineSettings of(Engine engine, JsonNode changes, String source) {
        ObjectNode settings = engine.defaults();
        JsonNode ladder = settings.remove(LADDER);
        if (changes != null) {
            if (!changes.isObject()) {
                throw new InputException(source + ": must be a JSON object with settings of " + engine.name());
            }
            JsonNode own = changes.path(LADDER);
            ladder = own.isMissingNode() ? ladder : own;
            change(engine, settings, changes, source);
        }
        if (!ladder.isArray()) {
            throw new InputException(source + ": ladder: must be a list of objects with settings, is " + ladder);
        }
        List<ObjectNode> rungs = new ArrayList<>();
        rungs.add(checked(engine, settings, source));
        for (JsonNode changesOfRung : ladder) {
            String where = source + ": ladder, rung " + (rungs.size() + 1);
            if (!changesOfRung.isObject()) {
                throw new InputException(where + ": must be a JSON object with settings, is " + changesOfRung);
            }
            if (changesOfRung.has(LADDER)) {
                throw new InputException(where + ": must hold settings, and no ladder of its own");
            }
            for (String key : engine.physics()) {
                if (changesOfRung.has(key)) {
                    throw new InputException(where + ": must not change " + key
                            + ": it changes the energy, and labels of two levels of theory must not meet in one pool");
                }
            }
            ObjectNode rung = rungs.get(rungs.size() - 1).deepCopy();
            change(engine, rung, changesOfRung, where);
            rungs.add(checked(engine, rung, where));
        }
        return new EngineSettings(engine, rungs);
    }

    private static ObjectNode checked(Engine engine, ObjectNode settings, String source) {
        try {
            engine.check(settings);
        } catch (InputException e) {
            throw new InputException(source + ": " + e.getMessage(), e);
        }
        return settings;
    }

    private static void change(Engine engine, ObjectNode settings, JsonNode changes, String source) {
        for (Map.Entry<String, JsonNode> field : changes.properties()) {
            String key = field.getKey();
            if (key.equals(LADDER)) {
                continue;
            }
            JsonNode known = settings.get(key);
            if (known == null) {
                List<String> names = new ArrayList<>();
                settings.fieldNames().forEachRemaining(names::add);
                throw new InputException(source + ": " + engine.name() + " has no setting " + key + "; it has "
                        + String.join(", ", names) + " and " + LADDER);
            }
            if (!fits(field.getValue(), known)) {
                throw new InputException(source + ": " + key + ": must be " + kind(known) + ", such as " + known
                        + ", is " + field.getValue());
            }
            settings.set(key, field.getValue());
        }
    }

    /** A word may stand where a word is the default, and so may a number: the engine decides. */
    private static boolean fits(JsonNode value, JsonNode known) {
        if (known.isIntegralNumber()) {
            return value.isIntegralNumber() && value.canConvertToInt();
        }
        if (known.isNumber()) {
            return value.isNumber();
        }
        if (known.isTextual()) {
            return value.isTextual() || value.isIntegralNumber();
        }
        return value.getNodeType() == known.getNodeType();
    }

    private static String kind(JsonNode known) {
        if (known.isIntegralNumber()) {
            return "a whole number";
        }
        if (known.isNumber()) {
            return "a number";
        }
        if (known.isTextual()) {
            return "text";
        }
        return known.isBoolean() ? "true or false" : known.isArray() ? "a list" : "an object";
    }

    /** The settings of the first rung that the energy depends on, in the order of the defaults, as text. */
    public Map<String, String> physics() {
        Map<String, String> physics = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : rungs.get(0).properties()) {
            if (engine.physics().contains(field.getKey()) && !engine.isOff(field.getKey(), field.getValue())) {
                physics.put(field.getKey(), text(field.getValue()));
            }
        }
        return physics;
    }

    /** All settings in the form in which they are given, the rungs as differences from the rung before. */
    public ObjectNode json() {
        ObjectNode json = rungs.get(0).deepCopy();
        ArrayNode ladder = json.putArray(LADDER);
        for (int r = 1; r < rungs.size(); r++) {
            ObjectNode changes = ladder.addObject();
            ObjectNode before = rungs.get(r - 1);
            rungs.get(r).properties().forEach(field -> {
                if (!field.getValue().equals(before.get(field.getKey()))) {
                    changes.set(field.getKey(), field.getValue());
                }
            });
        }
        return json;
    }

    /** Numbers as short as they can be, so that 300 and 300.0 are the same level; maps sorted; lists in their order. */
    private static String text(JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Long.toString((long) number)
                    : Double.toString(number);
        }
        if (value.isObject()) {
            TreeMap<String, String> sorted = new TreeMap<>();
            value.properties().forEach(field -> sorted.put(field.getKey(), text(field.getValue())));
            List<String> words = new ArrayList<>();
            sorted.forEach((key, word) -> words.add(key + ":" + word));
            return String.join(";", words);
        }
        if (value.isArray()) {
            List<String> words = new ArrayList<>();
            value.forEach(element -> words.add(text(element)));
            return String.join(";", words);
        }
        return value.asText();
    }
}
