package cupel.benchmarks;

import cupel.potential.Potential;
import cupel.structure.Structure;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Energy and forces per atom of crystals from 108 to 1,000,000 atoms, in CPU time of one thread, and the ratio to 1,000 atoms.
 * Sizes take turns, so that what else the machine does falls on all of them alike; the least of the rounds counts.
 *
 * <pre>
 *   java -Xmx4g -cp benchmarks/target/benchmarks.jar:target/sample.jar cupel.benchmarks.Scaling [ROUNDS]
 * </pre>
 */
public final class Scaling {

    private static final int[] SIZES = {108, 1_000, 4_000, 32_000, 100_000, 1_000_000};
    private static final int REFERENCE = 1;
    /** Atoms evaluated in a round of a size, at least. */
    private static final int WORK = 100_000;

    private Scaling() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        Potential potential = Gold.potential();
        Structure[] structures = new Structure[SIZES.length];
        double[] least = new double[SIZES.length];
        for (int s = 0; s < SIZES.length; s++) {
            structures[s] = Gold.crystal(SIZES[s]);
            least[s] = Double.POSITIVE_INFINITY;
        }
        double sink = 0;
        for (int k = 0; k < 40; k++) {
            sink += potential.evaluate(structures[2]).energy();
        }
        for (int round = 0; round < rounds; round++) {
            for (int s = 0; s < SIZES.length; s++) {
                int times = Math.max(1, WORK / SIZES[s]);
                // Once before the clock starts: buffers grow, caches fill.
                sink += SIZES[s] > WORK ? 0 : potential.evaluate(structures[s]).energy();
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int k = 0; k < times; k++) {
                    sink += potential.evaluate(structures[s]).energy();
                }
                long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
                least[s] = Math.min(least[s], spent * 1e-3 / times / SIZES[s]);
            }
        }
        if (Double.isNaN(sink)) {
            throw new AssertionError("not a number among the energies");
        }
        System.out.println("atoms,microseconds_per_atom,ratio_to_1000");
        for (int s = 0; s < SIZES.length; s++) {
            System.out.printf(Locale.ROOT, "%d,%.2f,%.3f%n", SIZES[s], least[s], least[s] / least[REFERENCE]);
        }
    }
}
