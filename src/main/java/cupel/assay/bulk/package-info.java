/**
 * Crystals of one element as a test of a potential: equation of state, polymorphs, elastic constants.
 *
 * <p>Start from {@link cupel.assay.bulk.BulkProperties}, which measures a model, or reads what a reference program answered to
 * the structures of {@link cupel.assay.bulk.BulkStructures}. May depend on everything but {@code cupel.cli}.
 */
package cupel.assay.bulk;
