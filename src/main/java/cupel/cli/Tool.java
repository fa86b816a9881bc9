package cupel.cli;

import cupel.structure.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The frame of a command line: its options with unit and default, {@code --help}, {@code --version}, and how it fails.
 *
 * <p>Exit codes: 0 it worked; 1 the input or the computation failed; 2 the command line makes no sense; 75 something that others
 * have to do is not done yet ({@link NotYetException}). A failure is one
 * message on the error stream; {@code --stacktrace} adds where it came from. A tool looks like this:
 *
 * <pre>
 * public final class Sample {
 *
 *     static final Tool TOOL = Tool.named("sample")
 *             .purpose("Samples candidate structures with Monte Carlo walkers.")
 *             .required("structures", "FILE", "where walkers start, extended XYZ")
 *             .required("seed", "N", "seed of all random numbers")
 *             .choice("sampler", "metropolis", "kind of walker", "metropolis", "nested", "random")
 *             .option("temperature", "K", "300", "temperature of the walk")
 *             .option("sizes", "N..N", "2..20", "numbers of atoms")
 *             .optional("r-min", "angstrom", "shortest distance that is kept; if not given, from the elements")
 *             .flag("relax", "relax before sampling")
 *             .action(Sample::sample);
 *
 *     public static void main(String[] args) {
 *         System.exit(TOOL.run(args, System.out, System.err));
 *     }
 *
 *     private static void sample(Arguments arguments) throws IOException {
 *         List&lt;Structure&gt; starts = StructureFiles.read(arguments.path("structures"));
 *         double temperature = arguments.positive("temperature");     // usage error (2) if not a number above 0
 *         IntegerRange sizes = arguments.integerRange("sizes");       // min() and max()
 *         if (arguments.has("r-min") &amp;&amp; sizes.max() == 1) {
 *             throw arguments.wrong("r-min", "is of no use for single atoms");   // usage error (2)
 *         }
 *         ...                                                         // InputException, IOException: exit code 1
 *         arguments.out().println("17 candidates in candidates.xyz");
 *     }
 * }
 * </pre>
 *
 * A specification calls {@code Sample.TOOL.run(args, out, err)} in its own process and looks at the code it returns.
 * Subcommands are tools too: {@code .subcommand(Screen.TOOL)}; with an {@code action} of its own the tool also works without one.
 *
 * <p>Tools are built once, in a static field, and not changed afterwards.
 */
final class Tool {

    /** How an option is given. */
    enum Kind {
        /** Must be given, one value. */
        REQUIRED,
        /** Must be given, one value or more. */
        REQUIRED_SEVERAL,
        /** One value; may have a default. */
        OPTIONAL,
        /** No value, one, or more. */
        OPTIONAL_SEVERAL,
        /** No value. */
        FLAG
    }

    /**
     * An option as declared.
     *
     * @param name long name without hyphens, kebab case
     * @param kind how it is given
     * @param argument unit or kind of the value: K, angstrom, FILE, N; null for a flag
     * @param defaultValue the value when it is not given, as it would be typed, or null
     * @param description what it does, lower case, no full stop
     * @param choices the values that it can have; empty when free
     */
    record Declared(
            String name, Kind kind, String argument, String defaultValue, String description, List<String> choices) {}

    /** What a tool does with its arguments. */
    @FunctionalInterface
    interface Action {
        void run(Arguments arguments) throws IOException;
    }

    private static final int WIDTH = 100;
    private static final int INDENT = 6;
    private static final int USAGE_INDENT = 7;

    private String name;
    private String purpose = "";
    private Action action;
    private final Map<String, Declared> declared = new LinkedHashMap<>();
    private final Map<String, Tool> subcommands = new LinkedHashMap<>();

    private Tool(String name) {
        this.name = name;
    }

    /** A tool without options yet. */
    static Tool named(String name) {
        return new Tool(name);
    }

    /** What it does, in whole sentences; shown by {@code --help}. */
    Tool purpose(String text) {
        purpose = text;
        return this;
    }

    /** An option that must be given. */
    Tool required(String option, String argument, String description) {
        return declare(new Declared(option, Kind.REQUIRED, argument, null, description, List.of()));
    }

    /** An option that must be given and takes one value or more: {@code --candidates a.xyz b.xyz}. */
    Tool requiredSeveral(String option, String argument, String description) {
        return declare(new Declared(option, Kind.REQUIRED_SEVERAL, argument, null, description, List.of()));
    }

    /** An option with a default value. */
    Tool option(String option, String argument, String defaultValue, String description) {
        return declare(new Declared(option, Kind.OPTIONAL, argument, defaultValue, description, List.of()));
    }

    /** An option that need not be given and has no default; the description says what happens without it. */
    Tool optional(String option, String argument, String description) {
        return declare(new Declared(option, Kind.OPTIONAL, argument, null, description, List.of()));
    }

