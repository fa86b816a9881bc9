package cupel.potential;

import cupel.descriptor.AtomSums;
import cupel.structure.Cell;
import cupel.structure.Elements;
import cupel.structure.NeighbourList;
import cupel.structure.Structure;
import java.util.Arrays;

/**
 * A {@link TrialState} that touches only the atoms near the one that changes.
 *
 * <p>Every atom keeps the sums over its neighbours that its functions are made of ({@link AtomSums}) and its energy. A trial copies
 * the sums of the atoms within the cutoff of the old or the new place, takes the old pair away, adds the new one, and asks the
 * networks of those atoms alone; rejecting throws the copies away, accepting puts them in place. Nothing is allocated, but for
 * growth at insertions.
 *
 * <p>Adding and taking away leaves rounding errors. They do not grow without bound: after every {@value #REFRESH} accepted trials
 * everything is computed anew, which depends on nothing but the sequence of trials. The same happens as long as the energy is
 * not finite, because NaN cannot be taken away again.
 */
final class IncrementalTrialState implements TrialState {

    static final int REFRESH = 200;

    /** Above this many atoms the first computation and the refreshes go by a neighbour list. */
    private static final int LISTED = 250;

    private static final int NONE = 0;
    private static final int MOVE = 1;
    private static final int INSERTION = 2;
    private static final int REMOVAL = 3;
    private static final int SWAP = 4;

    private final Potential potential;
    private final AtomSums atomSums;
    private final AtomNetworks networks;
    private final Cell cell;
    private final boolean periodic;
    private final boolean[] periodicAxis;
    private final double[] vectors;
    private final double[] inverse;
    private final double cutoff2;
    private final int stride;

    private int n;
    private int[] atomicNumbers;
    private int[] types;
    private double[] positions;
    private double[] sums;
    private double[] energies;
    private double energy;
    private int accepted;

    // The pending trial: its kind, the atom, its new place; the atoms touched, with their sums and energies. The sums
    // of the changed
    // atom itself are those in place 0, those of the other one of a swap in place 1.
    private int kind = NONE;
    private int atom;
    private int other;
    private int atomicNumber;
    private int type;
    private double x;
    private double y;
    private double z;
    private int touchedCount;
    private int[] touched;
    private double[] trialSums;
    private double[] trialEnergies;
    private double trialEnergy;

    private final double[] pair;
    private final double[] values;
    private final double[] d = new double[4];
    private NeighbourList list;

    IncrementalTrialState(Potential potential, Structure structure) {
        this.potential = potential;
        atomSums = potential.descriptor().atomSums();
        networks = new AtomNetworks(potential);
        cell = structure.cell();
        periodic = cell.isPeriodic();
        periodicAxis = cell.periodic();
        vectors = cell.vectors();
        inverse = periodic ? AtomSums.inverse(vectors) : null;
        cutoff2 = potential.descriptor().rc() * potential.descriptor().rc();
        stride = atomSums.stride();
        pair = new double[atomSums.pairStride()];
        values = new double[atomSums.maxCount()];
        n = structure.size();
        atomicNumbers = structure.atomicNumbers();
        positions = structure.positions();
        types = new int[n];
        for (int i = 0; i < n; i++) {
            types[i] = atomSums.type(atomicNumbers[i]);
        }
        sums = new double[n * stride];
        energies = new double[n];
        touched = new int[n + 1];
        trialSums = new double[(n + 1) * stride];
        trialEnergies = new double[n + 1];
        refresh();
    }

