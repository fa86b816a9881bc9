package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.potential.TrialState;
import cupel.structure.Structure;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The moves that all samplers are made of. A move picks a trial, checks its geometry, only then asks for its energy, and
 * makes it the state if the {@link Acceptance} agrees.
 *
 * <p>Bonding region of an atom, after Chen and Siepmann (J. Phys. Chem. B 104, 8725 (2000)): the sphere of radius R around
 * it, V = 4πR³/3.
 */
final class MarkovChain {

    private final EnergyModel model;
    private final UniformRandomProvider random;
    private final ClusterGraph graph;
    private final double radius;
    private final double radius2;
    private final double volume;
    private final boolean mixed;
    private TrialState state;
    private double energy;

    final Counter displacement = new Counter("displacement");
    final Counter relocation = new Counter("relocation");
    final Counter swap = new Counter("swap");
    final Counter insertion = new Counter("insertion");
    final Counter removal = new Counter("removal");

    // the point drawn last
    private double px;
    private double py;
    private double pz;

    /**
     * @param connectivity which states are allowed; the start must be
     * @param bondingRadius R in angstrom, or NaN for the longest r_connect between the start's elements
     * @param capacity the largest number of atoms there will be
     */
    MarkovChain(
            EnergyModel model,
            Structure start,
            Connectivity connectivity,
            double bondingRadius,
            int capacity,
            UniformRandomProvider random) {
        if (start.cell().isPeriodic()) {
            throw new IllegalArgumentException("a walk needs a cluster in free space, not a periodic structure");
        }
        if (start.size() == 0) {
            throw new IllegalArgumentException("a walk needs at least one atom");
        }
        this.model = model;
        this.random = random;
        this.graph = new ClusterGraph(connectivity, start, capacity);
        String objection = graph.objection();
        if (objection != null) {
            throw new IllegalArgumentException("the start is not allowed: " + objection);
        }
        this.radius = Double.isNaN(bondingRadius) ? graph.longestJoin() : bondingRadius;
        if (!(radius > 0) || Double.isInfinite(radius)) {
            throw new IllegalArgumentException(
                    "illegal bonding radius: " + radius + ", must be positive and finite, in angstrom");
        }
        this.radius2 = radius * radius;
        this.volume = 4 * Math.PI / 3 * radius * radius2;
        this.mixed = Arrays.stream(start.atomicNumbers()).distinct().count() > 1;
        this.state = model.trialState(start);
        this.energy = finiteOrInfinite(state.energy());
    }

    private static double finiteOrInfinite(double energy) {
        return Double.isFinite(energy) ? energy : Double.POSITIVE_INFINITY;
    }

    int size() {
        return graph.size();
    }

    /** Energy in eV; +infinity when the model has no finite number for the state. */
    double energy() {
        return energy;
    }

    TrialState state() {
        return state;
    }

    ClusterGraph graph() {
        return graph;
    }

    /** V in cubic angstrom. */
    double bondingVolume() {
        return volume;
    }

    /** The state evaluated afresh, so that rounding in running sums does not add up over a long walk. */
    void refresh() {
        state = model.trialState(state.structure());
        energy = finiteOrInfinite(state.energy());
    }

    /** The state as a structure around the origin. */
    Structure centred() {
        Structure structure = state.structure();
        return structure.withPositions(Centring.centred(structure.positions()));
    }

    /** One atom, anywhere in the cube of edge 2 × step around it. */
    void displace(double step, Acceptance acceptance) {
        displacement.attempted++;
        int atom = random.nextInt(graph.size());
        double x = graph.x(atom) + step * (2 * random.nextDouble() - 1);
        double y = graph.y(atom) + step * (2 * random.nextDouble() - 1);
        double z = graph.z(atom) + step * (2 * random.nextDouble() - 1);
        if (!graph.fitsMove(atom, x, y, z)) {
            displacement.misfits++;
            return;
        }
        decideMove(displacement, atom, x, y, z, 1, acceptance);
    }

