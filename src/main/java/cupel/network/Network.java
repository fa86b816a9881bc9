package cupel.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.JsonFields;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A feed-forward network with one output: hidden layers of tanh, a linear output, biases everywhere.
 *
 * <pre>
 *   z_0 = x,   a_l = W_l z_(l-1) + b_l,   z_l = tanh(a_l) in hidden layers,   E = a_L
 * </pre>
 *
 * <p>Immutable. The parameters are one flat array: for each layer from the inputs on, the matrix W_l row by row (one row per
 * unit, as many numbers as there are inputs to the layer), then the biases b_l. Layers {26, 10, 10, 1} have 391.
 */
public final class Network {

    private final int[] layers;
    private final double[] parameters;

    private Network(int[] layers, double[] parameters) {
        this.layers = layers;
        this.parameters = parameters;
    }

    /**
     * A network with these parameters.
     *
     * @param layers sizes from inputs to output, such as {26, 10, 10, 1}; the last is 1; copied
     * @param parameters in the order above, any numbers; copied
     */
    public static Network of(int[] layers, double[] parameters) {
        int needed = parameterCount(layers);
        if (parameters.length != needed) {
            throw new IllegalArgumentException("illegal number of parameters: " + parameters.length + ", layers "
                    + Arrays.toString(layers) + " need " + needed);
        }
        return new Network(layers.clone(), parameters.clone());
    }

    /**
     * A network with random weights and zero biases: uniform on +-sqrt(6 / (inputs + outputs)) of each layer, after Glorot and Bengio,
     * AISTATS 2010, eq. 16. Meant for inputs of mean 0 and variance 1.
     */
    public static Network random(int[] layers, UniformRandomProvider random) {
        double[] parameters = new double[parameterCount(layers)];
        int at = 0;
        for (int l = 1; l < layers.length; l++) {
            double bound = Math.sqrt(6.0 / (layers[l - 1] + layers[l]));
            for (int k = 0; k < layers[l] * layers[l - 1]; k++) {
                parameters[at++] = bound * (2 * random.nextDouble() - 1);
            }
            at += layers[l];
        }
        return new Network(layers.clone(), parameters);
    }

    /** Number of parameters of a network with these layers. */
    public static int parameterCount(int[] layers) {
        if (layers.length < 2) {
            throw new IllegalArgumentException(
                    "illegal layers: " + Arrays.toString(layers) + ", must be inputs, hidden layers, and the output 1");
        }
        int count = 0;
        for (int l = 0; l < layers.length; l++) {
            if (layers[l] < 1 || layers[l] > 1_000_000) {
                throw new IllegalArgumentException("illegal layer size: " + layers[l] + " in " + Arrays.toString(layers)
                        + ", must be 1 to 1000000");
            }
            if (l > 0) {
                count = Math.addExact(count, Math.multiplyExact(layers[l], layers[l - 1] + 1));
            }
        }
        if (layers[layers.length - 1] != 1) {
            throw new IllegalArgumentException("illegal output size: " + layers[layers.length - 1] + ", must be 1");
        }
        return count;
    }

    /** Sizes of the layers from inputs to output; a copy. */
    public int[] layers() {
        return layers.clone();
    }

    /** Number of inputs. */
    public int inputs() {
        return layers[0];
    }

    /** Number of parameters. */
    public int parameterCount() {
        return parameters.length;
    }

    /** The parameters; a copy. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** The same layers with other parameters. */
    public Network withParameters(double[] newParameters) {
        return of(layers, newParameters);
    }

    /** Something to evaluate with; one per thread. */
    public NetworkWorkspace workspace() {
        return new NetworkWorkspace(layers);
    }

    /** The network as JSON; see {@code docs/potential-format.md}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode sizes = json.putArray("layers");
        for (int size : layers) {
            sizes.add(size);
        }
        json.put("activation", "tanh");
        ArrayNode numbers = json.putArray("parameters");
        for (double parameter : parameters) {
            numbers.add(parameter);
        }
        return json;
    }

    /** The network that {@link #toJson} wrote; an exception naming the field when it is not one. */
    public static Network fromJson(JsonFields json) {
        double[] sizes = json.numbers("layers");
        int[] layers = new int[sizes.length];
        for (int l = 0; l < sizes.length; l++) {
            layers[l] = (int) sizes[l];
            if (layers[l] != sizes[l]) {
                throw json.wrong("layers[" + l + "]", "must be a whole number, not " + sizes[l]);
            }
        }
        String activation = json.text("activation");
        if (!activation.equals("tanh")) {
            throw json.wrong("activation", "must be tanh, not " + activation);
        }
        try {
            parameterCount(layers);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw json.wrong("layers", e.getMessage());
        }
        try {
            return of(layers, json.numbers("parameters"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("parameters", e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network n && Arrays.equals(layers, n.layers) && Arrays.equals(parameters, n.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(layers) + Arrays.hashCode(parameters);
    }

    @Override
    public String toString() {
        return "Network " + Arrays.toString(layers);
    }
}
