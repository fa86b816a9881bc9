package cupel.reference;

import cupel.structure.Label;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of xtb left behind: a label, or why there is none.
 *
 * @param label the label, or null
 * @param failure why there is no label, or null
 * @param version of xtb as it printed it, such as 6.5.1; null if it printed none
 */
record XtbOutput(Label label, LabelFailure failure, String version) {

    /** xtb prints coordinates with 7 decimals in bohr, and converts with a bohr of its own that differs in the seventh digit. */
    private static final double PLACE_TOLERANCE = 1e-5;

    private static final double RELATIVE_PLACE_TOLERANCE = 1e-6;

    private static final int LOG_LINES = 6;
    private static final int LOG_LENGTH = 600;

    private static final String CONVERGED = "convergence criteria satisfied";
    private static final Pattern VERSION = Pattern.compile("xtb version (\\S+)");
    private static final Pattern NOT_CONVERGED =
            Pattern.compile("convergence criteria cannot be satisfied within +(\\d+) iterations");
    private static final Pattern DID_NOT_CONVERGE = Pattern.compile("charge iterator did not converge");
    /** xtb numbers the places that an error came through, the innermost last and with 1. */
    private static final Pattern CAUSE = Pattern.compile("^-1- (.*\\S)");

    /** Times of day and durations would make the records of two equal runs differ. */
    private static final Pattern CLOCK =
            Pattern.compile("(started|finished) run on|-time:|ratio c/w|\\d sec\\b|^ (total|SCF):");

    private static final Pattern ORNAMENT = Pattern.compile("[\\s#:.*|\\-=]*");

    /** A failure on the way to a label. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final LabelFailure.Kind kind;

        Refused(LabelFailure.Kind kind, String reason) {
            super(reason, null, false, false);
            this.kind = kind;
        }
    }

    /**
     * Reads the folder of one structure.
     *
     * @param structure what was asked for
     * @param window what may be answered
     */
    static XtbOutput read(Path folder, Structure structure, SanityWindow window) {
        List<String> out = lines(folder.resolve("xtb.out"));
        String version = firstGroup(VERSION, out);
        try {
            requireGoodEnd(folder, out);
            Label label = readEngrad(folder.resolve("in.engrad"), structure);
            double isolated = 0;
            for (int i = 0; i < structure.size(); i++) {
                isolated += Gfn1Atoms.energy(structure.atomicNumber(i));
            }
            String complaint = window.complaint(label.energy() - isolated, label.forces());
            if (complaint != null) {
                throw new Refused(LabelFailure.Kind.UNPHYSICAL, complaint);
            }
            return new XtbOutput(label, null, version);
        } catch (Refused e) {
            return new XtbOutput(null, new LabelFailure(e.kind, e.getMessage(), tail(folder, out)), version);
        }
    }

