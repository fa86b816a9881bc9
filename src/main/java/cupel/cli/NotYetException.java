package cupel.cli;

/** All is well, but what others have to do is not done yet: exit code 75, EX_TEMPFAIL of sysexits.h; the same command works later. */
final class NotYetException extends RuntimeException {

    static final int EXIT_CODE = 75;

    private static final long serialVersionUID = 1L;

    NotYetException(String message) {
        super(message);
    }
}
