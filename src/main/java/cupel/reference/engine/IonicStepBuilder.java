package cupel.reference.engine;

import cupel.structure.Cell;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the two readers of VASP files share: numbers, elements, and when a step may become a label. */
final class IonicStepBuilder {

    private static final Pattern SYMBOL = Pattern.compile("[A-Z][a-z]?");

    int electronicSteps;
    boolean saidUnconverged;
    double freeEnergy = Double.NaN;
    double zeroWidthEnergy = Double.NaN;
    double[] lattice;
    double[] positions;
    double[] forces;
    double[] stress;
    double seconds = Double.NaN;

    /**
     * The step.
     *
     * @param limit the largest number of electronic steps (NELM), 0 when the file does not tell
     */
    IonicStep build(int[] elements, int limit) {
        Structure structure = Structure.of(elements, positions, Cell.periodic(lattice));
        return new IonicStep(structure, freeEnergy, zeroWidthEnergy, forces, stress, seconds, defect(elements, limit));
    }

    private String defect(int[] elements, int limit) {
        if (electronicSteps == 0) {
            return "has no electronic steps: not a result of density functional theory";
        }
        if (limit == 0) {
            return "the file does not tell the largest number of electronic steps (NELM), so that nobody knows whether they converged";
        }
        // VASP 5 says that EDIFF is reached when it was the limit that was, so a step at the limit is not believed
        if (saidUnconverged || electronicSteps >= limit) {
            return "the electrons did not converge in " + electronicSteps + " steps (NELM = " + limit + ")";
        }
        if (!Double.isFinite(freeEnergy) || !Double.isFinite(zeroWidthEnergy)) {
            return "has no energy that is a number";
        }
        if (forces == null) {
            return "has no forces";
        }
        for (int i = 0; i < forces.length; i++) {
            if (!Double.isFinite(forces[i])) {
                return "the force on atom " + (i / 3 + 1) + " is not a number";
            }
        }
        if (stress != null) {
            for (double component : stress) {
                if (!Double.isFinite(component)) {
                    return "the stress is not a number";
                }
            }
        }
        return forces.length == 3 * elements.length
                ? null
                : "has " + forces.length / 3 + " forces for " + elements.length + " atoms";
    }

    /** A number, or NaN: Fortran prints asterisks where a number does not fit. */
    static double number(String word) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The element of a potential's title, {@code PAW_PBE Sr_sv 07Sep2000}, or of an element column. */
    static int element(Path file, String symbol) {
        Matcher matcher = SYMBOL.matcher(symbol);
        if (matcher.lookingAt()) {
            try {
                return Elements.atomicNumber(matcher.group());
            } catch (IllegalArgumentException e) {
                throw new InputException(file + ": " + e.getMessage(), e);
            }
        }
        throw new InputException(file + ": unknown element: '" + symbol + "', must be a chemical symbol such as Au");
    }

    static int[] elements(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
