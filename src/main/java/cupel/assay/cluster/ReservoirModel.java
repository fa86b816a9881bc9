package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.potential.TrialState;
import cupel.structure.Structure;

/**
 * A model in touch with a reservoir of atoms: E − μN, so that a walk at activity 1 is one at the chemical potential μ. As a number an
 * activity would not do: at 300 K that of gold with all its electrons is exp(−4000).
 *
 * @param model whose energy it is
 * @param chemicalPotential μ in eV
 */
record ReservoirModel(EnergyModel model, double chemicalPotential) implements EnergyModel {

    @Override
    public Evaluation evaluate(Structure structure) {
        Evaluation evaluation = model.evaluate(structure);
        return new Evaluation(
                evaluation.energy() - chemicalPotential * structure.size(), evaluation.forces(), evaluation.stress());
    }

    @Override
    public double energy(Structure structure) {
        return model.energy(structure) - chemicalPotential * structure.size();
    }

    @Override
    public TrialState trialState(Structure structure) {
        return new State(model.trialState(structure));
    }

    private final class State implements TrialState {

        private final TrialState state;

        State(TrialState state) {
            this.state = state;
        }

        @Override
        public int size() {
            return state.size();
        }

        @Override
        public int atomicNumber(int atom) {
            return state.atomicNumber(atom);
        }

        @Override
        public double position(int atom, int axis) {
            return state.position(atom, axis);
        }

        @Override
        public double energy() {
            return state.energy() - chemicalPotential * state.size();
        }

        @Override
        public double tryMove(int atom, double x, double y, double z) {
            return state.tryMove(atom, x, y, z) - chemicalPotential * state.size();
        }

        @Override
        public double tryInsertion(int atomicNumber, double x, double y, double z) {
            return state.tryInsertion(atomicNumber, x, y, z) - chemicalPotential * (state.size() + 1);
        }

        @Override
        public double tryRemoval(int atom) {
            return state.tryRemoval(atom) - chemicalPotential * (state.size() - 1);
        }

        @Override
        public double trySwap(int atomA, int atomB) {
            return state.trySwap(atomA, atomB) - chemicalPotential * state.size();
        }

        @Override
        public void accept() {
            state.accept();
        }

        @Override
        public void reject() {
            state.reject();
        }

        @Override
        public Structure structure() {
            return state.structure();
        }
    }
}
