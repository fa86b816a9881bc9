package cupel.training;

/**
 * A labelled structure as the solver sees it: scaled symmetry functions, targets and weights.
 *
 * @param elements index of the element of each atom, in the order of the potential
 * @param inputs for each atom, its scaled functions
 * @param target energy per atom in eV without offsets
 * @param derivatives for each atom, for each of its functions, the derivative of the scaled function by each of the coordinates
 *     in {@code columns}, in 1/angstrom; null without forces
 * @param columns for each atom, which of the force components its derivatives belong to; null for all of them in order
 * @param forces force components to be met, in eV/angstrom; length 0 without forces
 * @param forceWeights what the error of each of these is multiplied with, in angstrom
 */
record Example(
        int[] elements,
        double[][] inputs,
        double target,
        double[][][] derivatives,
        int[][] columns,
        double[] forces,
        double[] forceWeights) {

    int size() {
        return elements.length;
    }
}
