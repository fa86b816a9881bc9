package cupel.sampling;

/** The largest displacement along an axis, steered to an acceptance of one half while it may be. */
final class StepWidth {

    /** Displacements from one correction to the next. */
    private static final int BLOCK = 100;

    private static final double SMALLEST = 1e-4;
    private static final double LARGEST = 10;

    private final MarkovChain chain;
    private double width;
    private long attempted;
    private long accepted;

    StepWidth(MarkovChain chain, double width) {
        this.chain = chain;
        this.width = width;
    }

    double width() {
        return width;
    }

    /** Forgets what was counted, after the chain's counts were reset. */
    void restart() {
        attempted = 0;
        accepted = 0;
    }

    /** Corrects the width if enough displacements were tried since the last time; at most by a factor of 2. */
    void adapt() {
        long tried = chain.displacement.attempted - attempted;
        if (tried < BLOCK) {
            return;
        }
        double acceptance = (double) (chain.displacement.accepted - accepted) / tried;
        attempted = chain.displacement.attempted;
        accepted = chain.displacement.accepted;
        double factor = Math.min(2, Math.max(0.5, acceptance / 0.5));
        width = Math.min(LARGEST, Math.max(SMALLEST, width * factor));
    }
}
