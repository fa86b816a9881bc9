package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * One walker of a generation: draws a size, a start and a {@link Composition}, gets from the one to the other by AVBMC insertions or removals, lets
 * its {@link Sampler} walk, and notes on every structure where it came from.
 *
 * <p>The size is uniform in the range, the start uniform among the structures given. Periodic structures, isolated atoms
 * (one atom; unless there is nothing else) and clusters that {@link Connectivity} does not allow are passed over; a start from
 * which the size cannot be reached with finite energies gives way to the next one drawn. When none will do, the walker
 * stays where it got nearest, and says so.
 */
public final class Walker {

    private final Sampler sampler;
    private final Connectivity connectivity;
    private final int minSize;
    private final int maxSize;
    private final Composition composition;

    /** A walker that keeps the proportions of elements of its start ({@link Composition#START}). */
    public Walker(Sampler sampler, Connectivity connectivity, int minSize, int maxSize) {
        this(sampler, connectivity, minSize, maxSize, Composition.START);
    }

    /**
     * @param sampler walks when the size is reached
     * @param connectivity which clusters are allowed, as in the sampler
     * @param minSize fewest atoms, 1 or more
     * @param maxSize most atoms
     * @param composition how many atoms of each element the drawn size has: of those of the start, or, if any, of all starts
     */
    public Walker(Sampler sampler, Connectivity connectivity, int minSize, int maxSize, Composition composition) {
        Checks.atLeast("smallest size", minSize, 1);
        Checks.atLeast("largest size", maxSize, minSize);
        this.sampler = sampler;
        this.connectivity = connectivity;
        this.minSize = minSize;
        this.maxSize = maxSize;
        this.composition = composition;
    }

    /**
     * What a walker brought home.
     *
     * @param structures with notes, in the order in which they were met; may be empty
     * @param wantedSize the size drawn
     * @param size the size that was sampled (at first, where it may change); 0 when nothing was
     * @param remark what a person should know, or null when all went well
     * @param sampling the walk itself, or null when there was none
     */
    public record Result(List<Structure> structures, int wantedSize, int size, String remark, SamplingResult sampling) {

        public Result {
            structures = List.copyOf(structures);
        }
    }

    /**
     * Walks once.
     *
     * @param starts where the walk may begin, one structure or more
     * @param random the walker's own stream
     */
    public Result walk(EnergyModel model, List<Structure> starts, Provenance provenance, UniformRandomProvider random) {
        int wanted = minSize + random.nextInt(maxSize - minSize + 1);
        List<Structure> left = candidates(starts);
        String trouble = left.isEmpty() ? "there is no cluster in free space to start from" : null;
        Structure nearest = null;
        Structure nearestStart = null;
        while (!left.isEmpty()) {
            Structure start = left.remove(random.nextInt(left.size()));
            String objection = connectivity.objection(start);
            if (objection != null) {
                trouble = keepFirst(trouble, "a start was passed over: " + objection);
                continue;
            }
            MarkovChain chain = new MarkovChain(
                    model,
                    start.withoutInfo(),
                    connectivity,
                    bondingRadius(start),
                    // an atom of one element comes before one of another goes
                    Math.max(wanted, start.size()) + 1,
                    random);
            int[] counts = composition == Composition.START ? counts(List.of(start)) : counts(starts);
            String failure = Resizing.resize(chain, composition.draw(counts, wanted, random), random);
            if (failure == null) {
                return sample(model, chain.centred(), start, wanted, null, provenance, random);
            }
            trouble = keepFirst(trouble, failure);
            if (nearest == null || Math.abs(chain.size() - wanted) < Math.abs(nearest.size() - wanted)) {
                nearest = chain.centred();
                nearestStart = start;
            }
        }
        if (nearest == null) {
            return new Result(List.of(), wanted, 0, "no valid start: " + trouble, null);
        }
        return sample(model, nearest, nearestStart, wanted, trouble, provenance, random);
    }

    private Result sample(
            EnergyModel model,
            Structure begin,
            Structure start,
            int wanted,
            String trouble,
            Provenance provenance,
            UniformRandomProvider random) {
        SamplingResult result = sampler.sample(model, begin, random);
        Object parent = start.info().get("sid");
        List<Structure> structures = new ArrayList<>();
        for (Sample s : result.samples()) {
            structures.add(provenance.note(
                    s.structure(), sampler.name(), parent == null ? null : parent.toString(), s.kind(), s.energy()));
        }
        String remark = result.remark() == null ? trouble : keepFirst(trouble, result.remark());
        return new Result(structures, wanted, begin.size(), remark, result);
    }

    /** An infinite r_connect bounds no region; sampling itself will ask for a radius, getting there can do with a bond. */
    private double bondingRadius(Structure start) {
        double longest = 0;
        for (int a : start.atomicNumbers()) {
            longest = Math.max(longest, connectivity.connect(a, a));
        }
        return Double.isInfinite(longest)
                ? Connectivity.CONNECT_FACTOR * Connectivity.bondLength(start.atomicNumber(0), start.atomicNumber(0))
                : Double.NaN;
    }

    /** Atoms of each element in all structures, by atomic number. */
    private static int[] counts(List<Structure> structures) {
        int[] counts = new int[119];
        for (Structure structure : structures) {
            for (int element : structure.atomicNumbers()) {
                counts[element]++;
            }
        }
        return counts;
    }

    private static List<Structure> candidates(List<Structure> starts) {
        List<Structure> clusters = new ArrayList<>();
        List<Structure> atoms = new ArrayList<>();
        for (Structure s : starts) {
            if (!s.cell().isPeriodic() && s.size() > 0) {
                (s.size() == 1 ? atoms : clusters).add(s);
            }
        }
        return clusters.isEmpty() ? atoms : clusters;
    }

    private static String keepFirst(String first, String second) {
        return first == null ? second : first;
    }
}
