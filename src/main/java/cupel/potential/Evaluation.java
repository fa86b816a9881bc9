package cupel.potential;

/**
 * What a model says of a structure.
 *
 * @param energy total energy in eV
 * @param forces x y z per atom in eV/angstrom; not copied
 * @param stress xx yy zz yz xz xy in eV/angstrom³, tension positive; null where there is no periodic cell; not copied
 */
public record Evaluation(double energy, double[] forces, double[] stress) {}
