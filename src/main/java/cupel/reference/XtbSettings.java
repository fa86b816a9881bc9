package cupel.reference;

/**
 * How xtb is run. The method is always GFN1: GFN2 was seen to collapse on gold, and says then that it converged.
 *
 * @param charge total charge in elementary charges; number of unpaired electrons follows from it, see {@link XtbEngine}
 * @param electronicTemperature of the Fermi smearing in kelvin, positive
 * @param iterations largest number of iterations to self-consistent charges, positive
 */
public record XtbSettings(int charge, double electronicTemperature, int iterations) {

    /** Neutral, 300 K, 500 iterations. */
    public static final XtbSettings DEFAULT = new XtbSettings(0, 300, 500);

    public XtbSettings {
        if (!(electronicTemperature > 0) || Double.isInfinite(electronicTemperature)) {
            throw new IllegalArgumentException("illegal electronic temperature: " + electronicTemperature
                    + ", must be positive and finite, in kelvin");
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("illegal number of iterations: " + iterations + ", must be 1 or more");
        }
    }

    /** The level of theory in one token: {@code gfn1-xtb-300K}, {@code gfn1-xtb-300K-charge-1}. */
    public String level() {
        return "gfn1-xtb-" + temperatureText() + "K"
                + (charge == 0 ? "" : "-charge" + (charge > 0 ? "+" : "") + charge);
    }

    /** The temperature as it is typed, without a needless ".0". */
    public String temperatureText() {
        return electronicTemperature == Math.rint(electronicTemperature) && electronicTemperature < 1e9
                ? Long.toString((long) electronicTemperature)
                : Double.toString(electronicTemperature);
    }
}
