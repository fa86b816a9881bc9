package cupel.cli;

/**
 * Numbers between min and max; typed as {@code -5..0.5}.
 *
 * @param min lower end
 * @param max upper end, not below min
 */
record Interval(double min, double max) {

    Interval {
        if (!(min <= max)) {
            throw new IllegalArgumentException("illegal interval: " + min + ".." + max + ", must not run backwards");
        }
    }
}
