package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A cluster that takes up and gives off atoms at a temperature and an activity: aggregation-volume-bias Monte Carlo
 * (Chen, Siepmann, J. Phys. Chem. B 105, 11275 (2001); grand canonical form).
 *
 * <pre>
 *   in:  uniform target j, uniform point in its sphere,  acc = min[1, z exp(−ΔE/kT) N V / ((N+1)(n_j+1))]
 *   out: uniform target j, uniform neighbour of it,      acc = min[1, exp(−ΔE/kT) N n_j / (z (N−1) V)]
 * </pre>
 *
 * <p>n_j is the number of atoms in the bonding region of j before the move, V the region's volume. States turn up with weight
 * z^N/N! exp(−E/kT), restricted to those that {@link Connectivity} allows and to the sizes asked for. With several elements
 * each has the same activity, and an insertion draws one uniformly from those of the start.
 *
 * <p>Puts out snapshots, and at the end the lowest structure met of each size ({@code kind=lowest}), smallest first: a growth
 * run doubles as a search for global minima.
 */
public final class GrandCanonicalSampler implements Sampler {

    private final GrandCanonicalSettings settings;
    private final Connectivity connectivity;

    public GrandCanonicalSampler(GrandCanonicalSettings settings, Connectivity connectivity) {
        this.settings = settings;
        this.connectivity = connectivity;
    }

    @Override
    public String name() {
        return "grow";
    }

    /** @param start its size must be in the range of the settings */
    @Override
    public SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random) {
        return sample(model, start, random, CycleObserver.NONE);
    }

    /** Walks as {@link #sample(EnergyModel, Structure, UniformRandomProvider)}, watched. */
    public SamplingResult sample(
            EnergyModel model, Structure start, UniformRandomProvider random, CycleObserver observer) {
        if (start.size() < settings.minSize() || start.size() > settings.maxSize()) {
            throw new IllegalArgumentException("illegal start of " + start.size() + " atoms, must have "
                    + settings.minSize() + " to " + settings.maxSize());
        }
        MarkovChain chain =
                new MarkovChain(model, start, connectivity, settings.bondingRadius(), settings.maxSize(), random);
        int[] elements =
                Arrays.stream(start.atomicNumbers()).distinct().sorted().toArray();
        // An insertion draws one of K elements, each a K-th as likely as with one alone: z K in both directions.
        double activity = settings.activity() * elements.length;
        double[] activityOf = new double[119];
        for (int element : elements) {
            activityOf[element] = activity;
        }
        Acceptance acceptance = Acceptance.boltzmann(settings.temperature(), random);
        StepWidth step = new StepWidth(chain, settings.step());
        Lowest lowest = new Lowest(settings.maxSize());
        for (int cycle = 0; cycle < settings.equilibration(); cycle++) {
            cycle(chain, step.width(), elements, activityOf, acceptance, lowest, 0, random);
            step.adapt();
        }
        chain.resetCounts();

        List<Sample> samples = new ArrayList<>();
        for (int cycle = 1; cycle <= settings.cycles(); cycle++) {
            cycle(chain, step.width(), elements, activityOf, acceptance, lowest, cycle, random);
            observer.cycle(cycle, chain.state(), chain.energy());
            if (cycle % settings.outputEvery() == 0) {
                chain.refresh();
                if (Double.isFinite(chain.energy())) {
                    samples.add(new Sample(chain.centred(), chain.energy(), cycle, "snapshot"));
                }
            }
        }
        lowest.addTo(samples);
        return new SamplingResult(
                samples,
                List.of(
                        chain.displacement.counts(),
                        chain.relocation.counts(),
                        chain.insertion.counts(),
                        chain.removal.counts()),
                step.width(),
                List.of(),
                Double.isFinite(chain.energy()) ? null : "the model gave no finite energy anywhere on the walk");
    }

    // A cycle has a fixed number of moves: were it the present number of atoms, large clusters would be looked at less
    // often
    // per move than small ones, and averages over cycles would not be those of the ensemble.
    private void cycle(
            MarkovChain chain,
            double step,
            int[] elements,
            double[] activityOf,
            Acceptance acceptance,
            Lowest lowest,
            int cycle,
            UniformRandomProvider random) {
        for (int move = settings.maxSize(); move > 0; move--) {
            double draw = random.nextDouble();
            if (draw < settings.exchangeShare()) {
                if (draw < 0.5 * settings.exchangeShare()) {
                    int element = elements.length == 1 ? elements[0] : elements[random.nextInt(elements.length)];
                    if (chain.size() < settings.maxSize()) {
                        chain.insert(element, activityOf[element], acceptance);
                    }
                } else if (chain.size() > settings.minSize()) {
                    chain.remove(activityOf, acceptance);
                }
            } else if (draw < settings.exchangeShare() + settings.relocationShare()) {
                chain.relocate(acceptance);
            } else {
                chain.displace(step, acceptance);
            }
            lowest.see(chain, cycle);
        }
    }

    /** The lowest structure of each size, copied only when it is lower than the one before. */
    private static final class Lowest {

        private final double[] energies;
        private final Structure[] structures;
        private final long[] cycles;

        Lowest(int maxSize) {
            energies = new double[maxSize + 1];
            Arrays.fill(energies, Double.POSITIVE_INFINITY);
            structures = new Structure[maxSize + 1];
            cycles = new long[maxSize + 1];
        }

        void see(MarkovChain chain, int cycle) {
            int size = chain.size();
            // a hair lower is not worth a copy
            if (chain.energy() < energies[size] - 1e-6) {
                energies[size] = chain.energy();
                structures[size] = chain.centred();
                cycles[size] = cycle;
            }
        }

        void addTo(List<Sample> samples) {
            for (int size = 1; size < structures.length; size++) {
                if (structures[size] != null) {
                    samples.add(new Sample(structures[size], energies[size], cycles[size], "lowest"));
                }
            }
        }
    }
}
