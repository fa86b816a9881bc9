package cupel.reference;

import java.util.Map;
import java.util.TreeMap;

/**
 * The model of Sutton and Chen: second-moment binding with inverse powers.
 *
 * <pre>
 *   E = sum_i epsilon [ 1/2 sum_{j≠i} (a / r_ij)^n - c sqrt( sum_{j≠i} (a / r_ij)^m ) ]
 * </pre>
 *
 * <p>Parameters of A. P. Sutton and J. Chen, Phil. Mag. Lett. 61, 139 (1990), table 1. c belongs to sums over the infinite
 * crystal, and the powers fall slowly: with the cutoff of {@value #CUTOFF} angstrom that periodic structures get here, the
 * cohesive energy is smaller by up to 11 meV per atom (Rh; Au: 0.3 meV). Clusters are summed over all pairs.
 *
 * <p>Between two elements, as H. Rafii-Tabar and A. P. Sutton, Phil. Mag. Lett. 63, 217 (1991): geometric means of epsilon and
 * a, arithmetic means of n and m; c and the epsilon before it are those of the atom whose bonds are counted.
 */
public final class SuttonChen extends SecondMomentModel {

    /** Cutoff of periodic structures in angstrom. */
    public static final double CUTOFF = 14.0;

    /**
     * The parameters of one metal.
     *
     * @param n power of the repulsion, more than m / 2
     * @param m power of the density, more than 3
     * @param epsilon energy in eV, positive
     * @param c weight of the bonds, dimensionless, positive
     * @param a lattice constant of the fcc crystal in angstrom, positive
     */
    public record Parameters(double n, double m, double epsilon, double c, double a) {

        public Parameters {
            requirePositive("epsilon", epsilon);
            requirePositive("c", c);
            requirePositive("a", a);
            if (!(m > 3) || Double.isInfinite(m)) {
                throw new IllegalArgumentException("illegal m: " + m + ", must be more than 3 and finite");
            }
            if (!(n > m / 2) || Double.isInfinite(n)) {
                throw new IllegalArgumentException(
                        "illegal n: " + n + ", must be more than m/2 = " + m / 2 + " and finite");
            }
        }

        private static void requirePositive(String name, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("illegal " + name + ": " + value + ", must be positive and finite");
            }
        }
    }

    private static final Map<Integer, Parameters> PUBLISHED = new TreeMap<>(Map.of(
            13, new Parameters(7, 6, 3.3147e-2, 16.399, 4.05),
            28, new Parameters(9, 6, 1.5707e-2, 39.432, 3.52),
            29, new Parameters(9, 6, 1.2382e-2, 39.432, 3.61),
            45, new Parameters(12, 6, 4.9371e-3, 144.41, 3.80),
            46, new Parameters(12, 7, 4.1790e-3, 108.27, 3.89),
            47, new Parameters(12, 6, 2.5415e-3, 144.41, 4.09),
            77, new Parameters(14, 6, 2.4489e-3, 334.94, 3.84),
            78, new Parameters(10, 8, 1.9833e-2, 34.408, 3.92),
            79, new Parameters(10, 8, 1.2793e-2, 34.408, 4.08),
            82, new Parameters(10, 7, 5.5765e-3, 45.778, 4.95)));

    private final double[] epsilon;
    private final double[] a;
    private final double[] n;
    private final double[] m;

    private SuttonChen(int[] atomicNumbers, Parameters[] parameters, double[] weights, double cutoff) {
        super(atomicNumbers, weights, cutoff);
        int count = atomicNumbers.length;
        epsilon = new double[count * count];
        a = new double[count * count];
        n = new double[count * count];
        m = new double[count * count];
        for (int s = 0; s < count; s++) {
            for (int t = 0; t < count; t++) {
                Parameters one = parameters[s];
                Parameters other = parameters[t];
                // The same element exactly as published, not through a square root of a square.
                epsilon[s * count + t] = s == t ? one.epsilon : Math.sqrt(one.epsilon * other.epsilon);
                a[s * count + t] = s == t ? one.a : Math.sqrt(one.a * other.a);
                n[s * count + t] = 0.5 * (one.n + other.n);
                m[s * count + t] = 0.5 * (one.m + other.m);
            }
        }
    }

    /**
     * The published model.
     *
     * @param atomicNumbers the elements it must know; none for all
     * @throws IllegalArgumentException if there are no published parameters for one of them
     */
    public static SuttonChen of(int... atomicNumbers) {
        int[] elements = Published.select("sutton-chen", PUBLISHED.keySet(), atomicNumbers);
        Parameters[] parameters = new Parameters[elements.length];
        double[] weights = new double[elements.length];
        for (int s = 0; s < elements.length; s++) {
            parameters[s] = PUBLISHED.get(elements[s]);
            weights[s] = parameters[s].epsilon * parameters[s].c;
        }
        return new SuttonChen(elements, parameters, weights, CUTOFF);
    }

    /**
     * The published parameters of an element.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Parameters parameters(int atomicNumber) {
        return PUBLISHED.get(Published.select("sutton-chen", PUBLISHED.keySet(), atomicNumber)[0]);
    }

    @Override
    public String engine() {
        return "sutton-chen";
    }

    @Override
    public String level() {
        return "sutton-chen-1990";
    }

    @Override
    void terms(int pair, double r, double[] out) {
        double x = a[pair] / r;
        double v = epsilon[pair] * Math.pow(x, n[pair]);
        double phi = Math.pow(x, m[pair]);
        out[0] = v;
        out[1] = -n[pair] * v / r;
        out[2] = phi;
        out[3] = -m[pair] * phi / r;
    }
}
