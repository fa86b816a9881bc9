package cupel.sampling;

import cupel.structure.Cell;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Random clusters of any elements with bonds of sensible length, in the shapes that small clusters come in. No model is asked.
 *
 * <p>The unit of length is b, the sum of the covalent radii of a pair ({@link Connectivity#bondLength}), drawn together to
 * fit between r_min and r_connect where those were set otherwise. Every cluster is allowed by {@link Connectivity}.
 */
public final class RandomClusters {

    /** The shapes. */
    public enum Shape {
        /** Grown atom by atom, each near the middle; from tight to loose. */
        COMPACT,
        /** Grown in a plane, buckled a little. */
        PLANAR,
        /** A bent chain, at times with a branch. */
        CHAIN,
        /** A patch of one to three close-packed layers, (111) or (100), rattled. */
        SURFACE
    }

    /** Shortest and longest scale of {@link #stretched}. */
    public static final double SHORTEST_SCALE = 0.85;

    public static final double LONGEST_SCALE = 1.4;

    private static final int ATTEMPTS = 200;
    private static final int PLACES = 400;

    private final Connectivity connectivity;

    public RandomClusters(Connectivity connectivity) {
        this.connectivity = connectivity;
    }

    /**
     * A cluster of a shape.
     *
     * @param atomicNumbers which atoms, one or more; their order is drawn anew
     * @return empty if none that is allowed was found, as when r_min and r_connect leave no room
     */
    public Optional<Structure> next(Shape shape, int[] atomicNumbers, UniformRandomProvider random) {
        Checks.atLeast("number of atoms", atomicNumbers.length, 1);
        int[] atoms = atomicNumbers.clone();
        NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            shuffle(atoms, random);
            double[] positions =
                    switch (shape) {
                        case COMPACT -> compact(atoms, random);
                        case PLANAR -> planar(atoms, random, gaussian);
                        case CHAIN -> chain(atoms, random);
                        case SURFACE -> surface(atoms, random, gaussian);
                    };
            if (positions != null) {
                Structure cluster = Structure.of(atoms, Centring.centred(positions), Cell.NONE);
                if (connectivity.accepts(cluster)) {
                    return Optional.of(cluster);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A cluster of a random shape, all its distances scaled by one factor, uniform from {@value #SHORTEST_SCALE} to {@value
     * #LONGEST_SCALE}.
     *
     * @return empty if none that is allowed was found
     */
    public Optional<Structure> stretched(int[] atomicNumbers, UniformRandomProvider random) {
        Shape[] shapes = Shape.values();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double scale = SHORTEST_SCALE + (LONGEST_SCALE - SHORTEST_SCALE) * random.nextDouble();
            Optional<Structure> cluster = next(shapes[random.nextInt(shapes.length)], atomicNumbers, random);
            if (cluster.isEmpty()) {
                continue;
            }
            double[] positions = cluster.get().positions();
            for (int i = 0; i < positions.length; i++) {
                positions[i] *= scale;
            }
            Structure scaled = cluster.get().withPositions(positions);
            if (connectivity.accepts(scaled)) {
                return Optional.of(scaled);
            }
        }
        return Optional.empty();
    }

    /** b of a pair, between the distances that are allowed. */
    double bond(int a, int b) {
        double shortest = connectivity.minimum(a, b);
        double longest = connectivity.connect(a, b);
        double covalent = CovalentRadii.of(a) + CovalentRadii.of(b);
        if (Double.isNaN(covalent)) {
            covalent = Double.isInfinite(longest) ? Connectivity.bondLength(a, b) : 0.5 * (shortest + longest);
        }
        // with the spread of bonds below, ±8 %, still allowed
        return Math.max(Math.min(covalent, longest / 1.1), shortest * 1.1);
    }

    private static double spread(UniformRandomProvider random) {
        return 0.92 + 0.16 * random.nextDouble();
    }

    private double[] compact(int[] atoms, UniformRandomProvider random) {
        double[] positions = new double[3 * atoms.length];
        // of so many places the one nearest to the middle: 1 is loose, 20 tight
        int choices = 1 + random.nextInt(20);
        double[] direction = new double[3];
        for (int n = 1; n < atoms.length; n++) {
            if (!place(positions, atoms, n, choices, false, direction, random)) {
                return null;
            }
        }
        return positions;
    }

    private double[] planar(int[] atoms, UniformRandomProvider random, NormalizedGaussianSampler gaussian) {
        double[] positions = new double[3 * atoms.length];
        int choices = 1 + random.nextInt(20);
        double[] direction = new double[3];
        for (int n = 1; n < atoms.length; n++) {
            if (!place(positions, atoms, n, choices, true, direction, random)) {
                return null;
            }
        }
        double buckling = 0.06 * random.nextDouble();
        for (int i = 0; i < atoms.length; i++) {
            positions[3 * i + 2] = buckling * bond(atoms[i], atoms[i]) * gaussian.sample();
        }
        return positions;
    }

    /** Puts atom n at bond length from one that is there already, clear of the others. */
    private boolean place(
            double[] positions,
            int[] atoms,
            int n,
            int choices,
            boolean flat,
            double[] direction,
            UniformRandomProvider random) {
        double middleX = 0;
        double middleY = 0;
        double middleZ = 0;
        for (int i = 0; i < n; i++) {
            middleX += positions[3 * i] / n;
            middleY += positions[3 * i + 1] / n;
            middleZ += positions[3 * i + 2] / n;
        }
        double best = Double.POSITIVE_INFINITY;
        int found = 0;
        for (int attempt = 0; attempt < PLACES && found < choices; attempt++) {
            int anchor = random.nextInt(n);
            drawDirection(direction, flat, random);
            double length = bond(atoms[anchor], atoms[n]) * spread(random);
            double x = positions[3 * anchor] + length * direction[0];
            double y = positions[3 * anchor + 1] + length * direction[1];
            double z = positions[3 * anchor + 2] + length * direction[2];
            if (!clear(positions, atoms, n, -1, x, y, z, 0.9)) {
                continue;
            }
            found++;
            double dx = x - middleX;
            double dy = y - middleY;
            double dz = z - middleZ;
            double distance = dx * dx + dy * dy + dz * dz;
            if (distance < best) {
                best = distance;
                positions[3 * n] = x;
                positions[3 * n + 1] = y;
                positions[3 * n + 2] = z;
            }
        }
        return found > 0;
    }

    private double[] chain(int[] atoms, UniformRandomProvider random) {
        double[] positions = new double[3 * atoms.length];
        double branching = 0.2 * random.nextDouble();
        // cosine of the largest bend at an atom: from nearly straight to right angles
        double straightness = 0.9 * random.nextDouble();
        double[] direction = new double[3];
        double[] along = new double[3];
        drawDirection(along, false, random);
        for (int n = 1; n < atoms.length; n++) {
            boolean placed = false;
            for (int attempt = 0; attempt < PLACES && !placed; attempt++) {
                boolean branch = random.nextDouble() < branching || attempt > PLACES / 2;
                int anchor = branch ? random.nextInt(n) : n - 1;
                drawDirection(direction, false, random);
                double cosine = direction[0] * along[0] + direction[1] * along[1] + direction[2] * along[2];
                if (!branch && cosine < straightness) {
                    continue;
                }
                double length = bond(atoms[anchor], atoms[n]) * spread(random);
                double x = positions[3 * anchor] + length * direction[0];
                double y = positions[3 * anchor + 1] + length * direction[1];
                double z = positions[3 * anchor + 2] + length * direction[2];
                if (clear(positions, atoms, n, anchor, x, y, z, 1.25)) {
                    positions[3 * n] = x;
                    positions[3 * n + 1] = y;
                    positions[3 * n + 2] = z;
                    System.arraycopy(direction, 0, along, 0, 3);
                    placed = true;
                }
            }
            if (!placed) {
                return null;
            }
        }
        return positions;
    }

    /** Whether a place is further than some bonds from all of the first n atoms but one. */
    private boolean clear(
            double[] positions, int[] atoms, int n, int except, double x, double y, double z, double bonds) {
        for (int i = 0; i < n; i++) {
            double dx = positions[3 * i] - x;
            double dy = positions[3 * i + 1] - y;
            double dz = positions[3 * i + 2] - z;
            double least = bonds * bond(atoms[i], atoms[n]);
            if (i != except && dx * dx + dy * dy + dz * dz < least * least) {
                return false;
            }
        }
        return true;
    }

    private double[] surface(int[] atoms, UniformRandomProvider random, NormalizedGaussianSampler gaussian) {
        double b = 0;
        for (int a : atoms) {
            b = Math.max(b, bond(a, a));
        }
        b *= spread(random);
        boolean hexagonal = random.nextBoolean();
        int layers = 1 + random.nextInt(3);
        // how much a layer higher counts as far: from tall heaps to flat islands
        double flatness = 0.5 + 1.5 * random.nextDouble();
        double originX = random.nextDouble() * b;
        double originY = random.nextDouble() * b;
        int extent = 2 + (int) Math.ceil(Math.sqrt(atoms.length));
        int side = 2 * extent + 1;
        Site[] sites = new Site[layers * side * side];
        int count = 0;
        for (int layer = 0; layer < layers; layer++) {
            for (int i = -extent; i <= extent; i++) {
                for (int j = -extent; j <= extent; j++) {
                    double x;
                    double y;
                    double z;
                    if (hexagonal) {
                        x = b * (i + 0.5 * j + 0.5 * layer);
                        y = b * Math.sqrt(3) * (0.5 * j + layer / 6.0);
                        z = b * Math.sqrt(2.0 / 3) * layer;
                    } else {
                        x = b * (i + 0.5 * layer);
                        y = b * (j + 0.5 * layer);
                        z = b * Math.sqrt(0.5) * layer;
                    }
                    double dx = x - originX;
                    double dy = y - originY;
                    sites[count++] = new Site(x, y, z, dx * dx + dy * dy + flatness * flatness * z * z);
                }
            }
        }
        Arrays.sort(sites);
        double rattle = 0.04 * random.nextDouble() * b;
        double[] positions = new double[3 * atoms.length];
        for (int i = 0; i < atoms.length; i++) {
            positions[3 * i] = sites[i].x + rattle * gaussian.sample();
            positions[3 * i + 1] = sites[i].y + rattle * gaussian.sample();
            positions[3 * i + 2] = sites[i].z + rattle * gaussian.sample();
        }
        return positions;
    }

    private record Site(double x, double y, double z, double rank) implements Comparable<Site> {

        @Override
        public int compareTo(Site other) {
            return Double.compare(rank, other.rank);
        }
    }

    /** A uniform direction, in space or in the plane, by rejection. */
    private static void drawDirection(double[] direction, boolean flat, UniformRandomProvider random) {
        double x;
        double y;
        double z;
        double r2;
        do {
            x = 2 * random.nextDouble() - 1;
            y = 2 * random.nextDouble() - 1;
            z = flat ? 0 : 2 * random.nextDouble() - 1;
            r2 = x * x + y * y + z * z;
        } while (r2 >= 1 || r2 < 1e-4);
        double scale = 1 / Math.sqrt(r2);
        direction[0] = scale * x;
        direction[1] = scale * y;
        direction[2] = scale * z;
    }

    private static void shuffle(int[] atoms, UniformRandomProvider random) {
        for (int i = atoms.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = atoms[i];
            atoms[i] = atoms[j];
            atoms[j] = swap;
        }
    }
}
