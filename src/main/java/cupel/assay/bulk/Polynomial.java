package cupel.assay.bulk;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Polynomials by least squares. */
final class Polynomial {

    private Polynomial() {}

    /**
     * Coefficients of the polynomial that fits best, the constant one first.
     *
     * @param x as many different ones as there are coefficients, or more; best of the size of 1
     * @param y as many
     */
    static double[] fit(double[] x, double[] y, int degree) {
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
        if (!solver.setA(powers)) {
            throw new IllegalArgumentException("too few different points for a polynomial of degree " + degree);
        }
        DMatrixRMaj coefficients = new DMatrixRMaj(columns, 1);
        solver.solve(DMatrixRMaj.wrap(rows, 1, y.clone()), coefficients);
        return coefficients.getData().clone();
    }
}
