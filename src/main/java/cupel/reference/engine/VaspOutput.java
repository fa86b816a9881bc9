package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What VASP left behind for one structure: {@code vasprun.xml}, which has more digits, checked against {@code OUTCAR} where that is there
 * too; {@code OUTCAR} alone where there is no vasprun.xml.
 */
final class VaspOutput {

    /** Of the energies of the two files, which both have 8 decimals, in eV. */
    private static final double SAME_ENERGY = 2e-8;

    /** Of lattice vectors: OUTCAR has 9 decimals, vasprun.xml 8. */
    private static final double SAME_VECTOR = 1e-6;

    /** VASP's boxes and complaints; the first that says something is the reason. */
    private static final Pattern COMPLAINT = Pattern.compile(
            "^[\\s|]*((?:Error\\s+[A-Z]+.*|ERROR.*|.*(?:ERROR|VERY BAD NEWS|internal error|non matching|not found, STOPPING"
                    + "|Error reading item|triple product|no potential of).*)\\S)[\\s|]*$");

    private static final Pattern CLOCK = Pattern.compile(
            "(?i)executed on|\\bdate\\b|running on|distrk:|distr:|cpu time|real time|time used|elapsed|kBytes|memory used"
                    + "|page faults|context switches|\\d{2}:\\d{2}:\\d{2}|^ *(total_time|\\w+ +\\d+\\.\\d{6})|(in|at) 0x|PID|rank");

    private VaspOutput() {}

