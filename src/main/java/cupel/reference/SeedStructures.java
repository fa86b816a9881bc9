package cupel.reference;

import cupel.structure.Cell;
import cupel.structure.ContentHash;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The structures that a campaign begins with, as the first reference calculations need them: the given ones, bare, and one
 * isolated atom of each of their elements, whose energy is the element's zero.
 */
public final class SeedStructures {

    private SeedStructures() {}

    /**
     * Isolated atoms first, by atomic number, then the given structures in their order; each once. Labels, notes and
     * arrays are dropped: they may be of another level of theory. The notes left are {@code sid}, {@code kind=seed}, and
     * {@code config_type=IsolatedAtom} for the atoms.
     */
    public static List<Structure> withIsolatedAtoms(List<Structure> given) {
        Set<Integer> elements = new TreeSet<>();
        for (Structure structure : given) {
            for (int element : structure.atomicNumbers()) {
                elements.add(element);
            }
        }
        List<Structure> seeds = new ArrayList<>();
        for (int element : elements) {
            seeds.add(named(Structure.cluster(element, 0, 0, 0)).withInfo("config_type", "IsolatedAtom"));
        }
        Set<Object> seen = new HashSet<>();
        for (Structure structure : given) {
            Structure seed = named(bare(structure));
            if (!isIsolatedAtom(structure) && seen.add(seed.info().get("sid"))) {
                seeds.add(seed);
            }
        }
        return seeds;
    }

    /** Whether it is one atom in free space. */
    public static boolean isIsolatedAtom(Structure structure) {
        return structure.size() == 1 && !structure.cell().isPeriodic();
    }

    private static Structure bare(Structure structure) {
        double[] positions = new double[3 * structure.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = structure.position(i / 3, i % 3);
        }
        Cell cell = structure.cell();
        return Structure.of(structure.atomicNumbers(), positions, cell);
    }

    private static Structure named(Structure structure) {
        return structure.withInfo("sid", ContentHash.of(structure)).withInfo("kind", "seed");
    }
}
