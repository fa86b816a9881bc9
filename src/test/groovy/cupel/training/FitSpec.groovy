package cupel.training

import cupel.network.Network
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class FitSpec extends Specification {

    static final LAYERS = [[5, 4, 3, 1], [6, 3, 1]] as int[][]

    def random = RandomSource.XO_SHI_RO_256_PP.create(17)

    double[] numbers(int count) {
        (0..<count).collect { 2 * random.nextDouble() - 1 } as double[]
    }

    /** A structure of two elements with made-up functions; of its 3 n coordinates each atom knows some, or all. */
    Example example(int atoms, boolean forces, boolean sparse = false) {
        def elements = (0..<atoms).collect { it % 2 } as int[]
        def inputs = elements.collect { numbers(LAYERS[it][0]) } as double[][]
        if (!forces) {
            return new Example(elements, inputs, random.nextDouble(), null, null, new double[0], new double[0])
        }
        int components = 3 * atoms
        def columns = (0..<atoms).collect { i ->
            (sparse ? (0..<components).findAll { (it + i) % 3 != 0 } : 0..<components) as int[]
        } as int[][]
        def derivatives = (0..<atoms).collect { i -> (0..<LAYERS[elements[i]][0]).collect { numbers(columns[i].length) } as double[][] } as double[][][]
        new Example(elements, inputs, random.nextDouble(), derivatives, sparse ? columns : null, numbers(components),
            (0..<components).collect { 0.1d + random.nextDouble() } as double[])
    }

    double[] parameters() {
        LAYERS.collectMany { Network.random(it, random).parameters().toList() } as double[]
    }

    /** Residuals by the plain network, atom by atom and component by component. */
    static List<Double> plainResiduals(Example example, double[] w) {
        int first = Network.parameterCount(LAYERS[0])
        def networks = [
            Network.of(LAYERS[0], w[0..<first] as double[]),
            Network.of(LAYERS[1], w[first..<w.length] as double[]),
        ]
        double energy = 0
        def forces = new double[example.forces().length]
        example.elements().eachWithIndex { int e, int i ->
            def x = example.inputs()[i]
            def gradient = new double[x.length]
            energy += networks[e].workspace().valueAndInputGradient(networks[e].parameters(), x, 0, gradient, 0)
            if (forces.length > 0) {
                int n = example.derivatives()[i][0].length
                n.times { c ->
                    int column = example.columns() == null ? c : example.columns()[i][c]
                    x.length.times { k -> forces[column] -= gradient[k] * example.derivatives()[i][k][c] }
                }
            }
        }
        [energy / example.size() - example.target()] +
            (0..<forces.length).collect { example.forceWeights()[it] * (forces[it] - example.forces()[it]) }
    }

    static class Collected implements LevenbergMarquardt.Rows {
        List<double[]> rows = []
        List<Double> residuals = []

        @Override
        void add(double[] jacobian, int offset, double residual) {
            rows << Arrays.copyOfRange(jacobian, offset, jacobian.length)
            residuals << residual
        }

        double[] gradient

        @Override
        void addGradient(double[] part) {
            gradient = gradient == null ? part.clone() : [gradient, part].transpose().collect { it[0] + it[1] } as double[]
        }

        /** Jᵀr, what was handed over apart from the rows included. */
        double[] whole() {
            double[] sum = gradient == null ? new double[rows[0].length] : gradient.clone()
            rows.eachWithIndex { row, i -> row.length.times { p -> sum[p] += row[p] * residuals[i] } }
            sum
        }

        double[][] product() {
            int n = rows[0].length
            double[][] sum = new double[n][n]
            for (double[] row : rows) {
                for (int p = 0; p < n; p++) {
                    for (int q = 0; q < n; q++) {
                        sum[p][q] += row[p] * row[q]
                    }
                }
            }
            sum
        }
    }

    def "a sketch has the exact gradient, fewer rows, and on average the matrix of all rows (sparse #sparse)"() {
        given:
        def examples = [example(4, true, sparse), example(5, false), example(1, true, sparse), example(3, true, sparse)]
        def w = parameters()
        def fit = new Fit(LAYERS, examples)
        def exact = new Collected()
        fit.linearize(w, exact)
        def product = exact.product()
        def mean = new double[w.length][w.length]
        int seeds = 200

        when:
        def gradients = (1..seeds).collect { seed ->
            def sketched = new Collected()
            fit.sketch(4, seed)
            fit.linearize(w, sketched)
            assert sketched.rows.size() == 4 + 4 + 3 + 4
            def one = sketched.product()
            w.length.times { p -> w.length.times { q -> mean[p][q] += one[p][q] / seeds } }
            seed <= 3 ? sketched.whole() : null
        }.findAll()

        then: "the gradient does not depend on the seed"
        gradients.every { g -> (0..<w.length).every { Math.abs(g[it] - exact.whole()[it]) < 1e-12 } }

        and: "an element of the matrix is off by no more than chance: a part 1/rows of all pairs, over the seeds"
        def traces = (0..<w.length).collect { product[it][it] }
        [(0..<w.length), (0..<w.length)].combinations().every { p, q ->
            Math.abs(mean[p][q] - product[p][q]) < 6 * Math.sqrt(traces[p] * traces[q] / (4 * seeds))
        }

        and: "not because it is all the same"
        (0..<w.length).any { Math.abs(mean[it][it] - product[it][it]) > 1e-6 * traces[it] }

        where:
        sparse << [false, true]
    }

    def "residuals are those of the plain network (#what)"() {
        given:
        def examples = [example(3, forces, sparse), example(7, false), example(4, forces, sparse)]
        def w = parameters()
        def fit = new Fit(LAYERS, examples)
        def collected = new Collected()

        when:
        fit.linearize(w, collected)
        def expected = examples.collectMany { plainResiduals(it, w) }

        then:
        fit.residualCount() == expected.size()
        collected.residuals.size() == expected.size()
        (0..<expected.size()).every { Math.abs(collected.residuals[it] - expected[it]) < 1e-12 }
        Math.abs(fit.cost(w) - expected.sum { it * it / 2 }) < 1e-12

        where:
        what                            | forces | sparse
        'energies'                      | false  | false
        'forces, all atoms in reach'    | true   | false
        'forces, some atoms in reach'   | true   | true
    }

    def "the Jacobian is the derivative of the residuals, forces included (sparse #sparse)"() {
        given:
        def examples = [example(3, true, sparse), example(5, false)]
        def w = parameters()
        def fit = new Fit(LAYERS, examples)
        def collected = new Collected()
        double h = 1e-5

        when:
        fit.linearize(w, collected)

        then:
        (0..<w.length).every { p ->
            def up = w.clone()
            def down = w.clone()
            up[p] += h
            down[p] -= h
            def high = examples.collectMany { plainResiduals(it, up) }
            def low = examples.collectMany { plainResiduals(it, down) }
            (0..<high.size()).every { Math.abs(collected.rows[it][p] - (high[it] - low[it]) / (2 * h)) < 1e-8 }
        }

        where:
        sparse << [false, true]
    }

    def "residuals of energies are those of the rows, and with forces there are none apart from them"() {
        given:
        def examples = (1..300).collect { example(1 + it % 7, false) }
        def w = parameters()
        def fit = new Fit(LAYERS, examples)
        def collected = new Collected()
        def target = new double[300]

        when:
        fit.linearize(w, collected)

        then:
        fit.residuals(w, target)
        target.toList() == collected.residuals
        !new Fit(LAYERS, [examples[0], example(3, true)]).residuals(w, target)
    }

    def "structures beyond one chunk of atoms are all there"() {
        given: "more atoms than go through the network at a time, and one structure that alone is more"
        def examples = (0..<40).collect { example(11, it % 7 == 0) } + [example(301, false)] + (0..<5).collect { example(2, true) }
        def w = parameters()
        def fit = new Fit(LAYERS, examples)
        def collected = new Collected()

        when:
        fit.linearize(w, collected)

        then:
        def expected = examples.collectMany { plainResiduals(it, w) }
        (0..<expected.size()).every { Math.abs(collected.residuals[it] - expected[it]) < 1e-12 }
        def errors = fit.errors(w)
        errors.structures() == 46
        errors.components() == examples.sum { it.forces().length }
        Math.abs(errors.energyRmse() - Math.sqrt(examples.sum { plainResiduals(it, w)[0]**2 } / 46)) < 1e-12
    }

    def "the same fit can be given other examples"() {
        given:
        def first = [example(4, true)]
        def second = [example(9, true, true), example(2, false)]
        def w = parameters()
        def fit = new Fit(LAYERS, first)
        fit.linearize(w, new Collected())

        when:
        fit.setExamples(second)

        then:
        fit.cost(w) == new Fit(LAYERS, second).cost(w)
    }

    def "tanh is tanh"() {
        given:
        def z = (-2500..2500).collect { it * 0.01d } as double[]
        def values = z.clone()

        when:
        Lanes.tanh(values, new double[values.length], new double[values.length], values.length)

        then:
        (0..<z.length).every { Math.abs(values[it] - Math.tanh(z[it])) < 1e-14 }
    }

    def "tanh of #z is #expected"() {
        given:
        def values = [z] as double[]

        when:
        Lanes.tanh(values, new double[1], new double[1], 1)

        then:
        Double.compare(values[0], expected) == 0

        where:
        z                        | expected
        0d                       | 0d
        1e300d                   | 1d
        Double.NEGATIVE_INFINITY | -1d
        Double.NaN               | Double.NaN
    }
}
