package cupel.sampling;

import cupel.structure.Structure;

/**
 * Which clusters are allowed: no two atoms nearer than r_min, and all in one piece.
 *
 * <p>One piece as Stillinger (J. Chem. Phys. 38, 1486 (1963)) has it: atoms nearer than r_connect are joined, and every atom
 * can be reached from every other along joins. Without overrides both distances go with the pair of elements, from the
 * sum b of their covalent radii (Cordero et al. 2008): r_min = {@value #MINIMUM_FACTOR} b, r_connect = {@value
 * #CONNECT_FACTOR} b. For gold b = 2.72 Å: 1.90 Å and 3.94 Å.
 *
 * <p>A walk may be confined as well: no two atoms farther apart than F times the diameter of the sphere that the atoms fill
 * when they are packed most densely, each of volume (2r)³/√2 with r its covalent radius. Most of the volume of the allowed
 * states belongs to open, branched clusters; confined, a walk sees compact ones at any temperature. A walk may begin
 * outside: until all atoms are within, an atom may go only where it is not farther from its farthest than it is. Confinement
 * restricts moves and judges no structure.
 *
 * <p>Immutable.
 */
public final class Connectivity {

    /** r_min in covalent bond lengths: far inside the repulsive wall, so that compressed structures are seen too. */
    public static final double MINIMUM_FACTOR = 0.70;

    /** r_connect in covalent bond lengths: beyond any stretched bond, short of fcc gold's second neighbours (1.50). */
    public static final double CONNECT_FACTOR = 1.45;

    private static final Connectivity STANDARD = new Connectivity(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY);

    // NaN: by element
    private final double minimum;
    private final double connect;
    private final double confinement;

    private Connectivity(double minimum, double connect, double confinement) {
        this.minimum = minimum;
        this.connect = connect;
        this.confinement = confinement;
        if (minimum >= connect) {
            throw new IllegalArgumentException(
                    "illegal r_min: " + minimum + ", must be less than r_connect, " + connect);
        }
    }

    /** Both distances by element. */
    public static Connectivity standard() {
        return STANDARD;
    }

    /**
     * The same distances for all pairs of elements.
     *
     * @param rMin in angstrom, 0 or more
     * @param rConnect in angstrom, more than rMin; may be infinite
     */
    public static Connectivity uniform(double rMin, double rConnect) {
        return STANDARD.withMinimum(rMin).withConnect(rConnect);
    }

    /** The same with one r_min for all pairs, in angstrom, 0 or more. */
    public Connectivity withMinimum(double rMin) {
        if (!(rMin >= 0) || Double.isInfinite(rMin)) {
            throw new IllegalArgumentException("illegal r_min: " + rMin + ", must be 0 or more, in angstrom");
        }
        return new Connectivity(rMin, connect, confinement);
    }

    /** The same with one r_connect for all pairs, in angstrom, positive; may be infinite. */
    public Connectivity withConnect(double rConnect) {
        if (!(rConnect > 0)) {
            throw new IllegalArgumentException("illegal r_connect: " + rConnect + ", must be positive, in angstrom");
        }
        return new Connectivity(minimum, rConnect, confinement);
    }

    /** The same with walks confined to this many diameters of densely packed atoms, positive; infinite for not at all. */
    public Connectivity withConfinement(double diameters) {
        if (!(diameters > 0)) {
            throw new IllegalArgumentException(
                    "illegal confinement: " + diameters + ", must be positive, in diameters");
        }
        return new Connectivity(minimum, connect, diameters);
    }

    /** Whether walks are confined. */
    public boolean isConfined() {
        return confinement < Double.POSITIVE_INFINITY;
    }

    /**
     * Largest distance of two atoms in a confined walk, in angstrom.
     *
     * @param volume sum of {@link #atomicVolume} over the atoms, in cubic angstrom
     */
    double extent(double volume) {
        return confinement * Math.cbrt(6 * volume / Math.PI);
    }

    /** Volume of an atom in the densest packing of spheres of its covalent radius, in cubic angstrom. */
    static double atomicVolume(int atomicNumber) {
        double diameter = bondLength(atomicNumber, atomicNumber);
        return diameter * diameter * diameter / Math.sqrt(2);
    }

    /** Shortest distance allowed between atoms of these elements, in angstrom. */
    public double minimum(int atomicNumberA, int atomicNumberB) {
        return Double.isNaN(minimum) ? MINIMUM_FACTOR * bondLength(atomicNumberA, atomicNumberB) : minimum;
    }

    /** Distance within which atoms of these elements count as joined, in angstrom. */
    public double connect(int atomicNumberA, int atomicNumberB) {
        return Double.isNaN(connect) ? CONNECT_FACTOR * bondLength(atomicNumberA, atomicNumberB) : connect;
    }

    /** The sum of the covalent radii of two elements, in angstrom. */
    public static double bondLength(int atomicNumberA, int atomicNumberB) {
        double sum = CovalentRadii.of(atomicNumberA) + CovalentRadii.of(atomicNumberB);
        if (Double.isNaN(sum)) {
            int unknown = Double.isNaN(CovalentRadii.of(atomicNumberA)) ? atomicNumberA : atomicNumberB;
            throw new IllegalArgumentException(
                    "no covalent radius is known for atomic number " + unknown + ": give r_min and r_connect");
        }
        return sum;
    }

    /** Whether a cluster is allowed. */
    public boolean accepts(Structure cluster) {
        return objection(cluster) == null;
    }

    /**
     * What is wrong with a cluster, in words for people ({@code atoms 3 and 7 are 1.42 angstrom apart …}, atoms counted
     * from 1), or null when nothing is. A structure that repeats in space is judged by the atoms of its cell alone.
     */
    public String objection(Structure cluster) {
        return new ClusterGraph(this, cluster, cluster.size()).objection();
    }
}
