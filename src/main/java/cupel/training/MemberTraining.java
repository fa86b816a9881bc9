package cupel.training;

import cupel.structure.Seeds;
import cupel.training.TrainingResult.CurvePoint;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Trains the networks of one member of the committee: one fold held out, or nothing. */
final class MemberTraining {

    /**
     * What came of it.
     *
     * @param parameters the best ones
     */
    record Outcome(
            double[] parameters,
            int epochs,
            int bestEpoch,
            String reason,
            Fit.Errors train,
            Fit.Errors heldOut,
            List<CurvePoint> curve) {

        /** The errors that networks are compared by: held-out ones, or those of training where nothing was held out. */
        Fit.Errors judged() {
            return heldOut == null ? train : heldOut;
        }
    }

    private static final long SKETCH = Seeds.key("sketch");

    private final int fold;
    private final TrainingSettings settings;
    private final List<Example> train;
    private final List<Example> heldOut;
    private final Fit fit;
    private final Fit heldOutFit;
    private final List<CurvePoint> curve = new ArrayList<>();

    private double[] best;
    private int bestEpoch;
    private double bestMeasure = Double.POSITIVE_INFINITY;
    private double leastMeanSquare = Double.POSITIVE_INFINITY;
    private Fit.Errors bestTrain;
    private Fit.Errors bestHeldOut;
    private int sinceBest;
    private double noise = Double.NaN;

    /**
     * @param layers of the network of each element
     * @param heldOut structures to stop by; empty for none
     */
    MemberTraining(int fold, TrainingSettings settings, int[][] layers, List<Example> train, List<Example> heldOut) {
        this.fold = fold;
        this.settings = settings;
        this.train = train;
        this.heldOut = heldOut;
        fit = new Fit(layers, train);
        heldOutFit = heldOut.isEmpty() ? null : new Fit(layers, heldOut);
    }

    Outcome run(double[] start, long seed) {
        int epochs = heldOut.isEmpty() && settings.holdOut()
                ? Math.min(settings.smallPoolEpochs(), settings.maxEpochs())
                : settings.maxEpochs();
        LevenbergMarquardt solver = new LevenbergMarquardt()
                .withDampingBounds(settings.minDamping(), TrainingSettings.MAX_DAMPING)
                .withTolerances(1e-7, 1e-10, 1e-10)
                .withMaxIterations(epochs);
        if (!Double.isNaN(settings.initialDamping())) {
            solver = solver.withInitialDamping(settings.initialDamping());
        }
        record(0, start, settings.initialDamping());
        return settings.batchSize() == 0
                ? wholePool(solver, start, epochs, seed)
                : batches(solver, start, epochs, seed);
    }

