package cupel.sampling;

import cupel.structure.Units;
import org.apache.commons.rng.UniformRandomProvider;

/** Whether a trial that fits and has a finite energy becomes the state. */
interface Acceptance {

    /**
     * Decides.
     *
     * @param energy of the state in eV; +infinity when it has no finite energy
     * @param trialEnergy finite, in eV
     * @param weight how much likelier the way back is proposed than the way there (times an activity, if atoms come or go)
     */
    boolean accepts(double energy, double trialEnergy, double weight);

    /** Metropolis and Hastings: min[1, weight exp(−ΔE / kT)]. */
    static Acceptance boltzmann(double temperature, UniformRandomProvider random) {
        double beta = 1 / (Units.BOLTZMANN * temperature);
        return (energy, trialEnergy, weight) -> {
            double probability = weight * Math.exp(-beta * (trialEnergy - energy));
            return probability >= 1 || random.nextDouble() < probability;
        };
    }

    /** A flat walk under a ceiling: min[1, weight] under it; above it, on the way down, only what is lower. */
    final class Ceiling implements Acceptance {

        private final UniformRandomProvider random;
        private double ceiling = Double.POSITIVE_INFINITY;

        Ceiling(UniformRandomProvider random) {
            this.random = random;
        }

        double energy() {
            return ceiling;
        }

        void lower(double energy) {
            ceiling = energy;
        }

        @Override
        public boolean accepts(double energy, double trialEnergy, double weight) {
            if (trialEnergy > ceiling) {
                return energy > ceiling && trialEnergy < energy;
            }
            return weight >= 1 || random.nextDouble() < weight;
        }
    }
}
