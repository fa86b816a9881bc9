package cupel.reference;

import cupel.structure.Elements;
import cupel.structure.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Energies of isolated neutral atoms in GFN1, from xtb 6.5.1 run as {@link XtbEngine} runs it (300 K, least number of
 * unpaired electrons). Molybdenum converges at 500 K only, and manganese only as two atoms far apart; the table says so.
 * These are the zero of the sanity window, nothing else: offsets of a potential come from labels.
 */
final class Gfn1Atoms {

    private static final double[] ENERGIES = read();

    private Gfn1Atoms() {}

    /** Energy of an isolated atom in eV; atomic number 1 to 86. */
    static double energy(int atomicNumber) {
        return ENERGIES[atomicNumber];
    }

    private static double[] read() {
        double[] energies = new double[87];
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Gfn1Atoms.class.getResourceAsStream("gfn1-xtb-atoms.csv"), StandardCharsets.UTF_8))) {
            in.readLine(); // the names of the columns
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(",");
                energies[Elements.atomicNumber(words[0])] = Double.parseDouble(words[1]) * Units.HARTREE;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return energies;
    }
}
