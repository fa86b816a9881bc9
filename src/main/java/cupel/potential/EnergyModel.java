package cupel.potential;

import cupel.structure.Structure;

/**
 * Anything that gives a structure an energy and forces: a trained potential, or a classical model.
 *
 * <p>Implementations are immutable and may be shared between threads; what they need to work with they allocate per call
 * or per {@link TrialState}.
 */
public interface EnergyModel {

    /** Energy in eV; may be any number, NaN included, where an untrained potential is asked. */
    default double energy(Structure structure) {
        return evaluate(structure).energy();
    }

    /** Energy, forces and stress. */
    Evaluation evaluate(Structure structure);

    /**
     * A mutable copy of the structure for Monte Carlo, whose trial moves the model evaluates. The default recomputes the
     * whole energy at each trial; a model that can do better overrides it.
     */
    default TrialState trialState(Structure structure) {
        return new RecomputingTrialState(this, structure);
    }
}
