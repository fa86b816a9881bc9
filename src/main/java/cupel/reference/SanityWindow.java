package cupel.reference;

import java.util.Locale;

/**
 * What a reference calculation may answer and be believed: engines that went wrong often say that all is well, and give
 * numbers that no atoms ever had.
 *
 * <p>Numbers that are not finite are refused by every window.
 *
 * @param minEnergy lowest energy per atom, relative to isolated atoms, in eV; minus infinity for no bound
 * @param maxEnergy highest energy per atom, relative to isolated atoms, in eV; infinity for no bound
 * @param maxForce largest length of the force on an atom in eV/angstrom, positive; infinity for no bound
 */
public record SanityWindow(double minEnergy, double maxEnergy, double maxForce) {

    /** Refuses only what is not finite. */
    public static final SanityWindow FINITE =
            new SanityWindow(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public SanityWindow {
        if (!(minEnergy < maxEnergy)) {
            throw new IllegalArgumentException(
                    "illegal energy window: " + minEnergy + ".." + maxEnergy + ", must run from low to high");
        }
        if (!(maxForce > 0)) {
            throw new IllegalArgumentException("illegal largest force: " + maxForce + ", must be positive");
        }
    }

    /** The same window with another limit for forces, in eV/angstrom. */
    public SanityWindow withMaxForce(double newMaxForce) {
        return new SanityWindow(minEnergy, maxEnergy, newMaxForce);
    }

    /** The same window with other limits for the energy per atom, relative to isolated atoms, in eV. */
    public SanityWindow withEnergies(double newMinEnergy, double newMaxEnergy) {
        return new SanityWindow(newMinEnergy, newMaxEnergy, maxForce);
    }

    /**
     * What is wrong with an answer, or null when nothing is.
     *
     * @param energy total energy relative to isolated atoms in eV
     * @param forces x y z per atom in eV/angstrom
     */
    public String complaint(double energy, double[] forces) {
        int atoms = forces.length / 3;
        double perAtom = energy / atoms;
        if (!Double.isFinite(perAtom)) {
            return "energy is not a number: " + energy;
        }
        int worst = 0;
        double largest = 0;
        for (int i = 0; i < atoms; i++) {
            double x = forces[3 * i];
            double y = forces[3 * i + 1];
            double z = forces[3 * i + 2];
            double force = Math.sqrt(x * x + y * y + z * z);
            if (!Double.isFinite(force)) {
                return "force on atom " + (i + 1) + " is not a number: " + x + " " + y + " " + z;
            }
            if (force > largest) {
                largest = force;
                worst = i + 1;
            }
        }
        if (perAtom < minEnergy || perAtom > maxEnergy) {
            return String.format(
                    Locale.ROOT,
                    "energy %.2f eV per atom relative to isolated atoms, allowed %s to %s",
                    perAtom,
                    plain(minEnergy),
                    plain(maxEnergy));
        }
        if (largest > maxForce) {
            return String.format(
                    Locale.ROOT,
                    "largest force %.1f eV/angstrom, on atom %d, allowed %s",
                    largest,
                    worst,
                    plain(maxForce));
        }
        return null;
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
