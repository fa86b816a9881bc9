package cupel.cli;

/** A command line that makes no sense: exit code 2. The message names the option, its value, and what was expected. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
