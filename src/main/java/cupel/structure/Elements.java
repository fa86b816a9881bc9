package cupel.structure;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.openscience.cdk.config.Isotopes;

/** Symbols, atomic numbers and masses of the elements 1 to 118, from the tables of the Chemistry Development Kit. */
public final class Elements {

    private static final int LAST = 118;
    private static final String[] SYMBOLS = new String[LAST + 1];
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        SilentLogging.install();
        for (int z = 1; z <= LAST; z++) {
            SYMBOLS[z] = org.openscience.cdk.config.Elements.ofNumber(z).symbol();
            NUMBERS.put(SYMBOLS[z], z);
        }
    }

    private Elements() {}

    /**
     * The atomic number of an element.
     *
     * @param symbol as chemists write it: {@code Au}, not {@code AU}, {@code gold} or {@code 79}
     * @throws IllegalArgumentException when there is no such element
     */
    public static int atomicNumber(String symbol) {
        Integer number = NUMBERS.get(symbol);
        if (number == null) {
            throw new IllegalArgumentException(
                    "unknown element: '" + symbol + "', must be a chemical symbol such as Au");
        }
        return number;
    }

    /**
     * The symbol of an element.
     *
     * @throws IllegalArgumentException when the number is not 1 to 118
     */
    public static String symbol(int atomicNumber) {
        requireElement(atomicNumber);
        return SYMBOLS[atomicNumber];
    }

    /**
     * The mean atomic mass in u, over the natural isotopes.
     *
     * @throws IllegalArgumentException when the number is not 1 to 118, or when the element has no isotope in nature to
     *     average over (technetium, promethium, most beyond bismuth)
     */
    public static double mass(int atomicNumber) {
        requireElement(atomicNumber);
        double mass;
        try {
            mass = Isotopes.getInstance().getNaturalMass(atomicNumber);
        } catch (IOException e) {
            throw new IllegalStateException("the table of isotopes cannot be read", e);
        }
        if (!(mass > 0)) {
            throw new IllegalArgumentException("no natural mass: " + SYMBOLS[atomicNumber]
                    + ", the element has no stable isotopes to average over");
        }
        return mass;
    }

    private static void requireElement(int atomicNumber) {
        if (atomicNumber < 1 || atomicNumber > LAST) {
            throw new IllegalArgumentException("illegal atomic number: " + atomicNumber + ", must be 1 to " + LAST);
        }
    }
}
