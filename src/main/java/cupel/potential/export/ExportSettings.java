package cupel.potential.export;

import java.util.regex.Pattern;

/**
 * What to write and under which name.
 *
 * @param program whose files to write
 * @param name of the model, letters, digits and underscores: what LAMMPS calls a KIM model by; null for one made of the elements
 * @param withoutPairing whether a pairing energy may be left out, which no other program knows; energies then differ by it and forces
 *     by nothing
 */
public record ExportSettings(Program program, String name, boolean withoutPairing) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    public ExportSettings {
        if (program == null) {
            throw new IllegalArgumentException("illegal program: null");
        }
        if (name != null && !isName(name)) {
            throw new IllegalArgumentException(
                    "illegal name of a model: " + name + ", must be a letter and then letters, digits and underscores");
        }
    }

    /** Whether a word can be the name of a model. */
    public static boolean isName(String word) {
        return NAME.matcher(word).matches();
    }
}
