package cupel.structure;

/** Conversion factors, CODATA 2018. Inside Cupel: angstrom, eV, eV/angstrom, kelvin, atomic mass unit. */
public final class Units {

    /** One hartree in eV. */
    public static final double HARTREE = 27.211386245988;

    /** One bohr in angstrom. */
    public static final double BOHR = 0.529177210903;

    /** Boltzmann's constant in eV/K. */
    public static final double BOLTZMANN = 8.617333262e-5;

    /** One eV/angstrom³ in GPa. */
    public static final double GIGAPASCAL = 160.2176634;

    /** Acceleration in angstrom/fs² that 1 eV/angstrom gives to 1 u. */
    public static final double ACCELERATION = 9.64853321233e-3;

    private Units() {}
}
