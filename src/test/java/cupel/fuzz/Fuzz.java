package cupel.fuzz;

/** What Jazzer calls, in a process for each reader. */
public final class Fuzz {

    private static Parser parser;

    private Fuzz() {}

    /** Called once, with the name of the reader. */
    public static void fuzzerInitialize(String[] arguments) {
        parser = Parser.valueOf(arguments[0]);
    }

    /** Called for each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        parser.accept(input);
    }
}
