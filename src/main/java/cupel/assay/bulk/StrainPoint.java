package cupel.assay.bulk;

/**
 * What a strain costs.
 *
 * @param strain kind of the strain
 * @param delta δ
 * @param energyPerVolume E(δ) − E(0), over the volume without strain, in eV/angstrom³
 */
public record StrainPoint(Strain strain, double delta, double energyPerVolume) {}
