package cupel.training;

import java.util.Arrays;
import java.util.List;

/**
 * The least-squares problem of training: residuals of labelled structures and their exact derivatives by all weights of the
 * networks of all elements.
 *
 * <pre>
 *   energy of a structure:   (E_NN − E_ref) / N
 *   force component c:       weight_c (F_NN,c − F_ref,c)
 * </pre>
 *
 * <p>With inputs x, F = −Σ_i v_i·∇E_i, where v_i is the derivative of the inputs of atom i by the coordinate. Its derivative by
 * the weights is a second derivative of the network, got exactly by Pearlmutter's R-operator (<i>Neural Computation</i> 6
 * (1994) 147): v is sent forward through the network, and what it gives is sent back.
 *
 * <p>Everything is done for many atoms or many coordinates at a time: element j of a layer is an array over atoms, or over
 * coordinates. Not safe for threads; one per thread, over examples that may be shared.
 */
final class Fit implements LevenbergMarquardt.Problem {

    /** Atoms that go through the network together: enough for long inner loops, few enough to stay in the cache. */
    private static final int CHUNK = 192;

    /** Sums over the examples that were looked at. */
    record Errors(int structures, double energySquare, long components, double forceSquare, double cost) {

        /** Root mean square error of the energy per atom, eV. */
        double energyRmse() {
            return Math.sqrt(energySquare / structures);
        }

        /** Root mean square error of a force component, eV/angstrom; NaN without forces. */
        double forceRmse() {
            return components == 0 ? Double.NaN : Math.sqrt(forceSquare / components);
        }

        /** Mean of r², over energies and force components alike. */
        double meanSquare() {
            return 2 * cost / (structures + components);
        }

        /** ½ Σ r² per structure. */
        double meanCost() {
            return cost / structures;
        }
    }

    private final int[][] layers;
    /** Where the parameters of each element begin. */
    private final int[] starts;

    private final int parameterCount;
    private List<Example> examples;
    private int residualCount;

    private final Workspace[] workspaces;
    private int[] slots = new int[0];
    private double[] row;
    private double[] energyRow;
    private double[][] gradient;
    private double[][] predicted = new double[1][];

    /**
     * @param layers for each element, the layers of its network
     */
    Fit(int[][] layers, List<Example> examples) {
        this.layers = layers;
        starts = new int[layers.length + 1];
        workspaces = new Workspace[layers.length];
        for (int e = 0; e < layers.length; e++) {
            starts[e + 1] = starts[e] + parameterCount(layers[e]);
            workspaces[e] = new Workspace(layers[e], starts[e]);
        }
        parameterCount = starts[layers.length];
        row = new double[parameterCount];
        energyRow = new double[parameterCount];
        setExamples(examples);
    }

    static int parameterCount(int[] layers) {
        int count = 0;
        for (int l = 1; l < layers.length; l++) {
            count += layers[l] * (layers[l - 1] + 1);
        }
        return count;
    }

    /** Replaces the examples, the working memory stays: for training by batches. */
    void setExamples(List<Example> newExamples) {
        examples = newExamples;
        residualCount = 0;
        for (Example example : newExamples) {
            residualCount += 1 + example.forces().length;
        }
    }

    @Override
    public int parameterCount() {
        return parameterCount;
    }

    @Override
    public int residualCount() {
        return residualCount;
    }

    @Override
    public double cost(double[] w) {
        return errors(w).cost();
    }

    /** How far the networks are from the labels. */
    Errors errors(double[] w) {
        double energySquare = 0;
        double forceSquare = 0;
        double cost = 0;
        long components = 0;
        int first = 0;
        while (first < examples.size()) {
            int last = chunkEnd(first);
            load(first, last);
            boolean forces = anyForces(first, last);
            for (Workspace workspace : workspaces) {
                workspace.forward(w);
                if (forces) {
                    workspace.backward(w);
                }
            }
            int slot = 0;
            for (int s = first; s < last; s++) {
                Example example = examples.get(s);
                double r = energyResidual(example, slot);
                energySquare += r * r;
                cost += 0.5 * r * r;
                int count = example.forces().length;
                if (count > 0) {
                    double[] f = predictForces(example, slot);
                    for (int c = 0; c < count; c++) {
                        double d = f[c] - example.forces()[c];
                        forceSquare += d * d;
                        double weighted = example.forceWeights()[c] * d;
                        cost += 0.5 * weighted * weighted;
                    }
                    components += count;
                }
                slot += example.size();
            }
            first = last;
        }
        return new Errors(examples.size(), energySquare, components, forceSquare, cost);
    }

