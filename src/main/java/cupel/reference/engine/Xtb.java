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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * xtb, the extended tight-binding program, with the method GFN1 (S. Grimme, C. Bannwarth, P. Shushkov, J. Chem. Theory Comput.
 * 13, 1989 (2017)), for clusters of elements up to radon.
 *
 * <p>Input is {@code in.xyz}, plain XYZ, and {@code xtb.args}, the arguments after its name; output is what xtb printed, and
 * {@code in.engrad}, energy and gradient. GFN1 gives every lanthanide three electrons, which the parity of electrons minds.
 */
final class Xtb implements Engine {

    private static final int HEAVIEST = 86;

    private static final String CONVERGED = "convergence criteria satisfied";
    private static final Pattern VERSION = Pattern.compile("xtb version (\\S+)");
    private static final Pattern NOT_CONVERGED =
            Pattern.compile("convergence criteria cannot be satisfied within +(\\d+) iterations");
    private static final Pattern DID_NOT_CONVERGE = Pattern.compile("charge iterator did not converge");
    /** xtb numbers the places that an error came through, the innermost last and with 1. */
    private static final Pattern CAUSE = Pattern.compile("^-1- (.*\\S)");

    private static final Pattern CLOCK =
            Pattern.compile("(started|finished) run on|-time:|ratio c/w|\\d sec\\b|^ (total|SCF):");

    @Override
    public String name() {
        return "xtb";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of("method", "charge", "electronic_temperature", "spin");
    }

    @Override
    public void check(JsonNode settings) {
        if (!settings.get("method").asText().equals("GFN1")) {
            throw new InputException("method: must be GFN1, is " + settings.get("method")
                    + " (GFN2 collapsed on gold clusters and said that it had converged, GFN0 crashes at times)");
        }
        SettingChecks.positive(settings, "electronic_temperature");
        SettingChecks.atLeast(settings, "max_iterations", 1);
        SettingChecks.positive(settings, "broyden_damping");
        SettingChecks.spin(settings);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        if (structure.cell().isPeriodic()) {
            throw new InputException(
                    "is periodic, and xtb is run for clusters only (GFN1 is not reliable for crystals);"
                            + " use another engine");
        }
        for (int i = 0; i < structure.size(); i++) {
            int z = structure.atomicNumber(i);
            if (z > HEAVIEST) {
                throw new InputException(
                        "holds " + Elements.symbol(z) + ", and GFN1 has parameters up to Rn only; use another engine");
            }
        }
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        int charge = settings.get("charge").intValue();
        AtomicFile.write(folder.resolve("in.xyz"), plainXyz(structure));
        AtomicFile.write(
                folder.resolve("xtb.args"),
                "--gfn 1 --chrg " + charge + " --uhf "
                        + EngineLog.unpairedElectrons(structure, settings.get("spin"), electrons(structure, charge))
                        + " --etemp " + settings.get("electronic_temperature").asText() + " --iterations "
                        + settings.get("max_iterations").asText()
                        + " --input xtb.inp --grad\n");
        AtomicFile.write(
                folder.resolve("xtb.inp"),
                "$scc\n   broydamp=" + settings.get("broyden_damping").asText() + "\n$end\n");
    }

    private static int electrons(Structure structure, int charge) {
        int electrons = -charge;
        for (int i = 0; i < structure.size(); i++) {
            int z = structure.atomicNumber(i);
            electrons += z >= 57 && z <= 71 ? 3 : z;
        }
        return electrons;
    }

