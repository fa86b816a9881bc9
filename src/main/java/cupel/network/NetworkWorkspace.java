package cupel.network;

import java.util.Arrays;

/**
 * Evaluates networks of given layers: values, derivatives by inputs and by parameters, and the mixed second derivatives that
 * training on forces needs. Parameters come as a raw array in the order of {@link Network}, so that a trainer need not make
 * objects. Keeps its memory; one per thread.
 */
public final class NetworkWorkspace {

    private final int[] layers;
    private final int depth;
    private final int parameterCount;
    /** Where each layer's parameters begin; layer l is 1 … depth. */
    private final int[] begin;
    /** Outputs z of each layer, by layer; the inputs are the caller's. */
    private final double[][] z;
    /** Derivative of the result by a of each layer. */
    private final double[][] delta;
    /** Directional derivatives of a and of z, and derivatives of the result by the directional derivative of a. */
    private final double[][] aDirection;

    private final double[][] zDirection;
    private final double[][] deltaDirection;

    NetworkWorkspace(int[] layers) {
        this.layers = layers.clone();
        depth = layers.length - 1;
        parameterCount = Network.parameterCount(layers);
        begin = new int[depth + 1];
        z = new double[depth + 1][];
        delta = new double[depth + 1][];
        aDirection = new double[depth + 1][];
        zDirection = new double[depth + 1][];
        deltaDirection = new double[depth + 1][];
        int at = 0;
        for (int l = 1; l <= depth; l++) {
            z[l] = new double[layers[l]];
            delta[l] = new double[layers[l]];
            aDirection[l] = new double[layers[l]];
            zDirection[l] = new double[layers[l]];
            deltaDirection[l] = new double[layers[l]];
            begin[l] = at;
            at += layers[l] * (layers[l - 1] + 1);
        }
    }

    /** Number of parameters that the methods expect. */
    public int parameterCount() {
        return parameterCount;
    }

    /**
     * The energy.
     *
     * @param w parameters
     * @param x array with the inputs from place xOff on
     */
    public double value(double[] w, double[] x, int xOff) {
        double[] in = x;
        int inOff = xOff;
        for (int l = 1; l < depth; l++) {
            double[] out = z[l];
            multiply(w, begin[l], in, inOff, layers[l - 1], out, true);
            for (int o = 0; o < out.length; o++) {
                out[o] = HyperbolicTangent.value(out[o]);
            }
            in = out;
            inOff = 0;
        }
        multiply(w, begin[depth], in, inOff, layers[depth - 1], z[depth], true);
        return z[depth][0];
    }

    /** out = W in (+ b): four rows at a time, so that their sums run side by side; each sum in the order of the inputs. */
    private static void multiply(
            double[] w, int wOff, double[] in, int inOff, int nIn, double[] out, boolean withBias) {
        int nOut = out.length;
        int bias = wOff + nOut * nIn;
        int o = 0;
        for (; o + 3 < nOut; o += 4) {
            int r0 = wOff + o * nIn;
            int r1 = r0 + nIn;
            int r2 = r1 + nIn;
            int r3 = r2 + nIn;
            double s0 = withBias ? w[bias + o] : 0;
            double s1 = withBias ? w[bias + o + 1] : 0;
            double s2 = withBias ? w[bias + o + 2] : 0;
            double s3 = withBias ? w[bias + o + 3] : 0;
            for (int i = 0; i < nIn; i++) {
                double v = in[inOff + i];
                s0 += w[r0 + i] * v;
                s1 += w[r1 + i] * v;
                s2 += w[r2 + i] * v;
                s3 += w[r3 + i] * v;
            }
            out[o] = s0;
            out[o + 1] = s1;
            out[o + 2] = s2;
            out[o + 3] = s3;
        }
        for (; o < nOut; o++) {
            int r = wOff + o * nIn;
            double s = withBias ? w[bias + o] : 0;
            for (int i = 0; i < nIn; i++) {
                s += w[r + i] * in[inOff + i];
            }
            out[o] = s;
        }
    }

    /** out = transposed W times in, two rows at a time. */
    private static void multiplyTransposed(double[] w, int wOff, double[] in, double[] out, int outOff, int nOut) {
        int nIn = in.length;
        int o = 0;
        Arrays.fill(out, outOff, outOff + nOut, 0);
        for (; o + 1 < nIn; o += 2) {
            int r0 = wOff + o * nOut;
            int r1 = r0 + nOut;
            double v0 = in[o];
            double v1 = in[o + 1];
            for (int i = 0; i < nOut; i++) {
                out[outOff + i] += w[r0 + i] * v0 + w[r1 + i] * v1;
            }
        }
        if (o < nIn) {
            int r = wOff + o * nOut;
            double v = in[o];
            for (int i = 0; i < nOut; i++) {
                out[outOff + i] += w[r + i] * v;
            }
        }
    }

