package cupel.reference.engine;

import cupel.structure.Label;
import cupel.structure.Structure;

/**
 * One geometry of a VASP run and what was computed for it.
 *
 * @param structure elements, places and lattice, without label
 * @param freeEnergy the free energy of the electrons with their smearing (TOTEN, {@code e_fr_energy}) in eV, whose derivative
 *     the forces are
 * @param zeroWidthEnergy the energy extrapolated to no smearing ({@code energy(sigma->0)}, {@code e_0_energy}) in eV
 * @param forces x y z per atom in eV/angstrom, or null when the run gave none; not copied
 * @param stress xx yy zz yz xz xy in eV/angstrom³, tension positive, or null; not copied
 * @param seconds wall time of the step, or NaN when the file does not tell
 * @param defect why this must not become a label, or null when nothing speaks against it
 */
public record IonicStep(
        Structure structure,
        double freeEnergy,
        double zeroWidthEnergy,
        double[] forces,
        double[] stress,
        double seconds,
        String defect) {

    /** Which of the two energies is meant. */
    public enum Energy {
        /** Extrapolated to no smearing. */
        ZERO_WIDTH,
        /** The free energy, consistent with the forces. */
        FREE
    }

    /**
     * The label.
     *
     * @throws IllegalStateException when there is a {@link #defect}
     */
    public Label label(Energy energy) {
        if (defect != null) {
            throw new IllegalStateException("no label: " + defect);
        }
        return new Label(energy == Energy.FREE ? freeEnergy : zeroWidthEnergy, forces, stress);
    }
}