    @Override
    public void linearize(double[] w, LevenbergMarquardt.Rows rows) {
        int first = 0;
        while (first < examples.size()) {
            int last = chunkEnd(first);
            load(first, last);
            for (Workspace workspace : workspaces) {
                workspace.forward(w);
                workspace.backward(w);
            }
            int slot = 0;
            for (int s = first; s < last; s++) {
                Example example = examples.get(s);
                Arrays.fill(energyRow, 0);
                for (int i = 0; i < example.size(); i++) {
                    workspaces[example.elements()[i]].addEnergyGradient(
                            slots[slot + i], example.inputs()[i], 1.0 / example.size(), energyRow);
                }
                rows.add(energyRow, 0, energyResidual(example, slot));
                if (example.forces().length > 0) {
                    addForceRows(w, example, slot, rows);
                }
                slot += example.size();
            }
            first = last;
        }
    }

    private void addForceRows(double[] w, Example example, int slot, LevenbergMarquardt.Rows rows) {
        int count = example.forces().length;
        if (gradient == null || gradient[0].length < count) {
            gradient = new double[parameterCount][count];
        }
        for (double[] g : gradient) {
            Arrays.fill(g, 0, count, 0);
        }
        for (int i = 0; i < example.size(); i++) {
            workspaces[example.elements()[i]].addForceGradient(
                    w,
                    slots[slot + i],
                    example.inputs()[i],
                    example.derivatives()[i],
                    example.columns() == null ? null : example.columns()[i],
                    count,
                    gradient);
        }
        double[] f = predictForces(example, slot);
        for (int c = 0; c < count; c++) {
            double weight = example.forceWeights()[c];
            for (int p = 0; p < parameterCount; p++) {
                row[p] = -weight * gradient[p][c];
            }
            rows.add(row, 0, weight * (f[c] - example.forces()[c]));
        }
    }

    private int chunkEnd(int first) {
        int atoms = examples.get(first).size();
        int last = first + 1;
        while (last < examples.size() && atoms + examples.get(last).size() <= CHUNK) {
            atoms += examples.get(last++).size();
        }
        return last;
    }

