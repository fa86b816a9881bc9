package cupel.assay.bulk;

/**
 * The energy of a crystal at one lattice constant.
 *
 * @param crystal which
 * @param latticeConstant in angstrom
 * @param energyPerAtom in eV
 */
public record CrystalPoint(Crystal crystal, double latticeConstant, double energyPerAtom) {

    /** Volume of an atom in cubic angstrom. */
    public double volumePerAtom() {
        return crystal.volumePerAtom(latticeConstant);
    }
}
