package cupel.structure;

import java.util.HashMap;
import java.util.Map;

/**
 * Symbols and atomic numbers of the elements 1 to 118. It stands for Cupel's class of this name, whose table, with the masses, is that of
 * the Chemistry Development Kit: the plugin brings no library.
 */
public final class Elements {

    private static final String[] SYMBOLS =
            """
            H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc
            Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi
            Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"""
                    .split("\\s+");
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < SYMBOLS.length; i++) {
            NUMBERS.put(SYMBOLS[i], i + 1);
        }
    }

    private Elements() {}

    /**
     * The atomic number of an element.
     *
     * @param symbol as chemists write it: {@code Au}
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
        if (atomicNumber < 1 || atomicNumber > SYMBOLS.length) {
            throw new IllegalArgumentException(
                    "illegal atomic number: " + atomicNumber + ", must be 1 to " + SYMBOLS.length);
        }
        return SYMBOLS[atomicNumber - 1];
    }
}
