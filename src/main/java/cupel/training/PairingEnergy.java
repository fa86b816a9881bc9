package cupel.training;

import cupel.descriptor.Descriptor;
import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.StructureFeatures;
import cupel.potential.Potential;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Finds out whether the energies of a pool alternate with the number of electrons, and by how much: see {@link Potential#withPairing}.
 *
 * <p>No sum over atoms with a cutoff can follow that alternation; to a network it is noise, of ±10 meV/atom in gold clusters of 12 atoms. It
 * shows against any smooth model of the energy. Here that is a ridge regression of the energy per atom on composition and mean symmetry
 * functions; the pairing energy is the coefficient of ±1/N beside it, and is believed if it is {@value #CERTAINTY} times its
 * standard error. Energies without electrons, such as those of a classical potential, then get none.
 */
final class PairingEnergy {

    /** Smaller clusters are not asked: their functions see all their atoms, and fit a gap of their own. */
    private static final int LEAST_ATOMS = 10;

    /** Fewer structures do not tell. */
    private static final int LEAST_STRUCTURES = 40;

    private static final double CERTAINTY = 4;

    /** Ridge for standardised functions, per structure. */
    private static final double RIDGE = 1e-3;

    private PairingEnergy() {}

    /** The pairing energy of labelled structures, in eV; 0 where there is none to be seen. */
    static double fit(List<Structure> pool, Descriptor descriptor) {
        List<Structure> structures =
                pool.stream().filter(s -> s.size() >= LEAST_ATOMS).toList();
        int rows = structures.size();
        if (rows < LEAST_STRUCTURES) {
            return 0;
        }
        int[] elements = descriptor.elements();
        int columns = 1;
        for (int z : elements) {
            columns += 1 + descriptor.count(z);
        }
        DMatrixRMaj a = new DMatrixRMaj(rows, columns);
        DMatrixRMaj energy = new DMatrixRMaj(rows, 1);
        boolean[] standardised = new boolean[columns];
        DescriptorCalculator calculator = descriptor.calculator();
        double mean = 0;
        for (int s = 0; s < rows; s++) {
            Structure structure = structures.get(s);
            int n = structure.size();
            a.set(s, 0, Potential.pairingSign(structure) / (double) n);
            StructureFeatures features = calculator.features(structure);
            int first = 1;
            for (int z : elements) {
                for (int i = 0; i < n; i++) {
                    if (structure.atomicNumber(i) == z) {
                        a.add(s, first, 1.0 / n);
                        for (int k = 0; k < features.count(i); k++) {
                            a.add(s, first + 1 + k, features.values()[features.offsets()[i] + k] / n);
                            standardised[first + 1 + k] = true;
                        }
                    }
                }
                first += 1 + descriptor.count(z);
            }
            energy.set(s, 0, structure.label().energy() / n);
            mean += energy.get(s, 0) / rows;
        }
        for (int s = 0; s < rows; s++) {
            energy.add(s, 0, -mean);
        }
        for (int c = 1; c < columns; c++) {
            if (standardised[c]) {
                standardise(a, c);
            }
        }
        DMatrixRMaj square = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.multTransA(a, a, square);
        DMatrixRMaj inverse = square.copy();
        for (int c = 0; c < columns; c++) {
            // Composition is not held back, but an element that the pool has not must not make the matrix singular.
            inverse.add(c, c, (standardised[c] ? RIDGE : 1e-12) * rows);
        }
        if (!CommonOps_DDRM.invert(inverse)) {
            return 0;
        }
        DMatrixRMaj right = new DMatrixRMaj(columns, 1);
        CommonOps_DDRM.multTransA(a, energy, right);
        DMatrixRMaj coefficients = new DMatrixRMaj(columns, 1);
        CommonOps_DDRM.mult(inverse, right, coefficients);
        CommonOps_DDRM.multAdd(-1, a, coefficients, energy);
        DMatrixRMaj hat = new DMatrixRMaj(columns, columns);
        CommonOps_DDRM.mult(inverse, square, hat);
        double freedom = rows - CommonOps_DDRM.trace(hat);
        double variance = CommonOps_DDRM.dot(energy, energy) / freedom;
        double pairing = coefficients.get(0, 0);
        double error = Math.sqrt(variance * inverse.get(0, 0));
        return freedom > 0 && Math.abs(pairing) > CERTAINTY * error ? pairing : 0;
    }

    private static void standardise(DMatrixRMaj a, int column) {
        double mean = 0;
        for (int s = 0; s < a.numRows; s++) {
            mean += a.get(s, column) / a.numRows;
        }
        double square = 0;
        for (int s = 0; s < a.numRows; s++) {
            a.add(s, column, -mean);
            square += a.get(s, column) * a.get(s, column) / a.numRows;
        }
        double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
        for (int s = 0; s < a.numRows; s++) {
            a.set(s, column, a.get(s, column) * scale);
        }
    }

    /** The structures with the pairing taken off their energies: what is left is for the networks. */
    static List<Structure> without(double pairing, List<Structure> structures) {
        if (pairing == 0) {
            return structures;
        }
        List<Structure> rest = new ArrayList<>();
        for (Structure structure : structures) {
            Label label = structure.label();
            rest.add(structure.withLabel(new Label(
                    label.energy() - pairing * Potential.pairingSign(structure), label.forces(), label.stress())));
        }
        return rest;
    }
}
