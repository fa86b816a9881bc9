package cupel.sampling;

/**
 * Settings of a {@link GrandCanonicalSampler}. Defaults ({@link #standard()}) in brackets.
 *
 * @param temperature in kelvin, positive [300]
 * @param activity z = exp(μ/kT)/Λ³ in 1/angstrom³, the same for each element of the start, positive [1e-3]
 * @param minSize fewest atoms, 1 or more [1]
 * @param maxSize most atoms [20]
 * @param cycles after equilibration; a cycle is {@code maxSize} attempted moves, however many atoms there are [5000]
 * @param outputEvery cycles from one structure put out to the next [1000]
 * @param equilibration cycles before, in which the step is adapted to 50 % acceptance; nothing is put out [500]
 * @param exchangeShare share of the moves that put in or take out an atom, half and half, 0 to 1 [0.3]
 * @param relocationShare share of the moves that are AVBMC relocations, 0 to 1 [0.1]
 * @param step first value of the largest displacement along an axis, in angstrom [0.3]
 * @param bondingRadius radius R of the bonding region in angstrom; NaN: r_connect [NaN]
 */
public record GrandCanonicalSettings(
        double temperature,
        double activity,
        int minSize,
        int maxSize,
        int cycles,
        int outputEvery,
        int equilibration,
        double exchangeShare,
        double relocationShare,
        double step,
        double bondingRadius) {

    public GrandCanonicalSettings {
        Checks.positive("temperature", temperature);
        Checks.positive("activity", activity);
        Checks.atLeast("smallest size", minSize, 1);
        Checks.atLeast("largest size", maxSize, minSize);
        Checks.atLeast("number of cycles", cycles, 1);
        Checks.atLeast("output interval", outputEvery, 1);
        Checks.atLeast("number of equilibration cycles", equilibration, 0);
        Checks.share("exchange share", exchangeShare);
        Checks.share("relocation share", relocationShare);
        Checks.share("share of exchanges and relocations together", exchangeShare + relocationShare);
        Checks.positive("step", step);
        Checks.positiveOrNaN("bonding radius", bondingRadius);
    }

    public static GrandCanonicalSettings standard() {
        return new GrandCanonicalSettings(300, 1e-3, 1, 20, 5000, 1000, 500, 0.3, 0.1, 0.3, Double.NaN);
    }

    public GrandCanonicalSettings withTemperature(double newTemperature) {
        return new GrandCanonicalSettings(
                newTemperature,
                activity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withActivity(double newActivity) {
        return new GrandCanonicalSettings(
                temperature,
                newActivity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withSizes(int newMinSize, int newMaxSize) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                newMinSize,
                newMaxSize,
                cycles,
                outputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withCycles(int newCycles, int newOutputEvery) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                minSize,
                maxSize,
                newCycles,
                newOutputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withEquilibration(int newEquilibration) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                newEquilibration,
                exchangeShare,
                relocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withShares(double newExchangeShare, double newRelocationShare) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                equilibration,
                newExchangeShare,
                newRelocationShare,
                step,
                bondingRadius);
    }

    public GrandCanonicalSettings withStep(double newStep) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                newStep,
                bondingRadius);
    }

    public GrandCanonicalSettings withBondingRadius(double newRadius) {
        return new GrandCanonicalSettings(
                temperature,
                activity,
                minSize,
                maxSize,
                cycles,
                outputEvery,
                equilibration,
                exchangeShare,
                relocationShare,
                step,
                newRadius);
    }
}
