package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import org.apache.commons.rng.UniformRandomProvider;

/** A random walk over structures. Implementations are immutable and may be shared between threads. */
public interface Sampler {

    /** Name as on the command line and in the notes of structures. */
    String name();

    /**
     * Walks from a start.
     *
     * @param model what gives energies; may answer anything, what is not finite is refused
     * @param start a cluster, allowed by the sampler's {@link Connectivity}; otherwise {@link IllegalArgumentException}
     * @param random the walk's own stream of random numbers
     */
    SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random);
}
