package cupel.assay.cluster;

import cupel.descriptor.Workers;
import cupel.potential.EnergyModel;
import cupel.sampling.Relaxation;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Isomers of clusters after relaxation: how far each lies above the lowest of its composition, in which order they come, and how far
 * its geometry is from that of a reference.
 */
public final class Isomers {

    /** The note that names an isomer. */
    public static final String NOTE = "isomer";

    private Isomers() {}

    /**
     * One relaxed isomer.
     *
     * @param structure where the relaxation ended, with the notes of the isomer; without label if a model relaxed it
     * @param name of the isomer
     * @param energy in eV; NaN where there is none
     * @param relativeEnergy above the lowest isomer of the same elements, whole cluster, in eV; NaN without energy
     * @param rmsd root mean square distance from the reference's geometry, in angstrom ({@link ClusterGeometry#rmsd}); NaN without one
     * @param largestForce on an atom, in eV/angstrom; NaN where there is none
     * @param planarity {@link ClusterGeometry#planarity}, in angstrom
     */
    public record Isomer(
            Structure structure,
            String name,
            double energy,
            double relativeEnergy,
            double rmsd,
            double largestForce,
            double planarity) {

        /** Number of atoms. */
        public int size() {
            return structure.size();
        }
    }

    /**
     * How well two sources agree on the isomers of one composition.
     *
     * @param size number of atoms
     * @param isomers that have an energy in both
     * @param pairs of isomers whose energies in the reference differ by more than 1e-6 eV
     * @param pairsInOrder of those the pairs that both have in the same order
     * @param sameLowest whether the same isomer is lowest
     * @param relativeEnergyError mean absolute difference of the energies above the reference's lowest isomer, in eV, that isomer left
     *     out; NaN with one isomer
     */
    public record Order(
            int size, int isomers, int pairs, int pairsInOrder, boolean sameLowest, double relativeEnergyError) {}

    /** The isomer's name: its note, or its place in the file, counted from 1. */
    static String name(Structure structure, int index) {
        Object note = structure.info().get(NOTE);
        return note == null ? "isomer_" + (index + 1) : note.toString();
    }

    /**
     * Relaxes isomers with a model. One that the reference has relaxed begins at the reference's geometry, so that its rmsd
     * says how far the model's minimum is from there; the others begin as given.
     *
     * @param isomers no two of the same elements with the same name
     * @param relaxed by the reference, with the same names; may be empty
     * @param source file name for messages
     */
    public static List<Isomer> relax(
            EnergyModel model,
            List<Structure> isomers,
            List<Structure> relaxed,
            Descent descent,
            String source,
            int threads) {
        Map<String, Structure> known = byKey(relaxed, source);
        byKey(isomers, source);
        Isomer[] results = new Isomer[isomers.size()];
        Workers.run(threads, results.length, () -> i -> {
            Structure given = isomers.get(i);
            String name = name(given, i);
            Structure reference = known.get(key(given, name));
            Relaxation.Result end =
                    descent.relax(model, reference == null ? given : given.withPositions(reference.positions()));
            Structure structure = end.structure().withInfo(NOTE, name);
            results[i] = new Isomer(
                    structure,
                    name,
                    end.energy(),
                    Double.NaN,
                    reference == null ? Double.NaN : ClusterGeometry.rmsd(reference, structure),
                    end.largestForce(),
                    ClusterGeometry.planarity(structure));
        });
        return withRelativeEnergies(Arrays.asList(results));
    }

    /** Isomers that the reference has relaxed, by their labels. */
    public static List<Isomer> labelled(List<Structure> relaxed, String source) {
        byKey(relaxed, source);
        List<Isomer> isomers = new ArrayList<>();
        for (int i = 0; i < relaxed.size(); i++) {
            Structure structure = relaxed.get(i);
            boolean known = structure.label() != null;
            isomers.add(new Isomer(
                    structure,
                    name(structure, i),
                    known ? structure.label().energy() : Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    known && structure.label().forces() != null
                            ? ClusterGeometry.largestForce(structure.label().forces())
                            : Double.NaN,
                    ClusterGeometry.planarity(structure)));
        }
        return withRelativeEnergies(isomers);
    }

