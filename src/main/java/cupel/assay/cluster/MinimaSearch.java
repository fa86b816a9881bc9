package cupel.assay.cluster;

import cupel.descriptor.Workers;
import cupel.potential.EnergyModel;
import cupel.sampling.Connectivity;
import cupel.sampling.RandomClusters;
import cupel.sampling.Relaxation;
import cupel.structure.Cell;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A search for the lowest minima of clusters of one element, size by size, planar and globular ones alike.
 *
 * <p>First basin hopping (Wales, Doye, J. Phys. Chem. A 101, 5111 (1997)) from random starts, planar and compact in turn: all atoms are
 * displaced, or the atom with the fewest neighbours is put elsewhere, the cluster relaxed, and the step taken by Metropolis's rule on
 * the energies of the minima. Then, round by round, every size begins anew from what its neighbours have found: from the minima of the
 * size below with an atom more (growth) and those of the size above with an atom less (removal).
 *
 * <p>Walks from planar starts stay in their plane, exactly: the lowest planar cluster is looked for as such, also where the model would
 * buckle it, for a reference may not. A planar cluster may therefore be a saddle of the model; what it buckles to is tried as well.
 *
 * <p>A network is wild where it was never trained. What {@link Connectivity} does not allow, what has no finite energy, and what
 * the caller does not trust is never a minimum, nor a step on the way to one.
 *
 * <p>Each walk has a stream of random numbers that follows from the seed, its size and its place: the same minima on any number of
 * threads.
 *
 * @param connectivity which clusters are allowed
 * @param walks of basin hopping of each size in the first round, half from planar starts, 1 or more
 * @param hops of each walk, 1 or more
 * @param rounds of growth and removal after the first, 0 or more
 * @param temperature of Metropolis's rule, in kelvin, positive
 * @param keep so many minima of a size, 1 or more
 */
public record MinimaSearch(Connectivity connectivity, int walks, int hops, int rounds, double temperature, int keep) {

    private static final Descent QUICK = new Descent(0.02, 250);
    private static final Descent THOROUGH = new Descent(0.001, 2000);

    /** Largest displacement of an atom along an axis, in bond lengths. */
    private static final double LONGEST_DISPLACEMENT = 0.45;

    private static final double RELOCATION_SHARE = 0.4;

    /** How many of a neighbour's minima a round begins from, and how many places or atoms are tried with each. */
    private static final int PARENTS = 4;

    private static final int CHILDREN = 8;

    private static final int PLACES = 200;