    private static String plainXyz(Structure structure) {
        StringBuilder text = new StringBuilder();
        text.append(structure.size()).append("\n\n");
        for (int i = 0; i < structure.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-2s %.8f %.8f %.8f\n",
                    Elements.symbol(structure.atomicNumber(i)),
                    structure.position(i, 0),
                    structure.position(i, 1),
                    structure.position(i, 2)));
        }
        return text.toString();
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> out = EngineLog.lines(folder.resolve("engine.out"));
        String version = EngineLog.firstGroup(VERSION, out);
        try {
            requireGoodEnd(out, exitStatus);
            return Answer.labelled(readEngrad(folder.resolve("in.engrad"), structure, ceiling(settings)), version);
        } catch (Refused e) {
            return e.answer(EngineLog.tail(CLOCK, out, EngineLog.lines(folder.resolve("engine.err"))), version);
        }
    }

    private static void requireGoodEnd(List<String> out, int exitStatus) throws Refused {
        String iterations = EngineLog.firstGroup(NOT_CONVERGED, out);
        if (iterations != null
                || out.stream().anyMatch(line -> DID_NOT_CONVERGE.matcher(line).find())) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "charges not self-consistent"
                            + (iterations == null ? "" : " within " + iterations + " iterations"));
        }
        if (exitStatus != 0) {
            String cause = EngineLog.firstGroup(CAUSE, out);
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "xtb ended with exit status " + exitStatus
                            + (cause == null ? "" : ": " + EngineLog.printable(cause)));
        }
        if (out.stream().noneMatch(line -> line.contains(CONVERGED))) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED, "exit status 0, but the log does not say that xtb converged");
        }
    }

    /**
     * What the energy of an isolated atom stays below, in eV. xtb 6.5.1 adds 3600 hartree at random where no orbital is empty, to ions
     * as well; GFN1 gives H+ and Li+ rightly some tenths of a hartree.
     */
    private static double ceiling(JsonNode settings) {
        return settings.get("charge").intValue() > 0 ? 1000 * Units.HARTREE : 0;
    }

    /**
     * The file in.engrad: between comments, the number of atoms; the energy in hartree; the gradient in hartree/bohr, a
     * number a line; atomic number and coordinates in bohr, an atom a line.
     */
    private static Label readEngrad(Path file, Structure structure, double ceiling) throws Refused {
        List<String> data = new ArrayList<>();
        for (String line : EngineLog.lines(file)) {
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
                    "in.engrad must be of " + n + " atoms, begins with '" + EngineLog.printable(data.get(0)) + "'");
        }
        int expected = 2 + 4 * n;
        if (data.size() != expected) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "in.engrad must hold " + expected + " lines of numbers, holds " + data.size()
                            + (data.size() < expected ? ": it is cut off" : ""));
        }
        double energy = EngineLog.number(data.get(1), "energy") * Units.HARTREE;
        if (n == 1 && energy >= ceiling) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "the energy of an isolated atom is above zero, " + data.get(1)
                            + " hartree: xtb does so now and then where no orbital is empty, as in helium and fluorine");
        }
        double[] forces = new double[3 * n];
        for (int k = 0; k < 3 * n; k++) {
            forces[k] = EngineLog.forceOf(EngineLog.number(data.get(2 + k), "gradient of atom " + (k / 3 + 1)));
        }
        for (int i = 0; i < n; i++) {
            requireAtom(data.get(2 + 3 * n + i), structure, i);
        }
        return new Label(energy, forces);
    }

    private static void requireAtom(String line, Structure structure, int atom) throws Refused {
        String[] words = line.split("\\s+");
        boolean same = words.length == 4 && words[0].equals(Integer.toString(structure.atomicNumber(atom)));
        for (int axis = 0; axis < 3 && same; axis++) {
            double found = EngineLog.number(words[1 + axis], "coordinate of atom " + (atom + 1)) * Units.BOHR;
            same = EngineLog.samePlace(found, structure.position(atom, axis));
        }
        if (!same) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "in.engrad is of another structure: atom " + (atom + 1) + " is '" + EngineLog.printable(line)
                            + "'");
        }
    }

    /** xtb takes a fraction of a second for a cluster of tens of atoms. */
    @Override
    public int batchSize() {
        return 20;
    }
}
