include { PREPARE_REFERENCE                } from '../subworkflows/prepare_reference'
include { RECORD_VERSIONS                  } from '../modules/record_versions'
include { LABEL_STRUCTURES as LABEL_SEEDS  } from '../subworkflows/label_structures'
include { hopeless                         } from '../subworkflows/label_structures'
include { ACTIVE_LEARNING                  } from './active_learning'
include { EVALUATE_POTENTIAL               } from '../modules/evaluate_potential'
include { FINISH_CAMPAIGNS                 } from '../subworkflows/finish_campaigns'
include { FORECAST_COSTS                   } from '../modules/label/forecast'
include { REPORT_CAMPAIGNS                 } from '../subworkflows/report_campaigns'
include { PROPERTIES                       } from './properties'
include { together                         } from '../subworkflows/together'

// Campaigns of active learning, side by side: their first labels, the loop, the potentials that come of it, and what is said of all that.
workflow CAMPAIGNS {
    take:
    seed_structures // path: one to a few structures to begin with
    test_set        // path: labelled structures for evaluation only, or null
    settings        // map:  seed, reference, options, arms, own_seeds, trace (string: path of Nextflow's), and those of GENERATION and FINISH_CAMPAIGNS
    measured        // map:  settings of PROPERTIES, or null if no properties are asked for
    outdir          // string: where the results will be, for people
    jars            // map:  tool: path(jar)

    main:
    PREPARE_REFERENCE(seed_structures, test_set ?: [], 'seeds', settings.reference, settings.options.seeds, jars.label)
    def reference = settings.reference + [
        settings: PREPARE_REFERENCE.out.settings, scripts: PREPARE_REFERENCE.out.scripts, identity: PREPARE_REFERENCE.out.identity
    ]
    RECORD_VERSIONS(workflow.nextflow.version.toString(), reference.engine, reference.identity, jars.train)

    // Labels of all seed structures for all campaigns, or, with --own_seeds, of one for each.
    def replicas = settings.arms*.replicas.max()
    ch_seeds = settings.own_seeds
        ? PREPARE_REFERENCE.out.each.flatMap { files -> Campaign.ownSeeds(files, replicas) }
        : PREPARE_REFERENCE.out.structures.map { structures -> [[id: 'seeds', labels: 'seeds/seeds'], structures] }
    LABEL_SEEDS(ch_seeds, reference, PREPARE_REFERENCE.out.atoms, PREPARE_REFERENCE.out.atoms, jars.label)
    ch_atoms = PREPARE_REFERENCE.out.atoms
    if (settings.reference.handoff) {
        // Isolated atoms are asked for together with the seeds: whoever answers is not kept waiting twice.
        ch_answered = settings.own_seeds ? LABEL_SEEDS.out.labels.first() : LABEL_SEEDS.out.labels
        ch_atoms = ch_answered.map { _meta, labelled, _failed, _costs -> labelled }
    }
    ch_starts = LABEL_SEEDS.out.labels.flatMap { meta, labelled, failed, _costs ->
        if (labelled.size() == 0) {
            error(hopeless('no seed structure could be labelled', failed))
        }
        Campaign.starts(settings.arms, settings.seed, meta.replica).collect { start -> [start, labelled] }
    }

    ACTIVE_LEARNING(ch_starts, settings, reference, ch_atoms, jars)

    // Test errors, beside the loop: nothing in it waits for them.
    if (test_set) {
        EVALUATE_POTENTIAL(ACTIVE_LEARNING.out.potentials.map { meta, potential -> [meta, potential, test_set] }, jars.compare)
        def course = new TestCourse()
        ch_tests = EVALUATE_POTENTIAL.out.comparison.flatMap { meta, test -> course.add(meta, test) }
    } else {
        ch_tests = ACTIVE_LEARNING.out.generations.map { meta, _files -> [meta, []] }
    }
    ch_generations = together(files: ACTIVE_LEARNING.out.generations, tests: ch_tests)
        .map { meta, given -> [meta, given.files + [tests: given.tests]] }
    ch_finished = together(files: ACTIVE_LEARNING.out.finished, tests: ch_tests)
        .map { meta, given -> [Campaign.finished(meta), given.files + [tests: given.tests]] }

    FINISH_CAMPAIGNS(ch_finished, test_set, settings, jars)
    ch_ends = together(
        potential: FINISH_CAMPAIGNS.out.potential, errors: FINISH_CAMPAIGNS.out.errors, pool: FINISH_CAMPAIGNS.out.pool,
        generations: FINISH_CAMPAIGNS.out.generations, stop: FINISH_CAMPAIGNS.out.stop
    )

    ch_versions = RECORD_VERSIONS.out.versions.map { file -> file.text }
    // With labels that cost nothing a campaign ends before anybody has read a page of it.
    ch_shown = settings.reference.builtin ? channel.empty() : ch_generations
    REPORT_CAMPAIGNS(ch_shown, ch_finished, ch_ends, test_set ?: [], ch_versions, settings.trace, jars.compare)

    // What is said on the way: what it has cost and may still cost, at the start and after each generation; and how it goes.
    ch_lines = ch_generations
        .map { meta, files -> Campaign.logLine(meta, files.state, files.tests ? files.tests.last() : null) }
        .mix(FINISH_CAMPAIGNS.out.stop.map { meta, stop -> Campaign.stopLine(meta, stop, outdir) })
        .mix(ch_ends.map { meta, end -> Campaign.finalLine(meta, end.errors, outdir) })
    if (!settings.reference.builtin && !settings.reference.handoff) {
        ch_seed_costs = PREPARE_REFERENCE.out.labels
            .mix(LABEL_SEEDS.out.labels)
            .map { _meta, _labelled, _failed, costs -> costs }
            .toSortedList { costs -> costs.name }
        ch_to_forecast = ch_seed_costs
            .map { costs -> [[id: 'seeds'], costs, []] }
            .mix(
                ACTIVE_LEARNING.out.generations
                    .combine(ch_seed_costs.map { costs -> [costs] })
                    .map { meta, files, seed_costs -> [meta, seed_costs, files.labels.findAll { path -> path.name.endsWith('.csv') }] }
            )
        FORECAST_COSTS(ch_to_forecast, settings.reference.engine, settings.options.forecast, jars.label)
        ch_lines = ch_lines.mix(FORECAST_COSTS.out.text.map { meta, text -> Campaign.forecastLine(meta, text.text) })
    }

    ch_done = FINISH_CAMPAIGNS.out.features.mix(ch_ends, REPORT_CAMPAIGNS.out.pages)
    if (measured) {
        PROPERTIES(
            ch_ends.map { meta, end -> [meta, end.pool, end.potential, end.generations, end.errors] }, measured, reference, ch_atoms, jars
        )
        ch_done = ch_done.mix(PROPERTIES.out.paper)
        ch_lines = ch_lines.mix(PROPERTIES.out.paper.map { _folder -> Campaign.paperLine(outdir) })
    }

    emit:
    lines   = ch_lines                   // channel: strings, for the log
    pages   = REPORT_CAMPAIGNS.out.pages // channel: [ campaign, or '' for all together, generation, path(page) ], later pages of higher generations
    // Campaigns that wait for labels from outside, a line each, and nothing for what is done: so that it closes when nothing runs any more.
    waiting = LABEL_SEEDS.out.waiting
        .mix(ACTIVE_LEARNING.out.waiting)
        .map { _meta, text -> text.readLines().last() }
        .mix(ch_done.filter { _done -> false })
}
