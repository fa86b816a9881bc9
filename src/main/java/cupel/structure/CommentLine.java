package cupel.structure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The second line of an extended XYZ frame: {@code key=value} pairs, read and written by the rules of ASE's reader, so
 * that either reads what the other wrote.
 */
final class CommentLine {

    /**
     * Keys whose value is text whatever it looks like: an id {@code 12e5} is not the number 1200000, and a version
     * {@code 6.10} is not 6.1. {@code uid} is the one that ASE leaves alone too.
     */
    private static final Set<String> TEXT_KEYS = Set.of("sid", "parent", "engine_version", "uid");

    private static final String JSON_PREFIX = "_JSON ";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /**
     * A value as it stands in the file.
     *
     * @param text without quotes and escapes
     * @param array whether it stood in square brackets
     */
    record Value(String text, boolean array) {}

    private final String line;
    private int at;
    private boolean bracketed;

    private CommentLine(String line) {
        this.line = line;
    }

    /**
     * The pairs of a line, in their order. A line without any {@code =} is that of a plain XYZ file: its text becomes the
     * value of {@code comment}.
     *
     * @throws IllegalArgumentException when the line has no meaning, with a message that quotes the offending part
     */
    static Map<String, Value> parse(String line) {
        Map<String, Value> pairs = new LinkedHashMap<>();
        if (line.indexOf('=') < 0) {
            if (!line.isBlank()) {
                pairs.put("comment", new Value(line.strip(), false));
            }
            return pairs;
        }
        new CommentLine(line).parseInto(pairs);
        return pairs;
    }

