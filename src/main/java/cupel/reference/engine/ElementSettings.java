package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.Map;
import java.util.TreeMap;

/** Settings by chemical symbol, such as which basis set gold gets, and the spin of structures. */
final class ElementSettings {

    private ElementSettings() {}

    /** Chemical symbols of a structure by atomic number, sorted. */
    static Map<Integer, String> elements(Structure structure) {
        Map<Integer, String> elements = new TreeMap<>();
        for (int z : structure.atomicNumbers()) {
            elements.put(z, Elements.symbol(z));
        }
        return elements;
    }

    /** What a setting by symbol says of an element, or else what holds for all. */
    static String of(JsonNode settings, String key, String symbol, String otherwise) {
        JsonNode own = settings.get(key).get(symbol);
        return own == null ? otherwise : own.asText();
    }

    /** Requires an object from chemical symbols to one word each. */
    static void check(JsonNode settings, String key, boolean emptyAllowed) {
        for (Map.Entry<String, JsonNode> field : settings.get(key).properties()) {
            try {
                Elements.atomicNumber(field.getKey());
            } catch (IllegalArgumentException e) {
                throw SettingChecks.wrong(
                        settings, key, "must have chemical symbols as keys ('" + field.getKey() + "' is none)");
            }
            if (!field.getValue().isTextual() || !isWord(field.getValue().asText(), emptyAllowed)) {
                throw SettingChecks.wrong(settings, key, "must give " + field.getKey() + " one word");
            }
        }
    }

    /** Requires one word: what goes into an input file must not end its line, or a quotation. */
    static void checkWord(JsonNode settings, String key, boolean emptyAllowed) {
        if (!settings.get(key).isTextual() || !isWord(settings.get(key).asText(), emptyAllowed)) {
            throw SettingChecks.wrong(settings, key, "must be one word without quotes");
        }
    }

    /** Requires words with blanks between, one at least. */
    static void checkWords(JsonNode settings, String key) {
        boolean good = settings.get(key).isTextual();
        for (String word : settings.get(key).asText().strip().split("\\s+")) {
            good &= isWord(word, false);
        }
        if (!good) {
            throw SettingChecks.wrong(settings, key, "must be words without quotes, one at least");
        }
    }

    /** Requires one of some words. */
    static void checkOneOf(JsonNode settings, String key, String... words) {
        for (String word : words) {
            if (settings.get(key).asText().equals(word)) {
                return;
            }
        }
        throw SettingChecks.wrong(settings, key, "must be one of " + String.join(", ", words));
    }

    private static boolean isWord(String text, boolean emptyAllowed) {
        return text.isEmpty() ? emptyAllowed : text.matches("[^\\s\\p{Cntrl}'\"&#!,;]+");
    }

    /**
     * Refuses a number of unpaired electrons that this number of electrons cannot have.
     *
     * @throws InputException that goes on after "structure 3 "
     */
    static void requireParity(Structure structure, JsonNode settings, int electrons) {
        JsonNode spin = settings.get("spin");
        if (spin.isInt() && Math.floorMod(spin.intValue() - electrons, 2) != 0) {
            throw new InputException("has an " + (electrons % 2 == 0 ? "even" : "odd")
                    + " number of electrons, which cannot have " + spin + " unpaired ones (the setting spin)");
        }
    }
}
