package cupel.sampling;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.CombinationSampler;

/** How many atoms of each element a cluster of a drawn size has. With one element all rules are the same. */
public enum Composition {
    /** In the proportions of what it begins with, to the nearest atom. */
    START {
        @Override
        public int[] draw(int[] counts, int size, UniformRandomProvider random) {
            return Resizing.proportionalCounts(counts, size, random);
        }
    },
    /** Uniform over all compositions of the elements, pure ones among them. */
    ANY {
        @Override
        public int[] draw(int[] counts, int size, UniformRandomProvider random) {
            int kinds = 0;
            for (int count : counts) {
                kinds += count > 0 ? 1 : 0;
            }
            if (kinds < 2) {
                return Resizing.proportionalCounts(counts, size, random);
            }
            // Stars and bars: of size + kinds - 1 places so many are bars, and the atoms between two bars are of one
            // element.
            int places = size + kinds - 1;
            boolean[] bar = new boolean[places];
            for (int place : new CombinationSampler(random, places, kinds - 1).sample()) {
                bar[place] = true;
            }
            int[] drawn = new int[counts.length];
            int place = 0;
            for (int element = 0; element < counts.length; element++) {
                if (counts[element] > 0) {
                    for (; place < places && !bar[place]; place++) {
                        drawn[element]++;
                    }
                    place++;
                }
            }
            return drawn;
        }
    };

    /**
     * Draws a composition.
     *
     * @param counts atoms of each element in what it begins with, by atomic number
     * @param size number of atoms
     * @return atoms of each element, by atomic number
     */
    public abstract int[] draw(int[] counts, int size, UniformRandomProvider random);
}
