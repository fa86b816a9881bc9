package cupel.potential;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;

/** The plain {@link TrialState}: every trial is a whole energy. What faster ones are checked against. */
final class RecomputingTrialState implements TrialState {

    private final EnergyModel model;
    private final Cell cell;
    private int[] atomicNumbers;
    private double[] positions;
    private double energy;

    private int[] trialAtomicNumbers;
    private double[] trialPositions;
    private double trialEnergy;

    RecomputingTrialState(EnergyModel model, Structure structure) {
        this.model = model;
        this.cell = structure.cell();
        this.atomicNumbers = structure.atomicNumbers();
        this.positions = structure.positions();
        this.energy = model.energy(structure);
    }

    @Override
    public int size() {
        return atomicNumbers.length;
    }

    @Override
    public int atomicNumber(int atom) {
        return atomicNumbers[atom];
    }

    @Override
    public double position(int atom, int axis) {
        return positions[3 * atom + axis];
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public double tryMove(int atom, double x, double y, double z) {
        requireNoTrial();
        double[] moved = positions.clone();
        moved[3 * atom] = x;
        moved[3 * atom + 1] = y;
        moved[3 * atom + 2] = z;
        return trial(atomicNumbers, moved);
    }

    @Override
    public double tryInsertion(int atomicNumber, double x, double y, double z) {
        requireNoTrial();
        int n = atomicNumbers.length;
        int[] numbers = Arrays.copyOf(atomicNumbers, n + 1);
        double[] places = Arrays.copyOf(positions, 3 * n + 3);
        numbers[n] = atomicNumber;
        places[3 * n] = x;
        places[3 * n + 1] = y;
        places[3 * n + 2] = z;
        return trial(numbers, places);
    }

    @Override
    public double tryRemoval(int atom) {
        requireNoTrial();
        int last = atomicNumbers.length - 1;
        if (last == 0) {
            throw new IllegalStateException("the last atom cannot be removed");
        }
        int[] numbers = Arrays.copyOf(atomicNumbers, last);
        double[] places = Arrays.copyOf(positions, 3 * last);
        if (atom < last) {
            numbers[atom] = atomicNumbers[last];
            System.arraycopy(positions, 3 * last, places, 3 * atom, 3);
        }
        return trial(numbers, places);
    }

    @Override
    public double trySwap(int atomA, int atomB) {
        requireNoTrial();
        int[] numbers = atomicNumbers.clone();
        numbers[atomA] = atomicNumbers[atomB];
        numbers[atomB] = atomicNumbers[atomA];
        return trial(numbers, positions.clone());
    }

    private double trial(int[] numbers, double[] places) {
        trialAtomicNumbers = numbers;
        trialPositions = places;
        trialEnergy = model.energy(Structure.of(numbers, places, cell));
        return trialEnergy;
    }

    private void requireNoTrial() {
        if (trialPositions != null) {
            throw new IllegalStateException("a trial is pending: accept or reject it first");
        }
    }

    @Override
    public void accept() {
        if (trialPositions == null) {
            throw new IllegalStateException("no trial is pending");
        }
        atomicNumbers = trialAtomicNumbers;
        positions = trialPositions;
        energy = trialEnergy;
        trialPositions = null;
    }

    @Override
    public void reject() {
        if (trialPositions == null) {
            throw new IllegalStateException("no trial is pending");
        }
        trialPositions = null;
    }

    @Override
    public Structure structure() {
        return Structure.of(atomicNumbers, positions, cell);
    }
}
