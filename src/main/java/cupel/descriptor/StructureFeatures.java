package cupel.descriptor;

/**
 * The symmetry functions of every atom of a structure, and perhaps how they change when atoms move.
 *
 * @param atomicNumbers one per atom
 * @param offsets length atoms + 1; the functions of atom i are {@code values[offsets[i]] … values[offsets[i + 1] - 1]}
 * @param values all functions of all atoms, unscaled
 * @param jacobian derivatives by positions, or null when not asked for
 */
public record StructureFeatures(int[] atomicNumbers, int[] offsets, double[] values, Jacobian jacobian) {

    /** Number of atoms. */
    public int size() {
        return atomicNumbers.length;
    }

    /** Number of functions of an atom. */
    public int count(int atom) {
        return offsets[atom + 1] - offsets[atom];
    }

    /**
     * Derivatives of the functions by positions, sparse: only atoms within the cutoff of each other have a block.
     *
     * @param starts length atoms + 1; the blocks of central atom i are numbers {@code starts[i] … starts[i + 1] - 1}
     * @param atoms for each block, the atom that moves; the central atom itself has a block too; an atom that is near
     *     through several periodic images has one block, their sum
     * @param blocks for each block, 3 × count(i) numbers in 1/angstrom: {@code block[axis * count(i) + k]} is the derivative
     *     of function k of the central atom by the moving atom's coordinate
     */
    public record Jacobian(int[] starts, int[] atoms, double[][] blocks) {}
}
