package cupel.sampling;

/**
 * How one kind of trial move fared.
 *
 * @param move {@code displacement}, {@code relocation}, {@code swap}, {@code insertion} or {@code removal}
 * @param attempted trials
 * @param misfits refused before any energy: atoms too near, or the cluster in pieces, or nothing to move
 * @param notFinite refused because the energy was no finite number
 * @param accepted trials that became the state
 */
public record MoveCounts(String move, long attempted, long misfits, long notFinite, long accepted) {

    /** Accepted trials by attempted ones; NaN when there were none. */
    public double acceptance() {
        return (double) accepted / attempted;
    }
}
