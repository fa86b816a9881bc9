package cupel.assay.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers of Loeffler et al. (2020), each with the place in the paper where it stands and where it was read, from the resource
 * {@code loeffler2020.json}. Numbers that nobody has seen are not there.
 */
public final class Published {

    /**
     * One number.
     *
     * @param of whose it is: the paper's network, its reference (VASP), or its campaign
     * @param place figure, table or text
     * @param source key of {@link #sources}
     */
    public record Quantity(String id, String what, String unit, double value, String of, String place, String source) {}

    private final JsonNode json;
    private final Map<String, Quantity> quantities = new LinkedHashMap<>();

    private Published(JsonNode json) {
        this.json = json;
        for (JsonNode one : json.get("quantities")) {
            Quantity quantity = new Quantity(
                    one.get("id").textValue(),
                    one.get("what").textValue(),
                    // plain ASCII in the file, the true sign in what is shown
                    one.get("unit").textValue().replaceFirst("(^|/)A$", "$1\u00c5"),
                    one.get("value").doubleValue(),
                    one.get("of").textValue(),
                    one.get("place").textValue(),
                    one.get("source").textValue());
            if (quantities.put(quantity.id(), quantity) != null) {
                throw new IllegalStateException("loeffler2020.json has two quantities " + quantity.id());
            }
        }
    }

    /** The numbers of the paper. */
    public static Published loeffler2020() {
        try (InputStream in = Published.class.getResourceAsStream("loeffler2020.json")) {
            return new Published(JsonMapper.builder().build().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All numbers by their ids, in the order of the file. */
    public Map<String, Quantity> quantities() {
        return Map.copyOf(quantities);
    }

    Quantity get(String id) {
        Quantity quantity = quantities.get(id);
        if (quantity == null) {
            throw new IllegalArgumentException("loeffler2020.json has no quantity " + id);
        }
        return quantity;
    }

    /** A text of the head: title, authors, journal, doi, arxiv, functional, program. */
    String text(String key) {
        return json.get(key).textValue();
    }

    /** Where numbers were read, by the key that they name. */
    Map<String, String> sources() {
        Map<String, String> sources = new LinkedHashMap<>();
        json.get("sources")
                .properties()
                .forEach(e -> sources.put(e.getKey(), e.getValue().textValue()));
        return sources;
    }
}
