package cupel.assay;

import cupel.potential.Evaluation;
import cupel.structure.Label;
import cupel.structure.Structure;

/**
 * The paper's direct test (Loeffler et al., ChemCatChem 2020): a labelled structure fails when the potential's energy is off by
 * more than a tolerance; if asked for, also when a force is.
 *
 * <pre>
 *   |E_NN - E_ref| / N &gt; tolerance        per atom, or |E_NN - E_ref| &gt; tolerance per structure
 *   max_i |F_NN,i - F_ref,i| &gt; forceTolerance      over atoms i, vector norm; labels with forces only
 * </pre>
 *
 * A prediction that is no number fails.
 *
 * @param tolerance in eV (per atom or per structure), positive
 * @param perAtom whether the energy error is divided by the number of atoms
 * @param forceTolerance in eV/angstrom, positive; infinite for no test of forces
 */
public record DirectTest(double tolerance, boolean perAtom, double forceTolerance) {

    public DirectTest {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("illegal tolerance: " + tolerance + ", must be positive");
        }
        if (!(forceTolerance > 0)) {
            throw new IllegalArgumentException("illegal forceTolerance: " + forceTolerance + ", must be positive");
        }
    }

    /**
     * What the test found.
     *
     * @param energyError E_NN − E_ref per atom in eV/atom, whatever the tolerance is for; perhaps NaN or infinite
     * @param forceError largest |F_NN − F_ref| of an atom in eV/angstrom; NaN when the label has no forces
     * @param energyFails whether the energy is off
     * @param forceFails whether a force is off; false when forces are not tested
     */
    public record Verdict(double energyError, double forceError, boolean energyFails, boolean forceFails) {

        /** Whether the structure joins the pool. */
        public boolean fails() {
            return energyFails || forceFails;
        }

        /** {@code energy}, {@code force}, {@code energy+force} or {@code passed}. */
        public String token() {
            return energyFails ? (forceFails ? "energy+force" : "energy") : forceFails ? "force" : "passed";
        }
    }

    /** Tests a labelled structure. */
    public Verdict test(Structure labelled, Evaluation prediction) {
        Label label = labelled.label();
        double difference = prediction.energy() - label.energy();
        double measured = Math.abs(perAtom ? difference / labelled.size() : difference);
        double forceError = Double.NaN;
        boolean forceFails = false;
        if (label.forces() != null) {
            forceError = 0;
            for (int i = 0; i < labelled.size(); i++) {
                double square = 0;
                for (int axis = 0; axis < 3; axis++) {
                    double d = prediction.forces()[3 * i + axis] - label.forces()[3 * i + axis];
                    square += d * d;
                }
                forceError = Math.max(forceError, Math.sqrt(square));
            }
            // Written so that NaN fails, but only when forces are tested at all.
            forceFails = forceTolerance < Double.POSITIVE_INFINITY && !(forceError <= forceTolerance);
        }
        return new Verdict(difference / labelled.size(), forceError, !(measured <= tolerance), forceFails);
    }
}
