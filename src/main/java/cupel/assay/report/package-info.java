/**
 * Reports of campaigns for people: one HTML file each, that opens anywhere, without network.
 *
 * <p>Start from {@link cupel.assay.report.CampaignReport}, a campaign that runs or has ended, and {@link
 * cupel.assay.report.OverviewReport}, several side by side; both are numbers and texts, which {@link cupel.assay.report.Page} puts
 * into a template (jmustache, which escapes) together with the JavaScript that draws them (uPlot and three.js, read from the jar).
 * May depend on everything but {@code cupel.cli}.
 */
package cupel.assay.report;