    static Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> printed = EngineLog.lines(folder.resolve("engine.out"));
        List<String> complaints = EngineLog.lines(folder.resolve("engine.err"));
        List<String> outcar = EngineLog.lines(folder.resolve("OUTCAR"));
        String version = null;
        try {
            boolean xml = Files.exists(folder.resolve("vasprun.xml"));
            if (!xml && outcar.isEmpty()) {
                throw nothing(exitStatus, printed, complaints);
            }
            IonicSteps run =
                    xml ? read(VasprunReader::read, folder, "vasprun.xml") : read(OutcarReader::read, folder, "OUTCAR");
            version = run.version();
            IonicStep step = onlyStep(run, xml ? "vasprun.xml" : "OUTCAR", exitStatus, printed, complaints);
            Label label = label(step, structure, settings);
            if (xml && !outcar.isEmpty()) {
                requireSame(step, read(OutcarReader::read, folder, "OUTCAR"), exitStatus, printed, complaints);
            }
            return Answer.labelled(label, version);
        } catch (Refused e) {
            return e.answer(EngineLog.tail(CLOCK, printed, complaints, outcar), version);
        }
    }

    private static Refused nothing(int exitStatus, List<String> printed, List<String> complaints) {
        return new Refused(
                LabelFailure.Kind.CRASHED,
                "VASP left neither vasprun.xml nor OUTCAR and ended with exit status " + exitStatus
                        + because(printed, complaints));
    }

    private static String because(List<String> printed, List<String> complaints) {
        String cause = EngineLog.firstGroup(COMPLAINT, complaints);
        cause = cause == null ? EngineLog.firstGroup(COMPLAINT, printed) : cause;
        return cause == null ? "" : ": " + EngineLog.printable(cause.replaceAll("[\\s|]+$", ""));
    }

    private static IonicSteps read(Function<Path, IonicSteps> reader, Path folder, String name) throws Refused {
        Path file = folder.resolve(name);
        try {
            return reader.apply(file);
        } catch (InputException e) {
            // The folder differs from run to run.
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    EngineLog.printable(e.getMessage().replace(file.toString(), name)));
        }
    }

    private static IonicStep onlyStep(
            IonicSteps run, String name, int exitStatus, List<String> printed, List<String> complaints) throws Refused {
        if (run.cutShort() != null) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    name + " " + EngineLog.printable(run.cutShort()) + "; exit status " + exitStatus
                            + because(printed, complaints));
        }
        if (run.steps().size() != 1) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    name + " must hold one geometry, holds " + run.steps().size());
        }
        IonicStep step = run.steps().get(0);
        if (step.defect() != null) {
            throw new Refused(kind(step.defect()), name + ": " + step.defect());
        }
        return step;
    }

    private static LabelFailure.Kind kind(String defect) {
        if (defect.contains("not converge")) {
            return LabelFailure.Kind.NOT_CONVERGED;
        }
        return defect.contains("number") && !defect.contains("NELM")
                ? LabelFailure.Kind.UNPHYSICAL
                : LabelFailure.Kind.CRASHED;
    }

    /** The label with its forces in the order of the structure, if VASP computed these atoms at these places. */
    private static Label label(IonicStep step, Structure structure, JsonNode settings) throws Refused {
        VaspInput input = VaspInput.of(structure, settings);
        Structure found = step.structure();
        int n = structure.size();
        if (found.size() != n) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "is of another structure: has " + found.size() + " atoms, must have " + n);
        }
        double[] vectors = found.cell().vectors();
        for (int k = 0; k < 9; k++) {
            if (Math.abs(vectors[k] - input.vectors()[k]) > SAME_VECTOR) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "is in another cell: component " + (k + 1) + " is " + vectors[k] + ", must be "
                                + input.vectors()[k]);
            }
        }
        double[] forces = new double[3 * n];
        for (int place = 0; place < n; place++) {
            int atom = input.order()[place];
            if (found.atomicNumber(place) != structure.atomicNumber(atom)) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "is of another structure: atom " + (place + 1) + " is "
                                + Elements.symbol(found.atomicNumber(place)) + ", must be "
                                + Elements.symbol(structure.atomicNumber(atom)));
            }
            if (!samePlace(found, place, input, atom)) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        String.format(
                                Locale.ROOT,
                                "is of another structure: atom %d is at %.5f %.5f %.5f, must be at %.5f %.5f %.5f",
                                place + 1,
                                found.position(place, 0),
                                found.position(place, 1),
                                found.position(place, 2),
                                input.positions()[3 * atom],
                                input.positions()[3 * atom + 1],
                                input.positions()[3 * atom + 2]));
            }
            System.arraycopy(step.forces(), 3 * place, forces, 3 * atom, 3);
        }
        boolean[] periodic = structure.cell().periodic();
        boolean bulk = periodic[0] && periodic[1] && periodic[2];
        Label label = step.label(IonicStep.Energy.FREE);
        return new Label(label.energy(), forces, bulk ? label.stress() : null);
    }

    /** VASP folds positions into the cell: the same place but for whole lattice vectors. */
    private static boolean samePlace(Structure found, int place, VaspInput input, int atom) {
        double[] difference = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            difference[axis] = found.position(place, axis) - input.positions()[3 * atom + axis];
        }
        double[] v = input.vectors();
        double[] rest = difference.clone();
        double volume = triple(v, 0, 3, 6);
        for (int k = 0; k < 3; k++) {
            double[] replaced = v.clone();
            System.arraycopy(difference, 0, replaced, 3 * k, 3);
            double whole = Math.rint(triple(replaced, 0, 3, 6) / volume);
            for (int axis = 0; axis < 3; axis++) {
                rest[axis] -= whole * v[3 * k + axis];
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            double asked = input.positions()[3 * atom + axis];
            if (!EngineLog.samePlace(asked + rest[axis], asked)) {
                return false;
            }
        }
        return true;
    }

    private static double triple(double[] v, int a, int b, int c) {
        return v[a] * (v[b + 1] * v[c + 2] - v[b + 2] * v[c + 1])
                - v[a + 1] * (v[b] * v[c + 2] - v[b + 2] * v[c])
                + v[a + 2] * (v[b] * v[c + 1] - v[b + 1] * v[c]);
    }

    private static void requireSame(
            IonicStep step, IonicSteps outcar, int exitStatus, List<String> printed, List<String> complaints)
            throws Refused {
        IonicStep other = onlyStep(outcar, "OUTCAR", exitStatus, printed, complaints);
        if (Math.abs(step.freeEnergy() - other.freeEnergy()) > SAME_ENERGY) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "vasprun.xml and OUTCAR are of two runs: the free energy is " + step.freeEnergy() + " and "
                            + other.freeEnergy() + " eV");
        }
    }
}
