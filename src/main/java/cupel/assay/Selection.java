package cupel.assay;

import cupel.potential.EnergyModel;
import cupel.structure.ContentHash;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which new labels join the pool: those that fail the {@link DirectTest}. What passed is known to the potential already and is
 * left out, and so is a structure that the pool holds already (same content hash).
 *
 * <p>The new pool is the old one, unchanged and in its order, then the new structures in theirs. Each carries, beside its notes,
 * why and with what error it joined: {@code joined_for} (energy, force, energy+force), {@code NN_energy_error} in eV/atom
 * (E_NN − E_ref, divided by N) and, when the label has forces, {@code NN_force_error} in eV/angstrom; an error that is no
 * number is not noted.
 */
public final class Selection {

    private final List<Structure> pool;
    private final int poolSizeBefore;
    private final List<Structure> added;
    private final int tested;
    private final int inPoolAlready;
    private final ErrorStatistics energy;

    private Selection(
            List<Structure> pool,
            int poolSizeBefore,
            List<Structure> added,
            int tested,
            int inPoolAlready,
            ErrorStatistics energy) {
        this.pool = List.copyOf(pool);
        this.poolSizeBefore = poolSizeBefore;
        this.added = List.copyOf(added);
        this.tested = tested;
        this.inPoolAlready = inPoolAlready;
        this.energy = energy;
    }

    /**
     * Selects.
     *
     * @param model the potential that chose the candidates
     * @param labelled new labels, in candidate order
     * @param labelledSource file for messages
     * @param pool what the potential was trained on
     * @param poolSource file for messages
     * @param test what fails
     */
    public static Selection of(
            EnergyModel model,
            List<Structure> labelled,
            String labelledSource,
            List<Structure> pool,
            String poolSource,
            DirectTest test) {
        Notes.requireLabels(labelled, labelledSource);
        Notes.requireLabels(pool, poolSource);
        LevelOfTheory.requireSame(pool, poolSource, labelled, labelledSource);
        List<Structure> structures = Notes.withoutIsolatedAtoms(labelled);
        Set<String> hashes = new HashSet<>();
        for (Structure structure : pool) {
            hashes.add(ContentHash.of(structure));
        }
        List<Structure> newPool = new ArrayList<>(pool);
        List<Structure> added = new ArrayList<>();
        int inPoolAlready = 0;
        double[] predicted = new double[structures.size()];
        double[] reference = new double[structures.size()];
        for (int i = 0; i < structures.size(); i++) {
            Structure structure = structures.get(i);
            DirectTest.Verdict verdict = test.test(structure, model.evaluate(structure));
            predicted[i] = 1000 * verdict.energyError(); // against zero: only the difference counts
            if (!verdict.fails()) {
                continue;
            }
            if (!hashes.add(ContentHash.of(structure))) {
                inPoolAlready++;
                continue;
            }
            Structure joined = noted(structure, verdict);
            newPool.add(joined);
            added.add(joined);
        }
        return new Selection(
                newPool,
                Notes.withoutIsolatedAtoms(pool).size(),
                added,
                structures.size(),
                inPoolAlready,
                ErrorStatistics.of(predicted, reference));
    }

    private static Structure noted(Structure structure, DirectTest.Verdict verdict) {
        Structure joined = structure.withInfo("sid", Notes.sid(structure)).withInfo("joined_for", verdict.token());
        if (Double.isFinite(verdict.energyError())) {
            joined = joined.withInfo("NN_energy_error", verdict.energyError());
        }
        if (Double.isFinite(verdict.forceError())) {
            joined = joined.withInfo("NN_force_error", verdict.forceError());
        }
        return joined;
    }

    /** The new pool, isolated atoms included. */
    public List<Structure> pool() {
        return pool;
    }

    /** Number of structures that the potential was trained on, without isolated atoms. */
    public int poolSizeBefore() {
        return poolSizeBefore;
    }

    /** What joined. */
    public List<Structure> added() {
        return added;
    }

    /** Number of labels that were tested. */
    public int tested() {
        return tested;
    }

    /** Number of labels that failed the test but are in the pool already. */
    public int inPoolAlready() {
        return inPoolAlready;
    }

    /** E_NN − E_ref per atom of all tested, in meV/atom; R² has no meaning here and is NaN. */
    public ErrorStatistics energy() {
        return energy;
    }
}
