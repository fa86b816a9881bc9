package cupel.reference;

import cupel.potential.Evaluation;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/** Labels from a built-in model. */
public final class Labelling {

    private Labelling() {}

    /**
     * Labels structures: energy, forces, and stress where there is a periodic cell.
     *
     * @param version of Cupel, for the note {@code engine_version}
     * @throws cupel.structure.InputException if the model has no parameters for an element
     */
    public static Labels label(ReferenceModel model, List<Structure> structures, SanityWindow window, String version) {
        List<Structure> labelled = new ArrayList<>();
        List<Structure> failed = new ArrayList<>();
        for (Structure structure : structures) {
            Evaluation answer = model.evaluate(structure);
            Structure noted = Labels.noted(LabelFailure.forget(structure), model.engine(), version, model.level());
            // An isolated atom has no energy in these models, so that energies are relative to isolated atoms already.
            String complaint = window.complaint(answer.energy(), answer.forces());
            if (complaint == null) {
                labelled.add(noted.withLabel(new Label(answer.energy(), answer.forces(), answer.stress())));
            } else {
                failed.add(new LabelFailure(LabelFailure.Kind.UNPHYSICAL, complaint, null).record(noted));
            }
        }
        return new Labels(labelled, failed);
    }
}
