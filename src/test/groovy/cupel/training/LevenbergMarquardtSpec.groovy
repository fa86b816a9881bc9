package cupel.training

import cupel.training.LevenbergMarquardt.Problem
import cupel.training.LevenbergMarquardt.Reason
import cupel.training.LevenbergMarquardt.Rows
import cupel.training.LevenbergMarquardt.Scaling
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class LevenbergMarquardtSpec extends Specification {

    /** Residuals from a closure, derivatives by central differences: it is the solver that is tested here. */
    static class Fitted implements Problem {
        int size
        Closure<double[]> function
        int linearizations
        int costs

        double[] at(double[] w) {
            function.call(w) as double[]
        }

        @Override
        int parameterCount() { size }

        @Override
        int residualCount() { at(new double[size]).length }

        @Override
        double cost(double[] w) {
            costs++
            double sum = 0
            for (double r : at(w)) {
                sum += r * r
            }
            sum / 2
        }

        @Override
        boolean residuals(double[] w, double[] target) {
            at(w).eachWithIndex { double r, int i -> target[i] = r }
            true
        }

        @Override
        void linearize(double[] w, Rows rows) {
            linearizations++
            def r = at(w)
            def jacobian = new double[r.length][w.length]
            for (int j = 0; j < w.length; j++) {
                double h = 1e-5 * Math.max(Math.abs(w[j]), 1e-4d)
                def up = w.clone()
                def down = w.clone()
                up[j] += h
                down[j] -= h
                def rUp = at(up)
                def rDown = at(down)
                for (int i = 0; i < r.length; i++) {
                    jacobian[i][j] = (rUp[i] - rDown[i]) / (up[j] - down[j])
                }
            }
            r.eachWithIndex { double value, int i -> rows.add(jacobian[i], 0, value) }
        }
    }

    /** Says that there is a way down, and there is none. */
    static class Liar implements Problem {
        double elsewhere

        @Override
        int parameterCount() { 2 }

        @Override
        int residualCount() { 3 }

        @Override
        double cost(double[] w) { w[0] == 1d && w[1] == 2d ? 1d : elsewhere }

        @Override
        void linearize(double[] w, Rows rows) {
            rows.add([1, 0] as double[], 0, 1d)
            rows.add([0, 1] as double[], 0, 0.5d)
            rows.add([0, 1] as double[], 0, 0.5d)
        }
    }

    static Fitted problem(int parameters, Closure<?> function) {
        new Fitted(size: parameters, function: function)
    }

    // Moré, Garbow, Hillstrom, "Testing unconstrained optimization software", ACM TOMS 7 (1981) 17; numbers as there.
    static final BARD = [0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39] as double[]
    static final KOWALIK_Y = [0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246] as double[]
    static final KOWALIK_U = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625] as double[]
    static final MEYER = [34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872] as double[]

    static final PROBLEMS = [
        rosenbrock      : problem(2) { double[] x -> [10 * (x[1] - x[0] * x[0]), 1 - x[0]] },
        helicalValley   : problem(3) { double[] x ->
            double turn = Math.atan(x[1] / x[0]) / (2 * Math.PI) + (x[0] < 0 ? 0.5d : 0)
            [10 * (x[2] - 10 * turn), 10 * (Math.hypot(x[0], x[1]) - 1), x[2]]
        },
        powellSingular  : problem(4) { double[] x ->
            [x[0] + 10 * x[1], Math.sqrt(5) * (x[2] - x[3]), (x[1] - 2 * x[2])**2, Math.sqrt(10) * (x[0] - x[3])**2]
        },
        freudensteinRoth: problem(2) { double[] x ->
            [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]]
        },
        beale           : problem(2) { double[] x ->
            [1.5d - x[0] * (1 - x[1]), 2.25d - x[0] * (1 - x[1] * x[1]), 2.625d - x[0] * (1 - x[1] * x[1] * x[1])]
        },
        bard            : problem(3) { double[] x ->
            (1..15).collect { u -> BARD[u - 1] - (x[0] + u / ((16 - u) * x[1] + Math.min(u, 16 - u) * x[2])) }
        },
        kowalikOsborne  : problem(4) { double[] x ->
            (0..10).collect { i ->
                double u = KOWALIK_U[i]
                KOWALIK_Y[i] - x[0] * (u * u + u * x[1]) / (u * u + u * x[2] + x[3])
            }
        },
        meyer           : problem(3) { double[] x -> (1..16).collect { i -> x[0] * Math.exp(x[1] / (45 + 5 * i + x[2])) - MEYER[i - 1] } },
        brownDennis     : problem(4) { double[] x ->
            (1..20).collect { i ->
                double t = i / 5d
                (x[0] + t * x[1] - Math.exp(t))**2 + (x[2] + x[3] * Math.sin(t) - Math.cos(t))**2
            }
        },
        jennrichSampson : problem(2) { double[] x -> (1..10).collect { i -> 2 + 2 * i - (Math.exp(i * x[0]) + Math.exp(i * x[1])) } },
    ]

    // NIST Statistical Reference Datasets, nonlinear regression: Misra1a (lower difficulty) and Thurber (higher).
    static final MISRA = [
        [10.07, 77.6], [14.73, 114.9], [17.94, 141.1], [23.93, 190.8], [29.61, 239.9], [35.18, 289.0], [40.02, 332.8],
        [44.82, 378.4], [50.76, 434.8], [55.05, 477.3], [61.01, 536.8], [66.40, 593.1], [75.47, 689.1], [81.78, 760.0],
    ] as double[][]
    static final THURBER = [
        [80.574, -3.067], [84.248, -2.981], [87.264, -2.921], [87.195, -2.912], [89.076, -2.840], [89.608, -2.797],
        [89.868, -2.702], [90.101, -2.699], [92.405, -2.633], [95.854, -2.481], [100.696, -2.363], [101.060, -2.322],
        [401.672, -1.501], [390.724, -1.460], [567.534, -1.274], [635.316, -1.212], [733.054, -1.100], [759.087, -1.046],
        [894.206, -0.915], [990.785, -0.714], [1090.109, -0.566], [1080.914, -0.545], [1122.643, -0.400], [1178.351, -0.309],
        [1260.531, -0.109], [1273.514, -0.103], [1288.339, 0.010], [1327.543, 0.119], [1353.863, 0.377], [1414.509, 0.790],
        [1425.208, 0.963], [1421.384, 1.006], [1442.962, 1.115], [1464.350, 1.572], [1468.705, 1.841], [1447.894, 2.047],
        [1457.628, 2.200],
    ] as double[][]

    static Fitted misra1a() {
        problem(2) { double[] b -> MISRA.collect { b[0] * (1 - Math.exp(-b[1] * it[1])) - it[0] } }
    }

    static Fitted thurber() {
        problem(7) { double[] b ->
            THURBER.collect { row ->
                double x = row[1]
                (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1 + x * (b[4] + x * (b[5] + x * b[6]))) - row[0]
            }
        }
    }

    def "finds the published minimum of #name with scaling #scaling"() {
        when:
        def result = new LevenbergMarquardt().withScaling(scaling).withMaxIterations(500).minimize(PROBLEMS[name], start as double[])

        then:
        Math.abs(2 * result.cost() - sumOfSquares) <= 1e-5 * sumOfSquares + 1e-16
        result.reason() in [Reason.COST, Reason.STEP, Reason.GRADIENT, Reason.NO_IMPROVEMENT] ||
            name == 'powellSingular' // no convergence to report: its Jacobian is singular at the minimum, the cost falls for ever

        where:
        [name, start, sumOfSquares, scaling] << [
            ['rosenbrock', [-1.2, 1], 0d],
            ['rosenbrock', [-12, 10], 0d],
            ['helicalValley', [-1, 0, 0], 0d],
            ['powellSingular', [3, -1, 0, 1], 0d],
            ['freudensteinRoth', [0.5, -2], 48.98425d],
            ['beale', [1, 1], 0d],
            ['bard', [1, 1, 1], 8.21487e-3d],
            ['kowalikOsborne', [0.25, 0.39, 0.415, 0.39], 3.07505e-4d],
            ['meyer', [0.02, 4000, 250], 87.9458d],
            ['brownDennis', [25, 5, -5, -1], 85822.2d],
            ['jennrichSampson', [0.3, 0.4], 124.362d],
        ].collectMany { row -> (row[0] == 'meyer' ? [Scaling.MARQUARDT] : Scaling.values().toList()).collect { row + it } }
    }

    def "agrees with the certified values of NIST's #name from start #start"() {
        when:
        def result = new LevenbergMarquardt().withScaling(Scaling.MARQUARDT).minimize(problem, start as double[])

        then:
        Math.abs(2 * result.cost() - sumOfSquares) < 1e-8 * sumOfSquares
        (0..<certified.size()).every { Math.abs(result.parameters()[it] - certified[it]) < 1e-5 * Math.abs(certified[it]) }

        where:
        name      | problem   | start                                  | sumOfSquares
        'Misra1a' | misra1a() | [500, 0.0001]                          | 1.2455138894E-01d
        'Misra1a' | misra1a() | [250, 0.0005]                          | 1.2455138894E-01d
        'Thurber' | thurber() | [1000, 1000, 400, 40, 0.7, 0.3, 0.03]  | 5.6427082397E+03d
        'Thurber' | thurber() | [1300, 1500, 500, 75, 1, 0.4, 0.05]    | 5.6427082397E+03d

        certified = name == 'Misra1a' ? [2.3894212918E+02d, 5.5015643181E-04d]
            : [1.2881396800E+03d, 1.4910792535E+03d, 5.8323836877E+02d, 7.5416644291E+01d, 9.6629502864E-01d, 3.9797285797E-01d, 4.9727297349E-02d]
    }

    /** r = A w − y with given shape. */
    static Problem linear(int rows, int parameters, long seed) {
        def rng = RandomSource.XO_SHI_RO_256_PP.create(seed)
        def a = (0..<rows).collect { (0..<parameters).collect { rng.nextDouble() - 0.5d } as double[] }
        def y = (0..<rows).collect { rng.nextDouble() } as double[]
        problem(parameters) { double[] w -> (0..<rows).collect { i -> (0..<parameters).sum { a[i][it] * w[it] } - y[i] } }
    }

    def "a linear problem of #rows residuals and #parameters parameters has the damped step of the normal equations, ridge #ridge"() {
        given:
        def problem = linear(rows, parameters, 5)
        def solver = new LevenbergMarquardt().withInitialDamping(0.37).withRidge(ridge)
        def start = (0..<parameters).collect { 0.1d * it } as double[]

        when: "one iteration"
        def result = solver.withMaxIterations(1).minimize(problem, start)

        then: "(JᵀJ + (0.37 + ridge) I) δ + Jᵀr + ridge w = 0"
        def jacobian = []
        def residual = []
        problem.linearize(start, { double[] row, int offset, double r -> jacobian << row.clone(); residual << r } as Rows)
        def delta = (0..<parameters).collect { result.parameters()[it] - start[it] }
        (0..<parameters).every { j ->
            def sum = (0.37d + ridge) * delta[j] + ridge * start[j]
            for (int i = 0; i < rows; i++) {
                sum += jacobian[i][j] * (residual[i] + (0..<parameters).sum { jacobian[i][it] * delta[it] })
            }
            Math.abs(sum) < 1e-9
        }
        delta.any { Math.abs(it) > 1e-3 }

        where:
        [[rows, parameters], ridge] << [[[3, 7], [6, 7], [7, 7], [12, 5], [1, 4]], [0d, 0.2d]].combinations()
    }

    def "with ridge the minimum is that of ridge regression, and more residuals than parameters or fewer make no difference"() {
        given: "the same problem, once padded with residuals that are always zero so that the other equations are used"
        def few = linear(4, 6, 9)
        def padded = problem(6) { double[] w -> (few.at(w) as List) + [0, 0, 0, 0] }
        def solver = new LevenbergMarquardt().withRidge(0.01).withTolerances(0, 1e-13, 0)

        when:
        def a = solver.minimize(few, new double[6])
        def b = solver.minimize(padded, new double[6])

        then:
        (0..<6).every { Math.abs(a.parameters()[it] - b.parameters()[it]) < 1e-6 }
        Math.abs(a.cost() - b.cost()) < 1e-12
    }

    static double curvature(int row, int parameter) {
        Math.cos(2 * row + parameter) / 10
    }

    static Problem quadratic(int rows, int parameters) {
        problem(parameters) { double[] w ->
            (0..<rows).collect { int i ->
                double r = 1
                for (int j = 0; j < w.length; j++) {
                    r += Math.sin(3 * i + 5 * j) * w[j] + curvature(i, j) * w[j] * w[j]
                }
                r
            }
        }
    }

    def "the acceleration is the second-order term of the path, for #rows residuals of #parameters parameters, ridge #ridge"() {
        given: "residuals that are quadratic, so that a finite difference gives their second derivative exactly"
        def problem = quadratic(rows, parameters)
        def solver = new LevenbergMarquardt().withInitialDamping(0.37).withRidge(ridge).withMaxIterations(1)
        def start = (0..<parameters).collect { 0.1d * it } as double[]

        when:
        def straight = solver.minimize(problem, start).parameters()
        def bent = solver.withAcceleration(10).minimize(problem, start).parameters()
        def refused = solver.withAcceleration(1e-9).withDampingBounds(0.37, 0.37).minimize(problem, start)

        then: "(JᵀJ + (0.37 + ridge) I) a + ½ Jᵀ r″ = 0"
        def jacobian = []
        problem.linearize(start, { double[] row, int offset, double r -> jacobian << row.clone() } as Rows)
        def step = (0..<parameters).collect { straight[it] - start[it] }
        def bend = (0..<parameters).collect { bent[it] - straight[it] }
        def second = (0..<rows).collect { i -> (0..<parameters).sum { 2 * curvature(i, it) * step[it] * step[it] } }
        (0..<parameters).every { j ->
            def sum = (0.37d + ridge) * bend[j]
            for (int i = 0; i < rows; i++) {
                sum += jacobian[i][j] * (0.5d * second[i] + (0..<parameters).sum { jacobian[i][it] * bend[it] })
            }
            Math.abs(sum) < 1e-6
        }
        bend.any { Math.abs(it) > 1e-4 }
        refused.parameters() == start

        where:
        [[rows, parameters], ridge] << [[[3, 7], [7, 7], [12, 5]], [0d, 0.2d]].combinations()
    }

    def "acceleration finds the minimum of #name too"() {
        when:
        def result = new LevenbergMarquardt().withAcceleration(0.75).withMaxIterations(500).minimize(PROBLEMS[name], start as double[])

        then:
        Math.abs(2 * result.cost() - sumOfSquares) <= 1e-5 * sumOfSquares + 1e-16

        where:
        name              | start              | sumOfSquares
        'rosenbrock'      | [-1.2, 1]          | 0d
        'helicalValley'   | [-1, 0, 0]         | 0d
        'freudensteinRoth'| [0.5, -2]          | 48.98425d
        'bard'            | [1, 1, 1]          | 8.21487e-3d
        'kowalikOsborne'  | [0.25, 0.39, 0.415, 0.39] | 3.07505e-4d
        'brownDennis'     | [25, 5, -5, -1]    | 85822.2d
    }

    def "acceleration follows a curved valley in fewer iterations"() {
        given:
        def valley = problem(2) { double[] x -> [100 * (x[1] - x[0] * x[0]), 1 - x[0]] }
        def solver = new LevenbergMarquardt().withTolerances(0, 1e-10, 0)

        when:
        def straight = solver.minimize(valley, [-1.2, 1] as double[])
        def bent = solver.withAcceleration(0.75).minimize(valley, [-1.2, 1] as double[])

        then:
        bent.cost() < 1e-15
        bent.iterations() < 0.7 * straight.iterations()
    }

    def "of #rows residuals the ridge leaves as many parameters to be determined as it should"() {
        given: "a Jacobian with known singular values"
        def values = [3d, 1d, 0.1d, 0.01d]
        def problem = problem(4) { double[] w -> (0..<rows).collect { it < 4 ? values[it] * w[it] - 1 : 0d } }
        def run = new LevenbergMarquardt().withRidge(0.05).withInitialDamping(1).start(new double[4])

        when:
        run.evaluate(problem)
        run.step(problem)

        then:
        Math.abs(run.effectiveParameters() - values.take(rows).sum { it * it / (it * it + 0.05d) }) < 1e-6 // J is by differences

        where:
        rows << [2, 3, 4, 9]
    }

    def "a step into a region where the residuals are #bad is refused"() {
        given: "the full step from 4 towards the root at 1 would jump over the wall at 2"
        def walled = problem(1) { double[] w -> [w[0] < 2 && w[0] > 1.5d ? bad : (w[0] - 1) * (w[0] < 2 ? 3 : 1)] }

        when:
        def result = new LevenbergMarquardt().withInitialDamping(1).minimize(walled, [4] as double[])

        then:
        result.parameters().every { Double.isFinite(it) }
        Double.isFinite(result.cost())
        result.cost() <= 4.5d

        where:
        bad << [Double.NaN, Double.POSITIVE_INFINITY, 1e300d]
    }

    def "where everything but the start is worse, the start comes back and the reason says so"() {
        given: "derivatives that lie"
        def liar = new Liar(elsewhere: bad)

        when:
        def result = new LevenbergMarquardt().minimize(liar, [1, 2] as double[])

        then:
        result.parameters() == [1, 2] as double[]
        result.cost() == 1d
        result.reason() in [Reason.NO_IMPROVEMENT, Reason.STEP]
        result.damping() <= 1e15

        where:
        bad << [Double.NaN, 1.5d]
    }

    def "a start without a finite cost is left alone"() {
        when:
        def result = new LevenbergMarquardt().minimize(problem(1) { double[] w -> [Math.log(w[0])] }, [-1] as double[])

        then:
        result.reason() == Reason.START_NOT_FINITE
        result.parameters() == [-1] as double[]
    }

    def "says that it ran out of iterations"() {
        when:
        def result = new LevenbergMarquardt().withMaxIterations(3).minimize(PROBLEMS.rosenbrock, [-1.2, 1] as double[])

        then:
        result.reason() == Reason.ITERATIONS
        result.iterations() == 3
    }

    def "says that it converged on #reason"() {
        when:
        def result = solver.minimize(PROBLEMS.bard, [1, 1, 1] as double[])

        then:
        result.reason() == reason

        where:
        solver                                                     | reason
        new LevenbergMarquardt().withTolerances(1e-6, 0, 0)        | Reason.COST
        new LevenbergMarquardt().withTolerances(0, 1e-3, 0)        | Reason.STEP
        new LevenbergMarquardt().withTolerances(0, 0, 1e-4)        | Reason.GRADIENT
    }

    def "an observer sees the cost fall and can end it"() {
        given:
        def seen = []

        when:
        def result = new LevenbergMarquardt().minimize(PROBLEMS.brownDennis, [25, 5, -5, -1] as double[]) { iteration, w, cost, damping ->
            seen << cost
            iteration < 4
        }

        then:
        result.reason() == Reason.OBSERVER
        seen.size() == 4
        seen == seen.sort(false).reverse()
        seen.last() == result.cost()
    }

    def "a parameter on which nothing depends stays where it is, scaling #scaling"() {
        when:
        def result = new LevenbergMarquardt().withScaling(scaling).minimize(problem(2) { double[] w -> [w[0] - 3, w[0] * w[0] - 9] }, [1, 7] as double[])

        then:
        Math.abs(result.parameters()[0] - 3) < 1e-6
        result.parameters()[1] == 7d

        where:
        scaling << Scaling.values()
    }

    def "the damping stays within its bounds"() {
        given:
        def seen = []

        when:
        new LevenbergMarquardt().withDampingBounds(1e-3, 10).withInitialDamping(100)
            .minimize(PROBLEMS.helicalValley, [-1, 0, 0] as double[]) { iteration, w, cost, damping ->
                seen << damping
                true
            }

        then:
        seen.every { it >= 1e-3 && it <= 10 }
        seen.min() < 1
    }

    def "accumulates JᵀJ and Jᵀr for #rows rows of #size"() {
        given:
        def rng = RandomSource.XO_SHI_RO_256_PP.create(3)
        def jacobian = (0..<rows).collect { (0..<size).collect { rng.nextDouble() - 0.5d } as double[] }
        def residual = (0..<rows).collect { rng.nextDouble() - 0.5d }
        def normal = new NormalMatrix(size)

        when: "twice, to see that it forgets"
        2.times {
            normal.clear()
            rows.times { normal.add(jacobian[it], 0, residual[it]) }
            normal.finish()
        }

        then:
        (0..<size).every { i ->
            (0..i).every { j -> Math.abs(normal.get(j, i) - (0..<rows).sum { jacobian[it][i] * jacobian[it][j] }) < 1e-12 } &&
                Math.abs(normal.vector(i) - (0..<rows).sum { jacobian[it][i] * residual[it] }) < 1e-12
        }

        where:
        [rows, size] << [[1, 4, 7, 8, 9, 19], [1, 2, 5, 8, 37]].combinations()
    }

    def "rejects #what"() {
        when:
        action()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(words)

        where:
        what                      | words                | action
        'a damping of zero'       | 'initial damping: 0' | { new LevenbergMarquardt().withInitialDamping(0) }
        'bounds out of order'     | '3.0 and 2.0'        | { new LevenbergMarquardt().withDampingBounds(3, 2) }
        'a negative ridge'        | 'ridge: -1'          | { new LevenbergMarquardt().withRidge(-1) }
        'a limit that is NaN'     | 'acceleration: NaN'  | { new LevenbergMarquardt().withAcceleration(Double.NaN) }
        'a tolerance that is NaN' | 'NaN'                | { new LevenbergMarquardt().withTolerances(Double.NaN, 0, 0) }
        'a start that is NaN'     | 'NaN'                | { new LevenbergMarquardt().start([1, Double.NaN] as double[]) }
        'a start that is short'   | '1 parameters'       | { new LevenbergMarquardt().minimize(PROBLEMS.beale, [1] as double[]) }
    }
}
