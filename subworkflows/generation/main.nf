include { TRAIN_POTENTIAL   } from '../../modules/train_potential'
include { SAMPLE_CLUSTERS   } from '../../modules/sample_clusters'
include { SCREEN_CANDIDATES } from '../../modules/screen_candidates'
include { LABEL_STRUCTURES  } from '../label_structures'
include { SELECT_STRUCTURES } from '../../modules/select_structures'

// One generation of each campaign that comes in: train on the pool, walk on the potential to where it may be wrong,
// ask the reference there, and keep what the potential got wrong.
workflow GENERATION {
    take:
    ch_campaigns // channel: [ val(meta: arm, campaign, seed, samplers, select, train_on, generation, id, labels), path(pool), path(state) or [], [ path(labels before), ... ], path(potential before) or [] ]
    settings     // map:     max_label_hours (or null), temperatures, confinements (used in turn), walkers, warm_start, generation_labels (whether potentials learn all labels, not the pool alone), descriptor_file (path or [])
    reference    // map:     that of LABEL_STRUCTURES
    ch_atoms     // value channel: path of labelled isolated atoms, or []
    jars         // map:     tool: path(jar)

    main:
    ch_pools = ch_campaigns.map { meta, pool, _state, _before, _initial -> [meta, pool] }
    ch_states = ch_campaigns.map { meta, _pool, state, _before, _initial -> [meta, state] }
    // Labels and failures of all generations before; their costs lie among them.
    ch_before = ch_campaigns.map { meta, _pool, _state, before, _initial -> [meta, before] }
    ch_labels_before = ch_before.map { meta, before -> [meta, before.findAll { path -> !path.name.endsWith('.csv') }] }
    ch_to_train = ch_campaigns.map { meta, pool, _state, before, initial ->
        [meta, Campaign.lessons(pool, before, settings.generation_labels), settings.warm_start ? initial : []]
    }

    TRAIN_POTENTIAL(ch_to_train, settings.descriptor_file, jars.train)

    ch_walkers = TRAIN_POTENTIAL.out.potential
        .join(ch_pools)
        .flatMap { meta, potential, pool ->
            (1..settings.walkers).collect { walker ->
                [meta + [walker: walker] + Campaign.walk(walker, meta.samplers, settings), potential, pool]
            }
        }
    SAMPLE_CLUSTERS(ch_walkers, jars.sample)

    // Walkers end in any order: sorted, so that the order does not reach the hash of the next task.
    ch_candidates = SAMPLE_CLUSTERS.out.candidates
        .map { meta, candidates ->
            [groupKey(meta - meta.subMap(['walker', 'sampler', 'temperature', 'confinement']), settings.walkers), [meta.walker, candidates]]
        }
        .groupTuple()
        .map { key, found ->
            [key.getGroupTarget(), found.sort { entry -> entry[0] }.collect { entry -> entry[1] }]
        }
    // Time is looked at only where it limits: it is never the same twice.
    ch_state_to_screen = settings.max_label_hours ? ch_states : ch_states.map { meta, _state -> [meta, []] }
    ch_to_screen = ch_candidates
        .join(TRAIN_POTENTIAL.out.potential)
        .join(ch_pools)
        .join(ch_labels_before)
        .join(ch_state_to_screen)
    SCREEN_CANDIDATES(ch_to_screen, jars.compare)

    LABEL_STRUCTURES(SCREEN_CANDIDATES.out.screened, reference, ch_atoms, ch_atoms, jars.label)

    ch_labels = LABEL_STRUCTURES.out.labels.map { meta, labelled, failed, _costs -> [meta, labelled, failed] }
    ch_costs = LABEL_STRUCTURES.out.labels.map { meta, _labelled, _failed, costs -> [meta, costs] }
    ch_costs_to_select = settings.max_label_hours ? ch_costs : ch_costs.map { meta, _costs -> [meta, []] }
    ch_to_select = TRAIN_POTENTIAL.out.potential
        .join(ch_labels)
        .join(SCREEN_CANDIDATES.out.report)
        .join(ch_pools)
        .join(ch_states)
        .join(ch_costs_to_select)
    SELECT_STRUCTURES(ch_to_select, jars.compare)

    ch_campaigns_after = SELECT_STRUCTURES.out.pool
        .join(SELECT_STRUCTURES.out.state)
        .join(LABEL_STRUCTURES.out.labels)
        .join(ch_before)
        .join(TRAIN_POTENTIAL.out.potential)
        .map { meta, pool, state, labelled, failed, costs, before, potential ->
            [meta, pool, state, before + [labelled, failed, costs], potential]
        }

    emit:
    campaigns = ch_campaigns_after            // channel: [ val(meta), path(pool), path(state), [ path(labelled before), ... ], path(potential) ]
    potential = TRAIN_POTENTIAL.out.potential // channel: [ val(meta), path(potential) ]
    waiting   = LABEL_STRUCTURES.out.waiting  // channel: [ val(meta), path(text) ]: campaigns that wait for labels from outside
}
