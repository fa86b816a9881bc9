/**
 * The assay: how far a potential is from its reference, which candidates are worth a label, which labels join the pool,
 * and when a campaign has come to its end.
 *
 * <p>Start from {@link cupel.assay.Comparison} for a test set, and from {@link cupel.assay.Screen}, {@link
 * cupel.assay.Selection} and {@link cupel.assay.StopRule} for the three steps of a generation. May depend on everything
 * but {@code cupel.cli}.
 */
package cupel.assay;
