package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The control arm, and independent test sets: structures from no walker at all, of every kind in turn.
 *
 * <p>The four shapes of {@link RandomClusters} as they are; stretched ones; {@code hot}, snapshots of Langevin dynamics at a
 * temperature uniform from {@value #COLDEST} to {@value #HOTTEST} K; {@code rattled}, relaxed and then shaken by Gaussian noise
 * of 1 to 10 % of a bond. Sizes are uniform in the range.
 *
 * @param connectivity which clusters are allowed
 * @param minSize fewest atoms, 1 or more
 * @param maxSize most atoms
 * @param rule how many atoms of each element a cluster has
 */
public record RandomMixture(Connectivity connectivity, int minSize, int maxSize, Composition rule) {

    public static final double COLDEST = 300;
    public static final double HOTTEST = 2000;

    /** The kinds in the order in which they take turns; as in the notes, in lower case. */
    public enum Kind {
        COMPACT,
        PLANAR,
        CHAIN,
        SURFACE,
        STRETCHED,
        HOT,
        RATTLED;

        /** As noted on structures. */
        public String note() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int ATTEMPTS = 50;
    private static final int DYNAMICS_STEPS = 500;
    private static final Relaxation BEFORE_DYNAMICS = new Relaxation(0.5, 100);
    private static final Relaxation BEFORE_RATTLING = new Relaxation(0.05, 300);

    public RandomMixture {
        Checks.atLeast("smallest size", minSize, 1);
        Checks.atLeast("largest size", maxSize, minSize);
    }

    /** In the proportions that are asked for ({@link Composition#START}). */
    public RandomMixture(Connectivity connectivity, int minSize, int maxSize) {
        this(connectivity, minSize, maxSize, Composition.START);
    }

    /**
     * What was made.
     *
     * @param structures with notes
     * @param remark what a person should know (a kind could not be made at a size), or null
     */
    public record Result(List<Structure> structures, String remark) {

        public Result {
            structures = List.copyOf(structures);
        }
    }

    /**
     * Makes structures, kinds in turn.
     *
     * @param model moves the atoms of the kinds hot and rattled
     * @param composition how many atoms of each element by atomic number, in proportion; with {@link Composition#START} each size has
     *     the nearest to it
     * @param count how many structures
     */
    public Result make(
            EnergyModel model, int[] composition, int count, Provenance provenance, UniformRandomProvider random) {
        RandomClusters clusters = new RandomClusters(connectivity);
        NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        Kind[] kinds = Kind.values();
        List<Structure> made = new ArrayList<>();
        String remark = null;
        for (int i = 0; i < count; i++) {
            Kind kind = kinds[i % kinds.length];
            int size = minSize + random.nextInt(maxSize - minSize + 1);
            int[] atoms = expand(rule.draw(composition, size, random), size);
            Optional<Structure> structure =
                    switch (kind) {
                        case COMPACT -> clusters.next(RandomClusters.Shape.COMPACT, atoms, random);
                        case PLANAR -> clusters.next(RandomClusters.Shape.PLANAR, atoms, random);
                        case CHAIN -> clusters.next(RandomClusters.Shape.CHAIN, atoms, random);
                        case SURFACE -> clusters.next(RandomClusters.Shape.SURFACE, atoms, random);
                        case STRETCHED -> clusters.stretched(atoms, random);
                        case HOT -> hot(model, clusters, atoms, random);
                        case RATTLED -> rattled(model, clusters, atoms, random, gaussian);
                    };
            if (structure.isEmpty()) {
                if (remark == null) {
                    remark = "no " + kind.note() + " cluster of " + size
                            + " atoms was found that is allowed by r_min and r_connect; it was left out";
                }
                continue;
            }
            double energy = provenance.energyKey() == null ? Double.NaN : model.energy(structure.get());
            made.add(provenance.note(
                    structure.get(), "random", null, kind.note(), Double.isFinite(energy) ? energy : Double.NaN));
        }
        return new Result(made, remark);
    }

    private static int[] expand(int[] counts, int size) {
        int[] atoms = new int[size];
        int next = 0;
        for (int element = 0; element < counts.length; element++) {
            for (int k = 0; k < counts[element]; k++) {
                atoms[next++] = element;
            }
        }
        return atoms;
    }

    private Optional<Structure> anyShape(RandomClusters clusters, int[] atoms, UniformRandomProvider random) {
        RandomClusters.Shape[] shapes = RandomClusters.Shape.values();
        return clusters.next(shapes[random.nextInt(shapes.length)], atoms, random);
    }

    private Optional<Structure> hot(
            EnergyModel model, RandomClusters clusters, int[] atoms, UniformRandomProvider random) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Structure> start = anyShape(clusters, atoms, random);
            if (start.isEmpty()) {
                continue;
            }
            double temperature = COLDEST + (HOTTEST - COLDEST) * random.nextDouble();
            Structure relaxed = BEFORE_DYNAMICS.relax(model, start.get()).structure();
            MolecularDynamics dynamics = MolecularDynamics.thermal(
                    model,
                    relaxed,
                    new DynamicsSettings(DynamicsSettings.timeStepFor(relaxed), temperature, 0.02),
                    random);
            Structure snapshot = centred(dynamics.run(DYNAMICS_STEPS) ? dynamics.structure() : null);
            // evaporated, or the model threw it apart
            if (snapshot != null && connectivity.accepts(snapshot)) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    private Optional<Structure> rattled(
            EnergyModel model,
            RandomClusters clusters,
            int[] atoms,
            UniformRandomProvider random,
            NormalizedGaussianSampler gaussian) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Structure> start = anyShape(clusters, atoms, random);
            if (start.isEmpty()) {
                continue;
            }
            Structure relaxed = BEFORE_RATTLING.relax(model, start.get()).structure();
            double[] positions = relaxed.positions();
            double share = 0.01 + 0.09 * random.nextDouble();
            for (int i = 0; i < positions.length; i++) {
                int element = relaxed.atomicNumber(i / 3);
                positions[i] += share * clusters.bond(element, element) * gaussian.sample();
            }
            Structure rattled = centred(relaxed.withPositions(positions));
            if (connectivity.accepts(rattled)) {
                return Optional.of(rattled);
            }
        }
        return Optional.empty();
    }

    private static Structure centred(Structure structure) {
        return structure == null ? null : structure.withPositions(Centring.centred(structure.positions()));
    }
}
