package cupel.structure;

/**
 * Seeds of independent random streams, derived from one seed and from what the stream is for.
 *
 * <p>Each key is folded into the state with the finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, fig. 17; the
 * constants are Stafford's variant 13). The result depends on the values of the keys, on their order and on their number,
 * and on nothing else: no clock, no thread, no order of calls.
 */
public final class Seeds {

    /** 2^64 divided by the golden ratio, odd: the increment of SplitMix64. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** A multiplier of Steele and Vigna (Software: Practice and Experience 52, 2022, table 5), odd. */
    private static final long LCG_MULTIPLIER = 0xD1342543DE82EF95L;

    private Seeds() {}

    /**
     * The seed of a stream.
     *
     * @param seed the user's seed
     * @param keys what tells this stream from the others: campaign, generation, walker …
     */
    public static long derive(long seed, long... keys) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (long key : keys) {
            // The multiplier makes seed and key different things: without it derive(1, 2) would be derive(2, 1).
            state = mix(state * LCG_MULTIPLIER + mix(key + GOLDEN_GAMMA) + GOLDEN_GAMMA);
        }
        return state;
    }

    /** A name as a key: the 64-bit FNV-1a hash of its UTF-16 units. */
    public static long key(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
