package cupel.reference.store;

import java.nio.file.Path;

/**
 * Something in a store that is not as it should be.
 *
 * @param file where
 * @param what what is wrong
 * @param remedy what to do about it
 */
public record Problem(Path file, String what, String remedy) {

    /** One line for people. */
    @Override
    public String toString() {
        return file + ": " + what + "; " + remedy;
    }
}
