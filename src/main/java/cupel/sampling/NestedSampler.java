package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Nested ensemble: a flat walk under an energy ceiling that comes down by halves (Nielsen, J. Chem. Phys. 139, 124104
 * (2013), after Skilling's nested sampling; for the training of networks as in Loeffler et al., ChemCatChem 2020).
 *
 * <pre>
 *   weight of a state: 1 if E ≤ ceiling, else 0
 *   next ceiling:      median of the energies visited under this one, so that half of the volume stays
 * </pre>
 *
 * <p>With d quadratic degrees of freedom above a minimum the ceilings fall as E(k+1)/E(k) = 2^(−2/d). After a contraction the
 * walk may stand above the new ceiling; it then takes only what is lower until it is under it, and what it visits on the
 * way counts for nothing. The first ceiling is the median over a walk without any, over all clusters that {@link
 * Connectivity} allows: that volume is finite, and a median does not care how deep a hole or how high a spike is. The step is
 * adapted between strata, never within one.
 */
public final class NestedSampler implements Sampler {

    private final NestedSettings settings;
    private final Connectivity connectivity;

    public NestedSampler(NestedSettings settings, Connectivity connectivity) {
        this.settings = settings;
        this.connectivity = connectivity;
    }

    @Override
    public String name() {
        return "nested";
    }

    @Override
    public SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random) {
        return sample(model, start, random, CycleObserver.NONE);
    }

    /** Walks as {@link #sample(EnergyModel, Structure, UniformRandomProvider)}, watched. */
    public SamplingResult sample(
            EnergyModel model, Structure start, UniformRandomProvider random, CycleObserver observer) {
        MarkovChain chain = new MarkovChain(model, start, connectivity, settings.bondingRadius(), start.size(), random);
        Acceptance.Ceiling ceiling = new Acceptance.Ceiling(random);
        StepWidth step = new StepWidth(chain, settings.step());
        Visits visits = new Visits(
                Math.multiplyExact(Math.max(settings.contractionEvery(), settings.equilibration()), start.size()));

        if (!Double.isNaN(settings.firstCeiling())) {
            ceiling.lower(settings.firstCeiling());
        }
        for (int cycle = 1; cycle <= settings.equilibration(); cycle++) {
            if (2 * cycle <= settings.equilibration()) {
                visits.clear();
            }
            cycle(chain, step.width(), ceiling, visits);
            step.adapt();
        }
        if (Double.isNaN(settings.firstCeiling()) && visits.count > 0) {
            ceiling.lower(visits.median());
        }
        visits.clear();
        chain.resetCounts();
        step.restart();

        List<Sample> samples = new ArrayList<>();
        List<SamplingResult.Stratum> strata = new ArrayList<>();
        long attempted = 0;
        long accepted = 0;
        for (int cycle = 1; cycle <= settings.cycles(); cycle++) {
            cycle(chain, step.width(), ceiling, visits);
            observer.cycle(cycle, chain.state(), chain.energy());
            if (cycle % settings.outputEvery() == 0) {
                chain.refresh();
                if (Double.isFinite(chain.energy())) {
                    samples.add(new Sample(chain.centred(), chain.energy(), cycle, "stratum"));
                }
            }
            if (cycle % settings.contractionEvery() == 0) {
                long nowAttempted = chain.displacement.attempted + chain.relocation.attempted + chain.swap.attempted;
                long nowAccepted = chain.displacement.accepted + chain.relocation.accepted + chain.swap.accepted;
                double median = visits.median();
                strata.add(new SamplingResult.Stratum(
                        ceiling.energy(),
                        visits.count,
                        visits.lowest(),
                        median,
                        (double) (nowAccepted - accepted) / (nowAttempted - attempted)));
                attempted = nowAttempted;
                accepted = nowAccepted;
                if (visits.count > 0) {
                    ceiling.lower(median);
                }
                visits.clear();
                step.adapt();
            }
        }
        return new SamplingResult(
                samples,
                List.of(chain.displacement.counts(), chain.relocation.counts(), chain.swap.counts()),
                step.width(),
                strata,
                Double.isFinite(chain.energy()) ? null : "the model gave no finite energy anywhere on the walk");
    }

    private void cycle(MarkovChain chain, double step, Acceptance.Ceiling ceiling, Visits visits) {
        for (int move = chain.size(); move > 0; move--) {
            chain.move(step, settings.relocationShare(), settings.swapShare(), ceiling);
            double energy = chain.energy();
            if (Double.isFinite(energy) && energy <= ceiling.energy()) {
                visits.add(energy);
            }
        }
    }

    /** The energies visited in a stratum; a state that stays counts again. */
    private static final class Visits {

        private final double[] energies;
        private int count;
        private boolean sorted;

        Visits(int capacity) {
            energies = new double[capacity];
        }

        void clear() {
            count = 0;
            sorted = false;
        }

        void add(double energy) {
            energies[count++] = energy;
            sorted = false;
        }

        /** The lower median, so that at least half of the visits are at or below it; NaN without visits. */
        double median() {
            sort();
            return count == 0 ? Double.NaN : energies[(count - 1) >>> 1];
        }

        double lowest() {
            sort();
            return count == 0 ? Double.NaN : energies[0];
        }

        private void sort() {
            if (!sorted) {
                Arrays.sort(energies, 0, count);
                sorted = true;
            }
        }
    }
}
