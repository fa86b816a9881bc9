package cupel.training;

import cupel.descriptor.Descriptor;

/**
 * How to train. Immutable, with copies by {@code withX}; {@link #standard()} and {@link #paper()} are the places to start from, and
 * {@code docs/decisions} says how their numbers were found.
 */
public final class TrainingSettings {

    /** With one network, one structure in this many is held out. */
    public static final int SINGLE_NETWORK_FOLDS = 10;

    static final double MAX_DAMPING = 1e12;

    /** What is fitted. */
    public enum Target {
        /** Energies per atom. */
        ENERGY,
        /** Energies per atom, and forces. */
        ENERGY_AND_FORCES
    }

    private Target target = Target.ENERGY;
    private Descriptor descriptor;
    private int[] hiddenLayers = {10, 10};
    private int folds = 10;
    private boolean holdOut = true;
    private int batchSize = 0;
    private double initialDamping = Double.NaN;
    private double minDamping = 1e-12;
    private int maxEpochs = 200;
    private int patience = 20;
    private double weightPrecision = 10;
    private double forceWeight = 0.2;
    private double forceScale = 3;
    private int forceComponents = 0;
    private int sketchRows = 4;
    private int smallPoolEpochs = 30;
    private boolean pairing = true;
    private boolean mean = false;

    private TrainingSettings() {}

    private TrainingSettings(TrainingSettings other) {
        target = other.target;
        descriptor = other.descriptor;
        hiddenLayers = other.hiddenLayers;
        folds = other.folds;
        holdOut = other.holdOut;
        batchSize = other.batchSize;
        initialDamping = other.initialDamping;
        minDamping = other.minDamping;
        maxEpochs = other.maxEpochs;
        patience = other.patience;
        weightPrecision = other.weightPrecision;
        forceWeight = other.forceWeight;
        forceScale = other.forceScale;
        forceComponents = other.forceComponents;
        sketchRows = other.sketchRows;
        smallPoolEpochs = other.smallPoolEpochs;
        pairing = other.pairing;
        mean = other.mean;
    }

    /** Levenberg-Marquardt on the whole pool at once, stopped early by the held-out fold. */
    public static TrainingSettings standard() {
        return new TrainingSettings();
    }

    /**
     * As Loeffler et al. (2020) trained: energies alone, batches of 32 (of one while the pool is smaller), learning rate 0.1, 2000
     * epochs, the network that was best on held-out structures.
     */
    public static TrainingSettings paper() {
        return standard()
                .withBatchSize(32)
                .withDamping(0.1, 0.1)
                .withMaxEpochs(2000)
                .withSmallPoolEpochs(2000)
                .withPatience(0)
                .withWeightPrecision(0)
                .withPairing(false);
    }

    /** What is fitted. Standard: energies. */
    public Target target() {
        return target;
    }

    /** Symmetry functions; null for those of the initial potential, or else {@code behler2011-26} of the elements in the pool. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** Widths of the hidden layers, tanh; a copy. Standard: 10, 10. */
    public int[] hiddenLayers() {
        return hiddenLayers.clone();
    }

    /**
     * Number K of networks, each with its own fold held out. With 1, one structure in {@link #SINGLE_NETWORK_FOLDS} is held
     * out. Standard: 10.
     */
    public int folds() {
        return folds;
    }

    /**
     * Whether each network has its fold held out. If not, all of them see the whole pool, they differ by their initial weights alone, training
     * ends when it has converged, and how strong the prior is follows from the errors in training and the number of weights that these
     * leave undetermined. Standard: yes.
     */
    public boolean holdOut() {
        return holdOut;
    }

    /** With or without folds held out. */
    public TrainingSettings withHoldOut(boolean value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.holdOut = value;
        return copy;
    }

    /**
     * Structures per step of the solver; 0 for all of them. A pool smaller than a batch is trained with batches of one. Standard:
     * 0.
     */
    public int batchSize() {
        return batchSize;
    }

    /** First μ of the solver; NaN for 1e-3 of the largest diagonal element of JᵀJ. Standard: NaN. */
    public double initialDamping() {
        return initialDamping;
    }

    /** Lower bound of μ. Standard: 1e-12. */
    public double minDamping() {
        return minDamping;
    }

    /** Passes over the pool. Standard: 200. */
    public int maxEpochs() {
        return maxEpochs;
    }

    /** Epochs without a lower held-out error after which training ends; 0 to go through all of them. Standard: 20. */
    public int patience() {
        return patience;
    }

    /**
     * 1/τ² of a Gaussian prior of width τ on the weights; times the mean square of the held-out residuals, or what stands for it without
     * {@link #holdOut}, it is the weight of ½ Σ w² in the cost. 0 for none. Standard: 10.
     */
    public double weightPrecision() {
        return weightPrecision;
    }

    /**
     * What an RMS force error over a structure is multiplied with to stand beside its error of energy per atom, in angstrom;
     * used with {@link Target#ENERGY_AND_FORCES}. Standard: 0.2.
     */
    public double forceWeight() {
        return forceWeight;
    }

