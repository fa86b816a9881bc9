package cupel.sampling;

/**
 * Settings of {@link MolecularDynamics}. Defaults ({@link #standard()}) in brackets.
 *
 * @param timeStep in fs, positive [1]
 * @param temperature of the bath, in kelvin, 0 or more [300]
 * @param friction of the Langevin thermostat in 1/fs; 0: no thermostat, constant energy [0.01]
 */
public record DynamicsSettings(double timeStep, double temperature, double friction) {

    public DynamicsSettings {
        Checks.positive("time step", timeStep);
        Checks.notNegative("temperature", temperature);
        Checks.notNegative("friction", friction);
    }

    public static DynamicsSettings standard() {
        return new DynamicsSettings(1, 300, 0.01);
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
