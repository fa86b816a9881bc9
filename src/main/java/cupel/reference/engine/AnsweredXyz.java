package cupel.reference.engine;

import cupel.reference.LabelFailure;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.Locale;

/**
 * An answer in extended XYZ by a program or a person that is not Cupel: a frame with energy and forces (under the keys
 * {@code REF_energy} and {@code REF_forces}, or {@code energy} and {@code forces}), or one with the notes {@code failure}
 * ({@code not_converged}, {@code crashed}, {@code timed_out}, {@code unphysical}) and {@code reason}.
 */
final class AnsweredXyz {

    private AnsweredXyz() {}

    /**
     * Why a frame cannot be an answer for a structure, or null if it can be: the same elements in the same order at the same places,
     * in the same cell.
     */
    static String mismatch(Structure asked, Structure answered) {
        if (asked.size() != answered.size()) {
            return "has " + answered.size() + " atoms, must have " + asked.size();
        }
        for (int i = 0; i < asked.size(); i++) {
            if (asked.atomicNumber(i) != answered.atomicNumber(i)) {
                return "atom " + (i + 1) + " is " + Elements.symbol(answered.atomicNumber(i)) + ", must be "
                        + Elements.symbol(asked.atomicNumber(i)) + ": the atoms must stay in their order";
            }
            for (int axis = 0; axis < 3; axis++) {
                if (!EngineLog.samePlace(answered.position(i, axis), asked.position(i, axis))) {
                    return String.format(
                            Locale.ROOT,
                            "atom %d is at %.6f %.6f %.6f, must be at %.6f %.6f %.6f: no relaxation, no shift",
                            i + 1,
                            answered.position(i, 0),
                            answered.position(i, 1),
                            answered.position(i, 2),
                            asked.position(i, 0),
                            asked.position(i, 1),
                            asked.position(i, 2));
                }
            }
        }
        if (asked.cell().isPeriodic()) {
            double[] wanted = asked.cell().vectors();
            double[] found = answered.cell().vectors();
            for (int k = 0; k < 9; k++) {
                if (!EngineLog.samePlace(found[k], wanted[k])) {
                    return "is in another cell: component " + (k + 1) + " is " + found[k] + ", must be " + wanted[k];
                }
            }
        }
        return null;
    }

    /** The failure that a frame tells of, or null if it tells of none. */
    static LabelFailure failure(Structure answered) {
        Object kind = answered.info().get("failure");
        if (kind == null) {
            return null;
        }
        Object reason = answered.info().get("reason");
        return new LabelFailure(
                Ase.kind(kind.toString()),
                reason == null ? "no reason was given" : EngineLog.printable(reason.toString()),
                null);
    }
}