    /** F0 in eV/angstrom: the force error of an atom counts 1/√(1 + (|F|/F0)²) times. Standard: 3. */
    public double forceScale() {
        return forceScale;
    }

    /** Force components used per structure, drawn once by seed; 0 for all. Standard: 0. */
    public int forceComponents() {
        return forceComponents;
    }

    /**
     * Random rows per parameter of the networks that stand for those of all force components in the matrix of a step, drawn anew for
     * each; the gradient stays exact. 0 for no such estimate, which small pools and batches do without anyway. Standard: 4.
     */
    public int sketchRows() {
        return sketchRows;
    }

    /** Passes where the pool is too small to hold anything out. Standard: 30. */
    public int smallPoolEpochs() {
        return smallPoolEpochs;
    }

    /** Whether the potential gets a pairing energy where the pool shows one. Standard: yes. */
    public boolean pairing() {
        return pairing;
    }

    /** With or without a pairing energy. */
    public TrainingSettings withPairing(boolean value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.pairing = value;
        return copy;
    }

    /** Whether the potential is the mean of all members, as one wider network, and not the best one. Standard: no. */
    public boolean mean() {
        return mean;
    }

    /** With the mean of all members as the potential, or with the best one. */
    public TrainingSettings withMean(boolean value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.mean = value;
        return copy;
    }

    /** With this to fit. */
    public TrainingSettings withTarget(Target value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.target = value;
        return copy;
    }

    /** With these symmetry functions, or null. */
    public TrainingSettings withDescriptor(Descriptor value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.descriptor = value;
        return copy;
    }

    /** With hidden layers of these widths, at least one. */
    public TrainingSettings withHiddenLayers(int... value) {
        if (value.length == 0) {
            throw new IllegalArgumentException("a network needs at least one hidden layer");
        }
        for (int width : value) {
            requireAtLeast("width of a hidden layer", width, 1);
        }
        TrainingSettings copy = new TrainingSettings(this);
        copy.hiddenLayers = value.clone();
        return copy;
    }

    /** With this many networks, at least 1. */
    public TrainingSettings withFolds(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.folds = requireAtLeast("number of folds", value, 1);
        return copy;
    }

    /** With this many structures per step, or 0 for all. */
    public TrainingSettings withBatchSize(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.batchSize = requireAtLeast("batch size", value, 0);
        return copy;
    }

    /**
     * With this damping.
     *
     * @param initial positive, or NaN
     * @param min lower bound, positive
     */
    public TrainingSettings withDamping(double initial, double min) {
        if (initial <= 0 || initial == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal initial damping: " + initial + ", must be positive and finite");
        }
        if (!(min > 0 && min < MAX_DAMPING)) {
            throw new IllegalArgumentException(
                    "illegal lower bound of the damping: " + min + ", must be positive and below " + MAX_DAMPING);
        }
        TrainingSettings copy = new TrainingSettings(this);
        copy.initialDamping = initial;
        copy.minDamping = min;
        return copy;
    }

    /** With at most this many epochs. */
    public TrainingSettings withMaxEpochs(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.maxEpochs = requireAtLeast("number of epochs", value, 0);
        return copy;
    }

    /** With this patience in epochs, or 0 for no end to it. */
    public TrainingSettings withPatience(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.patience = requireAtLeast("patience", value, 0);
        return copy;
    }

    /** With this precision 1/τ² of the weights, not negative. */
    public TrainingSettings withWeightPrecision(double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal precision of the weights: " + value + ", must not be negative");
        }
        TrainingSettings copy = new TrainingSettings(this);
        copy.weightPrecision = value;
        return copy;
    }

    /**
     * With this treatment of forces.
     *
     * @param weight in angstrom, positive
     * @param scale F0 in eV/angstrom, positive, may be infinite
     * @param components force components per structure, or 0 for all
     */
    public TrainingSettings withForces(double weight, double scale, int components) {
        if (!(scale > 0)) {
            throw new IllegalArgumentException("illegal force scale: " + scale + ", must be positive");
        }
        TrainingSettings copy = new TrainingSettings(this);
        copy.forceWeight = requirePositive("force weight", weight);
        copy.forceScale = scale;
        copy.forceComponents = requireAtLeast("number of force components", components, 0);
        return copy;
    }

    /** With this many random rows per parameter, or 0 for all rows. */
    public TrainingSettings withSketchRows(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.sketchRows = requireAtLeast("number of random rows per parameter", value, 0);
        return copy;
    }

    /** With this many epochs where nothing can be held out. */
    public TrainingSettings withSmallPoolEpochs(int value) {
        TrainingSettings copy = new TrainingSettings(this);
        copy.smallPoolEpochs = requireAtLeast("number of epochs of a small pool", value, 0);
        return copy;
    }

    private static int requireAtLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be at least " + least);
        }
        return value;
    }

    private static double requirePositive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be positive and finite");
        }
        return value;
    }
}
