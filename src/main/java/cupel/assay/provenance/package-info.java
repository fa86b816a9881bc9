/**
 * Provenance of a campaign's results: a crate that says what they are and how they came about, a check that they still are what it
 * says, and the life of one structure from walker to training.
 *
 * <p>Start from {@link cupel.assay.provenance.RunCrate}, {@link cupel.assay.provenance.ResultsCheck} and {@link
 * cupel.assay.provenance.Explanation}. May depend on everything but {@code cupel.cli}.
 */
package cupel.assay.provenance;
