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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NWChem, density functional theory with Gaussians and effective core potentials (E. Apra et al., J. Chem. Phys. 152, 184102
 * (2020)), for clusters in free space.
 *
 * <p>Input is {@code nwchem.nw}, with positions in bohr, because NWChem's own bohr is an old one; output is what NWChem printed. The
 * energy is the free energy of the smeared electrons, which is the one that the gradients are the derivative of. NWChem has no line
 * for convergence: it computes gradients only if the density has converged, and says so if it has not, after the energy.
 */
final class Nwchem implements Engine {

    private static final String INPUT = "nwchem.nw";

    /** Functional in the settings, to the words of the directive xc. */
    private static final Map<String, String> FUNCTIONALS = Map.of(
            "PBE", "xpbe96 cpbe96",
            "PBE0", "pbe0",
            "BLYP", "becke88 lyp",
            "B3LYP", "b3lyp");

    private static final Pattern VERSION =
            Pattern.compile("Northwest Computational Chemistry Package \\(NWChem\\) (\\S+)");
    private static final Pattern ENERGY = Pattern.compile("^ +Total DFT energy = +(\\S+)$");
    private static final String GRADIENTS = "DFT ENERGY GRADIENTS";
    private static final String NOT_CONVERGED = "Calculation failed to converge";
    private static final String END = "Total times  cpu:";
    private static final String RULE = " ----------------------------------------";

    /** The column of times in the table of iterations. */
    private static final Pattern ITERATION = Pattern.compile("^( d= .*\\S) +\\d+\\.\\d$");

    private static final Pattern CLOCK = Pattern.compile(
            "wall:|Total iterative time|Time (prior|after)|^ +Time |hostname|^ +(date|compiled|source|program|input|prefix|data base|status"
                    + "|nproc|time left) +=|MPI_ABORT|errorcode|Open MPI|You may or may not|exactly when|ARMCI|For more information"
                    + "|For further details|current input line|^ +\\d+: |library name resolved|in file /");

    @Override
    public String name() {
        return "nwchem";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of(
                "functional",
                "basis",
                "basis_sets",
                "ecp",
                "ecp_from",
                "ecps",
                "grid",
                "charge",
                "smearing",
                "spin",
                "energy_tolerance",
                "density_tolerance");
    }

    @Override
    public void check(JsonNode settings) {
        ElementSettings.checkOneOf(settings, "functional", "PBE", "PBE0", "BLYP", "B3LYP");
        ElementSettings.checkWord(settings, "basis", false);
        ElementSettings.checkWord(settings, "ecp", true);
        ElementSettings.check(settings, "basis_sets", false);
        ElementSettings.check(settings, "ecps", true);
        SettingChecks.atLeast(settings, "ecp_from", 1);
        ElementSettings.checkOneOf(settings, "grid", "medium", "fine", "xfine", "huge");
        if (!settings.get("charge").isInt()) {
            throw SettingChecks.wrong(settings, "charge", "must be a whole number");
        }
        SettingChecks.positive(settings, "smearing");
        SettingChecks.positive(settings, "energy_tolerance");
        SettingChecks.positive(settings, "density_tolerance");
        SettingChecks.spin(settings);
        SettingChecks.atLeast(settings, "damping", 0);
        SettingChecks.between(settings, "damping", 0, 99);
        SettingChecks.atLeast(settings, "damping_iterations", 0);
        SettingChecks.between(settings, "level_shift", 0, 10);
        SettingChecks.atLeast(settings, "diis_vectors", 1);
        SettingChecks.atLeast(settings, "max_iterations", 1);
        SettingChecks.atLeast(settings, "memory", 100);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        if (structure.cell().isPeriodic()) {
            throw new InputException(
                    "is periodic, and NWChem is run with Gaussians in free space, for clusters only; use another engine");
        }
        ElementSettings.requireParity(structure, settings, electrons(structure, settings));
    }

    /** Core potentials stand for pairs of electrons, so that the parity is that of all electrons. */
    private static int electrons(Structure structure, JsonNode settings) {
        return EngineLog.protons(structure) - settings.get("charge").intValue();
    }

