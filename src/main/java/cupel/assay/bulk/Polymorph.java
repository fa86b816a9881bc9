package cupel.assay.bulk;

/**
 * A crystal at its lowest energy.
 *
 * @param crystal which
 * @param equationOfState the fit, or null where there is none
 * @param missing why there is none, or null
 */
public record Polymorph(Crystal crystal, EquationOfState equationOfState, String missing) {

    /** Lattice constant in angstrom. */
    public double latticeConstant() {
        return crystal.latticeConstant(equationOfState.volume());
    }
}