    private void parseInto(Map<String, Value> pairs) {
        while (skipSpaces()) {
            String key = token(true);
            Value value;
            if (skipSpaces() && line.charAt(at) == '=') {
                at++;
                if (!skipSpaces()) {
                    throw new IllegalArgumentException("key '" + key + "' has no value");
                }
                String text = token(false);
                value = new Value(text, bracketed);
            } else {
                // a key alone is a truth value in the format; a number alone is a value that lost its key
                if (looksLikeData(key)) {
                    throw new IllegalArgumentException(
                            "'" + key + "' is a value without a key; a value with spaces needs quotes");
                }
                value = new Value("T", false);
            }
            if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("illegal key: '" + key + "', must be one word");
            }
            if (pairs.put(key, value) != null) {
                throw new IllegalArgumentException("key '" + key + "' is there twice");
            }
        }
    }

    private boolean skipSpaces() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at < line.length();
    }

    /** A key, which ends at a space or {@code =}, or a value, which ends at a space; quotes and brackets protect both. */
    private String token(boolean key) {
        StringBuilder text = new StringBuilder();
        bracketed = line.charAt(at) == '[';
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c) || (key && c == '=')) {
                break;
            }
            switch (c) {
                case '\\' -> {
                    at++;
                    if (at == line.length()) {
                        throw new IllegalArgumentException("the line ends with a backslash");
                    }
                    text.append(line.charAt(at++));
                }
                case '"', '\'' -> protectedBy(c, c, text);
                case '{' -> protectedBy('{', '}', text);
                case '[' -> protectedBy('[', ']', text);
                default -> {
                    text.append(c);
                    at++;
                }
            }
        }
        return text.toString();
    }

    /** Reads up to the closing delimiter. Brackets nest; the inner ones are part of the text, and then so are the outer. */
    private void protectedBy(char open, char close, StringBuilder text) {
        int start = at++;
        int textStart = text.length();
        int depth = 1;
        boolean nested = false;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '\\') {
                if (at == line.length()) {
                    break;
                }
                text.append(line.charAt(at++));
                continue;
            }
            if (c == close && --depth == 0) {
                if (nested) {
                    text.insert(textStart, open).append(close);
                }
                return;
            }
            if (c == open && open != close) {
                depth++;
                nested = true;
            }
            text.append(c);
        }
        throw new IllegalArgumentException("unclosed " + open + " in '" + abbreviate(line.substring(start)) + "'");
    }

    private static String abbreviate(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    /** The value as a note: Long, Double, Boolean, an array of one of these, or String. */
    static Object interpret(String key, Value value) {
        String text = value.text();
        if (text.startsWith(JSON_PREFIX)) {
            return json(text);
        }
        if (TEXT_KEYS.contains(key)) {
            return text;
        }
        List<String> words = words(text);
        if (words.size() == 1 && !value.array()) {
            return scalar(text, words.get(0));
        }
        if (words.isEmpty()) {
            return value.array() ? new double[0] : text;
        }
        if (words.stream().allMatch(Decimals::isPlainLong)) {
            return words.stream().mapToLong(Long::parseLong).toArray();
        }
        if (words.stream().allMatch(CommentLine::isReal)) {
            return words.stream().mapToDouble(CommentLine::parseReal).toArray();
        }
        if (words.stream().allMatch(word -> word.equals("T") || word.equals("F"))) {
            boolean[] logicals = new boolean[words.size()];
            for (int i = 0; i < logicals.length; i++) {
                logicals[i] = words.get(i).equals("T");
            }
            return logicals;
        }
        return value.array() && !text.startsWith("[") ? "[" + text + "]" : text;
    }

    private static Object scalar(String text, String word) {
        if (word.equals("T") || word.equals("F")) {
            return word.equals("T");
        }
        if (Decimals.isPlainLong(word)) {
            return Long.parseLong(word);
        }
        // Digits alone that a long would not give back, such as 007, are an id and stay text.
        boolean realForm = !word.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-' || c == '+');
        if (realForm && isReal(word)) {
            return parseReal(word);
        }
        return text;
    }

    /**
     * {@code _JSON "text"} is that text, the way to write a text that looks like a number. Flat lists of numbers or truth
     * values are arrays: ASE writes Python lists so. Any other JSON stays as it is.
     */
    private static Object json(String text) {
        try {
            JsonNode node = JSON.readTree(text.substring(JSON_PREFIX.length()));
            if (node == null) {
                return text;
            }
            if (node.isTextual()) {
                return node.textValue();
            }
            List<JsonNode> items = new ArrayList<>();
            node.forEach(items::add);
            if (!node.isArray() || items.isEmpty()) {
                return text;
            }
            if (items.stream().allMatch(JsonNode::isBoolean)) {
                boolean[] logicals = new boolean[items.size()];
                for (int i = 0; i < logicals.length; i++) {
                    logicals[i] = items.get(i).booleanValue();
                }
                return logicals;
            }
            if (items.stream().allMatch(item -> item.isIntegralNumber() && item.canConvertToLong())) {
                return items.stream().mapToLong(JsonNode::longValue).toArray();
            }
            if (items.stream().allMatch(item -> item.isNumber() && Double.isFinite(item.doubleValue()))) {
                return items.stream().mapToDouble(JsonNode::doubleValue).toArray();
            }
            return text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /** The words of a list: what spaces and commas separate. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean separator = i == text.length() || Character.isWhitespace(text.charAt(i)) || text.charAt(i) == ',';
            if (separator && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!separator && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** Whether the text is a real number, not-a-number and infinity among them, but none that overflows. */
    static boolean isReal(String text) {
        if (Decimals.isDecimal(text)) {
            return Double.isFinite(Double.parseDouble(text));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" -> true;
            default -> false;
        };
    }

    /** The number that a text is for which {@link #isReal} holds. */
    static double parseReal(String text) {
        if (Decimals.isDecimal(text)) {
            return Double.parseDouble(text);
        }
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** Appends {@code key=value}, so that ASE and {@link #parse} give back this value and this type. */
    static void append(StringBuilder out, String key, Object value) {
        appendQuoted(out, key);
        out.append('=');
        if (TEXT_KEYS.contains(key) && !(value instanceof String)) {
            appendText(out, key, String.valueOf(value));
        } else if (value instanceof String text) {
            appendText(out, key, text);
        } else if (value instanceof Double number) {
            Decimals.appendShortest(out, number);
        } else if (value instanceof Long number) {
            out.append(number.longValue());
        } else if (value instanceof Boolean logical) {
            out.append(logical ? 'T' : 'F');
        } else if (value instanceof double[] numbers) {
            appendArray(out, numbers.length, i -> Decimals.appendShortest(out, numbers[i]));
        } else if (value instanceof long[] numbers) {
            appendArray(out, numbers.length, i -> out.append(numbers[i]));
        } else if (value instanceof boolean[] logicals) {
            appendArray(out, logicals.length, i -> out.append(logicals[i] ? 'T' : 'F'));
        } else {
            throw new IllegalArgumentException("note " + key + " is a "
                    + value.getClass().getSimpleName() + ", which extended XYZ has no form for");
        }
    }

    @FunctionalInterface
    private interface Item {
        void append(int index);
    }

    /** An array in quotes, or, where quotes would make it a scalar or nothing at all, in brackets. */
    private static void appendArray(StringBuilder out, int length, Item item) {
        boolean brackets = length < 2;
        out.append(brackets ? '[' : '"');
        for (int i = 0; i < length; i++) {
            if (i > 0) {
                out.append(' ');
            }
            item.append(i);
        }
        out.append(brackets ? ']' : '"');
    }

    private static void appendText(StringBuilder out, String key, String text) {
        // ASE does not look into uid, so _JSON would stay in it; any other text must not pass for a number.
        boolean ambiguous = !key.equals("uid") && (text.isBlank() || looksLikeData(text));
        if (ambiguous || text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            appendQuoted(out, JSON_PREFIX + jsonString(text));
        } else {
            appendQuoted(out, text);
        }
    }

    private static String jsonString(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text cannot be written as JSON", e);
        }
    }

    /** Whether a reader would take the text for a number, a truth value, or a list of these; Python's forms included. */
    private static boolean looksLikeData(String text) {
        List<String> words = words(text);
        return words.stream().allMatch(word -> word.equals("T") || word.equals("F"))
                || words.stream().map(word -> word.replace("_", "")).allMatch(CommentLine::isPythonNumber);
    }

    private static boolean isPythonNumber(String word) {
        return Decimals.isDecimal(word) || isReal(word);
    }

    /** Appends a text as it is when no character of it has a meaning of its own, in quotes otherwise. */
    private static void appendQuoted(StringBuilder out, String text) {
        if (text.chars().allMatch(CommentLine::isPlain)) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "_-+.:;/@%#*~^&|<>?!()$,".indexOf(c) >= 0;
    }
}
