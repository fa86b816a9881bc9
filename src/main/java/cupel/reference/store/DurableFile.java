package cupel.reference.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that are whole and on the disk before they have their name.
 *
 * <p>The text goes into a file {@code .tmp-…} beside the target, is forced to the disk, and is then linked to the target's name, which
 * fails when somebody else was faster: the first writer wins. The temporary file is locked while it is in use, so that
 * what a killed process left behind can be told from a write that is going on.
 */
final class DurableFile {

    static final String TEMPORARY = ".tmp-";
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final int ATTEMPTS = 100;

    private DurableFile() {}

    /**
     * Writes a file that must not be there yet.
     *
     * @return false when somebody has written it already; then it is left as it is
     */
    static boolean writeOnce(Path target, String text) throws IOException {
        return write(target, text, false);
    }

    /** Writes a file in the place of the one that is there. */
    static void replace(Path target, String text) throws IOException {
        write(target, text, true);
    }

    private static boolean write(Path target, String text, boolean replace) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Path temporary = target.resolveSibling(TEMPORARY
                    + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet() + "-" + target.getFileName());
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                try {
                    lock(channel);
                    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                    boolean written = replace ? move(temporary, target) : link(temporary, target);
                    forceFolder(target);
                    return written;
                } finally {
                    Files.deleteIfExists(temporary);
                }
            } catch (FileAlreadyExistsException | NoSuchFileException e) {
                // another machine has a process of this number, or a check took the file for a leftover before it was
                // locked
                if (attempt == ATTEMPTS
                        || !Files.isDirectory(target.toAbsolutePath().getParent())) {
                    throw e;
                }
            }
        }
    }

    private static void lock(FileChannel channel) {
        try {
            channel.tryLock();
        } catch (IOException e) {
            // a file system without locks: then a check leaves the file alone for want of its own lock
        }
    }

    private static boolean link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            return moveUnlessThere(temporary, target);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // file systems without hard links (exFAT, some network ones) say so in many ways
            return moveUnlessThere(temporary, target);
        }
    }

    private static boolean moveUnlessThere(Path temporary, Path target) throws IOException {
        return !Files.exists(target) && move(temporary, target);
    }

    private static boolean move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return true;
    }

    /** Forces the new name to the disk too; where folders cannot be opened, the system does so in its own time. */
    private static void forceFolder(Path target) {
        try (FileChannel channel = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // not possible here; the content is safe, and without its name it would be computed again
        }
    }

    /**
     * Removes a temporary file if nobody is writing it.
     *
     * @return whether it was removed
     */
    static boolean removeLeftover(Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            try (FileLock lock = channel.tryLock()) {
                if (lock == null) {
                    return false;
                }
                Files.deleteIfExists(temporary);
                return true;
            }
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
