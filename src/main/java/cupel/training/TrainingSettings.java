package cupel.training;

import cupel.descriptor.Descriptor;

/**
 * How to train. Immutable; {@link #standard()} and {@link #paper()} are the places to start from.
 *
 * @param target what is fitted
 * @param descriptor symmetry functions; null for those of the initial potential, or else {@code behler2011-26} of the elements
 *     in the pool
 * @param hiddenLayers widths of the hidden layers, tanh, one or more
 * @param folds number K of networks, each with its own fold held out; at least 1. With 1, one fold of
 *     {@link #SINGLE_NETWORK_FOLDS} is held out
 * @param batchSize structures per step of the solver; 0 for all of them. A pool smaller than a batch is trained with batches of one
 * @param initialDamping first μ of the solver ("learning rate" with batches); NaN for 1e-3 of the largest diagonal element of JᵀJ
 * @param minDamping lower bound of μ
 * @param maxEpochs passes over the pool
 * @param patience epochs without a lower held-out error after which training ends; 0 to go through all of them
 * @param ridge weight of ½ Σ w² in the cost, whose residuals are in eV per atom: (expected error / expected size of a weight)²
 * @param forceWeight what an RMS force error over a structure is multiplied with to stand beside its error of energy per atom,
 *     in angstrom; used with {@link Target#ENERGY_AND_FORCES}
 * @param forceScale F0 in eV/angstrom: the force error of an atom counts 1/√(1 + (|F|/F0)²) times
 * @param forceComponents force components used per structure, drawn once by seed; 0 for all
 * @param smallPoolEpochs passes where the pool is too small to hold anything out
 */
public record TrainingSettings(
        Target target,
        Descriptor descriptor,
        int[] hiddenLayers,
        int folds,
        int batchSize,
        double initialDamping,
        double minDamping,
        int maxEpochs,
        int patience,
        double ridge,
        double forceWeight,
        double forceScale,
        int forceComponents,
        int smallPoolEpochs) {

    /** With one network, one structure in this many is held out. */
    public static final int SINGLE_NETWORK_FOLDS = 10;

    /** What is fitted. */
    public enum Target {
        /** Energies per atom. */
        ENERGY,
        /** Energies per atom, and forces. */
        ENERGY_AND_FORCES
    }

    public TrainingSettings {
        if (hiddenLayers.length == 0) {
            throw new IllegalArgumentException("a network needs at least one hidden layer");
        }
        for (int width : hiddenLayers) {
            if (width < 1) {
                throw new IllegalArgumentException(
                        "illegal width of a hidden layer: " + width + ", must be at least 1");
            }
        }
        requireAtLeast("number of folds", folds, 1);
        requireAtLeast("batch size", batchSize, 0);
        requireAtLeast("number of epochs", maxEpochs, 0);
        requireAtLeast("patience", patience, 0);
        requireAtLeast("number of force components", forceComponents, 0);
        requireAtLeast("number of epochs of a small pool", smallPoolEpochs, 0);
        if (initialDamping <= 0 || initialDamping == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal initial damping: " + initialDamping + ", must be positive");
        }
        if (!(minDamping > 0 && minDamping < MAX_DAMPING)) {
            throw new IllegalArgumentException("illegal lower bound of the damping: " + minDamping
                    + ", must be positive and below " + MAX_DAMPING);
        }
        if (!(ridge >= 0 && ridge < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal ridge: " + ridge + ", must not be negative");
        }
        if (!(forceWeight > 0 && forceWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal force weight: " + forceWeight + ", must be positive");
        }
        if (!(forceScale > 0)) {
            throw new IllegalArgumentException("illegal force scale: " + forceScale + ", must be positive");
        }
        hiddenLayers = hiddenLayers.clone();
    }

    static final double MAX_DAMPING = 1e12;

    private static void requireAtLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be at least " + least);
        }
    }

    /** Levenberg-Marquardt on the whole pool at once, stopped early by the held-out fold. */
    public static TrainingSettings standard() {
        return new TrainingSettings(
                Target.ENERGY, null, new int[] {10, 10}, 10, 0, Double.NaN, 1e-12, 200, 20, 1e-6, 0.3, 3.0, 0, 30);
    }

    /**
     * As Loeffler et al. (2020) trained: energies alone, batches of 32 (of one while the pool is smaller), learning rate 0.1, 2000
     * epochs, the network that was best on held-out structures.
     */
    public static TrainingSettings paper() {
        return new TrainingSettings(
                Target.ENERGY, null, new int[] {10, 10}, 10, 32, 0.1, 0.1, 2000, 0, 0, 0.3, 3.0, 0, 2000);
    }

    /** Widths of the hidden layers; a copy. */
    @Override
    public int[] hiddenLayers() {
        return hiddenLayers.clone();
    }

    public TrainingSettings withTarget(Target value) {
        return new TrainingSettings(
                value,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withDescriptor(Descriptor value) {
        return new TrainingSettings(
                target,
                value,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withHiddenLayers(int... value) {
        return new TrainingSettings(
                target,
                descriptor,
                value,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withFolds(int value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                value,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withBatchSize(int value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                value,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withDamping(double initial, double min) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initial,
                min,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withMaxEpochs(int value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                value,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withPatience(int value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                value,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withRidge(double value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                value,
                forceWeight,
                forceScale,
                forceComponents,
                smallPoolEpochs);
    }

    public TrainingSettings withForces(double weight, double scale, int components) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                weight,
                scale,
                components,
                smallPoolEpochs);
    }

    public TrainingSettings withSmallPoolEpochs(int value) {
        return new TrainingSettings(
                target,
                descriptor,
                hiddenLayers,
                folds,
                batchSize,
                initialDamping,
                minDamping,
                maxEpochs,
                patience,
                ridge,
                forceWeight,
                forceScale,
                forceComponents,
                value);
    }
}
