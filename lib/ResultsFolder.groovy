import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.channels.FileLock
import java.nio.channels.OverlappingFileLockException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption

/** The folder of the results, which one run at a time writes to. */
class ResultsFolder {

    /** Keeps the lock from being collected, and with it closed: it lasts as long as the run does, and ends with it however it ends. */
    private static final List<FileChannel> HELD = []

    /**
     * Takes the folder for this run.
     *
     * @return null, or what is wrong: another run writes to it, or nobody can
     */
    static synchronized String take(Path folder) {
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
                return "--outdir ${folder}: another run${holder ? ', ' + holder + ',' : ''} writes its results there. Wait until it has ended, or give this one a folder of its own"
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
            return "--outdir ${folder}: cannot be written to (${e.class.simpleName}: ${e.message})"
        }
    }

    private static String host() {
        try {
            return InetAddress.localHost.hostName
        } catch (UnknownHostException e) {
            return 'this machine'
        }
    }
}
