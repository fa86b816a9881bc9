package cupel.assay.cluster;

import java.util.Arrays;

/**
 * The two-loop recursion of L-BFGS (Nocedal, Math. Comput. 35, 773 (1980); Nocedal, Wright, Numerical Optimization, algorithm
 * 7.4): a direction downhill from the last steps and what they did to the gradient. Mutable, not safe for threads.
 */
final class LbfgsMemory {

    /** Inverse curvature before anything is known, in angstrom²/eV: a bond in a metal has some 5 to 10 eV/angstrom². */
    private static final double FIRST_INVERSE_CURVATURE = 0.05;

    private final double[][] steps;
    private final double[][] changes;
    private final double[] inverseProducts;
    private final double[] weights;
    private int stored;
    private int newest = -1;

    LbfgsMemory(int dimension, int pairs) {
        steps = new double[pairs][dimension];
        changes = new double[pairs][dimension];
        inverseProducts = new double[pairs];
        weights = new double[pairs];
    }

    void clear() {
        stored = 0;
        newest = -1;
    }

    /** Takes up a step and its change of the gradient, unless the curvature along it is not positive. */
    void add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo) {
        int slot = (newest + 1) % steps.length;
        double[] s = steps[slot];
        double[] y = changes[slot];
        for (int i = 0; i < s.length; i++) {
            s[i] = to[i] - from[i];
            y[i] = gradientTo[i] - gradientFrom[i];
        }
        double product = dot(s, y);
        if (!(product > 1e-8 * Math.sqrt(dot(s, s) * dot(y, y)))) {
            // The slot may have held the oldest pair: it is gone now.
            stored = Math.min(stored, steps.length - 1);
            return;
        }
        inverseProducts[slot] = 1 / product;
        newest = slot;
        stored = Math.min(stored + 1, steps.length);
    }

    /** Minus the inverse Hessian times the gradient. */
    void direction(double[] gradient, double[] direction) {
        for (int i = 0; i < gradient.length; i++) {
            direction[i] = -gradient[i];
        }
        for (int k = 0; k < stored; k++) {
            int slot = slot(k);
            double w = inverseProducts[slot] * dot(steps[slot], direction);
            weights[slot] = w;
            double[] y = changes[slot];
            for (int i = 0; i < direction.length; i++) {
                direction[i] -= w * y[i];
            }
        }
        double scale = FIRST_INVERSE_CURVATURE;
        if (stored > 0) {
            double[] y = changes[newest];
            scale = 1 / (inverseProducts[newest] * dot(y, y));
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= scale;
        }
        for (int k = stored - 1; k >= 0; k--) {
            int slot = slot(k);
            double correction = weights[slot] - inverseProducts[slot] * dot(changes[slot], direction);
            double[] s = steps[slot];
            for (int i = 0; i < direction.length; i++) {
                direction[i] += correction * s[i];
            }
        }
        if (!(dot(direction, gradient) < 0)) {
            // Rounding has eaten the descent: begin again along the force.
            clear();
            Arrays.setAll(direction, i -> -FIRST_INVERSE_CURVATURE * gradient[i]);
        }
    }

    /** The k-th pair, the newest first. */
    private int slot(int k) {
        return Math.floorMod(newest - k, steps.length);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
