include { BUILD_TOOLS } from './modules/build_tools'
include { CAMPAIGNS   } from './workflows/campaigns'
include { DRY_RUN     } from './workflows/dry_run'
include { LABELLING   } from './workflows/labelling'
include { MEASURING   } from './workflows/measuring'
include { REPORTING   } from './workflows/reporting'

// Cupel: active learning of neural-network potentials. Parameters are declared in nextflow_schema.json, with their defaults in
// nextflow.config; they are read, checked and given their types here and nowhere else.
workflow {
    main:
    def schema = Request.schema(file("${projectDir}/nextflow_schema.json"))
    if (schema.asksForHelp(params)) {
        println(schema.help('nextflow run . -profile demo [--parameter value ...]'))
    } else {
        def request = Request.of(schema, params, workflow)
        WorkFiles.check(workflow)
        def tools = new Tools(workflow, request.file('jars'))
        def results = ResultsFolder.take(request, workflow)

        def jars = tools.byName
        if (tools.missing) {
            BUILD_TOOLS(tools.folder.toString(), tools.sources)
            jars = [
                featurize: BUILD_TOOLS.out.featurize, train: BUILD_TOOLS.out.train, sample: BUILD_TOOLS.out.sample,
                compare: BUILD_TOOLS.out.compare, label: BUILD_TOOLS.out.label,
            ]
        }

        def said = [pages: channel.empty(), waiting: channel.empty()]
        if (request.task == 'dry_run') {
            DRY_RUN(request.file('seed_structures'), request.file('test_set'), request.rehearsal, Campaign.plan(request.values), jars)
            said += [lines: DRY_RUN.out.lines]
        } else if (request.task == 'labelling') {
            LABELLING(request.file('label_structures'), request.reference, request.options, request.values.outdir, jars.label)
            said += [lines: LABELLING.out.lines, waiting: LABELLING.out.waiting]
        } else if (request.task == 'measuring') {
            MEASURING(request.file('potential'), request.file('potential_pool'), Campaign.alone(request.values), request.measured, request.reference, request.values.outdir, jars)
            said += [lines: MEASURING.out.lines]
        } else {
            def measured = request.values.properties ? request.measured : null
            CAMPAIGNS(request.file('seed_structures'), request.file('test_set'), request.campaignSettings, measured, request.values.outdir, jars)
            said += [lines: CAMPAIGNS.out.lines, pages: CAMPAIGNS.out.pages, waiting: CAMPAIGNS.out.waiting]
        }
        REPORTING(request, tools, results, said.lines, said.pages, said.waiting)
    }
}
