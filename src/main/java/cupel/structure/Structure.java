package cupel.structure;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Atoms at places, in a box or in free space; with, perhaps, a reference label and notes on where it came from.
 *
 * <p>Immutable. Elements are atomic numbers; positions are in angstrom, one flat array x0 y0 z0 x1 y1 z1 ….
 */
public final class Structure {

    private final int[] atomicNumbers;
    private final double[] positions;
    private final Cell cell;
    private final Label label;
    private final Map<String, Object> info;
    private final Map<String, AtomArray> arrays;

    private Structure(
            int[] atomicNumbers,
            double[] positions,
            Cell cell,
            Label label,
            Map<String, Object> info,
            Map<String, AtomArray> arrays) {
        this.atomicNumbers = atomicNumbers;
        this.positions = positions;
        this.cell = cell;
        this.label = label;
        this.info = info;
        this.arrays = arrays;
    }

    /**
     * A structure without label and notes.
     *
     * @param atomicNumbers one per atom, 1 … 118; copied
     * @param positions x y z per atom in angstrom, finite; copied
     * @param cell the box, {@link Cell#NONE} for a cluster
     */
    public static Structure of(int[] atomicNumbers, double[] positions, Cell cell) {
        if (positions.length != 3 * atomicNumbers.length) {
            throw new IllegalArgumentException(atomicNumbers.length + " atoms need " + 3 * atomicNumbers.length
                    + " coordinates, not " + positions.length);
        }
        for (int z : atomicNumbers) {
            if (z < 1 || z > 118) {
                throw new IllegalArgumentException("illegal atomic number: " + z + ", must be 1 to 118");
            }
        }
        for (int i = 0; i < positions.length; i++) {
            if (!Double.isFinite(positions[i])) {
                throw new IllegalArgumentException(
                        "illegal coordinate of atom " + (i / 3 + 1) + ": " + positions[i] + ", must be finite");
            }
        }
        return new Structure(atomicNumbers.clone(), positions.clone(), cell, null, Map.of(), Map.of());
    }

    /** A cluster of one element in free space. */
    public static Structure cluster(int atomicNumber, double... positions) {
        int[] numbers = new int[positions.length / 3];
        Arrays.fill(numbers, atomicNumber);
        return of(numbers, positions, Cell.NONE);
    }

    /**
     * The same atoms at other places. Notes are kept; what was true of the old places only is dropped: the label, the
     * arrays, and notes whose key begins with {@code NN_} (predictions).
     */
    public Structure withPositions(double[] newPositions) {
        Structure moved = of(atomicNumbers, newPositions, cell);
        Map<String, Object> kept = new LinkedHashMap<>(info);
        kept.keySet().removeIf(key -> key.startsWith("NN_"));
        return new Structure(
                moved.atomicNumbers, moved.positions, cell, null, Collections.unmodifiableMap(kept), Map.of());
    }

    /** The same structure with this label, or none when null. */
    public Structure withLabel(Label newLabel) {
        if (newLabel != null && newLabel.forces() != null && newLabel.forces().length != positions.length) {
            throw new IllegalArgumentException("a label with " + newLabel.forces().length
                    + " force components does not fit " + atomicNumbers.length + " atoms");
        }
        return new Structure(atomicNumbers, positions, cell, newLabel, info, arrays);
    }

    /**
     * The same structure with one note set; a null value removes it.
     *
     * @param key a name without spaces
     * @param value String, Long (or Integer), Double, Boolean, or an array double[], long[], boolean[], which is copied
     */
    public Structure withInfo(String key, Object value) {
        if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("illegal key of a note: '" + key + "', must be one word");
        }
        Map<String, Object> changed = new LinkedHashMap<>(info);
        if (value == null) {
            changed.remove(key);
        } else if (value instanceof Integer integer) {
            changed.put(key, integer.longValue());
        } else if (value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean) {
            changed.put(key, value);
        } else if (value instanceof double[] numbers) {
            changed.put(key, numbers.clone());
        } else if (value instanceof long[] integers) {
            changed.put(key, integers.clone());
        } else if (value instanceof boolean[] logicals) {
            changed.put(key, logicals.clone());
        } else {
            throw new IllegalArgumentException("a note is text, a number or a truth value, not a "
                    + value.getClass().getSimpleName());
        }
        return new Structure(atomicNumbers, positions, cell, label, Collections.unmodifiableMap(changed), arrays);
    }

    /** The same structure with no notes. */
    public Structure withoutInfo() {
        return new Structure(atomicNumbers, positions, cell, label, Map.of(), arrays);
    }

    /**
     * The same structure with one array of values per atom set; a null array removes it.
     *
     * @param name a name without spaces, colons, quotes and brackets; not {@code species}, {@code pos} or {@code Z}
     * @param array one row per atom
     */
    public Structure withArray(String name, AtomArray array) {
        if (name.isEmpty()
                || name.equals("species")
                || name.equals("pos")
                || name.equals("Z")
                || name.chars().anyMatch(c -> c <= ' ' || ":\"'\\{}[]".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("illegal name of an array: '" + name
                    + "', must be one word without colons, quotes and brackets, and not species, pos or Z");
        }
        if (array != null && array.rows() != size()) {
            throw new IllegalArgumentException(
                    "array " + name + " with " + array.rows() + " rows does not fit " + size() + " atoms");
        }
        Map<String, AtomArray> changed = new LinkedHashMap<>(arrays);
        if (array == null) {
            changed.remove(name);
        } else {
            changed.put(name, array);
        }
        return new Structure(atomicNumbers, positions, cell, label, info, Collections.unmodifiableMap(changed));
    }

    /** The same structure with one array of real numbers set, row after row. */
    public Structure withArray(String name, double[] values, int columns) {
        return withArray(name, AtomArray.reals(columns, values));
    }

    /** Number of atoms. */
    public int size() {
        return atomicNumbers.length;
    }

    /** Atomic number of an atom. */
    public int atomicNumber(int atom) {
        return atomicNumbers[atom];
    }

    /** Atomic numbers, one per atom; a copy. */
    public int[] atomicNumbers() {
        return atomicNumbers.clone();
    }

    /** Coordinate of an atom in angstrom; axis 0, 1, 2. */
    public double position(int atom, int axis) {
        return positions[3 * atom + axis];
    }

    /** Positions in angstrom, flat; a copy. */
    public double[] positions() {
        return positions.clone();
    }

    /** The box; {@link Cell#NONE} for a cluster. */
    public Cell cell() {
        return cell;
    }

    /** The reference label, or null when there is none. */
    public Label label() {
        return label;
    }

    /** Notes in the order in which they were set; unmodifiable, and so should arrays among them be left. */
    public Map<String, Object> info() {
        return info;
    }

    /** Arrays with one row per atom, by name, in the order in which they were set; unmodifiable. */
    public Map<String, AtomArray> arrays() {
        return arrays;
    }
}
