package cupel.structure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An id that follows from what a structure is: its elements, positions, cell and periodicity, to the 8 decimals that files
 * hold. Label and notes do not count; the order of the atoms does, and so does a shift of the whole.
 */
public final class ContentHash {

    private ContentHash() {}

    /**
     * {@code h_} and the first 16 hexadecimal digits of the SHA-256 of the canonical text; the letter in front keeps
     * readers from taking an id such as 12e5… for a number.
     *
     * <p>Canonical text, ASCII, a line feed after each line: the nine cell numbers and three flags T or F; then per atom
     * the atomic number and x y z; numbers with 8 decimals, one space between, zero without a sign.
     */
    public static String of(Structure structure) {
        StringBuilder text = new StringBuilder(48 * (structure.size() + 2));
        for (double v : structure.cell().vectors()) {
            Decimals.appendFixed(text, v, 8);
            text.append(' ');
        }
        boolean[] periodic = structure.cell().periodic();
        text.append(periodic[0] ? 'T' : 'F').append(' ');
        text.append(periodic[1] ? 'T' : 'F').append(' ');
        text.append(periodic[2] ? 'T' : 'F').append('\n');
        for (int i = 0; i < structure.size(); i++) {
            text.append(structure.atomicNumber(i));
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ');
                Decimals.appendFixed(text, structure.position(i, axis), 8);
            }
            text.append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.US_ASCII));
            return "h_" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
