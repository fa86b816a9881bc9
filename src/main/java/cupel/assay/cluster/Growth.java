package cupel.assay.cluster;

import cupel.potential.EnergyModel;
import cupel.sampling.Connectivity;
import cupel.sampling.GrandCanonicalSampler;
import cupel.sampling.GrandCanonicalSettings;
import cupel.sampling.Sample;
import cupel.sampling.SamplingResult;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Growth of a cluster atom by atom at a temperature: grand canonical aggregation-volume-bias Monte Carlo ({@link
 * GrandCanonicalSampler}) in windows of two sizes, n and n + 1, one after the other.
 *
 * <p>At one chemical potential for all sizes a cluster of a metal grows in a few sweeps or never: an atom more is worth some
 * electronvolts, a hundred kT. So each window looks for the chemical potential at which both its sizes are visited: from the gain in
 * energy of one atom more, short walks move it against the share of the sizes visited, by less each time (stochastic approximation;
 * Robbins, Monro, Ann. Math. Stat. 22, 400 (1951)). Then it stands, and only what follows counts. The next window begins at the
 * last structure of n + 1 atoms.
 *
 * @param settings temperature, sweeps of a window (the cycles), sweeps from one snapshot to the next, moves; sizes and activity are
 *     the windows' own
 * @param connectivity which clusters are allowed
 */
public record Growth(GrandCanonicalSettings settings, Connectivity connectivity) {

    private static final int SEARCHES = 30;

    /** First correction of the chemical potential, in kT. */
    private static final double FIRST_CORRECTION = 6;

    /** How far above any binding energy the chemical potential is where an atom is to come and stay, in eV. */
    private static final double FORCED = 20;

    /**
     * A snapshot.
     *
     * @param structure its middle at the origin
     * @param sweep counted from 1 through all windows, those in which chemical potentials were looked for left out
     * @param energy in eV
     */
    public record Snapshot(Structure structure, long sweep, double energy) {}

    /**
     * A window.
     *
     * @param size the smaller of its two sizes
     * @param chemicalPotential kT ln(z · angstrom³), z the activity, in eV; its zero is that of the model's energy per atom
     * @param share of the sweeps that ended with the larger size
     */
    public record Window(int size, double chemicalPotential, double share) {}

    /**
     * A growth run.
     *
     * @param snapshots in their order
     * @param windows in their order
     * @param remark why it ended before the largest size, or null
     */
    public record Run(List<Snapshot> snapshots, List<Window> windows, String remark) {

        public Run {
            snapshots = List.copyOf(snapshots);
            windows = List.copyOf(windows);
        }
    }

    /**
     * Grows.
     *
     * @param start a cluster of fewer than maxSize atoms, allowed
     * @param maxSize of the last window
     */
    public Run grow(EnergyModel model, Structure start, int maxSize, long seed) {
        if (start.size() >= maxSize) {
            throw new IllegalArgumentException(
                    "illegal start of " + start.size() + " atoms, must have fewer than " + maxSize);
        }
        List<Snapshot> snapshots = new ArrayList<>();
        List<Window> windows = new ArrayList<>();
        UniformRandomProvider random =
                RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, Seeds.key("growth"), start.size(), maxSize));
        Structure current = start.withoutInfo().withLabel(null);
        double kT = Units.BOLTZMANN * settings.temperature();
        int few = Math.max(20, settings.cycles() / 10);
        long sweep = 0;
        for (int size = start.size(); size < maxSize; size++) {
            int[] visits = new int[2];
            double gain = gain(model, current, size, few, random);
            if (Double.isNaN(gain)) {
                return new Run(snapshots, windows, "no place for atom " + (size + 1) + " was found");
            }
            double potential = gain;
            for (int search = 0; search < SEARCHES; search++) {
                SamplingResult walk = walk(model, current, size, potential, few, few, visits, random);
                current = walk.samples().isEmpty()
                        ? current
                        : walk.samples().get(0).structure();
                double excess = (double) (visits[1] - visits[0]) / few;
                potential -= kT * FIRST_CORRECTION / (1 + search / 3.0) * excess;
            }
            SamplingResult walk =
                    walk(model, current, size, potential, settings.cycles(), settings.outputEvery(), visits, random);
            Structure larger = null;
            for (Sample sample : walk.samples()) {
                boolean snapshot = sample.kind().equals("snapshot");
                if (snapshot) {
                    double energy =
                            sample.energy() + potential * sample.structure().size();
                    snapshots.add(new Snapshot(sample.structure(), sweep + sample.cycle(), energy));
                }
                // the last snapshot of n + 1 atoms; where there is none, the lowest met, which comes after the
                // snapshots
                if (sample.structure().size() == size + 1 && (snapshot || larger == null)) {
                    larger = sample.structure();
                }
            }
            sweep += settings.cycles();
            windows.add(new Window(size, potential, (double) visits[1] / settings.cycles()));
            if (larger == null) {
                walk = walk(model, current, size, gain + FORCED, few, few, visits, random);
                larger = walk.samples().get(0).structure();
            }
            current = larger;
        }
        return new Run(snapshots, windows, null);
    }

    /** Energy of the lowest structure met with an atom more above that of the lowest met without, in eV; NaN if there is none. */
    private double gain(EnergyModel model, Structure current, int size, int sweeps, UniformRandomProvider random) {
        double perAtom = model.energy(current) / size;
        int[] visits = new int[2];
        SamplingResult walk = walk(model, current, size, perAtom + FORCED, sweeps, sweeps, visits, random);
        double larger = Double.NaN;
        for (Sample sample : walk.samples()) {
            if (sample.kind().equals("lowest") && sample.structure().size() == size + 1) {
                larger = sample.energy() + (perAtom + FORCED) * (size + 1);
            }
        }
        return larger - model.energy(current);
    }

    private SamplingResult walk(
            EnergyModel model,
            Structure from,
            int size,
            double chemicalPotential,
            int cycles,
            int every,
            int[] visits,
            UniformRandomProvider random) {
        visits[0] = 0;
        visits[1] = 0;
        GrandCanonicalSettings window = settings.withSizes(size, size + 1)
                .withActivity(1)
                .withCycles(cycles, Math.min(every, cycles))
                .withEquilibration(Math.min(settings.equilibration(), cycles));
        return new GrandCanonicalSampler(window, connectivity)
                .sample(
                        new ReservoirModel(model, chemicalPotential),
                        from,
                        random,
                        (cycle, state, energy) -> visits[state.size() - size]++);
    }
}