    /** Everything from scratch. */
    private void refresh() {
        Arrays.fill(sums, 0, n * stride, 0);
        if (n > LISTED) {
            refreshListed();
        } else {
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double square = distance(i, positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]);
                    if (square < cutoff2) {
                        atomSums.pair(types[i], types[j], d[0], d[1], d[2], square, pair, 0);
                        atomSums.add(types[i], types[j], pair, 0, 1, sums, i * stride, j * stride);
                    }
                }
            }
        }
        energy = pairing();
        for (int i = 0; i < n; i++) {
            energies[i] = atomEnergy(atomicNumbers[i], types[i], sums, i * stride);
            energy += energies[i];
        }
        accepted = 0;
    }

    private void refreshListed() {
        if (list == null) {
            list = new NeighbourList(potential.descriptor().rc());
        }
        list.update(n, positions, cell);
        for (int i = 0; i < n; i++) {
            for (int p = list.start(i); p < list.end(i); p++) {
                int j = list.neighbour(p);
                if (j > i) {
                    atomSums.pair(types[i], types[j], list.dx(p), list.dy(p), list.dz(p), list.r2(p), pair, 0);
                    atomSums.add(types[i], types[j], pair, 0, 1, sums, i * stride, j * stride);
                }
            }
        }
    }

    /** Vector from atom i to a place, or to its nearest image, into d; returns the square of its length. */
    private double distance(int i, double px, double py, double pz) {
        double dx = px - positions[3 * i];
        double dy = py - positions[3 * i + 1];
        double dz = pz - positions[3 * i + 2];
        if (periodic) {
            // In a cell at least two cutoffs high an image within the cutoff has all fractions within half a cell.
            double s0 = periodicAxis[0] ? Math.rint(dx * inverse[0] + dy * inverse[3] + dz * inverse[6]) : 0;
            double s1 = periodicAxis[1] ? Math.rint(dx * inverse[1] + dy * inverse[4] + dz * inverse[7]) : 0;
            double s2 = periodicAxis[2] ? Math.rint(dx * inverse[2] + dy * inverse[5] + dz * inverse[8]) : 0;
            dx -= s0 * vectors[0] + s1 * vectors[3] + s2 * vectors[6];
            dy -= s0 * vectors[1] + s1 * vectors[4] + s2 * vectors[7];
            dz -= s0 * vectors[2] + s1 * vectors[5] + s2 * vectors[8];
        }
        d[0] = dx;
        d[1] = dy;
        d[2] = dz;
        return dx * dx + dy * dy + dz * dz;
    }

    private double atomEnergy(int number, int ofType, double[] s, int at) {
        atomSums.functions(ofType, s, at, values, 0);
        return networks.energy(number, values, 0);
    }

    @Override
    public int size() {
        return n;
    }

    @Override
    public int atomicNumber(int i) {
        requireAtom(i);
        return atomicNumbers[i];
    }

    @Override
    public double position(int i, int axis) {
        requireAtom(i);
        return positions[3 * i + axis];
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public double tryMove(int moved, double px, double py, double pz) {
        requireAtom(moved);
        begin(MOVE, moved, atomicNumbers[moved], px, py, pz);
        return evaluate();
    }

    @Override
    public double tryInsertion(int number, double px, double py, double pz) {
        atomSums.type(number);
        begin(INSERTION, n, number, px, py, pz);
        return evaluate();
    }

    @Override
    public double tryRemoval(int removed) {
        requireAtom(removed);
        if (kind != NONE) {
            throw new IllegalStateException("a trial is pending: accept or reject it first");
        }
        if (n == 1) {
            throw new IllegalStateException("the last atom cannot be removed");
        }
        begin(REMOVAL, removed, atomicNumbers[removed], 0, 0, 0);
        return evaluate();
    }

    @Override
    public double trySwap(int atomA, int atomB) {
        requireAtom(atomA);
        requireAtom(atomB);
        begin(SWAP, atomA, atomicNumbers[atomB], 0, 0, 0);
        other = atomB;
        return evaluate();
    }

    private void requireAtom(int i) {
        if (i < 0 || i >= n) {
            throw new IndexOutOfBoundsException("no atom " + i + " among " + n);
        }
    }

    private void begin(int newKind, int changed, int number, double px, double py, double pz) {
        if (kind != NONE) {
            throw new IllegalStateException("a trial is pending: accept or reject it first");
        }
        if (!(Double.isFinite(px) && Double.isFinite(py) && Double.isFinite(pz))) {
            throw new IllegalArgumentException("illegal place of " + Elements.symbol(number) + ": " + px + " " + py
                    + " " + pz + ", must be finite");
        }
        kind = newKind;
        atom = changed;
        atomicNumber = number;
        type = atomSums.type(number);
        x = px;
        y = py;
        z = pz;
    }

    private double evaluate() {
        if (!Double.isFinite(energy)) {
            trialEnergy = potential.energy(trialStructure());
            return trialEnergy;
        }
        if (kind == SWAP) {
            return evaluateSwap();
        }
        boolean arrives = kind != REMOVAL;
        boolean leaves = kind != INSERTION;
        Arrays.fill(trialSums, 0, stride, 0);
        touchedCount = 1;
        touched[0] = atom;
        double oldX = leaves ? positions[3 * atom] : 0;
        double oldY = leaves ? positions[3 * atom + 1] : 0;
        double oldZ = leaves ? positions[3 * atom + 2] : 0;
        for (int j = 0; j < n; j++) {
            if (j == atom) {
                continue;
            }
            int row = -1;
            if (leaves) {
                double square = distance(j, oldX, oldY, oldZ);
                if (square < cutoff2) {
                    row = touch(j);
                    atomSums.pair(types[j], type, d[0], d[1], d[2], square, pair, 0);
                    atomSums.add(types[j], type, pair, 0, -1, trialSums, row, -1);
                }
            }
            if (arrives) {
                double square = distance(j, x, y, z);
                if (square < cutoff2) {
                    row = row < 0 ? touch(j) : row;
                    atomSums.pair(types[j], type, d[0], d[1], d[2], square, pair, 0);
                    atomSums.add(types[j], type, pair, 0, 1, trialSums, row, 0);
                }
            }
        }
        double change = 0;
        if (arrives) {
            trialEnergies[0] = atomEnergy(atomicNumber, type, trialSums, 0);
            change += trialEnergies[0];
        }
        if (leaves) {
            change -= energies[atom];
        }
        for (int t = 1; t < touchedCount; t++) {
            int j = touched[t];
            trialEnergies[t] = atomEnergy(atomicNumbers[j], types[j], trialSums, t * stride);
            change += trialEnergies[t] - energies[j];
        }
        if (arrives != leaves && (atomicNumber & 1) == 1) {
            change -= 2 * pairing();
        }
        trialEnergy = energy + change;
        return trialEnergy;
    }

    private double evaluateSwap() {
        Arrays.fill(trialSums, 0, 2 * stride, 0);
        touched[0] = atom;
        touched[1] = other;
        touchedCount = 2;
        int oldType = types[atom];
        for (int j = 0; j < n; j++) {
            if (j == atom || j == other) {
                continue;
            }
            int row = -1;
            double square = distance(j, positions[3 * atom], positions[3 * atom + 1], positions[3 * atom + 2]);
            if (square < cutoff2) {
                row = touch(j);
                exchangeNeighbour(j, square, oldType, type, row, 0);
            }
            square = distance(j, positions[3 * other], positions[3 * other + 1], positions[3 * other + 2]);
            if (square < cutoff2) {
                exchangeNeighbour(j, square, type, oldType, row < 0 ? touch(j) : row, stride);
            }
        }
        double square = distance(atom, positions[3 * other], positions[3 * other + 1], positions[3 * other + 2]);
        if (square < cutoff2) {
            atomSums.pair(type, oldType, d[0], d[1], d[2], square, pair, 0);
            atomSums.add(type, oldType, pair, 0, 1, trialSums, 0, stride);
        }
        trialEnergies[0] = atomEnergy(atomicNumber, type, trialSums, 0);
        trialEnergies[1] = atomEnergy(atomicNumbers[atom], oldType, trialSums, stride);
        double change = trialEnergies[0] - energies[atom] + trialEnergies[1] - energies[other];
        for (int t = 2; t < touchedCount; t++) {
            int j = touched[t];
            trialEnergies[t] = atomEnergy(atomicNumbers[j], types[j], trialSums, t * stride);
            change += trialEnergies[t] - energies[j];
        }
        trialEnergy = energy + change;
        return trialEnergy;
    }

    /** The neighbour at d of atom j becomes one of another type; its own sums, at {@code own}, are made anew. */
    private void exchangeNeighbour(int j, double square, int before, int after, int row, int own) {
        atomSums.pair(types[j], before, d[0], d[1], d[2], square, pair, 0);
        atomSums.add(types[j], before, pair, 0, -1, trialSums, row, -1);
        atomSums.pair(types[j], after, d[0], d[1], d[2], square, pair, 0);
        atomSums.add(types[j], after, pair, 0, 1, trialSums, row, own);
    }

    /** {@link Potential#pairing(Structure)} of the atoms as they are, without a trial. */
    private double pairing() {
        if (periodic || potential.pairing() == 0) {
            return 0;
        }
        int electrons = 0;
        for (int i = 0; i < n; i++) {
            electrons += atomicNumbers[i];
        }
        return (electrons & 1) == 1 ? potential.pairing() : -potential.pairing();
    }

    private int touch(int j) {
        int row = touchedCount * stride;
        System.arraycopy(sums, j * stride, trialSums, row, stride);
        touched[touchedCount++] = j;
        return row;
    }

    @Override
    public void accept() {
        if (kind == NONE) {
            throw new IllegalStateException("no trial is pending");
        }
        boolean wasFinite = Double.isFinite(energy);
        boolean finite = wasFinite && Double.isFinite(trialEnergy);
        if (kind == INSERTION) {
            grow();
            atomicNumbers[n] = atomicNumber;
            types[n] = type;
            n++;
        }
        if (kind == SWAP) {
            atomicNumbers[other] = atomicNumbers[atom];
            types[other] = types[atom];
            atomicNumbers[atom] = atomicNumber;
            types[atom] = type;
        } else if (kind != REMOVAL) {
            positions[3 * atom] = x;
            positions[3 * atom + 1] = y;
            positions[3 * atom + 2] = z;
        }
        if (finite) {
            for (int t = kind == REMOVAL ? 1 : 0; t < touchedCount; t++) {
                System.arraycopy(trialSums, t * stride, sums, touched[t] * stride, stride);
                energies[touched[t]] = trialEnergies[t];
            }
        }
        if (kind == REMOVAL) {
            n--;
            atomicNumbers[atom] = atomicNumbers[n];
            types[atom] = types[n];
            System.arraycopy(positions, 3 * n, positions, 3 * atom, 3);
            System.arraycopy(sums, n * stride, sums, atom * stride, stride);
            energies[atom] = energies[n];
        }
        kind = NONE;
        energy = trialEnergy;
        accepted++;
        if (!finite || accepted >= REFRESH) {
            refresh();
        }
    }

    private void grow() {
        if (n < types.length) {
            return;
        }
        int capacity = 2 * n + 1;
        atomicNumbers = Arrays.copyOf(atomicNumbers, capacity);
        types = Arrays.copyOf(types, capacity);
        positions = Arrays.copyOf(positions, 3 * capacity);
        sums = Arrays.copyOf(sums, capacity * stride);
        energies = Arrays.copyOf(energies, capacity);
        touched = Arrays.copyOf(touched, capacity + 1);
        trialSums = Arrays.copyOf(trialSums, (capacity + 1) * stride);
        trialEnergies = Arrays.copyOf(trialEnergies, capacity + 1);
    }

    @Override
    public void reject() {
        if (kind == NONE) {
            throw new IllegalStateException("no trial is pending");
        }
        kind = NONE;
    }

    @Override
    public Structure structure() {
        return Structure.of(Arrays.copyOf(atomicNumbers, n), Arrays.copyOf(positions, 3 * n), cell);
    }

    /** The state with the pending trial made. */
    private Structure trialStructure() {
        int size = kind == INSERTION ? n + 1 : kind == REMOVAL ? n - 1 : n;
        int[] numbers = Arrays.copyOf(atomicNumbers, size);
        double[] places = Arrays.copyOf(positions, 3 * size);
        if (kind == REMOVAL) {
            if (atom < size) {
                numbers[atom] = atomicNumbers[size];
                System.arraycopy(positions, 3 * size, places, 3 * atom, 3);
            }
        } else if (kind == SWAP) {
            numbers[other] = atomicNumbers[atom];
            numbers[atom] = atomicNumber;
        } else {
            numbers[atom] = atomicNumber;
            places[3 * atom] = x;
            places[3 * atom + 1] = y;
            places[3 * atom + 2] = z;
        }
        return Structure.of(numbers, places, cell);
    }

    /** How far the energy is from one computed anew, in eV. */
    double drift() {
        return Math.abs(energy - potential.energy(structure()));
    }
}
