package cupel.reference;

import cupel.potential.Evaluation;
import cupel.structure.Structure;

/**
 * Atoms that do not feel each other: energy 0, forces 0, stress 0, for any element. To try all that comes after a label before a label costs
 * anything.
 */
public record NoInteraction() implements ReferenceModel {

    @Override
    public String engine() {
        return "none";
    }

    @Override
    public String level() {
        return "no-interaction";
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        return new Evaluation(0, new double[3 * structure.size()], structure.cell() == null ? null : new double[6]);
    }
}
