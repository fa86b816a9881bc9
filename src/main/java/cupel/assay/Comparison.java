package cupel.assay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A potential against the labels of a set of structures.
 *
 * <p>Energies are compared per atom, E/N, in meV/atom; forces by component, in meV/angstrom. All labels must be of one level
 * of theory. Isolated atoms (note {@code config_type=IsolatedAtom}) define the zero of energy and are left out.
 */
public final class Comparison {

    private static final double MILLI = 1000;

    /**
     * One size, or all together.
     *
     * @param structures number of structures
     * @param energy of E/N in meV/atom
     * @param forces of force components in meV/angstrom; n = 0 when no label has forces
     */
    public record Errors(int structures, ErrorStatistics energy, ErrorStatistics forces) {

        ObjectNode toJson() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("structures", structures);
            json.set("energy", energy.toJson("mev_per_atom"));
            json.set("force", forces.toJson("mev_per_angstrom"));
            return json;
        }
    }

    /**
     * One structure.
     *
     * @param structure with its label
     * @param prediction of the potential
     * @param energyError E_NN − E_ref per atom in meV/atom
     * @param forceError largest component of |F_NN − F_ref| in meV/angstrom; NaN when the label has no forces
     */
    public record Compared(Structure structure, Evaluation prediction, double energyError, double forceError) {}

    private final List<Compared> compared;
    private final int isolatedAtoms;
    private final String level;
    private final Errors all;
    private final Map<Integer, Errors> bySize;
    private final Map<String, Errors> byComposition;

    private Comparison(
            List<Compared> compared,
            int isolatedAtoms,
            String level,
            Errors all,
            Map<Integer, Errors> bySize,
            Map<String, Errors> byComposition) {
        this.compared = compared;
        this.isolatedAtoms = isolatedAtoms;
        this.level = level;
        this.all = all;
        this.bySize = bySize;
        this.byComposition = byComposition;
    }

    /**
     * Compares.
     *
     * @param model what is tested
     * @param labelled structures with labels of one level of theory
     * @param source file for messages
     * @throws InputException when there is nothing to compare, a label is missing, or there are two levels of theory
     */
    public static Comparison of(EnergyModel model, List<Structure> labelled, String source) {
        return compareAll(structures -> structures.stream().map(model::evaluate).toList(), labelled, source);
    }

    /** The same of a potential, on several threads; the result does not depend on how many. */
    public static Comparison of(Potential potential, List<Structure> labelled, String source, int threads) {
        return compareAll(structures -> potential.evaluate(structures, threads), labelled, source);
    }

    private static Comparison compareAll(
            Function<List<Structure>, List<Evaluation>> model, List<Structure> labelled, String source) {
        Notes.requireLabels(labelled, source);
        String level = LevelOfTheory.of(labelled, source);
        List<Structure> structures = Notes.withoutIsolatedAtoms(labelled);
        if (structures.isEmpty()) {
            throw new InputException(source + ": holds no labelled structure to compare with");
        }
        List<Compared> compared = new ArrayList<>(structures.size());
        Map<Integer, List<Compared>> sizes = new TreeMap<>();
        Map<String, List<Compared>> compositions = new TreeMap<>();
        List<Evaluation> predictions = model.apply(structures);
        for (int s = 0; s < structures.size(); s++) {
            Structure structure = structures.get(s);
            Compared one = compare(predictions.get(s), structure);
            compared.add(one);
            sizes.computeIfAbsent(structure.size(), size -> new ArrayList<>()).add(one);
            compositions
                    .computeIfAbsent(composition(structure), elements -> new ArrayList<>())
                    .add(one);
        }
        Map<Integer, Errors> bySize = new TreeMap<>();
        sizes.forEach((size, members) -> bySize.put(size, errors(members)));
        Map<String, Errors> byComposition = new TreeMap<>();
        if (compositions.size() > 1) {
            compositions.forEach((elements, members) -> byComposition.put(elements, errors(members)));
        }
        return new Comparison(
                List.copyOf(compared),
                labelled.size() - structures.size(),
                level,
                errors(compared),
                bySize,
                byComposition);
    }

    /**
     * What a structure is made of, coarsely, so that there are enough of a kind: the symbol alone of a pure one, else each
     * element's share to the nearest quarter, as in {@code Cu 25 % Au 75 %}.
     */
    private static String composition(Structure structure) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int element : structure.atomicNumbers()) {
            counts.merge(element, 1, Integer::sum);
        }
        if (counts.size() == 1) {
            return Elements.symbol(structure.atomicNumber(0));
        }
        // The four quarters by largest remainders, equal ones to the lighter element: 100 % in all.
        Map<Integer, Integer> quarters = new TreeMap<>();
        int left = 4;
        for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
            quarters.put(entry.getKey(), 4 * entry.getValue() / structure.size());
            left -= quarters.get(entry.getKey());
        }
        for (; left > 0; left--) {
            int next = 0;
            int most = -1;
            for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
                int remainder = 4 * entry.getValue() - quarters.get(entry.getKey()) * structure.size();
                if (remainder > most) {
                    most = remainder;
                    next = entry.getKey();
                }
            }
            quarters.merge(next, 1, Integer::sum);
        }
        StringJoiner text = new StringJoiner(" ");
        quarters.forEach((element, share) -> text.add(Elements.symbol(element) + " " + 25 * share + " %"));
        return text.toString();
    }

    private static Compared compare(Evaluation prediction, Structure structure) {
        Label label = structure.label();
        double energyError = MILLI * (prediction.energy() - label.energy()) / structure.size();
        double forceError = Double.NaN;
        if (label.forces() != null) {
            forceError = 0;
            for (int i = 0; i < label.forces().length; i++) {
                forceError = Math.max(forceError, MILLI * Math.abs(prediction.forces()[i] - label.forces()[i]));
            }
        }
        return new Compared(structure, prediction, energyError, forceError);
    }

    private static Errors errors(List<Compared> members) {
        int components = 0;
        for (Compared one : members) {
            double[] forces = one.structure.label().forces();
            components += forces == null ? 0 : forces.length;
        }
        double[] energy = new double[members.size()];
        double[] energyReference = new double[members.size()];
        double[] force = new double[components];
        double[] forceReference = new double[components];
        int k = 0;
        for (int m = 0; m < members.size(); m++) {
            Compared one = members.get(m);
            Label label = one.structure.label();
            energy[m] = MILLI * one.prediction.energy() / one.structure.size();
            energyReference[m] = MILLI * label.energy() / one.structure.size();
            for (int i = 0; label.forces() != null && i < label.forces().length; i++) {
                force[k] = MILLI * one.prediction.forces()[i];
                forceReference[k++] = MILLI * label.forces()[i];
            }
        }
        return new Errors(
                members.size(), ErrorStatistics.of(energy, energyReference), ErrorStatistics.of(force, forceReference));
    }

    /** One by one, in the order of the file. */
    public List<Compared> compared() {
        return compared;
    }

    /** All together. */
    public Errors all() {
        return all;
    }

    /** By number of atoms, ascending. */
    public Map<Integer, Errors> bySize() {
        return bySize;
    }

    /** Level of theory of the labels, or null when it is not noted. */
    public String level() {
        return level;
    }

    /** The structures with the largest energy errors per atom, the largest first; a prediction that is no number leads. */
    public List<Compared> largestEnergyErrors(int count) {
        return largest(compared, Comparator.comparingDouble(one -> -magnitude(one.energyError)), count);
    }

    /** The structures with the largest error of a force component, the largest first; only labels with forces. */
    public List<Compared> largestForceErrors(int count) {
        List<Compared> withForces = new ArrayList<>();
        for (Compared one : compared) {
            if (one.structure.label().forces() != null) {
                withForces.add(one);
            }
        }
        return largest(withForces, Comparator.comparingDouble(one -> -magnitude(one.forceError)), count);
    }

    private static double magnitude(double error) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.abs(error);
    }

    private static List<Compared> largest(List<Compared> among, Comparator<Compared> order, int count) {
        List<Compared> sorted = new ArrayList<>(among);
        sorted.sort(order); // stable: equal errors stay in the order of the file
        return sorted.subList(0, Math.min(count, sorted.size()));
    }

    /**
     * As JSON: units in the names, keys in a fixed order, null for what is not a number.
     *
     * @param largestCount how many of the largest errors to list
     */
    public ObjectNode toJson(int largestCount) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("level", level);
        json.put("isolated_atoms_left_out", isolatedAtoms);
        json.setAll(all.toJson());
        ObjectNode sizes = json.putObject("by_size");
        bySize.forEach((size, errors) -> sizes.set(size.toString(), errors.toJson()));
        if (!byComposition.isEmpty()) {
            ObjectNode compositions = json.putObject("by_composition");
            byComposition.forEach((elements, errors) -> compositions.set(elements, errors.toJson()));
        }
        ArrayNode energies = json.putArray("largest_energy_errors");
        for (Compared one : largestEnergyErrors(largestCount)) {
            Json.put(entry(energies, one), "error_mev_per_atom", one.energyError);
        }
        ArrayNode forces = json.putArray("largest_force_errors");
        for (Compared one : largestForceErrors(largestCount)) {
            Json.put(entry(forces, one), "error_mev_per_angstrom", one.forceError);
        }
        return json;
    }

    private static ObjectNode entry(ArrayNode list, Compared one) {
        return list.addObject().put("sid", Notes.sid(one.structure)).put("size", one.structure.size());
    }
}
