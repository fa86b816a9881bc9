package cupel.potential.export;

import cupel.network.Network;
import cupel.potential.ElementPotential;

/**
 * The network of an element as other programs want it: its inputs in their order, (G − mean) / width with widths above 0, and the offset
 * in the bias of the output or nowhere. The same energies otherwise.
 *
 * @param mean by input in the new order; not copied
 * @param width the same, all above 0; 1 for a function that counts for nothing, whose weights are then 0
 * @param network its inputs in the new order
 */
record OrderedNetwork(double[] mean, double[] width, Network network) {

    /**
     * With the offset in the bias of the output.
     *
     * @param order which function of the element each input of the other program is
     */
    static OrderedNetwork of(ElementPotential element, int[] order) {
        OrderedNetwork ordered = withoutOffset(element, order);
        double[] parameters = ordered.network.parameters();
        parameters[parameters.length - 1] += element.offset();
        return new OrderedNetwork(ordered.mean, ordered.width, ordered.network.withParameters(parameters));
    }

    /** Without the offset, for programs that keep it elsewhere. */
    static OrderedNetwork withoutOffset(ElementPotential element, int[] order) {
        int[] layers = element.network().layers();
        double[] from = element.network().parameters();
        double[] to = from.clone();
        double[] mean = new double[order.length];
        double[] width = new double[order.length];
        for (int k = 0; k < order.length; k++) {
            double scale = element.scale()[order[k]];
            mean[k] = element.shift()[order[k]];
            width[k] = scale == 0 ? 1 : 1 / Math.abs(scale);
            for (int unit = 0; unit < layers[1]; unit++) {
                to[unit * order.length + k] = Math.signum(scale) * from[unit * order.length + order[k]];
            }
        }
        return new OrderedNetwork(mean, width, Network.of(layers, to));
    }
}
