package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Downhill to the nearest minimum, by FIRE (Bitzek, Koskinen, Gähler, Moseler, Gumbsch, Phys. Rev. Lett. 97, 170201
 * (2006), with the parameters given there: N_min 5, f_inc 1.1, f_dec 0.5, alpha_start 0.1, f_alpha 0.99). Atoms move, the
 * cell does not. Masses are 1, and no step is longer than {@value #LONGEST_STEP} angstrom.
 *
 * @param largestForce done when no atom's force is larger, in eV/angstrom, positive
 * @param steps at most, 1 or more
 */
public record Relaxation(double largestForce, int steps) {

    private static final double LONGEST_STEP = 0.2;
    private static final double FIRST_TIME_STEP = 0.1;
    private static final double LONGEST_TIME_STEP = 1.0;

    public Relaxation {
        Checks.positive("largest force", largestForce);
        Checks.atLeast("number of steps", steps, 1);
    }

    /** Why a relaxation ended. */
    public enum Reason {
        /** The forces are small enough. */
        CONVERGED,
        /** Out of steps. */
        STEPS,
        /** The model's energy or a force is no finite number. */
        NOT_FINITE
    }

    /**
     * The end of a relaxation.
     *
     * @param structure the last one with finite energy and forces, without label
     * @param energy of it in eV; NaN if even the start has no finite energy
     * @param largestForce on any of its atoms, in eV/angstrom; NaN if even the start has no finite forces
     * @param steps made
     * @param reason why it ended
     */
    public record Result(Structure structure, double energy, double largestForce, int steps, Reason reason) {}

    /** Relaxes a structure. */
    public Result relax(EnergyModel model, Structure start) {
        Structure structure = start.withLabel(null);
        Evaluation evaluation = model.evaluate(structure);
        double largest = largestForce(evaluation);
        if (!Double.isFinite(evaluation.energy()) || !Double.isFinite(largest)) {
            return new Result(structure, Double.NaN, Double.NaN, 0, Reason.NOT_FINITE);
        }
        double[] positions = structure.positions();
        double[] velocities = new double[positions.length];
        double timeStep = FIRST_TIME_STEP;
        double alpha = 0.1;
        int downhill = 0;
        for (int step = 0; step < steps; step++) {
            if (largest <= largestForce) {
                return new Result(structure, evaluation.energy(), largest, step, Reason.CONVERGED);
            }
            double[] forces = evaluation.forces();
            double power = dot(forces, velocities);
            if (power > 0) {
                double mix = alpha * Math.sqrt(dot(velocities, velocities) / dot(forces, forces));
                for (int i = 0; i < velocities.length; i++) {
                    velocities[i] = (1 - alpha) * velocities[i] + mix * forces[i];
                }
                if (++downhill > 5) {
                    timeStep = Math.min(1.1 * timeStep, LONGEST_TIME_STEP);
                    alpha *= 0.99;
                }
            } else {
                Arrays.fill(velocities, 0);
                if (step > 0) {
                    timeStep *= 0.5;
                }
                alpha = 0.1;
                downhill = 0;
            }
            for (int i = 0; i < velocities.length; i++) {
                velocities[i] += timeStep * forces[i];
            }
            double length = timeStep * Math.sqrt(dot(velocities, velocities));
            if (!Double.isFinite(length)) {
                // forces beyond 1e150 eV/angstrom, from a model that has none to speak of
                return new Result(structure, evaluation.energy(), largest, step, Reason.NOT_FINITE);
            }
            double scale = length > LONGEST_STEP ? LONGEST_STEP / length * timeStep : timeStep;
            for (int i = 0; i < positions.length; i++) {
                positions[i] += scale * velocities[i];
            }
            Structure next = structure.withPositions(positions);
            Evaluation nextEvaluation = model.evaluate(next);
            double nextLargest = largestForce(nextEvaluation);
            if (!Double.isFinite(nextEvaluation.energy()) || !Double.isFinite(nextLargest)) {
                return new Result(structure, evaluation.energy(), largest, step, Reason.NOT_FINITE);
            }
            structure = next;
            evaluation = nextEvaluation;
            largest = nextLargest;
        }
        Reason reason = largest <= largestForce ? Reason.CONVERGED : Reason.STEPS;
        return new Result(structure, evaluation.energy(), largest, steps, reason);
    }

    /** NaN if any component is. */
    private static double largestForce(Evaluation evaluation) {
        double[] f = evaluation.forces();
        double largest2 = 0;
        for (int i = 0; i < f.length; i += 3) {
            // Math.max, unlike a comparison, lets a NaN through
            largest2 = Math.max(largest2, f[i] * f[i] + f[i + 1] * f[i + 1] + f[i + 2] * f[i + 2]);
        }
        return Math.sqrt(largest2);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