    /** Library of the core potential of an element, empty for none. */
    private static String corePotential(int atomicNumber, String symbol, JsonNode settings) {
        return ElementSettings.of(
                settings,
                "ecps",
                symbol,
                atomicNumber >= settings.get("ecp_from").intValue()
                        ? settings.get("ecp").asText()
                        : "");
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        Map<Integer, String> elements = ElementSettings.elements(structure);
        StringBuilder text = new StringBuilder();
        text.append("start cupel\ntitle \"cupel\"\nmemory total ")
                .append(settings.get("memory").asText())
                .append(" mb\ncharge ")
                .append(settings.get("charge").asText())
                .append("\ngeometry units bohr noautosym noautoz nocenter\n");
        for (int i = 0; i < structure.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-2s %.10f %.10f %.10f\n",
                    Elements.symbol(structure.atomicNumber(i)),
                    structure.position(i, 0) / Units.BOHR,
                    structure.position(i, 1) / Units.BOHR,
                    structure.position(i, 2) / Units.BOHR));
        }
        text.append("end\nbasis spherical\n");
        elements.values()
                .forEach(symbol -> library(
                        text,
                        symbol,
                        ElementSettings.of(
                                settings,
                                "basis_sets",
                                symbol,
                                settings.get("basis").asText())));
        text.append("end\n");
        StringBuilder cores = new StringBuilder();
        elements.forEach((z, symbol) -> {
            String core = corePotential(z, symbol, settings);
            if (!core.isEmpty()) {
                library(cores, symbol, core);
            }
        });
        if (!cores.isEmpty()) {
            text.append("ecp\n").append(cores).append("end\n");
        }
        int unpaired = EngineLog.unpairedElectrons(structure, settings.get("spin"), electrons(structure, settings));
        text.append("dft\n  xc ")
                .append(FUNCTIONALS.get(settings.get("functional").asText()))
                .append("\n  mult ")
                .append(unpaired + 1)
                .append("\n  grid ")
                .append(settings.get("grid").asText())
                .append(String.format(
                        Locale.ROOT,
                        "\n  smear %.10f\n",
                        settings.get("smearing").doubleValue() / Units.HARTREE))
                .append("  iterations ")
                .append(settings.get("max_iterations").asText())
                .append("\n  convergence energy ")
                .append(settings.get("energy_tolerance").asText())
                .append(" density ")
                .append(settings.get("density_tolerance").asText())
                .append(" damp ")
                .append(settings.get("damping").asText())
                .append(" ncydp ")
                .append(settings.get("damping_iterations").asText())
                .append(" lshift ")
                .append(settings.get("level_shift").asText())
                .append(" diis ")
                .append(settings.get("diis_vectors").asText())
                .append("\n  noprint \"final vectors analysis\" multipole\nend\ntask dft gradient\n");
        AtomicFile.write(folder.resolve(INPUT), text.toString());
    }

    private static void library(StringBuilder text, String symbol, String library) {
        text.append("  ").append(symbol).append(" library \"").append(library).append("\"\n");
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> out = EngineLog.lines(folder.resolve("engine.out"));
        String version = EngineLog.firstGroup(VERSION, out);
        try {
            requireGoodEnd(out, settings, exitStatus);
            return Answer.labelled(label(out, structure), version);
        } catch (Refused e) {
            return e.answer(
                    EngineLog.tail(CLOCK, withoutTimes(out), EngineLog.lines(folder.resolve("engine.err"))), version);
        }
    }

    private static void requireGoodEnd(List<String> out, JsonNode settings, int exitStatus) throws Refused {
        if (out.stream().anyMatch(line -> line.contains(NOT_CONVERGED))) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "density not self-consistent within "
                            + settings.get("max_iterations").asText() + " iterations");
        }
        String cause = cause(out);
        if (exitStatus != 0 || cause != null) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "NWChem ended with exit status " + exitStatus + (cause == null ? "" : ": " + cause));
        }
        if (out.stream().noneMatch(line -> line.contains(END))) {
            throw new Refused(LabelFailure.Kind.CRASHED, "exit status 0, but the log of NWChem is cut off");
        }
        if (out.stream().noneMatch(line -> line.contains(GRADIENTS))) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "exit status 0, but NWChem printed no gradients, which it does once it has converged");
        }
    }

    /** The line between two rules that ends in a number of NWChem's own, or null. */
    private static String cause(List<String> out) {
        for (int i = 1; i + 1 < out.size(); i++) {
            if (out.get(i - 1).startsWith(RULE)
                    && out.get(i + 1).startsWith(RULE)
                    && out.get(i).matches(" *\\S.* +-?\\d+ *")) {
                return EngineLog.printable(out.get(i).replaceAll(" +-?\\d+ *$", ""));
            }
        }
        return null;
    }

    /** Three lines below the title: number, symbol, coordinates in bohr and gradient in hartree/bohr, an atom a line. */
    private static Label label(List<String> out, Structure structure) throws Refused {
        int n = structure.size();
        String printed = EngineLog.firstGroup(ENERGY, out);
        if (printed == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, "NWChem printed no energy");
        }
        double energy = EngineLog.number(printed, "energy") * Units.HARTREE;
        double[] forces = new double[3 * n];
        int title = 0;
        while (!out.get(title).contains(GRADIENTS)) {
            title++;
        }
        for (int i = 0; i < n; i++) {
            int row = title + 4 + i;
            String line = row < out.size() ? out.get(row).strip() : "";
            String[] words = line.split("\\s+");
            boolean same = words.length == 8
                    && words[0].equals(Integer.toString(i + 1))
                    && words[1].equalsIgnoreCase(Elements.symbol(structure.atomicNumber(i)));
            for (int axis = 0; axis < 3 && same; axis++) {
                double found = EngineLog.number(words[2 + axis], "coordinate of atom " + (i + 1)) * Units.BOHR;
                same = EngineLog.samePlace(found, structure.position(i, axis));
            }
            if (!same) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "the gradient is of another structure, or cut off: atom " + (i + 1) + " is '"
                                + EngineLog.printable(line) + "'");
            }
            for (int axis = 0; axis < 3; axis++) {
                forces[3 * i + axis] =
                        EngineLog.forceOf(EngineLog.number(words[5 + axis], "gradient of atom " + (i + 1)));
            }
        }
        return new Label(energy, forces);
    }

    /** What NWChem says before it analyses, advises and names its authors, without the times of the iterations. */
    private static List<String> withoutTimes(List<String> out) {
        List<String> telling = new ArrayList<>();
        for (String line : out) {
            if (line.contains("Task  times  cpu:")
                    || line.contains("There is an error")
                    || line.contains("This type of error")) {
                break;
            }
            Matcher iteration = ITERATION.matcher(line);
            telling.add(iteration.find() ? iteration.group(1) : line);
            if (line.contains(NOT_CONVERGED)) {
                break;
            }
        }
        return telling;
    }
}
