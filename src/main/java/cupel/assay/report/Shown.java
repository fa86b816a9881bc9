package cupel.assay.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** Numbers as people read them. */
final class Shown {

    /** What stands for a number that is not known. */
    static final String UNKNOWN = "\u2013";

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Shown() {}

    /** Rounded to so many decimals; a dash for no number. */
    static String number(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return UNKNOWN;
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return (rounded.signum() == 0 ? rounded.abs() : rounded).toPlainString().replace('-', '\u2212');
    }

    /** The same, NaN for what a double holds as NaN, in JSON; rounded so that a page is not full of digits. */
    static double rounded(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return Double.NaN;
        }
        double result =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
        return result == 0 ? 0 : result;
    }

    /** Processor time: 12.3 s, 4.5 min, 6.7 h. */
    static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return UNKNOWN;
        }
        double value = seconds < MINUTE ? seconds : seconds < HOUR ? seconds / MINUTE : seconds / HOUR;
        return String.format(Locale.ROOT, "%.1f\u00a0%s", value, seconds < MINUTE ? "s" : seconds < HOUR ? "min" : "h");
    }

    /** The reason of a decision without the words that stand beside it as the status: "Not converged: 1 generation …". */
    static String reason(String reason) {
        int colon = reason.indexOf(": ");
        if (colon < 0 || !reason.substring(0, colon).toLowerCase(Locale.ROOT).endsWith("converged")) {
            return reason;
        }
        String rest = reason.substring(colon + 2);
        return rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
    }

    /** A cell of a table: the exact text, and what is seen of it. */
    static Map<String, Object> cell(Object exact, int decimals) {
        String text = exact.toString();
        boolean known = !text.isEmpty();
        String shown =
                exact instanceof Integer ? text : number(known ? Double.parseDouble(text) : Double.NaN, decimals);
        return Map.of("value", text, "shown", shown);
    }
}
