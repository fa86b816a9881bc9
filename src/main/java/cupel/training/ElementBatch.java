package cupel.training;

import java.util.Arrays;

/**
 * The network of one element, for many atoms at a time: element j of a layer is an array over atoms, or over coordinates. What is
 * summed over the atoms of a structure is an array over the elements of the layer below.
 */
final class ElementBatch {

    private final int[] layers;
    private final int depth;
    /** Where in the parameters the weights into each layer begin, and its biases. */
    private final int[] weights;

    private final int[] biases;

    private int atoms;
    private int capacity;
    /** For each layer and element of it, the value for each atom. */
    private final double[][][] value;
    /** Derivative of the energy by the value of an element, and by its argument. */
    private final double[][][] slope;

    private final double[][][] delta;
    /** For each layer below the last and each atom, the value of each element. */
    private final double[][][] valueOfAtom;

    private boolean inputGradientKnown;

    /** Derivatives of values, and of delta, along a direction of the inputs. */
    private final double[][][] tangent;

    private final double[][][] tangentDelta;
    private final double[][][] tangentOfAtom;
    private int columnCapacity;
    private double[] scattered = new double[0];
    private final double[][][] columnTangent;
    private final double[][][] columnDelta;
    /** For each layer and element of it, a sum over atoms for each element of the layer below, and for its bias. */
    private final double[][][] weightSum;

    private final double[][] biasSum;

    /**
     * @param start index of the first parameter
     */
    ElementBatch(int[] layers, int start) {
        this.layers = layers;
        depth = layers.length - 1;
        weights = new int[layers.length];
        biases = new int[layers.length];
        weightSum = new double[layers.length][][];
        biasSum = new double[layers.length][];
        int at = start;
        for (int l = 1; l <= depth; l++) {
            weights[l] = at;
            biases[l] = at + layers[l] * layers[l - 1];
            at = biases[l] + layers[l];
            weightSum[l] = new double[layers[l]][layers[l - 1]];
            biasSum[l] = new double[layers[l]];
        }
        value = new double[layers.length][][];
        slope = new double[layers.length][][];
        delta = new double[layers.length][][];
        tangent = new double[layers.length][][];
        tangentDelta = new double[layers.length][][];
        columnTangent = new double[layers.length][][];
        columnDelta = new double[layers.length][][];
        valueOfAtom = new double[depth][][];
        tangentOfAtom = new double[depth][][];
    }

    /** Index of the weight from element {@code from} of layer l − 1 to element {@code to} of layer l. */
    private int weight(int l, int to, int from) {
        return weights[l] + to * layers[l - 1] + from;
    }

    /** Forgets all atoms, and makes room for others. */
    void clear(int atomsToCome) {
        atoms = 0;
        inputGradientKnown = false;
        if (capacity < atomsToCome) {
            capacity = Math.max(atomsToCome, Fit.CHUNK);
            for (int l = 0; l <= depth; l++) {
                value[l] = new double[layers[l]][capacity];
                slope[l] = new double[layers[l]][capacity];
                delta[l] = new double[layers[l]][capacity];
                tangent[l] = new double[layers[l]][capacity];
                tangentDelta[l] = new double[layers[l]][capacity];
            }
            valueOfAtom[0] = new double[capacity][];
            tangentOfAtom[0] = new double[capacity][];
            for (int l = 1; l < depth; l++) {
                valueOfAtom[l] = new double[capacity][layers[l]];
                tangentOfAtom[l] = new double[capacity][layers[l]];
            }
        }
    }

    /** Number of atoms. */
    int size() {
        return atoms;
    }

    /** Adds an atom; returns its number. */
    int put(double[] inputs) {
        valueOfAtom[0][atoms] = inputs;
        double[][] x = value[0];
        for (int k = 0; k < inputs.length; k++) {
            x[k][atoms] = inputs[k];
        }
        return atoms++;
    }

    double energy(int atom) {
        return value[depth][0][atom];
    }

    void forward(double[] w) {
        for (int l = 1; l <= depth; l++) {
            for (int j = 0; j < layers[l]; j++) {
                double[] z = value[l][j];
                Arrays.fill(z, 0, atoms, w[biases[l] + j]);
                addProducts(z, w, weight(l, j, 0), 1, value[l - 1], layers[l - 1], atoms);
                if (l < depth) {
                    Lanes.tanh(z, slope[l][j], delta[l][j], atoms); // both are written anew by the way back
                }
            }
        }
    }

    /** z += Σ_k w[first + k stride] x[k]. */
    private static void addProducts(double[] z, double[] w, int first, int stride, double[][] x, int count, int n) {
        int k = 0;
        int at = first;
        for (; k + 3 < count; k += 4, at += 4 * stride) {
            Lanes.add4(
                    z,
                    w[at],
                    x[k],
                    w[at + stride],
                    x[k + 1],
                    w[at + 2 * stride],
                    x[k + 2],
                    w[at + 3 * stride],
                    x[k + 3],
                    n);
        }
        for (; k < count; k++, at += stride) {
            Lanes.add(z, w[at], x[k], n);
        }
    }

