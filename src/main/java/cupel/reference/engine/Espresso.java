package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Quantum ESPRESSO, the program pw.x: plane waves and pseudopotentials (P. Giannozzi et al., J. Phys.: Condens. Matter 29, 465901
 * (2017)), for clusters in a periodic box with vacuum and for crystals.
 *
 * <p>Input is {@code pw.in}; output is what pw.x printed. The energy is the free energy of the smeared electrons, which is the one that
 * the forces are the derivative of. The printed stress is positive under compression, a label's under tension. pw.x takes the
 * functional from the pseudopotentials: that it is the one in the settings is seen in the log only. pw.x also prints the MD5
 * checksum of each pseudopotential, by which a file that was changed since the program was identified is found out.
 */
final class Espresso implements Engine {

    private static final String INPUT = "pw.in";

    private static final double RYDBERG = Units.HARTREE / 2;

    /** Functional in the settings, to the names that pw.x prints for it: those of version 6, and that of version 7. */
    private static final Map<String, List<String>> FUNCTIONALS = Map.of(
            "PBE", List.of("SLA PW PBE PBE", "PBE"),
            "PBESOL", List.of("SLA PW PSX PSC", "PBESOL"),
            "PZ", List.of("SLA PZ NOGX NOGC", "PZ", "LDA"));

    private static final Pattern VERSION = Pattern.compile("Program PWSCF v\\.?(\\S+) starts");
    private static final Pattern FUNCTIONAL = Pattern.compile("^ +Exchange-correlation *= *(.*?) *(\\(.*)?$");
    private static final Pattern PSEUDOPOTENTIAL = Pattern.compile("PseudoPot\\. # *\\d+ for +(\\S+) +read from file");
    private static final Pattern MD5 = Pattern.compile("MD5 check sum: +([0-9a-f]{32})\\b");
    private static final String CONVERGED = "convergence has been achieved in";
    private static final Pattern NOT_CONVERGED = Pattern.compile("convergence NOT achieved after +(\\d+) iterations");
    private static final Pattern LATTICE = Pattern.compile("celldm\\(1\\)= +(\\S+) ");
    private static final Pattern AXIS = Pattern.compile("^ +a\\(([123])\\) = \\( +(\\S+) +(\\S+) +(\\S+) +\\)");
    private static final Pattern SITE =
            Pattern.compile("^ +(\\d+) +(\\S+) +tau\\( *\\d+\\) = \\( +(\\S+) +(\\S+) +(\\S+) +\\)");
    private static final Pattern ENERGY = Pattern.compile("^! +total energy +=\\s+(\\S+) Ry");
    private static final Pattern FORCE =
            Pattern.compile("^ +atom +(\\d+) type +\\d+ +force = +(\\S+) +(\\S+) +(\\S+)$");
    private static final String END = "JOB DONE.";
    private static final String RULE = "%%%%%%%%%%";

    private static final Pattern CLOCK = Pattern.compile(
            "cpu time|CPU +.*WALL|terminated on|JOB DONE|Program PWSCF|MPI_ABORT|errorcode|Open MPI|You may or may not|exactly when"
                    + "|Parallel version|processors|distributed|RAM|^STOP|^ %+$|stopping \\.\\.\\.");

    /** pw.x prints cell vectors with six decimals, in units of the first. */
    private static final double AXIS_TOLERANCE = 2e-6;

