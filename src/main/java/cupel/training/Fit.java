package cupel.training;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

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
 * <p>With {@link #sketch} the matrix that the rows make is estimated and not computed: the weighted force components of a
 * structure are dealt out at random to a few groups, and a group gives one row, the sum of its rows with random signs. The
 * expectation of the product of such rows is that of all rows (a count sketch: Clarkson and Woodruff, STOC 2013). The gradient
 * stays exact: it costs no more than one row, since Jᵀr is the derivative along a single direction.
 *
 * <p>Not safe for threads; one per thread, over examples that may be shared.
 */
final class Fit implements LevenbergMarquardt.Problem {

    /** Atoms that go through the network together: enough for long inner loops, few enough to stay in the cache. */
    static final int CHUNK = 192;

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
    private final int parameterCount;
    private List<Example> examples;
    private int residualCount;

    private final ElementBatch[] batches;
    /** For each atom of the chunk, its number among those of its element. */
    private int[] slots = new int[0];
    /** For each element and structure of the chunk, the number of its first atom. */
    private int[][] first;

    private final double[] row;
    private double[][] columns;
    private double[] predicted = new double[0];

    private int rowsPerStructure;
    private UniformRandomProvider random;
    /** For each element, group (the last is the gradient) and atom, a direction of its inputs. */
    private double[][][][] directions;

    private int[] deck = new int[0];
    private double[][] byColumn = new double[0][];
    private final double[] gradient;

    private double[] knownParameters;
    private Errors knownErrors;

    /**
     * @param layers for each element, the layers of its network
     */
    Fit(int[][] layers, List<Example> examples) {
        this.layers = layers;
        batches = new ElementBatch[layers.length];
        int start = 0;
        for (int e = 0; e < layers.length; e++) {
            batches[e] = new ElementBatch(layers[e], start);
            start += parameterCount(layers[e]);
        }
        parameterCount = start;
        row = new double[parameterCount];
        gradient = new double[parameterCount];
        first = new int[layers.length][0];
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
        knownParameters = null;
        residualCount = 0;
        for (Example example : newExamples) {
            residualCount += 1 + example.forces().length;
        }
    }

    /**
     * Estimates the matrix from the next linearisation on.
     *
     * @param rows rows for the forces of a structure, or 0 for all of them; structures that have no more force components than
     *     this give all of them
     * @param seed of groups and signs
     */
    void sketch(int rows, long seed) {
        rowsPerStructure = rows;
        random = rows == 0 ? null : RandomSource.XO_SHI_RO_256_PP.create(seed);
    }

    @Override
    public boolean estimatesMatrix() {
        return rowsPerStructure > 0;
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

    /** The residuals where there are no forces; with forces there are too many rows to keep for what they are wanted for. */
    @Override
    public boolean residuals(double[] w, double[] target) {
        if (residualCount > examples.size()) {
            return false;
        }
        int begin = 0;
        while (begin < examples.size()) {
            int end = chunkEnd(begin);
            load(begin, end);
            for (ElementBatch batch : batches) {
                batch.forward(w);
            }
            int atom = 0;
            for (int s = begin; s < end; s++) {
                target[s] = energyResidual(examples.get(s), atom);
                atom += examples.get(s).size();
            }
            begin = end;
        }
        return true;
    }

    /** How far the networks are from the labels. The errors of the parameters that were last asked for are remembered. */
    Errors errors(double[] w) {
        if (knownParameters == null || !Arrays.equals(knownParameters, w)) {
            knownErrors = computeErrors(w);
            knownParameters = w.clone();
        }
        return knownErrors;
    }

    private Errors computeErrors(double[] w) {
        double energySquare = 0;
        double forceSquare = 0;
        double cost = 0;
        long components = 0;
        int begin = 0;
        while (begin < examples.size()) {
            int end = chunkEnd(begin);
            load(begin, end);
            boolean forces = anyForces(begin, end);
            for (ElementBatch batch : batches) {
                batch.forward(w);
                if (forces) {
                    batch.backward(w, true);
                }
            }
            int atom = 0;
            for (int s = begin; s < end; s++) {
                Example example = examples.get(s);
                double r = energyResidual(example, atom);
                energySquare += r * r;
                cost += 0.5 * r * r;
                int count = example.forces().length;
                if (count > 0) {
                    double[] f = predictForces(example, atom);
                    for (int c = 0; c < count; c++) {
                        double d = f[c] - example.forces()[c];
                        forceSquare += d * d;
                        double weighted = example.forceWeights()[c] * d;
                        cost += 0.5 * weighted * weighted;
                    }
                    components += count;
                }
                atom += example.size();
            }
            begin = end;
        }
        return new Errors(examples.size(), energySquare, components, forceSquare, cost);
    }

    @Override
    public void linearize(double[] w, LevenbergMarquardt.Rows rows) {
        int begin = 0;
        while (begin < examples.size()) {
            int end = chunkEnd(begin);
            load(begin, end);
            boolean forces = anyForces(begin, end);
            for (ElementBatch batch : batches) {
                batch.forward(w);
                batch.backward(w, forces);
                batch.prepareSums();
            }
            boolean sketched = false;
            int atom = 0;
            for (int s = begin; s < end; s++) {
                Example example = examples.get(s);
                for (int e = 0; e < batches.length; e++) {
                    batches[e].energyGradient(first[e][s - begin], first[e][s - begin + 1], 1.0 / example.size(), row);
                }
                rows.add(row, 0, energyResidual(example, atom));
                if (isSketched(example)) {
                    sketched = true;
                } else if (example.forces().length > 0) {
                    addForceRows(w, example, atom, rows);
                }
                atom += example.size();
            }
            if (sketched) {
                addSketch(w, begin, end, rows);
            }
            begin = end;
        }
    }

    private boolean isSketched(Example example) {
        return rowsPerStructure > 0 && example.forces().length > rowsPerStructure;
    }

    private void addForceRows(double[] w, Example example, int atom, LevenbergMarquardt.Rows rows) {
        int count = example.forces().length;
        if (columns == null || columns[0].length < count) {
            columns = new double[parameterCount][count];
        }
        for (double[] column : columns) {
            Arrays.fill(column, 0, count, 0);
        }
        for (int i = 0; i < example.size(); i++) {
            batches[example.elements()[i]].addForceGradient(
                    w,
                    slots[atom + i],
                    example.derivatives()[i],
                    example.columns() == null ? null : example.columns()[i],
                    columns);
        }
        double[] f = predictForces(example, atom);
        for (int c = 0; c < count; c++) {
            double weight = example.forceWeights()[c];
            for (int p = 0; p < parameterCount; p++) {
                row[p] = -weight * columns[p][c];
            }
            rows.add(row, 0, weight * (f[c] - example.forces()[c]));
        }
    }

    /** Rows for the forces of those structures of a chunk that are sketched, and their part of the gradient. */
    private void addSketch(double[] w, int begin, int end, LevenbergMarquardt.Rows rows) {
        clearDirections();
        int atom = 0;
        for (int s = begin; s < end; s++) {
            Example example = examples.get(s);
            if (isSketched(example)) {
                addDirections(example, atom);
            }
            atom += example.size();
        }
        for (int group = 0; group < rowsPerStructure; group++) {
            for (int e = 0; e < batches.length; e++) {
                batches[e].turn(w, directions[e][group]);
            }
            for (int s = begin; s < end; s++) {
                if (isSketched(examples.get(s))) {
                    for (int e = 0; e < batches.length; e++) {
                        batches[e].directionalGradient(first[e][s - begin], first[e][s - begin + 1], 1, row);
                    }
                    rows.add(row, 0, 0);
                }
            }
        }
        for (int e = 0; e < batches.length; e++) {
            batches[e].turn(w, directions[e][rowsPerStructure]);
            // Atoms of structures that are not sketched have no direction and add nothing.
            batches[e].directionalGradient(0, batches[e].size(), -1, gradient);
        }
        rows.addGradient(gradient);
    }

    private void clearDirections() {
        if (directions == null) {
            directions = new double[batches.length][][][];
        }
        for (int e = 0; e < batches.length; e++) {
            int atoms = batches[e].size();
            if (directions[e] == null || directions[e].length <= rowsPerStructure || directions[e][0].length < atoms) {
                directions[e] = new double[rowsPerStructure + 1][Math.max(atoms, CHUNK)][layers[e][0]];
            }
            for (int group = 0; group <= rowsPerStructure; group++) {
                for (int a = 0; a < atoms; a++) {
                    Arrays.fill(directions[e][group][a], 0);
                }
            }
        }
    }

    /** Deals the force components of a structure out to groups: a direction for each atom and group, and that of the gradient. */
    private void addDirections(Example example, int atom) {
        int count = example.forces().length;
        if (deck.length < count) {
            deck = new int[count];
        }
        for (int c = 0; c < count; c++) {
            int j = random.nextInt(c + 1);
            deck[c] = deck[j];
            deck[j] = c;
        }
        double[] f = predictForces(example, atom);
        for (int c = 0; c < count; c++) {
            double weight = example.forceWeights()[c];
            f[c] = weight * weight * (f[c] - example.forces()[c]);
        }
        long signs = 0;
        for (int c = 0; c < count; c++) {
            if ((c & 63) == 0) {
                signs = random.nextLong();
            }
            // The place in the deck is the group; its sign goes with it.
            int group = deck[c] % rowsPerStructure;
            deck[c] = (signs >> (c & 63) & 1) == 0 ? group : ~group;
        }
        for (int i = 0; i < example.size(); i++) {
            double[][] d = example.derivatives()[i];
            int[] column = example.columns() == null ? null : example.columns()[i];
            int e = example.elements()[i];
            int slot = slots[atom + i];
            int functions = layers[e][0];
            int used = d[0].length;
            if (byColumn.length < used || byColumn[0].length < functions) {
                byColumn = new double[Math.max(used, byColumn.length)][functions];
            }
            ElementBatch.transpose(d, byColumn, used);
            double[] g = directions[e][rowsPerStructure][slot];
            for (int k = 0; k < used; k++) {
                int c = column == null ? k : column[k];
                int group = deck[c] >= 0 ? deck[c] : ~deck[c];
                double weight = example.forceWeights()[c];
                Lanes.add(directions[e][group][slot], deck[c] >= 0 ? weight : -weight, byColumn[k], functions);
                Lanes.add(g, f[c], byColumn[k], functions);
            }
        }
    }

    private int chunkEnd(int begin) {
        int atoms = examples.get(begin).size();
        int end = begin + 1;
        while (end < examples.size() && atoms + examples.get(end).size() <= CHUNK) {
            atoms += examples.get(end++).size();
        }
        return end;
    }

    private boolean anyForces(int begin, int end) {
        for (int s = begin; s < end; s++) {
            if (examples.get(s).forces().length > 0) {
                return true;
            }
        }
        return false;
    }

    /** Gives every atom of the examples a slot in the batch of its element. */
    private void load(int begin, int end) {
        int atoms = 0;
        for (int s = begin; s < end; s++) {
            atoms += examples.get(s).size();
        }
        if (slots.length < atoms) {
            slots = new int[Math.max(atoms, CHUNK)];
        }
        for (int e = 0; e < batches.length; e++) {
            batches[e].clear(atoms);
            if (first[e].length < end - begin + 1) {
                first[e] = new int[end - begin + 1];
            }
        }
        int atom = 0;
        for (int s = begin; s < end; s++) {
            Example example = examples.get(s);
            for (int i = 0; i < example.size(); i++) {
                slots[atom++] = batches[example.elements()[i]].put(example.inputs()[i]);
            }
            for (int e = 0; e < batches.length; e++) {
                first[e][s - begin + 1] = batches[e].size();
            }
        }
    }

    private double energyResidual(Example example, int atom) {
        double energy = 0;
        for (int i = 0; i < example.size(); i++) {
            energy += batches[example.elements()[i]].energy(slots[atom + i]);
        }
        return energy / example.size() - example.target();
    }

    private double[] predictForces(Example example, int atom) {
        int count = example.forces().length;
        if (predicted.length < count) {
            predicted = new double[count];
        }
        Arrays.fill(predicted, 0, count, 0);
        for (int i = 0; i < example.size(); i++) {
            batches[example.elements()[i]].subtractForces(
                    slots[atom + i],
                    example.derivatives()[i],
                    example.columns() == null ? null : example.columns()[i],
                    predicted);
        }
        return predicted;
    }
}