    /** An option that takes any number of values, none included. */
    Tool optionalSeveral(String option, String argument, String description) {
        return declare(new Declared(option, Kind.OPTIONAL_SEVERAL, argument, null, description, List.of()));
    }

    /** An option whose value is one of a few words; a default of null means that it must be given. */
    Tool choice(String option, String defaultValue, String description, String... choices) {
        Kind kind = defaultValue == null ? Kind.REQUIRED : Kind.OPTIONAL;
        return declare(
                new Declared(option, kind, String.join("|", choices), defaultValue, description, List.of(choices)));
    }

    /** An option without value. */
    Tool flag(String option, String description) {
        return declare(new Declared(option, Kind.FLAG, null, null, description, List.of()));
    }

    /** What is done when no subcommand is named. */
    Tool action(Action what) {
        action = what;
        return this;
    }

    /** Adds a subcommand; from then on it calls itself by both names in messages. */
    Tool subcommand(Tool tool) {
        subcommands.put(tool.name, tool);
        tool.callAfter(name);
        return this;
    }

    /** Puts the name of the tool above before its own and before those of its subcommands. */
    private void callAfter(String above) {
        name = above + " " + name;
        subcommands.values().forEach(tool -> tool.callAfter(above));
    }

    private Tool declare(Declared option) {
        if (declared.put(option.name, option) != null) {
            throw new IllegalArgumentException("option declared twice: " + option.name);
        }
        return this;
    }

    /** Name as typed, with that of the tool it is a subcommand of: {@code compare screen}. */
    String name() {
        return name;
    }

    /** What it does. */
    String purpose() {
        return purpose;
    }

    /** Options in the order of declaration, without those that every tool has. */
    List<Declared> options() {
        return List.copyOf(declared.values());
    }

    /** Subcommands in the order in which they were added. */
    List<Tool> subcommands() {
        return List.copyOf(subcommands.values());
    }

