package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.sampling.Relaxation;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * A relaxation whose energies and forces come from outside, one geometry at a time: from all that is known so far it says where to
 * look next, or that it is done. It remembers nothing; the same knowledge gives the same answer, bit for bit.
 *
 * <p>Next is the minimum of a {@link DifferenceModel} through all labels, found downhill from the lowest, no atom farther from there than
 * the trust radius. The radius is {@value #TRUST} angstrom at first; it halves when a label turned out higher than the lowest before it,
 * grows by half, up to twice its first value, when it turned out lower, and is a quarter when there was no label at all, because the calculation
 * failed. So every step begins at the lowest geometry known, and an uphill step costs one label.
 *
 * @param largestForce done when no atom's force is larger, in eV/angstrom, positive
 * @param labels at most, failures counted, 1 or more
 */
public record StepwiseRelaxation(double largestForce, int labels) {

    private static final double TRUST = 0.25;
    private static final double SMALLEST_TRUST = 1e-4;
    private static final int MOST_FAILURES = 4;

    /** So many numbers (energies and force components) a surrogate learns from; the latest, and those of the lowest. */
    private static final int MOST_NUMBERS = 1500;

    /** With the potential's own minimum as far from the structure given as this, in angstrom, the relaxation starts as given. */
    public static final double FARTHEST_START = 0.5;

    private static final int SURROGATE_EVALUATIONS = 400;

    public StepwiseRelaxation {
        if (!(largestForce > 0)) {
            throw new IllegalArgumentException("illegal force tolerance: " + largestForce + ", must be positive");
        }
        if (labels < 1) {
            throw new IllegalArgumentException("illegal number of labels: " + labels + ", must be 1 or more");
        }
    }

    /**
     * A geometry that was asked for.
     *
     * @param positions x y z per atom in angstrom; not copied
     * @param energy in eV; NaN when the calculation failed
     * @param forces x y z per atom in eV/angstrom; null when the calculation failed; not copied
     */
    public record Point(double[] positions, double energy, double[] forces) {

        /** Whether there is a label. */
        boolean known() {
            return forces != null;
        }
    }

    /** Why a relaxation is over, or not. */
    public enum Reason {
        /** Not over: a label is wanted. */
        UNDER_WAY,
        /** The forces are small enough. */
        CONVERGED,
        /** Out of labels. */
        LABELS,
        /** No lower geometry was found, however near the lowest known. */
        STUCK,
        /** Calculations failed again and again. */
        FAILED
    }

    /**
     * What to do.
     *
     * @param reason UNDER_WAY, or why there is nothing more to do
     * @param next positions to label, in angstrom; null when it is over
     * @param best index of the best point so far: that with small enough forces, else the lowest; -1 when none has a label
     */
    public record Answer(Reason reason, double[] next, int best) {}

    /**
     * Where to begin: at the minimum of the model, if there is a model and its minimum is the same isomer (root mean square
     * distance at most {@value #FARTHEST_START} angstrom); else at the structure as given.
     */
    public Structure start(EnergyModel model, Structure given) {
        if (model == null) {
            return given;
        }
        Relaxation.Result result = new Descent(0.1 * largestForce, 2000).relax(model, given);
        boolean same = result.reason() != Relaxation.Reason.NOT_FINITE
                && ClusterGeometry.rmsd(given, result.structure()) <= FARTHEST_START;
        return same ? result.structure() : given.withLabel(null);
    }

    /**
     * The next step.
     *
     * @param model whose surface is like the reference's, or null
     * @param template the cluster
     * @param history all points asked for so far, in their order; at least one
     */
    public Answer next(EnergyModel model, Structure template, List<Point> history) {
        int lowest = -1;
        int converged = -1;
        int failures = 0;
        double trust = TRUST;
        List<Point> known = new ArrayList<>();
        for (int k = 0; k < history.size(); k++) {
            Point point = history.get(k);
            if (!point.known()) {
                failures++;
                trust *= 0.25;
                continue;
            }
            failures = 0;
            if (ClusterGeometry.largestForce(point.forces()) <= largestForce
                    && (converged < 0 || point.energy() < history.get(converged).energy())) {
                converged = k;
            }
            if (lowest < 0 || point.energy() < history.get(lowest).energy()) {
                trust = known.isEmpty() ? TRUST : Math.min(2 * TRUST, 1.5 * trust);
                lowest = k;
            } else {
                trust *= 0.5;
            }
            known.add(point);
        }
        if (converged >= 0) {
            return new Answer(Reason.CONVERGED, null, converged);
        }
        if (failures >= MOST_FAILURES || lowest < 0) {
            return new Answer(Reason.FAILED, null, lowest);
        }
        if (history.size() >= labels) {
            return new Answer(Reason.LABELS, null, lowest);
        }
        if (trust < SMALLEST_TRUST) {
            return new Answer(Reason.STUCK, null, lowest);
        }
        Point best = history.get(lowest);
        return new Answer(
                Reason.UNDER_WAY, proposal(usable(model, template, known), template, known, best, trust), lowest);
    }

    private double[] proposal(EnergyModel model, Structure template, List<Point> known, Point best, double trust) {
        DifferenceModel surrogate = new DifferenceModel(
                model,
                template,
                latest(known, best, template.size()),
                model == null ? DifferenceModel.LENGTH_WITHOUT_MODEL : DifferenceModel.LENGTH_WITH_MODEL);
        double[] from = best.positions();
        Relaxation.Result result = new Descent(0.1 * largestForce, SURROGATE_EVALUATIONS, Math.min(0.1, 0.5 * trust))
                .relax(surrogate, template.withPositions(from));
        double[] next = result.structure().positions();
        double moved = ClusterGeometry.largestDisplacement(next, from);
        if (!(moved > 1e-6)) {
            // The surrogate has smoothed the force away that is still there: a small step along it.
            double[] forces = best.forces();
            double scale = Math.min(trust, 0.02) / ClusterGeometry.largestForce(forces);
            for (int i = 0; i < next.length; i++) {
                next[i] = from[i] + scale * forces[i];
            }
        } else if (moved > trust) {
            for (int i = 0; i < next.length; i++) {
                next[i] = from[i] + trust / moved * (next[i] - from[i]);
            }
        }
        return next;
    }

    /** The model, or null when it has no finite energy or force at a geometry of the history. */
    private static EnergyModel usable(EnergyModel model, Structure template, List<Point> known) {
        if (model != null) {
            for (Point point : known) {
                Evaluation there = model.evaluate(template.withPositions(point.positions()));
                if (!Double.isFinite(there.energy())
                        || !Double.isFinite(ClusterGeometry.largestForce(there.forces()))) {
                    return null;
                }
            }
        }
        return model;
    }

    private static List<Point> latest(List<Point> known, Point best, int atoms) {
        int most = Math.max(4, MOST_NUMBERS / (3 * atoms + 1));
        if (known.size() <= most) {
            return known;
        }
        List<Point> latest = new ArrayList<>(known.subList(known.size() - most, known.size()));
        if (!latest.contains(best)) {
            latest.set(0, best);
        }
        return latest;
    }
}
