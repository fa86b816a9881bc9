import java.nio.file.Files
import java.nio.file.Path
import java.security.DigestInputStream
import java.security.MessageDigest

/**
 * The files that tasks have left in the work folder. -resume takes them for what they were; a disk, a full one before all, or a hand may have
 * changed them since. Each task notes the SHA-256 of its files at its end (afterScript in conf/base.config).
 */
class WorkFiles {

    static final String NOTE = '.cupel.sha256'

    /** Below this many bytes the next task may not find room for its files. */
    private static final long ROOM = 4 << 20

    /** Ends a run with -resume that would go on from files that are not what they were. */
    static void check(Object workflow) {
        List<String> damaged = workflow.resume ? problems(workflow.workDir) : []
        if (damaged) {
            Refusal.end("these files in the work folder are not what they were, so that -resume cannot go on from them:\n  ${damaged.join('\n  ')}")
        }
    }

    private static List<String> problems(Path work) {
        if (work.fileSystem != Path.of('').fileSystem || !Files.isDirectory(work)) {
            return []
        }
        return folders(work).collectMany { Path group -> folders(group) }
            .findAll { Path task -> Files.isRegularFile(task.resolve(NOTE)) }
            .collectMany { Path task -> changed(task) }
    }

    /** A file's path in the folder of its task: the same in every run, which the folder's own name is not. */
    static String inTask(Path file) {
        return file.toString().replaceFirst('^.*/[0-9a-f]{2}/[0-9a-f]{30}/', '')
    }

    /** Which of these folders lie on a disk with next to no room left, in a sentence, one folder of each disk; empty when there is room. */
    static String full(List<Path> places) {
        List<Path> full = places.collect { Path place -> place.toAbsolutePath().normalize() }
            .findAll { Path place -> place.fileSystem == Path.of('').fileSystem && Files.isDirectory(place) }
            .findAll { Path place -> Files.getFileStore(place).usableSpace < ROOM }
            .unique { Path place -> Files.getFileStore(place) }
        return full ? "The disk is full: less than ${ROOM >> 20} MB are left for ${full.join(' and ')}. Make room." : ''
    }

    private static List<Path> folders(Path folder) {
        return Files.list(folder).withCloseable { stream -> stream.toList() }.findAll { Path path -> Files.isDirectory(path) }.toSorted()
    }

    private static List<String> changed(Path task) {
        return task.resolve(NOTE).readLines().findResults { String line ->
            // Of names with a backslash or a line break sha256sum writes other lines; tasks have none.
            List<String> words = line.split(/ [ *]/, 2) as List
            if (words.size() < 2 || words[0].length() != 64) {
                return null
            }
            // What is gone Nextflow misses itself, and runs its task again.
            Path file = task.resolve(words[1]).normalize()
            return Files.isRegularFile(file) && sha256(file) != words[0]
                ? "${file} has changed since its task ended. Delete its folder, and the task is run again: rm -r '${task}'".toString() : null
        }
    }

    private static String sha256(Path file) {
        MessageDigest digest = MessageDigest.getInstance('SHA-256')
        new DigestInputStream(Files.newInputStream(file), digest).withCloseable { stream -> stream.transferTo(OutputStream.nullOutputStream()) }
        return digest.digest().encodeHex().toString()
    }
}
