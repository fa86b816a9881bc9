include { RECORD_VERSIONS                          } from '../modules/record_versions'
include { PREPARE_SEEDS                            } from '../modules/prepare_seeds'
include { IDENTIFY_REFERENCE                       } from '../subworkflows/identify_reference'
include { LABEL_ATOMS                              } from '../subworkflows/label_atoms'
include { LABEL_STRUCTURES as LABEL_SEEDS          } from '../subworkflows/label_structures'
include { FORECAST_COSTS                           } from '../modules/label/forecast'
include { GENERATION                               } from '../subworkflows/generation'
include { TRAIN_POTENTIAL as TRAIN_FINAL           } from '../modules/train_potential'
include { FEATURIZE_POOL                           } from '../modules/featurize_pool'
include { EVALUATE_POTENTIAL                       } from '../modules/evaluate_potential'
include { EVALUATE_POTENTIAL as EVALUATE_FINAL     } from '../modules/evaluate_potential'
include { SUMMARIZE_CAMPAIGN                       } from '../modules/summarize_campaign'
include { WRITE_REPORT                             } from '../modules/write_report'
include { WRITE_REPORT as WRITE_FINAL_REPORT       } from '../modules/write_report'
include { WRITE_OVERVIEW                           } from '../modules/write_overview'

