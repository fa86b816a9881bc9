include { TRAIN_POTENTIAL   } from '../../modules/train_potential'
include { SAMPLE_CLUSTERS   } from '../../modules/sample_clusters'
include { SCREEN_CANDIDATES } from '../../modules/screen_candidates'
include { LABEL_STRUCTURES  } from '../label_structures'
include { SELECT_STRUCTURES } from '../../modules/select_structures'
include { TEST_CANDIDATES   } from '../../modules/test_candidates'
include { together          } from '../together'

// The files to learn: the pool, and with all the labels also those that did not join it.
def lessons(files, all) {
    return [files.pool] + (all ? files.labels.findAll { path -> path.name.endsWith('_labelled.xyz') && path.size() > 0 } : [])
}

// What a walker does: samplers change from walker to walker. Once all samplers have had their turn, the next walkers begin with the next
// temperature and confinement; their walks then take these in turn.
def walk(walker, samplers, settings) {
    def turn = (walker - 1).intdiv(samplers.size())
    return [
        walker: walker,
        sampler: samplers[(walker - 1) % samplers.size()],
        temperature: beginningWith(settings.temperatures, turn),
        confinement: beginningWith(settings.confinements, turn),
        options: settings.options.sample[samplers[(walker - 1) % samplers.size()] == 'random' ? 'random' : 'walk'],
    ]
}

def beginningWith(values, first) {
    return (0..<values.size()).collect { i -> values[(first + i) % values.size()] }.join(',')
}

// One generation of each campaign that comes in: train on the pool, walk on the potential to where it may be wrong,
// ask the reference there, and keep what the potential got wrong.
workflow GENERATION {
    take:
    ch_campaigns // channel: [ val(meta: campaign, seed, samplers, select, train_on, generation, id, labels), val(files: pool, state or [],
                 //          labels: [ of all generations before, with failures and costs ], potential before or []) ]
    settings     // map:     options (map of strings: train, sample (walk, random), screen, select), hours_limited (whether time is), temperatures
                 //          and confinements (used in turn), walkers, walkers_together (so many share a
                 //          task), short_walks (whether Java need not optimise them), warm_start,
                 //          generation_labels (whether potentials learn all labels, not the pool alone), descriptor_file (path or [])
    reference    // map:     that of LABEL_STRUCTURES
    ch_atoms     // value channel: path of labelled isolated atoms, or []
    jars         // map:     tool: path(jar)

    main:
    TRAIN_POTENTIAL(
        ch_campaigns.map { meta, files -> [meta, lessons(files, settings.generation_labels), settings.warm_start ? files.potential : []] },
        settings.descriptor_file, settings.options.train, jars.train
    )

    ch_walkers = together(files: ch_campaigns, potential: TRAIN_POTENTIAL.out.potential).flatMap { meta, given ->
        def tasks = (1..settings.walkers).collect { walker -> walk(walker, meta.samplers, settings) }.collate(settings.walkers_together)
        tasks.collect { walks -> [groupKey(meta, tasks.size()), walks, given.potential, given.files.pool] }
    }
    SAMPLE_CLUSTERS(ch_walkers, settings.short_walks, jars.sample)

    // Walkers end in any order: sorted by their files, so that the order does not reach the hash of the next task.
    ch_candidates = SAMPLE_CLUSTERS.out.candidates
        .groupTuple()
        .map { key, found -> [key.getGroupTarget(), found.flatten().sort { file -> file.name }] }
    ch_to_screen = together(files: ch_campaigns, candidates: ch_candidates, potential: TRAIN_POTENTIAL.out.potential).map { meta, given ->
        def before = given.files.labels.findAll { path -> !path.name.endsWith('.csv') }
        // Time is looked at only where it limits: it is never the same twice.
        def state = settings.hours_limited || reference.builtin ? given.files.state : []
        [meta, given.candidates, given.potential, given.files.pool, before, state]
    }
    if (reference.builtin) {
        def options = settings.options.subMap(['screen', 'select']) + [limits: reference.options.limits, hours_limited: settings.hours_limited]
        TEST_CANDIDATES(ch_to_screen, reference.engine, options, jars.compare)
        ch_labels = TEST_CANDIDATES.out.labels.map { meta, labelled, failed, costs -> [meta, [labelled, failed, costs]] }
        ch_pools = TEST_CANDIDATES.out.pool
        ch_states = TEST_CANDIDATES.out.state
        ch_waiting = channel.empty()
    } else {
        SCREEN_CANDIDATES(ch_to_screen, settings.options.screen, jars.compare)
        LABEL_STRUCTURES(SCREEN_CANDIDATES.out.screened, reference, ch_atoms, ch_atoms, jars.label)
        ch_labels = LABEL_STRUCTURES.out.labels.map { meta, labelled, failed, costs -> [meta, [labelled, failed, costs]] }
        ch_to_select = together(
            files: ch_campaigns, potential: TRAIN_POTENTIAL.out.potential, labels: ch_labels, screen: SCREEN_CANDIDATES.out.report
        ).map { meta, given ->
            def (labelled, failed, costs) = given.labels
            [meta, given.potential, labelled, failed, given.screen, given.files.pool, given.files.state, settings.hours_limited ? costs : []]
        }
        SELECT_STRUCTURES(ch_to_select, settings.options.select, jars.compare)
        ch_pools = SELECT_STRUCTURES.out.pool
        ch_states = SELECT_STRUCTURES.out.state
        ch_waiting = LABEL_STRUCTURES.out.waiting
    }

    ch_campaigns_after = together(
        files: ch_campaigns, pool: ch_pools, state: ch_states, labels: ch_labels, potential: TRAIN_POTENTIAL.out.potential
    ).map { meta, given ->
        [meta, [pool: given.pool, state: given.state, labels: given.files.labels + given.labels, potential: given.potential]]
    }

    emit:
    campaigns = ch_campaigns_after            // channel: [ val(meta), val(files: pool, state, labels, potential) ] as taken
    potential = TRAIN_POTENTIAL.out.potential // channel: [ val(meta), path(potential) ]
    waiting   = ch_waiting                    // channel: [ val(meta), path(text) ]: campaigns that wait for labels from outside
}
