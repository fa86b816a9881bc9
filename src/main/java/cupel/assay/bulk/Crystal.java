package cupel.assay.bulk;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The cubic crystals of one element that are measured. */
public enum Crystal {
    /** Face-centred cubic. */
    FCC(12, Math.sqrt(0.5), new double[] {0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0}, new double[] {0, 0, 0}, new double[] {
        0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0
    }),
    /** Body-centred cubic. */
    BCC(
            8,
            Math.sqrt(0.75),
            new double[] {-0.5, 0.5, 0.5, 0.5, -0.5, 0.5, 0.5, 0.5, -0.5},
            new double[] {0, 0, 0},
            new double[] {0, 0, 0, 0.5, 0.5, 0.5}),
    /** Simple cubic. */
    SC(6, 1, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new double[] {0, 0, 0}, new double[] {0, 0, 0}),
    /** Diamond. */
    DIAMOND(
            4,
            Math.sqrt(3) / 4,
            new double[] {0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0},
            new double[] {0, 0, 0, 0.25, 0.25, 0.25},
            new double[] {
                0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0, 0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.75,
                0.75, 0.75, 0.25
            });

    private final int coordination;
    private final double neighbourDistance;
    private final double[] vectors;
    private final double[] basis;
    private final double[] cube;

    Crystal(int coordination, double neighbourDistance, double[] vectors, double[] basis, double[] cube) {
        this.coordination = coordination;
        this.neighbourDistance = neighbourDistance;
        this.vectors = vectors;
        this.basis = basis;
        this.cube = cube;
    }

    /**
     * The crystal of a name.
     *
     * @throws IllegalArgumentException when it is none of {@link #names()}
     */
    public static Crystal named(String name) {
        for (Crystal crystal : values()) {
            if (crystal.toString().equals(name)) {
                return crystal;
            }
        }
        throw new IllegalArgumentException("illegal crystal: " + name + ", must be one of " + names());
    }

    /** All names, comma-separated. */
    public static String names() {
        return Arrays.stream(values()).map(Crystal::toString).collect(Collectors.joining(", "));
    }

    /** The name: {@code fcc}, {@code bcc}, {@code sc} or {@code diamond}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Nearest neighbours of an atom. */
    public int coordination() {
        return coordination;
    }

    /** Whether symmetry leaves the atoms of a strained primitive cell free to move against each other. */
    public boolean hasInternalCoordinates() {
        return basis.length > 3;
    }

    /** Atoms in a cube whose edge is the lattice constant. */
    public int atomsInCube() {
        return cube.length / 3;
    }

    /** Distance of nearest neighbours in units of length of the lattice constant. */
    public double neighbourDistance(double latticeConstant) {
        return neighbourDistance * latticeConstant;
    }

    /** The lattice constant at a distance of nearest neighbours. */
    public double latticeConstantAt(double neighbours) {
        return neighbours / neighbourDistance;
    }

    /** Volume of an atom in cubic angstrom at a lattice constant in angstrom. */
    public double volumePerAtom(double latticeConstant) {
        return latticeConstant * latticeConstant * latticeConstant / atomsInCube();
    }

    /** The lattice constant in angstrom at a volume of an atom in cubic angstrom. */
    public double latticeConstant(double volumePerAtom) {
        return Math.cbrt(volumePerAtom * atomsInCube());
    }

    /** The smallest cell: one atom, two in diamond. */
    public Structure primitive(int atomicNumber, double latticeConstant) {
        return structure(atomicNumber, latticeConstant, basis, vectors);
    }

    /** The cube whose edge is the lattice constant. */
    public Structure conventional(int atomicNumber, double latticeConstant) {
        return structure(atomicNumber, latticeConstant, cube, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }

    private static Structure structure(int atomicNumber, double latticeConstant, double[] places, double[] vectors) {
        if (!(latticeConstant > 0) || Double.isInfinite(latticeConstant)) {
            throw new IllegalArgumentException(
                    "illegal lattice constant: " + latticeConstant + ", must be positive and finite");
        }
        int[] elements = new int[places.length / 3];
        Arrays.fill(elements, atomicNumber);
        return Structure.of(elements, scaled(places, latticeConstant), Cell.periodic(scaled(vectors, latticeConstant)));
    }

    private static double[] scaled(double[] numbers, double factor) {
        double[] scaled = numbers.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= factor;
        }
        return scaled;
    }

    /**
     * A cell repeated along its vectors, atoms of one copy after those of another.
     *
     * @param times copies along each of the three vectors, 1 or more
     */
    public static Structure repeat(Structure cell, int... times) {
        if (times.length != 3 || times[0] < 1 || times[1] < 1 || times[2] < 1) {
            throw new IllegalArgumentException(
                    "illegal copies: " + Arrays.toString(times) + ", must be three numbers, 1 or more");
        }
        double[] v = cell.cell().vectors();
        int copies = times[0] * times[1] * times[2];
        int[] elements = new int[copies * cell.size()];
        double[] positions = new double[3 * elements.length];
        int atom = 0;
        for (int a = 0; a < times[0]; a++) {
            for (int b = 0; b < times[1]; b++) {
                for (int c = 0; c < times[2]; c++) {
                    for (int i = 0; i < cell.size(); i++) {
                        elements[atom] = cell.atomicNumber(i);
                        for (int k = 0; k < 3; k++) {
                            positions[3 * atom + k] = cell.position(i, k) + a * v[k] + b * v[3 + k] + c * v[6 + k];
                        }
                        atom++;
                    }
                }
            }
        }
        double[] vectors = v.clone();
        for (int k = 0; k < 9; k++) {
            vectors[k] *= times[k / 3];
        }
        return Structure.of(elements, positions, new Cell(vectors, cell.cell().periodic()));
    }
}