// Campaigns of active learning, side by side, each from one seed until its own stop rule ends it.
workflow ACTIVE_LEARNING {
    take:
    seed_structures // path: one to a few structures to begin with
    test_set        // path: labelled structures for evaluation only, or null
    settings        // map:  seed, arms, own_seeds, final_warm_start, final_labels, trace (string: path of Nextflow's), and those of GENERATION
    jars            // map:  tool: path(jar)

    main:
    PREPARE_SEEDS(seed_structures, test_set ?: [], jars.label)
    if (settings.own_seeds) {
        ch_seeds = PREPARE_SEEDS.out.each.flatMap { files ->
            def replicas = settings.arms*.replicas.max()
            if (files.size() < replicas) {
                error("--own_seeds with ${replicas} replicas needs as many seed structures; there are ${files.size()} that differ")
            }
            (1..replicas).collect { replica ->
                def file = files.toSorted { path -> path.name }[replica - 1]
                [[id: file.baseName, labels: "seeds/${file.baseName}".toString(), replica: replica], file]
            }
        }
    } else {
        ch_seeds = PREPARE_SEEDS.out.structures.map { structures -> [[id: 'seeds', labels: 'seeds/seeds'], structures] }
    }

    if (settings.reference.builtin || settings.reference.handoff) {
        reference = settings.reference
        ch_settings = channel.value([])
        ch_identity = channel.value([])
        ch_atoms = channel.value([])
    } else {
        IDENTIFY_REFERENCE(settings.reference, PREPARE_SEEDS.out.atoms, jars.label)
        ch_settings = IDENTIFY_REFERENCE.out.settings
        ch_identity = IDENTIFY_REFERENCE.out.identity
        reference = settings.reference + [settings: ch_settings, identity: ch_identity]
        LABEL_ATOMS(PREPARE_SEEDS.out.atoms, 'seeds', reference, jars.label)
        ch_atoms = LABEL_ATOMS.out.atoms
    }
    RECORD_VERSIONS(workflow.nextflow.version.toString(), reference.engine, ch_identity, jars.train)
    LABEL_SEEDS(ch_seeds, reference, ch_atoms, ch_atoms, jars.label)
    if (settings.reference.handoff) {
        // Isolated atoms are asked for together with the seeds: whoever answers is not kept waiting twice.
        ch_answered = settings.own_seeds ? LABEL_SEEDS.out.labels.first() : LABEL_SEEDS.out.labels
        ch_atoms = ch_answered.map { _meta, labelled, _failed, _costs -> labelled }
    }

    // Every campaign begins with labels of all seed structures, or of its own one, and goes its own way from there. Its number is
    // its random seed.
    ch_starts = LABEL_SEEDS.out.labels
        .flatMap { meta, labelled, failed, _costs ->
            if (labelled.size() == 0) {
                error(Campaign.hopeless('no seed structure could be labelled', failed))
            }
            settings.arms.collectMany { arm ->
                def replicas = (1..arm.replicas).findAll { replica -> !meta.replica || replica == meta.replica }
                replicas.collect { replica ->
                    def seed = settings.seed + replica - 1
                    def names = [arm: arm.arm, campaign: String.format('%s_%02d', arm.arm, seed), seed: seed]
                    [Campaign.generation(arm.subMap(['samplers', 'select', 'train_on']) + names, 1), labelled, [], [], []]
                }
            }
        }

    // Generation after generation, until the stop rule of the campaign has decided.
    def loop = new FeedbackLoop(settings.arms*.replicas.sum())
    GENERATION(loop.campaigns(), settings, reference, ch_atoms, jars)
    ch_ends = GENERATION.out.campaigns.branch { _meta, _pool, state, _before, _potential ->
        finished: Campaign.hasStopped(state)
        unfinished: true
    }
    ch_unfinished = ch_ends.unfinished
        .map { meta, pool, state, before, potential ->
            [Campaign.generation(meta, meta.generation + 1), pool, state, before, potential]
        }
    loop.feed(ch_starts)
    loop.feed(ch_unfinished)
    loop.release(ch_ends.finished)
    // A campaign that waits for labels from outside goes no further in this run.
    ch_waiting = LABEL_SEEDS.out.waiting.mix(GENERATION.out.waiting)
    loop.release(GENERATION.out.waiting)
    loop.release(LABEL_SEEDS.out.waiting.flatMap { meta, _text ->
        settings.arms.collectMany { arm -> (1..arm.replicas).findAll { replica -> !meta.replica || replica == meta.replica } }
    })

    // What it has cost and what it may still cost, at the start and after each generation; nothing waits for it.
    if (!settings.reference.builtin && !settings.reference.handoff) {
        ch_seed_costs = LABEL_ATOMS.out.labels
            .mix(LABEL_SEEDS.out.labels)
            .map { _meta, _labelled, _failed, costs -> costs }
            .toSortedList { costs -> costs.name }
        ch_to_forecast = ch_seed_costs
            .map { costs -> [[id: 'seeds'], costs, []] }
            .mix(
                GENERATION.out.campaigns
                    .map { meta, _pool, _state, before, _potential -> [meta, before.findAll { path -> path.name.endsWith('.csv') }] }
                    .combine(ch_seed_costs.map { costs -> [costs] })
                    .map { meta, costs, seed_costs -> [meta, seed_costs, costs] }
            )
        FORECAST_COSTS(ch_to_forecast, settings.reference.engine, jars.label)
        FORECAST_COSTS.out.text.subscribe { meta, text -> log.info(Campaign.forecastLine(meta, text)) }
    }

    // What the campaign is for: a potential from all of the final pool, and from the labels that did not join it.
    ch_final = ch_ends.finished.map { meta, pool, state, before, potential ->
        [meta.subMap(['arm', 'campaign', 'seed', 'train_on']) + [id: meta.campaign, generations: meta.generation], pool, state, before, potential]
    }
    ch_finished = ch_final.map { meta, pool, state, _before, _potential -> [meta, pool, state] }
    ch_final_pools = ch_final.map { meta, pool, _state, _before, _potential -> [meta, pool] }
    ch_to_train_last = ch_final.map { meta, pool, _state, before, potential ->
        [meta, Campaign.lessons(pool, before, settings.final_labels), settings.final_warm_start ? potential : []]
    }
    TRAIN_FINAL(ch_to_train_last, settings.descriptor_file, jars.train)
    FEATURIZE_POOL(ch_final_pools, settings.descriptor_file, jars.featurize)

    // Test errors, beside the loop: nothing in it waits for them.
    if (test_set) {
        EVALUATE_POTENTIAL(GENERATION.out.potential.map { meta, potential -> [meta, potential, test_set] }, jars.compare)
        EVALUATE_FINAL(TRAIN_FINAL.out.potential.map { meta, potential -> [meta, potential, test_set] }, jars.compare)
        ch_evaluated = EVALUATE_FINAL.out.comparison
        ch_errors = EVALUATE_FINAL.out.comparison.map { meta, test -> [meta.campaign, test] }
        ch_tests = ch_finished
            .flatMap { meta, _pool, _state ->
                (1..meta.generations).collect { generation -> [[meta.campaign, generation], meta.generations] }
            }
            .join(EVALUATE_POTENTIAL.out.comparison.map { meta, test -> [[meta.campaign, meta.generation], test] })
            .map { key, generations, test -> [groupKey(key[0], generations), [key[1], test]] }
            .groupTuple()
            .map { key, found ->
                [key.getGroupTarget(), found.sort { entry -> entry[0] }.collect { entry -> entry[1] }]
            }
        def course = new TestCourse()
        ch_to_report = GENERATION.out.campaigns.join(EVALUATE_POTENTIAL.out.comparison.flatMap { meta, test -> course.add(meta, test) })
        ch_to_log = GENERATION.out.campaigns
            .join(EVALUATE_POTENTIAL.out.comparison)
            .map { meta, _pool, state, _before, _potential, test -> [meta, state, test] }
    } else {
        ch_evaluated = channel.empty()
        ch_errors = ch_finished.map { meta, _pool, _state -> [meta.campaign, []] }
        ch_tests = ch_finished.map { meta, _pool, _state -> [meta.campaign, []] }
        ch_to_report = GENERATION.out.campaigns.map { meta, pool, state, labels, potential -> [meta, pool, state, labels, potential, []] }
        ch_to_log = GENERATION.out.campaigns.map { meta, _pool, state, _before, _potential -> [meta, state, null] }
    }
    ch_to_log.subscribe { meta, state, test -> log.info(Campaign.logLine(meta, state, test)) }

    ch_to_summarize = ch_finished
        .map { meta, pool, state -> [meta.campaign, meta, state, pool] }
        .join(ch_tests)
        .map { _campaign, meta, state, pool, tests -> [meta, state, pool, tests] }
    SUMMARIZE_CAMPAIGN(ch_to_summarize, jars.compare)

    // Pages for people, beside the loop too: of each campaign after each generation and after its end, and of all together.
    ch_versions = RECORD_VERSIONS.out.versions.toList().map { files -> files[0].text }
    ch_pages = ch_to_report.map { meta, pool, state, labels, potential, tests ->
        [meta, state, pool, potential, labels.findAll { path -> path instanceof Path }, tests]
    }
    WRITE_REPORT(ch_pages, test_set ?: [], ch_versions, settings.trace, jars.compare)
    ch_last_pages = ch_ends.finished
        .map { meta, pool, state, labels, _potential -> [meta.campaign, state, pool, labels] }
        .join(TRAIN_FINAL.out.potential.map { meta, potential -> [meta.campaign, meta, potential] })
        .join(ch_tests)
        .map { _campaign, state, pool, labels, meta, potential, tests ->
            [meta, state, pool, potential, labels.findAll { path -> path instanceof Path }, tests]
        }
    WRITE_FINAL_REPORT(ch_last_pages, test_set ?: [], ch_versions, settings.trace, jars.compare)
    ch_overview = SUMMARIZE_CAMPAIGN.out.generations
        .map { meta, generations -> [meta.campaign, generations] }
        .join(SUMMARIZE_CAMPAIGN.out.stop.map { meta, stop -> [meta.campaign, stop] })
        .join(ch_errors)
        .toSortedList { row -> row[0] }
        .filter { rows -> rows.size() > 1 }
        .map { rows ->
            [rows.collect { row -> row[1] }, rows.collect { row -> row[2] }, rows.collect { row -> row[3] }.findAll { test -> test instanceof Path }]
        }
    WRITE_OVERVIEW(ch_overview, ch_versions, settings.trace, jars.compare)
    ch_reports = WRITE_REPORT.out.report
        .mix(WRITE_FINAL_REPORT.out.report)
        .map { meta, page -> [meta.campaign, meta.generation ?: Integer.MAX_VALUE, page] }
        .mix(WRITE_OVERVIEW.out.report.map { page -> ['', Integer.MAX_VALUE, page] })

    // Closes when nothing runs any more, so that what is said then ends no task of a campaign that needs not wait.
    ch_done = TRAIN_FINAL.out.potential.mix(FEATURIZE_POOL.out.features, SUMMARIZE_CAMPAIGN.out.stop, ch_evaluated, ch_reports)
    ch_waits = ch_waiting.map { _meta, text -> [text.readLines().last()] }.mix(ch_done.map { _done -> [] })

    ch_all_finished = SUMMARIZE_CAMPAIGN.out.pool
        .map { meta, pool -> [meta.campaign, meta, pool] }
        .join(TRAIN_FINAL.out.potential.map { meta, potential -> [meta.campaign, potential] })
        .join(SUMMARIZE_CAMPAIGN.out.generations.map { meta, generations -> [meta.campaign, generations] })
        .join(ch_errors)
        .map { _campaign, meta, pool, potential, generations, test -> [meta, pool, potential, generations, test] }

    emit:
    finished = ch_all_finished             // channel: [ val(meta), path(pool), path(potential), path(generations), path(test errors) or [] ]
    report   = ch_reports                  // channel: [ campaign, or '' for all together, generation, path(page) ], later pages of higher generations
    stop     = SUMMARIZE_CAMPAIGN.out.stop // channel: [ val(meta), path(stop) ]
    waiting  = ch_waits                    // channel: [ line ] for each campaign that waits for labels from outside, [] for what is done
    engine   = ch_settings                 // value channel: path of the settings of a program that is the reference, or []
    identity = ch_identity                 // value channel: path of what it says it is, or []
    atoms    = ch_atoms                    // value channel: path of labelled isolated atoms, or []
}
