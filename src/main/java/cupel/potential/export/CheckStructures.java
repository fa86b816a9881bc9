package cupel.potential.export;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/** Small clusters on which an exported potential is compared with the one that it was made from; the same on every day and machine. */
final class CheckStructures {

    /** The whole icosahedron first: it is the one that the example inputs run. */
    private static final int[] SIZES = {13, 9, 5, 3, 2, 1};

    private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;

    private CheckStructures() {}

    /**
     * Parts of a bent icosahedron, each with all elements in turn, beginning with another one.
     *
     * @param elements atomic numbers
     * @param rc cutoff radius in angstrom; bonds are 2.8 angstrom, or less where it is short
     */
    static List<Structure> of(int[] elements, double rc) {
        double[] positions = icosahedron(Math.min(2.8, 0.45 * rc));
        List<Structure> structures = new ArrayList<>();
        for (int first = 0; first < elements.length; first++) {
            for (int size : SIZES) {
                int[] numbers = new int[size];
                for (int i = 0; i < size; i++) {
                    numbers[i] = elements[(first + i) % elements.length];
                }
                structures.add(Structure.of(numbers, java.util.Arrays.copyOf(positions, 3 * size), Cell.NONE));
            }
        }
        return structures;
    }

    /** The centre, then twelve atoms around it, all moved a little so that no two distances are the same. */
    private static double[] icosahedron(double bond) {
        double[] positions = new double[39];
        double unit = bond / Math.sqrt(1 + GOLDEN * GOLDEN);
        int at = 3;
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = 0; sign < 4; sign++) {
                positions[at + axis] = (sign & 1) == 0 ? unit : -unit;
                positions[at + (axis + 1) % 3] = (sign & 2) == 0 ? GOLDEN * unit : -GOLDEN * unit;
                at += 3;
            }
        }
        for (int k = 0; k < positions.length; k++) {
            double fraction = (k + 1) * (GOLDEN - 1);
            // as many digits as a file with five decimals keeps
            positions[k] = Math.rint(1e5 * (positions[k] + 0.1 * (fraction - Math.floor(fraction) - 0.5))) / 1e5;
        }
        return positions;
    }
}
