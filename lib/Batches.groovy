import java.nio.file.Files
import java.nio.file.Path

/** The folders that `label.jar prepare` wrote. */
class Batches {

    /** Those that a reference program has to run in, in their order; none if all labels were known. */
    static List<Path> folders(Path prepared) {
        Files.list(prepared).withCloseable { stream ->
            stream.findAll { Path path -> path.fileName.toString().startsWith('batch_') }.sort { Path path -> path.fileName.toString() }
        }
    }
}