    /**
     * One atom taken out and put back into the bonding region of another. The target j is uniform among the N−1 others and the
     * place uniform in its sphere, so a place is proposed with density m/((N−1)V), m being the number of others whose spheres
     * hold it; whichever target was drawn, the way back is proposed m(old)/m(new) times as often. That ratio is the weight.
     */
    void relocate(Acceptance acceptance) {
        relocation.attempted++;
        int n = graph.size();
        if (n < 2) {
            relocation.misfits++;
            return;
        }
        int atom = random.nextInt(n);
        int target = random.nextInt(n - 1);
        if (target >= atom) {
            target++;
        }
        drawPointNear(target);
        double x = px;
        double y = py;
        double z = pz;
        if (!graph.fitsMove(atom, x, y, z)) {
            relocation.misfits++;
            return;
        }
        int there = graph.countNear(x, y, z, radius2, atom);
        int back = graph.countNear(graph.x(atom), graph.y(atom), graph.z(atom), radius2, atom);
        // no way back, or (by rounding at the very surface) no way there: never accepted
        if (there == 0 || back == 0) {
            relocation.misfits++;
            return;
        }
        decideMove(relocation, atom, x, y, z, (double) back / there, acceptance);
    }

    private void decideMove(
            Counter counter, int atom, double x, double y, double z, double weight, Acceptance acceptance) {
        double trialEnergy = state.tryMove(atom, x, y, z);
        if (!Double.isFinite(trialEnergy)) {
            counter.notFinite++;
            state.reject();
        } else if (acceptance.accepts(energy, trialEnergy, weight)) {
            counter.accepted++;
            state.accept();
            graph.commitMove(atom);
            energy = trialEnergy;
        } else {
            state.reject();
        }
    }

