import java.nio.file.Files
import java.nio.file.Path
import nextflow.Nextflow
import org.slf4j.LoggerFactory

/** Ends a run that may not begin. */
class Refusal {

    /**
     * Says why, and ends Nextflow at once: after an error that it reports itself it would write its records, over those of the run whose
     * results lie there.
     */
    static void end(String reason) {
        LoggerFactory.getLogger(Nextflow).error(reason)
        Path trace = ResultsFolder.beginning()
        if (trace != null) {
            Files.delete(trace)
        }
        System.exit(1)
    }
}
