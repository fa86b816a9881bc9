package cupel.reference.store;

import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * Decides whether two structures are the same one: whether a permutation of like atoms, a translation, and a rotation or a
 * rotation with reflection lay one upon the other. They do when, superposed by least squares (Kabsch 1976, with
 * reflections allowed),
 *
 * <pre>
 *   every atom lies within the tolerance of the one it is laid upon, and
 *   no distance between two atoms differs by more than the tolerance.
 * </pre>
 *
 * <p>Clusters: sorted distances are compared first, since they tell nearly all different structures apart. Then frames of the
 * two are matched, made of the centroid and two atoms that do not lie on one line with it, in all ways that the
 * distances allow; each frame gives a pairing of atoms, and the pairing gives the superposition. All frames are tried, so that
 * symmetric structures, whose frames can be matched in many ways, and those on a line or in a plane, need no rule of their
 * own; the superposition with the smallest deviation is the answer.
 *
 * <p>Periodic structures: the lattice vectors must be the same ones up to rotation, reflection, order and sign, each within
 * the tolerance. Another choice of vectors for the same crystal, such as a primitive cell and a conventional one, is not
 * recognised. Then every translation that lays an atom upon a like one is tried. A periodic structure never
 * equals a cluster; a box around a cluster that does not repeat does not count.
 */
public final class StructureMatcher {

    /** The tolerance in angstrom, unless another is asked for. */
    public static final double DEFAULT_TOLERANCE = 1e-3;

    private static final double LARGEST_TOLERANCE = 0.01;

    /** Better than this a superposition of positions with 8 decimals cannot be. */
    private static final double PERFECT = 1e-7;

    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    private static final int[][] ORDERS = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

    private final double tolerance;

    /** A matcher with the default tolerance. */
    public StructureMatcher() {
        this(DEFAULT_TOLERANCE);
    }

    /**
     * A matcher.
     *
     * @param tolerance in angstrom, above 0 and at most 0.01
     */
    public StructureMatcher(double tolerance) {
        if (!(tolerance > 0 && tolerance <= LARGEST_TOLERANCE)) {
            throw new IllegalArgumentException("illegal tolerance: " + tolerance + ", must be above 0 and at most "
                    + LARGEST_TOLERANCE + " angstrom");
        }
        this.tolerance = tolerance;
    }

    /** How the known structure is laid upon the asked one, or nothing when they are not the same. */
    public Optional<Superposition> match(Structure asked, Structure known) {
        return Optional.ofNullable(match(new Shape(asked), new Shape(known)));
    }

    /** The same, or null. */
    Superposition match(Shape asked, Shape known) {
        if (asked.periodic != known.periodic
                || !Arrays.equals(asked.sortedElements, known.sortedElements)
                || Math.abs(asked.meanDistance - known.meanDistance) > tolerance) {
            return null;
        }
        if (asked.periodic) {
            return matchPeriodic(asked, known);
        }
        if (!sameDistances(asked.sortedDistances(), known.sortedDistances())) {
            return null;
        }
        return asked.size == 1 ? new Superposition(new int[1], IDENTITY.clone(), 0) : matchClusters(asked, known);
    }

