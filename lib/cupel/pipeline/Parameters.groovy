package cupel.pipeline;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The pipeline's parameters as nextflow_schema.json declares them (in the form of the nf-schema plugin, which cannot be had without a
 * network): help, types, and checks before the first task.
 */
public final class Parameters {

    private static final int WIDTH = 100;

    private static final String DOLLAR = Character.toString(36);

    /** What Nextflow writes into the scripts of tasks as it is, so that the shell would act on it. */
    private static final String ACTIVE = DOLLAR + ";*?[]{}\n\t";

    private final Map<String, Object> schema;
    private final Function<String, Path> files;

    /**
     * @param schema the content of nextflow_schema.json
     * @param files the file or folder that a name stands for
     */
    public Parameters(Map<String, Object> schema, Function<String, Path> files) {
        this.schema = schema;
        this.files = files;
    }

    /** Whether nothing is wanted but the help. */
    public boolean asksForHelp(Map<String, ?> given) {
        Object help = given.get("help");
        return help != null && "true".equals(help.toString());
    }

    /** Every parameter with what it is, its range and its default, by group. */
    public String help(String command) {
        StringBuilder text = new StringBuilder();
        text.append(schema.get("title")).append(": ").append(schema.get("description"));
        text.append("\n\nUsage: ").append(command).append("\n");
        int column = 6;
        for (String name : declared().keySet()) {
            column = Math.max(column, name.length() + 6);
        }
        for (Map<String, Object> group : groups()) {
            text.append("\n").append(group.get("title")).append("\n");
            for (Map.Entry<String, Map<String, Object>> entry :
                    properties(group).entrySet()) {
                List<String> lines = wrap(description(entry.getKey(), entry.getValue(), group), WIDTH - column);
                text.append(padded("  --" + entry.getKey(), column))
                        .append(lines.get(0))
                        .append("\n");
                for (String line : lines.subList(1, lines.size())) {
                    text.append(padded("", column)).append(line).append("\n");
                }
            }
        }
        return text.toString();
    }

