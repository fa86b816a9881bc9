package cupel.structure;

import java.nio.file.Path;

/** Input that cannot be used: the message names the file, the line, the value, and what was expected instead. */
public class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Input that is wrong at one line of a file, lines counted from 1: {@code pool.xyz:12: …}. */
    public static InputException at(Path file, long line, String message) {
        return new InputException(file + ":" + line + ": " + message);
    }
}
