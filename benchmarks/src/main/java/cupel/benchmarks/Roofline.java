package cupel.benchmarks;

import cupel.potential.Potential;
import cupel.structure.NeighbourList;
import cupel.structure.Structure;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * How near the kernels come to what the machine can do: arithmetic operations, exponentials and bytes of an atom, against the rates
 * that simple loops reach in the same run. CPU time of one thread, the least of several rounds.
 *
 * <p>Operations are counted in the source, an addition, multiplication, division or square root as one, for behler2011-26 and 26-10-10-1:
 *
 * <pre>
 *   pair, its numbers (PairKernel.fill)         10 + cutoff 48 + 8 radial * (21 + 9) + 3 angular * (21 + 7)    382
 *   pair, to the sums of both atoms (add)       6 + 2 * 8 * 2 + 3 * (10 + 2 * 51)                               374
 *   pair, force and virial (slope)              2 * 8 * 2 + 26 + 3 * 203 + 24                                   691
 *   atom, functions of its sums                 3 * 110 + 18 * 9                                                492
 *   atom, and back                              3 * 138 + 18 * 10                                               594
 *   atom, network                               52 + 2 * 370 + 20 tanh of 22                                   1232
 *   atom, and back                              60 + 2 * 370 + 26                                               826
 * </pre>
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar:target/sample.jar cupel.benchmarks.Roofline
 * </pre>
 */
public final class Roofline {

    private static final double PAIR_ENERGY = 382 + 374;
    private static final double PAIR_FORCE = 691;
    private static final double ATOM_ENERGY = 492 + 1232;
    private static final double ATOM_FORCE = 594 + 826;
    private static final int EXPONENTIALS = 11;
    /** Numbers kept of a pair, written once and read twice. */
    private static final int PAIR_NUMBERS = 27;

    private static final int ROUNDS = 8;
    private static final double[] STREAM = new double[1 << 25];

    private static double sink;

    private Roofline() {}

    public static void main(String[] arguments) {
        double flops = rate(() -> scalar(20_000_000), 20_000_000.0 * 16);
        double bytes = rate(Roofline::stream, 8.0 * STREAM.length);
        System.out.printf(Locale.ROOT, "scalar additions and multiplications: %.2f Gflop/s%n", flops);
        System.out.printf(Locale.ROOT, "reading memory in order: %.2f GB/s%n%n", bytes);
        System.out.println("work,atoms,pairs_per_atom,us_per_atom,flop_per_atom,Gflop_per_s,share_of_scalar_rate,"
                + "exponentials_per_atom,bytes_of_pairs_per_atom,GB_per_s,share_of_memory_rate");
        Potential potential = Gold.potential();
        for (int n : new int[] {13, 30, 55}) {
            report(potential, Gold.cluster(n), flops, bytes);
        }
        report(potential, Gold.crystal(108), flops, bytes);
        report(potential, Gold.crystal(1_000), flops, bytes);
        if (Double.isNaN(sink)) {
            throw new AssertionError("not a number among the energies");
        }
    }

    private static void report(Potential potential, Structure structure, double flops, double bytes) {
        int n = structure.size();
        NeighbourList list = new NeighbourList(potential.descriptor().rc());
        list.update(n, structure.positions(), structure.cell());
        double pairs = 0;
        for (int i = 0; i < n; i++) {
            pairs += 0.5 * (list.end(i) - list.start(i)) / n;
        }
        int times = 200_000 / n;
        double energy = rate(() -> repeat(times, () -> potential.energy(structure)), times * (double) n);
        double forces =
                rate(() -> repeat(times, () -> potential.evaluate(structure).energy()), times * (double) n);
        line("energy", n, pairs, 1e-3 / energy, pairs * PAIR_ENERGY + ATOM_ENERGY, 2, flops, bytes);
        line(
                "energy and forces",
                n,
                pairs,
                1e-3 / forces,
                pairs * (PAIR_ENERGY + PAIR_FORCE) + ATOM_ENERGY + ATOM_FORCE,
                3,
                flops,
                bytes);
    }

    private static void line(
            String work, int n, double pairs, double us, double count, int passes, double flops, double bytes) {
        double traffic = pairs * PAIR_NUMBERS * 8 * passes;
        System.out.printf(
                Locale.ROOT,
                "%s,%d,%.1f,%.2f,%.0f,%.2f,%.2f,%.0f,%.0f,%.2f,%.2f%n",
                work,
                n,
                pairs,
                us,
                count,
                count * 1e-3 / us,
                count * 1e-3 / us / flops,
                pairs * EXPONENTIALS,
                traffic,
                traffic * 1e-3 / us,
                traffic * 1e-3 / us / bytes);
    }

    private static double repeat(int times, DoubleSupplier work) {
        double sum = 0;
        for (int k = 0; k < times; k++) {
            sum += work.getAsDouble();
        }
        return sum;
    }

    /** Amount of work done in a nanosecond. */
    private static double rate(DoubleSupplier work, double amount) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            sink += work.getAsDouble();
            long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            best = Math.max(best, amount / Math.max(1, spent));
        }
        return best;
    }

    /** Eight chains of one multiplication and one addition each: more than the units have stages. */
    private static double scalar(int times) {
        double a = 1;
        double b = 2;
        double c = 3;
        double d = 4;
        double e = 5;
        double f = 6;
        double g = 7;
        double h = 8;
        double m = 0.999999;
        for (int k = 0; k < times; k++) {
            a = a * m + 0.1;
            b = b * m + 0.1;
            c = c * m + 0.1;
            d = d * m + 0.1;
            e = e * m + 0.1;
            f = f * m + 0.1;
            g = g * m + 0.1;
            h = h * m + 0.1;
        }
        return a + b + c + d + e + f + g + h;
    }

    private static double stream() {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        for (int k = 0; k < STREAM.length; k += 8) {
            a += STREAM[k] + STREAM[k + 1];
            b += STREAM[k + 2] + STREAM[k + 3];
            c += STREAM[k + 4] + STREAM[k + 5];
            d += STREAM[k + 6] + STREAM[k + 7];
        }
        return a + b + c + d;
    }
}
