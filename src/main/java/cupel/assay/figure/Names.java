package cupel.assay.figure;

/** Names that somebody gave to sources and arms, as they may stand in a figure or a page: any text whatever. */
public final class Names {

    private static final int LONGEST = 60;

    private Names() {}

    /** Without characters that XML cannot hold, in one line, cut when very long. */
    public static String shown(String name) {
        return shown(name, LONGEST);
    }

    /** The same, cut when longer than so many characters. */
    public static String shown(String name, int longest) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isWhitespace(c)) {
                shown.append(' ');
            } else if (Character.isISOControl(c)
                    || c >= 0xD800 && c <= 0xDFFF
                    || (c & 0xFFFE) == 0xFFFE
                    || Character.getType(c) == Character.FORMAT) {
                shown.append('\uFFFD');
            } else {
                shown.appendCodePoint(c);
            }
        });
        if (shown.codePointCount(0, shown.length()) <= longest) {
            return shown.toString();
        }
        return shown.substring(0, shown.offsetByCodePoints(0, longest - 1)) + "\u2026";
    }

    /** The same for a cell of a Markdown table: nothing in it is markup, or ends the cell. */
    static String markdown(String name) {
        StringBuilder escaped = new StringBuilder();
        for (char c : shown(name).toCharArray()) {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '|', '\\', '`', '*', '_', '[', ']', '#', '~', '!' ->
                    escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
