package cupel.training;

import cupel.descriptor.StructureFeatures;
import java.util.List;

/**
 * Shift and scale of the inputs of one element: x = (G − shift) scale, so that over the pool x has zero mean and unit width.
 *
 * <p>A pool of few structures, or of equivalent atoms, has functions that hardly vary, whose width would blow up every
 * displacement: the width is at least {@link #LEAST_WIDTH} of the mean. A function that is zero for every atom of the
 * pool has scale 0: it does not exist for the network until a structure comes that has it.
 *
 * @param shift mean of each function
 * @param scale 1 / width of each function, or 0
 */
record Scaling(double[] shift, double[] scale) {

    /** Least width of an input, as a part of the absolute mean of its function. */
    static final double LEAST_WIDTH = 0.05;

    /** From all atoms of the element; null where there are none. */
    static Scaling of(List<StructureFeatures> pool, int atomicNumber) {
        double[] mean = null;
        double[] square = null;
        long count = 0;
        for (StructureFeatures features : pool) {
            for (int i = 0; i < features.size(); i++) {
                if (features.atomicNumbers()[i] == atomicNumber) {
                    int n = features.count(i);
                    if (mean == null) {
                        mean = new double[n];
                        square = new double[n];
                    }
                    count++;
                    // Welford's update: functions whose width is tiny beside their mean keep their digits.
                    for (int k = 0; k < n; k++) {
                        double value = features.values()[features.offsets()[i] + k];
                        double before = value - mean[k];
                        mean[k] += before / count;
                        square[k] += before * (value - mean[k]);
                    }
                }
            }
        }
        if (mean == null) {
            return null;
        }
        double[] scale = new double[mean.length];
        for (int k = 0; k < mean.length; k++) {
            double width = Math.max(Math.sqrt(square[k] / count), LEAST_WIDTH * Math.abs(mean[k]));
            scale[k] = width > 1e-12 ? 1 / width : 0;
        }
        return new Scaling(mean, scale);
    }

    /** This scaling, but the other's where only that one sees a function. */
    Scaling orWhereDead(Scaling other) {
        double[] newShift = shift.clone();
        double[] newScale = scale.clone();
        for (int k = 0; k < newScale.length; k++) {
            if (newScale[k] == 0 && other.scale[k] != 0) {
                newShift[k] = other.shift[k];
                newScale[k] = other.scale[k];
            }
        }
        return new Scaling(newShift, newScale);
    }

    /**
     * Changes the first layer of a network made for another scaling so that it remains the same function of G. With u = W x + b
     * and x = (x'/c' + s' − s) c: W' = W c / c', b' = b + W c (s' − s).
     *
     * @param w parameters; the first layer is changed in place
     * @param weights index of the first weight, biases after all weights of the layer
     * @param width number of elements of the first hidden layer
     */
    void adopt(double[] w, int weights, int width, Scaling from) {
        int inputs = scale.length;
        for (int j = 0; j < width; j++) {
            for (int k = 0; k < inputs; k++) {
                int at = weights + j * inputs + k;
                double perUnit = w[at] * from.scale[k];
                w[weights + width * inputs + j] += perUnit * (shift[k] - from.shift[k]);
                w[at] = scale[k] == 0 ? 0 : perUnit / scale[k];
            }
        }
    }
}