    /**
     * Derivatives of the energy of each atom by what its network computes on the way; after {@link #forward}.
     *
     * @param byInputs whether those by the inputs are wanted too
     */
    void backward(double[] w, boolean byInputs) {
        Arrays.fill(delta[depth][0], 0, atoms, 1);
        for (int l = depth - 1; l >= 1; l--) {
            for (int j = 0; j < layers[l]; j++) {
                double[] e = slope[l][j];
                Arrays.fill(e, 0, atoms, 0);
                addProducts(e, w, weight(l + 1, 0, j), layers[l], delta[l + 1], layers[l + 1], atoms);
                double[] d = delta[l][j];
                System.arraycopy(e, 0, d, 0, atoms);
                Lanes.timesSlope(d, value[l][j], atoms);
            }
        }
        if (byInputs) {
            for (int k = 0; k < layers[0]; k++) {
                double[] e = slope[0][k];
                Arrays.fill(e, 0, atoms, 0);
                addProducts(e, w, weight(1, 0, k), layers[0], delta[1], layers[1], atoms);
            }
            inputGradientKnown = true;
        }
    }

    /** to[b][a] = from[a][b] for b below n. */
    static void transpose(double[][] from, double[][] to, int n) {
        for (int a = 0; a < from.length; a++) {
            double[] row = from[a];
            for (int b = 0; b < n; b++) {
                to[b][a] = row[b];
            }
        }
    }

    /** Makes the values of hidden layers known by atom: before any sum of derivatives by parameters. */
    void prepareSums() {
        for (int l = 1; l < depth; l++) {
            transpose(value[l], valueOfAtom[l], atoms);
        }
    }

    /** Starts sums over atoms anew. */
    private void clearSums() {
        for (int l = 1; l <= depth; l++) {
            for (double[] sum : weightSum[l]) {
                Arrays.fill(sum, 0);
            }
            Arrays.fill(biasSum[l], 0);
        }
    }

    /** sums[j] += Σ_atoms factors[j][atom] vectors[atom]. */
    private static void addOuter(double[][] factors, double[][] vectors, int from, int to, double[][] sums, int n) {
        for (int j = 0; j < sums.length; j++) {
            double[] f = factors[j];
            double[] z = sums[j];
            int a = from;
            for (; a + 3 < to; a += 4) {
                Lanes.add4(
                        z,
                        f[a],
                        vectors[a],
                        f[a + 1],
                        vectors[a + 1],
                        f[a + 2],
                        vectors[a + 2],
                        f[a + 3],
                        vectors[a + 3],
                        n);
            }
            for (; a < to; a++) {
                Lanes.add(z, f[a], vectors[a], n);
            }
        }
    }

    private static void addSums(double[][] factors, int from, int to, double[] sums) {
        for (int j = 0; j < sums.length; j++) {
            double sum = 0;
            for (int a = from; a < to; a++) {
                sum += factors[j][a];
            }
            sums[j] += sum;
        }
    }

    /** g = factor × sums, in the places of the parameters of this network. */
    private void copySums(double factor, double[] g) {
        for (int l = 1; l <= depth; l++) {
            for (int j = 0; j < layers[l]; j++) {
                double[] sum = weightSum[l][j];
                int at = weight(l, j, 0);
                for (int k = 0; k < sum.length; k++) {
                    g[at + k] = factor * sum[k];
                }
                g[biases[l] + j] = factor * biasSum[l][j];
            }
        }
    }

    /** g = factor × derivative by the parameters of the sum of the energies of atoms from … to − 1. */
    void energyGradient(int from, int to, double factor, double[] g) {
        clearSums();
        for (int l = 1; l <= depth; l++) {
            addOuter(delta[l], valueOfAtom[l - 1], from, to, weightSum[l], layers[l - 1]);
            addSums(delta[l], from, to, biasSum[l]);
        }
        copySums(factor, g);
    }

    /**
     * Derivatives along directions of the inputs, one for each atom: Pearlmutter's R-operator forward and back.
     *
     * @param directions for each atom, a vector of as many numbers as there are inputs; kept until the next call
     */
    void turn(double[] w, double[][] directions) {
        for (int a = 0; a < atoms; a++) {
            double[] v = directions[a];
            tangentOfAtom[0][a] = v;
            for (int k = 0; k < layers[0]; k++) {
                tangent[0][k][a] = v[k];
            }
        }
        for (int l = 1; l < depth; l++) {
            for (int j = 0; j < layers[l]; j++) {
                double[] t = tangent[l][j];
                Arrays.fill(t, 0, atoms, 0);
                addProducts(t, w, weight(l, j, 0), 1, tangent[l - 1], layers[l - 1], atoms);
                Lanes.timesSlope(t, value[l][j], atoms);
            }
            transpose(tangent[l], tangentOfAtom[l], atoms);
        }
        for (int l = depth - 1; l >= 1; l--) {
            for (int j = 0; j < layers[l]; j++) {
                double[] t = tangentDelta[l][j];
                Arrays.fill(t, 0, atoms, 0);
                if (l + 1 < depth) { // the last layer is linear: nothing comes back from it
                    addProducts(t, w, weight(l + 1, 0, j), layers[l], tangentDelta[l + 1], layers[l + 1], atoms);
                    Lanes.timesSlope(t, value[l][j], atoms);
                }
                Lanes.addCurvature(t, value[l][j], slope[l][j], tangent[l][j], atoms);
            }
        }
    }