    public MinimaSearch {
        atLeast("number of walks", walks, 1);
        atLeast("number of hops", hops, 1);
        atLeast("number of rounds", rounds, 0);
        atLeast("number of minima", keep, 1);
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("illegal temperature: " + temperature + ", must be positive");
        }
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be " + least + " or more");
        }
    }

    /**
     * What was found.
     *
     * @param minima by size: the lowest, always with the lowest planar and the lowest globular one; lowest first
     * @param relaxations made in all
     * @param refused of them, because the model gave no finite energy, or the structure was not allowed, or not trusted
     */
    public record Result(SortedMap<Integer, List<Minimum>> minima, long relaxations, long refused) {}

    /** One walk's findings. */
    private static final class Findings {
        final MinimaList minima;
        long relaxations;
        long refused;

        Findings(int keep) {
            minima = new MinimaList(keep);
        }
    }

    /**
     * Searches.
     *
     * @param atomicNumber of the element
     * @param minSize fewest atoms, 2 or more
     * @param maxSize most atoms
     * @param trusted whether the model is to be believed at a relaxed structure
     */
    public Result search(
            EnergyModel model,
            int atomicNumber,
            int minSize,
            int maxSize,
            Predicate<Structure> trusted,
            long seed,
            int threads) {
        atLeast("smallest size", minSize, 2);
        atLeast("largest size", maxSize, minSize);
        int sizes = maxSize - minSize + 1;
        MinimaList[] found = new MinimaList[sizes];
        Arrays.setAll(found, s -> new MinimaList(keep));
        long[] counts = new long[2];

        Findings[] walked = new Findings[sizes * walks];
        Workers.run(threads, walked.length, () -> task -> {
            // the largest first: they take longest
            int size = maxSize - task / walks;
            int walk = task % walks;
            Hopper hopper = new Hopper(model, trusted, stream(seed, 0, size, walk), new Findings(keep));
            hopper.fromRandom(atomicNumber, size, walk % 2 == 0);
            walked[task] = hopper.findings;
        });
        for (int task = 0; task < walked.length; task++) {
            merge(found[maxSize - task / walks - minSize], walked[task], counts);
        }

        for (int round = 1; round <= rounds; round++) {
            int thisRound = round;
            List<List<Minimum>> before = new ArrayList<>();
            for (MinimaList list : found) {
                before.add(List.copyOf(list.all()));
            }
            Findings[] bred = new Findings[2 * sizes];
            Workers.run(threads, bred.length, () -> task -> {
                int s = sizes - 1 - task / 2;
                boolean grow = task % 2 == 0;
                Hopper hopper =
                        new Hopper(model, trusted, stream(seed, thisRound, minSize + s, task % 2), new Findings(keep));
                int neighbour = grow ? s - 1 : s + 1;
                if (neighbour >= 0 && neighbour < sizes) {
                    hopper.fromNeighbour(parents(before.get(neighbour)), grow);
                }
                bred[task] = hopper.findings;
            });
            for (int task = 0; task < bred.length; task++) {
                merge(found[sizes - 1 - task / 2], bred[task], counts);
            }
        }

        SortedMap<Integer, List<Minimum>> minima = new TreeMap<>();
        List<List<Minimum>> rough = Arrays.stream(found).map(MinimaList::all).toList();
        MinimaList[] polished = new MinimaList[sizes];
        Findings[] ends = new Findings[sizes];
        Workers.run(threads, sizes, () -> s -> {
            polished[s] = new MinimaList(keep);
            ends[s] = new Findings(keep);
            Hopper hopper = new Hopper(model, trusted, stream(seed, -1, minSize + s, 0), ends[s]);
            for (Minimum minimum : rough.get(s)) {
                Minimum end = hopper.relaxed(THOROUGH, minimum.structure(), minimum.foundBy());
                if (end != null) {
                    polished[s].add(end);
                    if (end.isPlanar()) {
                        Minimum buckled = hopper.relaxed(THOROUGH, hopper.shaken(end.structure()), minimum.foundBy());
                        if (buckled != null) {
                            polished[s].add(buckled);
                        }
                    }
                }
            }
        });
        for (int s = 0; s < sizes; s++) {
            counts[0] += ends[s].relaxations;
            counts[1] += ends[s].refused;
            minima.put(minSize + s, polished[s].lowest());
        }
        return new Result(minima, counts[0], counts[1]);
    }

    /** Ranks minima that have been labelled: the lowest of each size, always with the lowest planar and globular one. */
    public static SortedMap<Integer, List<Minimum>> ranked(List<Minimum> labelled, int keep) {
        SortedMap<Integer, MinimaList> lists = new TreeMap<>();
        for (Minimum minimum : labelled) {
            lists.computeIfAbsent(minimum.size(), n -> new MinimaList(keep)).add(minimum);
        }
        SortedMap<Integer, List<Minimum>> ranked = new TreeMap<>();
        lists.forEach((size, list) -> ranked.put(size, list.lowest()));
        return ranked;
    }

    /**
     * The smallest size from which on the lowest minimum is globular, in all sizes up to the largest; empty when the largest has a
     * planar one. A size without any planar minimum to compare with decides nothing, and ends the row of sizes.
     */
    public static Optional<Integer> crossover(SortedMap<Integer, List<Minimum>> minima) {
        Integer crossover = null;
        for (int size : new TreeMap<>(minima).descendingKeySet()) {
            List<Minimum> own = minima.get(size);
            if (own.isEmpty() || own.get(0).isPlanar() || own.stream().noneMatch(Minimum::isPlanar)) {
                break;
            }
            crossover = size;
        }
        return Optional.ofNullable(crossover);
    }

    private static UniformRandomProvider stream(long seed, int round, int size, int walk) {
        return RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, Seeds.key("minima"), round, size, walk));
    }

    private static void merge(MinimaList list, Findings findings, long[] counts) {
        findings.minima.all().forEach(list::add);
        counts[0] += findings.relaxations;
        counts[1] += findings.refused;
    }

    /** The lowest planar and the lowest globular minima of a size, in turn. */
    private static List<Structure> parents(List<Minimum> minima) {
        List<Structure> planar = new ArrayList<>();
        List<Structure> globular = new ArrayList<>();
        for (Minimum minimum : minima) {
            List<Structure> kind = minimum.isPlanar() ? planar : globular;
            if (kind.size() < PARENTS / 2) {
                kind.add(minimum.structure());
            }
        }
        planar.addAll(globular);
        return planar;
    }

    /** One walk: its stream and what it has found. */
    private final class Hopper {

        private final EnergyModel model;
        private final Predicate<Structure> trusted;
        private final UniformRandomProvider random;
        private final Findings findings;
        // whether the walk stays in the plane z = 0
        private boolean flat;

        Hopper(EnergyModel model, Predicate<Structure> trusted, UniformRandomProvider random, Findings findings) {
            this.model = model;
            this.trusted = trusted;
            this.random = random;
            this.findings = findings;
        }

        void fromRandom(int atomicNumber, int size, boolean planar) {
            int[] atoms = new int[size];
            Arrays.fill(atoms, atomicNumber);
            RandomClusters clusters = new RandomClusters(connectivity);
            RandomClusters.Shape shape = planar ? RandomClusters.Shape.PLANAR : RandomClusters.Shape.COMPACT;
            String foundBy = planar ? "planar" : "compact";
            flat = planar;
            Minimum start = null;
            // A start that a wild model tears apart gives way to another.
            for (int attempt = 0; attempt < 20 && start == null; attempt++) {
                Optional<Structure> cluster = clusters.next(shape, atoms, random);
                if (cluster.isPresent()) {
                    start = relaxed(QUICK, planar ? ClusterGeometry.flattened(cluster.get()) : cluster.get(), foundBy);
                }
            }
            if (start != null) {
                findings.minima.add(start);
                hop(start, hops, foundBy);
            }
        }

        void fromNeighbour(List<Structure> parents, boolean grow) {
            for (Structure parent : parents) {
                flat = false;
                fromParent(parent, grow);
                if (parent.size() > 3 && ClusterGeometry.isPlanar(parent)) {
                    flat = true;
                    fromParent(ClusterGeometry.flattened(parent), grow);
                }
            }
        }

        private void fromParent(Structure parent, boolean grow) {
            String foundBy = grow ? "growth" : "removal";
            Minimum best = null;
            for (int child = 0; child < CHILDREN; child++) {
                Structure start = grow ? grown(parent) : shrunk(parent, child);
                Minimum minimum = start == null ? null : relaxed(QUICK, start, foundBy);
                if (minimum != null) {
                    findings.minima.add(minimum);
                    best = best == null || minimum.energy() < best.energy() ? minimum : best;
                }
            }
            if (best != null) {
                hop(best, Math.max(1, hops / 4), foundBy);
            }
        }

        private void hop(Minimum start, int count, String foundBy) {
            Minimum current = start;
            for (int h = 0; h < count; h++) {
                Structure trial = random.nextDouble() < RELOCATION_SHARE
                        ? relocated(current.structure())
                        : displaced(current.structure());
                Minimum next = trial == null ? null : relaxed(QUICK, trial, foundBy);
                if (next == null) {
                    continue;
                }
                findings.minima.add(next);
                double rise = next.energy() - current.energy();
                if (rise <= 0 || random.nextDouble() < Math.exp(-rise / (Units.BOLTZMANN * temperature))) {
                    current = next;
                }
            }
        }

        /** The minimum below a structure, or null when it is not to be had. */
        Minimum relaxed(Descent descent, Structure start, String foundBy) {
            findings.relaxations++;
            Relaxation.Result end = descent.relax(model, start);
            // Not relaxed to the end is good enough for a step on the way; without finite energy is not.
            if (end.reason() == Relaxation.Reason.NOT_FINITE
                    || !connectivity.accepts(end.structure())
                    || !trusted.test(end.structure())) {
                findings.refused++;
                return null;
            }
            Structure structure = ClusterGeometry.atOrigin(end.structure());
            return new Minimum(structure, end.energy(), ClusterGeometry.planarity(structure), foundBy);
        }

        private double bond(Structure cluster) {
            return Connectivity.bondLength(cluster.atomicNumber(0), cluster.atomicNumber(0));
        }

        /** Every atom a little off its place. */
        Structure shaken(Structure cluster) {
            double[] x = cluster.positions();
            for (int i = 0; i < x.length; i++) {
                x[i] += 0.05 * (2 * random.nextDouble() - 1);
            }
            return cluster.withPositions(x);
        }

        private Structure displaced(Structure cluster) {
            double[] x = cluster.positions();
            double width = LONGEST_DISPLACEMENT * bond(cluster) * (0.3 + 0.7 * random.nextDouble());
            for (int i = 0; i < x.length; i++) {
                if (!flat || i % 3 != 2) {
                    x[i] += width * (2 * random.nextDouble() - 1);
                }
            }
            Structure moved = cluster.withPositions(x);
            return connectivity.accepts(moved) ? moved : null;
        }

        /** The atom with the fewest neighbours, one of them at random, elsewhere. */
        private Structure relocated(Structure cluster) {
            int n = cluster.size();
            if (n < 3) {
                return null;
            }
            int[] neighbours = neighbours(cluster);
            int fewest = Arrays.stream(neighbours).min().getAsInt();
            int worst = -1;
            int ties = 0;
            for (int i = 0; i < n; i++) {
                if (neighbours[i] <= fewest + 1 && random.nextInt(++ties) == 0) {
                    worst = i;
                }
            }
            return grown(without(cluster, worst));
        }

        private Structure shrunk(Structure cluster, int child) {
            int n = cluster.size();
            if (child >= n) {
                return null;
            }
            int atom = n <= CHILDREN ? child : random.nextInt(n);
            Structure rest = without(cluster, atom);
            return connectivity.accepts(rest) ? rest : null;
        }

        private int[] neighbours(Structure cluster) {
            int n = cluster.size();
            int[] count = new int[n];
            double reach = 1.25 * bond(cluster);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double dx = cluster.position(i, 0) - cluster.position(j, 0);
                    double dy = cluster.position(i, 1) - cluster.position(j, 1);
                    double dz = cluster.position(i, 2) - cluster.position(j, 2);
                    if (dx * dx + dy * dy + dz * dz < reach * reach) {
                        count[i]++;
                        count[j]++;
                    }
                }
            }
            return count;
        }

        private Structure without(Structure cluster, int atom) {
            double[] x = cluster.positions();
            double[] rest = new double[x.length - 3];
            System.arraycopy(x, 0, rest, 0, 3 * atom);
            System.arraycopy(x, 3 * atom + 3, rest, 3 * atom, rest.length - 3 * atom);
            return Structure.of(Arrays.copyOf(cluster.atomicNumbers(), cluster.size() - 1), rest, Cell.NONE);
        }

        /** One atom more: near a random atom, of a few places that with the most neighbours; half of the time in the plane. */
        private Structure grown(Structure cluster) {
            int n = cluster.size();
            double b = bond(cluster);
            double[] normal = null;
            if (flat) {
                normal = new double[] {0, 0, 1};
            } else if (n > 2 && random.nextBoolean()) {
                normal = ClusterGeometry.normal(cluster);
            }
            int choices = 1 + random.nextInt(6);
            double[] best = null;
            int most = -1;
            for (int place = 0, tried = 0; place < PLACES && tried < choices; place++) {
                double z = 2 * random.nextDouble() - 1;
                double phi = 2 * Math.PI * random.nextDouble();
                double flat = Math.sqrt(1 - z * z);
                double[] d = {flat * Math.cos(phi), flat * Math.sin(phi), z};
                if (normal != null) {
                    double along = LbfgsMemory.dot(d, normal);
                    for (int a = 0; a < 3; a++) {
                        d[a] -= along * normal[a];
                    }
                    double length = Math.sqrt(LbfgsMemory.dot(d, d));
                    if (!(length > 1e-3)) {
                        continue;
                    }
                    for (int a = 0; a < 3; a++) {
                        d[a] /= length;
                    }
                }
                int target = random.nextInt(n);
                double[] p = new double[3];
                for (int a = 0; a < 3; a++) {
                    p[a] = cluster.position(target, a) + b * d[a];
                }
                int near = near(cluster, p, 0.85 * b, 1.25 * b);
                if (near < 0) {
                    continue;
                }
                tried++;
                if (near > most) {
                    most = near;
                    best = p;
                }
            }
            if (best == null) {
                return null;
            }
            int[] atoms = Arrays.copyOf(cluster.atomicNumbers(), n + 1);
            atoms[n] = atoms[0];
            double[] x = Arrays.copyOf(cluster.positions(), 3 * n + 3);
            System.arraycopy(best, 0, x, 3 * n, 3);
            Structure grown = Structure.of(atoms, x, Cell.NONE);
            return connectivity.accepts(grown) ? grown : null;
        }

        /** How many atoms are within reach of a point, -1 when one is too near. */
        private int near(Structure cluster, double[] p, double tooNear, double reach) {
            int count = 0;
            for (int i = 0; i < cluster.size(); i++) {
                double dx = cluster.position(i, 0) - p[0];
                double dy = cluster.position(i, 1) - p[1];
                double dz = cluster.position(i, 2) - p[2];
                double r2 = dx * dx + dy * dy + dz * dz;
                if (r2 < tooNear * tooNear) {
                    return -1;
                }
                count += r2 < reach * reach ? 1 : 0;
            }
            return count;
        }
    }
}
