include { ACTIVE_LEARNING } from './workflows/active_learning'
include { DRY_RUN         } from './workflows/dry_run'
include { LABELLING       } from './workflows/labelling'
include { MEASURING       } from './workflows/measuring'
include { PROPERTIES      } from './workflows/properties'

// Cupel: active learning of neural-network potentials. Parameters are declared in nextflow_schema.json, with their
// defaults in nextflow.config; they are read here and nowhere else.
workflow {
    main:
    // A name is a name, whatever is in it: Nextflow would take brackets and stars for a pattern.
    def named = { name -> file(name, glob: false) }
    def parameters = new Parameters(file("${projectDir}/nextflow_schema.json"))

    if (params.help) {
        println(parameters.help('nextflow run . -profile demo [--parameter value ...]'))
    } else {
        def problems = parameters.problems(params, params.label_structures || params.potential ? ['seed_structures'] : [])
        problems += OwnFiles.problems(params.reference, params.reference_settings ? named(params.reference_settings) : null)
        if (params.reference == 'handoff' && !(params.handoff_dir && params.handoff_level)) {
            problems << '--reference handoff needs --handoff_dir, the folder for requests and answers, and --handoff_level, what they are to be'
        }
        if ((params.potential || params.properties.toString() == 'true') && params.bulk_element && params.reference != 'xtb' && !params.lattice_constant) {
            problems << '--bulk_element needs --lattice_constant, about that of fcc in angstrom: crystals that the reference computes lie around it'
        }
        if (!params.potential != !params.potential_pool) {
            problems << '--potential and --potential_pool go together: the potential that is measured, and the labelled structures that it has learnt'
        }
        if (params.dry_run.toString() == 'true' && params.potential) {
            problems << '--dry_run tells what a campaign would do, and with --potential there is none'
        }
        if (params.reference == 'handoff' && (params.potential || params.properties.toString() == 'true')) {
            problems << '--properties and --potential need a reference that answers while the pipeline runs: not handoff'
        }
        if (problems) {
            error("these parameters cannot be used:\n  ${problems.join('\n  ')}\nAll parameters: nextflow run . --help")
        }
        def damaged = workflow.resume ? WorkFiles.problems(workflow.workDir) : []
        if (damaged) {
            error("these files in the work folder are not what they were, so that -resume cannot go on from them:\n  ${damaged.join('\n  ')}")
        }
        def jars = ['featurize', 'train', 'sample', 'compare', 'label'].collectEntries { tool ->
            [tool, named("${params.jars}/${tool}.jar")]
        }
        def missing = jars.values().findAll { jar -> !jar.exists() }
        if (missing) {
            error("the Java tools are not built: ${missing.join(', ')} missing. Start with ./nextflow, which builds them, or type: mvn -B package -DskipTests")
        }
        // A dry run may look at what a campaign under way was given, and leaves its results alone.
        if (params.dry_run.toString() != 'true') {
            def taken = ResultsFolder.take(named(params.outdir))
            if (taken) {
                error(taken)
            }
            def record = named("${params.outdir}/pipeline_info/params.json")
            record.text = groovy.json.JsonOutput.prettyPrint(groovy.json.JsonOutput.toJson(new TreeMap(params))) + '\n'
        }

        // Folders outside of the work folder that tasks write to: a container can only be given what is there.
        [params.label_store, params.handoff_dir].findAll().each { folder -> named(folder).mkdirs() }

        def warm_start = params.warm_start.toString() == 'true'
        def settings = [
            seed: params.seed as int,
            reference: [
                engine: params.reference,
                builtin: params.reference in ['gupta', 'sutton-chen'],
                settings_file: params.reference_settings ? named(params.reference_settings) : [],
                files: OwnFiles.of(params.reference, params.reference_settings ? named(params.reference_settings) : null),
                handoff: params.reference == 'handoff',
                handoff_dir: params.handoff_dir ? named(params.handoff_dir).toAbsolutePath().normalize().toString() : null,
                handoff_level: params.handoff_level,
            ],
            max_label_hours: params.max_label_hours,
            arms: Campaign.arms(params),
            own_seeds: params.own_seeds.toString() == 'true',
            trace: "${named(params.outdir).toAbsolutePath()}/pipeline_info/trace.tsv".toString(),
            walkers: params.walkers as int,
            warm_start: warm_start,
            // With another number of folds a network would go on with structures held out that it has been trained on.
            final_warm_start: warm_start && (params.final_folds ?: params.folds) == params.folds,
            generation_labels: params.generation_structures == 'labels',
            final_labels: params.final_structures == 'labels',
            temperatures: params.temperature.toString().tokenize(','),
            confinements: params.confinement.toString().tokenize(','),
            descriptor_file: params.descriptor.endsWith('.json') ? file(params.descriptor, glob: false, checkIfExists: true) : [],
        ]
        def test_set = params.test_set ? named(params.test_set) : null
        def measured = [
            campaigns: !params.potential,
            campaign: params.potential ? 'potential' : String.format('%s_%02d', settings.arms[0].arm, settings.seed),
            test_set: test_set,
            bulk_element: params.bulk_element,
            bulk_reference: params.reference != 'xtb',
            eam_file: params.eam_file ? named(params.eam_file) : null,
            isomers: params.isomers ? named(params.isomers) : null,
            minima_sizes: params.minima_sizes,
            dynamics: params.dynamics ? named(params.dynamics) : null,
            descriptor_file: settings.descriptor_file,
            trace: settings.trace,
        ]
        def paper_line = "figures, tables, and what they say beside the paper: ${params.outdir}/paper/paper.md"
        if (params.dry_run.toString() == 'true') {
            DRY_RUN(named(params.seed_structures), test_set, settings.reference, jars)
            DRY_RUN.out.forecast.subscribe { text -> log.info("${Campaign.plan(params)}\n${text.strip().readLines().collect { line -> '  ' + line }.join('\n')}") }
        } else if (params.label_structures) {
            LABELLING(named(params.label_structures), settings.reference, jars.label)
            LABELLING.out.labels.subscribe { _meta, labelled, failed, _costs ->
                log.info("${Campaign.count(labelled)} labelled, ${Campaign.count(failed)} failed: ${params.outdir}/labels")
            }
            LABELLING.out.waiting.subscribe { _meta, waiting -> error(Campaign.waitingLine([waiting.text.strip()])) }
        } else if (params.potential) {
            def meta = [id: 'potential', arm: 'potential', campaign: 'potential', seed: settings.seed, train_on: Campaign.trainOn(params)]
            MEASURING(named(params.potential), named(params.potential_pool), meta, measured, settings.reference, jars)
            MEASURING.out.paper.subscribe { _folder -> log.info(paper_line) }
        } else {
            ACTIVE_LEARNING(named(params.seed_structures), test_set, settings, jars)

            def shelf = new ReportShelf(named(params.outdir), workflow.commandLine, params)
            ACTIVE_LEARNING.out.report.subscribe { campaign, generation, page -> shelf.put(page, "${campaign ? campaign + '/' : ''}report.html", generation) }
            ACTIVE_LEARNING.out.stop.subscribe { meta, stop -> log.info(Campaign.stopLine(meta, stop, params.outdir)) }
            ACTIVE_LEARNING.out.finished.subscribe { meta, _pool, _potential, _generations, test -> log.info(Campaign.finalLine(meta, test, params.outdir)) }
            if (params.properties.toString() == 'true') {
                def reference = settings.reference + [settings: ACTIVE_LEARNING.out.engine, identity: ACTIVE_LEARNING.out.identity]
                PROPERTIES(ACTIVE_LEARNING.out.finished, measured, reference, ACTIVE_LEARNING.out.atoms, jars)
                PROPERTIES.out.paper.subscribe { _folder -> log.info(paper_line) }
            }

            // Labels from outside that are not there yet: the run has not come to its end.
            ACTIVE_LEARNING.out.waiting.toList().subscribe { texts ->
                def lines = texts.flatten()
                if (lines) {
                    error(Campaign.waitingLine(lines))
                }
            }
        }

        def campaigns = settings.arms*.replicas.sum()
        def report = params.label_structures || params.potential ? '' : "; the report: ${params.outdir}/${campaigns > 1 ? '' : String.format('%s_%02d/', settings.arms[0].arm, settings.seed)}report.html"
        workflow.onComplete = {
            if (workflow.success && params.dry_run.toString() != 'true' && !params.label_structures && !params.potential) {
                // Only those of this run: others may lie beside them that another command made.
                def names = settings.arms.collectMany { arm -> (1..arm.replicas).collect { replica -> String.format('%s_%02d', arm.arm, settings.seed + replica - 1) } }
                def trouble = ResultsCrates.write(named(params.outdir).toAbsolutePath(), names, file("${projectDir}/main.nf"), jars.compare, workflow.commandLine)
                if (trouble) {
                    log.warn("no ro-crate-metadata.json: ${trouble}")
                }
            }
            def full = workflow.success ? '' : WorkFiles.full([workflow.launchDir, workflow.workDir, named(params.outdir)])
            log.info(
                workflow.success && params.dry_run.toString() == 'true'
                    ? '\nAll is in order. The same command without --dry_run does it.'
                    : workflow.success
                    ? "\nDone in ${workflow.duration}. Results: ${params.outdir}${report}; what was run: ${params.outdir}/pipeline_info"
                    : (Campaign.lastWords(workflow.errorReport) ? "\nWhat went wrong: ${Campaign.lastWords(workflow.errorReport)}" : '') +
                        (full ? "\n${full}" : '') +
                        "\nNot finished. What is done is kept: the same command with -resume goes on from there."
            )
        }
    }
}
