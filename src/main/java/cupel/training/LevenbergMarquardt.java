package cupel.training;

import java.util.Arrays;

/**
 * Levenberg-Marquardt for nonlinear least squares: minimises
 *
 * <pre>
 *   F(w) = ½ Σ_i r_i(w)² + ½ ridge Σ_j w_j²
 * </pre>
 *
 * by steps δ with (JᵀJ + (μ D² + ridge) I) δ = −(Jᵀr + ridge w), where J = ∂r/∂w and D is 1, or the column norms of J
 * (Marquardt 1963; Moré, <i>The Levenberg-Marquardt algorithm</i>, 1978). With fewer residuals b than parameters p and D = 1 the
 * same step is δ = −Jᵀ(JJᵀ + mI)⁻¹(r − (ridge/m) J w) − (ridge/m) w, m = μ + ridge: a system of b equations instead of p.
 *
 * <p>The damping μ follows the ratio of actual to predicted decrease (Nielsen, report IMM-REP-1999-05, Technical University of
 * Denmark): down by at most a factor of 3 after a good step, up by 2, 4, 8 … after refused ones, and always within its bounds. A
 * step is taken only if it lowers F; one that gives NaN, an infinity or a matrix that cannot be factored is refused. The
 * parameters returned are therefore never worse than those handed in, and never NaN.
 *
 * <p>A step may be bent along the valley that it lies in, by geodesic acceleration (Transtrum and Sethna, arXiv:1201.5885): to δ is added
 *
 * <pre>
 *   a = −½ (JᵀJ + (μ D² + ridge) I)⁻¹ Jᵀ r″,   r″ = (2/h) ((r(w + h δ) − r(w)) / h − J δ),   h = 0.1
 * </pre>
 *
 * where r″ is the second derivative of the residuals along δ. A step with 2 |a| above a limit times |δ| goes further than the model
 * holds, and is refused like one that does not lower F. It takes a problem that gives {@link Problem#residuals} and all of its rows.
 *
 * <p>Settings, immutable, with their defaults:
 *
 * <ul>
 *   <li>initial damping: 1e-3 × the largest diagonal element of JᵀJ (with {@link Scaling#MARQUARDT} 1e-3)
 *   <li>bounds of the damping: 1e-15 and 1e15
 *   <li>scaling: {@link Scaling#NONE}
 *   <li>ridge: 0
 *   <li>limit of the acceleration: 0, which is none
 *   <li>tolerance of the cost, relative decrease: 1e-12; of the step, relative length: 1e-12; of the gradient, largest cosine
 *       between r and a column of J: 1e-12
 *   <li>iterations: 1000; trials of a step per iteration: 60
 * </ul>
 */
public final class LevenbergMarquardt {

    /** A problem of least squares. */
    public interface Problem {

        /** Number p of parameters. */
        int parameterCount();

        /** Number b of residuals, that is of rows that {@link #linearize} hands over. */
        int residualCount();

        /** ½ Σ r² at w; may be NaN or infinite, which refuses w. */
        double cost(double[] w);

        /** Hands over every residual at w with its row of the Jacobian, always in the same order. */
        void linearize(double[] w, Rows rows);

        /**
         * Puts the residuals at w into an array, in the order of {@link #linearize}.
         *
         * @param target {@link #residualCount} numbers
         * @return false where the problem cannot, or where it would be too much work: no step is accelerated then
         */
        default boolean residuals(double[] w, double[] target) {
            return false;
        }

        /**
         * Whether {@link #linearize} hands over other rows than those of J, fewer, of about the same JᵀJ. What of Jᵀr their
         * residuals do not give is handed over by {@link Rows#addGradient}.
         */
        default boolean estimatesMatrix() {
            return false;
        }
    }

    /** Where a problem puts its rows. */
    public interface Rows {

        /**
         * Takes one row.
         *
         * @param jacobian p derivatives of the residual from {@code offset} on; copied
         * @param residual r_i
         */
        void add(double[] jacobian, int offset, double residual);

        /** Adds to Jᵀr alone; only from a problem that {@link Problem#estimatesMatrix}. */
        void addGradient(double[] gradient);
    }

