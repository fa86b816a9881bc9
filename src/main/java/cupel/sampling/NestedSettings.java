package cupel.sampling;

/**
 * Settings of a {@link NestedSampler}. Defaults ({@link #standard()}) in brackets.
 *
 * @param cycles under a ceiling; a cycle is N attempted moves [5000]
 * @param outputEvery cycles from one structure put out to the next [1000]
 * @param contractionEvery cycles in a stratum, from one lowering of the ceiling to the next [50]
 * @param equilibration cycles before, without a ceiling; the median energy of their second half is the first one [100]
 * @param firstCeiling first ceiling in eV, or NaN to find it in the equilibration [NaN]
 * @param relocationShare share of the moves that are AVBMC relocations, 0 to 1 [0.1]
 * @param swapShare share of the other moves in which two atoms of different elements exchange their places, 0 to 1, in
 *     clusters of several elements [0.1]
 * @param step first value of the largest displacement along an axis, in angstrom [0.3]
 * @param bondingRadius radius of the bonding region in angstrom; NaN: r_connect [NaN]
 */
public record NestedSettings(
        int cycles,
        int outputEvery,
        int contractionEvery,
        int equilibration,
        double firstCeiling,
        double relocationShare,
        double swapShare,
        double step,
        double bondingRadius) {

    public NestedSettings {
        Checks.atLeast("number of cycles", cycles, 1);
        Checks.atLeast("output interval", outputEvery, 1);
        Checks.atLeast("contraction interval", contractionEvery, 1);
        Checks.atLeast("number of equilibration cycles", equilibration, 0);
        if (Double.isInfinite(firstCeiling)) {
            throw new IllegalArgumentException(
                    "illegal first ceiling: " + firstCeiling + ", must be finite, or NaN to have it found");
        }
        if (Double.isNaN(firstCeiling) && equilibration < 2) {
            throw new IllegalArgumentException("illegal number of equilibration cycles: " + equilibration
                    + ", must be 2 or more to find the first ceiling");
        }
        Checks.share("relocation share", relocationShare);
        Checks.share("swap share", swapShare);
        Checks.positive("step", step);
        Checks.positiveOrNaN("bonding radius", bondingRadius);
    }

    public static NestedSettings standard() {
        return new NestedSettings(5000, 1000, 50, 100, Double.NaN, 0.1, 0.1, 0.3, Double.NaN);
    }

    public NestedSettings withCycles(int newCycles, int newOutputEvery) {
        return new NestedSettings(
                newCycles,
                newOutputEvery,
                contractionEvery,
                equilibration,
                firstCeiling,
                relocationShare,
                swapShare,
                step,
                bondingRadius);
    }

    public NestedSettings withContractionEvery(int newInterval) {
        return new NestedSettings(
                cycles,
                outputEvery,
                newInterval,
                equilibration,
                firstCeiling,
                relocationShare,
                swapShare,
                step,
                bondingRadius);
    }

    public NestedSettings withEquilibration(int newEquilibration) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                newEquilibration,
                firstCeiling,
                relocationShare,
                swapShare,
                step,
                bondingRadius);
    }

    public NestedSettings withFirstCeiling(double newCeiling) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                equilibration,
                newCeiling,
                relocationShare,
                swapShare,
                step,
                bondingRadius);
    }

    public NestedSettings withRelocationShare(double newShare) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                equilibration,
                firstCeiling,
                newShare,
                swapShare,
                step,
                bondingRadius);
    }

    public NestedSettings withSwapShare(double newShare) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                equilibration,
                firstCeiling,
                relocationShare,
                newShare,
                step,
                bondingRadius);
    }

    public NestedSettings withStep(double newStep) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                equilibration,
                firstCeiling,
                relocationShare,
                swapShare,
                newStep,
                bondingRadius);
    }

    public NestedSettings withBondingRadius(double newRadius) {
        return new NestedSettings(
                cycles,
                outputEvery,
                contractionEvery,
                equilibration,
                firstCeiling,
                relocationShare,
                swapShare,
                step,
                newRadius);
    }
}
