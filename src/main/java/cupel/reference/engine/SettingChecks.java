package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import cupel.structure.InputException;

/** Checks of settings that several engines need; each names the key, the value and what is expected. */
final class SettingChecks {

    private SettingChecks() {}

    static void positive(JsonNode settings, String key) {
        double value = settings.get(key).doubleValue();
        if (!(value > 0) || Double.isInfinite(value)) {
            throw wrong(settings, key, "must be above 0");
        }
    }

    static void between(JsonNode settings, String key, double low, double high) {
        double value = settings.get(key).doubleValue();
        if (!(value >= low && value <= high)) {
            throw wrong(settings, key, "must be " + low + " to " + high);
        }
    }

    static void atLeast(JsonNode settings, String key, int least) {
        if (!settings.get(key).isInt() || settings.get(key).intValue() < least) {
            throw wrong(settings, key, "must be a whole number, at least " + least);
        }
    }

    /** The key {@code spin}: parity, or the number of unpaired electrons. */
    static void spin(JsonNode settings) {
        JsonNode spin = settings.get("spin");
        boolean known = spin.isInt() ? spin.intValue() >= 0 : spin.asText().equals("parity");
        if (!known) {
            throw wrong(settings, "spin", "must be parity, or the number of unpaired electrons of every structure");
        }
    }

    static void text(JsonNode settings, String key) {
        if (!settings.get(key).isTextual() || settings.get(key).asText().isBlank()) {
            throw wrong(settings, key, "must be text that is not empty");
        }
    }

    static InputException wrong(JsonNode settings, String key, String expected) {
        return new InputException(key + ": " + expected + ", is " + settings.get(key));
    }
}
