package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.Label;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CP2K, Quickstep: Gaussians and plane waves with GTH pseudopotentials (J. VandeVondele, M. Krack, F. Mohamed, M. Parrinello, T.
 * Chassaing, J. Hutter, Comput. Phys. Commun. 167, 103 (2005)), for clusters in a periodic box with vacuum and for crystals.
 *
 * <p>Input is {@code cp2k.inp}; output is what CP2K printed. The energy is the free energy of the smeared electrons, which is the one
 * that the forces are the derivative of. The printed stress is positive under compression, a label's under tension. CP2K 2023.1
 * ends with exit status 0, energy and forces when it has not converged: only its convergence line counts.
 */
final class Cp2k implements Engine {

    private static final String INPUT = "cp2k.inp";

    private static final Pattern VERSION = Pattern.compile("version string: +CP2K version (\\S+)");
    private static final Pattern CONVERGED =
            Pattern.compile("\\*\\*\\* SCF run converged in +\\d+ (steps|iterations) \\*\\*\\*");
    private static final Pattern NOT_CONVERGED = Pattern.compile("SCF run NOT converged");
    private static final Pattern ENERGY = Pattern.compile("^ ENERGY\\| Total FORCE_EVAL.*: +(\\S+)$");
    private static final Pattern CELL =
            Pattern.compile("^ CELL\\| Vector [abc] \\[angstrom\\]: +(\\S+) +(\\S+) +(\\S+) ");
    private static final Pattern STRESS_ROW = Pattern.compile("^ STRESS\\| +([xyz]) +(\\S+) +(\\S+) +(\\S+)$");
    private static final String END = "PROGRAM ENDED AT";

    /** The column of times in the table of iterations. */
    private static final Pattern ITERATION = Pattern.compile("^( +\\d+ \\S+ +\\S+) +\\d+\\.\\d( +\\S+ +\\S+ +\\S+)$");

    private static final Pattern CLOCK = Pattern.compile(
            "PROGRAM (STARTED|ENDED|RAN|STOPPED|PROCESS)|^ (DBCSR|CP2K|GLOBAL|MEMORY)\\||MPI_ABORT|errorcode|Open MPI|You may or may not"
                    + "|exactly when|T I M I N G");

    /** CP2K prints cell vectors with three decimals. */
    private static final double CELL_TOLERANCE = 6e-4;

    @Override
    public String name() {
        return "cp2k";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of(
                "functional",
                "cutoff",
                "relative_cutoff",
                "basis_set",
                "basis_sets",
                "basis_set_files",
                "potential",
                "potentials",
                "potential_file",
                "vacuum",
                "kpoint_density",
                "smearing",
                "spin",
                "default_tolerance",
                "scf_tolerance");
    }

    @Override
    public void check(JsonNode settings) {
        ElementSettings.checkOneOf(settings, "functional", "PBE", "BLYP", "BP", "PADE");
        for (String key : List.of(
                "cutoff",
                "relative_cutoff",
                "vacuum",
                "kpoint_density",
                "smearing",
                "default_tolerance",
                "scf_tolerance")) {
            SettingChecks.positive(settings, key);
        }
        ElementSettings.checkWord(settings, "basis_set", false);
        ElementSettings.checkWord(settings, "potential", false);
        ElementSettings.check(settings, "basis_sets", false);
        ElementSettings.check(settings, "potentials", false);
        ElementSettings.checkWords(settings, "basis_set_files");
        ElementSettings.checkWord(settings, "potential_file", false);
        SettingChecks.spin(settings);
        SettingChecks.atLeast(settings, "added_orbitals", 1);
        SettingChecks.between(settings, "mixing", 1e-4, 1);
        SettingChecks.atLeast(settings, "mixing_history", 1);
        SettingChecks.atLeast(settings, "max_iterations", 1);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        ElementSettings.requireParity(structure, settings, EngineLog.protons(structure));
        SimulationCell.requireVacuum(structure, settings.get("vacuum").doubleValue());
    }

    private static SimulationCell cell(Structure structure, JsonNode settings) {
        return SimulationCell.of(
                structure,
                settings.get("vacuum").doubleValue(),
                settings.get("kpoint_density").doubleValue());
    }

