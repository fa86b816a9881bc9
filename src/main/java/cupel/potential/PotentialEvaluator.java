package cupel.potential;

import cupel.descriptor.DescriptorCalculator;
import cupel.structure.Structure;

/** The buffers with which a {@link Potential} evaluates; one per thread. */
final class PotentialEvaluator {

    private final Potential potential;
    private final DescriptorCalculator calculator;
    private final AtomNetworks networks;
    private double[] slopes = new double[0];

    PotentialEvaluator(Potential potential) {
        this.potential = potential;
        this.calculator = potential.descriptor().calculator();
        this.networks = new AtomNetworks(potential);
    }

    double energy(Structure structure) {
        calculator.open(structure);
        double energy = 0;
        int n = structure.size();
        for (int from = 0; from < n; from += DescriptorCalculator.BLOCK) {
            int to = Math.min(n, from + DescriptorCalculator.BLOCK);
            calculator.compute(from, to);
            double[] values = calculator.values();
            for (int i = from; i < to; i++) {
                energy += networks.energy(structure.atomicNumber(i), values, calculator.offset(i - from));
            }
        }
        return energy;
    }

    double[] atomicEnergies(Structure structure) {
        calculator.open(structure);
        int n = structure.size();
        double[] energies = new double[n];
        for (int from = 0; from < n; from += DescriptorCalculator.BLOCK) {
            int to = Math.min(n, from + DescriptorCalculator.BLOCK);
            calculator.compute(from, to);
            double[] values = calculator.values();
            for (int i = from; i < to; i++) {
                energies[i] = networks.energy(structure.atomicNumber(i), values, calculator.offset(i - from));
            }
        }
        return energies;
    }

    Evaluation evaluate(Structure structure) {
        calculator.open(structure);
        int n = structure.size();
        double energy = 0;
        double[] forces = new double[3 * n];
        double[] stress = structure.cell().isPeriodic() ? new double[6] : null;
        for (int from = 0; from < n; from += DescriptorCalculator.BLOCK) {
            int to = Math.min(n, from + DescriptorCalculator.BLOCK);
            calculator.compute(from, to);
            double[] values = calculator.values();
            if (slopes.length < values.length) {
                slopes = new double[values.length];
            }
            for (int i = from; i < to; i++) {
                int at = calculator.offset(i - from);
                energy += networks.energyAndSlopes(structure.atomicNumber(i), values, at, slopes, at);
            }
            calculator.addForces(slopes, forces, stress);
        }
        if (stress != null) {
            double volume = structure.cell().volume();
            for (int k = 0; k < 6; k++) {
                stress[k] /= volume;
            }
        }
        return new Evaluation(energy, forces, stress);
    }
}
