// A pipeline of single points that learns a potential beside them, with Cupel's modules. Nothing else of Cupel is here: no configuration,
// no lib/, no bin/.
include { PREPARE_SEEDS                 } from '../../modules/prepare_seeds'
include { TRAIN_POTENTIAL as TRAIN_LAST } from '../../modules/train_potential'
include { SUMMARIZE_CAMPAIGN            } from '../../modules/summarize_campaign'
include { RATTLE                        } from './dft'
include { SINGLEPOINTS                  } from './dft'
include { GENERATION as GENERATION_1    } from './generation'
include { GENERATION as GENERATION_2    } from './generation'
include { GENERATION as GENERATION_3    } from './generation'
include { GENERATION as GENERATION_4    } from './generation'

workflow {
    def jars = ['train', 'sample', 'compare', 'label'].collectEntries { tool -> [tool, file("${params.cupel_jars}/${tool}.jar", checkIfExists: true)] }
    def system = [
        id: params.element, campaign: params.element, generation: 0, labels: params.element + '/labels/gen0', seed: params.seed, train_on: 'energy+forces'
    ]
    def walks = ['300', '1000', '3000'].withIndex(1).collect { temperature, walker ->
        [walker: walker, sampler: 'metropolis', temperature: temperature, confinement: '0', options: '']
    }

    // Clusters to begin with, and an isolated atom, whose energy is the zero of energies.
    RATTLE([system, params.seeds], file("${projectDir}/dft/rattle.awk"))
    PREPARE_SEEDS(RATTLE.out.xyz.map { _meta, xyz -> xyz }, [], '', jars.label)
    SINGLEPOINTS(PREPARE_SEEDS.out.structures.map { seeds -> [system, seeds] }, jars.label)

    // The loop, written out: what the stop rule has not ended goes on to the next generation, and there are four at most. A channel has no
    // way back in Nextflow: its recurse is a preview that makes every system wait for the slowest, and a feedback channel has to be built
    // of classes inside of Nextflow, which may change under it. Four calls are plain Nextflow, old and new; each generation has its name in
    // log and trace; and no system waits for another. Who needs twenty takes a plugin that has the way back, such as nf-cupel.
    def rule = '--max-generations 4'
    GENERATION_1(SINGLEPOINTS.out.map { meta, labelled, _failed, _costs -> [meta, labelled, [], []] }, walks, rule, jars)
    GENERATION_2(GENERATION_1.out.unfinished, walks, rule, jars)
    GENERATION_3(GENERATION_2.out.unfinished, walks, rule, jars)
    GENERATION_4(GENERATION_3.out.unfinished, walks, rule, jars)
    ch_stopped = GENERATION_1.out.stopped
        .mix(GENERATION_2.out.stopped, GENERATION_3.out.stopped, GENERATION_4.out.stopped)
        .map { meta, pool, state, _computed -> [meta + [id: meta.campaign], pool, state] }

    TRAIN_LAST(ch_stopped.map { meta, pool, _state -> [meta, pool, []] }, [], '', jars.train)
    SUMMARIZE_CAMPAIGN(ch_stopped.map { meta, pool, state -> [meta, state, pool, []] }, jars.compare)
    SUMMARIZE_CAMPAIGN.out.generations.view { meta, table -> "${meta.id}, the last generation: ${meta.generation}\n${table.text.trim()}" }
}