    /** Version of Cupel, as in the build. */
    static String version() {
        try (InputStream in = Tool.class.getResourceAsStream("version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs the tool.
     *
     * @return the exit code: 0, 1, 2 or 75
     */
    int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length > 0 && subcommands.containsKey(args[0])) {
            String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
            return subcommands.get(args[0]).run(rest, out, err);
        }
        List<String> words = List.of(args);
        if (words.contains("--help") || words.contains("-h")) {
            out.print(help());
            return 0;
        }
        if (words.contains("--version")) {
            out.println("cupel " + name + " " + version());
            return 0;
        }
        boolean stacktrace = words.contains("--stacktrace");
        try {
            Arguments arguments = new Arguments(this, parse(args), out);
            action.run(arguments);
            out.flush();
            return 0;
        } catch (UsageException e) {
            err.println(name + ": " + e.getMessage());
            err.println("see --help");
            return fail(e, stacktrace, err, 2);
        } catch (NotYetException e) {
            err.println(e.getMessage());
            return fail(e, stacktrace, err, NotYetException.EXIT_CODE);
        } catch (InputException | IllegalArgumentException e) {
            err.println(name + ": " + e.getMessage());
            return fail(e, stacktrace, err, 1);
        } catch (IOException e) {
            err.println(name + ": " + sayPlainly(e));
            return fail(e, stacktrace, err, 1);
        } catch (UncheckedIOException e) {
            err.println(name + ": " + sayPlainly(e.getCause()));
            return fail(e, stacktrace, err, 1);
        } catch (OutOfMemoryError e) {
            err.println(name + ": out of memory (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MB): give more with java -Xmx, or less input");
            return fail(e, stacktrace, err, 1);
        } catch (RuntimeException e) {
            err.println(name + ": failed with " + e + " (--stacktrace shows where; this is a fault in Cupel)");
            return fail(e, stacktrace, err, 1);
        }
    }

    private static int fail(Throwable cause, boolean stacktrace, PrintStream err, int code) {
        if (stacktrace) {
            cause.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    /** The messages of the file system classes are bare file names; say what is wrong with the file. */
    private static String sayPlainly(IOException e) {
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + ": no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return e.getMessage() + ": access denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getMessage() + ": exists already";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private CommandLine parse(String[] args) {
        if (action == null || (!subcommands.isEmpty() && args.length > 0 && !args[0].startsWith("-"))) {
            String known = String.join(", ", subcommands.keySet());
            if (args.length == 0 || args[0].startsWith("-")) {
                throw new UsageException("needs a subcommand: " + known);
            }
            throw new UsageException("unknown subcommand: " + args[0] + suggestion(args[0], "", subcommands.keySet())
                    + "; there are: " + known);
        }
        // commons-cli would take a mistyped option for the value of the option before it.
        for (String word : args) {
            if (word.startsWith("--") && word.length() > 2) {
                String option = word.substring(2).replaceFirst("=.*", "");
                if (!declared.containsKey(option) && !option.equals("stacktrace")) {
                    throw new UsageException(
                            "unknown option: --" + option + suggestion(option, "--", declared.keySet()));
                }
            }
        }
        Options options = new Options();
        for (Declared o : declared.values()) {
            Option option = Option.builder().longOpt(o.name).desc(o.description).get();
            switch (o.kind) {
                case REQUIRED, OPTIONAL -> option.setArgs(1);
                case REQUIRED_SEVERAL, OPTIONAL_SEVERAL -> option.setArgs(Option.UNLIMITED_VALUES);
                case FLAG -> option.setArgs(0);
            }
            option.setOptionalArg(o.kind == Kind.OPTIONAL_SEVERAL);
            options.addOption(option);
        }
        options.addOption(Option.builder().longOpt("stacktrace").get());
        CommandLine line;
        try {
            line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(options, args);
        } catch (MissingArgumentException e) {
            throw new UsageException("--" + e.getOption().getLongOpt() + " needs a value");
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("do not know what to do with: " + String.join(" ", line.getArgList()));
        }
        requireSensible(line);
        return line;
    }

    private void requireSensible(CommandLine line) {
        List<String> missing = new ArrayList<>();
        for (Declared o : declared.values()) {
            boolean given = line.hasOption(o.name);
            if (!given && (o.kind == Kind.REQUIRED || o.kind == Kind.REQUIRED_SEVERAL)) {
                missing.add("--" + o.name);
            }
            boolean single = o.kind == Kind.REQUIRED || o.kind == Kind.OPTIONAL;
            if (given && single && line.getOptionValues(o.name).length > 1) {
                throw new UsageException("--" + o.name + " was given more than once: "
                        + String.join(", ", line.getOptionValues(o.name)));
            }
            if (given && !o.choices.isEmpty() && !o.choices.contains(line.getOptionValue(o.name))) {
                String value = line.getOptionValue(o.name);
                throw new UsageException("illegal --" + o.name + ": " + value + suggestion(value, "", o.choices)
                        + "; must be one of " + String.join(", ", o.choices));
            }
        }
        if (!missing.isEmpty()) {
            throw new UsageException(
                    (missing.size() == 1 ? "missing option: " : "missing options: ") + String.join(", ", missing));
        }
    }

    private static String suggestion(String word, String prefix, Iterable<String> known) {
        String best = null;
        int least = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = candidate.startsWith(word) ? 1 : editDistance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? "" : "; did you mean " + prefix + best + "?";
    }

    /** Levenshtein distance: the least number of letters put in, taken out or changed. */
    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** What {@code --help} prints. */
    String help() {
        StringBuilder text = new StringBuilder();
        String[] names = name.split(" ", 2);
        String file = names[0] + ".jar" + (names.length > 1 ? " " + names[1] : "");
        StringBuilder usage = new StringBuilder("usage: java -jar ").append(file);
        if (action == null) {
            usage.append(" SUBCOMMAND");
        }
        for (Declared o : declared.values()) {
            if (o.kind == Kind.REQUIRED || o.kind == Kind.REQUIRED_SEVERAL) {
                usage.append(" --").append(o.name).append(' ').append(shownArgument(o));
            }
        }
        wrap(text, usage.append(declared.isEmpty() ? "" : " [options]").toString(), 0, USAGE_INDENT);
        for (Tool tool : subcommands.values()) {
            String subcommand = tool.name.substring(name.length() + 1);
            text.append("       java -jar ")
                    .append(file)
                    .append(' ')
                    .append(subcommand)
                    .append(" --help\n");
        }
        text.append('\n');
        wrap(text, purpose, 0, 0);
        if (!declared.isEmpty()) {
            text.append('\n');
        }
        for (Declared o : declared.values()) {
            text.append("  --").append(o.name);
            if (o.argument != null) {
                text.append(' ').append(shownArgument(o));
            }
            text.append('\n');
            wrap(text, o.description + note(o), INDENT, INDENT);
        }
        text.append("\n  --stacktrace\n");
        wrap(text, "show where in the program a failure came from", INDENT, INDENT);
        text.append("  --version\n");
        wrap(text, "print the version and end", INDENT, INDENT);
        text.append("  --help\n");
        wrap(text, "print this and end", INDENT, INDENT);
        return text.toString();
    }

    private static String shownArgument(Declared o) {
        return switch (o.kind) {
            case REQUIRED_SEVERAL -> o.argument + " ...";
            case OPTIONAL_SEVERAL -> "[" + o.argument + " ...]";
            default -> o.argument;
        };
    }

    private static String note(Declared o) {
        return switch (o.kind) {
            case REQUIRED, REQUIRED_SEVERAL -> " (required)";
            default -> o.defaultValue == null ? "" : " (default: " + o.defaultValue + ")";
        };
    }

    private static void wrap(StringBuilder text, String words, int indent, int hangingIndent) {
        int column = 0;
        int left = indent;
        for (String word : words.split(" +")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
                left = hangingIndent;
            }
            if (column == 0) {
                text.append(" ".repeat(left)).append(word);
                column = left + word.length();
            } else {
                text.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        text.append('\n');
    }
}