    /**
     * Every parameter with the type that the schema gives it, whatever type it came with: Nextflow hands values of the command line on as
     * text or as what they look like, depending on its version and parser. Whole numbers are Integer, numbers BigDecimal without trailing
     * zeros, switches Boolean, and a parameter without a value is null. Only for values without problems.
     */
    public Map<String, Object> typed(Map<String, ?> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, Object>> entry : declared().entrySet()) {
            Object value = given.get(entry.getKey());
            values.put(
                    entry.getKey(), isMissing(value) ? null : cast(value.toString(), word(entry.getValue(), "type")));
        }
        return values;
    }

    /** What is wrong with the given values, each by itself and one beside the other, one line each; empty when nothing is. */
    public List<String> problems(Map<String, ?> given) {
        Map<String, Map<String, Object>> declared = declared();
        List<String> found = new ArrayList<>();
        for (String name : given.keySet()) {
            // Nextflow hands --some-name on twice, as typed and as someName.
            boolean twin = name.matches("[a-z0-9]+([A-Z][a-z0-9]*)+") && given.containsKey(kebab(name));
            if (!declared.containsKey(name) && !twin) {
                found.add("--" + name + ": there is no such parameter; did you mean --" + nearest(name) + "?");
            }
        }
        for (Map.Entry<String, Map<String, Object>> entry : declared.entrySet()) {
            Object value = given.get(entry.getKey());
            String problem = isMissing(value) ? null : problem(value, entry.getValue());
            if (problem != null) {
                found.add("--" + entry.getKey() + " " + value + ": " + problem);
            }
        }
        if (found.isEmpty()) {
            found.addAll(contradictions(typed(given)));
        }
        return found;
    }

    /** Those that a run cannot do without and that have no value, one line each. */
    public List<String> missing(Map<String, ?> given, Collection<String> notNeeded) {
        List<String> found = new ArrayList<>();
        for (Map<String, Object> group : groups()) {
            for (String name : required(group)) {
                if (!notNeeded.contains(name) && isMissing(given.get(name))) {
                    found.add(
                            "--" + name + " is missing: " + declared().get(name).get("description"));
                }
            }
        }
        return found;
    }

    /** The declared name with the smallest edit distance (Levenshtein 1966); the first of several. */
    public String nearest(String name) {
        String plain = kebab(name).replace("-", "_");
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : declared().keySet()) {
            int distance = distance(plain, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    // --- what the schema says ---

    /** Groups in the order of the schema, each a map with title and properties. */
    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> groups() {
        Map<String, Object> definitions = (Map<String, Object>) schema.get(DOLLAR + "defs");
        List<Map<String, Object>> groups = new ArrayList<>();
        for (Object reference : (List<Object>) schema.get("allOf")) {
            String[] path = ((Map<String, Object>) reference)
                    .get(DOLLAR + "ref")
                    .toString()
                    .split("/");
            groups.add((Map<String, Object>) definitions.get(path[path.length - 1]));
        }
        return groups;
    }

    private Map<String, Map<String, Object>> declared() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Map<String, Object> group : groups()) {
            all.putAll(properties(group));
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> properties(Map<String, Object> group) {
        return (Map<String, Map<String, Object>>) group.get("properties");
    }

    @SuppressWarnings("unchecked")
    private static List<String> required(Map<String, Object> group) {
        Object names = group.get("required");
        return names == null ? List.of() : (List<String>) names;
    }

    private static String word(Map<String, Object> property, String key) {
        Object value = property.get(key);
        return value == null ? null : value.toString();
    }

    private static String description(String name, Map<String, Object> property, Map<String, Object> group) {
        List<String> notes = new ArrayList<>();
        if (!range(property).isEmpty()) {
            notes.add(range(property));
        }
        if (required(group).contains(name)) {
            notes.add("required");
        } else if (property.containsKey("default")) {
            notes.add("default: " + property.get("default"));
        }
        return property.get("description") + (notes.isEmpty() ? "" : " [" + String.join("; ", notes) + "]");
    }

    // --- values ---

    /** Whether a parameter without a value is meant: an empty text in a file of parameters says that too. */
    private static boolean isMissing(Object value) {
        return value == null || value.toString().isEmpty();
    }

    private static Object cast(String text, String type) {
        if ("boolean".equals(type)) {
            return "true".equals(text);
        }
        if ("integer".equals(type)) {
            return new BigDecimal(text).intValueExact();
        }
        if ("number".equals(type)) {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            return number.scale() < 0 ? number.setScale(0) : number;
        }
        return text;
    }

    private String problem(Object value, Map<String, Object> property) {
        String text = value.toString();
        String type = word(property, "type");
        if (value instanceof Map || value instanceof Collection) {
            return "must be " + kind(property) + ", and one value";
        }
        if ("boolean".equals(type)) {
            return List.of("true", "false").contains(text) ? null : "must be " + kind(property);
        }
        if ("string".equals(type)) {
            return textProblem(text, property);
        }
        boolean whole = "integer".equals(type);
        if (!text.matches(whole ? "[+-]?\\d{1,9}" : "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,2})?")) {
            return "must be " + kind(property);
        }
        BigDecimal number = new BigDecimal(text);
        boolean inside = (!property.containsKey("minimum") || number.compareTo(limit(property, "minimum")) >= 0)
                && (!property.containsKey("exclusiveMinimum")
                        || number.compareTo(limit(property, "exclusiveMinimum")) > 0)
                && (!property.containsKey("maximum") || number.compareTo(limit(property, "maximum")) <= 0);
        return inside ? null : "must be " + kind(property);
    }

    private static BigDecimal limit(Map<String, Object> property, String key) {
        return new BigDecimal(property.get(key).toString());
    }

    private String textProblem(String text, Map<String, Object> property) {
        if ("true".equals(text)) {
            return "has no value: Nextflow takes a parameter that stands alone for a switch";
        }
        if (property.containsKey("enum") && !((Collection<?>) property.get("enum")).contains(text)) {
            return "must be " + range(property);
        }
        if (property.containsKey("pattern") && !text.matches(word(property, "pattern"))) {
            String form = word(property, "errorMessage");
            return "must be " + (form == null ? "of the form " + word(property, "pattern") : form);
        }
        if (property.containsKey("exists")) {
            Path path = files.apply(text);
            if (!Files.exists(path)) {
                return "there is no such " + ("directory-path".equals(word(property, "format")) ? "folder" : "file");
            }
            return nameProblem(path.toAbsolutePath().toString());
        }
        return null;
    }

    private static String nameProblem(String path) {
        for (int i = 0; i < path.length(); i++) {
            String letter = path.substring(i, i + 1);
            if (ACTIVE.contains(letter)) {
                return "has " + (letter.isBlank() ? "a tab or line break" : letter)
                        + " in its name or that of a folder above, which Nextflow cannot hand on to tasks; give it another"
                        + " name, or a link that has one";
            }
        }
        return null;
    }

    /** What a value must be, by type and range. */
    private static String kind(Map<String, Object> property) {
        Map<String, String> types =
                Map.of("boolean", "true or false", "integer", "a whole number", "number", "a number", "string", "text");
        String type = types.get(word(property, "type"));
        return range(property).isEmpty() ? type : type + ", " + range(property);
    }

    private static String range(Map<String, Object> property) {
        List<String> words = new ArrayList<>();
        if (property.containsKey("enum")) {
            for (Object choice : (Collection<?>) property.get("enum")) {
                words.add(choice.toString());
            }
            return String.join(" or ", words);
        }
        if (property.containsKey("minimum")) {
            words.add("at least " + property.get("minimum"));
        }
        if (property.containsKey("exclusiveMinimum")) {
            words.add("above " + property.get("exclusiveMinimum"));
        }
        if (property.containsKey("maximum")) {
            words.add("at most " + property.get("maximum"));
        }
        return String.join(", ", words);
    }

    // --- one beside the other ---

    private static List<String> contradictions(Map<String, Object> values) {
        List<String> found = new ArrayList<>();
        for (String name : List.of("sizes", "minima_sizes", "energy_window")) {
            String range = (String) values.get(name);
            if (range != null) {
                String[] ends = range.split("\\.\\.");
                if (new BigDecimal(ends[0]).compareTo(new BigDecimal(ends[1])) > 0) {
                    found.add("--" + name + " " + range + ": begins above its end; the right way round it is " + ends[1]
                            + ".." + ends[0]);
                } else if (!"energy_window".equals(name) && new BigDecimal(ends[0]).signum() < 1) {
                    found.add("--" + name + " " + range + ": a cluster has at least 1 atom");
                }
            }
        }
        if (isAbove(values.get("r_min"), values.get("r_connect"), true)) {
            found.add("--r_min " + values.get("r_min") + " and --r_connect " + values.get("r_connect")
                    + ": no two atoms may be nearer than r_min, and those nearer than r_connect are connected, so that"
                    + " r_min must be less");
        }
        if (isAbove(values.get("output_every"), values.get("cycles"), false)) {
            found.add("--output_every " + values.get("output_every") + " and --cycles " + values.get("cycles")
                    + ": a walk of so few cycles gives no structure");
        }
        return found;
    }

    private static boolean isAbove(Object a, Object b, boolean orEqual) {
        if (a == null || b == null) {
            return false;
        }
        int order = new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString()));
        return order > 0 || orEqual && order > -1;
    }

    // --- words ---

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] next = new int[b.length() + 1];
            next[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) != b.charAt(j - 1) ? 1 : 0;
                next[j] = Math.min(Math.min(row[j] + 1, next[j - 1] + 1), row[j - 1] + change);
            }
            row = next;
        }
        return row[b.length()];
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line);
                line = word;
            } else {
                line = line.isEmpty() ? word : line + " " + word;
            }
        }
        lines.add(line);
        return lines;
    }
}
