package cupel.potential.export;

import cupel.potential.Potential;
import java.nio.file.Path;

/** Reads potentials that other programs trained. */
public final class PotentialImport {

    private PotentialImport() {}

    /**
     * The potential of n2p2's files {@code input.nn}, {@code scaling.data} and {@code weights.079.data} …, as n2p2 would compute it.
     *
     * @param length one unit of length of the files in angstrom; n2p2's files do not say
     * @param energy one unit of energy in eV
     * @throws cupel.structure.InputException naming file and line
     */
    public static Potential n2p2(Path folder, double length, double energy) {
        return new N2p2Reader(folder, length, energy).read();
    }

    /**
     * The potential of aenet's files {@code *.nn.ascii}, one for each element; in angstrom and eV, as aenet's always are.
     *
     * @throws cupel.structure.InputException naming file and line
     */
    public static Potential aenet(Path folder) {
        return new AenetReader(folder).read();
    }
}