    private Outcome wholePool(LevenbergMarquardt solver, double[] start, int epochs, long seed) {
        int sketch = sketchPerStructure();
        boolean accelerated = settings.target() == TrainingSettings.Target.ENERGY;
        LevenbergMarquardt.Run run =
                solver.withAcceleration(accelerated ? ACCELERATION : 0).start(start);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            fit.sketch(sketch, Seeds.derive(seed, SKETCH, epoch));
            run.setRidge(ridge());
            run.evaluate(fit);
            LevenbergMarquardt.Reason reason = run.step(fit);
            boolean goOn = record(epoch, run.parameters(), run.damping());
            if (!settings.holdOut() && (epoch <= NOISE_EVERY || epoch % NOISE_EVERY == 0)) {
                estimateNoise(run);
            }
            if (reason != null) {
                return outcome(epoch, reason.toString());
            }
            if (!goOn) {
                return outcome(epoch, noImprovement());
            }
        }
        return outcome(epochs, LevenbergMarquardt.Reason.ITERATIONS.toString());
    }

    /** Rows for the forces of a structure in the estimate of the matrix; 0 where the exact one is no more work. */
    private int sketchPerStructure() {
        int structures = 0;
        long components = 0;
        for (Example example : train) {
            structures += example.forces().length > 0 ? 1 : 0;
            components += example.forces().length;
        }
        long wanted = (long) settings.sketchRows() * fit.parameterCount();
        if (wanted == 0 || components <= wanted) {
            return 0;
        }
        return Math.toIntExact((wanted + structures - 1) / structures);
    }

    /**
     * Weight of ½ Σ w² beside ½ Σ r²: that of a Gaussian prior on the weights, of the width that the settings say, where the
     * residuals are as large as those of unseen structures are.
     */
    private double ridge() {
        double largest = Math.max(NOISE, NOISE * train.size() / 40);
        if (!settings.holdOut()) {
            double square = Double.isNaN(noise) ? leastMeanSquare : noise;
            return settings.weightPrecision() * Math.max(LEAST_NOISE, Math.min(square, largest));
        }
        if (heldOut.isEmpty()) {
            return settings.weightPrecision() * LEAST_MEAN_SQUARE;
        }
        return settings.weightPrecision() * Math.max(LEAST_MEAN_SQUARE, Math.min(leastMeanSquare, largest));
    }

    /** (1e-4 eV/atom)²: labels are hardly ever better than that. */
    private static final double LEAST_MEAN_SQUARE = 1e-8;

    /**
     * (0.02 eV/atom)², what the prior takes for noise at most in a pool of up to 40 structures, and in proportion in larger ones. A
     * larger error is that of a network that has not learned yet. Without this bound a small pool is taken for noise altogether,
     * and the network stays where all weights are zero.
     */
    private static final double NOISE = 4e-4;

    /** Transtrum and Sethna's limit. */
    private static final double ACCELERATION = 0.75;

    /** Epochs from one estimate of the noise to the next: each costs about as much as a step. */
    private static final int NOISE_EVERY = 5;

    /** (1e-5 eV/atom)², the digits of labels. */
    private static final double LEAST_NOISE = 1e-10;

    /** The mean square of the training residuals, with as many of them taken off as there are weights that they determine. */
    private void estimateNoise(LevenbergMarquardt.Run run) {
        double residuals = fit.residualCount();
        double free = residuals - (settings.weightPrecision() == 0 ? 0 : run.effectiveParameters());
        double estimate = 2 * fit.errors(run.parameters()).cost() / Math.max(free, 0.01 * residuals);
        if (Double.isFinite(estimate)) {
            noise = estimate;
        }
    }

    private Outcome batches(LevenbergMarquardt solver, double[] start, int epochs, long seed) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        int size = train.size() < settings.batchSize() ? 1 : settings.batchSize();
        int[] order = new int[train.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        LevenbergMarquardt.Run run = solver.withMaxTrials(BATCH_TRIALS).start(start);
        List<Example> batch = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int first = 0; first < order.length; first += size) {
                batch.clear();
                // The structures that are left over make a smaller last batch.
                for (int i = first; i < Math.min(first + size, order.length); i++) {
                    batch.add(train.get(order[i]));
                }
                fit.setExamples(batch);
                if (Double.isFinite(run.evaluate(fit))) {
                    run.step(fit);
                }
            }
            fit.setExamples(train);
            if (!record(epoch, run.parameters(), run.damping())) {
                return outcome(epoch, noImprovement());
            }
        }
        return outcome(epochs, LevenbergMarquardt.Reason.ITERATIONS.toString());
    }

    /** Steps tried on a batch before it is left alone. */
    private static final int BATCH_TRIALS = 8;

    private String noImprovement() {
        return (heldOut.isEmpty() ? "no improvement in " : "no improvement on held-out structures in ")
                + settings.patience() + " epochs";
    }

    private Outcome outcome(int epochs, String reason) {
        return new Outcome(best, epochs, bestEpoch, reason, bestTrain, bestHeldOut, curve);
    }

    /** Notes an epoch and keeps its network if it is the best so far; false where patience is at its end. */
    private boolean record(int epoch, double[] w, double damping) {
        Fit.Errors trainErrors = fit.errors(w);
        Fit.Errors heldOutErrors = heldOutFit == null ? null : heldOutFit.errors(w);
        curve.add(new CurvePoint(
                fold,
                epoch,
                trainErrors.energyRmse(),
                heldOutErrors == null ? Double.NaN : heldOutErrors.energyRmse(),
                trainErrors.forceRmse(),
                heldOutErrors == null ? Double.NaN : heldOutErrors.forceRmse(),
                damping));
        double measure = (heldOutErrors == null ? trainErrors : heldOutErrors).meanCost();
        leastMeanSquare = Math.min(leastMeanSquare, (heldOutErrors == null ? trainErrors : heldOutErrors).meanSquare());
        boolean keepLast = !settings.holdOut() && settings.batchSize() == 0; // F falls, the error alone need not
        if (best == null || measure < bestMeasure || keepLast) {
            best = w.clone();
            bestEpoch = epoch;
            bestMeasure = Double.isFinite(measure) ? measure : Double.POSITIVE_INFINITY;
            bestTrain = trainErrors;
            bestHeldOut = heldOutErrors;
            sinceBest = 0;
        } else {
            sinceBest++;
        }
        return settings.patience() == 0 || sinceBest < settings.patience();
    }
}