    /** Sorted lists can be paired within a tolerance in some way only if they can in this one. */
    private boolean sameDistances(double[] asked, double[] known) {
        for (int k = 0; k < asked.length; k++) {
            if (Math.abs(asked[k] - known[k]) > tolerance) {
                return false;
            }
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------ clusters

    private Superposition matchClusters(Shape asked, Shape known) {
        int n = asked.size;
        double[] knownRadii = radii(known, null);
        double[] radii = radii(asked, null);
        if (!(Arrays.stream(radii).max().orElse(0) > PERFECT)) {
            // all atoms at one place: nothing to compare, and nothing that exists
            return null;
        }
        // Far from the centroid, so that a small error of the frame stays small everywhere; rare, so that there are few
        // frames.
        int b = rarest(asked, radii, known, knownRadii);
        double[] axis = unit(asked.positions, b, radii[b]);
        double[] offsets = radii(asked, axis);
        double widest = Arrays.stream(offsets).max().orElse(0);
        boolean line = widest <= 10 * tolerance;
        int c = line ? -1 : rarestBeside(asked, radii, offsets, widest, known, knownRadii);
        double separation = line ? 0 : asked.distance(b, c);
        double[] frame = frame(asked.positions, b, c);

        Superposition best = null;
        int[] permutation = new int[n];
        for (int otherB = 0; otherB < n; otherB++) {
            if (!alike(asked, b, radii, known, otherB, knownRadii)) {
                continue;
            }
            for (int otherC = 0; otherC < (line ? 1 : n); otherC++) {
                if (!line
                        && (otherC == otherB
                                || !alike(asked, c, radii, known, otherC, knownRadii)
                                || Math.abs(known.distance(otherB, otherC) - separation) > 2 * tolerance)) {
                    continue;
                }
                double[] otherFrame = frame(known.positions, otherB, line ? -1 : otherC);
                if (otherFrame == null) {
                    continue;
                }
                for (int hand = 1; hand >= -1; hand -= 2) {
                    if (pair(asked, known, rotation(frame, otherFrame, hand), permutation)) {
                        Superposition found = superpose(asked, known, permutation);
                        if (found != null && (best == null || found.deviation() < best.deviation())) {
                            best = found;
                            if (best.deviation() < PERFECT) {
                                return best;
                            }
                        }
                    }
                }
            }
        }
        return best;
    }

    /** Distances from the centroid or, with an axis, from the line along it through the centroid. */
    private static double[] radii(Shape shape, double[] axis) {
        double[] radii = new double[shape.size];
        for (int i = 0; i < shape.size; i++) {
            double x = shape.positions[3 * i];
            double y = shape.positions[3 * i + 1];
            double z = shape.positions[3 * i + 2];
            if (axis != null) {
                double along = x * axis[0] + y * axis[1] + z * axis[2];
                x -= along * axis[0];
                y -= along * axis[1];
                z -= along * axis[2];
            }
            radii[i] = Math.sqrt(x * x + y * y + z * z);
        }
        return radii;
    }

    private boolean alike(Shape asked, int i, double[] radii, Shape known, int j, double[] knownRadii) {
        return asked.elements[i] == known.elements[j] && Math.abs(radii[i] - knownRadii[j]) <= 2 * tolerance;
    }

    private int rarest(Shape asked, double[] radii, Shape known, double[] knownRadii) {
        double least = 0.5 * Arrays.stream(radii).max().orElse(0);
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < asked.size; i++) {
            int count = radii[i] >= least ? count(asked, i, radii, known, knownRadii) : fewest;
            if (count < fewest) {
                fewest = count;
                best = i;
            }
        }
        return best;
    }

    private int rarestBeside(
            Shape asked, double[] radii, double[] offsets, double widest, Shape known, double[] knownRadii) {
        int best = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < asked.size; i++) {
            int count = offsets[i] >= 0.5 * widest ? count(asked, i, radii, known, knownRadii) : fewest;
            if (count < fewest) {
                fewest = count;
                best = i;
            }
        }
        return best;
    }

    private int count(Shape asked, int i, double[] radii, Shape known, double[] knownRadii) {
        int count = 0;
        for (int j = 0; j < known.size; j++) {
            if (alike(asked, i, radii, known, j, knownRadii)) {
                count++;
            }
        }
        return count;
    }

    private static double[] unit(double[] positions, int atom, double length) {
        return new double[] {
            positions[3 * atom] / length, positions[3 * atom + 1] / length, positions[3 * atom + 2] / length
        };
    }

    /**
     * Three orthonormal rows: towards atom b, towards atom c at a right angle to it, and their cross product; null when c is
     * on the line of b. With c below 0 the second row is any at a right angle.
     */
    private static double[] frame(double[] positions, int b, int c) {
        double x = positions[3 * b];
        double y = positions[3 * b + 1];
        double z = positions[3 * b + 2];
        double length = Math.sqrt(x * x + y * y + z * z);
        double[] e = {x / length, y / length, z / length, 0, 0, 0, 0, 0, 0};
        double[] beside = new double[3];
        if (c >= 0) {
            System.arraycopy(positions, 3 * c, beside, 0, 3);
        } else {
            // the axis that is farthest from the line
            int k = Math.abs(e[0]) <= Math.abs(e[1]) ? 0 : 1;
            k = Math.abs(e[2]) < Math.abs(e[k]) ? 2 : k;
            beside[k] = 1;
        }
        double along = beside[0] * e[0] + beside[1] * e[1] + beside[2] * e[2];
        double square = 0;
        for (int k = 0; k < 3; k++) {
            e[3 + k] = beside[k] - along * e[k];
            square += e[3 + k] * e[3 + k];
        }
        double width = Math.sqrt(square);
        if (!(length > 1e-6) || !(width > 1e-6)) {
            return null;
        }
        for (int k = 0; k < 3; k++) {
            e[3 + k] /= width;
        }
        e[6] = e[1] * e[5] - e[2] * e[4];
        e[7] = e[2] * e[3] - e[0] * e[5];
        e[8] = e[0] * e[4] - e[1] * e[3];
        return e;
    }

