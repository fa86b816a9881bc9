// One generation with Cupel's modules: train, walk, screen, compute, select.
include { TRAIN_POTENTIAL   } from '../../modules/train_potential'
include { SAMPLE_CLUSTERS   } from '../../modules/sample_clusters'
include { SCREEN_CANDIDATES } from '../../modules/screen_candidates'
include { SELECT_STRUCTURES } from '../../modules/select_structures'
include { SINGLEPOINTS      } from './dft'

// A system at its next generation: the folders of its results.
def nextGeneration(meta) {
    def generation = meta.generation + 1
    return meta + [generation: generation, id: meta.campaign + '/gen' + generation, labels: meta.campaign + '/labels/gen' + generation]
}

// SELECT_STRUCTURES has applied the stop rule, and wrote down what it decided.
def hasStopped(state) {
    return new groovy.json.JsonSlurper().parseText(state.text).decision.action == 'stop'
}

workflow GENERATION {
    take:
    ch_systems // channel: [ val(meta: campaign, seed, generation before), path(pool), path(state) or [], [ paths of what was computed ] ]
    walks      // list:    what the walkers do, as SAMPLE_CLUSTERS takes it
    rule       // string:  options of the stop rule
    jars       // map:     tool: path

    main:
    ch_in = ch_systems.map { meta, pool, state, computed -> [nextGeneration(meta), pool, state, computed] }
    ch_pool = ch_in.map { meta, pool, _state, _computed -> [meta, pool] }

    TRAIN_POTENTIAL(ch_pool.map { meta, pool -> [meta, pool, []] }, [], '', jars.train)
    ch_potential = TRAIN_POTENTIAL.out.potential

    SAMPLE_CLUSTERS(ch_potential.join(ch_pool).map { meta, potential, pool -> [meta, walks, potential, pool] }, true, jars.sample)

    ch_to_screen = SAMPLE_CLUSTERS.out.candidates
        .join(ch_potential)
        .join(ch_in)
        .map { meta, candidates, potential, pool, _state, computed -> [meta, candidates, potential, pool, computed, []] }
    SCREEN_CANDIDATES(ch_to_screen, '', jars.compare)

    SINGLEPOINTS(SCREEN_CANDIDATES.out.screened, jars.label)

    ch_to_select = ch_potential
        .join(SINGLEPOINTS.out)
        .join(SCREEN_CANDIDATES.out.report)
        .join(ch_in)
        .map { meta, potential, labelled, failed, _costs, report, pool, state, _computed ->
            [meta, potential, labelled, failed, report, pool, state, []]
        }
    SELECT_STRUCTURES(ch_to_select, rule, jars.compare)

    ch_after = SELECT_STRUCTURES.out.pool
        .join(SELECT_STRUCTURES.out.state)
        .join(SINGLEPOINTS.out)
        .join(ch_in)
        .map { meta, pool, state, labelled, failed, _costs, _pool, _state, computed -> [meta, pool, state, computed + [labelled, failed]] }
        .branch { _meta, _pool, state, _computed ->
            stopped: hasStopped(state)
            unfinished: true
        }

    emit:
    stopped    = ch_after.stopped    // channel: as taken, after this generation
    unfinished = ch_after.unfinished // channel: the same
}
