import java.nio.file.Path

/** What is done and said when a run has ended, however it ended. */
class Ending {

    private final Request request
    private final Tools tools
    private final Object workflow

    /** @param workflow of Nextflow: how it ended */
    Ending(Request request, Tools tools, Object workflow) {
        this.request = request
        this.tools = tools
        this.workflow = workflow
    }

    /** What has gone wrong without harm to the results. Campaigns that have come to their end get their crates here. */
    List<String> warnings() {
        if (!workflow.success || request.task != 'campaigns') {
            return []
        }
        // Only those of this run: others may lie beside them that another command made.
        List<String> names = Campaign.starts(request.arms, request.values.seed, null)*.campaign
        String trouble = ResultsCrates.write(request.outdir, names, workflow.projectDir.resolve('main.nf'), tools.byName.compare, workflow.commandLine)
        return trouble == null ? [] : ["no ro-crate-metadata.json: ${trouble}".toString()]
    }

    /** The last words. */
    String words() {
        if (!workflow.success) {
            String wrong = Campaign.lastWords(workflow.errorReport)
            return [
                wrong ? "\nWhat went wrong: ${wrong}" : '',
                WorkFiles.full([workflow.launchDir, workflow.workDir, request.outdir]),
                request.task == 'dry_run' ? 'The campaign would end there. Nothing has been computed.'
                    : 'Not finished. What is done is kept: the same command with -resume goes on from there.',
            ].findAll().join('\n')
        }
        if (request.task == 'dry_run') {
            return '\nAll is in order. The same command without --dry_run does it.'
        }
        String page = request.task == 'campaigns' ? "; the report: ${request.values.outdir}/${request.report}" : ''
        return "\nDone in ${workflow.duration}. Results: ${request.values.outdir}${page}; what was run: ${request.values.outdir}/pipeline_info"
    }
}
