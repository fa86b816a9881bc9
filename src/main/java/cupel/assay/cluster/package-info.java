/**
 * What small clusters say of a potential: isomers and their order, the lowest structures of each size, planar or not, and
 * growth atom by atom.
 *
 * <p>Start from {@link cupel.assay.cluster.Isomers} (relaxed isomers and their order), {@link
 * cupel.assay.cluster.StepwiseRelaxation} (a relaxation whose energies and forces come from outside, one step at a time),
 * {@link cupel.assay.cluster.MinimaSearch} and {@link cupel.assay.cluster.Growth}. {@link
 * cupel.assay.cluster.ClusterGeometry} defines planarity and the distance of two geometries.
 *
 * <p>May depend on everything but {@code cupel.cli}. Random numbers are handed in as a seed; the same seed gives the same
 * bits on any number of threads.
 */
package cupel.assay.cluster;
