package cupel.sampling;

import cupel.structure.Elements;
import cupel.structure.Structure;

/**
 * Settings of {@link MolecularDynamics}. Defaults ({@link #standard()}) in brackets.
 *
 * @param timeStep in fs, positive [1]
 * @param temperature of the bath, in kelvin, 0 or more [300]
 * @param friction of the Langevin thermostat in 1/fs; 0: no thermostat, constant energy [0.01]
 */
public record DynamicsSettings(double timeStep, double temperature, double friction) {

    private static final double GOLD_MASS = 196.97;

    public DynamicsSettings {
        Checks.positive("time step", timeStep);
        Checks.notNegative("temperature", temperature);
        Checks.notNegative("friction", friction);
    }

    public static DynamicsSettings standard() {
        return new DynamicsSettings(1, 300, 0.01);
    }

    /**
     * A time step that the fastest vibrations of a structure can bear: 2 fs for gold, less for lighter atoms as the square
     * root of their mass.
     */
    public static double timeStepFor(Structure structure) {
        double lightest = GOLD_MASS;
        for (int element : structure.atomicNumbers()) {
            lightest = Math.min(lightest, Elements.mass(element));
        }
        return 2 * Math.sqrt(lightest / GOLD_MASS);
    }

    public DynamicsSettings withTimeStep(double newTimeStep) {
        return new DynamicsSettings(newTimeStep, temperature, friction);
    }

    public DynamicsSettings withTemperature(double newTemperature) {
        return new DynamicsSettings(timeStep, newTemperature, friction);
    }

    public DynamicsSettings withFriction(double newFriction) {
        return new DynamicsSettings(timeStep, temperature, newFriction);
    }
}