    private static boolean hasStress(Structure structure) {
        boolean[] periodic = structure.cell().periodic();
        return periodic[0] && periodic[1] && periodic[2];
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        SimulationCell cell = cell(structure, settings);
        StringBuilder text = new StringBuilder();
        text.append("&GLOBAL\n  PROJECT cupel\n  RUN_TYPE ENERGY_FORCE\n  PRINT_LEVEL LOW\n")
                .append("  &REFERENCES OFF\n  &END REFERENCES\n  &TIMINGS OFF\n  &END TIMINGS\n&END GLOBAL\n")
                .append("&FORCE_EVAL\n  METHOD QUICKSTEP\n");
        if (hasStress(structure)) {
            text.append("  STRESS_TENSOR ANALYTICAL\n");
        }
        writeElectrons(text, structure, settings, cell);
        writeAtoms(text, structure, settings, cell);
        text.append("  &PRINT\n    &FORCES ON\n    &END FORCES\n");
        if (hasStress(structure)) {
            text.append("    &STRESS_TENSOR ON\n    &END STRESS_TENSOR\n");
        }
        text.append("  &END PRINT\n&END FORCE_EVAL\n");
        AtomicFile.write(folder.resolve(INPUT), text.toString());
    }

    private static void writeElectrons(
            StringBuilder text, Structure structure, JsonNode settings, SimulationCell cell) {
        int unpaired = EngineLog.unpairedElectrons(structure, settings.get("spin"), EngineLog.protons(structure));
        int added = settings.get("added_orbitals").intValue() * structure.size() + 4;
        text.append("  &DFT\n");
        for (String file : settings.get("basis_set_files").asText().strip().split("\\s+")) {
            line(text, 4, "BASIS_SET_FILE_NAME", file);
        }
        line(text, 4, "POTENTIAL_FILE_NAME", settings.get("potential_file").asText());
        if (unpaired > 0) {
            text.append("    UKS\n");
            line(text, 4, "MULTIPLICITY", Integer.toString(unpaired + 1));
        }
        writeKpoints(text, cell);
        text.append("    &MGRID\n");
        line(text, 6, "CUTOFF", settings.get("cutoff").asText());
        line(text, 6, "REL_CUTOFF", settings.get("relative_cutoff").asText());
        text.append("    &END MGRID\n    &QS\n      METHOD GPW\n");
        line(text, 6, "EPS_DEFAULT", settings.get("default_tolerance").asText());
        // The solver for isolated clusters was wrong by 0.2 eV in a tight box; with periodic images, vacuum is all that
        // counts.
        text.append("    &END QS\n    &POISSON\n      PERIODIC XYZ\n      POISSON_SOLVER PERIODIC\n    &END POISSON\n")
                .append("    &SCF\n      SCF_GUESS ATOMIC\n");
        line(text, 6, "EPS_SCF", settings.get("scf_tolerance").asText());
        line(text, 6, "MAX_SCF", settings.get("max_iterations").asText());
        line(text, 6, "ADDED_MOS", unpaired > 0 ? added + " " + added : Integer.toString(added));
        text.append("      &DIAGONALIZATION ON\n        ALGORITHM STANDARD\n      &END DIAGONALIZATION\n")
                .append("      &SMEAR ON\n        METHOD FERMI_DIRAC\n");
        line(
                text,
                8,
                "ELECTRONIC_TEMPERATURE [K]",
                String.format(Locale.ROOT, "%.6f", settings.get("smearing").doubleValue() / Units.BOLTZMANN));
        if (unpaired > 0) {
            line(text, 8, "FIXED_MAGNETIC_MOMENT", Integer.toString(unpaired));
        }
        text.append("      &END SMEAR\n      &MIXING\n        METHOD BROYDEN_MIXING\n");
        line(text, 8, "ALPHA", settings.get("mixing").asText());
        line(text, 8, "NBROYDEN", settings.get("mixing_history").asText());
        text.append("      &END MIXING\n      &PRINT\n        &RESTART OFF\n        &END RESTART\n      &END PRINT\n")
                .append("    &END SCF\n    &XC\n      &XC_FUNCTIONAL ")
                .append(settings.get("functional").asText())
                .append("\n      &END XC_FUNCTIONAL\n    &END XC\n  &END DFT\n");
    }

    /**
     * A grid with a point at Gamma, which keeps the symmetry of every lattice, as a list: with the grid of Monkhorst and Pack, even
     * numbers of points leave a face-centred crystal with shear stress. Of two points that time reversal connects, one.
     */
    private static void writeKpoints(StringBuilder text, SimulationCell cell) {
        if (cell.isGammaOnly()) {
            return;
        }
        int[] n = cell.kpoints();
        text.append("    &KPOINTS\n      SCHEME GENERAL\n      SYMMETRY F\n");
        for (int i = 0; i < n[0]; i++) {
            for (int j = 0; j < n[1]; j++) {
                for (int k = 0; k < n[2]; k++) {
                    int here = (i * n[1] + j) * n[2] + k;
                    int opposite = ((n[0] - i) % n[0] * n[1] + (n[1] - j) % n[1]) * n[2] + (n[2] - k) % n[2];
                    if (here <= opposite) {
                        text.append(String.format(
                                Locale.ROOT,
                                "      KPOINT %.12f %.12f %.12f %d\n",
                                fraction(i, n[0]),
                                fraction(j, n[1]),
                                fraction(k, n[2]),
                                here == opposite ? 1 : 2));
                    }
                }
            }
        }
        text.append("    &END KPOINTS\n");
    }