    @Override
    public String name() {
        return "espresso";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    /** Not the pseudopotentials: their checksums are part of the level, each with its element. */
    @Override
    public Set<String> physics() {
        return Set.of(
                "functional",
                "ecutwfc",
                "ecutrho",
                "vacuum",
                "kpoint_density",
                "smearing_method",
                "smearing",
                "spin",
                "scf_tolerance");
    }

    @Override
    public void check(JsonNode settings) {
        ElementSettings.checkOneOf(settings, "functional", "PBE", "PBESOL", "PZ");
        for (String key : List.of("ecutwfc", "ecutrho", "vacuum", "kpoint_density", "smearing", "scf_tolerance")) {
            SettingChecks.positive(settings, key);
        }
        if (settings.get("ecutrho").doubleValue() < 4 * settings.get("ecutwfc").doubleValue()) {
            throw SettingChecks.wrong(
                    settings,
                    "ecutrho",
                    "must be at least four times ecutwfc ("
                            + settings.get("ecutwfc").asText()
                            + "), eight times or more for ultrasoft pseudopotentials");
        }
        ElementSettings.checkOneOf(
                settings, "smearing_method", "fermi-dirac", "marzari-vanderbilt", "methfessel-paxton", "gaussian");
        ElementSettings.checkOneOf(settings, "mixing_mode", "plain", "TF", "local-TF");
        ElementSettings.checkOneOf(settings, "diagonalization", "david", "cg");
        ElementSettings.checkWord(settings, "pseudo_dir", false);
        ElementSettings.check(settings, "pseudopotentials", false);
        SettingChecks.spin(settings);
        SettingChecks.between(settings, "mixing", 1e-4, 1);
        SettingChecks.atLeast(settings, "mixing_history", 1);
        SettingChecks.atLeast(settings, "max_iterations", 1);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        for (String symbol : ElementSettings.elements(structure).values()) {
            if (!settings.get("pseudopotentials").has(symbol)) {
                throw new InputException("holds " + symbol
                        + ", and the setting pseudopotentials names no file for it: give one, such as {\"" + symbol
                        + "\": \"" + symbol + ".UPF\"}");
            }
        }
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
        Map<Integer, String> elements = ElementSettings.elements(structure);
        int unpaired = EngineLog.unpairedElectrons(structure, settings.get("spin"), EngineLog.protons(structure));
        StringBuilder text = new StringBuilder();
        text.append("&CONTROL\n  calculation = 'scf'\n  prefix = 'cupel'\n  outdir = './scratch'\n");
        set(text, "pseudo_dir", quoted(settings.get("pseudo_dir")));
        text.append("  tprnfor = .true.\n");
        set(text, "tstress", hasStress(structure) ? ".true." : ".false.");
        text.append("  disk_io = 'none'\n/\n&SYSTEM\n  ibrav = 0\n");
        set(text, "nat", Integer.toString(structure.size()));
        set(text, "ntyp", Integer.toString(elements.size()));
        set(text, "ecutwfc", settings.get("ecutwfc").asText());
        set(text, "ecutrho", settings.get("ecutrho").asText());
        text.append("  occupations = 'smearing'\n");
        set(text, "smearing", quoted(settings.get("smearing_method")));
        set(
                text,
                "degauss",
                String.format(Locale.ROOT, "%.10f", settings.get("smearing").doubleValue() / RYDBERG));
        if (unpaired > 0) {
            text.append("  nspin = 2\n");
            set(text, "tot_magnetization", Integer.toString(unpaired));
        }
        // Sampled structures have no symmetry; looking for it could only find some that is nearly there.
        text.append("  nosym = .true.\n/\n&ELECTRONS\n");
        set(text, "electron_maxstep", settings.get("max_iterations").asText());
        set(text, "conv_thr", settings.get("scf_tolerance").asText());
        set(text, "mixing_beta", settings.get("mixing").asText());
        set(text, "mixing_mode", quoted(settings.get("mixing_mode")));
        set(text, "mixing_ndim", settings.get("mixing_history").asText());
        set(text, "diagonalization", quoted(settings.get("diagonalization")));
        text.append("/\nATOMIC_SPECIES\n");
        // The mass must be there and plays no part.
        elements.values().forEach(symbol -> text.append(symbol)
                .append(" 1.0 ")
                .append(settings.get("pseudopotentials").get(symbol).asText())
                .append('\n'));
        text.append("CELL_PARAMETERS angstrom\n");
        double[] v = cell.vectors();
        for (int a = 0; a < 3; a++) {
            text.append(String.format(Locale.ROOT, "%.10f %.10f %.10f\n", v[3 * a], v[3 * a + 1], v[3 * a + 2]));
        }
        text.append("ATOMIC_POSITIONS angstrom\n");
        for (int i = 0; i < structure.size(); i++) {
            double[] place = cell.position(structure, i);
            text.append(String.format(
                    Locale.ROOT,
                    "%-2s %.10f %.10f %.10f\n",
                    Elements.symbol(structure.atomicNumber(i)),
                    place[0],
                    place[1],
                    place[2]));
        }
        int[] k = cell.kpoints();
        text.append(
                cell.isGammaOnly()
                        ? "K_POINTS gamma\n"
                        : "K_POINTS automatic\n" + k[0] + " " + k[1] + " " + k[2] + " 0 0 0\n");
        AtomicFile.write(folder.resolve(INPUT), text.toString());
    }

    private static void set(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(" = ").append(value).append('\n');
    }

    private static String quoted(JsonNode word) {
        return "'" + word.asText() + "'";
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> out = EngineLog.lines(folder.resolve("engine.out"));
        String version = EngineLog.firstGroup(VERSION, out);
        try {
            requireGoodEnd(out, settings, exitStatus);
            requireSameAtoms(out, structure, cell(structure, settings));
            return new Answer(label(out, structure), null, version, checksums(out));
        } catch (Refused e) {
            return e.answer(
                    EngineLog.tail(CLOCK, withoutStatistics(out), EngineLog.lines(folder.resolve("engine.err"))),
                    version);
        }
    }

    private static void requireGoodEnd(List<String> out, JsonNode settings, int exitStatus) throws Refused {
        String iterations = EngineLog.firstGroup(NOT_CONVERGED, out);
        if (iterations != null) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "density not self-consistent within " + EngineLog.printable(iterations) + " iterations");
        }
        String cause = cause(out);
        if (exitStatus != 0 || cause != null) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "pw.x ended with exit status " + exitStatus + (cause == null ? "" : ": " + cause));
        }
        if (out.stream().noneMatch(line -> line.contains(END))) {
            throw new Refused(LabelFailure.Kind.CRASHED, "exit status 0, but the log of pw.x is cut off");
        }
        if (out.stream().noneMatch(line -> line.contains(CONVERGED))) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED, "exit status 0, but the log does not say that pw.x converged");
        }
        String printed = EngineLog.firstGroup(FUNCTIONAL, out);
        String asked = settings.get("functional").asText();
        if (printed == null || !FUNCTIONALS.get(asked).contains(printed.replaceAll("\\s+", " "))) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "pw.x computed with the functional of the pseudopotentials, "
                            + (printed == null ? "which it did not print" : EngineLog.printable(printed))
                            + ", and not with "
                            + asked + " (the setting functional)");
        }
    }

    /** The message between two rules of %, or null: the routine and what it complains of. */
    private static String cause(List<String> out) {
        StringBuilder cause = new StringBuilder();
        boolean inside = false;
        for (String line : out) {
            if (line.contains(RULE)) {
                if (inside) {
                    break;
                }
                inside = true;
            } else if (inside) {
                cause.append(line.strip()).append(' ');
            }
        }
        return inside ? EngineLog.printable(cause.toString()) : null;
    }

    private static Map<String, String> checksums(List<String> out) {
        Map<String, String> data = new TreeMap<>();
        String symbol = null;
        for (String line : out) {
            Matcher element = PSEUDOPOTENTIAL.matcher(line);
            Matcher checksum = MD5.matcher(line);
            if (element.find()) {
                symbol = element.group(1);
            } else if (symbol != null && checksum.find()) {
                data.put(symbol + ".UPF", checksum.group(1).substring(0, 16));
                symbol = null;
            }
        }
        return data;
    }

    /** Places and cell are printed in units of the length of the first cell vector. */
    private static void requireSameAtoms(List<String> out, Structure structure, SimulationCell cell) throws Refused {
        double[] v = cell.vectors();
        double unit = Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        String printed = EngineLog.firstGroup(LATTICE, out);
        if (printed == null || !EngineLog.samePlace(EngineLog.number(printed, "celldm(1)") * Units.BOHR, unit)) {
            throw new Refused(LabelFailure.Kind.CRASHED, "the log is of another cell: celldm(1) is " + printed);
        }
        int axes = 0;
        int sites = 0;
        for (String line : out) {
            Matcher axis = AXIS.matcher(line);
            if (axis.find()) {
                int a = axis.group(1).charAt(0) - '1';
                for (int x = 0; x < 3; x++) {
                    double found = EngineLog.number(axis.group(2 + x), "cell vector");
                    if (Math.abs(found - v[3 * a + x] / unit) > AXIS_TOLERANCE) {
                        throw new Refused(
                                LabelFailure.Kind.CRASHED,
                                "the log is of another cell: '" + EngineLog.printable(line) + "'");
                    }
                }
                axes++;
            }
            Matcher site = SITE.matcher(line);
            if (sites < structure.size() && site.find()) {
                double[] place = cell.position(structure, sites);
                boolean same = site.group(1).equals(Integer.toString(sites + 1))
                        && site.group(2).equals(Elements.symbol(structure.atomicNumber(sites)));
                for (int x = 0; x < 3 && same; x++) {
                    double found = EngineLog.number(site.group(3 + x), "coordinate of atom " + (sites + 1));
                    same = EngineLog.samePlace(found * unit, place[x]);
                }
                if (!same) {
                    throw new Refused(
                            LabelFailure.Kind.CRASHED,
                            "the log is of another structure: atom " + (sites + 1) + " is '" + EngineLog.printable(line)
                                    + "'");
                }
                sites++;
            }
        }
        if (axes != 3 || sites != structure.size()) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "the log of pw.x shows " + axes + " cell vectors and " + sites + " atoms, must show 3 and "
                            + structure.size());
        }
    }

    private static Label label(List<String> out, Structure structure) throws Refused {
        int n = structure.size();
        String printed = EngineLog.firstGroup(ENERGY, out);
        if (printed == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, "pw.x printed no energy");
        }
        double energy = EngineLog.number(printed, "energy") * RYDBERG;
        double[] forces = new double[3 * n];
        int rows = 0;
        boolean inside = false;
        for (String line : out) {
            inside |= line.contains("Forces acting on atoms");
            Matcher matcher = FORCE.matcher(line);
            // the contributions to the forces that follow have rows of the same form
            if (inside && rows < n && matcher.find()) {
                if (!matcher.group(1).equals(Integer.toString(rows + 1))) {
                    break;
                }
                for (int axis = 0; axis < 3; axis++) {
                    double force = EngineLog.number(matcher.group(2 + axis), "force on atom " + (rows + 1));
                    forces[3 * rows + axis] = 0.0 + force * (RYDBERG / Units.BOHR);
                }
                rows++;
            }
        }
        if (rows != n) {
            throw new Refused(LabelFailure.Kind.CRASHED, "pw.x printed the forces on " + rows + " atoms, must be " + n);
        }
        return new Label(energy, forces, hasStress(structure) ? stress(out) : null);
    }

    /** Three rows below the title; the first three columns are in Ry/bohr³, the others in kbar. */
    private static double[] stress(List<String> out) throws Refused {
        List<double[]> rows = new ArrayList<>();
        for (int t = 0; t + 3 < out.size() && rows.isEmpty(); t++) {
            if (out.get(t).contains("total   stress")) {
                for (int row = 1; row <= 3; row++) {
                    String[] words = out.get(t + row).strip().split("\\s+");
                    if (words.length != 6) {
                        throw new Refused(LabelFailure.Kind.CRASHED, "pw.x printed half of a stress");
                    }
                    double[] values = new double[3];
                    for (int column = 0; column < 3; column++) {
                        values[column] = EngineLog.number(words[column], "stress");
                    }
                    rows.add(values);
                }
            }
        }
        if (rows.isEmpty()) {
            throw new Refused(LabelFailure.Kind.CRASHED, "pw.x printed no stress");
        }
        double unit = -RYDBERG / (Units.BOHR * Units.BOHR * Units.BOHR);
        return new double[] {
            rows.get(0)[0] * unit,
            rows.get(1)[1] * unit,
            rows.get(2)[2] * unit,
            (rows.get(1)[2] + rows.get(2)[1]) / 2 * unit,
            (rows.get(0)[2] + rows.get(2)[0]) / 2 * unit,
            (rows.get(0)[1] + rows.get(1)[0]) / 2 * unit
        };
    }

    /** What pw.x says before it counts its time. */
    private static List<String> withoutStatistics(List<String> out) {
        List<String> telling = new ArrayList<>();
        for (String line : out) {
            if (line.startsWith("     Writing output data file") || line.startsWith("     init_run ")) {
                break;
            }
            telling.add(line);
        }
        return telling;
    }
}
