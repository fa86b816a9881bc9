package cupel.assay.cluster;

import cupel.descriptor.Workers;
import cupel.potential.EnergyModel;
import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Relaxations of several structures in lockstep, with labels from outside: where each one stands, from the structures and from all
 * answers so far.
 *
 * <p>What is asked for carries the notes {@value #RELAXATION} (place of the structure in its file, counted from 1) and {@value
 * #STEP} (counted from 0), by which the answers are recognised, labelled or failed.
 *
 * @param next to be labelled; empty when all is done
 * @param relaxed those that are done, each at its best geometry with its label, noted {@value #REASON} (converged, labels, stuck
 *     or failed) and {@value #LABELS}; one for which every calculation failed is as given, without label
 * @param steps every answer so far, structure by structure, step by step
 */
public record Relaxations(List<Structure> next, List<Structure> relaxed, List<Step> steps) {

    /** The note that says which structure of the file a geometry belongs to. */
    public static final String RELAXATION = "relaxation";

    /** The note that says how many geometries were asked for before. */
    public static final String STEP = "relaxation_step";

    /** The note that says why a relaxation ended. */
    public static final String REASON = "relaxation_end";

    /** The note that says how many labels a relaxation took, failures counted. */
    public static final String LABELS = "relaxation_labels";

    public Relaxations {
        next = List.copyOf(next);
        relaxed = List.copyOf(relaxed);
        steps = List.copyOf(steps);
    }

    /**
     * One answer.
     *
     * @param structure place in the file, counted from 1
     * @param isomer name
     * @param size number of atoms
     * @param step counted from 0
     * @param energy in eV; NaN where the calculation failed
     * @param largestForce in eV/angstrom; NaN where the calculation failed
     */
    public record Step(int structure, String isomer, int size, int step, double energy, double largestForce) {}

    /**
     * Where the relaxations stand.
     *
     * @param model whose surface is like the reference's, or null
     * @param structures to relax
     * @param history all answers so far, in any order; structures without the notes are passed over
     */
    public static Relaxations of(
            StepwiseRelaxation relaxation,
            EnergyModel model,
            List<Structure> structures,
            List<Structure> history,
            int threads) {
        List<TreeMap<Integer, Structure>> answers = answers(structures, history);
        Structure[] next = new Structure[structures.size()];
        Structure[] relaxed = new Structure[structures.size()];
        Workers.run(threads, next.length, () -> i -> {
            Structure given = structures.get(i).withLabel(null);
            if (answers.get(i).isEmpty()) {
                next[i] = request(given, relaxation.start(model, given).positions(), i, 0);
                return;
            }
            int last = answers.get(i).lastKey();
            List<StepwiseRelaxation.Point> points = new ArrayList<>();
            for (int step = 0; step <= last; step++) {
                Structure answer = answers.get(i).get(step);
                // a step that left no answer is one that failed
                Label label = answer == null ? null : answer.label();
                points.add(
                        label == null
                                ? new StepwiseRelaxation.Point(given.positions(), Double.NaN, null)
                                : new StepwiseRelaxation.Point(answer.positions(), label.energy(), label.forces()));
            }
            StepwiseRelaxation.Answer answer = relaxation.next(model, given, points);
            if (answer.next() != null) {
                next[i] = request(given, answer.next(), i, last + 1);
            } else {
                Structure best = answer.best() < 0 ? given : answers.get(i).get(answer.best());
                relaxed[i] = best.withInfo(REASON, answer.reason().name().toLowerCase(Locale.ROOT))
                        .withInfo(LABELS, last + 1);
            }
        });
        return new Relaxations(present(next), present(relaxed), steps(structures, answers));
    }

    private static List<Structure> present(Structure[] structures) {
        return Arrays.stream(structures).filter(s -> s != null).toList();
    }

    private static Structure request(Structure given, double[] positions, int index, int step) {
        Structure place = given.withPositions(positions)
                .withInfo(Isomers.NOTE, Isomers.name(given, index))
                .withInfo(RELAXATION, index + 1)
                .withInfo(STEP, step);
        return place.withInfo("sid", ContentHash.of(place));
    }

    private static List<TreeMap<Integer, Structure>> answers(List<Structure> structures, List<Structure> history) {
        List<TreeMap<Integer, Structure>> answers = new ArrayList<>();
        for (int i = 0; i < structures.size(); i++) {
            answers.add(new TreeMap<>());
        }
        for (Structure answer : history) {
            if (!(answer.info().get(RELAXATION) instanceof Long place)
                    || !(answer.info().get(STEP) instanceof Long step)) {
                continue;
            }
            if (place < 1 || place > structures.size() || step < 0 || step > Integer.MAX_VALUE) {
                throw new InputException("history: an answer for structure " + place + ", step " + step
                        + ", but there are " + structures.size() + " structures");
            }
            int i = place.intValue() - 1;
            if (!Arrays.equals(answer.atomicNumbers(), structures.get(i).atomicNumbers())) {
                throw new InputException("history: step " + step + " of structure " + place
                        + " does not have the structure's elements: it belongs to other structures");
            }
            if (answer.label() != null && answer.label().forces() == null) {
                throw new InputException("history: step " + step + " of structure " + place
                        + " has an energy but no forces, a relaxation needs both");
            }
            // A label wins over a failure of the same step, which was tried again; of two labels the first stays.
            answers.get(i).merge(step.intValue(), answer, (a, b) -> a.label() == null ? b : a);
        }
        return answers;
    }

    private static List<Step> steps(List<Structure> structures, List<TreeMap<Integer, Structure>> answers) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < structures.size(); i++) {
            String name = Isomers.name(structures.get(i), i);
            int size = structures.get(i).size();
            int place = i + 1;
            answers.get(i).forEach((step, answer) -> {
                Label label = answer.label();
                steps.add(new Step(
                        place,
                        name,
                        size,
                        step,
                        label == null ? Double.NaN : label.energy(),
                        label == null ? Double.NaN : ClusterGeometry.largestForce(label.forces())));
            });
        }
        return steps;
    }
}
