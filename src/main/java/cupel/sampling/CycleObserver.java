package cupel.sampling;

import cupel.potential.TrialState;

/** Sees a Monte Carlo walk go by, for averages: told after each cycle that counts, not in equilibration. */
@FunctionalInterface
public interface CycleObserver {

    /** Nobody looks. */
    CycleObserver NONE = (cycle, state, energy) -> {};

    /**
     * After a cycle.
     *
     * @param cycle counted from 1
     * @param state the walk's own state, not to be changed
     * @param energy in eV; infinite while no finite energy was found
     */
    void cycle(long cycle, TrialState state, double energy);
}