    /** The orthogonal matrix that turns the rows of one frame into those of the other, the third with this sign. */
    private static double[] rotation(double[] to, double[] from, int hand) {
        double[] rotation = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                rotation[3 * i + k] = to[i] * from[k] + to[3 + i] * from[3 + k] + hand * to[6 + i] * from[6 + k];
            }
        }
        return rotation;
    }

    /** Pairs each asked atom with the like known atom nearest to it; false when there is none, or one is wanted twice. */
    private boolean pair(Shape asked, Shape known, double[] rotation, int[] permutation) {
        // two atoms fix the frame, and their errors grow with the distance from them
        double reach = 30 * tolerance;
        boolean[] taken = new boolean[asked.size];
        double[] p = asked.positions;
        double[] q = known.positions;
        for (int i = 0; i < asked.size; i++) {
            double x = rotation[0] * p[3 * i] + rotation[3] * p[3 * i + 1] + rotation[6] * p[3 * i + 2];
            double y = rotation[1] * p[3 * i] + rotation[4] * p[3 * i + 1] + rotation[7] * p[3 * i + 2];
            double z = rotation[2] * p[3 * i] + rotation[5] * p[3 * i + 1] + rotation[8] * p[3 * i + 2];
            double nearest = reach * reach;
            int partner = -1;
            for (int j = 0; j < asked.size; j++) {
                double dx = x - q[3 * j];
                double dy = y - q[3 * j + 1];
                double dz = z - q[3 * j + 2];
                double square = dx * dx + dy * dy + dz * dz;
                if (square < nearest && known.elements[j] == asked.elements[i]) {
                    nearest = square;
                    partner = j;
                }
            }
            if (partner < 0 || taken[partner]) {
                return false;
            }
            taken[partner] = true;
            permutation[i] = partner;
        }
        return true;
    }

    /** The least-squares superposition of paired atoms, or null when it leaves an atom or a distance beyond the tolerance. */
    private Superposition superpose(Shape asked, Shape known, int[] permutation) {
        double[] paired = new double[3 * asked.size];
        for (int i = 0; i < asked.size; i++) {
            System.arraycopy(known.positions, 3 * permutation[i], paired, 3 * i, 3);
        }
        double[] r = nearestOrthogonal(asked.positions, paired);
        double worst = 0;
        for (int i = 0; i < asked.size; i++) {
            double square = 0;
            for (int k = 0; k < 3; k++) {
                double d = asked.positions[3 * i + k]
                        - r[3 * k] * paired[3 * i]
                        - r[3 * k + 1] * paired[3 * i + 1]
                        - r[3 * k + 2] * paired[3 * i + 2];
                square += d * d;
            }
            worst = Math.max(worst, square);
        }
        return accepted(asked, known, permutation, r, Math.sqrt(worst));
    }

    private Superposition accepted(Shape asked, Shape known, int[] permutation, double[] rotation, double deviation) {
        if (!(deviation <= tolerance)) {
            return null;
        }
        for (int i = 0; i < asked.size; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(asked.distance(i, j) - known.distance(permutation[i], permutation[j])) > tolerance) {
                    return null;
                }
            }
        }
        return new Superposition(permutation.clone(), rotation, deviation);
    }

    /**
     * The orthogonal matrix R for which the sum of |x - R y|² over the rows is least: U V^T of the singular value
     * decomposition of the sum of x y^T. Its determinant is not forced to 1: mirror images are the same structure.
     */
    private static double[] nearestOrthogonal(double[] x, double[] y) {
        DMatrixRMaj sum = new DMatrixRMaj(3, 3);
        for (int i = 0; i < x.length; i += 3) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    sum.add(row, column, x[i + row] * y[i + column]);
                }
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(sum)) {
            throw new IllegalStateException("no singular value decomposition of " + sum);
        }
        DMatrixRMaj rotation = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.mult(svd.getU(null, false), svd.getV(null, true), rotation);
        return rotation.data;
    }

    // ------------------------------------------------------------------------------------------------ periodic

    private Superposition matchPeriodic(Shape asked, Shape known) {
        Superposition best = null;
        boolean compared = false;
        for (int[] order : ORDERS) {
            for (int signs = 0; signs < 8; signs++) {
                int[] sign = {(signs & 1) == 0 ? 1 : -1, (signs & 2) == 0 ? 1 : -1, (signs & 4) == 0 ? 1 : -1};
                double[] rotation = latticeRotation(asked, known, order, sign);
                if (rotation == null) {
                    continue;
                }
                if (!compared) {
                    // dear in a large cell, so not before a lattice fits
                    if (!sameDistances(asked.sortedDistances(), known.sortedDistances())) {
                        return null;
                    }
                    compared = true;
                }
                Superposition found = translate(asked, known, order, sign, rotation);
                if (found != null && (best == null || found.deviation() < best.deviation())) {
                    best = found;
                    if (best.deviation() < PERFECT) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    /** The rotation that lays the known lattice vectors, in this order and with these signs, upon the asked ones, or null. */
    private double[] latticeRotation(Shape asked, Shape known, int[] order, int[] sign) {
        double[] vectors = new double[9];
        for (int k = 0; k < 3; k++) {
            if (asked.repeats[k] != known.repeats[order[k]]) {
                return null;
            }
            double length = 0;
            double otherLength = 0;
            for (int axis = 0; axis < 3; axis++) {
                double component = known.lattice[3 * order[k] + axis];
                vectors[3 * k + axis] = sign[k] * component;
                otherLength += component * component;
                length += asked.lattice[3 * k + axis] * asked.lattice[3 * k + axis];
            }
            if (Math.abs(Math.sqrt(length) - Math.sqrt(otherLength)) > tolerance) {
                return null;
            }
        }
        double[] r = nearestOrthogonal(asked.lattice, vectors);
        for (int k = 0; k < 9; k += 3) {
            double square = 0;
            for (int axis = 0; axis < 3; axis++) {
                double d = asked.lattice[k + axis]
                        - r[3 * axis] * vectors[k]
                        - r[3 * axis + 1] * vectors[k + 1]
                        - r[3 * axis + 2] * vectors[k + 2];
                square += d * d;
            }
            if (square > tolerance * tolerance) {
                return null;
            }
        }
        return r;
    }

    /** Tries all translations that lay a known atom upon the first asked atom of the rarest element. */
    private Superposition translate(Shape asked, Shape known, int[] order, int[] sign, double[] rotation) {
        int n = asked.size;
        double[] fractions = new double[3 * n];
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < 3; k++) {
                fractions[3 * j + k] = sign[k] * known.fractions[3 * j + order[k]];
            }
        }
        int first = firstOfRarestElement(asked);
        int[] permutation = new int[n];
        double[] left = new double[3 * n];
        Superposition best = null;
        for (int j = 0; j < n; j++) {
            if (known.elements[j] != asked.elements[first]) {
                continue;
            }
            double[] shift = new double[3];
            for (int k = 0; k < 3; k++) {
                shift[k] = asked.fractions[3 * first + k] - fractions[3 * j + k];
            }
            if (!pairShifted(asked, known, fractions, shift, permutation, left)) {
                continue;
            }
            Superposition found = accepted(asked, known, permutation, rotation, largestFromMean(asked, left));
            if (found != null && (best == null || found.deviation() < best.deviation())) {
                best = found;
                if (best.deviation() < PERFECT) {
                    return best;
                }
            }
        }
        return best;
    }

    private static int firstOfRarestElement(Shape shape) {
        int best = 0;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < shape.size; i++) {
            int count = 0;
            for (int element : shape.elements) {
                count += element == shape.elements[i] ? 1 : 0;
            }
            if (count < fewest) {
                fewest = count;
                best = i;
            }
        }
        return best;
    }

    /** As for clusters; {@code left} is what is left between the paired atoms, in units of the asked lattice vectors. */
    private boolean pairShifted(
            Shape asked, Shape known, double[] fractions, double[] shift, int[] permutation, double[] left) {
        double reach = 4 * tolerance;
        boolean[] taken = new boolean[asked.size];
        for (int i = 0; i < asked.size; i++) {
            double nearest = reach * reach;
            int partner = -1;
            for (int j = 0; j < asked.size; j++) {
                if (known.elements[j] != asked.elements[i]) {
                    continue;
                }
                double a = difference(asked, fractions, shift, i, j, 0);
                double b = difference(asked, fractions, shift, i, j, 1);
                double c = difference(asked, fractions, shift, i, j, 2);
                double square = asked.squaredLength(a, b, c);
                if (square < nearest) {
                    nearest = square;
                    partner = j;
                    left[3 * i] = a;
                    left[3 * i + 1] = b;
                    left[3 * i + 2] = c;
                }
            }
            if (partner < 0 || taken[partner]) {
                return false;
            }
            taken[partner] = true;
            permutation[i] = partner;
        }
        return true;
    }

    private static double difference(Shape asked, double[] fractions, double[] shift, int i, int j, int k) {
        return Shape.wrapped(asked.fractions[3 * i + k] - fractions[3 * j + k] - shift[k], asked.repeats[k]);
    }

    /** The best shift leaves a mean of zero; the largest distance from it, in angstrom. */
    private static double largestFromMean(Shape asked, double[] left) {
        double[] mean = new double[3];
        for (int i = 0; i < left.length; i++) {
            mean[i % 3] += left[i] / asked.size;
        }
        double worst = 0;
        for (int i = 0; i < left.length; i += 3) {
            worst = Math.max(
                    worst, asked.squaredLength(left[i] - mean[0], left[i + 1] - mean[1], left[i + 2] - mean[2]));
        }
        return Math.sqrt(worst);
    }
}
