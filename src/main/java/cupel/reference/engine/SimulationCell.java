package cupel.reference.engine;

import cupel.structure.Cell;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.Locale;

/**
 * The box in which a program that is periodic by nature computes a structure. A cluster stands in the middle of a right-angled
 * box with vacuum around it; a crystal keeps its own cell, and so does a layer or a wire if that leaves enough vacuum.
 *
 * <p>The lengths of the box of a cluster are rounded up to multiples of {@link #STEP}, so that the grid of a program does not change
 * with every small displacement of an atom. For a single atom they differ from each other: in a cubic box an open shell has
 * no preferred direction, and the self-consistency wanders.
 *
 * @param vectors ax ay az bx by bz cx cy cz in angstrom
 * @param shift what is added to the positions of the structure, x y z in angstrom
 * @param kpoints number of k-points along each reciprocal vector, in a grid that has one at Gamma
 */
record SimulationCell(double[] vectors, double[] shift, int[] kpoints) {

    /** Lengths of the box of a cluster are multiples of this, in angstrom. */
    static final double STEP = 0.5;

    /**
     * The box of a structure.
     *
     * @param vacuum between the outermost nuclei and the faces of the box, in angstrom
     * @param kpointDensity k-points per 1/angstrom along periodic vectors: n = ceil(density |b|), with 2 pi in b
     */
    static SimulationCell of(Structure structure, double vacuum, double kpointDensity) {
        return structure.cell().isPeriodic() ? crystal(structure, kpointDensity) : box(structure, vacuum);
    }

    private static SimulationCell box(Structure structure, double vacuum) {
        double[] vectors = new double[9];
        double[] shift = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < structure.size(); i++) {
                low = Math.min(low, structure.position(i, axis));
                high = Math.max(high, structure.position(i, axis));
            }
            double length = STEP * Math.ceil((high - low + 2 * vacuum) / STEP - 1e-9);
            if (structure.size() == 1) {
                length += axis * STEP;
            }
            vectors[4 * axis] = length;
            shift[axis] = (length - low - high) / 2;
        }
        return new SimulationCell(vectors, shift, new int[] {1, 1, 1});
    }

    private static SimulationCell crystal(Structure structure, double density) {
        Cell cell = structure.cell();
        int[] kpoints = new int[3];
        for (int v = 0; v < 3; v++) {
            double reciprocal = 2 * Math.PI / height(cell, v);
            // a hair less, so that rounding of the last digit of a vector does not add a point
            kpoints[v] = cell.periodic()[v] ? Math.max(1, (int) Math.ceil(density * reciprocal - 1e-9)) : 1;
        }
        return new SimulationCell(cell.vectors(), new double[3], kpoints);
    }

    /** Whether there is one k-point only, Gamma. */
    boolean isGammaOnly() {
        return kpoints[0] * kpoints[1] * kpoints[2] == 1;
    }

    /** Position of an atom in the box, x y z in angstrom. */
    double[] position(Structure structure, int atom) {
        double[] place = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            place[axis] = structure.position(atom, axis) + shift[axis];
        }
        return place;
    }

    /**
     * Refuses a layer or a wire whose cell leaves too little vacuum along a vector that does not repeat.
     *
     * @throws InputException that goes on after "structure 3 "
     */
    static void requireVacuum(Structure structure, double vacuum) {
        Cell cell = structure.cell();
        if (!cell.isPeriodic()) {
            return;
        }
        for (int v = 0; v < 3; v++) {
            if (cell.periodic()[v]) {
                continue;
            }
            double[] normal = normal(cell, v);
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < structure.size(); i++) {
                double along = structure.position(i, 0) * normal[0]
                        + structure.position(i, 1) * normal[1]
                        + structure.position(i, 2) * normal[2];
                low = Math.min(low, along);
                high = Math.max(high, along);
            }
            double gap = height(cell, v) - (high - low);
            if (gap < 2 * vacuum - 1e-6) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "does not repeat along its vector %c, and its cell leaves %.2f angstrom of vacuum there where %.2f are"
                                + " needed (the setting vacuum, on both sides); make the cell longer",
                        'a' + v,
                        gap,
                        2 * vacuum));
            }
        }
    }

    /** Distance between the two faces of the cell that the vector connects. */
    private static double height(Cell cell, int vector) {
        double[] normal = normal(cell, vector);
        double[] v = cell.vectors();
        return Math.abs(v[3 * vector] * normal[0] + v[3 * vector + 1] * normal[1] + v[3 * vector + 2] * normal[2]);
    }

    /** Unit vector at right angles to the other two vectors. */
    private static double[] normal(Cell cell, int vector) {
        double[] v = cell.vectors();
        int p = 3 * ((vector + 1) % 3);
        int q = 3 * ((vector + 2) % 3);
        double x = v[p + 1] * v[q + 2] - v[p + 2] * v[q + 1];
        double y = v[p + 2] * v[q] - v[p] * v[q + 2];
        double z = v[p] * v[q + 1] - v[p + 1] * v[q];
        double length = Math.sqrt(x * x + y * y + z * z);
        return new double[] {x / length, y / length, z / length};
    }
}
