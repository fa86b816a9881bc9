package cupel.sampling;

/** The constructors' checks, all in the same words. */
final class Checks {

    private Checks() {}

    static void positive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be positive");
        }
    }

    static void positiveOrNaN(String what, double value) {
        if (!Double.isNaN(value)) {
            positive(what, value);
        }
    }

    static void notNegative(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be 0 or more");
        }
    }

    static void share(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be 0 to 1");
        }
    }

    static void atLeast(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException("illegal " + what + ": " + value + ", must be " + least + " or more");
        }
    }
}
