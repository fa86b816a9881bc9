package cupel.assay.dynamics;

import cupel.potential.EnergyModel;
import cupel.sampling.DynamicsSettings;
import cupel.sampling.MolecularDynamics;
import cupel.structure.Structure;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * How well velocity Verlet conserves the energy of a model at a time step: the drift, a straight line through the total energy, and the
 * swing around it. Forces that are the derivative of the energy give no drift, and a swing that falls with the square of the step
 * (Hairer, Lubich, Wanner, Acta Numerica 12, 399 (2003), theorem 4.1).
 *
 * @param timeStep in fs
 * @param drift in eV/atom/ps
 * @param rms root mean square distance of the total energy from its line, in eV/atom
 * @param time simulated in fs; shorter than asked for when the model gave no finite force
 */
public record EnergyConservation(double timeStep, double drift, double rms, double time) {

    /**
     * Measures.
     *
     * @param temperature that velocities are drawn at, in kelvin, the same at every time step; a cluster that begins in a minimum has
     *     half of it in the end
     * @param time in fs, at least ten steps
     */
    public static EnergyConservation measure(
            EnergyModel model, Structure start, double timeStep, double temperature, double time, long seed) {
        int steps = (int) Math.round(time / timeStep);
        if (steps < 10) {
            throw new IllegalArgumentException(
                    "illegal time: " + time + " fs, must be at least ten steps of " + timeStep + " fs");
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        MolecularDynamics dynamics =
                MolecularDynamics.thermal(model, start, new DynamicsSettings(timeStep, temperature, 0), random);
        int n = start.size();
        // Sums of a line through (t, E), both from their first value, so that nothing large is squared.
        double first = dynamics.potentialEnergy() + dynamics.kineticEnergy();
        double t1 = 0;
        double t2 = 0;
        double e1 = 0;
        double e2 = 0;
        double te = 0;
        int count = 0;
        for (int step = 0; step <= steps; step++) {
            if (step > 0 && !dynamics.run(1)) {
                break;
            }
            double t = step * timeStep;
            double e = (dynamics.potentialEnergy() + dynamics.kineticEnergy() - first) / n;
            t1 += t;
            t2 += t * t;
            e1 += e;
            e2 += e * e;
            te += t * e;
            count++;
        }
        if (count < 3 || Double.isNaN(first)) {
            return new EnergyConservation(timeStep, Double.NaN, Double.NaN, Math.max(0, count - 1) * timeStep);
        }
        double varianceT = t2 / count - t1 / count * (t1 / count);
        double covariance = te / count - t1 / count * (e1 / count);
        double slope = covariance / varianceT;
        double residual = e2 / count - e1 / count * (e1 / count) - slope * covariance;
        return new EnergyConservation(timeStep, 1000 * slope, Math.sqrt(Math.max(0, residual)), (count - 1) * timeStep);
    }
}
