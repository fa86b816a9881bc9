package cupel.network

import com.fasterxml.jackson.databind.ObjectMapper
import cupel.structure.InputException
import cupel.structure.JsonFields
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class NetworkSpec extends Specification {

    static Network random(List<Integer> layers, long seed) {
        Network.random(layers as int[], RandomSource.XO_SHI_RO_256_PP.create(seed))
    }

    /** Random numbers of about size one for all parameters, biases too. */
    static Network shaken(List<Integer> layers, long seed) {
        def noise = new Random(seed)
        def network = random(layers, seed)
        network.withParameters(network.parameters().collect { it + 0.3d * noise.nextGaussian() } as double[])
    }

    static double[] numbers(int n, long seed) {
        def random = new Random(seed)
        (0..<n).collect { random.nextGaussian() }
    }

    def "a network of 26-10-10-1 has 391 parameters"() {
        expect:
        random([26, 10, 10, 1], 1).parameterCount() == 391
        random([26, 10, 10, 1], 1).workspace().parameterCount() == 391
    }

    def "one unit computes v tanh(w x + b) + c"() {
        given:
        def network = Network.of([1, 1, 1] as int[], [0.7, -0.2, 1.5, 0.25] as double[])

        expect:
        Math.abs(network.workspace().value(network.parameters(), [9, 0.9] as double[], 1) -
                (1.5d * Math.tanh(0.7d * 0.9d - 0.2d) + 0.25d)) < 1e-15
    }

    def "without hidden layers it is linear"() {
        given:
        def network = Network.of([2, 1] as int[], [2, -3, 0.5] as double[])
        double[] slope = new double[2]
        double[] g = new double[3]

        expect:
        network.workspace().valueAndInputGradient(network.parameters(), [1, 1] as double[], 0, slope, 0) == -0.5d
        slope == [2, -3] as double[]
        network.workspace().directionalGradient(network.parameters(), [1, 1] as double[], 0, [1, 2] as double[], 0, 2, g, 0) == -4
        g == [2, 4, 0] as double[]
    }

    def "the value equals a plain evaluation layer by layer for #layers"() {
        given:
        def network = shaken(layers, 3)
        def x = numbers(layers[0], 4)
        def w = network.parameters()

        when:
        double[] z = x
        int at = 0
        for (int l = 1; l < layers.size(); l++) {
            double[] a = new double[layers[l]]
            for (int o = 0; o < a.length; o++) {
                a[o] = w[at + layers[l] * layers[l - 1] + o]
                for (int i = 0; i < z.length; i++) {
                    a[o] += w[at + o * z.length + i] * z[i]
                }
            }
            at += layers[l] * (layers[l - 1] + 1)
            z = l < layers.size() - 1 ? a.collect { StrictMath.tanh(it) } as double[] : a
        }

        then:
        Math.abs(network.workspace().value(w, x, 0) - z[0]) < 1e-13

        where:
        layers << [[26, 10, 10, 1], [3, 1], [5, 4, 1], [2, 3, 9, 6, 1], [1, 1, 1]]
    }

    def "derivatives by inputs and by parameters match central differences for #layers"() {
        given:
        def network = shaken(layers, 7)
        def workspace = network.workspace()
        def w = network.parameters()
        double[] x = numbers(layers[0] + 2, 8)
        double h = 1e-5d

        when:
        double[] dx = new double[layers[0] + 1]
        double value = workspace.valueAndInputGradient(w, x, 2, dx, 1)
        double[] g = new double[w.length + 3]
        Arrays.fill(g, 1)
        double again = workspace.parameterGradient(w, x, 2, -2.5d, g, 3)

        then:
        value == workspace.value(w, x, 2)
        again == value
        dx[0] == 0
        for (int k = 0; k < layers[0]; k++) {
            assert Math.abs(dx[1 + k] - slope(x, 2 + k, h) { workspace.value(w, it, 2) }) < 1e-8
        }
        g[0..2] == [1d, 1d, 1d]
        for (int k = 0; k < w.length; k++) {
            assert Math.abs(g[3 + k] - (1 - 2.5d * slope(w, k, h) { workspace.value(it, x, 2) })) < 1e-8
        }

        where:
        layers << [[26, 10, 10, 1], [3, 1], [5, 4, 1], [2, 3, 9, 6, 1]]
    }

    def "the mixed second derivatives match central differences for #layers"() {
        given:
        def network = shaken(layers, 17)
        def workspace = network.workspace()
        def w = network.parameters()
        double[] x = numbers(layers[0] + 1, 18)
        double[] v = numbers(layers[0] + 2, 19)
        double[] dx = new double[layers[0]]
        def along = { double[] p ->
            workspace.valueAndInputGradient(p, x, 1, dx, 0)
            double sum = 0
            for (int k = 0; k < dx.length; k++) {
                sum += v[2 + k] * dx[k]
            }
            sum
        }

        when:
        double[] g = new double[w.length + 1]
        double value = workspace.directionalGradient(w, x, 1, v, 2, 0.5d, g, 1)

        then:
        Math.abs(value - along(w)) < 1e-13
        for (int k = 0; k < w.length; k++) {
            assert Math.abs(g[1 + k] - 0.5d * slope(w, k, 1e-5d, along)) < 1e-7
        }

        when: 'asked again'
        workspace.directionalGradient(w, x, 1, v, 2, -0.5d, g, 1)

        then: 'it adds'
        g.every { Math.abs(it) < 1e-15 }

        where:
        layers << [[26, 10, 10, 1], [3, 1], [5, 4, 1], [2, 3, 9, 6, 1]]
    }

    static double slope(double[] at, int k, double h, Closure<Double> f) {
        double[] p = at.clone()
        p[k] = at[k] + h
        double plus = f(p)
        p[k] = at[k] - h
        double minus = f(p)
        (plus - minus) / (2 * h)
    }

    def "random weights fill the bounds of Glorot and Bengio, biases are zero, and the seed decides"() {
        given:
        def network = random([26, 10, 10, 1], 42)
        def w = network.parameters()

        expect:
        w[0..<260].every { Math.abs(it) < Math.sqrt(6 / 36d) }
        w[0..<260].max() > 0.9 * Math.sqrt(6 / 36d)
        w[270..<370].every { Math.abs(it) < Math.sqrt(6 / 20d) }
        w[260..<270].every { it == 0 }
        w[390] == 0
        network == random([26, 10, 10, 1], 42)
        network != random([26, 10, 10, 1], 43)
    }

    def "JSON brings back the same bits"() {
        given:
        def network = shaken([5, 4, 1], 5)

        expect:
        Network.fromJson(JsonFields.of(new ObjectMapper().readTree(network.toJson().toString()), 'network')) == network
    }

    def "JSON is refused with the field named: #message"() {
        when:
        Network.fromJson(JsonFields.of(new ObjectMapper().readTree(json), 'network'))

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        json                                                              | message
        '{"layers":[1,1],"activation":"tanh","parameters":[1]}'           | 'field network.parameters: illegal number of parameters: 1, layers [1, 1] need 2'
        '{"layers":[1,2],"activation":"tanh","parameters":[1]}'           | 'field network.layers: illegal output size: 2'
        '{"layers":[1,1],"activation":"relu","parameters":[1,2]}'         | 'field network.activation: must be tanh, not relu'
        '{"layers":[1,1],"activation":"tanh","parameters":[1,"NaN"]}'     | 'field network.parameters[1]: must be a finite number, not "NaN"'
        '{"layers":[1.5,1],"activation":"tanh","parameters":[1,2]}'       | 'field network.layers[0]: must be a whole number, not 1.5'
        '{"activation":"tanh","parameters":[1,2]}'                        | 'field network.layers: is missing'
    }

    def "illegal layers #layers are refused"() {
        when:
        Network.parameterCount(layers as int[])

        then:
        thrown(IllegalArgumentException)

        where:
        layers << [[], [3], [3, 2], [0, 1], [3, 0, 1], [3, -1, 1]]
    }
}
