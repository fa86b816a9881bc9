package cupel.potential;

import cupel.network.Network;
import cupel.structure.Elements;
import java.util.Arrays;

/**
 * What a {@link Potential} knows of one element: an atom of it has the energy
 *
 * <pre>
 *   offset + network((G - shift) * scale)
 * </pre>
 *
 * with its functions G. A function that never changes in training has scale 0: it then counts for nothing, in energy and
 * forces.
 *
 * @param atomicNumber the element
 * @param offset energy of the isolated atom in eV, finite
 * @param shift what is subtracted from each function, finite; not copied, do not change
 * @param scale what each is then multiplied with, finite, zero for dead functions; not copied, do not change
 * @param network as many inputs as functions
 */
public record ElementPotential(int atomicNumber, double offset, double[] shift, double[] scale, Network network) {

    public ElementPotential {
        if (atomicNumber < 1 || atomicNumber > 118) {
            throw new IllegalArgumentException("illegal atomic number: " + atomicNumber + ", must be 1 to 118");
        }
        String symbol = Elements.symbol(atomicNumber);
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("illegal offset of " + symbol + ": " + offset + ", must be finite");
        }
        int inputs = network.inputs();
        requireFinite("shift", shift, inputs, symbol);
        requireFinite("scale", scale, inputs, symbol);
    }

    private static void requireFinite(String name, double[] numbers, int inputs, String symbol) {
        if (numbers.length != inputs) {
            throw new IllegalArgumentException("illegal " + name + " of " + symbol + ": " + numbers.length
                    + " numbers, must be as many as the network has inputs, " + inputs);
        }
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "illegal " + name + " of " + symbol + ": " + number + ", must be finite");
            }
        }
    }

    /** The same element with another network. */
    public ElementPotential withNetwork(Network other) {
        return new ElementPotential(atomicNumber, offset, shift, scale, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ElementPotential e
                && atomicNumber == e.atomicNumber
                && Double.compare(offset, e.offset) == 0
                && Arrays.equals(shift, e.shift)
                && Arrays.equals(scale, e.scale)
                && network.equals(e.network);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Double.hashCode(offset) + Arrays.hashCode(shift)) + network.hashCode();
    }
}