    /** Watches a minimisation, and may end it. */
    public interface Observer {

        /**
         * Called after every iteration, the one that changed nothing included.
         *
         * @param w the parameters; valid until the call returns
         * @param cost F(w)
         * @param damping μ for the next iteration
         * @return false to stop
         */
        boolean goOn(int iteration, double[] w, double cost, double damping);
    }

    /** What D is in μ D². */
    public enum Scaling {
        /** D = 1: for parameters of one kind, such as the weights of a network. */
        NONE,
        /** D = the largest column norm of J so far (Moré 1978): the steps do not depend on the units of the parameters. */
        MARQUARDT
    }

    /** Why a minimisation stopped. */
    public enum Reason {
        /** An accepted step lowered the cost, and the model promised to lower it, by less than the tolerance. */
        COST("converged on cost"),
        /** The step became shorter than the tolerance. */
        STEP("converged on step"),
        /** The gradient vanished. */
        GRADIENT("converged on gradient"),
        /** The iterations were used up. */
        ITERATIONS("out of iterations"),
        /** No step lowered the cost, at any damping within the bounds. */
        NO_IMPROVEMENT("no step lowers the cost"),
        /** The observer asked for it. */
        OBSERVER("stopped by its observer"),
        /** The start has a cost, a residual or a derivative that is not finite: nothing was done. */
        START_NOT_FINITE("the cost is not finite at the start");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** In words, to go behind "stopped: ". */
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * What a minimisation found.
     *
     * @param parameters the best ones
     * @param cost F there
     * @param iterations linearisations done
     * @param damping μ at the end
     * @param reason why it stopped
     */
    public record Result(double[] parameters, double cost, int iterations, double damping, Reason reason) {}

    /** How far along a step its second derivative is taken. */
    private static final double ALONG = 0.1;

    /** Numbers of a Jacobian that are kept for acceleration at most: 80 MB. */
    private static final long MOST_KEPT = 10_000_000;

    private double initialDamping = Double.NaN;
    private double minDamping = 1e-15;
    private double maxDamping = 1e15;
    private Scaling scaling = Scaling.NONE;
    private double ridge = 0;
    private double acceleration = 0;
    private double costTolerance = 1e-12;
    private double stepTolerance = 1e-12;
    private double gradientTolerance = 1e-12;
    private int maxIterations = 1000;
    private int maxTrials = 60;

    /** The defaults. */
    public LevenbergMarquardt() {}

    private LevenbergMarquardt(LevenbergMarquardt other) {
        initialDamping = other.initialDamping;
        minDamping = other.minDamping;
        maxDamping = other.maxDamping;
        scaling = other.scaling;
        ridge = other.ridge;
        acceleration = other.acceleration;
        costTolerance = other.costTolerance;
        stepTolerance = other.stepTolerance;
        gradientTolerance = other.gradientTolerance;
        maxIterations = other.maxIterations;
        maxTrials = other.maxTrials;
    }

    /** With this μ at the start, positive; NaN for one that is relative to JᵀJ. */
    public LevenbergMarquardt withInitialDamping(double mu) {
        if (mu <= 0 || mu == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("illegal initial damping: " + mu + ", must be positive and finite");
        }
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.initialDamping = mu;
        return copy;
    }

    /** With μ kept between these, 0 &lt; min ≤ max. */
    public LevenbergMarquardt withDampingBounds(double min, double max) {
        if (!(min > 0 && min <= max && max < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal bounds of the damping: " + min + " and " + max
                    + ", must be positive, finite and in order");
        }
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.minDamping = min;
        copy.maxDamping = max;
        return copy;
    }

    /** With this D. */
    public LevenbergMarquardt withScaling(Scaling newScaling) {
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.scaling = newScaling;
        return copy;
    }

    /** With this weight of ½ Σ w² in F, not negative. */
    public LevenbergMarquardt withRidge(double weight) {
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.ridge = requireNotNegative("ridge", weight);
        return copy;
    }

    /** With accelerated steps, 2 |a| at most this times |δ|, not negative; 0.75 is common, 0 is for none. */
    public LevenbergMarquardt withAcceleration(double limit) {
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.acceleration = requireNotNegative("limit of the acceleration", limit);
        return copy;
    }

