package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Canonical Monte Carlo of a cluster: states turn up with weight exp(−E/kT) (Metropolis, Rosenbluth, Rosenbluth, Teller,
 * Teller, J. Chem. Phys. 21, 1087 (1953)), restricted to those that {@link Connectivity} allows.
 *
 * <p>Moves: displacements of one atom and AVBMC relocations (one atom taken out and put back into the bonding region of
 * another). The step is adapted during equilibration and fixed from then on, so that detailed balance holds.
 */
public final class MetropolisSampler implements Sampler {

    private final MetropolisSettings settings;
    private final Connectivity connectivity;

    public MetropolisSampler(MetropolisSettings settings, Connectivity connectivity) {
        this.settings = settings;
        this.connectivity = connectivity;
    }

    @Override
    public String name() {
        return "metropolis";
    }

    @Override
    public SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random) {
        return sample(model, start, random, CycleObserver.NONE);
    }

    /** Walks as {@link #sample(EnergyModel, Structure, UniformRandomProvider)}, watched. */
    public SamplingResult sample(
            EnergyModel model, Structure start, UniformRandomProvider random, CycleObserver observer) {
        MarkovChain chain = new MarkovChain(model, start, connectivity, settings.bondingRadius(), start.size(), random);
        Acceptance acceptance = Acceptance.boltzmann(settings.temperature(), random);
        StepWidth step = new StepWidth(chain, settings.step());
        for (int cycle = 0; cycle < settings.equilibration(); cycle++) {
            cycle(chain, step.width(), acceptance);
            step.adapt();
        }
        chain.resetCounts();

        List<Sample> samples = new ArrayList<>();
        for (int cycle = 1; cycle <= settings.cycles(); cycle++) {
            cycle(chain, step.width(), acceptance);
            observer.cycle(cycle, chain.state(), chain.energy());
            if (cycle % settings.outputEvery() == 0) {
                chain.refresh();
                if (Double.isFinite(chain.energy())) {
                    samples.add(new Sample(chain.centred(), chain.energy(), cycle, "snapshot"));
                }
            }
        }
        return new SamplingResult(
                samples,
                List.of(chain.displacement.counts(), chain.relocation.counts(), chain.swap.counts()),
                step.width(),
                List.of(),
                Double.isFinite(chain.energy()) ? null : "the model gave no finite energy anywhere on the walk");
    }

    private void cycle(MarkovChain chain, double step, Acceptance acceptance) {
        for (int move = chain.size(); move > 0; move--) {
            chain.move(step, settings.relocationShare(), settings.swapShare(), acceptance);
        }
    }
}
