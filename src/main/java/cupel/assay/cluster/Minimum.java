package cupel.assay.cluster;

import cupel.structure.Structure;

/**
 * A minimum of a size.
 *
 * @param structure relaxed, its middle at the origin, without notes
 * @param energy in eV
 * @param planarity {@link ClusterGeometry#planarity} in angstrom
 * @param foundBy what found it: planar or compact (basin hopping from a random start of that shape), growth or removal (an atom more
 *     or less than a neighbouring size's minimum), or labelled
 */
public record Minimum(Structure structure, double energy, double planarity, String foundBy) {

    /** Number of atoms. */
    public int size() {
        return structure.size();
    }

    /** Whether it counts as planar. */
    public boolean isPlanar() {
        return planarity <= ClusterGeometry.PLANAR;
    }
}