    /** With these tolerances, not negative; 0 switches one off. */
    public LevenbergMarquardt withTolerances(double cost, double step, double gradient) {
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.costTolerance = requireNotNegative("tolerance of the cost", cost);
        copy.stepTolerance = requireNotNegative("tolerance of the step", step);
        copy.gradientTolerance = requireNotNegative("tolerance of the gradient", gradient);
        return copy;
    }

    /** With at most this many iterations, not negative. */
    public LevenbergMarquardt withMaxIterations(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("illegal number of iterations: " + count + ", must not be negative");
        }
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.maxIterations = count;
        return copy;
    }

    /** With at most this many trials of a step per iteration, at least 1. */
    public LevenbergMarquardt withMaxTrials(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("illegal number of trials: " + count + ", must be at least 1");
        }
        LevenbergMarquardt copy = new LevenbergMarquardt(this);
        copy.maxTrials = count;
        return copy;
    }

    private static double requireNotNegative(String what, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must not be negative");
        }
        return value;
    }

    /**
     * Minimises from a start.
     *
     * @param start p parameters, finite; copied
     */
    public Result minimize(Problem problem, double[] start) {
        return minimize(problem, start, (iteration, w, cost, damping) -> true);
    }

    /**
     * Minimises from a start, watched.
     *
     * @param start p parameters, finite; copied
     */
    public Result minimize(Problem problem, double[] start, Observer observer) {
        Run run = start(start);
        if (start.length != problem.parameterCount()) {
            throw new IllegalArgumentException(
                    "a start of " + start.length + " parameters for a problem of " + problem.parameterCount());
        }
        if (!Double.isFinite(run.evaluate(problem))) {
            return run.result(0, Reason.START_NOT_FINITE);
        }
        for (int iteration = 1; iteration <= maxIterations; iteration++) {
            Reason reason = run.step(problem);
            boolean goOn = observer.goOn(iteration, run.w, run.cost, run.damping);
            if (reason != null) {
                return run.result(iteration, reason);
            }
            if (!goOn) {
                return run.result(iteration, Reason.OBSERVER);
            }
        }
        return run.result(maxIterations, Reason.ITERATIONS);
    }

    /**
     * A minimisation that its caller drives step by step, each step perhaps on another problem over the same parameters:
     * training by batches.
     */
    public Run start(double[] start) {
        for (double v : start) {
            if (!Double.isFinite(v)) {
                throw new IllegalArgumentException("illegal start: " + v + ", every parameter must be finite");
            }
        }
        return new Run(start.clone());
    }

    /** The state of a minimisation. Not safe for threads. */
    public final class Run {

        private final int size;
        private double[] w;
        private double[] trial;
        private final double[] step;
        private final double[] columnNorm;
        private double cost = Double.NaN;
        private double damping = initialDamping;
        private double growth = 2;
        private double ridge = LevenbergMarquardt.this.ridge;

        // Working memory, made when first needed.
        private NormalMatrix normal;
        private double[] normalDiagonal;
        private double[] dualRows;
        private double[] dualResidual;
        private double[] dualTarget;
        private NormalMatrix dual;
        private double[] dualColumn;
        private double[][] keptRows;
        private double[] keptResidual;
        private int keptCount;
        private double[] bent;
        private double[] bend;
        private boolean lastWasDual;
        private final Cholesky cholesky = new Cholesky();
        private double[] solution = new double[0];
        private final double[] gradient;

        private Run(double[] start) {
            size = start.length;
            w = start;
            trial = new double[size];
            step = new double[size];
            gradient = new double[size];
            columnNorm = new double[size];
            if (scaling == Scaling.NONE) {
                Arrays.fill(columnNorm, 1);
            }
        }

        /** The parameters as they are now; a copy. */
        public double[] parameters() {
            return w.clone();
        }

        /** μ for the next step; NaN before the first one where it is relative. */
        public double damping() {
            return damping;
        }

        /** Changes the weight of ½ Σ w² from here on; {@link #evaluate} again before the next step. */
        public void setRidge(double weight) {
            ridge = requireNotNegative("ridge", weight);
        }

        /** F of the problem that was evaluated or stepped on last. */
        public double cost() {
            return cost;
        }

        /** F of a problem at the parameters as they are. */
        public double evaluate(Problem problem) {
            cost = problem.cost(w) + ridgeCost(w);
            return cost;
        }

        private Result result(int iterations, Reason reason) {
            return new Result(w.clone(), cost, iterations, damping, reason);
        }

        private double ridgeCost(double[] v) {
            if (ridge == 0) {
                return 0;
            }
            double sum = 0;
            for (double x : v) {
                sum += x * x;
            }
            return 0.5 * ridge * sum;
        }

        /**
         * One iteration on a problem whose F at the present parameters is {@link #cost}: linearise, then try steps at rising
         * damping until one lowers F.
         *
         * @return null to go on, or why there is no point in it
         */
        public Reason step(Problem problem) {
            if (cost == 0) {
                return Reason.COST;
            }
            boolean useDual = problem.residualCount() < size && scaling == Scaling.NONE && !problem.estimatesMatrix();
            boolean finite = useDual ? linearizeDual(problem) : linearizeNormal(problem);
            lastWasDual = useDual;
            if (!finite) {
                return Reason.START_NOT_FINITE;
            }
            if (largestCosine() <= gradientTolerance) {
                return Reason.GRADIENT;
            }
            if (Double.isNaN(damping)) {
                damping = relativeDamping();
            }
            damping = clamp(damping);
            for (int attempt = 0; attempt < maxTrials; attempt++) {
                double predicted = useDual ? solveDual() : solveNormal();
                if (predicted > 0 && bend(problem, useDual)) {
                    double stepNorm = 0;
                    double norm = 0;
                    for (int j = 0; j < size; j++) {
                        trial[j] = w[j] + step[j];
                        stepNorm += step[j] * step[j];
                        norm += w[j] * w[j];
                    }
                    double trialCost = problem.cost(trial) + ridgeCost(trial);
                    double actual = cost - trialCost;
                    boolean tiny = Math.sqrt(stepNorm) <= stepTolerance * (Math.sqrt(norm) + stepTolerance);
                    if (actual > 0) { // false for NaN too; +infinity is impossible because the cost is finite
                        double before = cost;
                        double[] swap = w;
                        w = trial;
                        trial = swap;
                        cost = trialCost;
                        double rho = 2 * actual / predicted - 1;
                        damping = clamp(damping * Math.max(1.0 / 3, 1 - rho * rho * rho));
                        growth = 2;
                        if (actual <= costTolerance * before && predicted <= costTolerance * before) {
                            return Reason.COST;
                        }
                        return tiny ? Reason.STEP : null;
                    }
                    if (tiny) {
                        return Reason.STEP;
                    }
                }
                if (damping >= maxDamping) {
                    return Reason.NO_IMPROVEMENT;
                }
                damping = clamp(damping * growth);
                growth = Math.min(2 * growth, 1e6);
            }
            return Reason.NO_IMPROVEMENT;
        }

        /**
         * Adds the acceleration to {@link #step}, where the problem has one.
         *
         * @return false where it is larger than its limit allows
         */
        private boolean bend(Problem problem, boolean useDual) {
            if (acceleration == 0 || !(useDual || keepsRows(problem))) {
                return true;
            }
            int rows = problem.residualCount();
            if (bent == null || bent.length != rows) {
                bent = new double[rows];
            }
            if (bend == null) {
                bend = new double[size];
            }
            for (int j = 0; j < size; j++) {
                trial[j] = w[j] + ALONG * step[j];
            }
            if (!problem.residuals(trial, bent)) {
                return true;
            }
            for (int i = 0; i < rows; i++) {
                double slope = 0;
                if (useDual) {
                    for (int j = 0; j < size; j++) {
                        slope += dualRows[i * size + j] * step[j];
                    }
                    bent[i] = 2 / ALONG * ((bent[i] - dualResidual[i]) / ALONG - slope);
                } else {
                    double[] row = keptRows[i];
                    for (int j = 0; j < size; j++) {
                        slope += row[j] * step[j];
                    }
                    bent[i] = 2 / ALONG * ((bent[i] - keptResidual[i]) / ALONG - slope);
                }
            }
            Arrays.fill(bend, 0);
            if (useDual) { // Jᵀ (JJᵀ + mI)⁻¹ = (JᵀJ + mI)⁻¹ Jᵀ
                cholesky.solve(bent);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < size; j++) {
                        bend[j] -= 0.5 * bent[i] * dualRows[i * size + j];
                    }
                }
            } else {
                for (int i = 0; i < rows; i++) {
                    Lanes.add(bend, -0.5 * bent[i], keptRows[i], size);
                }
                cholesky.solve(bend);
            }
            double bendSquare = 0;
            double stepSquare = 0;
            for (int j = 0; j < size; j++) {
                double d = columnNorm[j] > 0 ? columnNorm[j] : 1;
                bendSquare += d * d * bend[j] * bend[j];
                stepSquare += d * d * step[j] * step[j];
            }
            if (!(4 * bendSquare <= acceleration * acceleration * stepSquare)) { // NaN too
                return false;
            }
            Lanes.add(step, bend, size);
            return true;
        }

        /** Whether all rows of the problem are kept beside JᵀJ: where there are not too many of them. */
        private boolean keepsRows(Problem problem) {
            return acceleration > 0 && !problem.estimatesMatrix() && (long) problem.residualCount() * size <= MOST_KEPT;
        }

        /**
         * The effective number of parameters at the last linearisation, γ = Σ λ/(λ + ridge) over the eigenvalues λ of JᵀJ (MacKay, Neural
         * Computation 4 (1992) 415, eq. 4.9): how many of them the residuals determine, and not the ridge. After {@link #step}; NaN where
         * the matrix cannot be factored.
         */
        public double effectiveParameters() {
            NormalMatrix last = lastWasDual ? dual : normal;
            int n = last.size();
            double[][] matrix = cholesky.matrix(n);
            last.copyTo(matrix);
            for (int i = 0; i < n; i++) {
                matrix[i][i] += ridge;
            }
            return cholesky.factor() ? n - ridge * cholesky.inverseTrace() : Double.NaN;
        }

        private double clamp(double mu) {
            return Math.min(Math.max(mu, minDamping), maxDamping);
        }

        /** Largest cosine between the residual and a column of J; the gradient includes the ridge. */
        private double largestCosine() {
            double residualNorm = Math.sqrt(2 * cost);
            double largest = 0;
            for (int j = 0; j < size; j++) {
                double norm = Math.sqrt(normalDiagonal[j] + ridge);
                if (norm > 0) {
                    largest = Math.max(largest, Math.abs(gradient[j]) / (norm * residualNorm));
                }
            }
            return largest;
        }

        private double relativeDamping() {
            if (scaling == Scaling.MARQUARDT) {
                return 1e-3;
            }
            double largest = 0;
            for (double d : normalDiagonal) {
                largest = Math.max(largest, d);
            }
            return largest > 0 ? 1e-3 * largest : 1e-3;
        }

        private boolean linearizeNormal(Problem problem) {
            if (normal == null) {
                normal = new NormalMatrix(size);
                normalDiagonal = new double[size];
            }
            normal.clear();
            boolean keep = keepsRows(problem);
            if (keep && (keptRows == null || keptRows.length < problem.residualCount())) {
                keptRows = new double[problem.residualCount()][size];
                keptResidual = new double[problem.residualCount()];
            }
            keptCount = 0;
            problem.linearize(w, new Rows() {
                @Override
                public void add(double[] jacobian, int offset, double residual) {
                    if (keep) {
                        System.arraycopy(jacobian, offset, keptRows[keptCount], 0, size);
                        keptResidual[keptCount++] = residual;
                    }
                    normal.add(jacobian, offset, residual);
                }

                @Override
                public void addGradient(double[] part) {
                    normal.addToVector(part);
                }
            });
            normal.finish();
            boolean finite = true;
            for (int j = 0; j < size; j++) {
                normalDiagonal[j] = normal.get(j, j);
                gradient[j] = normal.vector(j) + ridge * w[j];
                finite &= Double.isFinite(normalDiagonal[j]) && Double.isFinite(gradient[j]);
            }
            if (scaling == Scaling.MARQUARDT) {
                for (int j = 0; j < size; j++) {
                    columnNorm[j] = Math.max(columnNorm[j], Math.sqrt(normalDiagonal[j]));
                }
            }
            return finite;
        }

        /** Puts the step into {@link #step}; returns the decrease of F that the linear model promises, or NaN. */
        private double solveNormal() {
            double[][] matrix = cholesky.matrix(size);
            normal.copyTo(matrix);
            right(size);
            for (int i = 0; i < size; i++) {
                double d = columnNorm[i];
                // A parameter on which nothing depends has a zero column: any positive number keeps it where it is.
                matrix[i][i] += d > 0 ? damping * d * d + ridge : damping + ridge;
                solution[i] = -gradient[i];
            }
            if (!cholesky.factor()) {
                return Double.NaN;
            }
            cholesky.solve(solution);
            double predicted = 0;
            for (int j = 0; j < size; j++) {
                double delta = solution[j];
                step[j] = delta;
                double d = columnNorm[j] > 0 ? columnNorm[j] : 1;
                predicted += 0.5 * delta * (damping * d * d * delta - gradient[j]);
            }
            return predicted;
        }

        private boolean linearizeDual(Problem problem) {
            int rows = problem.residualCount();
            if (dualRows == null || dualRows.length < rows * size) {
                dualRows = new double[rows * size];
                dualResidual = new double[rows];
                dualTarget = new double[rows];
            }
            if (normalDiagonal == null) {
                normalDiagonal = new double[size];
            }
            if (dual == null || dual.size() != rows) {
                dual = new NormalMatrix(rows);
                dualColumn = new double[rows];
            }
            int[] count = {0};
            problem.linearize(w, new Rows() {
                @Override
                public void add(double[] jacobian, int offset, double residual) {
                    System.arraycopy(jacobian, offset, dualRows, count[0] * size, size);
                    dualResidual[count[0]++] = residual;
                }

                @Override
                public void addGradient(double[] part) {
                    throw new IllegalStateException("a gradient from a problem that hands over all of its rows");
                }
            });
            if (count[0] != rows) {
                throw new IllegalStateException(
                        "the problem announced " + rows + " residuals and handed over " + count[0]);
            }
            dual.clear();
            boolean finite = true;
            // Row by row of Jᵀ, so that JJᵀ comes from the same kernel as JᵀJ.
            for (int j = 0; j < size; j++) {
                double g = 0;
                double square = 0;
                for (int i = 0; i < rows; i++) {
                    double v = dualRows[i * size + j];
                    dualColumn[i] = v;
                    g += v * dualResidual[i];
                    square += v * v;
                }
                dual.add(dualColumn, 0, ridge * w[j]);
                gradient[j] = g + ridge * w[j];
                normalDiagonal[j] = square;
                finite &= Double.isFinite(g) && Double.isFinite(square);
            }
            dual.finish();
            return finite;
        }

        private double solveDual() {
            int rows = dual.size();
            double m = damping + ridge;
            double[][] matrix = cholesky.matrix(rows);
            dual.copyTo(matrix);
            right(rows);
            for (int i = 0; i < rows; i++) {
                matrix[i][i] += m;
                solution[i] = dualResidual[i] - dual.vector(i) / m;
            }
            if (!cholesky.factor()) {
                return Double.NaN;
            }
            cholesky.solve(solution);
            for (int j = 0; j < size; j++) {
                step[j] = -ridge / m * w[j];
            }
            for (int i = 0; i < rows; i++) {
                double u = solution[i];
                int row = i * size;
                for (int j = 0; j < size; j++) {
                    step[j] -= u * dualRows[row + j];
                }
            }
            double predicted = 0;
            for (int j = 0; j < size; j++) {
                predicted += 0.5 * step[j] * (damping * step[j] - gradient[j]);
            }
            return predicted;
        }

        /** Room for a right side of n numbers. */
        private void right(int n) {
            if (solution.length < n) {
                solution = new double[n];
            }
        }
    }
}
