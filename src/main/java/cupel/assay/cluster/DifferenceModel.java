package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * A model corrected to agree with labels at some geometries of one cluster: the model plus a Gaussian process through the
 * differences of energies and forces (Garijo del Río, Mortensen, Jacobsen, Phys. Rev. B 100, 104103 (2019), eqs. 4 to 9, with
 * the model in the place of their constant prior mean).
 *
 * <pre>
 *   E(x) = E_model(x) + c + Σ_b k(x, x_b) α_b + Σ_b Σ_j ∂k(x, x_b)/∂x_bj α_bj,   k(x, x') = exp(−|x − x'|² / 2 l²)
 * </pre>
 *
 * <p>x are all 3N coordinates. Without a model the constant c is the highest energy seen, as in the paper, so that the
 * surface rises away from what is known; with one it is the most likely constant.
 */
final class DifferenceModel implements EnergyModel {

    /** Length scale l of the differences with a model to start from, in angstrom. */
    static final double LENGTH_WITH_MODEL = 1.0;

    /** Length scale l without, in angstrom, as in the paper. */
    static final double LENGTH_WITHOUT_MODEL = 0.4;

    // Errors of reference calculations, relative to the process's width of 1 eV.
    private static final double ENERGY_NOISE = 5e-4;
    private static final double FORCE_NOISE = 1e-3;

    private final EnergyModel model;
    private final double[][] places;
    private final double inverseSquare;
    private final double constant;
    private final double[] energyWeights;
    private final double[][] forceWeights;

    /**
     * @param model to correct, or null for none
     * @param template the cluster's elements
     * @param points geometries with labels, one or more
     */
    DifferenceModel(EnergyModel model, Structure template, List<StepwiseRelaxation.Point> points, double length) {
        this.model = model;
        this.inverseSquare = 1 / (length * length);
        int count = points.size();
        int dimension = 3 * template.size();
        places = new double[count][];
        double[] energies = new double[count];
        double[] observed = new double[count * (1 + dimension)];
        double highest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < count; a++) {
            StepwiseRelaxation.Point point = points.get(a);
            places[a] = point.positions();
            energies[a] = point.energy();
            double[] forces = point.forces();
            if (model != null) {
                Evaluation known = model.evaluate(template.withPositions(places[a]));
                energies[a] -= known.energy();
                forces = forces.clone();
                for (int i = 0; i < dimension; i++) {
                    forces[i] -= known.forces()[i];
                }
            }
            highest = Math.max(highest, energies[a]);
            for (int i = 0; i < dimension; i++) {
                observed[count + a * dimension + i] = -forces[i];
            }
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(observed.length);
        if (!solver.setA(covariance(dimension))) {
            throw new IllegalStateException("the covariance of the geometries is not positive definite");
        }
        double shift = highest;
        if (model != null) {
            // Generalized least squares: c = 1ᵀ K⁻¹ y / 1ᵀ K⁻¹ 1, with 1 in the rows of energies.
            double[] ones = new double[observed.length];
            Arrays.fill(ones, 0, count, 1);
            System.arraycopy(energies, 0, observed, 0, count);
            double[] weighted = solve(solver, ones);
            shift = LbfgsMemory.dot(weighted, observed) / LbfgsMemory.dot(weighted, ones);
        }
        constant = shift;
        for (int a = 0; a < count; a++) {
            observed[a] = energies[a] - constant;
        }
        double[] weights = solve(solver, observed);
        energyWeights = Arrays.copyOf(weights, count);
        forceWeights = new double[count][];
        for (int a = 0; a < count; a++) {
            forceWeights[a] = Arrays.copyOfRange(weights, count + a * dimension, count + (a + 1) * dimension);
        }
    }

    private static double[] solve(LinearSolverDense<DMatrixRMaj> solver, double[] right) {
        DMatrixRMaj solution = new DMatrixRMaj(right.length, 1);
        solver.solve(new DMatrixRMaj(right.length, 1, true, right.clone()), solution);
        return solution.data;
    }

    /** Energies first, then the gradients point by point. */
    private DMatrixRMaj covariance(int dimension) {
        int count = places.length;
        DMatrixRMaj k = new DMatrixRMaj(count * (1 + dimension), count * (1 + dimension));
        double[] d = new double[dimension];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double value = difference(places[a], places[b], d);
                k.set(a, b, value + (a == b ? ENERGY_NOISE * ENERGY_NOISE : 0));
                int rowA = count + a * dimension;
                int columnB = count + b * dimension;
                for (int j = 0; j < dimension; j++) {
                    k.set(a, columnB + j, value * d[j] * inverseSquare);
                    k.set(rowA + j, b, -value * d[j] * inverseSquare);
                }
                for (int i = 0; i < dimension; i++) {
                    for (int j = 0; j < dimension; j++) {
                        k.set(rowA + i, columnB + j, -value * d[i] * d[j] * inverseSquare * inverseSquare);
                    }
                    k.add(rowA + i, columnB + i, value * inverseSquare + (a == b ? FORCE_NOISE * FORCE_NOISE : 0));
                }
            }
        }
        return k;
    }

    /** Sets d to x − y and returns k(x, y). */
    private double difference(double[] x, double[] y, double[] d) {
        double squares = 0;
        for (int i = 0; i < d.length; i++) {
            d[i] = x[i] - y[i];
            squares += d[i] * d[i];
        }
        return Math.exp(-0.5 * squares * inverseSquare);
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        double[] x = structure.positions();
        double energy = constant;
        double[] forces = new double[x.length];
        if (model != null) {
            Evaluation known = model.evaluate(structure);
            energy += known.energy();
            forces = known.forces().clone();
        }
        double[] d = new double[x.length];
        for (int b = 0; b < places.length; b++) {
            double value = difference(x, places[b], d);
            double projected = LbfgsMemory.dot(d, forceWeights[b]) * inverseSquare;
            energy += value * (energyWeights[b] + projected);
            double along = value * inverseSquare * (energyWeights[b] + projected);
            for (int i = 0; i < x.length; i++) {
                forces[i] += along * d[i] - value * inverseSquare * forceWeights[b][i];
            }
        }
        return new Evaluation(energy, forces, null);
    }
}