    private static void requireGoodEnd(Path folder, List<String> out) throws Refused {
        String exit = null;
        String timeout = "its time";
        for (String line : lines(folder.resolve("status"))) {
            if (line.startsWith("exit_status=")) {
                exit = line.substring("exit_status=".length()).strip();
            } else if (line.startsWith("timeout_seconds=")) {
                timeout = line.substring("timeout_seconds=".length()).strip() + " s";
            }
        }
        if (exit == null) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED, "no exit status: xtb was not run, or the whole batch was killed");
        }
        if (exit.equals("124")) {
            throw new Refused(LabelFailure.Kind.TIMED_OUT, "xtb was stopped after " + timeout);
        }
        String iterations = firstGroup(NOT_CONVERGED, out);
        boolean gaveUp = iterations != null
                || out.stream().anyMatch(line -> DID_NOT_CONVERGE.matcher(line).find());
        if (gaveUp) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "charges not self-consistent"
                            + (iterations == null ? "" : " within " + iterations + " iterations"));
        }
        if (!exit.equals("0")) {
            String cause = firstGroup(CAUSE, out);
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "xtb ended with exit status " + exit + (cause == null ? "" : ": " + printable(cause)));
        }
        if (out.stream().noneMatch(line -> line.contains(CONVERGED))) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED, "exit status 0, but the log does not say that xtb converged");
        }
    }

    /**
     * The file in.engrad: between comments, the number of atoms; the energy in hartree; the gradient in hartree/bohr, a
     * number a line; atomic number and coordinates in bohr, an atom a line.
     */
    private static Label readEngrad(Path file, Structure structure) throws Refused {
        List<String> data = new ArrayList<>();
        for (String line : lines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                data.add(line.strip());
            }
        }
        int n = structure.size();
        if (data.isEmpty()) {
            throw new Refused(LabelFailure.Kind.CRASHED, "xtb wrote no gradient (in.engrad)");
        }
        if (!data.get(0).equals(Integer.toString(n))) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "in.engrad must be of " + n + " atoms, begins with '" + data.get(0) + "'");
        }
        int expected = 2 + 4 * n;
        if (data.size() != expected) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "in.engrad must hold " + expected + " lines of numbers, holds " + data.size()
                            + (data.size() < expected ? ": it is cut off" : ""));
        }
        double energy = number(data.get(1), "energy") * Units.HARTREE;
        double[] forces = new double[3 * n];
        for (int k = 0; k < 3 * n; k++) {
            double gradient = number(data.get(2 + k), "gradient of atom " + (k / 3 + 1));
            // not -0.0 for a gradient of nothing
            forces[k] = 0.0 - gradient * (Units.HARTREE / Units.BOHR);
        }
        for (int i = 0; i < n; i++) {
            requireAtom(data.get(2 + 3 * n + i).split("\\s+"), structure, i);
        }
        return new Label(energy, forces);
    }

    private static void requireAtom(String[] words, Structure structure, int atom) throws Refused {
        boolean same = words.length == 4 && words[0].equals(Integer.toString(structure.atomicNumber(atom)));
        for (int axis = 0; axis < 3 && same; axis++) {
            double wanted = structure.position(atom, axis);
            double found = number(words[1 + axis], "coordinate of atom " + (atom + 1)) * Units.BOHR;
            same = Math.abs(found - wanted) <= PLACE_TOLERANCE + RELATIVE_PLACE_TOLERANCE * Math.abs(wanted);
        }
        if (!same) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "in.engrad is of another structure: atom " + (atom + 1) + " is '" + String.join(" ", words) + "'");
        }
    }

    /** Fortran prints asterisks where a number does not fit, and NaN or Infinity where there is none. */
    private static double number(String word, String what) throws Refused {
        double value;
        try {
            value = Double.parseDouble(word.replace('D', 'E'));
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            throw new Refused(LabelFailure.Kind.UNPHYSICAL, what + " is not a number: " + word);
        }
        return value;
    }

    /** The last lines that say something, of what xtb printed or, if it printed nothing, of what it complained of. */
    private static String tail(Path folder, List<String> out) {
        List<String> telling = telling(out);
        if (telling.isEmpty()) {
            telling = telling(lines(folder.resolve("xtb.err")));
        }
        String text = String.join(" | ", telling.subList(Math.max(0, telling.size() - LOG_LINES), telling.size()));
        text = printable(text);
        text = text.substring(Math.max(0, text.length() - LOG_LENGTH));
        return text.isEmpty() ? null : text;
    }

    /** What can stand between quotes in one line of ASCII. */
    private static String printable(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("[^\\x20-\\x7e]", "?").replace('"', '\'');
    }

    private static List<String> telling(List<String> lines) {
        List<String> telling = new ArrayList<>();
        for (String line : lines) {
            // A backtrace is addresses, and they differ from run to run.
            if (line.startsWith("Error termination. Backtrace") || line.startsWith("Backtrace for this error")) {
                break;
            }
            if (!ORNAMENT.matcher(line).matches() && !CLOCK.matcher(line).find()) {
                telling.add(line.replaceAll("^[\\s|:]+|[\\s|:]+$", "").replaceAll("\\s+", " "));
            }
        }
        return telling;
    }

    private static String firstGroup(Pattern pattern, List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** All lines; none if there is no such file. A log may hold any bytes, so that it is read as Latin-1. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
