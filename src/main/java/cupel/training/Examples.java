package cupel.training;

import cupel.descriptor.StructureFeatures;
import cupel.structure.Label;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Map;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Makes {@link Example}s of labelled structures. */
final class Examples {

    private static final double[] NO_FORCES = {};
    private static final long FORCE_COMPONENTS = Seeds.key("force components");

    private final int[] elements;
    private final Scaling[] scalings;
    private final Map<Integer, Double> atomicEnergies;
    private final TrainingSettings settings;
    private final long seed;

    /**
     * @param elements atomic numbers in ascending order
     * @param scalings one per element
     * @param atomicEnergies what is taken off the energy, per element
     */
    Examples(
            int[] elements,
            Scaling[] scalings,
            Map<Integer, Double> atomicEnergies,
            TrainingSettings settings,
            long seed) {
        this.elements = elements;
        this.scalings = scalings;
        this.atomicEnergies = atomicEnergies;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * @param index number of the structure in the pool: decides which of its force components are used
     * @param features with derivatives where forces are trained
     */
    Example of(int index, Structure structure, StructureFeatures features) {
        int n = structure.size();
        int[] element = new int[n];
        double[][] inputs = new double[n][];
        double energy = structure.label().energy();
        for (int i = 0; i < n; i++) {
            int z = structure.atomicNumber(i);
            element[i] = Arrays.binarySearch(elements, z);
            energy -= atomicEnergies.get(z);
            Scaling scaling = scalings[element[i]];
            double[] x = new double[features.count(i)];
            for (int k = 0; k < x.length; k++) {
                x[k] = (features.values()[features.offsets()[i] + k] - scaling.shift()[k]) * scaling.scale()[k];
            }
            inputs[i] = x;
        }
        Label label = structure.label();
        if (settings.target() == TrainingSettings.Target.ENERGY || label.forces() == null) {
            return new Example(element, inputs, energy / n, null, null, NO_FORCES, NO_FORCES);
        }
        int[] column = chooseColumns(index, 3 * n);
        int count = 0;
        for (int c : column) {
            count += c >= 0 ? 1 : 0;
        }
        double[] forces = new double[count];
        double[] weights = new double[count];
        for (int a = 0; a < n; a++) {
            double fx = label.forces()[3 * a];
            double fy = label.forces()[3 * a + 1];
            double fz = label.forces()[3 * a + 2];
            double relative = (fx * fx + fy * fy + fz * fz) / (settings.forceScale() * settings.forceScale());
            for (int axis = 0; axis < 3; axis++) {
                int c = column[3 * a + axis];
                if (c >= 0) {
                    forces[c] = label.forces()[3 * a + axis];
                    weights[c] = settings.forceWeight() / Math.sqrt(count * (1 + relative));
                }
            }
        }
        double[][][] derivatives = new double[n][][];
        int[][] columns = new int[n][];
        boolean allFull = true;
        for (int i = 0; i < n; i++) {
            columns[i] = addDerivatives(i, features, column, count, scalings[element[i]].scale(), derivatives);
            allFull &= columns[i] == null;
        }
        return new Example(
                element, inputs, energy / n, derivatives, allFull ? null : fillIn(columns, count), forces, weights);
    }

    private static int[][] fillIn(int[][] columns, int count) {
        int[] all = new int[count];
        for (int c = 0; c < count; c++) {
            all[c] = c;
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] == null) {
                columns[i] = all;
            }
        }
        return columns;
    }

    /** For each coordinate, its number among the force components used, or −1. */
    private int[] chooseColumns(int index, int coordinates) {
        int[] column = new int[coordinates];
        int wanted = settings.forceComponents();
        if (wanted == 0 || wanted >= coordinates) {
            for (int c = 0; c < coordinates; c++) {
                column[c] = c;
            }
            return column;
        }
        UniformRandomProvider random =
                RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, FORCE_COMPONENTS, index));
        Arrays.fill(column, -1);
        // Selection sampling (Knuth, TAOCP 2, 3.4.2 S): in order, so that neighbouring columns stay neighbours.
        int chosen = 0;
        for (int c = 0; c < coordinates && chosen < wanted; c++) {
            if (random.nextInt(coordinates - c) < wanted - chosen) {
                column[c] = chosen++;
            }
        }
        return column;
    }

    /** Puts the derivatives of an atom's inputs into place; returns the columns they belong to, null for all in order. */
    private static int[] addDerivatives(
            int i, StructureFeatures features, int[] column, int count, double[] scale, double[][][] derivatives) {
        StructureFeatures.Jacobian jacobian = features.jacobian();
        int functions = features.count(i);
        int used = 0;
        for (int b = jacobian.starts()[i]; b < jacobian.starts()[i + 1]; b++) {
            for (int axis = 0; axis < 3; axis++) {
                used += column[3 * jacobian.atoms()[b] + axis] >= 0 ? 1 : 0;
            }
        }
        boolean full = used == count; // every atom has at most one block, so this is all of them
        int[] columns = full ? null : new int[used];
        double[][] v = new double[functions][used];
        int next = 0;
        for (int b = jacobian.starts()[i]; b < jacobian.starts()[i + 1]; b++) {
            double[] block = jacobian.blocks()[b];
            for (int axis = 0; axis < 3; axis++) {
                int c = column[3 * jacobian.atoms()[b] + axis];
                if (c >= 0) {
                    int at = full ? c : next;
                    for (int k = 0; k < functions; k++) {
                        v[k][at] = block[axis * functions + k] * scale[k];
                    }
                    if (!full) {
                        columns[next] = c;
                    }
                    next++;
                }
            }
        }
        derivatives[i] = v;
        return columns;
    }
}
