package cupel.structure;

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

    private Structure(int[] atomicNumbers, double[] positions, Cell cell, Label label, Map<String, Object> info) {
        this.atomicNumbers = atomicNumbers;
        this.positions = positions;
        this.cell = cell;
        this.label = label;
        this.info = info;
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
        return new Structure(atomicNumbers.clone(), positions.clone(), cell, null, Map.of());
    }

    /** A cluster of one element in free space. */
    public static Structure cluster(int atomicNumber, double... positions) {
        int[] numbers = new int[positions.length / 3];
        java.util.Arrays.fill(numbers, atomicNumber);
        return of(numbers, positions, Cell.NONE);
    }

    /** The same atoms at other places; label dropped, notes kept. */
    public Structure withPositions(double[] newPositions) {
        Structure moved = of(atomicNumbers, newPositions, cell);
        return new Structure(moved.atomicNumbers, moved.positions, cell, null, info);
    }

    /** The same structure with this label, or none when null. */
    public Structure withLabel(Label newLabel) {
        if (newLabel != null && newLabel.forces() != null && newLabel.forces().length != positions.length) {
            throw new IllegalArgumentException("a label with " + newLabel.forces().length
                    + " force components does not fit " + atomicNumbers.length + " atoms");
        }
        return new Structure(atomicNumbers, positions, cell, newLabel, info);
    }

    /** The same structure with one note set; a null value removes it. Values: String, Long, Double, Boolean. */
    public Structure withInfo(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(info);
        if (value == null) {
            changed.remove(key);
        } else if (value instanceof Integer integer) {
            changed.put(key, integer.longValue());
        } else if (value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof double[]) {
            changed.put(key, value);
        } else {
            throw new IllegalArgumentException("a note is text, a number or a truth value, not a "
                    + value.getClass().getSimpleName());
        }
        return new Structure(atomicNumbers, positions, cell, label, Collections.unmodifiableMap(changed));
    }

    /** The same structure with no notes. */
    public Structure withoutInfo() {
        return new Structure(atomicNumbers, positions, cell, label, Map.of());
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

    /** Notes in the order in which they were set; unmodifiable. */
    public Map<String, Object> info() {
        return info;
    }
}
