package cupel.structure;

/**
 * What a reference calculation says of a structure.
 *
 * @param energy total energy in eV, finite
 * @param forces x y z per atom in eV/angstrom, finite, or null when not computed; not copied, do not change
 * @param stress xx yy zz yz xz xy in eV/angstrom³, tension positive (as ASE), or null; not copied, do not change
 */
public record Label(double energy, double[] forces, double[] stress) {

    public Label {
        if (!Double.isFinite(energy)) {
            throw new IllegalArgumentException("illegal energy: " + energy + ", must be finite");
        }
        if (forces != null) {
            for (double f : forces) {
                if (!Double.isFinite(f)) {
                    throw new IllegalArgumentException("illegal force component: " + f + ", must be finite");
                }
            }
        }
        if (stress != null && stress.length != 6) {
            throw new IllegalArgumentException("a stress has 6 numbers, not " + stress.length);
        }
    }

    /** A label of energy and forces alone. */
    public Label(double energy, double[] forces) {
        this(energy, forces, null);
    }
}
