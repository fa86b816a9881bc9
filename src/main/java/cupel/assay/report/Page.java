package cupel.assay.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import cupel.assay.figure.Names;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTML file that needs no other: text from a template that escapes, numbers as JSON, scripts and styles within.
 *
 * <p>The page's Content-Security-Policy lets run only the scripts that are written here, known by their hashes, and lets nothing be
 * fetched: whatever a file's text may hold, it stays text.
 */
final class Page {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final int LONGEST = 4000;

    private static final Mustache.Compiler COMPILER = Mustache.compiler()
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withLoader(part -> new StringReader(own(part + ".html")))
            .withEscaper(text -> Escapers.HTML.escape(Names.shown(text, LONGEST)));

    private Page() {}

    /**
     * The page.
     *
     * @param body name of the template of what is in it
     * @param title of the page
     * @param model what the template asks for
     * @param data numbers for what draws them
     * @param run command and parameters that led to it, or null when they are not known
     * @param scripts what runs in it, in this order; each a script, not a module
     */
    static String of(
            String body, String title, Map<String, ?> model, JsonNode data, JsonNode run, List<String> scripts) {
        List<String> hashes = new ArrayList<>();
        List<Map<String, String>> texts = new ArrayList<>();
        for (String script : scripts) {
            String text = "\n" + script.strip() + "\n";
            // HTML ends a script at the first of these, wherever it stands.
            if (text.toLowerCase(java.util.Locale.ROOT).contains("</script") || text.contains("<!--")) {
                throw new IllegalStateException("a script of the report holds </script or <!--");
            }
            hashes.add("'sha256-" + sha256(text) + "'");
            texts.add(Map.of("text", text));
        }
        Map<String, Object> page = new HashMap<>();
        page.put("title", title);
        page.put("hashes", String.join(" ", hashes));
        page.put("style", Libraries.uPlotStyle() + "\n" + own("page.css"));
        page.put("body", COMPILER.compile(own(body)).execute(model));
        page.put("data", json(data));
        page.put("run", run == null ? "null" : json(run));
        page.put("scripts", texts);
        return COMPILER.compile(own("page.html")).execute(page);
    }

    /** A resource of this package. */
    static String own(String name) {
        return Libraries.resource("/cupel/assay/report/" + name);
    }

    /** JSON that may stand within a script element: it cannot end it. */
    static String json(JsonNode tree) {
        try {
            return MAPPER.writeValueAsString(tree).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