    /** Above -1/2, up to 1/2. */
    private static double fraction(int i, int n) {
        return (2 * i > n ? i - n : i) / (double) n;
    }

    private static void writeAtoms(StringBuilder text, Structure structure, JsonNode settings, SimulationCell cell) {
        text.append("  &SUBSYS\n    &CELL\n");
        double[] v = cell.vectors();
        for (int a = 0; a < 3; a++) {
            text.append(String.format(
                    Locale.ROOT, "      %c %.10f %.10f %.10f\n", 'A' + a, v[3 * a], v[3 * a + 1], v[3 * a + 2]));
        }
        text.append("      PERIODIC XYZ\n    &END CELL\n    &COORD\n");
        for (int i = 0; i < structure.size(); i++) {
            double[] place = cell.position(structure, i);
            text.append(String.format(
                    Locale.ROOT,
                    "      %-2s %.10f %.10f %.10f\n",
                    Elements.symbol(structure.atomicNumber(i)),
                    place[0],
                    place[1],
                    place[2]));
        }
        text.append("    &END COORD\n");
        for (String symbol : ElementSettings.elements(structure).values()) {
            text.append("    &KIND ").append(symbol).append('\n');
            line(text, 6, "ELEMENT", symbol);
            line(
                    text,
                    6,
                    "BASIS_SET",
                    ElementSettings.of(
                            settings,
                            "basis_sets",
                            symbol,
                            settings.get("basis_set").asText()));
            line(
                    text,
                    6,
                    "POTENTIAL",
                    ElementSettings.of(
                            settings,
                            "potentials",
                            symbol,
                            settings.get("potential").asText()));
            text.append("    &END KIND\n");
        }
        text.append(
                        "    &PRINT\n      &ATOMIC_COORDINATES ON\n      &END ATOMIC_COORDINATES\n      &CELL ON\n      &END CELL\n")
                .append("    &END PRINT\n  &END SUBSYS\n");
    }

    private static void line(StringBuilder text, int indent, String key, String value) {
        text.append(" ".repeat(indent)).append(key).append(' ').append(value).append('\n');
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> out = EngineLog.lines(folder.resolve("engine.out"));
        String version = EngineLog.firstGroup(VERSION, out);
        try {
            requireGoodEnd(out, settings, exitStatus);
            requireSameAtoms(out, structure, cell(structure, settings));
            return Answer.labelled(label(out, structure), version);
        } catch (Refused e) {
            return e.answer(
                    EngineLog.tail(CLOCK, withoutStatistics(out), EngineLog.lines(folder.resolve("engine.err"))),
                    version);
        }
    }