    /** Derivatives of the energy by a of every layer, after {@link #value}. */
    private void backward(double[] w) {
        delta[depth][0] = 1;
        for (int l = depth - 1; l >= 1; l--) {
            multiplyTransposed(w, begin[l + 1], delta[l + 1], delta[l], 0, layers[l]);
            double[] d = delta[l];
            double[] out = z[l];
            for (int o = 0; o < d.length; o++) {
                d[o] *= 1 - out[o] * out[o];
            }
        }
    }

    /**
     * The energy and its derivatives by the inputs.
     *
     * @param dx takes dE/dx from place dxOff on, overwritten
     */
    public double valueAndInputGradient(double[] w, double[] x, int xOff, double[] dx, int dxOff) {
        double value = value(w, x, xOff);
        backward(w);
        multiplyTransposed(w, begin[1], delta[1], dx, dxOff, layers[0]);
        return value;
    }

    /**
     * The energy, and its derivatives by the parameters.
     *
     * @param factor what the derivatives are multiplied with
     * @param g array to which factor * dE/dw is added, from place gOff on
     */
    public double parameterGradient(double[] w, double[] x, int xOff, double factor, double[] g, int gOff) {
        double value = value(w, x, xOff);
        backward(w);
        for (int l = 1; l <= depth; l++) {
            double[] in = l == 1 ? x : z[l - 1];
            int inOff = l == 1 ? xOff : 0;
            addOuter(delta[l], factor, in, inOff, layers[l - 1], g, gOff + begin[l], true);
        }
        return value;
    }

    /** g += factor d (outer) in, row by row, and the biases after the rows when asked. */
    private static void addOuter(
            double[] d, double factor, double[] in, int inOff, int nIn, double[] g, int gOff, boolean withBias) {
        int nOut = d.length;
        for (int o = 0; o < nOut; o++) {
            double v = factor * d[o];
            int row = gOff + o * nIn;
            for (int i = 0; i < nIn; i++) {
                g[row + i] += v * in[inOff + i];
            }
            if (withBias) {
                g[gOff + nOut * nIn + o] += v;
            }
        }
    }

    /**
     * The derivative of the energy along a direction v of the inputs, and the derivatives of that by the parameters: exact mixed
     * second derivatives, by the R-operator of Pearlmutter, Neural Computation 6, 147 (1994), and one backward pass.
     *
     * @param v array with the direction from place vOff on, as long as the inputs
     * @param factor what the derivatives are multiplied with
     * @param g array to which factor * d(v . grad_x E)/dw is added, from place gOff on
     * @return v . grad_x E
     */
    public double directionalGradient(
            double[] w, double[] x, int xOff, double[] v, int vOff, double factor, double[] g, int gOff) {
        value(w, x, xOff);
        // Forward along v: a' = W z', z' = (1 - z^2) a'.
        double[] in = v;
        int inOff = vOff;
        for (int l = 1; l <= depth; l++) {
            double[] a = aDirection[l];
            multiply(w, begin[l], in, inOff, layers[l - 1], a, false);
            if (l < depth) {
                double[] direction = zDirection[l];
                double[] out = z[l];
                for (int o = 0; o < out.length; o++) {
                    direction[o] = (1 - out[o] * out[o]) * a[o];
                }
                in = direction;
                inOff = 0;
            }
        }
        double result = aDirection[depth][0];
        // Backward: derivatives of the result by a (delta) and by a' (deltaDirection).
        delta[depth][0] = 0;
        deltaDirection[depth][0] = 1;
        for (int l = depth - 1; l >= 1; l--) {
            double[] d = delta[l];
            double[] r = deltaDirection[l];
            multiplyTransposed(w, begin[l + 1], delta[l + 1], d, 0, layers[l]);
            multiplyTransposed(w, begin[l + 1], deltaDirection[l + 1], r, 0, layers[l]);
            double[] out = z[l];
            double[] a = aDirection[l];
            for (int o = 0; o < out.length; o++) {
                double slope = 1 - out[o] * out[o];
                d[o] = (d[o] - 2 * out[o] * a[o] * r[o]) * slope;
                r[o] *= slope;
            }
        }
        for (int l = 1; l <= depth; l++) {
            int nIn = layers[l - 1];
            double[] z0 = l == 1 ? x : z[l - 1];
            double[] z1 = l == 1 ? v : zDirection[l - 1];
            addOuter(deltaDirection[l], factor, z1, l == 1 ? vOff : 0, nIn, g, gOff + begin[l], false);
            if (l < depth) {
                addOuter(delta[l], factor, z0, l == 1 ? xOff : 0, nIn, g, gOff + begin[l], true);
            }
        }
        return result;
    }
}
