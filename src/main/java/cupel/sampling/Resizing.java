package cupel.sampling;

import cupel.structure.Elements;
import org.apache.commons.rng.UniformRandomProvider;

/** Brings a walk to another number of atoms of each element, one AVBMC insertion or removal at a time. */
final class Resizing {

    /** Of this many places with a finite energy the lowest is taken: the walk shall not begin in the repulsive wall. */
    private static final int CHOICES = 8;

    private static final int ATTEMPTS_PER_ATOM = 200;

    /** Where no atom can come or go, or no energy is finite, the cluster is shaken and asked again, so often. */
    private static final int SHAKES = 10;

    private static final int CYCLES_PER_SHAKE = 10;
    private static final double SHAKING_STEP = 0.3;

    private Resizing() {}

    /**
     * Adds or removes atoms until the wanted ones are there.
     *
     * @param target how many atoms of each element there shall be, by atomic number; fewer in all than the chain's capacity
     * @return null, or why that was not reached; the chain then is as near as it got
     */
    static String resize(MarkovChain chain, int[] target, UniformRandomProvider random) {
        int[] surplus = new int[target.length];
        int wanted = 0;
        for (int element = 0; element < target.length; element++) {
            surplus[element] = -target[element];
            wanted += target[element];
        }
        for (int atom = 0; atom < chain.size(); atom++) {
            surplus[chain.graph().atomicNumber(atom)]++;
        }
        Acceptance anything = (energy, trialEnergy, weight) -> true;
        for (int shake = 0; Double.isInfinite(chain.energy()); shake++) {
            if (shake == SHAKES) {
                return "the energy of the start, and of whatever was tried near it, is not finite";
            }
            shake(chain, anything);
        }
        // At the wanted size, but of other elements: one that is missing comes, then one of which there are too many
        // goes.
        while (chain.size() != wanted || isOther(surplus)) {
            boolean growing = chain.size() <= wanted;
            int element = draw(surplus, growing, random);
            int attempts = ATTEMPTS_PER_ATOM * chain.size();
            for (int shake = 0; !change(chain, growing, element, attempts); shake++) {
                if (shake == SHAKES) {
                    return "stopped at " + chain.size() + " atoms on the way to " + formula(target, wanted) + ": no "
                            + (growing ? "place for one more" : "atom that could go")
                            + " with the cluster allowed and its energy finite was found";
                }
                shake(chain, anything);
            }
            surplus[element] += growing ? 1 : -1;
        }
        return null;
    }

    private static boolean isOther(int[] surplus) {
        for (int s : surplus) {
            if (s != 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean change(MarkovChain chain, boolean growing, int element, int attempts) {
        return growing ? chain.grow(element, CHOICES, attempts) : chain.shrink(element, CHOICES, attempts);
    }

    /** The size alone where there is one element. */
    private static String formula(int[] target, int wanted) {
        StringBuilder formula = new StringBuilder();
        int elements = 0;
        for (int element = 1; element < target.length; element++) {
            if (target[element] > 0) {
                formula.append(Elements.symbol(element)).append(target[element]);
                elements++;
            }
        }
        return elements > 1 ? formula.toString() : String.valueOf(wanted);
    }

    /** With several elements atoms change places too: one that holds the others together can go once it is at the rim. */
    private static void shake(MarkovChain chain, Acceptance anything) {
        boolean mixed = chain.isMixed();
        for (int move = CYCLES_PER_SHAKE * chain.size(); move > 0; move--) {
            chain.displace(SHAKING_STEP, anything);
            if (mixed) {
                chain.swap(anything);
            }
        }
    }

    /**
     * How many atoms of each element a cluster of another size has in the same proportions: largest remainders, equal
     * ones drawn.
     *
     * @param counts by atomic number
     */
    static int[] proportionalCounts(int[] counts, int wanted, UniformRandomProvider random) {
        long total = 0;
        for (int count : counts) {
            total += count;
        }
        int[] target = new int[counts.length];
        long[] remainder = new long[counts.length];
        int missing = wanted;
        for (int element = 0; element < counts.length; element++) {
            target[element] = (int) ((long) wanted * counts[element] / total);
            remainder[element] = (long) wanted * counts[element] % total;
            missing -= target[element];
        }
        for (; missing > 0; missing--) {
            int best = -1;
            int ties = 0;
            for (int element = 0; element < counts.length; element++) {
                if (remainder[element] == 0) {
                    continue;
                }
                if (best < 0 || remainder[element] > remainder[best]) {
                    best = element;
                    ties = 1;
                } else if (remainder[element] == remainder[best] && random.nextInt(++ties) == 0) {
                    best = element;
                }
            }
            target[best]++;
            remainder[best] = 0;
        }
        return target;
    }

    /** An element drawn in proportion to how many of it are to come (or to go). */
    private static int draw(int[] surplus, boolean growing, UniformRandomProvider random) {
        int total = 0;
        for (int s : surplus) {
            total += Math.max(0, growing ? -s : s);
        }
        int rank = random.nextInt(total);
        for (int element = 0; ; element++) {
            rank -= Math.max(0, growing ? -surplus[element] : surplus[element]);
            if (rank < 0) {
                return element;
            }
        }
    }
}
