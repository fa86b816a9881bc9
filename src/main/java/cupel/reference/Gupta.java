package cupel.reference;

import java.util.Map;
import java.util.TreeMap;

/**
 * Gupta's model of a metal: second-moment tight binding with exponentials.
 *
 * <pre>
 *   E = sum_i [ sum_{j≠i} A exp(-p (r_ij / r0 - 1)) - sqrt( sum_{j≠i} xi² exp(-2 q (r_ij / r0 - 1)) ) ]
 * </pre>
 *
 * <p>Parameters of F. Cleri and V. Rosato, Phys. Rev. B 48, 22 (1993), tables I and II (r0 is the nearest-neighbour
 * distance of the crystal). There they were fitted with sums over five shells of neighbours; here a cluster is summed over
 * all pairs and a crystal up to {@value #CUTOFF} angstrom, which moves energy and lattice constant by less than 0.3 %. Metals
 * for which it would move them by more, those with a small q, are left out.
 *
 * <p>Between two elements: geometric means of A and xi, arithmetic means of p, q and r0. That is a convention, not a fit:
 * do not expect more than qualitative answers of an alloy.
 */
public final class Gupta extends SecondMomentModel {

    /** Cutoff of periodic structures in angstrom. */
    public static final double CUTOFF = 10.0;

    /**
     * The parameters of one metal.
     *
     * @param a repulsion A in eV, positive
     * @param xi hopping xi in eV, positive
     * @param p decay of the repulsion, dimensionless, positive
     * @param q decay of the hopping, dimensionless, positive
     * @param r0 nearest-neighbour distance of the crystal in angstrom, positive
     */
    public record Parameters(double a, double xi, double p, double q, double r0) {

        public Parameters {
            requirePositive("A", a);
            requirePositive("xi", xi);
            requirePositive("p", p);
            requirePositive("q", q);
            requirePositive("r0", r0);
        }

        private static void requirePositive(String name, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("illegal " + name + ": " + value + ", must be positive and finite");
            }
        }

        Parameters mixedWith(Parameters other) {
            return new Parameters(
                    Math.sqrt(a * other.a),
                    Math.sqrt(xi * other.xi),
                    0.5 * (p + other.p),
                    0.5 * (q + other.q),
                    0.5 * (r0 + other.r0));
        }
    }

    private static final Map<Integer, Parameters> PUBLISHED = new TreeMap<>(Map.of(
            29, new Parameters(0.0855, 1.224, 10.960, 2.278, 2.556),
            46, new Parameters(0.1746, 1.718, 10.867, 3.742, 2.749),
            47, new Parameters(0.1028, 1.178, 10.928, 3.139, 2.889),
            78, new Parameters(0.2975, 2.695, 10.612, 4.004, 2.775),
            79, new Parameters(0.2061, 1.790, 10.229, 4.036, 2.884)));

    // One entry for each ordered pair of species, so that the innermost loop does nothing but look up.
    private final double[] v0;
    private final double[] p;
    private final double[] phi0;
    private final double[] twoQ;
    private final double[] inverseR0;

    private Gupta(int[] atomicNumbers, Parameters[] parameters, double[] ones, double cutoff) {
        super(atomicNumbers, ones, cutoff);
        int n = atomicNumbers.length;
        v0 = new double[n * n];
        p = new double[n * n];
        phi0 = new double[n * n];
        twoQ = new double[n * n];
        inverseR0 = new double[n * n];
        for (int s = 0; s < n; s++) {
            for (int t = 0; t < n; t++) {
                Parameters mixed = s == t ? parameters[s] : parameters[s].mixedWith(parameters[t]);
                v0[s * n + t] = 2 * mixed.a; // the sum over i meets every pair twice
                p[s * n + t] = mixed.p;
                phi0[s * n + t] = mixed.xi * mixed.xi;
                twoQ[s * n + t] = 2 * mixed.q;
                inverseR0[s * n + t] = 1 / mixed.r0;
            }
        }
    }

    /**
     * The published model.
     *
     * @param atomicNumbers the elements it must know; none for all
     * @throws IllegalArgumentException if there are no published parameters for one of them
     */
    public static Gupta of(int... atomicNumbers) {
        int[] elements = Published.select("gupta", PUBLISHED.keySet(), atomicNumbers);
        Parameters[] parameters = new Parameters[elements.length];
        double[] ones = new double[elements.length];
        for (int s = 0; s < elements.length; s++) {
            parameters[s] = PUBLISHED.get(elements[s]);
            ones[s] = 1;
        }
        return new Gupta(elements, parameters, ones, CUTOFF);
    }

    /**
     * The published parameters of an element.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Parameters parameters(int atomicNumber) {
        return PUBLISHED.get(Published.select("gupta", PUBLISHED.keySet(), atomicNumber)[0]);
    }

    @Override
    public String engine() {
        return "gupta";
    }

    @Override
    public String level() {
        return "gupta-cleri-rosato-1993";
    }

    @Override
    void terms(int pair, double r, double[] out) {
        double x = r * inverseR0[pair] - 1;
        double v = v0[pair] * Math.exp(-p[pair] * x);
        double phi = phi0[pair] * Math.exp(-twoQ[pair] * x);
        out[0] = v;
        out[1] = -p[pair] * inverseR0[pair] * v;
        out[2] = phi;
        out[3] = -twoQ[pair] * inverseR0[pair] * phi;
    }
}
