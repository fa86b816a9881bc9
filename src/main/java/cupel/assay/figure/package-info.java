/**
 * Figures and tables of finished campaigns and measurements: curves of campaigns over their labels, costs of a run by step,
 * charts as SVG and PNG, and the page that sets Cupel's numbers beside those of Loeffler et al. (2020).
 *
 * <p>Everything is drawn from tables (CSV files with a fixed name and header, {@link cupel.assay.figure.Results}) and from nothing
 * else. Start from {@link cupel.assay.figure.Figures}, which makes of tables what is to be drawn ({@link
 * cupel.assay.figure.Figure}, plain numbers), and {@link cupel.assay.figure.Drawing}, which draws it. Depends on {@code cupel.assay}
 * for error statistics and levels of theory and on {@code cupel.structure}; charts are JFreeChart's, SVG is Batik's.
 */
package cupel.assay.figure;
