package cupel.training;

import cupel.potential.Potential;
import java.util.List;

/**
 * What a training gave.
 *
 * @param potential the best network, with all K of them as its committee
 * @param best number of the member that is the best, from 0
 * @param members one per fold
 * @param curve every epoch of every member, epoch 0 being the start; in the order of folds and epochs
 * @param structures number of structures trained on, isolated atoms not counted
 */
public record TrainingResult(
        Potential potential, int best, List<Member> members, List<CurvePoint> curve, int structures) {

    /**
     * One network of the committee. Errors are root mean squares, of its best epoch; energies in eV per atom, forces in
     * eV/angstrom; NaN where there is nothing to compute them from.
     *
     * @param fold which part of the pool was held out, from 0
     * @param start what the network began as
     * @param epochs passes done
     * @param bestEpoch the pass that gave the network that was kept
     * @param heldOut number of structures held out, 0 where the pool is too small
     * @param reason why training ended
     */
    public record Member(
            int fold,
            Start start,
            int epochs,
            int bestEpoch,
            int heldOut,
            double trainEnergy,
            double heldOutEnergy,
            double trainForce,
            double heldOutForce,
            String reason) {}

    /** What a network began as. */
    public enum Start {
        /** Random weights. */
        RANDOM,
        /** A network of the initial potential. */
        INITIAL
    }

    /**
     * One row of the learning curve; units as in {@link Member}.
     *
     * @param damping μ after the epoch; NaN before the first one where it is relative
     */
    public record CurvePoint(
            int fold,
            int epoch,
            double trainEnergy,
            double heldOutEnergy,
            double trainForce,
            double heldOutForce,
            double damping) {}

    /** The member that became the potential. */
    public Member bestMember() {
        return members.get(best);
    }
}
