package cupel.sampling;

/**
 * Settings of a {@link MetropolisSampler}. Defaults ({@link #standard()}) in brackets.
 *
 * @param temperature in kelvin, positive [300]
 * @param cycles after equilibration; a cycle is N attempted moves [5000]
 * @param outputEvery cycles from one structure put out to the next [1000]
 * @param equilibration cycles before, in which the step is adapted to 50 % acceptance; nothing is put out [500]
 * @param relocationShare share of the moves that are AVBMC relocations, 0 to 1 [0.1]
 * @param swapShare share of the other moves in which two atoms of different elements exchange their places, 0 to 1, in
 *     clusters of several elements [0.1]
 * @param step first value of the largest displacement along an axis, in angstrom [0.3]
 * @param bondingRadius radius of the bonding region in angstrom; NaN: r_connect [NaN]
 */
public record MetropolisSettings(
        double temperature,
        int cycles,
        int outputEvery,
        int equilibration,
        double relocationShare,
        double swapShare,
        double step,
        double bondingRadius) {

    public MetropolisSettings {
        Checks.positive("temperature", temperature);
        Checks.atLeast("number of cycles", cycles, 1);
        Checks.atLeast("output interval", outputEvery, 1);
        Checks.atLeast("number of equilibration cycles", equilibration, 0);
        Checks.share("relocation share", relocationShare);
        Checks.share("swap share", swapShare);
        Checks.positive("step", step);
        Checks.positiveOrNaN("bonding radius", bondingRadius);
    }

    public static MetropolisSettings standard() {
        return new MetropolisSettings(300, 5000, 1000, 500, 0.1, 0.1, 0.3, Double.NaN);
    }

    public MetropolisSettings withTemperature(double newTemperature) {
        return new MetropolisSettings(
                newTemperature, cycles, outputEvery, equilibration, relocationShare, swapShare, step, bondingRadius);
    }

    public MetropolisSettings withCycles(int newCycles, int newOutputEvery) {
        return new MetropolisSettings(
                temperature, newCycles, newOutputEvery, equilibration, relocationShare, swapShare, step, bondingRadius);
    }

    public MetropolisSettings withEquilibration(int newEquilibration) {
        return new MetropolisSettings(
                temperature, cycles, outputEvery, newEquilibration, relocationShare, swapShare, step, bondingRadius);
    }

    public MetropolisSettings withRelocationShare(double newShare) {
        return new MetropolisSettings(
                temperature, cycles, outputEvery, equilibration, newShare, swapShare, step, bondingRadius);
    }

    public MetropolisSettings withSwapShare(double newShare) {
        return new MetropolisSettings(
                temperature, cycles, outputEvery, equilibration, relocationShare, newShare, step, bondingRadius);
    }

    public MetropolisSettings withStep(double newStep) {
        return new MetropolisSettings(
                temperature, cycles, outputEvery, equilibration, relocationShare, swapShare, newStep, bondingRadius);
    }

    public MetropolisSettings withBondingRadius(double newRadius) {
        return new MetropolisSettings(
                temperature, cycles, outputEvery, equilibration, relocationShare, swapShare, step, newRadius);
    }
}
