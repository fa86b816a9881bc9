include { PREPARE_SEEDS      } from '../modules/prepare_seeds'
include { IDENTIFY_REFERENCE } from '../subworkflows/identify_reference'
include { PREPARE_LABELS     } from '../modules/label/prepare'
include { LABEL_BUILTIN      } from '../modules/label/builtin'
include { GENERATION         } from '../subworkflows/generation'
include { hopeless           } from '../subworkflows/label_structures'
include { FEATURIZE_POOL     } from '../modules/featurize_pool'
include { EVALUATE_POTENTIAL } from '../modules/evaluate_potential'
include { FORECAST_COSTS     } from '../modules/label/forecast'

// All that a campaign checks before its first calculation, what it may cost, and the first step of each tool on the real structures: a
// generation in small, with labels of a built-in model, or, where a program is the reference, labels that cost nothing and say nothing.
workflow DRY_RUN {
    take:
    seed_structures // path:   one to a few structures to begin with
    test_set        // path:   labelled structures for evaluation, or null
    settings        // map:    those of CAMPAIGNS, with as little of everything as there can be
    plan            // string: what the campaigns would do, for people
    jars            // map:    tool: path(jar)

    main:
    def reference = settings.reference
    PREPARE_SEEDS(seed_structures, test_set ?: [], settings.options.seeds, jars.label)

    // A program: is it there, are its data there for all elements, can its input be written, and what does the label store know?
    if (reference.builtin || reference.handoff) {
        ch_said = PREPARE_SEEDS.out.structures.map { _structures -> reference.builtin ? 'reference: built in' : 'reference: labels come from outside' }
    } else {
        IDENTIFY_REFERENCE(reference, PREPARE_SEEDS.out.atoms, jars.label)
        PREPARE_LABELS(
            PREPARE_SEEDS.out.structures.map { structures -> [[id: 'dry run'], structures] },
            reference.engine, IDENTIFY_REFERENCE.out.settings, IDENTIFY_REFERENCE.out.identity, [], reference.options.prepare, jars.label
        )
        FORECAST_COSTS(PREPARE_LABELS.out.said.map { meta, _said -> [meta, [], []] }, reference.engine, settings.options.forecast, jars.label)
        ch_said = PREPARE_LABELS.out.said
            .combine(FORECAST_COSTS.out.text)
            .map { _meta, said, _again, text -> "seeds: ${said.text.strip()}\n${text.text.strip()}".toString() }
    }

    def stand_in = [engine: reference.builtin ? reference.engine : 'none', builtin: true, handoff: false, options: [limits: '']]
    LABEL_BUILTIN(
        PREPARE_SEEDS.out.structures.map { structures -> [[id: 'dry run', labels: 'seeds'], structures] }, stand_in.engine, '', jars.label
    )
    ch_starts = LABEL_BUILTIN.out.labels.flatMap { _meta, labelled, failed, _costs ->
        if (labelled.size() == 0) {
            error(hopeless('no seed structure could be labelled', failed))
        }
        Campaign.starts(settings.arms, settings.seed, 1).collect { start ->
            [Campaign.generation(start, 1), [pool: labelled, state: [], labels: [], potential: []]]
        }
    }
    GENERATION(ch_starts, settings, stand_in, channel.value([]), jars)
    FEATURIZE_POOL(GENERATION.out.campaigns.map { meta, files -> [meta, files.pool] }, settings.descriptor_file, settings.options.featurize, jars.featurize)
    ch_done = FEATURIZE_POOL.out.features
    if (test_set) {
        EVALUATE_POTENTIAL(GENERATION.out.potential.map { meta, potential -> [meta, potential, test_set] }, jars.compare)
        ch_done = ch_done.mix(EVALUATE_POTENTIAL.out.comparison)
    }

    emit:
    // Once everything has been found to be in order.
    lines = ch_said
        .combine(ch_done.collect().map { _done -> 'done' })
        .map { said, _done -> "${plan}\n${said.readLines().collect { line -> '  ' + line }.join('\n')}".toString() } // channel: strings, for the log
}
