package cupel.training;

/**
 * Accumulates the symmetric matrix JᵀJ and the vector Jᵀr row by row of J: memory is that of the matrix, however many
 * rows there are.
 *
 * <p>The order of additions is that in which rows arrive, four at a time; the same rows in the same order give the same
 * bits. Rows wait in a group until it is full, so arrays handed in may be reused at once.
 */
final class NormalMatrix {

    private static final int GROUP = 4;

    private final int size;
    /** Row i holds columns 0 … i, and one more that the kernel writes and nobody reads. */
    private final double[][] lower;

    private final double[] vector;
    private final double[][] waiting;
    private final double[] waitingResidual = new double[GROUP];
    private int waitingCount;

    NormalMatrix(int size) {
        this.size = size;
        this.lower = new double[size][];
        for (int i = 0; i < size; i++) {
            lower[i] = new double[i + 2];
        }
        this.vector = new double[size];
        this.waiting = new double[GROUP][size + 1];
    }

    int size() {
        return size;
    }

    void clear() {
        for (double[] row : lower) {
            java.util.Arrays.fill(row, 0);
        }
        java.util.Arrays.fill(vector, 0);
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

    /** Must be called after the last row and before the matrix is read. */
    void finish() {
        if (waitingCount > 0) {
            for (int k = waitingCount; k < GROUP; k++) {
                java.util.Arrays.fill(waiting[k], 0);
                waitingResidual[k] = 0;
            }
            addGroup();
        }
    }

    private void addGroup() {
        double[] r0 = waiting[0];
        double[] r1 = waiting[1];
        double[] r2 = waiting[2];
        double[] r3 = waiting[3];
        int i = 0;
        for (; i + 1 < size; i += 2) {
            addPair(
                    lower[i],
                    lower[i + 1],
                    r0[i],
                    r1[i],
                    r2[i],
                    r3[i],
                    r0[i + 1],
                    r1[i + 1],
                    r2[i + 1],
                    r3[i + 1],
                    r0,
                    r1,
                    r2,
                    r3,
                    i + 2);
        }
        if (i < size) {
            addSingle(lower[i], r0[i], r1[i], r2[i], r3[i], r0, r1, r2, r3, i + 1);
        }
        addSingle(
                vector,
                waitingResidual[0],
                waitingResidual[1],
                waitingResidual[2],
                waitingResidual[3],
                r0,
                r1,
                r2,
                r3,
                size);
        waitingCount = 0;
    }

    // Two rows of the matrix at a time, so that each of the four rows of J is loaded half as often: this loop is where
    // an
    // iteration with forces spends its time, and the plain eight-row form is half as fast.
    private static void addPair(
            double[] c,
            double[] d,
            double a0,
            double a1,
            double a2,
            double a3,
            double b0,
            double b1,
            double b2,
            double b3,
            double[] r0,
            double[] r1,
            double[] r2,
            double[] r3,
            int n) {
        for (int j = 0; j < n; j++) {
            double x0 = r0[j];
            double x1 = r1[j];
            double x2 = r2[j];
            double x3 = r3[j];
            c[j] += a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3;
            d[j] += b0 * x0 + b1 * x1 + b2 * x2 + b3 * x3;
        }
    }

    private static void addSingle(
            double[] c,
            double a0,
            double a1,
            double a2,
            double a3,
            double[] r0,
            double[] r1,
            double[] r2,
            double[] r3,
            int n) {
        for (int j = 0; j < n; j++) {
            c[j] += a0 * r0[j] + a1 * r1[j] + a2 * r2[j] + a3 * r3[j];
        }
    }

    /** Element of the matrix, column not above row. */
    double get(int row, int column) {
        return lower[row][column];
    }

    /** Element of Jᵀr. */
    double vector(int index) {
        return vector[index];
    }

    /**
     * Writes the lower triangle into a square row-major array.
     *
     * @param target size × size
     */
    void copyTo(double[] target) {
        for (int i = 0; i < size; i++) {
            System.arraycopy(lower[i], 0, target, i * size, i + 1);
        }
    }
}
