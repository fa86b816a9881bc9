package cupel.structure;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes files whole or not at all: into a temporary file beside the target, which then takes the target's name. A
 * tool that is killed half way leaves the old file, or none, and never half a file under the final name.
 */
public final class AtomicFile {

    private static final AtomicLong COUNTER = new AtomicLong();

    private AtomicFile() {}

    /** What goes into the file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Writer out) throws IOException;
    }

    /** The same of a file that is no text. */
    @FunctionalInterface
    private interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes text as UTF-8. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text));
    }

    /**
     * Writes text as UTF-8, piece by piece.
     *
     * @throws InputException when the file cannot be written; then nothing is left behind
     */
    public static void write(Path file, Content content) {
        writeBytes(file, out -> {
            try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()))) {
                content.writeTo(writer);
            }
        });
    }

    /** Writes bytes, such as a picture, in the same way. */
    public static void write(Path file, byte[] bytes) {
        writeBytes(file, out -> out.write(bytes));
    }

    private static void writeBytes(Path file, Bytes content) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
                // a pipe or a device such as /dev/stdout: nothing to replace
                try (OutputStream out = Files.newOutputStream(file)) {
                    content.writeTo(out);
                }
                return;
            }
            // through a symbolic link to the file behind it, so that the link stays
            Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file;
            if (Files.isDirectory(target)) {
                throw new InputException(file + ": cannot be written: it is a directory");
            }
            // not Files.createTempFile: its files can be read by the owner alone
            Path temporary = target.resolveSibling("." + target.getFileName() + "."
                    + ProcessHandle.current().pid() + "." + COUNTER.incrementAndGet() + ".tmp");
            try {
                try (OutputStream out =
                        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    content.writeTo(out);
                }
                try {
                    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (AtomicMoveNotSupportedException e) {
                    Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InputException(file + ": cannot be written: " + reason(e), e);
        }
    }

    /** The reason without the path, which the message has already. */
    static String reason(Exception e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
