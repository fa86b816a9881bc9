package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.sampling.Relaxation;
import cupel.structure.Structure;

/**
 * Downhill to the nearest minimum by L-BFGS with a limit on each step and backtracking: every step lowers the energy, as
 * Armijo's rule asks (Nocedal, Wright, Numerical Optimization, eq. 3.4, c = 1e-4). It needs fewer evaluations
 * than {@link Relaxation}, which searches through thousands of minima feel. Atoms move, the cell does not.
 *
 * @param largestForce done when no atom's force is larger, in eV/angstrom, positive
 * @param evaluations of the model at most, 1 or more
 * @param longestStep no atom moves farther in one step, in angstrom, positive
 */
public record Descent(double largestForce, int evaluations, double longestStep) {

    private static final int PAIRS = 20;
    private static final double SUFFICIENT = 1e-4;
    private static final double SHORTEST_STEP = 1e-9;

    public Descent {
        if (!(largestForce > 0)) {
            throw new IllegalArgumentException("illegal largest force: " + largestForce + ", must be positive");
        }
        if (evaluations < 1) {
            throw new IllegalArgumentException("illegal number of evaluations: " + evaluations + ", must be 1 or more");
        }
        if (!(longestStep > 0)) {
            throw new IllegalArgumentException("illegal longest step: " + longestStep + ", must be positive");
        }
    }

    /** Steps of at most 0.2 angstrom. */
    public Descent(double largestForce, int evaluations) {
        this(largestForce, evaluations, 0.2);
    }

    /**
     * Relaxes a structure. {@code steps} of the result counts evaluations after the first; {@code STEPS} is also the reason when
     * no step in any direction lowers the energy any more, which is so within rounding, and where the model's forces are not
     * those of its energy.
     */
    public Relaxation.Result relax(EnergyModel model, Structure start) {
        Structure structure = start.withLabel(null);
        Evaluation evaluation = model.evaluate(structure);
        double largest = ClusterGeometry.largestForce(evaluation.forces());
        if (!Double.isFinite(evaluation.energy()) || !Double.isFinite(largest)) {
            return new Relaxation.Result(structure, Double.NaN, Double.NaN, 0, Relaxation.Reason.NOT_FINITE);
        }
        double[] x = structure.positions();
        double energy = evaluation.energy();
        double[] gradient = negated(evaluation.forces());
        LbfgsMemory memory = new LbfgsMemory(x.length, PAIRS);
        double[] direction = new double[x.length];
        double[] trial = new double[x.length];
        boolean fresh = true;
        boolean notFinite = false;
        int used = 0;
        while (used < evaluations && largest > largestForce) {
            memory.direction(gradient, direction);
            double length = longest(direction);
            double scale = length > longestStep ? longestStep / length : 1;
            double slope = LbfgsMemory.dot(direction, gradient);
            boolean moved = false;
            while (used < evaluations && scale * length > SHORTEST_STEP) {
                for (int i = 0; i < x.length; i++) {
                    trial[i] = x[i] + scale * direction[i];
                }
                Structure next = structure.withPositions(trial);
                Evaluation there = model.evaluate(next);
                used++;
                double nextLargest = ClusterGeometry.largestForce(there.forces());
                notFinite = !Double.isFinite(there.energy()) || !Double.isFinite(nextLargest);
                // The last term: near a minimum differences of energies drown in rounding.
                if (!notFinite && there.energy() <= energy + SUFFICIENT * scale * slope + 1e-12 * Math.abs(energy)) {
                    double[] nextGradient = negated(there.forces());
                    memory.add(x, trial, gradient, nextGradient);
                    System.arraycopy(trial, 0, x, 0, x.length);
                    structure = next;
                    energy = there.energy();
                    gradient = nextGradient;
                    largest = nextLargest;
                    moved = true;
                    break;
                }
                scale *= notFinite ? 0.25 : 0.4;
            }
            if (!moved) {
                if (fresh || used >= evaluations) {
                    break;
                }
                memory.clear();
            }
            fresh = !moved;
        }
        Relaxation.Reason reason = largest <= largestForce
                ? Relaxation.Reason.CONVERGED
                : notFinite ? Relaxation.Reason.NOT_FINITE : Relaxation.Reason.STEPS;
        return new Relaxation.Result(structure, energy, largest, used, reason);
    }

    private static double longest(double[] direction) {
        return ClusterGeometry.largestForce(direction);
    }

    private static double[] negated(double[] forces) {
        double[] gradient = new double[forces.length];
        for (int i = 0; i < forces.length; i++) {
            gradient[i] = -forces[i];
        }
        return gradient;
    }
}
