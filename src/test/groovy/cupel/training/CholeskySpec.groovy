package cupel.training

import org.apache.commons.rng.simple.RandomSource
import org.ejml.data.DMatrixRMaj
import org.ejml.dense.row.CommonOps_DDRM
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM
import spock.lang.Specification

class CholeskySpec extends Specification {

    def random = RandomSource.XO_SHI_RO_256_PP.create(5)

    double[] numbers(int count) {
        (0..<count).collect { 2 * random.nextDouble() - 1 } as double[]
    }

    def "JᵀJ and the solution of its system are EJML's (#rows rows of #size)"() {
        given:
        def jacobian = new DMatrixRMaj(rows, size, true, numbers(rows * size))
        def residual = numbers(rows)
        def damping = 0.1d
        def normal = new NormalMatrix(size)
        def expected = new DMatrixRMaj(size, size)
        def vector = new DMatrixRMaj(size, 1)
        def solution = new DMatrixRMaj(size, 1)

        when:
        rows.times { normal.add(jacobian.data, it * size, residual[it]) }
        normal.finish()
        CommonOps_DDRM.multTransA(jacobian, jacobian, expected)
        CommonOps_DDRM.multTransA(jacobian, new DMatrixRMaj(rows, 1, true, residual), vector)

        then:
        (0..<size).every { i ->
            Math.abs(normal.vector(i) - vector.get(i, 0)) < 1e-11 &&
                (i..<size).every { j -> Math.abs(normal.get(i, j) - expected.get(i, j)) < 1e-11 }
        }

        when:
        def cholesky = new Cholesky()
        def matrix = cholesky.matrix(size)
        normal.copyTo(matrix)
        size.times {
            matrix[it][it] += damping
            expected.add(it, it, damping)
        }
        def b = numbers(size)
        def x = b.clone()
        def definite = cholesky.factor()
        cholesky.solve(x)
        def trace = cholesky.inverseTrace()
        def solver = LinearSolverFactory_DDRM.chol(size)
        def inverse = new DMatrixRMaj(size, size)

        then:
        definite
        solver.setA(expected.copy())
        solver.solve(new DMatrixRMaj(size, 1, true, b), solution)
        (0..<size).every { Math.abs(x[it] - solution.get(it, 0)) <= 1e-9 * (1 + Math.abs(x[it])) }
        CommonOps_DDRM.invert(expected.copy(), inverse)
        Math.abs(trace - CommonOps_DDRM.trace(inverse)) <= 1e-9 * trace

        where:
        rows | size
        3    | 1
        2    | 5
        40   | 8
        21   | 19
        300  | 131
    }

    def "refuses a matrix that is #what"() {
        given:
        def cholesky = new Cholesky()
        def matrix = cholesky.matrix(6)
        6.times { i -> (i..<6).each { j -> matrix[i][j] = i == j ? 2d : 0.1d } }
        matrix[place][place] = value

        expect:
        !cholesky.factor()

        where:
        what            | place | value
        'indefinite'    | 5     | -1e-3d
        'singular'      | 0     | 0d
        'not a number'  | 3     | Double.NaN
        'infinite'      | 4     | Double.POSITIVE_INFINITY
    }
}
