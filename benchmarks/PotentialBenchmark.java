import cupel.descriptor.Descriptor;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.potential.TrialState;
import cupel.structure.Cell;
import cupel.structure.Structure;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * What one thread needs for energy and forces of an atom, and for a Monte Carlo trial, in microseconds of CPU time: the least of
 * several rounds after warm-up. Gold, behler2011-26, 26-10-10-1; compact pieces of fcc, rattled, and a periodic cell of 108 atoms.
 *
 * <pre>
 *   mvn -B -q package -DskipTests &amp;&amp; java -cp target/sample.jar benchmarks/PotentialBenchmark.java
 * </pre>
 */
final class PotentialBenchmark {

    private static final double LATTICE = 4.08;
    private static double sink;

    private PotentialBenchmark() {}

    public static void main(String[] arguments) {
        Potential potential = potential();
        System.out.println("work,n,microseconds");
        for (int n : new int[] {13, 30, 55}) {
            report("energy and forces per atom", n, evaluate(potential, cluster(n)) / n);
        }
        report("energy and forces per atom (fcc cell)", 108, evaluate(potential, crystal(3)) / 108);
        report("energy and forces per atom (fcc cell)", 4000, evaluate(potential, crystal(10)) / 4000);
        for (int n : new int[] {13, 55}) {
            report("energy per atom", n, energy(potential, cluster(n)) / n);
            report("Monte Carlo trial", n, trial(potential, cluster(n)));
        }
        report("Monte Carlo trial (fcc cell)", 108, trial(potential, crystal(3)));
        if (!Double.isFinite(sink)) {
            throw new AssertionError("not a number among the energies");
        }
    }

    private static void report(String work, int n, double microseconds) {
        System.out.printf(Locale.ROOT, "%s,%d,%.2f%n", work, n, microseconds);
    }

    private static double evaluate(Potential potential, Structure structure) {
        return measure(times -> {
            for (int k = 0; k < times; k++) {
                Evaluation e = potential.evaluate(structure);
                sink += e.energy() + e.forces()[0];
            }
        });
    }

    private static double energy(Potential potential, Structure structure) {
        return measure(times -> {
            for (int k = 0; k < times; k++) {
                sink += potential.energy(structure);
            }
        });
    }

    private static double trial(Potential potential, Structure structure) {
        TrialState state = potential.trialState(structure);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
        int n = structure.size();
        return measure(times -> {
            for (int k = 0; k < times; k++) {
                int atom = random.nextInt(n);
                // Around the places of the start, so that the cluster stays what it is.
                sink += state.tryMove(
                        atom,
                        structure.position(atom, 0) + 0.2 * random.nextDouble(),
                        structure.position(atom, 1) + 0.2 * random.nextDouble(),
                        structure.position(atom, 2) + 0.2 * random.nextDouble());
                if ((k & 1) == 0) {
                    state.accept();
                } else {
                    state.reject();
                }
            }
        });
    }

    /** CPU time of one repetition in microseconds: warm-up for a second, then the least of ten rounds of a tenth of a second. */
    private static double measure(IntConsumer work) {
        int times = 1;
        double spent = 0;
        double each = 0;
        while (spent < 1) {
            each = seconds(work, times) / times;
            spent += each * times;
            times = (int) Math.max(1, Math.min(2.0 * times, 0.1 / Math.max(each, 1e-9)));
        }
        double least = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 10; round++) {
            least = Math.min(least, seconds(work, times) / times);
        }
        return least * 1e6;
    }

    private static double seconds(IntConsumer work, int times) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.accept(times);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) * 1e-9;
    }

    private static Potential potential() {
        double[] scale = new double[26];
        Arrays.fill(scale, 0.3);
        Network network = Network.random(new int[] {26, 10, 10, 1}, RandomSource.XO_SHI_RO_256_PP.create(7));
        return new Potential(
                Descriptor.behler2011(79), List.of(new ElementPotential(79, -3, new double[26], scale, network)));
    }

    private static Structure cluster(int n) {
        List<double[]> places = new ArrayList<>();
        for (int a = -8; a <= 8; a++) {
            for (int b = -8; b <= 8; b++) {
                for (int c = -8; c <= 8; c++) {
                    if ((a + b + c) % 2 == 0) {
                        places.add(new double[] {a * LATTICE / 2, b * LATTICE / 2, c * LATTICE / 2});
                    }
                }
            }
        }
        places.sort(Comparator.comparingDouble(p -> p[0] * p[0] + p[1] * p[1] + p[2] * p[2]));
        return Structure.cluster(79, rattled(places.subList(0, n)));
    }

    private static Structure crystal(int m) {
        List<double[]> places = new ArrayList<>();
        for (int a = 0; a < 2 * m; a++) {
            for (int b = 0; b < 2 * m; b++) {
                for (int c = 0; c < 2 * m; c++) {
                    if ((a + b + c) % 2 == 0) {
                        places.add(new double[] {a * LATTICE / 2, b * LATTICE / 2, c * LATTICE / 2});
                    }
                }
            }
        }
        int[] gold = new int[places.size()];
        Arrays.fill(gold, 79);
        double edge = m * LATTICE;
        return Structure.of(gold, rattled(places), Cell.periodic(edge, 0, 0, 0, edge, 0, 0, 0, edge));
    }

    private static double[] rattled(List<double[]> places) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        double[] flat = new double[3 * places.size()];
        for (int k = 0; k < flat.length; k++) {
            flat[k] = places.get(k / 3)[k % 3] + 0.1 * random.nextDouble();
        }
        return flat;
    }
}