    /**
     * g = factor × derivative by the parameters of Σ_atoms direction · ∂E/∂x over atoms from … to − 1; after {@link #turn}.
     */
    void directionalGradient(int from, int to, double factor, double[] g) {
        clearSums();
        for (int l = 1; l <= depth; l++) {
            addOuter(delta[l], tangentOfAtom[l - 1], from, to, weightSum[l], layers[l - 1]);
            if (l < depth) {
                addOuter(tangentDelta[l], valueOfAtom[l - 1], from, to, weightSum[l], layers[l - 1]);
                addSums(tangentDelta[l], from, to, biasSum[l]);
            }
        }
        copySums(factor, g);
    }

    /** forces −= Σ_k ∂E/∂x_k derivatives[k]. */
    void subtractForces(int atom, double[][] derivatives, int[] columns, double[] forces) {
        if (!inputGradientKnown) {
            throw new IllegalStateException("no backward pass to the inputs yet");
        }
        int n = derivatives[0].length;
        double[] target = forces;
        if (columns != null) {
            if (scattered.length < n) {
                scattered = new double[n];
            }
            target = scattered;
            Arrays.fill(target, 0, n, 0);
        }
        double[][] g = slope[0];
        int k = 0;
        for (; k + 3 < layers[0]; k += 4) {
            Lanes.add4(
                    target,
                    -g[k][atom],
                    derivatives[k],
                    -g[k + 1][atom],
                    derivatives[k + 1],
                    -g[k + 2][atom],
                    derivatives[k + 2],
                    -g[k + 3][atom],
                    derivatives[k + 3],
                    n);
        }
        for (; k < layers[0]; k++) {
            Lanes.add(target, -g[k][atom], derivatives[k], n);
        }
        if (columns != null) {
            for (int c = 0; c < n; c++) {
                forces[columns[c]] += target[c];
            }
        }
    }

    /** gradient[p][column] += derivative by parameter p of Σ_k ∂E/∂x_k derivatives[k][column]. */
    void addForceGradient(double[] w, int atom, double[][] derivatives, int[] columns, double[][] gradient) {
        int n = derivatives[0].length;
        if (columnCapacity < n) {
            columnCapacity = n;
            for (int l = 1; l <= depth; l++) {
                columnTangent[l] = new double[layers[l]][n];
                columnDelta[l] = new double[layers[l]][n];
            }
        }
        columnTangent[0] = derivatives;
        for (int l = 1; l < depth; l++) {
            for (int j = 0; j < layers[l]; j++) {
                double[] t = columnTangent[l][j];
                Arrays.fill(t, 0, n, 0);
                addProducts(t, w, weight(l, j, 0), 1, columnTangent[l - 1], layers[l - 1], n);
                double h = value[l][j][atom];
                Lanes.scale(t, 1 - h * h, n);
            }
        }
        for (int l = depth - 1; l >= 1; l--) {
            for (int j = 0; j < layers[l]; j++) {
                double[] t = columnDelta[l][j];
                Arrays.fill(t, 0, n, 0);
                double h = value[l][j][atom];
                if (l + 1 < depth) { // the last layer is linear: nothing comes back from it
                    addProducts(t, w, weight(l + 1, 0, j), layers[l], columnDelta[l + 1], layers[l + 1], n);
                    Lanes.scale(t, 1 - h * h, n);
                }
                Lanes.add(t, -2 * h * slope[l][j][atom], columnTangent[l][j], n);
            }
        }
        for (int l = 1; l <= depth; l++) {
            for (int j = 0; j < layers[l]; j++) {
                double d = delta[l][j][atom];
                double[] t = columnDelta[l][j];
                for (int k = 0; k < layers[l - 1]; k++) {
                    accumulate(
                            gradient[weight(l, j, k)],
                            value[l - 1][k][atom],
                            t,
                            d,
                            columnTangent[l - 1][k],
                            columns,
                            n,
                            l < depth);
                }
                if (l < depth) {
                    accumulate(gradient[biases[l] + j], 1, t, 0, t, columns, n, true);
                }
            }
        }
    }

    /** g += h t + d v, the first term only where there is one. */
    private static void accumulate(
            double[] g, double h, double[] t, double d, double[] v, int[] columns, int n, boolean first) {
        if (columns == null) {
            if (first) {
                Lanes.add2(g, h, t, d, v, n);
            } else {
                Lanes.add(g, d, v, n);
            }
            return;
        }
        for (int c = 0; c < n; c++) {
            g[columns[c]] += (first ? h * t[c] : 0) + d * v[c];
        }
    }
}
