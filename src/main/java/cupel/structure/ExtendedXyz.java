package cupel.structure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Extended XYZ files, as ASE, OVITO, MACE and others read and write them: per frame the number of atoms, a line of
 * {@code key=value} pairs, and a line per atom with the columns that {@code Properties} names.
 *
 * <p>Labels are written under {@code REF_energy} (eV), {@code REF_forces} (eV/angstrom) and {@code REF_stress}
 * (eV/angstrom³, 9 numbers, tension positive), and read from those or from {@code energy}, {@code forces} and
 * {@code stress}. Notes are the other pairs, arrays the other columns; both survive reading and writing. Reading is
 * strict: what does not fit is refused with file, line and value, never dropped. {@code docs/formats.md} has the details.
 */
public final class ExtendedXyz {

    /** What the parts of a label are called. */
    public enum Keys {
        /** {@code REF_energy}, {@code REF_forces}, {@code REF_stress}: Cupel's own, and those that MACE looks for. */
        REFERENCE("REF_"),
        /** {@code energy}, {@code forces}, {@code stress}: what ASE takes for results of a calculator. */
        PLAIN("");

        private final String prefix;

        Keys(String prefix) {
            this.prefix = prefix;
        }
    }

    private ExtendedXyz() {}

    /**
     * All frames of a file; an empty list for an empty file.
     *
     * @throws InputException when the file cannot be read, naming the line and the value
     */
    public static List<Structure> read(Path file) {
        List<Structure> structures = new ArrayList<>();
        try (ExtendedXyzReader reader = ExtendedXyzReader.open(file)) {
            for (Structure next = reader.next(); next != null; next = reader.next()) {
                structures.add(next);
            }
        }
        return structures;
    }

    /**
     * All frames of a text.
     *
     * @param text closed at the end
     * @param nameForMessages what to call the text in messages
     */
    public static List<Structure> read(Reader text, Path nameForMessages) {
        List<Structure> structures = new ArrayList<>();
        try (ExtendedXyzReader reader = new ExtendedXyzReader(new BufferedReader(text), nameForMessages)) {
            for (Structure next = reader.next(); next != null; next = reader.next()) {
                structures.add(next);
            }
        }
        return structures;
    }

    /** Writes the file whole or not at all; see {@link AtomicFile}. */
    public static void write(Path file, List<Structure> structures) {
        write(file, structures, Keys.REFERENCE);
    }

    /** Writes the file whole or not at all, with these names for the parts of labels. */
    public static void write(Path file, List<Structure> structures, Keys keys) {
        AtomicFile.write(file, out -> {
            for (Structure structure : structures) {
                out.write(format(structure, keys));
            }
        });
    }

    /** Appends one frame. */
    public static void write(Writer out, Structure structure) throws IOException {
        out.write(format(structure));
    }

    /**
     * One frame as text: positions with 8 decimals, label energy, forces, stress and {@code NN_} arrays with 10, notes and
     * cell vectors exactly.
     *
     * @throws IllegalArgumentException when a note has the name of something else of the format
     */
    public static String format(Structure structure) {
        return format(structure, Keys.REFERENCE);
    }

    private static String format(Structure structure, Keys keys) {
        Label label = structure.label();
        boolean forces = label != null && label.forces() != null;
        List<Map.Entry<String, AtomArray>> arrays = new ArrayList<>();
        for (Map.Entry<String, AtomArray> array : structure.arrays().entrySet()) {
            // A label supersedes columns of the name that would be read as one.
            if (array.getKey().equals("REF_forces")) {
                throw new IllegalArgumentException("illegal array: REF_forces, belongs into the label");
            }
            if (label == null || !array.getKey().equals("forces")) {
                arrays.add(array);
            }
        }

        StringBuilder out = new StringBuilder(80 * (structure.size() + 3));
        out.append(structure.size()).append('\n');
        if (!structure.cell().isNone()) {
            double[] vectors = structure.cell().vectors();
            out.append("Lattice=\"");
            for (int k = 0; k < 9; k++) {
                if (k > 0) {
                    out.append(' ');
                }
                Decimals.appendShortest(out, vectors[k]);
            }
            out.append("\" ");
        }
        out.append("Properties=species:S:1:pos:R:3");
        if (forces) {
            out.append(':').append(keys.prefix).append("forces:R:3");
        }
        for (Map.Entry<String, AtomArray> array : arrays) {
            out.append(':').append(array.getKey());
            out.append(':').append(array.getValue().type().letter());
            out.append(':').append(array.getValue().columns());
        }
        if (label != null) {
            out.append(' ').append(keys.prefix).append("energy=");
            Decimals.appendFixed(out, label.energy(), 10);
            if (label.stress() != null) {
                double[] s = label.stress();
                double[] full = {s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]};
                out.append(' ').append(keys.prefix).append("stress=\"");
                for (int k = 0; k < 9; k++) {
                    if (k > 0) {
                        out.append(' ');
                    }
                    Decimals.appendFixed(out, full[k], 10);
                }
                out.append('"');
            }
        }
        boolean[] periodic = structure.cell().periodic();
        out.append(" pbc=\"");
        for (int k = 0; k < 3; k++) {
            out.append(k > 0 ? " " : "").append(periodic[k] ? 'T' : 'F');
        }
        out.append('"');
        for (Map.Entry<String, Object> note : structure.info().entrySet()) {
            switch (note.getKey()) {
                case "Lattice", "Properties", "pbc", "energy", "REF_energy", "REF_stress" ->
                    throw new IllegalArgumentException(
                            "illegal note: " + note.getKey() + ", belongs into the structure's cell or label");
                default -> {
                    if (label == null || !note.getKey().equals("stress")) {
                        out.append(' ');
                        CommentLine.append(out, note.getKey(), note.getValue());
                    }
                }
            }
        }
        out.append('\n');

        for (int i = 0; i < structure.size(); i++) {
            String symbol = Elements.symbol(structure.atomicNumber(i));
            out.append(symbol).append(symbol.length() == 1 ? " " : "");
            for (int axis = 0; axis < 3; axis++) {
                appendFixedColumn(out, structure.position(i, axis), 8);
            }
            if (forces) {
                for (int axis = 0; axis < 3; axis++) {
                    appendFixedColumn(out, label.forces()[3 * i + axis], 10);
                }
            }
            for (Map.Entry<String, AtomArray> array : arrays) {
                array.getValue().appendRow(out, i, array.getKey().startsWith("NN_"));
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static void appendFixedColumn(StringBuilder out, double value, int decimals) {
        out.append(' ');
        int start = out.length();
        Decimals.appendFixed(out, value, decimals);
        Decimals.padLeft(out, start, 16);
    }

    /** Opens a text file for reading, with a message for people when it cannot be. */
    static BufferedReader open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new InputException(file + ": cannot be read: it is a directory");
            }
            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + AtomicFile.reason(e), e);
        }
    }
}
