/**
 * Molecular dynamics as a check of a potential: the bond-length fluctuation that tells a solid-like cluster from a liquid-like
 * one, and how well energy is conserved.
 *
 * <p>Start from {@link cupel.assay.dynamics.BondFluctuation} and {@link cupel.assay.dynamics.EnergyConservation}. May depend on
 * everything but {@code cupel.cli}.
 */
package cupel.assay.dynamics;
