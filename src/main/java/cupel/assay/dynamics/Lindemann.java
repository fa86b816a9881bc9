package cupel.assay.dynamics;

import cupel.descriptor.Workers;
import cupel.potential.EnergyModel;
import cupel.sampling.Connectivity;
import cupel.sampling.DynamicsSettings;
import cupel.sampling.MolecularDynamics;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Bond-length fluctuation of clusters at temperatures, from Langevin dynamics, or at constant energy after it.
 *
 * @param timeStep in fs, positive
 * @param friction in 1/fs, positive: of the thermostat, in the equilibration at least
 * @param constantEnergy whether the thermostat is off once the equilibration is over
 * @param equilibration in fs
 * @param time in fs, after the equilibration
 * @param every fs from one frame to the next
 * @param blocks of the error estimate, 2 or more
 */
public record Lindemann(
        double timeStep,
        double friction,
        boolean constantEnergy,
        double equilibration,
        double time,
        double every,
        int blocks) {

    public Lindemann {
        if (!(friction > 0)) {
            throw new IllegalArgumentException("illegal friction: " + friction + ", must be positive");
        }
        if (!(every >= timeStep)) {
            throw new IllegalArgumentException(
                    "illegal interval of frames: " + every + " fs, must be a time step of " + timeStep + " fs or more");
        }
        if (!(time / every >= 2 * blocks)) {
            throw new IllegalArgumentException("illegal time: " + time + " fs, must have two frames, " + every
                    + " fs apart, for each of " + blocks + " blocks");
        }
    }

    /**
     * A cluster at a temperature.
     *
     * @param size number of atoms
     * @param temperature of the bath, in kelvin
     * @param meanTemperature from the kinetic energy, in kelvin; NaN without frames
     * @param value δ, without unit; NaN when the cluster did not live to the end
     * @param standardError of it
     * @param remark why there is no value, or null
     */
    public record Result(
            int size, double temperature, double meanTemperature, double value, double standardError, String remark) {}

    /**
     * Measures every cluster at every temperature, each with a stream of random numbers of its own.
     *
     * @param connectivity a cluster that leaves what is allowed has evaporated, and no value
     * @return cluster by cluster, temperature by temperature
     */
    public List<Result> measure(
            EnergyModel model,
            List<Structure> clusters,
            double[] temperatures,
            Connectivity connectivity,
            long seed,
            int threads) {
        Result[] results = new Result[clusters.size() * temperatures.length];
        Workers.run(threads, results.length, () -> task -> {
            int cluster = task / temperatures.length;
            int place = task % temperatures.length;
            UniformRandomProvider random =
                    RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, Seeds.key("lindemann"), cluster, place));
            results[task] = measure(model, clusters.get(cluster), temperatures[place], connectivity, random);
        });
        return List.of(results);
    }

    private Result measure(
            EnergyModel model,
            Structure start,
            double temperature,
            Connectivity connectivity,
            UniformRandomProvider random) {
        DynamicsSettings bath = new DynamicsSettings(timeStep, temperature, friction);
        MolecularDynamics dynamics = MolecularDynamics.thermal(model, start, bath, random);
        int stretch = (int) Math.round(every / timeStep);
        String end = null;
        for (int step = (int) Math.round(equilibration / timeStep); step > 0 && end == null; step -= stretch) {
            end = trouble(dynamics, Math.min(stretch, step), connectivity);
        }
        if (constantEnergy && end == null) {
            dynamics = new MolecularDynamics(
                    model, dynamics.structure(), dynamics.velocities(), bath.withFriction(0), random);
        }
        int frames = (int) Math.round(time / every);
        BondFluctuation fluctuation = new BondFluctuation(start.size(), frames, blocks);
        double sum = 0;
        for (int frame = 0; frame < frames && end == null; frame++) {
            end = trouble(dynamics, stretch, connectivity);
            if (end == null) {
                fluctuation.add(dynamics.structure());
                sum += dynamics.temperature();
            }
        }
        double mean = fluctuation.frames() == 0 ? Double.NaN : sum / fluctuation.frames();
        return end == null
                ? new Result(start.size(), temperature, mean, fluctuation.value(), fluctuation.standardError(), null)
                : new Result(start.size(), temperature, mean, Double.NaN, Double.NaN, end);
    }

    private static String trouble(MolecularDynamics dynamics, int steps, Connectivity connectivity) {
        if (!dynamics.run(steps)) {
            return "the model gave no finite force";
        }
        return connectivity.objection(dynamics.structure());
    }
}
