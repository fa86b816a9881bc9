package cupel.potential.export;

import cupel.descriptor.Descriptor;
import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.StructureFeatures;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The smallest and largest value of each function of each element, beyond which other programs warn that they extrapolate.
 *
 * @param smallest by atomic number, one number for each function; not copied
 * @param largest the same
 */
record FunctionRange(Map<Integer, double[]> smallest, Map<Integer, double[]> largest) {

    /** All functions are sums of numbers that are not negative; no crystal comes near this. */
    private static final double NEVER = 1e6;

    /** A range that nothing leaves. */
    static FunctionRange unknown(Descriptor descriptor) {
        FunctionRange range = new FunctionRange(new TreeMap<>(), new TreeMap<>());
        for (int z : descriptor.elements()) {
            double[] largest = new double[descriptor.count(z)];
            Arrays.fill(largest, NEVER);
            range.smallest.put(z, new double[largest.length]);
            range.largest.put(z, largest);
        }
        return range;
    }

    /** What the atoms of structures have; an element that none of them has stays without limits. */
    static FunctionRange of(Descriptor descriptor, List<Structure> structures) {
        FunctionRange range = unknown(descriptor);
        java.util.Set<Integer> seen = new java.util.HashSet<>();
        DescriptorCalculator calculator = descriptor.calculator();
        for (Structure structure : structures) {
            StructureFeatures features = calculator.features(structure);
            for (int i = 0; i < features.size(); i++) {
                int z = structure.atomicNumber(i);
                double[] smallest = range.smallest.get(z);
                double[] largest = range.largest.get(z);
                if (seen.add(z)) {
                    Arrays.fill(smallest, Double.POSITIVE_INFINITY);
                    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
                }
                for (int k = 0; k < smallest.length; k++) {
                    double value = features.values()[features.offsets()[i] + k];
                    smallest[k] = Math.min(smallest[k], value);
                    largest[k] = Math.max(largest[k], value);
                }
            }
        }
        return range;
    }
}
