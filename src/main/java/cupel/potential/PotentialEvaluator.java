package cupel.potential;

import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.Workers;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * The buffers with which a {@link Potential} evaluates; one per thread.
 *
 * <p>Energy, forces and virial are summed block by block of the {@link DescriptorCalculator}: within a block by one thread, then the blocks
 * in their order. So the number of threads that the blocks are shared between makes no difference to any bit.
 */
final class PotentialEvaluator {

    private final Potential potential;
    private final DescriptorCalculator calculator;
    private final AtomNetworks networks;
    private double[] slopes = new double[0];
    private final double[] virial = new double[6];

    /** What one block contributes: its energy in eV, its virial, and forces on these atoms. */
    private record Part(double energy, double[] virial, int[] atoms, double[] forces) {}

    PotentialEvaluator(Potential potential) {
        this.potential = potential;
        this.calculator = potential.descriptor().calculator();
        this.networks = new AtomNetworks(potential);
    }

    double energy(Structure structure) {
        calculator.open(structure);
        double energy = 0;
        for (int b = 0; b < calculator.blocks(); b++) {
            calculator.compute(b);
            double[] values = calculator.values();
            double part = 0;
            for (int k = 0; k < calculator.size(); k++) {
                part += networks.energy(structure.atomicNumber(calculator.atom(k)), values, calculator.offset(k));
            }
            energy += part;
        }
        return energy + potential.pairing(structure);
    }

    double[] atomicEnergies(Structure structure) {
        calculator.open(structure);
        double[] energies = new double[structure.size()];
        for (int b = 0; b < calculator.blocks(); b++) {
            calculator.compute(b);
            double[] values = calculator.values();
            for (int k = 0; k < calculator.size(); k++) {
                int i = calculator.atom(k);
                energies[i] = networks.energy(structure.atomicNumber(i), values, calculator.offset(k));
            }
        }
        return energies;
    }

    Evaluation evaluate(Structure structure) {
        calculator.open(structure);
        double[] forces = new double[3 * structure.size()];
        double[] stress = structure.cell().isPeriodic() ? new double[6] : null;
        double energy = 0;
        for (int b = 0; b < calculator.blocks(); b++) {
            energy += compute(structure, b);
            clearVirial();
            calculator.addForces(slopes, forces, stress == null ? null : virial);
            add(virial, stress);
        }
        return evaluation(structure, energy, forces, stress);
    }

    /** The same, to the bit, with the blocks shared between threads. */
    Evaluation evaluate(Structure structure, int threads) {
        calculator.open(structure);
        int blocks = calculator.blocks();
        if (threads == 1 || blocks == 1) {
            return evaluate(structure);
        }
        Part[] parts = new Part[blocks];
        Workers.run(threads, blocks, () -> worker(structure, parts));
        double[] forces = new double[3 * structure.size()];
        double[] stress = structure.cell().isPeriodic() ? new double[6] : null;
        double energy = 0;
        for (Part part : parts) {
            energy += part.energy;
            for (int k = 0; k < part.atoms.length; k++) {
                int i = 3 * part.atoms[k];
                forces[i] += part.forces[3 * k];
                forces[i + 1] += part.forces[3 * k + 1];
                forces[i + 2] += part.forces[3 * k + 2];
            }
            add(part.virial, stress);
        }
        return evaluation(structure, energy, forces, stress);
    }

    private IntConsumer worker(Structure structure, Part[] parts) {
        PotentialEvaluator own = new PotentialEvaluator(potential);
        own.calculator.openWith(calculator);
        return block -> parts[block] = own.part(structure, block);
    }

    private Part part(Structure structure, int block) {
        double energy = compute(structure, block);
        clearVirial();
        double[] forces = calculator.forces(slopes, virial);
        int[] atoms = new int[calculator.sizeWithNeighbours()];
        for (int k = 0; k < atoms.length; k++) {
            atoms[k] = calculator.atom(k);
        }
        return new Part(energy, virial.clone(), atoms, Arrays.copyOf(forces, 3 * atoms.length));
    }

    /** Energy of the atoms of a block, and its derivatives by their functions into slopes. */
    private double compute(Structure structure, int block) {
        calculator.compute(block);
        double[] values = calculator.values();
        if (slopes.length < values.length) {
            slopes = new double[values.length];
        }
        double energy = 0;
        for (int k = 0; k < calculator.size(); k++) {
            int at = calculator.offset(k);
            int atomicNumber = structure.atomicNumber(calculator.atom(k));
            energy += networks.energyAndSlopes(atomicNumber, values, at, slopes, at);
        }
        return energy;
    }

    private void clearVirial() {
        Arrays.fill(virial, 0);
    }

    private static void add(double[] part, double[] stress) {
        if (stress != null) {
            for (int v = 0; v < 6; v++) {
                stress[v] += part[v];
            }
        }
    }

    private Evaluation evaluation(Structure structure, double energy, double[] forces, double[] stress) {
        if (stress != null) {
            double volume = structure.cell().volume();
            for (int v = 0; v < 6; v++) {
                stress[v] /= volume;
            }
        }
        return new Evaluation(energy + potential.pairing(structure), forces, stress);
    }
}
