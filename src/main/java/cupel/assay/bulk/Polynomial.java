package cupel.assay.bulk;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Polynomials by least squares. */
final class Polynomial {

    private Polynomial() {}

    /**
     * The polynomial that fits best.
     *
     * @param coefficients the constant one first
     * @param standardErrors of the coefficients, from what the points scatter around the polynomial; NaN where it goes through all of them
     */
    record Fit(double[] coefficients, double[] standardErrors) {}

    /** Coefficients of the polynomial that fits best, the constant one first. */
    static double[] fit(double[] x, double[] y, int degree) {
        return fitted(x, y, degree).coefficients();
    }

    /**
     * The polynomial that fits best, with standard errors: the residual variance times the diagonal of (AᵀA)⁻¹, where A has the powers of x.
     *
     * @param x as many different ones as there are coefficients, or more; best of the size of 1
     * @param y as many
     */
    static Fit fitted(double[] x, double[] y, int degree) {
        int rows = x.length;
        int columns = degree + 1;
        if (rows < columns || y.length != rows) {
            throw new IllegalArgumentException(
                    rows + " and " + y.length + " numbers, a polynomial of degree " + degree + " needs " + columns);
        }
        DMatrixRMaj powers = new DMatrixRMaj(rows, columns);
        for (int r = 0; r < rows; r++) {
            double power = 1;
            for (int c = 0; c < columns; c++) {
                powers.set(r, c, power);
                power *= x[r];
            }
        }
        // Orthogonal, not by normal equations, which would square the condition number.
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.leastSquares(rows, columns);
        if (!solver.setA(powers.copy())) {
            throw new IllegalArgumentException("too few different points for a polynomial of degree " + degree);
        }
        DMatrixRMaj coefficients = new DMatrixRMaj(columns, 1);
        solver.solve(DMatrixRMaj.wrap(rows, 1, y.clone()), coefficients);
        return new Fit(coefficients.getData().clone(), standardErrors(powers, y, coefficients));
    }

    private static double[] standardErrors(DMatrixRMaj powers, double[] y, DMatrixRMaj coefficients) {
        int rows = powers.numRows;
        int columns = powers.numCols;
        double[] errors = new double[columns];
        Arrays.fill(errors, Double.NaN);
        DMatrixRMaj inverse = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.multTransA(powers, powers, inverse);
        if (rows > columns && CommonOps_DDRM.invert(inverse)) {
            DMatrixRMaj residuals = DMatrixRMaj.wrap(rows, 1, y.clone());
            CommonOps_DDRM.multAdd(-1, powers, coefficients, residuals);
            double variance = NormOps_DDRM.normP2(residuals) * NormOps_DDRM.normP2(residuals) / (rows - columns);
            for (int c = 0; c < columns; c++) {
                errors[c] = Math.sqrt(variance * inverse.get(c, c));
            }
        }
        return errors;
    }
}