    private static void requireGoodEnd(List<String> out, JsonNode settings, int exitStatus) throws Refused {
        if (out.stream().anyMatch(line -> NOT_CONVERGED.matcher(line).find())) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "density not self-consistent within "
                            + settings.get("max_iterations").asText() + " iterations");
        }
        String cause = cause(out);
        if (exitStatus != 0 || cause != null) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "CP2K ended with exit status " + exitStatus + (cause == null ? "" : ": " + cause));
        }
        if (out.stream().noneMatch(line -> line.contains(END))) {
            throw new Refused(LabelFailure.Kind.CRASHED, "exit status 0, but the log of CP2K is cut off");
        }
        if (out.stream().noneMatch(line -> CONVERGED.matcher(line).find())) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED, "exit status 0, but the log does not say that CP2K converged");
        }
    }

    /** What stands beside the little man in the box of a CP2K that aborts, or null. */
    private static String cause(List<String> out) {
        StringBuilder cause = new StringBuilder();
        boolean inside = false;
        for (String line : out) {
            if (inside) {
                if (line.startsWith(" ***") || line.length() < 15) {
                    break;
                }
                String words = line.substring(13, line.endsWith("*") ? line.length() - 1 : line.length())
                        .strip();
                if (!words.matches("\\S+\\.F:\\d+")) {
                    cause.append(words).append(' ');
                }
            }
            inside |= line.contains("[ABORT]");
        }
        return inside ? EngineLog.printable(cause.toString()) : null;
    }

    /** The table after MODULE QUICKSTEP: ATOMIC COORDINATES: number, kind, element, atomic number, x y z in angstrom, ... */
    private static void requireSameAtoms(List<String> out, Structure structure, SimulationCell cell) throws Refused {
        int n = structure.size();
        List<String[]> rows = table(out, Pattern.compile("ATOMIC COORDINATES IN ANGSTROM"), 3, n, "coordinates");
        for (int i = 0; i < n; i++) {
            String[] words = rows.get(i);
            boolean same = words.length >= 7
                    && words[0].equals(Integer.toString(i + 1))
                    && words[3].equals(Integer.toString(structure.atomicNumber(i)));
            double[] place = cell.position(structure, i);
            for (int axis = 0; axis < 3 && same; axis++) {
                double found = EngineLog.number(words[4 + axis], "coordinate of atom " + (i + 1));
                same = EngineLog.samePlace(found, place[axis]);
            }
            if (!same) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "the log is of another structure: atom " + (i + 1) + " is '"
                                + EngineLog.printable(String.join(" ", words)) + "'");
            }
        }
        int vectors = 0;
        for (String line : out) {
            Matcher matcher = CELL.matcher(line);
            if (matcher.find() && vectors < 3) {
                for (int axis = 0; axis < 3; axis++) {
                    double found = EngineLog.number(matcher.group(1 + axis), "cell vector");
                    if (Math.abs(found - cell.vectors()[3 * vectors + axis]) > CELL_TOLERANCE) {
                        throw new Refused(
                                LabelFailure.Kind.CRASHED,
                                "the log is of another cell: '" + EngineLog.printable(line) + "'");
                    }
                }
                vectors++;
            }
        }
        if (vectors < 3) {
            throw new Refused(LabelFailure.Kind.CRASHED, "the log of CP2K does not show the cell");
        }
    }

    private static Label label(List<String> out, Structure structure) throws Refused {
        int n = structure.size();
        String printed = EngineLog.firstGroup(ENERGY, out);
        if (printed == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, "CP2K printed no energy");
        }
        double energy = EngineLog.number(printed, "energy") * Units.HARTREE;
        List<String[]> rows = table(out, Pattern.compile("^ ATOMIC FORCES in \\[a\\.u\\.\\]"), 3, n, "forces");
        double[] forces = new double[3 * n];
        for (int i = 0; i < n; i++) {
            String[] words = rows.get(i);
            if (words.length != 6
                    || !words[0].equals(Integer.toString(i + 1))
                    || !words[2].equals(Elements.symbol(structure.atomicNumber(i)))) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "the force of atom " + (i + 1) + " is '" + EngineLog.printable(String.join(" ", words)) + "'");
            }
            for (int axis = 0; axis < 3; axis++) {
                forces[3 * i + axis] =
                        EngineLog.forceOf(-EngineLog.number(words[3 + axis], "force on atom " + (i + 1)));
            }
        }
        return new Label(energy, forces, hasStress(structure) ? stress(out) : null);
    }

    private static double[] stress(List<String> out) throws Refused {
        double[][] printed = new double[3][];
        boolean inside = false;
        for (String line : out) {
            inside |= line.contains("STRESS| Analytical stress tensor [GPa]");
            Matcher matcher = STRESS_ROW.matcher(line);
            int row = inside && matcher.find() ? matcher.group(1).charAt(0) - 'x' : -1;
            // the eigenvectors that follow have rows of the same form
            if (row >= 0 && printed[row] == null) {
                printed[row] = new double[3];
                for (int column = 0; column < 3; column++) {
                    printed[row][column] = EngineLog.number(matcher.group(2 + column), "stress");
                }
            }
        }
        if (printed[0] == null || printed[1] == null || printed[2] == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, "CP2K printed no stress, or half of it");
        }
        double unit = -1 / Units.GIGAPASCAL;
        return new double[] {
            printed[0][0] * unit,
            printed[1][1] * unit,
            printed[2][2] * unit,
            (printed[1][2] + printed[2][1]) / 2 * unit,
            (printed[0][2] + printed[2][0]) / 2 * unit,
            (printed[0][1] + printed[1][0]) / 2 * unit
        };
    }

    /** The rows of a table, split at blanks: so many lines, from so many lines below its title. */
    private static List<String[]> table(List<String> out, Pattern title, int below, int rows, String what)
            throws Refused {
        for (int t = 0; t < out.size(); t++) {
            if (title.matcher(out.get(t)).find()) {
                if (t + below + rows > out.size()) {
                    break;
                }
                List<String[]> table = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    table.add(out.get(t + below + i).strip().split("\\s+"));
                }
                return table;
            }
        }
        throw new Refused(LabelFailure.Kind.CRASHED, "CP2K printed no " + what + " of " + rows + " atoms");
    }

    /** What CP2K says before it counts its multiplications, without the times of the iterations. */
    private static List<String> withoutStatistics(List<String> out) {
        List<String> telling = new ArrayList<>();
        for (String line : out) {
            if (line.contains("DBCSR STATISTICS")
                    || line.contains("Routine Calling Stack")
                    || line.contains("Electronic density on regular grids")) {
                break;
            }
            if (line.contains("version string:")) {
                // before it, places and times only
                telling.clear();
            }
            telling.add(ITERATION.matcher(line).replaceFirst("$1$2"));
        }
        return telling;
    }
}
