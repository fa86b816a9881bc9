package cupel.reference.store;

import cupel.structure.Label;

/**
 * How a known structure is laid upon an asked one: asked atom i is known atom {@code permutation[i]}, and its position is
 * that atom's, rotated (or rotated and reflected) and shifted.
 *
 * @param permutation for each atom of the asked structure the known atom that lies there; not copied, do not change
 * @param rotation the orthogonal matrix R, row by row, that turns the known structure; its determinant is 1 or -1; not copied
 * @param deviation the largest distance that is left between an atom and the one laid upon it, in angstrom
 */
public record Superposition(int[] permutation, double[] rotation, double deviation) {

    /** The label of the known structure as that of the asked one: the same energy, forces and stress turned with the atoms. */
    public Label carry(Label known) {
        double[] forces = null;
        if (known.forces() != null) {
            forces = new double[known.forces().length];
            for (int i = 0; i < permutation.length; i++) {
                for (int row = 0; row < 3; row++) {
                    double sum = 0;
                    for (int k = 0; k < 3; k++) {
                        sum += rotation[3 * row + k] * known.forces()[3 * permutation[i] + k];
                    }
                    forces[3 * i + row] = sum;
                }
            }
        }
        return new Label(known.energy(), forces, known.stress() == null ? null : turned(known.stress()));
    }

    /** R S R^T, of a symmetric tensor given as xx yy zz yz xz xy. */
    private double[] turned(double[] s) {
        double[] full = {s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]};
        double[] result = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        sum += rotation[3 * i + k] * full[3 * k + l] * rotation[3 * j + l];
                    }
                }
                result[3 * i + j] = sum;
            }
        }
        return new double[] {result[0], result[4], result[8], result[5], result[2], result[1]};
    }
}
