package cupel.cli;

/**
 * Whole numbers from min to max, both included; typed as {@code 2..20}, or {@code 13} for one.
 *
 * @param min smallest
 * @param max largest, not below min
 */
record IntegerRange(int min, int max) {

    IntegerRange {
        if (min > max) {
            throw new IllegalArgumentException("illegal range: " + min + ".." + max + ", must not run backwards");
        }
    }

    boolean contains(int value) {
        return min <= value && value <= max;
    }

    @Override
    public String toString() {
        return min + ".." + max;
    }
}
