import groovy.json.JsonSlurper
import java.nio.file.Path

/** A campaign as the pipeline sees it: a map that names its generation, and the state that the stop rule wrote. */
class Campaign {

    /** The same campaign at this generation, with the folders that its results lie in. */
    static Map generation(Map meta, int generation) {
        String name = String.format('generation_%03d', generation)
        return meta + [
            generation: generation,
            id: "${meta.campaign}/${name}".toString(),
            labels: "${meta.campaign}/labels/${name}".toString(),
        ]
    }

    /** Whether the stop rule has ended the campaign. */
    static boolean hasStopped(Path state) {
        return new JsonSlurper().parse(state).decision.action == 'stop'
    }

    /** One generation in one line. */
    static String logLine(Map meta, Path state, Path test) {
        return "${meta.campaign}  generation ${meta.generation}".toString()
    }

    /** Where the results of a finished campaign are and why it stopped. */
    static String stopLine(Map meta, Path stop, Object outdir) {
        return "${meta.campaign}  stopped".toString()
    }
}
