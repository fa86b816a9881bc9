package cupel.structure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads extended XYZ frame by frame, for files that are larger than memory; {@link ExtendedXyz#read} reads them whole. */
public final class ExtendedXyzReader implements Closeable {

    /** Two labels of one structure, under {@code REF_} keys and under plain ones, that differ by more than this are refused. */
    private static final double LABEL_TOLERANCE = 1e-6;

    private final BufferedReader in;
    private final Path name;
    private long line;
    private long previousFrame;

    ExtendedXyzReader(BufferedReader in, Path nameForMessages) {
        this.in = in;
        this.name = nameForMessages;
    }

    /**
     * Opens a file.
     *
     * @throws InputException when it cannot be opened
     */
    public static ExtendedXyzReader open(Path file) {
        return new ExtendedXyzReader(ExtendedXyz.open(file), file);
    }

    /**
     * The next frame, or null at the end of the file.
     *
     * @throws InputException when the frame cannot be read, naming the line and the value
     */
    public Structure next() {
        String header = readLine();
        if (header == null || (header.isBlank() && onlyBlankLinesFollow())) {
            return null;
        }
        long headerLine = line;
        int atoms = atomCount(header.strip());
        String comment = readLine();
        if (comment == null) {
            throw InputException.at(
                    name, headerLine, "the file ends after the number of atoms: the comment line is missing");
        }
        long commentLine = line;
        Map<String, CommentLine.Value> pairs;
        try {
            pairs = CommentLine.parse(comment);
        } catch (IllegalArgumentException e) {
            throw InputException.at(name, commentLine, e.getMessage());
        }
        List<Column> columns = columns(pairs.remove("Properties"), commentLine);
        Cell cell = cell(pairs.remove("Lattice"), pairs.remove("pbc"), commentLine);
        readAtoms(atoms, columns, headerLine);
        previousFrame = headerLine;
        return structure(atoms, columns, cell, pairs, headerLine, commentLine);
    }

    private Structure structure(
            int atoms,
            List<Column> columns,
            Cell cell,
            Map<String, CommentLine.Value> pairs,
            long headerLine,
            long commentLine) {
        Map<String, Column> byName = new LinkedHashMap<>();
        for (Column column : columns) {
            byName.put(column.name, column);
        }
        Structure structure = Structure.of(
                elements(byName, atoms, headerLine), byName.remove("pos").reals(atoms), cell);

        Double energy = energy(pairs, commentLine);
        if (energy == null) {
            // Forces or stress alone are no label; under our own keys they are one that lost its energy.
            if (byName.containsKey("REF_forces") || pairs.containsKey("REF_stress")) {
                throw InputException.at(
                        name, commentLine, "REF_forces or REF_stress without REF_energy: a label needs an energy");
            }
        } else {
            double[] forces = forces(byName, atoms, headerLine);
            double[] stress = stress(pairs, commentLine);
            structure = structure.withLabel(new Label(energy, forces, stress));
        }
        for (Map.Entry<String, CommentLine.Value> pair : pairs.entrySet()) {
            structure = structure.withInfo(pair.getKey(), CommentLine.interpret(pair.getKey(), pair.getValue()));
        }
        try {
            for (Column column : byName.values()) {
                structure = structure.withArray(column.name, column.array(atoms));
            }
        } catch (IllegalArgumentException e) {
            throw InputException.at(name, commentLine, e.getMessage());
        }
        return structure;
    }

    // ---- lines ------------------------------------------------------------------------------------------------------

    private String readLine() {
        try {
            String text = in.readLine();
            if (text != null) {
                line++;
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InputException(name + ":" + (line + 1) + ": not a text file in UTF-8", e);
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(name + ": cannot be read: " + AtomicFile.reason(e), e);
        }
    }

    private boolean onlyBlankLinesFollow() {
        long blank = line;
        for (String text = readLine(); text != null; text = readLine()) {
            if (!text.isBlank()) {
                throw InputException.at(
                        name, blank, "a blank line between frames, where other programs stop reading: remove it");
            }
        }
        return true;
    }

    private int atomCount(String header) {
        boolean digits = !header.isEmpty() && header.chars().allMatch(c -> c >= '0' && c <= '9');
        int count = -1;
        if (digits) {
            try {
                count = Integer.parseInt(header);
            } catch (NumberFormatException e) {
                count = -1;
            }
        }
        if (count < 1) {
            String message =
                    "expected the number of atoms of a frame, a positive integer, not '" + shorten(header) + "'";
            if (previousFrame > 0) {
                message += "; or the frame that begins at line " + previousFrame
                        + " has more lines than the number of atoms that it states";
            }
            throw InputException.at(name, line, message);
        }
        return count;
    }

    // ---- the comment line -------------------------------------------------------------------------------------------

    private List<Column> columns(CommentLine.Value properties, long commentLine) {
        String text = properties == null ? "species:S:1:pos:R:3" : properties.text();
        String[] fields = text.split(":", -1);
        if (fields.length % 3 != 0) {
            throw InputException.at(
                    name, commentLine, "Properties is '" + text + "', must be triples of name:type:columns");
        }
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.length; i += 3) {
            String column = fields[i];
            if (column.isEmpty() || !names.add(column)) {
                throw InputException.at(
                        name,
                        commentLine,
                        "Properties has the column name '" + column + "' "
                                + (column.isEmpty() ? "with no letters" : "twice"));
            }
            AtomArray.Type type =
                    switch (fields[i + 1]) {
                        case "R" -> AtomArray.Type.REAL;
                        case "I" -> AtomArray.Type.INTEGER;
                        case "S" -> AtomArray.Type.TEXT;
                        case "L" -> AtomArray.Type.LOGICAL;
                        default ->
                            throw InputException.at(
                                    name,
                                    commentLine,
                                    "Properties gives column " + column + " the type '" + fields[i + 1]
                                            + "', must be R, I, S or L");
                    };
            int width = fields[i + 2].matches("[1-9][0-9]{0,5}") ? Integer.parseInt(fields[i + 2]) : 0;
            if (width == 0) {
                throw InputException.at(
                        name,
                        commentLine,
                        "Properties gives column " + column + " the width '" + fields[i + 2]
                                + "', must be a positive integer");
            }
            columns.add(new Column(column, type, width));
        }
        requireColumn(columns, "pos", AtomArray.Type.REAL, 3, commentLine);
        requireColumn(columns, "forces", AtomArray.Type.REAL, 3, commentLine);
        requireColumn(columns, "REF_forces", AtomArray.Type.REAL, 3, commentLine);
        requireColumn(columns, "species", AtomArray.Type.TEXT, 1, commentLine);
        requireColumn(columns, "Z", AtomArray.Type.INTEGER, 1, commentLine);
        if (!names.contains("pos")) {
            throw InputException.at(name, commentLine, "Properties has no column pos: '" + text + "'");
        }
        if (!names.contains("species") && !names.contains("Z")) {
            throw InputException.at(name, commentLine, "Properties has no column species: '" + text + "'");
        }
        return columns;
    }

    private void requireColumn(List<Column> columns, String wanted, AtomArray.Type type, int width, long commentLine) {
        for (Column column : columns) {
            if (column.name.equals(wanted) && (column.type != type || column.width != width)) {
                throw InputException.at(
                        name,
                        commentLine,
                        "Properties has " + wanted + ":" + column.type.letter() + ":" + column.width + ", must be "
                                + wanted + ":" + type.letter() + ":" + width);
            }
        }
    }

    private Cell cell(CommentLine.Value lattice, CommentLine.Value pbc, long commentLine) {
        double[] vectors = new double[9];
        if (lattice != null) {
            vectors = numbers("Lattice", lattice, commentLine);
            if (vectors.length != 9) {
                throw InputException.at(
                        name,
                        commentLine,
                        "Lattice is '" + lattice.text() + "', must be 9 numbers: ax ay az bx by bz cx cy cz");
            }
        }
        // The format's own rule: a lattice without pbc repeats everywhere, no lattice repeats nowhere.
        boolean[] periodic = {lattice != null, lattice != null, lattice != null};
        if (pbc != null) {
            List<String> words = CommentLine.words(pbc.text());
            if (words.size() != 1 && words.size() != 3) {
                throw InputException.at(
                        name, commentLine, "pbc is '" + pbc.text() + "', must be three of T and F, such as \"T T F\"");
            }
            for (int k = 0; k < 3; k++) {
                String word = words.get(words.size() == 1 ? 0 : k);
                periodic[k] = truth(word, commentLine, "pbc");
            }
        }
        try {
            return new Cell(vectors, periodic);
        } catch (IllegalArgumentException e) {
            String hint = lattice == null ? "pbc is '" + pbc.text() + "' but there is no Lattice: " : "";
            throw InputException.at(name, commentLine, hint + e.getMessage());
        }
    }

    private Double energy(Map<String, CommentLine.Value> pairs, long commentLine) {
        Double reference = energy("REF_energy", pairs.remove("REF_energy"), commentLine);
        Double plain = energy("energy", pairs.remove("energy"), commentLine);
        if (reference != null && plain != null && Math.abs(reference - plain) > LABEL_TOLERANCE) {
            throw InputException.at(
                    name,
                    commentLine,
                    "REF_energy is " + reference + " and energy is " + plain
                            + ": one label must be chosen, remove or rename the other");
        }
        return reference != null ? reference : plain;
    }

    private Double energy(String key, CommentLine.Value value, long commentLine) {
        if (value == null) {
            return null;
        }
        return real(value.text().strip(), commentLine, key);
    }

    private double[] stress(Map<String, CommentLine.Value> pairs, long commentLine) {
        double[] reference = stress("REF_stress", pairs.remove("REF_stress"), commentLine);
        double[] plain = stress("stress", pairs.remove("stress"), commentLine);
        if (reference != null && plain != null) {
            for (int k = 0; k < 6; k++) {
                if (Math.abs(reference[k] - plain[k]) > LABEL_TOLERANCE) {
                    throw InputException.at(
                            name,
                            commentLine,
                            "REF_stress and stress differ (" + reference[k] + ", " + plain[k]
                                    + "): one label must be chosen, remove or rename the other");
                }
            }
        }
        return reference != null ? reference : plain;
    }

    private double[] stress(String key, CommentLine.Value value, long commentLine) {
        if (value == null) {
            return null;
        }
        double[] s = numbers(key, value, commentLine);
        if (s.length == 6) {
            return s;
        }
        if (s.length != 9) {
            throw InputException.at(
                    name,
                    commentLine,
                    key + " is '" + value.text() + "', must be 9 numbers, row by row, or 6: xx yy zz yz xz xy");
        }
        double scale = 0;
        for (double v : s) {
            scale = Math.max(scale, Math.abs(v));
        }
        for (int[] pair : new int[][] {{1, 3}, {2, 6}, {5, 7}}) {
            if (Math.abs(s[pair[0]] - s[pair[1]]) > LABEL_TOLERANCE * Math.max(1, scale)) {
                throw InputException.at(
                        name,
                        commentLine,
                        key + " is not symmetric: " + s[pair[0]] + " and " + s[pair[1]] + " should be equal");
            }
        }
        return new double[] {s[0], s[4], s[8], 0.5 * (s[5] + s[7]), 0.5 * (s[2] + s[6]), 0.5 * (s[1] + s[3])};
    }

    private double[] numbers(String key, CommentLine.Value value, long commentLine) {
        List<String> words = CommentLine.words(value.text());
        double[] numbers = new double[words.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = real(words.get(i), commentLine, key);
        }
        return numbers;
    }

    // ---- the atoms --------------------------------------------------------------------------------------------------

    /** One entry of Properties and what its column, or columns, hold so far. Grows: the stated count is not to be trusted. */
    private static final class Column {
        final String name;
        final AtomArray.Type type;
        final int width;
        double[] reals = new double[0];
        long[] integers = new long[0];
        String[] texts = new String[0];
        boolean[] logicals = new boolean[0];
        int length;

        Column(String name, AtomArray.Type type, int width) {
            this.name = name;
            this.type = type;
            this.width = width;
        }

        /** What is not predicted or foreign must be finite. */
        boolean mustBeFinite() {
            return name.equals("pos") || name.equals("forces") || name.equals("REF_forces");
        }

        void reserve() {
            switch (type) {
                case REAL -> {
                    if (length == reals.length) {
                        reals = Arrays.copyOf(reals, Math.max(48, 2 * length));
                    }
                }
                case INTEGER -> {
                    if (length == integers.length) {
                        integers = Arrays.copyOf(integers, Math.max(16, 2 * length));
                    }
                }
                case TEXT -> {
                    if (length == texts.length) {
                        texts = Arrays.copyOf(texts, Math.max(16, 2 * length));
                    }
                }
                case LOGICAL -> {
                    if (length == logicals.length) {
                        logicals = Arrays.copyOf(logicals, Math.max(16, 2 * length));
                    }
                }
            }
        }

        double[] reals(int atoms) {
            return Arrays.copyOf(reals, width * atoms);
        }

        AtomArray array(int atoms) {
            return switch (type) {
                case REAL -> AtomArray.reals(width, reals(atoms));
                case INTEGER -> AtomArray.integers(width, Arrays.copyOf(integers, width * atoms));
                case TEXT -> AtomArray.texts(width, Arrays.copyOf(texts, width * atoms));
                case LOGICAL -> AtomArray.logicals(width, Arrays.copyOf(logicals, width * atoms));
            };
        }
    }

    private void readAtoms(int atoms, List<Column> columns, long headerLine) {
        int expected = 0;
        for (Column column : columns) {
            expected += column.width;
        }
        String[] words = new String[expected];
        for (int atom = 1; atom <= atoms; atom++) {
            String text = readLine();
            if (text == null) {
                throw InputException.at(
                        name,
                        line,
                        "the file ends after " + (atom - 1) + " of the " + atoms
                                + " atoms of the frame that begins at line " + headerLine);
            }
            int found = split(text, words);
            if (found != expected) {
                throw InputException.at(
                        name,
                        line,
                        "atom " + atom + " of " + atoms + " has " + found + " columns, must be " + expected + " ("
                                + describe(columns) + "): '" + shorten(text.strip()) + "'");
            }
            int next = 0;
            for (Column column : columns) {
                for (int k = 0; k < column.width; k++) {
                    store(column, words[next++]);
                }
            }
        }
    }

    private void store(Column column, String word) {
        column.reserve();
        switch (column.type) {
            case REAL -> {
                if (column.mustBeFinite()) {
                    column.reals[column.length] = real(word, line, column.name);
                } else if (CommentLine.isReal(word)) {
                    column.reals[column.length] = CommentLine.parseReal(word);
                } else {
                    throw InputException.at(name, line, notANumber(column.name, word));
                }
            }
            case INTEGER -> {
                try {
                    column.integers[column.length] = Long.parseLong(word);
                } catch (NumberFormatException e) {
                    throw InputException.at(name, line, column.name + " is '" + word + "', must be an integer");
                }
            }
            case TEXT -> column.texts[column.length] = word;
            case LOGICAL -> column.logicals[column.length] = truth(word, line, column.name);
        }
        column.length++;
    }

    private int[] elements(Map<String, Column> byName, int atoms, long headerLine) {
        Column species = byName.remove("species");
        Column numbers = byName.remove("Z");
        int[] elements = new int[atoms];
        for (int i = 0; i < atoms; i++) {
            long atomLine = headerLine + 2 + i;
            try {
                if (species != null) {
                    elements[i] = Elements.atomicNumber(capitalized(species.texts[i]));
                } else {
                    elements[i] = (int) Math.max(0, Math.min(1000, numbers.integers[i]));
                    Elements.symbol(elements[i]);
                }
            } catch (IllegalArgumentException e) {
                String word = species != null ? species.texts[i] : Long.toString(numbers.integers[i]);
                throw InputException.at(
                        name, atomLine, "unknown element: '" + word + "', must be a chemical symbol such as Au");
            }
            if (species != null && numbers != null && numbers.integers[i] != elements[i]) {
                throw InputException.at(
                        name,
                        atomLine,
                        "species is " + species.texts[i] + " but Z is " + numbers.integers[i] + ", must be "
                                + elements[i]);
            }
        }
        return elements;
    }

    private double[] forces(Map<String, Column> byName, int atoms, long headerLine) {
        Column reference = byName.remove("REF_forces");
        Column plain = byName.remove("forces");
        if (reference != null && plain != null) {
            for (int k = 0; k < 3 * atoms; k++) {
                if (Math.abs(reference.reals[k] - plain.reals[k]) > LABEL_TOLERANCE) {
                    throw InputException.at(
                            name,
                            headerLine + 2 + k / 3,
                            "REF_forces and forces differ (" + reference.reals[k] + ", " + plain.reals[k]
                                    + "): one label must be chosen, remove or rename the other");
                }
            }
        }
        Column chosen = reference != null ? reference : plain;
        return chosen == null ? null : chosen.reals(atoms);
    }

    // ---- words ------------------------------------------------------------------------------------------------------

    private double real(String word, long where, String what) {
        if (Decimals.isDecimal(word)) {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value)) {
                return value;
            }
        }
        throw InputException.at(name, where, notANumber(what, word));
    }

    private static String notANumber(String what, String word) {
        String hint = word.matches("[+-]?[0-9.]+[dD][+-]?[0-9]+") ? " (an exponent is written with e, not d)" : "";
        return what + " is '" + shorten(word) + "', must be a finite number" + hint;
    }

    private boolean truth(String word, long where, String what) {
        return switch (word) {
            case "T", "True", "true", "TRUE", "1" -> true;
            case "F", "False", "false", "FALSE", "0" -> false;
            default -> throw InputException.at(name, where, what + " is '" + shorten(word) + "', must be T or F");
        };
    }

    /** Splits at spaces and tabs; returns how many words there are, also when they are more than fit. */
    private static int split(String text, String[] words) {
        int found = 0;
        int i = 0;
        int n = text.length();
        while (true) {
            while (i < n && text.charAt(i) <= ' ') {
                i++;
            }
            if (i == n) {
                return found;
            }
            int start = i;
            while (i < n && text.charAt(i) > ' ') {
                i++;
            }
            if (found < words.length) {
                words[found] = text.substring(start, i);
            }
            found++;
        }
    }

    private static String capitalized(String symbol) {
        // Some programs write AU; any other spelling is refused by the table of elements.
        return symbol.length() == 2
                        && Character.isUpperCase(symbol.charAt(0))
                        && Character.isUpperCase(symbol.charAt(1))
                ? symbol.charAt(0) + symbol.substring(1).toLowerCase(java.util.Locale.ROOT)
                : symbol;
    }

    private static String describe(List<Column> columns) {
        StringBuilder text = new StringBuilder();
        for (Column column : columns) {
            text.append(text.isEmpty() ? "" : ", ").append(column.name);
            if (column.width > 1) {
                text.append(" x ").append(column.width);
            }
        }
        return text.toString();
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new InputException(name + ": cannot be closed: " + AtomicFile.reason(e), e);
        }
    }
}