    /** Compares the order of isomers with that of the reference, composition by composition, smallest first. */
    public static List<Order> compare(List<Isomer> isomers, List<Isomer> reference) {
        Map<String, Isomer> known = new LinkedHashMap<>();
        for (Isomer isomer : reference) {
            known.put(key(isomer.structure(), isomer.name()), isomer);
        }
        Map<String, List<Isomer[]>> pairs = new LinkedHashMap<>();
        for (Isomer isomer : isomers) {
            Isomer other = known.get(key(isomer.structure(), isomer.name()));
            if (other != null && !Double.isNaN(isomer.energy()) && !Double.isNaN(other.energy())) {
                pairs.computeIfAbsent(composition(isomer.structure()), c -> new ArrayList<>())
                        .add(new Isomer[] {isomer, other});
            }
        }
        List<Order> orders = new ArrayList<>();
        for (List<Isomer[]> same : pairs.values()) {
            orders.add(order(same));
        }
        orders.sort((a, b) -> Integer.compare(a.size(), b.size()));
        return orders;
    }

    private static Order order(List<Isomer[]> both) {
        int pairs = 0;
        int inOrder = 0;
        Isomer[] lowest = both.get(0);
        Isomer[] referenceLowest = both.get(0);
        for (Isomer[] one : both) {
            lowest = one[0].energy() < lowest[0].energy() ? one : lowest;
            referenceLowest = one[1].energy() < referenceLowest[1].energy() ? one : referenceLowest;
            for (Isomer[] other : both) {
                double ours = one[0].energy() - other[0].energy();
                double theirs = one[1].energy() - other[1].energy();
                if (theirs > 1e-6) {
                    pairs++;
                    inOrder += ours > 0 ? 1 : 0;
                }
            }
        }
        double sum = 0;
        for (Isomer[] one : both) {
            sum += Math.abs(
                    one[0].energy() - referenceLowest[0].energy() - (one[1].energy() - referenceLowest[1].energy()));
        }
        return new Order(
                lowest[0].size(),
                both.size(),
                pairs,
                inOrder,
                lowest == referenceLowest,
                both.size() == 1 ? Double.NaN : sum / (both.size() - 1));
    }

    private static List<Isomer> withRelativeEnergies(List<Isomer> isomers) {
        Map<String, Double> lowest = new TreeMap<>();
        for (Isomer isomer : isomers) {
            if (!Double.isNaN(isomer.energy())) {
                lowest.merge(composition(isomer.structure()), isomer.energy(), Math::min);
            }
        }
        List<Isomer> done = new ArrayList<>();
        for (Isomer i : isomers) {
            Double zero = lowest.get(composition(i.structure()));
            double relative = zero == null ? Double.NaN : i.energy() - zero;
            done.add(new Isomer(
                    i.structure(), i.name(), i.energy(), relative, i.rmsd(), i.largestForce(), i.planarity()));
        }
        return List.copyOf(done);
    }

    private static Map<String, Structure> byKey(List<Structure> structures, String source) {
        Map<String, Structure> found = new LinkedHashMap<>();
        for (int i = 0; i < structures.size(); i++) {
            Structure structure = structures.get(i);
            if (structure.cell().isPeriodic()) {
                throw new InputException(source + ": structure " + (i + 1)
                        + " repeats in space, isomers must be clusters in free space");
            }
            String name = name(structure, i);
            if (found.put(key(structure, name), structure) != null) {
                throw new InputException(source + ": structure " + (i + 1) + " is the second isomer '" + name + "' of "
                        + structure.size() + " atoms, names (note " + NOTE + "=…) must differ");
            }
        }
        return found;
    }

    private static String key(Structure structure, String name) {
        return composition(structure) + " " + name;
    }

    private static String composition(Structure structure) {
        int[] elements = structure.atomicNumbers();
        Arrays.sort(elements);
        return Arrays.toString(elements);
    }
}
