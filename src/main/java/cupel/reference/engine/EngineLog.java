package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engines share in reading logs and numbers. */
final class EngineLog {

    private static final int TAIL_LINES = 6;
    private static final int TAIL_LENGTH = 600;

    /** Programs print coordinates with some 7 decimals, and convert with a bohr that differs in the seventh digit. */
    private static final double PLACE_TOLERANCE = 1e-5;

    private static final double RELATIVE_PLACE_TOLERANCE = 1e-6;

    private static final Pattern ORNAMENT = Pattern.compile("[\\s#:.*|\\-=_+~]*");

    private EngineLog() {}

    /** A failure on the way to a label; a reader throws it and turns it into an {@link Answer} where it began. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final LabelFailure.Kind kind;

        Refused(LabelFailure.Kind kind, String reason) {
            super(reason, null, false, false);
            this.kind = kind;
        }

        Answer answer(String log, String version) {
            return Answer.failed(kind, getMessage(), log, version);
        }
    }

    /** Default settings from the resource {@code <name>.json} beside the engine's class. */
    static ObjectNode defaults(String name) {
        try (InputStream in = EngineLog.class.getResourceAsStream(name + ".json")) {
            return (ObjectNode) JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines; none if there is no such file. A log may hold any bytes, so that it is read as Latin-1. */
    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The first group of the first match, or null. */
    static String firstGroup(Pattern pattern, List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /**
     * The last lines that say something, in one line and without times of day, or null if none does.
     *
     * @param clock matches lines with times of day, durations and places, which would make the records of two equal runs differ
     * @param logs in the order of preference: the first that says something is taken
     */
    @SafeVarargs
    static String tail(Pattern clock, List<String>... logs) {
        for (List<String> log : logs) {
            List<String> telling = telling(log, clock);
            String text = printable(
                    String.join(" | ", telling.subList(Math.max(0, telling.size() - TAIL_LINES), telling.size())));
            if (!text.isEmpty()) {
                return text.substring(Math.max(0, text.length() - TAIL_LENGTH));
            }
        }
        return null;
    }

    private static List<String> telling(List<String> lines, Pattern clock) {
        List<String> telling = new ArrayList<>();
        for (String line : lines) {
            // A backtrace is addresses, and they differ from run to run.
            if (line.startsWith("Error termination. Backtrace") || line.startsWith("Backtrace for this error")) {
                break;
            }
            if (!ORNAMENT.matcher(line).matches() && !clock.matcher(line).find()) {
                telling.add(line.replaceAll("\\b\\d\\d:\\d\\d:\\d\\d\\b", "")
                        .replaceAll("^[\\s|:]+|[\\s|:]+$", "")
                        .replaceAll("\\s+", " "));
            }
        }
        return telling;
    }

    /** What can stand between quotes in one line of ASCII. */
    static String printable(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[^\\x20-\\x7e]", "?")
                .replace('"', '\'')
                .strip();
    }

    /** A finite number. Fortran prints asterisks where a number does not fit, D for E, and NaN or Infinity where there is none. */
    static double number(String word, String what) throws Refused {
        double value;
        try {
            value = Double.parseDouble(word.replace('D', 'E').replace('d', 'e'));
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw new Refused(LabelFailure.Kind.UNPHYSICAL, what + " is not a number: " + printable(word));
        }
        return value;
    }

    /** Whether a coordinate that a program printed is the one that it was given; both in angstrom. */
    static boolean samePlace(double found, double asked) {
        return Math.abs(found - asked) <= PLACE_TOLERANCE + RELATIVE_PLACE_TOLERANCE * Math.abs(asked);
    }

    /**
     * Unpaired electrons by the rule {@code spin}: {@code parity}, as few as the number of electrons allows, none in a periodic
     * structure; or their number.
     *
     * @param electrons number of electrons that the program treats, or any number of the same parity
     */
    static int unpairedElectrons(Structure structure, JsonNode spin, int electrons) {
        if (spin.isInt()) {
            return spin.intValue();
        }
        return structure.cell().isPeriodic() ? 0 : Math.floorMod(electrons, 2);
    }

    /** Sum of the atomic numbers. */
    static int protons(Structure structure) {
        int sum = 0;
        for (int i = 0; i < structure.size(); i++) {
            sum += structure.atomicNumber(i);
        }
        return sum;
    }

    /** Force from a gradient in hartree/bohr, in eV/angstrom; not -0.0 for a gradient of nothing. */
    static double forceOf(double gradient) {
        return 0.0 - gradient * (Units.HARTREE / Units.BOHR);
    }
}
