include { GENERATION } from '../subworkflows/generation'

// The loop: campaigns side by side, generation after generation, each until its own stop rule ends it. The rule is applied at the end of a
// generation by compare.jar select, in SELECT_STRUCTURES or, for a built-in model, TEST_CANDIDATES; here is read what it has decided.
workflow ACTIVE_LEARNING {
    take:
    ch_starts // channel:       [ val(meta: arm, campaign, seed, samplers, select, train_on), path(labels to begin with) ]
    settings  // map:           that of GENERATION
    reference // map:           that of LABEL_STRUCTURES
    ch_atoms  // value channel: path of labelled isolated atoms, or []
    jars      // map:           tool: path(jar)

    main:
    def loop = new FeedbackLoop()
    GENERATION(loop.items(), settings, reference, ch_atoms, jars)
    ch_ends = GENERATION.out.campaigns.branch { _meta, files ->
        finished: Campaign.hasStopped(files.state)
        unfinished: true
    }
    loop.enter(ch_starts.map { meta, pool -> [Campaign.generation(meta, 1), [pool: pool, state: [], labels: [], potential: []]] })
    loop.goRound(ch_ends.unfinished.map { meta, files -> [Campaign.generation(meta, meta.generation + 1), files] })
    loop.leave(ch_ends.finished)
    // A campaign that waits for labels from outside goes no further in this run.
    loop.leave(GENERATION.out.waiting)

    emit:
    generations = GENERATION.out.campaigns // channel: [ val(meta, generation), val(files: pool, state, labels: [ paths ], potential) ]
    potentials  = GENERATION.out.potential // channel: [ val(meta, generation), path(potential) ]
    finished    = ch_ends.finished         // channel: the last of generations of each campaign that has come to its end
    waiting     = GENERATION.out.waiting   // channel: [ val(meta), path(text) ]
}
