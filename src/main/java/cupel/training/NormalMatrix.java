package cupel.training;

import java.util.Arrays;

/**
 * Accumulates the symmetric matrix JᵀJ and the vector Jᵀr row by row of J: memory is that of the matrix, however many
 * rows there are.
 *
 * <p>The order of additions is that in which rows arrive, eight at a time; the same rows in the same order give the same
 * bits. Rows wait in a group until it is full, so arrays handed in may be reused at once. Eight rows of a network of common
 * size stay in the first cache while the matrix goes by: half the traffic of four, and sixteen do not fit.
 */
final class NormalMatrix {

    private static final int GROUP = 8;

    private final int size;
    /** Row i holds columns i … size − 1, in their places. */
    private final double[][] upper;

    private final double[] vector;
    private final double[][] waiting;
    private final double[] waitingResidual = new double[GROUP];
    private int waitingCount;

    NormalMatrix(int size) {
        this.size = size;
        this.upper = new double[size][size];
        this.vector = new double[size];
        this.waiting = new double[GROUP][size];
    }

    int size() {
        return size;
    }

    void clear() {
        for (double[] row : upper) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(vector, 0);
        waitingCount = 0;
    }

    /** Adds rowᵀ row to the matrix and residual × row to the vector. */
    void add(double[] row, int offset, double residual) {
        System.arraycopy(row, offset, waiting[waitingCount], 0, size);
        waitingResidual[waitingCount++] = residual;
        if (waitingCount == GROUP) {
            addGroup();
        }
    }

    /** Adds to the vector alone. */
    void addToVector(double[] gradient) {
        Lanes.add(vector, gradient, size);
    }

    /** Must be called after the last row and before the matrix is read. */
    void finish() {
        if (waitingCount > 0) {
            for (int k = waitingCount; k < GROUP; k++) {
                Arrays.fill(waiting[k], 0);
                waitingResidual[k] = 0;
            }
            addGroup();
        }
    }

    private void addGroup() {
        double[][] r = waiting;
        for (int i = 0; i < size; i++) {
            double[] c = upper[i];
            for (int k = 0; k < GROUP; k += 4) {
                Lanes.add4From(
                        i, c, r[k][i], r[k], r[k + 1][i], r[k + 1], r[k + 2][i], r[k + 2], r[k + 3][i], r[k + 3], size);
            }
        }
        for (int k = 0; k < GROUP; k += 4) {
            Lanes.add4(
                    vector,
                    waitingResidual[k],
                    r[k],
                    waitingResidual[k + 1],
                    r[k + 1],
                    waitingResidual[k + 2],
                    r[k + 2],
                    waitingResidual[k + 3],
                    r[k + 3],
                    size);
        }
        waitingCount = 0;
    }

    /** Element of the matrix, column not below row. */
    double get(int row, int column) {
        return upper[row][column];
    }

    /** Element of Jᵀr. */
    double vector(int index) {
        return vector[index];
    }

    /**
     * Writes the upper triangle into another's.
     *
     * @param target size rows of at least size columns; what is below the diagonal stays
     */
    void copyTo(double[][] target) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(upper[i], i, target[i], i, size - i);
        }
    }
}
