package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.potential.Potential;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a potential knows a structure, by its committee: networks that were trained alike agree where they were trained, and each
 * says something else elsewhere.
 */
public final class Trust {

    private final List<Potential> committee = new ArrayList<>();

    /** Of a model; one without committee is believed everywhere. */
    public Trust(EnergyModel model) {
        if (model instanceof Potential potential) {
            for (int k = 0; k < potential.committeeSize(); k++) {
                committee.add(potential.committeeMember(k));
            }
        }
    }

    /** Whether there is a committee of two or more. */
    public boolean isKnown() {
        return committee.size() > 1;
    }

    /** Standard deviation of the committee's energies, in eV/atom; 0 without a committee, NaN when one of them is no finite number. */
    public double spread(Structure structure) {
        int count = committee.size();
        if (count < 2) {
            return 0;
        }
        double[] energies = new double[count];
        double mean = 0;
        for (int k = 0; k < count; k++) {
            energies[k] = committee.get(k).energy(structure) / structure.size();
            mean += energies[k] / count;
        }
        double squares = 0;
        for (double energy : energies) {
            squares += (energy - mean) * (energy - mean);
        }
        double spread = Math.sqrt(squares / count);
        return Double.isFinite(spread) ? spread : Double.NaN;
    }
}
