package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.potential.TrialState;
import cupel.structure.Structure;
import org.apache.commons.rng.UniformRandomProvider;

/** A random walk over structures. Implementations are immutable and may be shared between threads. */
public interface Sampler {

    /** Name as on the command line and in the notes of structures. */
    String name();

    /** Walks from a start, watched by nobody. */
    default SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random) {
        return sample(model, start, random, (cycle, state, energy) -> {});
    }

    /**
     * Walks from a start.
     *
     * @param model what gives energies; may answer anything, a trial that is not finite is refused
     * @param start a cluster, allowed by the sampler's {@link Connectivity}; otherwise {@link IllegalArgumentException}
     * @param random the walk's own stream of random numbers
     * @param observer told after each cycle that counts (not in equilibration)
     */
    SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random, CycleObserver observer);

    /** Sees the walk go by; for averages and tests. */
    @FunctionalInterface
    interface CycleObserver {

        /**
         * After a cycle.
         *
         * @param cycle counted from 1
         * @param state the walk's own state, not to be changed
         * @param energy in eV; infinite while no finite energy was found
         */
        void cycle(long cycle, TrialState state, double energy);
    }
}
