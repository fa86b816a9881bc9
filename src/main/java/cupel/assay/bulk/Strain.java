package cupel.assay.bulk;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The three strains that give the elastic constants of a cubic crystal, table 1 of Loeffler et al. (2020); components that are
 * not named are 0, V0 is the volume without strain, e6 = 2 e_xy the engineering shear:
 *
 * <pre>
 *   tetragonal   e1 = e2 = δ, e3 = (1 + δ)⁻² − 1       ΔE/V0 = 3 (C11 − C12) δ²
 *   volumetric   e1 = e2 = e3 = δ                      ΔE/V0 = 3/2 (C11 + 2 C12) δ²
 *   shear        e6 = δ, e3 = δ² (4 − δ²)⁻¹            ΔE/V0 = 1/2 C44 δ²
 * </pre>
 *
 * <p>A position r becomes (1 + e) r, e symmetric. The first and the third keep the volume: their determinants are (1 + δ)² (1 +
 * e3) and (1 − δ²/4) (1 + e3), and what keeps them at 1 is the e3 above. So a crystal that is not quite at its lattice constant
 * gives nearly the same C11 − C12 and C44: the pressure that is left has no volume to work on.
 */
public enum Strain {
    /** Longer along two axes, shorter along the third; volume conserving. */
    TETRAGONAL(3),
    /** Longer along all axes. */
    VOLUMETRIC(1.5),
    /** Two axes bent towards each other; volume conserving. */
    SHEAR(0.5);

    private final double factor;

    Strain(double factor) {
        this.factor = factor;
    }

    /**
     * The strain of a name.
     *
     * @throws IllegalArgumentException when it is none of {@link #names()}
     */
    public static Strain named(String name) {
        for (Strain strain : values()) {
            if (strain.toString().equals(name)) {
                return strain;
            }
        }
        throw new IllegalArgumentException("illegal strain: " + name + ", must be one of " + names());
    }

    /** All names, comma-separated. */
    public static String names() {
        return Arrays.stream(values()).map(Strain::toString).collect(Collectors.joining(", "));
    }

    /** The name: {@code tetragonal}, {@code volumetric} or {@code shear}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What C11 − C12, C11 + 2 C12 or C44 is multiplied with in ΔE/V0. */
    double factor() {
        return factor;
    }

    /** The matrix 1 + e, symmetric, row after row. */
    public double[] deformation(double delta) {
        if (!(Math.abs(delta) < 0.5)) {
            throw new IllegalArgumentException("illegal strain: " + delta + ", must be between -0.5 and 0.5");
        }
        return switch (this) {
            case TETRAGONAL -> new double[] {1 + delta, 0, 0, 0, 1 + delta, 0, 0, 0, 1 / ((1 + delta) * (1 + delta))};
            case VOLUMETRIC -> new double[] {1 + delta, 0, 0, 0, 1 + delta, 0, 0, 0, 1 + delta};
            case SHEAR ->
                new double[] {1, delta / 2, 0, delta / 2, 1, 0, 0, 0, 1 + delta * delta / (4 - delta * delta)};
        };
    }

    /** The structure with its cell and all positions strained; without label and notes. */
    public Structure apply(Structure structure, double delta) {
        double[] f = deformation(delta);
        return Structure.of(
                structure.atomicNumbers(),
                strained(structure.positions(), f),
                new Cell(
                        strained(structure.cell().vectors(), f),
                        structure.cell().periodic()));
    }

    private static double[] strained(double[] rows, double[] f) {
        double[] strained = new double[rows.length];
        for (int r = 0; r < rows.length; r += 3) {
            for (int k = 0; k < 3; k++) {
                strained[r + k] = f[3 * k] * rows[r] + f[3 * k + 1] * rows[r + 1] + f[3 * k + 2] * rows[r + 2];
            }
        }
        return strained;
    }
}
