/**
 * Potentials as files of other programs: n2p2 (and so LAMMPS's {@code hdnnp}), KIM portable models, aenet. Nothing else is here than
 * their writers and readers. The two of one program share no code for order, layout and scaling, so that what was written can be
 * checked by reading it back.
 *
 * <p>Start from {@link cupel.potential.export.PotentialExport} and {@link cupel.potential.export.PotentialImport}. The formats, and how
 * to run them: {@code docs/potentials.md}.
 *
 * <p>May depend on {@code cupel.structure}, {@code cupel.descriptor}, {@code cupel.network} and {@code cupel.potential}.
 */
package cupel.potential.export;
