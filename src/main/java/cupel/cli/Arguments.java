package cupel.cli;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.apache.commons.cli.CommandLine;

/**
 * The arguments of one run of a {@link Tool}, read as what they should be. A value that is something else is a
 * {@link UsageException} (exit code 2) that names the option, the value, and what it must be.
 *
 * <p>An option that was not given has its default; without default, {@code text} and {@code path} are null, and numbers
 * must be asked for after {@link #has}.
 */
final class Arguments {

    private final Map<String, Tool.Declared> declared = new LinkedHashMap<>();
    private final CommandLine line;
    private final PrintStream out;

    Arguments(Tool tool, CommandLine line, PrintStream out) {
        for (Tool.Declared o : tool.options()) {
            declared.put(o.name(), o);
        }
        this.line = line;
        this.out = out;
    }

    /** Where the tool prints what people may want to read. */
    PrintStream out() {
        return out;
    }

    /** Whether the option was typed, or has a default. */
    boolean has(String option) {
        return line.hasOption(option) || declaration(option).defaultValue() != null;
    }

    /** Whether the option was typed. */
    boolean given(String option) {
        declaration(option);
        return line.hasOption(option);
    }

    /** The value as typed, or the default, or null. */
    String text(String option) {
        return line.getOptionValue(option, declaration(option).defaultValue());
    }

    /** All values of an option that takes several, in the order typed; empty when not given. */
    List<String> texts(String option) {
        declaration(option);
        String[] values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    /** A file or folder, or null when not given. */
    Path path(String option) {
        String value = text(option);
        return value == null ? null : toPath(option, value);
    }

    /** Files or folders, in the order typed; empty when not given. */
    List<Path> paths(String option) {
        List<Path> paths = new ArrayList<>();
        for (String value : texts(option)) {
            paths.add(toPath(option, value));
        }
        return paths;
    }

    private Path toPath(String option, String value) {
        if (value.isEmpty()) {
            throw wrong(option, "must be a file, is empty");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw wrong(option, "must be a file, is " + value);
        }
    }

    /** A finite number. */
    double number(String option) {
        return toNumber(option, valueOf(option), "a number");
    }

    /** A finite number above 0. */
    double positive(String option) {
        double value = toNumber(option, valueOf(option), "a number above 0");
        if (!(value > 0)) {
            throw wrong(option, "must be a number above 0, is " + valueOf(option));
        }
        return value;
    }

    /** A finite number, 0 or above. */
    double nonNegative(String option) {
        double value = toNumber(option, valueOf(option), "a number, 0 or above");
        if (!(value >= 0)) {
            throw wrong(option, "must be a number, 0 or above, is " + valueOf(option));
        }
        return value;
    }

    /** Numbers above 0 with commas between them: {@code 300,1000}. */
    double[] positives(String option) {
        return numbers(option, "numbers above 0, with commas between them", value -> value > 0);
    }

    /** Numbers, 0 or above, with commas between them: {@code 0,0.8}. */
    double[] nonNegatives(String option) {
        return numbers(option, "numbers, 0 or above, with commas between them", value -> value >= 0);
    }

    private double[] numbers(String option, String expected, DoublePredicate allowed) {
        String[] words = valueOf(option).split(",", -1);
        double[] numbers = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = toNumber(option, words[i], expected);
            if (!allowed.test(numbers[i])) {
                throw wrong(option, "must be " + expected + ", is " + valueOf(option));
            }
        }
        return numbers;
    }

    /** A whole number, not below {@code min}. */
    int integer(String option, int min) {
        return integer(option, min, Integer.MAX_VALUE);
    }

    /** A whole number between {@code min} and {@code max}, both included. */
    int integer(String option, int min, int max) {
        long value = toLong(option, valueOf(option), expectation(min, max));
        if (value < min || value > max) {
            throw wrong(option, "must be " + expectation(min, max) + ", is " + value);
        }
        return (int) value;
    }

    private static String expectation(int min, int max) {
        return max == Integer.MAX_VALUE
                ? "a whole number, " + min + " or above"
                : "a whole number from " + min + " to " + max;
    }

    /** A seed: any whole number of 64 bits. */
    long seed(String option) {
        return toLong(option, valueOf(option), "a whole number");
    }

    /** Whole numbers {@code 2..20}, or one alone. The smallest must not be below {@code least}. */
    IntegerRange integerRange(String option, int least) {
        String value = valueOf(option);
        String expected = "a range of whole numbers such as 2..20";
        String[] ends = value.split("\\.\\.", -1);
        if (ends.length > 2) {
            throw wrong(option, "must be " + expected + ", is " + valueOf(option));
        }
        long min = toLong(option, ends[0], expected);
        long max = toLong(option, ends[ends.length - 1], expected);
        if (min < least || max < min || max > Integer.MAX_VALUE) {
            throw wrong(option, "must be " + expected + ", not below " + least + " and not backwards, is " + value);
        }
        return new IntegerRange((int) min, (int) max);
    }

    /** Numbers {@code -5..0.5}. */
    Interval interval(String option) {
        String value = valueOf(option);
        String expected = "an interval such as -5..0.5";
        String[] ends = value.split("\\.\\.", -1);
        if (ends.length != 2) {
            throw wrong(option, "must be " + expected + ", is " + valueOf(option));
        }
        double min = toNumber(option, ends[0], expected);
        double max = toNumber(option, ends[1], expected);
        if (min > max) {
            throw wrong(option, "must be " + expected + " and not backwards, is " + value);
        }
        return new Interval(min, max);
    }

    /** Whole numbers with commas between them, each not below {@code least}: {@code 10,10}. */
    int[] integers(String option, int least) {
        String value = valueOf(option);
        String expected = "whole numbers, " + least + " or above, with commas between them";
        String[] words = value.split(",", -1);
        int[] numbers = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            long number = toLong(option, words[i], expected);
            if (number < least || number > Integer.MAX_VALUE) {
                throw wrong(option, "must be " + expected + ", is " + valueOf(option));
            }
            numbers[i] = (int) number;
        }
        return numbers;
    }

    /** What to throw when an option's value makes no sense: {@code throw arguments.wrong("folds", "must be …, is 1")}. */
    UsageException wrong(String option, String why) {
        declaration(option);
        return new UsageException("--" + option + " " + why);
    }

    private String valueOf(String option) {
        String value = text(option);
        if (value == null) {
            throw new IllegalStateException("option without default asked for before has(): " + option);
        }
        return value;
    }

    private double toNumber(String option, String value, String expected) {
        double number = Double.NaN;
        // Double.parseDouble would also take "3f" and "0x1p3", which are slips here.
        if (value.strip().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            number = Double.parseDouble(value.strip());
        }
        if (!Double.isFinite(number)) {
            throw wrong(option, "must be " + expected + ", is " + valueOf(option));
        }
        return number;
    }

    private long toLong(String option, String value, String expected) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw wrong(option, "must be " + expected + ", is " + valueOf(option));
        }
    }

    private Tool.Declared declaration(String option) {
        Tool.Declared found = declared.get(option);
        if (found == null) {
            throw new IllegalStateException("option not declared: " + option);
        }
        return found;
    }
}
