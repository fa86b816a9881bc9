package cupel.benchmarks;

import cupel.descriptor.Descriptor;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** What is computed: behler2011-26 with a random 26-10-10-1 network; compact pieces of fcc gold and crystals, rattled. */
final class Gold {

    private static final double LATTICE = 4.08;
    private static final double RATTLE = 0.1;

    private Gold() {}

    static Potential potential() {
        return potential("behler2011-26");
    }

    /** With another set of functions, and as many inputs as it has. */
    static Potential potential(String functions) {
        Descriptor descriptor = Descriptor.named(functions, 79);
        int count = descriptor.count(79);
        double[] scale = new double[count];
        Arrays.fill(scale, 0.3);
        Network network = Network.random(new int[] {count, 10, 10, 1}, RandomSource.XO_SHI_RO_256_PP.create(7));
        return new Potential(descriptor, List.of(new ElementPotential(79, -3, new double[count], scale, network)));
    }

    /** The n places of an fcc crystal that are nearest to a point in it. */
    static Structure cluster(int n) {
        List<double[]> places = new ArrayList<>();
        for (int a = -6; a <= 6; a++) {
            for (int b = -6; b <= 6; b++) {
                for (int c = -6; c <= 6; c++) {
                    if ((a + b + c) % 2 == 0) {
                        places.add(new double[] {a * LATTICE / 2, b * LATTICE / 2, c * LATTICE / 2});
                    }
                }
            }
        }
        places.sort(Comparator.comparingDouble(p -> p[0] * p[0] + p[1] * p[1] + p[2] * p[2]));
        double[] flat = new double[3 * n];
        for (int k = 0; k < flat.length; k++) {
            flat[k] = places.get(k / 3)[k % 3];
        }
        return Structure.cluster(79, rattled(flat));
    }

    /** A periodic crystal of 4 l m n atoms. */
    static Structure crystal(int l, int m, int n) {
        double[] flat = new double[12 * l * m * n];
        int at = 0;
        for (int a = 0; a < 2 * l; a++) {
            for (int b = 0; b < 2 * m; b++) {
                for (int c = 0; c < 2 * n; c++) {
                    if ((a + b + c) % 2 == 0) {
                        flat[at++] = a * LATTICE / 2;
                        flat[at++] = b * LATTICE / 2;
                        flat[at++] = c * LATTICE / 2;
                    }
                }
            }
        }
        int[] gold = new int[flat.length / 3];
        Arrays.fill(gold, 79);
        return Structure.of(
                gold, rattled(flat), Cell.periodic(l * LATTICE, 0, 0, 0, m * LATTICE, 0, 0, 0, n * LATTICE));
    }

    /** A crystal of 108, 1000, 4000, 32000, 100000 or 1000000 atoms. */
    static Structure crystal(int atoms) {
        return switch (atoms) {
            case 108 -> crystal(3, 3, 3);
            case 1_000 -> crystal(5, 5, 10);
            case 4_000 -> crystal(10, 10, 10);
            case 32_000 -> crystal(20, 20, 20);
            case 100_000 -> crystal(25, 25, 40);
            case 1_000_000 -> crystal(50, 50, 100);
            default -> throw new IllegalArgumentException("no crystal of " + atoms + " atoms");
        };
    }

    private static double[] rattled(double[] flat) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        for (int k = 0; k < flat.length; k++) {
            flat[k] += RATTLE * random.nextDouble();
        }
        return flat;
    }
}