    /** Whether there are two atoms of different elements now. */
    boolean isMixed() {
        for (int i = 1; i < graph.size(); i++) {
            if (graph.atomicNumber(i) != graph.atomicNumber(0)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Two atoms of different elements exchange their places. The first is uniform among all, the second uniform among those of other
     * elements; how many there are of each element stays as it is, so the way back is proposed as often: weight 1.
     */
    void swap(Acceptance acceptance) {
        swap.attempted++;
        int n = graph.size();
        int first = random.nextInt(n);
        int element = graph.atomicNumber(first);
        int others = 0;
        for (int i = 0; i < n; i++) {
            others += graph.atomicNumber(i) == element ? 0 : 1;
        }
        if (others == 0) {
            swap.misfits++;
            return;
        }
        int rank = random.nextInt(others);
        int second = -1;
        while (rank >= 0) {
            second++;
            rank -= graph.atomicNumber(second) == element ? 0 : 1;
        }
        if (!graph.fitsSwap(first, second)) {
            swap.misfits++;
            return;
        }
        double trialEnergy = state.trySwap(first, second);
        if (!Double.isFinite(trialEnergy)) {
            swap.notFinite++;
            state.reject();
        } else if (acceptance.accepts(energy, trialEnergy, 1)) {
            swap.accepted++;
            state.accept();
            graph.commitSwap(first, second);
            energy = trialEnergy;
        } else {
            state.reject();
        }
    }

    /**
     * One move of a walk of fixed composition: a relocation, a swap if the start has different elements, else a displacement.
     *
     * @param relocationShare of all moves
     * @param swapShare of those that are no relocations
     */
    void move(double step, double relocationShare, double swapShare, Acceptance acceptance) {
        double draw = random.nextDouble();
        if (draw < relocationShare) {
            relocate(acceptance);
        } else if (mixed && draw < relocationShare + swapShare * (1 - relocationShare)) {
            swap(acceptance);
        } else {
            displace(step, acceptance);
        }
    }

    /**
     * One more atom in the bonding region of a uniform target: weight z N V / ((N+1)(n_j+1)).
     *
     * @param activity z in 1/angstrom³, times the number of elements that are drawn from
     */
    void insert(int atomicNumber, double activity, Acceptance acceptance) {
        insertion.attempted++;
        int n = graph.size();
        int target = random.nextInt(n);
        int neighbours = graph.countNear(graph.x(target), graph.y(target), graph.z(target), radius2, target);
        drawPointNear(target);
        if (!graph.fitsInsertion(atomicNumber, px, py, pz)) {
            insertion.misfits++;
            return;
        }
        double trialEnergy = state.tryInsertion(atomicNumber, px, py, pz);
        if (!Double.isFinite(trialEnergy)) {
            insertion.notFinite++;
            state.reject();
            return;
        }
        double weight = activity * n * volume / ((n + 1.0) * (neighbours + 1.0));
        if (acceptance.accepts(energy, trialEnergy, weight)) {
            insertion.accepted++;
            state.accept();
            graph.commitInsertion();
            energy = trialEnergy;
        } else {
            state.reject();
        }
    }

    /**
     * A uniform neighbour of a uniform target goes: weight N n_j / (z (N−1) V).
     *
     * @param activityOf z by atomic number in 1/angstrom³, times the number of elements that are drawn from; an element with
     *     activity 0 never goes, as it never comes
     */
    void remove(double[] activityOf, Acceptance acceptance) {
        removal.attempted++;
        int n = graph.size();
        int target = random.nextInt(n);
        double x = graph.x(target);
        double y = graph.y(target);
        double z = graph.z(target);
        int neighbours = graph.countNear(x, y, z, radius2, target);
        if (neighbours == 0) {
            removal.misfits++;
            return;
        }
        int atom = graph.atomNear(x, y, z, radius2, target, random.nextInt(neighbours));
        double activity = activityOf[graph.atomicNumber(atom)];
        if (activity == 0 || !graph.fitsRemoval(atom)) {
            removal.misfits++;
            return;
        }
        double trialEnergy = state.tryRemoval(atom);
        if (!Double.isFinite(trialEnergy)) {
            removal.notFinite++;
            state.reject();
            return;
        }
        double weight = n * (double) neighbours / (activity * (n - 1.0) * volume);
        if (acceptance.accepts(energy, trialEnergy, weight)) {
            removal.accepted++;
            state.accept();
            graph.commitRemoval(atom);
            energy = trialEnergy;
        } else {
            state.reject();
        }
    }

    /**
     * Adds one atom, out of balance: of a few places in the bonding regions of uniform targets, the one of lowest energy.
     *
     * @param choices places that fit and have a finite energy to choose from
     * @param attempts places to look at before giving up
     * @return false when no place was found; the state is as it was
     */
    boolean grow(int atomicNumber, int choices, int attempts) {
        double bestEnergy = Double.POSITIVE_INFINITY;
        double bestX = 0;
        double bestY = 0;
        double bestZ = 0;
        int found = 0;
        for (int attempt = 0; attempt < attempts && found < choices; attempt++) {
            drawPointNear(random.nextInt(graph.size()));
            if (!graph.fitsInsertion(atomicNumber, px, py, pz)) {
                continue;
            }
            double trialEnergy = state.tryInsertion(atomicNumber, px, py, pz);
            state.reject();
            if (Double.isFinite(trialEnergy)) {
                found++;
                if (trialEnergy < bestEnergy) {
                    bestEnergy = trialEnergy;
                    bestX = px;
                    bestY = py;
                    bestZ = pz;
                }
            }
        }
        if (found == 0) {
            return false;
        }
        graph.fitsInsertion(atomicNumber, bestX, bestY, bestZ);
        energy = state.tryInsertion(atomicNumber, bestX, bestY, bestZ);
        state.accept();
        graph.commitInsertion();
        return true;
    }

    /**
     * Takes one atom of an element out, out of balance: of a few that may go, the one that leaves the lowest energy.
     *
     * @return false when none may go; the state is as it was
     */
    boolean shrink(int atomicNumber, int choices, int attempts) {
        double bestEnergy = Double.POSITIVE_INFINITY;
        int best = -1;
        int found = 0;
        for (int attempt = 0; attempt < attempts && found < choices; attempt++) {
            int atom = random.nextInt(graph.size());
            if (graph.atomicNumber(atom) != atomicNumber || !graph.fitsRemoval(atom)) {
                continue;
            }
            double trialEnergy = state.tryRemoval(atom);
            state.reject();
            if (Double.isFinite(trialEnergy)) {
                found++;
                if (trialEnergy < bestEnergy) {
                    bestEnergy = trialEnergy;
                    best = atom;
                }
            }
        }
        if (best < 0) {
            return false;
        }
        energy = state.tryRemoval(best);
        state.accept();
        graph.commitRemoval(best);
        return true;
    }

    /** A uniform point in the sphere around an atom, by rejection from the cube. */
    private void drawPointNear(int target) {
        double x;
        double y;
        double z;
        do {
            x = 2 * random.nextDouble() - 1;
            y = 2 * random.nextDouble() - 1;
            z = 2 * random.nextDouble() - 1;
        } while (x * x + y * y + z * z >= 1);
        px = graph.x(target) + radius * x;
        py = graph.y(target) + radius * y;
        pz = graph.z(target) + radius * z;
    }

    void resetCounts() {
        displacement.reset();
        relocation.reset();
        swap.reset();
        insertion.reset();
        removal.reset();
    }

    /** Mutable counts of one kind of move. */
    static final class Counter {

        private final String move;
        long attempted;
        long misfits;
        long notFinite;
        long accepted;

        private Counter(String move) {
            this.move = move;
        }

        private void reset() {
            attempted = 0;
            misfits = 0;
            notFinite = 0;
            accepted = 0;
        }

        MoveCounts counts() {
            return new MoveCounts(move, attempted, misfits, notFinite, accepted);
        }
    }
}
