package cupel.reference;

import cupel.structure.Elements;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which elements of a published table somebody asked for. */
final class Published {

    private Published() {}

    /** The elements asked for, ascending and once each; all of the table if none was named. */
    static int[] select(String model, Set<Integer> table, int... atomicNumbers) {
        for (int z : atomicNumbers) {
            if (!table.contains(z)) {
                String name = z >= 1 && z <= 118 ? Elements.symbol(z) : "atomic number " + z;
                throw new IllegalArgumentException("the model " + model + " has no parameters for " + name
                        + ", only for "
                        + table.stream().sorted().map(Elements::symbol).collect(Collectors.joining(", ")));
            }
        }
        return atomicNumbers.length == 0
                ? table.stream().mapToInt(Integer::intValue).sorted().toArray()
                : Arrays.stream(atomicNumbers).sorted().distinct().toArray();
    }
}