    private boolean anyForces(int first, int last) {
        for (int s = first; s < last; s++) {
            if (examples.get(s).forces().length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Gives every atom of the examples a slot in the workspace of its element. */
    private void load(int first, int last) {
        int atoms = 0;
        for (int s = first; s < last; s++) {
            atoms += examples.get(s).size();
        }
        if (slots.length < atoms) {
            slots = new int[Math.max(atoms, CHUNK)];
        }
        for (Workspace workspace : workspaces) {
            workspace.clear(atoms);
        }
        int slot = 0;
        for (int s = first; s < last; s++) {
            Example example = examples.get(s);
            for (int i = 0; i < example.size(); i++) {
                slots[slot++] = workspaces[example.elements()[i]].put(example.inputs()[i]);
            }
        }
    }

    private double energyResidual(Example example, int slot) {
        double energy = 0;
        for (int i = 0; i < example.size(); i++) {
            energy += workspaces[example.elements()[i]].energy(slots[slot + i]);
        }
        return energy / example.size() - example.target();
    }

    private double[] predictForces(Example example, int slot) {
        int count = example.forces().length;
        if (predicted[0] == null || predicted[0].length < count) {
            predicted[0] = new double[count];
        }
        double[] f = predicted[0];
        Arrays.fill(f, 0, count, 0);
        for (int i = 0; i < example.size(); i++) {
            workspaces[example.elements()[i]].subtractForces(
                    slots[slot + i],
                    example.derivatives()[i],
                    example.columns() == null ? null : example.columns()[i],
                    count,
                    f);
        }
        return f;
    }

    /** The network of one element, for many atoms at a time. */
    private static final class Workspace {

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
        private double[][] inputGradient;
        private boolean inputGradientKnown;

        private int columnCapacity;
        private final double[][][] tangent;
        private final double[][][] tangentDelta;
        private double[] scattered = new double[0];

        Workspace(int[] layers, int start) {
            this.layers = layers;
            depth = layers.length - 1;
            weights = new int[layers.length];
            biases = new int[layers.length];
            int at = start;
            for (int l = 1; l <= depth; l++) {
                weights[l] = at;
                biases[l] = at + layers[l] * layers[l - 1];
                at = biases[l] + layers[l];
            }
            value = new double[layers.length][][];
            slope = new double[layers.length][][];
            delta = new double[layers.length][][];
            tangent = new double[layers.length][][];
            tangentDelta = new double[layers.length][][];
        }

        /** Index of the weight from element {@code from} of layer l − 1 to element {@code to} of layer l. */
        private int weight(int l, int to, int from) {
            return weights[l] + to * layers[l - 1] + from;
        }

        void clear(int atomsToCome) {
            atoms = 0;
            inputGradientKnown = false;
            if (capacity < atomsToCome) {
                capacity = Math.max(atomsToCome, CHUNK);
                for (int l = 0; l <= depth; l++) {
                    value[l] = new double[layers[l]][capacity];
                    slope[l] = new double[layers[l]][capacity];
                    delta[l] = new double[layers[l]][capacity];
                }
                inputGradient = slope[0];
            }
        }

        int put(double[] inputs) {
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
                        Lanes.tanh(z, atoms);
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

        /** Derivatives of the energy of each atom by what its network computes on the way; after {@link #forward}. */
        void backward(double[] w) {
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
            for (int k = 0; k < layers[0]; k++) {
                double[] e = inputGradient[k];
                Arrays.fill(e, 0, atoms, 0);
                addProducts(e, w, weight(1, 0, k), layers[0], delta[1], layers[1], atoms);
            }
            inputGradientKnown = true;
        }

        /** g += factor × derivative of the energy of the atom by the parameters. */
        void addEnergyGradient(int atom, double[] inputs, double factor, double[] g) {
            for (int l = 1; l <= depth; l++) {
                int below = layers[l - 1];
                for (int j = 0; j < layers[l]; j++) {
                    double d = factor * delta[l][j][atom];
                    g[biases[l] + j] += d;
                    int at = weight(l, j, 0);
                    if (l == 1) {
                        Lanes.addAt(g, at, d, inputs, below);
                    } else {
                        double[][] h = value[l - 1];
                        for (int k = 0; k < below; k++) {
                            g[at + k] += d * h[k][atom];
                        }
                    }
                }
            }
        }

        /** forces −= Σ_k ∂E/∂x_k derivatives[k]. */
        void subtractForces(int atom, double[][] derivatives, int[] columns, int count, double[] forces) {
            if (!inputGradientKnown) {
                throw new IllegalStateException("no backward pass yet");
            }
            int n = columns == null ? count : columns.length;
            double[] target = forces;
            if (columns != null) {
                if (scattered.length < n) {
                    scattered = new double[n];
                }
                target = scattered;
                Arrays.fill(target, 0, n, 0);
            }
            int k = 0;
            for (; k + 3 < layers[0]; k += 4) {
                Lanes.add4(
                        target,
                        -inputGradient[k][atom],
                        derivatives[k],
                        -inputGradient[k + 1][atom],
                        derivatives[k + 1],
                        -inputGradient[k + 2][atom],
                        derivatives[k + 2],
                        -inputGradient[k + 3][atom],
                        derivatives[k + 3],
                        n);
            }
            for (; k < layers[0]; k++) {
                Lanes.add(target, -inputGradient[k][atom], derivatives[k], n);
            }
            if (columns != null) {
                for (int c = 0; c < n; c++) {
                    forces[columns[c]] += target[c];
                }
            }
        }

        /** gradient[p][column] += derivative by parameter p of Σ_k ∂E/∂x_k derivatives[k][column]. */
        void addForceGradient(
                double[] w,
                int atom,
                double[] inputs,
                double[][] derivatives,
                int[] columns,
                int count,
                double[][] gradient) {
            int n = columns == null ? count : columns.length;
            if (columnCapacity < n) {
                columnCapacity = n;
                for (int l = 1; l <= depth; l++) {
                    tangent[l] = new double[layers[l]][n];
                    tangentDelta[l] = new double[layers[l]][n];
                }
                scattered = new double[Math.max(n, scattered.length)];
            }
            tangent[0] = derivatives;
            for (int l = 1; l < depth; l++) {
                for (int j = 0; j < layers[l]; j++) {
                    double[] t = tangent[l][j];
                    Arrays.fill(t, 0, n, 0);
                    addProducts(t, w, weight(l, j, 0), 1, tangent[l - 1], layers[l - 1], n);
                    double h = value[l][j][atom];
                    Lanes.scale(t, 1 - h * h, n);
                }
            }
            for (int l = depth - 1; l >= 1; l--) {
                for (int j = 0; j < layers[l]; j++) {
                    double[] t = tangentDelta[l][j];
                    Arrays.fill(t, 0, n, 0);
                    double h = value[l][j][atom];
                    if (l + 1 < depth) { // the last layer is linear: nothing comes back from it
                        addProducts(t, w, weight(l + 1, 0, j), layers[l], tangentDelta[l + 1], layers[l + 1], n);
                        Lanes.scale(t, 1 - h * h, n);
                    }
                    Lanes.add(t, -2 * h * slope[l][j][atom], tangent[l][j], n);
                }
            }
            for (int l = 1; l <= depth; l++) {
                for (int j = 0; j < layers[l]; j++) {
                    double d = delta[l][j][atom];
                    double[] t = tangentDelta[l][j];
                    for (int k = 0; k < layers[l - 1]; k++) {
                        double h = l == 1 ? inputs[k] : value[l - 1][k][atom];
                        accumulate(gradient[weight(l, j, k)], h, t, d, tangent[l - 1][k], columns, n, l < depth);
                    }
                    if (l < depth) {
                        accumulate(gradient[biases[l] + j], 1, t, 0, t, columns, n, true);
                    }
                }
            }
        }

        /** g += h t + d v, the first term only where there is one. */
        private void accumulate(
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
}
