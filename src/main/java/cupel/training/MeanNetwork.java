package cupel.training;

import cupel.network.Network;
import java.util.List;

/**
 * The mean of several networks as one network: their hidden layers side by side, without weights from one to another, and an
 * output that is the mean of theirs. Exact, and as wide as all of them together.
 */
final class MeanNetwork {

    private MeanNetwork() {}

    /** The mean of networks of the same layers. */
    static Network of(List<Network> members) {
        int count = members.size();
        int[] single = members.get(0).layers();
        int depth = single.length - 1;
        int[] layers = single.clone();
        for (int l = 1; l < depth; l++) {
            layers[l] = count * single[l];
        }
        double[] w = new double[Network.parameterCount(layers)];
        int from = 0; // of the layer, in the parameters of a member
        int to = 0; // and in those of the mean
        for (int l = 1; l <= depth; l++) {
            int rows = single[l];
            int columns = single[l - 1];
            int biases = to + layers[l] * layers[l - 1];
            for (int m = 0; m < count; m++) {
                double[] v = members.get(m).parameters();
                int firstRow = l == depth ? 0 : m * rows;
                int firstColumn = l == 1 ? 0 : m * columns;
                double factor = l == depth ? 1.0 / count : 1;
                for (int j = 0; j < rows; j++) {
                    for (int k = 0; k < columns; k++) {
                        w[to + (firstRow + j) * layers[l - 1] + firstColumn + k] += factor * v[from + j * columns + k];
                    }
                    w[biases + firstRow + j] += factor * v[from + rows * columns + j];
                }
            }
            from += rows * (columns + 1);
            to = biases + layers[l];
        }
        return Network.of(layers, w);
    }
}
