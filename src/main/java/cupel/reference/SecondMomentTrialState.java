package cupel.reference;

import cupel.potential.TrialState;
import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Monte Carlo on a cluster of a {@link SecondMomentModel}: keeps the two functions of every pair, so that a trial evaluates
 * those of the moved atom alone.
 *
 * <p>The sums over them are made anew each time, in the order in which the model makes them: energies are those of the
 * model to the last bit, whatever moves came before, and nothing drifts over a long walk.
 */
final class SecondMomentTrialState implements TrialState {

    private enum Trial {
        NONE,
        MOVE,
        INSERTION,
        REMOVAL,
        SWAP
    }

    private final SecondMomentModel model;
    private final Cell cell;
    private final double[] terms = new double[4];

    private int size;
    private int capacity;
    private int[] atomicNumbers;
    private int[] kinds;
    private double[] positions;
    /** V and phi of each pair, square, rows of length {@link #capacity}; the diagonal is zero. */
    private double[] repulsion;

    private double[] density;
    private double energy;

    private Trial trial = Trial.NONE;
    private int trialAtom;
    private int trialOther;
    private double trialEnergy;
    private double[] oldRepulsion;
    private double[] oldDensity;
    private final double[] oldPlace = new double[3];

    SecondMomentTrialState(SecondMomentModel model, Structure structure) {
        this.model = model;
        this.cell = structure.cell();
        size = structure.size();
        capacity = size + 8;
        atomicNumbers = Arrays.copyOf(structure.atomicNumbers(), capacity);
        positions = Arrays.copyOf(structure.positions(), 3 * capacity);
        kinds = new int[capacity];
        for (int i = 0; i < size; i++) {
            kinds[i] = model.kind(atomicNumbers[i]);
        }
        repulsion = new double[capacity * capacity];
        density = new double[capacity * capacity];
        oldRepulsion = new double[capacity];
        oldDensity = new double[capacity];
        for (int i = 1; i < size; i++) {
            evaluatePairs(i, i);
        }
        energy = sum(size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int atomicNumber(int atom) {
        requireAtom(atom);
        if (trial == Trial.SWAP && (atom == trialAtom || atom == trialOther)) {
            return atomicNumbers[atom == trialAtom ? trialOther : trialAtom];
        }
        return atomicNumbers[storedAt(atom)];
    }

    @Override
    public double position(int atom, int axis) {
        requireAtom(atom);
        if (trial == Trial.MOVE && atom == trialAtom) {
            return oldPlace[axis];
        }
        return positions[3 * storedAt(atom) + axis];
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public double tryMove(int atom, double x, double y, double z) {
        requireNoTrial();
        requireAtom(atom);
        for (int axis = 0; axis < 3; axis++) {
            oldPlace[axis] = positions[3 * atom + axis];
        }
        System.arraycopy(repulsion, atom * capacity, oldRepulsion, 0, size);
        System.arraycopy(density, atom * capacity, oldDensity, 0, size);
        place(atom, x, y, z);
        evaluatePairs(atom, size);
        return pending(Trial.MOVE, atom, sum(size));
    }

    @Override
    public double tryInsertion(int atomicNumber, double x, double y, double z) {
        requireNoTrial();
        int kind = model.kind(atomicNumber);
        if (size == capacity) {
            grow();
        }
        atomicNumbers[size] = atomicNumber;
        kinds[size] = kind;
        place(size, x, y, z);
        density[size * capacity + size] = 0;
        repulsion[size * capacity + size] = 0;
        evaluatePairs(size, size);
        return pending(Trial.INSERTION, size, sum(size + 1));
    }

    @Override
    public double tryRemoval(int atom) {
        requireNoTrial();
        requireAtom(atom);
        if (size == 1) {
            throw new IllegalStateException("the last atom cannot be removed");
        }
        swap(atom, size - 1);
        return pending(Trial.REMOVAL, atom, sum(size - 1));
    }

    @Override
    public double trySwap(int atomA, int atomB) {
        requireNoTrial();
        requireAtom(atomA);
        requireAtom(atomB);
        trialOther = atomB;
        exchangeElements(atomA, atomB);
        return pending(Trial.SWAP, atomA, sum(size));
    }

    @Override
    public void accept() {
        requireTrial();
        if (trial == Trial.INSERTION) {
            size++;
        } else if (trial == Trial.REMOVAL) {
            size--;
        }
        energy = trialEnergy;
        trial = Trial.NONE;
    }

    @Override
    public void reject() {
        requireTrial();
        if (trial == Trial.MOVE) {
            place(trialAtom, oldPlace[0], oldPlace[1], oldPlace[2]);
            for (int j = 0; j < size; j++) {
                set(trialAtom, j, oldRepulsion[j], oldDensity[j]);
            }
        } else if (trial == Trial.REMOVAL) {
            swap(trialAtom, size - 1);
        } else if (trial == Trial.SWAP) {
            // The terms of a pair depend on nothing but its distance and elements: evaluated again they are the old
            // ones.
            exchangeElements(trialAtom, trialOther);
        }
        trial = Trial.NONE;
    }

    @Override
    public Structure structure() {
        int[] numbers = new int[size];
        double[] places = new double[3 * size];
        for (int i = 0; i < size; i++) {
            numbers[i] = atomicNumber(i);
            for (int axis = 0; axis < 3; axis++) {
                places[3 * i + axis] = position(i, axis);
            }
        }
        return Structure.of(numbers, places, cell);
    }

    private double pending(Trial kind, int atom, double newEnergy) {
        trial = kind;
        trialAtom = atom;
        trialEnergy = newEnergy;
        return newEnergy;
    }

    /** Where an atom is kept while a removal is pending: the removed one and the last have changed places. */
    private int storedAt(int atom) {
        if (trial == Trial.REMOVAL) {
            if (atom == trialAtom) {
                return size - 1;
            }
            if (atom == size - 1) {
                return trialAtom;
            }
        }
        return atom;
    }

    private void place(int atom, double x, double y, double z) {
        positions[3 * atom] = x;
        positions[3 * atom + 1] = y;
        positions[3 * atom + 2] = z;
    }

    private void set(int i, int j, double v, double phi) {
        repulsion[i * capacity + j] = v;
        repulsion[j * capacity + i] = v;
        density[i * capacity + j] = phi;
        density[j * capacity + i] = phi;
    }

    /** Both functions of an atom with all before {@code end}, itself left out. */
    private void evaluatePairs(int atom, int end) {
        double x = positions[3 * atom];
        double y = positions[3 * atom + 1];
        double z = positions[3 * atom + 2];
        for (int j = 0; j < end; j++) {
            if (j == atom) {
                continue;
            }
            double dx = positions[3 * j] - x;
            double dy = positions[3 * j + 1] - y;
            double dz = positions[3 * j + 2] - z;
            model.terms(model.pair(kinds[atom], kinds[j]), Math.sqrt(dx * dx + dy * dy + dz * dz), terms);
            set(atom, j, terms[0], terms[2]);
        }
    }

    private double sum(int atoms) {
        double repulsive = 0;
        for (int i = 0; i < atoms; i++) {
            for (int p = i * capacity + i + 1; p < i * capacity + atoms; p++) {
                repulsive += repulsion[p];
            }
        }
        if (repulsive == Double.POSITIVE_INFINITY) {
            return repulsive;
        }
        double bonds = 0;
        for (int i = 0; i < atoms; i++) {
            double rho = 0;
            for (int p = i * capacity; p < i * capacity + atoms; p++) {
                rho += density[p];
            }
            bonds += model.embedding(kinds[i], rho);
        }
        return repulsive + bonds;
    }

    private void swap(int a, int b) {
        if (a == b) {
            return;
        }
        swapElements(a, b);
        for (int axis = 0; axis < 3; axis++) {
            double x = positions[3 * a + axis];
            positions[3 * a + axis] = positions[3 * b + axis];
            positions[3 * b + axis] = x;
        }
        for (int j = 0; j < size; j++) {
            if (j != a && j != b) {
                double v = repulsion[a * capacity + j];
                double phi = density[a * capacity + j];
                set(a, j, repulsion[b * capacity + j], density[b * capacity + j]);
                set(b, j, v, phi);
            }
        }
    }

    /** Exchanges the elements alone: sums over pairs are those of before. */
    private void swapElements(int a, int b) {
        int z = atomicNumbers[a];
        atomicNumbers[a] = atomicNumbers[b];
        atomicNumbers[b] = z;
        int k = kinds[a];
        kinds[a] = kinds[b];
        kinds[b] = k;
    }

    private void exchangeElements(int a, int b) {
        swapElements(a, b);
        evaluatePairs(a, size);
        evaluatePairs(b, size);
    }

    private void grow() {
        int larger = capacity + Math.max(8, capacity / 2);
        double[] largerRepulsion = new double[larger * larger];
        double[] largerDensity = new double[larger * larger];
        for (int i = 0; i < size; i++) {
            System.arraycopy(repulsion, i * capacity, largerRepulsion, i * larger, size);
            System.arraycopy(density, i * capacity, largerDensity, i * larger, size);
        }
        repulsion = largerRepulsion;
        density = largerDensity;
        atomicNumbers = Arrays.copyOf(atomicNumbers, larger);
        kinds = Arrays.copyOf(kinds, larger);
        positions = Arrays.copyOf(positions, 3 * larger);
        oldRepulsion = new double[larger];
        oldDensity = new double[larger];
        capacity = larger;
    }

    private void requireAtom(int atom) {
        if (atom < 0 || atom >= size) {
            throw new IndexOutOfBoundsException("atom " + atom + " of " + size);
        }
    }

    private void requireNoTrial() {
        if (trial != Trial.NONE) {
            throw new IllegalStateException("a trial is pending: accept or reject it first");
        }
    }

    private void requireTrial() {
        if (trial == Trial.NONE) {
            throw new IllegalStateException("no trial is pending");
        }
    }
}
