package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Snapshots of Langevin dynamics ({@link MolecularDynamics}): what the trained potential does by itself at a temperature.
 *
 * <p>Where a trajectory leaves what {@link Connectivity} allows (looked at every {@value #LOOK_EVERY} steps), or the model has
 * no finite force, it begins again from the start with new velocities; the steps made so far count. A start that fails
 * {@value #MOST_RESTARTS} times ends the run, with a remark.
 */
public final class DynamicsSampler implements Sampler {

    private static final int LOOK_EVERY = 10;
    private static final int MOST_RESTARTS = 100;

    private final DynamicsSettings settings;
    private final int steps;
    private final int outputEvery;
    private final Connectivity connectivity;

    /**
     * @param settings time step, temperature, friction
     * @param steps to make in all
     * @param outputEvery steps from one snapshot to the next
     * @param connectivity which clusters are allowed
     */
    public DynamicsSampler(DynamicsSettings settings, int steps, int outputEvery, Connectivity connectivity) {
        Checks.atLeast("number of steps", steps, 1);
        Checks.atLeast("output interval", outputEvery, 1);
        this.settings = settings;
        this.steps = steps;
        this.outputEvery = outputEvery;
        this.connectivity = connectivity;
    }

    @Override
    public String name() {
        return "dynamics";
    }

    @Override
    public SamplingResult sample(EnergyModel model, Structure start, UniformRandomProvider random) {
        String objection = connectivity.objection(start);
        if (objection != null) {
            throw new IllegalArgumentException("the start is not allowed: " + objection);
        }
        List<Sample> samples = new ArrayList<>();
        MolecularDynamics dynamics = MolecularDynamics.thermal(model, start, settings, random);
        int restarts = 0;
        int step = 0;
        while (step < steps) {
            int stretch = Math.min(Math.min(LOOK_EVERY, steps - step), outputEvery - step % outputEvery);
            boolean finite = dynamics.run(stretch);
            Structure structure = dynamics.structure();
            step += stretch;
            if (!finite || !connectivity.accepts(structure)) {
                if (++restarts == MOST_RESTARTS) {
                    return result(
                            samples,
                            "dynamics was given up after " + step + " steps: " + restarts + " times "
                                    + (finite ? "the cluster left what is allowed" : "a force was not finite"));
                }
                dynamics = MolecularDynamics.thermal(model, start, settings, random);
            } else if (step % outputEvery == 0) {
                Structure centred = structure.withPositions(Centring.centred(structure.positions()));
                samples.add(new Sample(centred, dynamics.potentialEnergy(), step, "snapshot"));
            }
        }
        return result(
                samples,
                restarts == 0
                        ? null
                        : "dynamics began again from the start " + restarts + (restarts == 1 ? " time" : " times"));
    }

    private static SamplingResult result(List<Sample> samples, String remark) {
        return new SamplingResult(samples, List.of(), Double.NaN, List.of(), remark);
    }
}
