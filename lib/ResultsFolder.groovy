import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.FileLock
import java.nio.channels.OverlappingFileLockException
import java.nio.file.AtomicMoveNotSupportedException
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption
import nextflow.Global

/** The folder of the results, which one run at a time writes to, and which holds what one command has made. */
class ResultsFolder {

    /** Keeps the lock from being collected, and with it closed: it lasts as long as the run does, and ends with it however it ends. */
    private static final List<FileChannel> HELD = []

    private final Path info
    private final Path trace

    private ResultsFolder(Path info, Path trace) {
        this.info = info
        this.trace = trace
    }

    /**
     * Takes the folder for this run, and writes down there what it was asked for; ends a run that may not have it. A dry run may look at
     * what a campaign under way was given, and leaves its results alone.
     */
    static synchronized ResultsFolder take(Request request, Object workflow) {
        Path folder = request.outdir
        Path info = folder.resolve('pipeline_info')
        if (request.task == 'dry_run') {
            return new ResultsFolder(info, null)
        }
        Map run = [session: workflow.sessionId.toString(), name: workflow.runName, begun: workflow.start.toString(), command: workflow.commandLine]
        String problem = lock(folder) ?: occupied(folder, request, workflow.resume ? run.session : null)
        if (problem) {
            Refusal.end("--outdir ${request.values.outdir}: ${problem}")
        }
        write(info.resolve('params.json'), new TreeMap(request.values))
        write(info.resolve('run.json'), run)
        // A container can only be given folders that are there.
        request.folders.each { Path outside -> Files.createDirectories(outside) }
        return new ResultsFolder(info, takeTrace(info))
    }

    /** The trace as it is at the end, where it could not be written in place. */
    void close() {
        if (trace != null && Files.exists(trace)) {
            Files.copy(trace, info.resolve('trace.tsv'), StandardCopyOption.REPLACE_EXISTING)
            Files.delete(trace)
        }
    }

    /** What is wrong when this run may not write there: another one does, or nobody can. */
    private static String lock(Path folder) {
        Path file = folder.resolve('pipeline_info/.lock')
        FileChannel channel = null
        try {
            Files.createDirectories(file.parent)
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
            FileLock lock
            try {
                lock = channel.tryLock()
            } catch (OverlappingFileLockException e) {
                lock = null // another run of this very program
            }
            if (!lock) {
                String holder = Files.readString(file).strip()
                channel.close()
                return "another run${holder ? ', ' + holder + ',' : ''} writes its results there. Wait until it has ended, or give this one a folder of its own"
            }
            channel.truncate(0)
            channel.write(ByteBuffer.wrap("process ${ProcessHandle.current().pid()} on ${host()}\n".getBytes('UTF-8')))
            HELD << channel
            return null
        } catch (UnsupportedOperationException e) {
            // A bucket in a cloud has no locks.
            return null
        } catch (IOException e) {
            channel?.close()
            return "cannot be written to (${e.class.simpleName}: ${e.message})"
        }
    }

    /**
     * Whose results lie there, when they are not this run's own from before: those of the session that -resume goes on with. A session that only
     * has the same parameters would compute all of it again, and has another run's cache. Results that say nothing of their session are older.
     */
    private static String occupied(Path folder, Request request, String resumed) {
        if (!Files.list(folder).withCloseable { stream -> stream.anyMatch { Path path -> path.fileName.toString() != 'pipeline_info' } }) {
            return null
        }
        Map before = read(folder.resolve('pipeline_info/run.json'))
        Map parameters = read(folder.resolve('pipeline_info/params.json'))
        if (resumed != null && (before.session == null || before.session == resumed)) {
            return null
        }
        String whose = before.command ? "the results of another run, ${before.name}, begun ${before.begun.toString().take(16).replace('T', ' ')}: ${before.command}" : 'files that this run did not make'
        String next = before.session == null ? ''
            : "To go on with it, type ${parameters == asRead(request.values) ? 'the same' : 'its'} command with -resume ${before.session}."
        return "holds ${whose}\n${next} To begin anew, give this run a folder of its own, as with --outdir ${request.values.outdir}_2, or remove that one: rm -r ${request.values.outdir}".replaceAll(/\n /, '\n')
    }

    private static Map asRead(Map values) {
        return new JsonSlurper().parseText(JsonOutput.toJson(values)) as Map
    }

    private static Map read(Path json) {
        return Files.isRegularFile(json) ? new JsonSlurper().parse(json) as Map : [:]
    }

    private static void write(Path file, Map content) {
        file.text = JsonOutput.prettyPrint(JsonOutput.toJson(content)) + '\n'
    }

    /**
     * Nextflow has begun its trace already, beside the launch; it goes on writing to the same file under the name that it is moved to.
     *
     * @return what has to be copied at the end, or null when it could be moved or there is none
     */
    private static Path takeTrace(Path info) {
        Path begun = beginning()
        if (begun == null) {
            return null
        }
        Path trace = info.resolve('trace.tsv')
        try {
            Files.move(begun, trace, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
            return null
        } catch (AtomicMoveNotSupportedException | java.nio.file.ProviderMismatchException e) {
            // Another disk, or none: there it grows no further until the end, but can be read on this one.
            if (info.fileSystem == FileSystems.default) {
                Files.deleteIfExists(trace)
                Files.createSymbolicLink(trace, begun)
            }
            return begun
        }
    }

    /** The trace of a run that has not been given its folder yet; null when there is none, or it is where the user wants it. */
    static Path beginning() {
        Object file = (Global.session.config.trace as Map)?.file
        Path path = file == null ? null : Path.of(file.toString())
        return path != null && path.parent?.fileName?.toString() == '.nextflow' && Files.isRegularFile(path) ? path : null
    }

    private static String host() {
        try {
            return InetAddress.localHost.hostName
        } catch (UnknownHostException e) {
            return 'this machine'
        }
    }
}
