package cupel.structure;

import java.util.Arrays;

/**
 * A column, or several side by side, with one row per atom: predicted forces, and whatever a file had beside the
 * elements, the positions and the label. Immutable.
 */
public final class AtomArray {

    /** What a column holds; the letter is that of the extended XYZ format. */
    public enum Type {
        REAL('R'),
        INTEGER('I'),
        TEXT('S'),
        LOGICAL('L');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }

        /** R, I, S or L. */
        public char letter() {
            return letter;
        }
    }

    private final Type type;
    private final int columns;
    private final double[] reals;
    private final long[] integers;
    private final String[] texts;
    private final boolean[] logicals;

    private AtomArray(
            Type type, int columns, int length, double[] reals, long[] integers, String[] texts, boolean[] logicals) {
        if (columns < 1) {
            throw new IllegalArgumentException("illegal number of columns: " + columns + ", must be positive");
        }
        if (length % columns != 0) {
            throw new IllegalArgumentException(length + " values do not fill rows of " + columns + " columns");
        }
        this.type = type;
        this.columns = columns;
        this.reals = reals;
        this.integers = integers;
        this.texts = texts;
        this.logicals = logicals;
    }

    /**
     * Real numbers; NaN is allowed, for what an untrained potential predicts.
     *
     * @param values row after row; copied
     */
    public static AtomArray reals(int columns, double... values) {
        return new AtomArray(Type.REAL, columns, values.length, values.clone(), null, null, null);
    }

    /** Integers, row after row; copied. */
    public static AtomArray integers(int columns, long... values) {
        return new AtomArray(Type.INTEGER, columns, values.length, null, values.clone(), null, null);
    }

    /** Words without spaces, row after row; copied. */
    public static AtomArray texts(int columns, String... values) {
        for (String value : values) {
            if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException(
                        "illegal text of an atom: '" + value + "', must be one word without spaces");
            }
        }
        return new AtomArray(Type.TEXT, columns, values.length, null, null, values.clone(), null);
    }

    /** Truth values, row after row; copied. */
    public static AtomArray logicals(int columns, boolean... values) {
        return new AtomArray(Type.LOGICAL, columns, values.length, null, null, null, values.clone());
    }

    public Type type() {
        return type;
    }

    /** Values per atom. */
    public int columns() {
        return columns;
    }

    /** Number of atoms. */
    public int rows() {
        int length =
                switch (type) {
                    case REAL -> reals.length;
                    case INTEGER -> integers.length;
                    case TEXT -> texts.length;
                    case LOGICAL -> logicals.length;
                };
        return length / columns;
    }

    /** The values of a REAL array, row after row; a copy. */
    public double[] reals() {
        require(Type.REAL);
        return reals.clone();
    }

    /** The values of an INTEGER array, row after row; a copy. */
    public long[] integers() {
        require(Type.INTEGER);
        return integers.clone();
    }

    /** The values of a TEXT array, row after row; a copy. */
    public String[] texts() {
        require(Type.TEXT);
        return texts.clone();
    }

    /** The values of a LOGICAL array, row after row; a copy. */
    public boolean[] logicals() {
        require(Type.LOGICAL);
        return logicals.clone();
    }

    /** Writes one row in the form of the extended XYZ format, each value with a space before it. */
    void appendRow(StringBuilder line, int row, boolean fixedPoint) {
        for (int k = row * columns; k < (row + 1) * columns; k++) {
            switch (type) {
                case REAL -> {
                    line.append(' ');
                    int start = line.length();
                    if (fixedPoint) {
                        Decimals.appendFixed(line, reals[k], 10);
                    } else {
                        Decimals.appendShortest(line, reals[k]);
                    }
                    Decimals.padLeft(line, start, 16);
                }
                case INTEGER -> {
                    line.append(' ');
                    int start = line.length();
                    line.append(integers[k]);
                    Decimals.padLeft(line, start, 8);
                }
                case TEXT -> line.append(' ').append(texts[k]);
                case LOGICAL -> line.append(logicals[k] ? " T" : " F");
            }
        }
    }

    private void require(Type wanted) {
        if (type != wanted) {
            throw new IllegalStateException("an array of type " + type + " has no values of type " + wanted);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AtomArray array
                && type == array.type
                && columns == array.columns
                && Arrays.equals(reals, array.reals)
                && Arrays.equals(integers, array.integers)
                && Arrays.equals(texts, array.texts)
                && Arrays.equals(logicals, array.logicals);
    }

    @Override
    public int hashCode() {
        int hash = 31 * type.hashCode() + columns;
        hash = 31 * hash + Arrays.hashCode(reals);
        hash = 31 * hash + Arrays.hashCode(integers);
        hash = 31 * hash + Arrays.hashCode(texts);
        return 31 * hash + Arrays.hashCode(logicals);
    }

    @Override
    public String toString() {
        return "AtomArray[" + type + ", " + rows() + " x " + columns + "]";
    }
}
