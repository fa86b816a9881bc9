package cupel.potential;

import cupel.structure.Structure;

/**
 * A structure under Monte Carlo: one trial change at a time, then {@link #accept()} or {@link #reject()}.
 *
 * <p>Every {@code try…} method returns the total energy in eV that the structure would have, and leaves the trial
 * pending; calling another {@code try…} before accept or reject throws {@link IllegalStateException}. After an insertion is
 * accepted the new atom has the highest index; after a removal is accepted the atom that had the highest index takes
 * the removed one's place. Not safe for threads.
 */
public interface TrialState {

    /** Number of atoms, without the pending trial. */
    int size();

    /** Atomic number of an atom, without the pending trial. */
    int atomicNumber(int atom);

    /** Coordinate of an atom in angstrom, without the pending trial; axis 0, 1, 2. */
    double position(int atom, int axis);

    /** Total energy in eV, without the pending trial. */
    double energy();

    /** Energy were the atom at this place. */
    double tryMove(int atom, double x, double y, double z);

    /** Energy were there one more atom, at this place. */
    double tryInsertion(int atomicNumber, double x, double y, double z);

    /** Energy were the atom gone. The last atom cannot be removed: {@link IllegalStateException}. */
    double tryRemoval(int atom);

    /** Energy were the elements of two atoms exchanged, both staying in their places. */
    double trySwap(int atomA, int atomB);

    /** Makes the pending trial the state. */
    void accept();

    /** Forgets the pending trial. */
    void reject();

    /** The state as a structure, without label and notes. */
    Structure structure();
}
