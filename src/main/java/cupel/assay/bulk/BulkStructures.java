package cupel.assay.bulk;

import cupel.structure.Cell;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The structures that a reference program labels for {@link BulkProperties#ofLabels}: first the crystals at several lattice
 * constants and the isolated atom, then, at the lattice constant that follows from their labels, the strained cells. Their notes
 * ({@code crystal}, {@code lattice_constant}, {@code scale}, {@code strain}, {@code delta}) come back with the labels.
 */
public final class BulkStructures {

    static final String CRYSTAL = "crystal";
    static final String STRAIN = "strain";
    static final String DELTA = "delta";
    private static final String LATTICE_CONSTANT = "lattice_constant";
    private static final String SCALE = "scale";
    private static final String CONFIG_TYPE = "config_type";
    private static final String ISOLATED_ATOM = "IsolatedAtom";
    private static final String UNSTRAINED = "none";

    private BulkStructures() {}

    /** Lattice constants in angstrom of all crystals in their order: that of fcc as given, the others guessed from it. */
    public static double[] guesses(double fcc) {
        double[] guesses = new double[Crystal.values().length];
        for (Crystal crystal : Crystal.values()) {
            guesses[crystal.ordinal()] = LatticeSearch.guess(crystal, fcc);
        }
        return guesses;
    }

    /**
     * The isolated atom and the crystals at several lattice constants, primitive cells.
     *
     * @param crystals which
     * @param latticeConstants the middle one of each in angstrom
     */
    public static List<Structure> equationOfState(
            int element, List<Crystal> crystals, double[] latticeConstants, BulkSettings settings) {
        List<Structure> structures = new ArrayList<>();
        structures.add(Structure.cluster(element, 0, 0, 0).withInfo(CONFIG_TYPE, ISOLATED_ATOM));
        for (int c = 0; c < crystals.size(); c++) {
            for (double scale : settings.scales()) {
                double a = latticeConstants[c] * scale;
                structures.add(rounded(crystals.get(c).primitive(element, a))
                        .withInfo(CRYSTAL, crystals.get(c).toString())
                        .withInfo(LATTICE_CONSTANT, a)
                        .withInfo(SCALE, scale));
            }
        }
        return structures;
    }

    /**
     * The primitive cell at its lattice constant and the same under the three strains, the one without strain once.
     *
     * @param crystal without internal coordinates: nobody relaxes them
     */
    public static List<Structure> elastic(int element, Crystal crystal, double latticeConstant, BulkSettings settings) {
        if (crystal.hasInternalCoordinates()) {
            throw new IllegalArgumentException("illegal crystal: " + crystal
                    + ", whose atoms move against each other under strain; must be fcc, bcc or sc");
        }
        Structure cell = crystal.primitive(element, latticeConstant);
        List<Structure> structures = new ArrayList<>();
        structures.add(noted(cell, crystal, latticeConstant, UNSTRAINED, 0));
        for (Strain strain : Strain.values()) {
            for (double delta : settings.deltas()) {
                if (delta != 0) {
                    structures.add(
                            noted(strain.apply(cell, delta), crystal, latticeConstant, strain.toString(), delta));
                }
            }
        }
        return structures;
    }

    private static Structure noted(
            Structure structure, Crystal crystal, double latticeConstant, String strain, double delta) {
        return rounded(structure)
                .withInfo(CRYSTAL, crystal.toString())
                .withInfo(LATTICE_CONSTANT, latticeConstant)
                .withInfo(STRAIN, strain)
                .withInfo(DELTA, delta);
    }

    /** As it will be read: files have cells with the digits of the shortest decimal and positions with eight decimals. */
    private static Structure rounded(Structure structure) {
        double[] positions = structure.positions();
        for (int k = 0; k < positions.length; k++) {
            positions[k] = Math.rint(positions[k] * 1e8) / 1e8;
        }
        Cell cell = structure.cell();
        return Structure.of(structure.atomicNumbers(), positions, cell);
    }

    static boolean isIsolatedAtom(Structure structure) {
        return ISOLATED_ATOM.equals(structure.info().get(CONFIG_TYPE));
    }

    /** The crystal that a structure is noted to be. */
    static Crystal crystal(Structure structure, String where) {
        Object name = structure.info().get(CRYSTAL);
        if (name == null) {
            throw new InputException(where + "has no note crystal, must be one that bulk-structures wrote");
        }
        try {
            return Crystal.named(name.toString());
        } catch (IllegalArgumentException e) {
            throw new InputException(where + e.getMessage(), e);
        }
    }

    /** Energies under strain, from the labels of strained cells of one crystal at one lattice constant. */
    static List<StrainPoint> strainPoints(List<Structure> strained, String source) {
        if (strained.isEmpty()) {
            return List.of();
        }
        Structure unstrained = null;
        Object first = strained.get(0).info().get(CRYSTAL) + " "
                + strained.get(0).info().get(LATTICE_CONSTANT);
        for (Structure structure : strained) {
            Object own = structure.info().get(CRYSTAL) + " " + structure.info().get(LATTICE_CONSTANT);
            if (!own.equals(first)) {
                throw new InputException(source + ": strained cells of " + first + " and of " + own
                        + " angstrom, must be of one crystal and one lattice constant");
            }
            if (UNSTRAINED.equals(structure.info().get(STRAIN))) {
                unstrained = structure;
            }
        }
        if (unstrained == null) {
            throw new InputException(source + ": strained cells without the one of strain=" + UNSTRAINED);
        }
        double zero = unstrained.label().energy();
        double volume = unstrained.cell().volume();
        List<StrainPoint> points = new ArrayList<>();
        for (Strain strain : Strain.values()) {
            List<StrainPoint> own = new ArrayList<>();
            own.add(new StrainPoint(strain, 0, 0));
            for (Structure structure : strained) {
                if (structure == unstrained || strain(structure, source) != strain) {
                    continue;
                }
                if (!(structure.info().get(DELTA) instanceof Double delta)) {
                    throw new InputException(source + ": a strained cell has no note delta");
                }
                own.add(new StrainPoint(strain, delta, (structure.label().energy() - zero) / volume));
            }
            own.sort((a, b) -> Double.compare(a.delta(), b.delta()));
            points.addAll(own);
        }
        return points;
    }

    private static Strain strain(Structure structure, String source) {
        try {
            return Strain.named(String.valueOf(structure.info().get(STRAIN)));
        } catch (IllegalArgumentException e) {
            throw new InputException(source + ": " + e.getMessage(), e);
        }
    }
}
