import java.nio.file.Files
import java.nio.file.Path
import nextflow.Global
import nextflow.Nextflow
import nextflow.util.HistoryFile
import org.slf4j.LoggerFactory

/** Ends a run that may not begin. */
class Refusal {

    /**
     * Says why, and ends Nextflow at once: after an error that it reports itself it would write its records, over those of the run whose
     * results lie there. The run is taken out of Nextflow's history: -resume would go on with it, that is with nothing, in place of the run
     * before.
     */
    static void end(String reason) {
        LoggerFactory.getLogger(Nextflow).error(reason)
        Path trace = ResultsFolder.beginning()
        if (trace != null) {
            Files.delete(trace)
        }
        HistoryFile.Record entry = HistoryFile.DEFAULT.getByName(Global.session.runName)
        if (entry != null) {
            HistoryFile.DEFAULT.deleteEntry(entry)
        }
        System.exit(1)
    }
}
