package cupel.cli;

import cupel.sampling.Connectivity;

/** The options {@code --r-min} and {@code --r-connect}: when atoms are too close, and when they hang together. */
final class Connectivities {

    private Connectivities() {}

    /** The standard for each pair of elements, but for what the options say. */
    static Connectivity of(Arguments arguments) {
        Connectivity connectivity = Connectivity.standard();
        if (arguments.has("r-min")
                && arguments.has("r-connect")
                && arguments.nonNegative("r-min") >= arguments.positive("r-connect")) {
            throw arguments.wrong(
                    "r-min",
                    "must be less than --r-connect " + arguments.positive("r-connect") + ", is "
                            + arguments.nonNegative("r-min"));
        }
        if (arguments.has("r-min")) {
            connectivity = connectivity.withMinimum(arguments.nonNegative("r-min"));
        }
        if (arguments.has("r-connect")) {
            connectivity = connectivity.withConnect(arguments.positive("r-connect"));
        }
        return connectivity;
    }
}
