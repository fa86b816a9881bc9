package cupel.structure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text, the same on every Java version: {@code Double.toString} changed its digits with Java 19, and
 * {@code String.format} takes most of the time of writing a large file.
 */
public final class Decimals {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Decimals() {}

    /** The shortest text that reads back as the same number: {@code 4.08}, {@code 1.0}, {@code 1e-05}, {@code nan}. */
    public static String shortest(double value) {
        StringBuilder out = new StringBuilder();
        appendShortest(out, value);
        return out.toString();
    }

    /**
     * Appends a number with a fixed number of decimals; zero has no sign. Reading the text and writing it again gives the
     * same text. Numbers so large that their last decimals would be noise, and NaN, are written in the shortest form.
     */
    static void appendFixed(StringBuilder out, double value, int decimals) {
        double scaled = value * POWERS[decimals];
        // Below 1e15 the product's rounding error is under 1/2, so that text -> double -> text is the identity.
        if (!(Math.abs(scaled) < 1e15)) {
            appendShortest(out, value);
            return;
        }
        long units = (long) Math.rint(scaled);
        if (units < 0) {
            out.append('-');
            units = -units;
        }
        out.append(units / POWERS[decimals]).append('.');
        String fraction = Long.toString(units % POWERS[decimals]);
        out.append("0".repeat(decimals - fraction.length())).append(fraction);
    }

    /**
     * Appends the shortest text that reads back as the same number, in the form that Python gives it: {@code 4.08},
     * {@code 1.0}, {@code 1e-05}, {@code nan}. There is always a point or an exponent, so that it stays a real number.
     */
    static void appendShortest(StringBuilder out, double value) {
        if (Double.isNaN(value)) {
            out.append("nan");
            return;
        }
        if (Double.isInfinite(value)) {
            out.append(value > 0 ? "inf" : "-inf");
            return;
        }
        if (value == 0) {
            out.append("0.0");
            return;
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 15; digits <= 17; digits++) {
            shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        shortest = shortest.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = shortest.toPlainString();
            out.append(plain);
            if (plain.indexOf('.') < 0) {
                out.append(".0");
            }
            return;
        }
        String digits = shortest.unscaledValue().abs().toString();
        if (value < 0) {
            out.append('-');
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            out.append('0');
        }
        out.append(Math.abs(exponent));
    }

    /** Moves what was appended since {@code start} to the right until it is at least so wide. */
    static void padLeft(StringBuilder out, int start, int width) {
        int missing = width - (out.length() - start);
        if (missing > 0) {
            out.insert(start, " ".repeat(missing));
        }
    }

    /**
     * Whether the text is a finite-looking decimal number: digits with at most one point and a C exponent. Stricter than
     * {@code Double.parseDouble}, which takes {@code 1.0D}, {@code 0x1p3} and {@code NaN}.
     */
    static boolean isDecimal(String text) {
        int i = 0;
        int n = text.length();
        if (i < n && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
            i++;
        }
        int digits = 0;
        while (i < n && isDigit(text.charAt(i))) {
            i++;
            digits++;
        }
        if (i < n && text.charAt(i) == '.') {
            i++;
            while (i < n && isDigit(text.charAt(i))) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < n && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
                i++;
            }
            int exponentStart = i;
            while (i < n && isDigit(text.charAt(i))) {
                i++;
            }
            if (i == exponentStart) {
                return false;
            }
        }
        return i == n;
    }

    /** Whether the text is an integer that a long holds and that is written as a long would be: no leading zeros or plus. */
    static boolean isPlainLong(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        if (digits < 1 || digits > 19) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        if (text.charAt(start) == '0' && (digits > 1 || start == 1)) {
            return false;
        }
        if (digits < 19) {
            return true;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
