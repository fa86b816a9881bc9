include { RELAX_STEP       } from '../modules/relax_step'
include { LABEL_STRUCTURES } from '../subworkflows/label_structures'

// A set of structures at a step of its relaxation, with the folders that its labels lie in.
def step(meta, number) {
    def set = meta.set ?: meta.id
    def name = String.format('step_%03d', number)
    return [set: set, number: number, step: name, id: "${set}/${name}".toString(), labels: "properties/relaxed/${set}/labels/${name}".toString()]
}

// Relaxations with the reference, through labels like all others: whatever the program, each is asked for once, kept in the label store, and
// found again by -resume. All structures of a set take their steps together, until the forces of each are small or it has had its steps.
workflow RELAX_STRUCTURES {
    take:
    ch_sets      // channel: [ val(meta: id), path(structures) ]
    ch_potential // value channel: path(potential): a first idea of the forces' slopes
    reference    // map:     that of LABEL_STRUCTURES
    options      // map:     that of Options: relax
    ch_atoms     // value channel: path of labelled isolated atoms, or []
    jars         // map:     tool: path(jar)

    main:
    def loop = new FeedbackLoop()
    ch_passes = loop.items()
    RELAX_STEP(
        ch_passes
            .map { meta, structures, history -> [meta, structures, history] }
            .combine(ch_potential),
        options.relax, jars.compare
    )
    ch_steps = ch_passes
        .map { meta, structures, history -> [meta, structures, history] }
        .join(RELAX_STEP.out.step)
        .branch { _meta, _structures, _history, next, _relaxed, _steps ->
            finished: next.size() == 0
            unfinished: true
        }
    LABEL_STRUCTURES(
        ch_steps.unfinished.map { meta, _structures, _history, next, _relaxed, _steps -> [meta, next] },
        reference, ch_atoms, ch_atoms, jars.label
    )
    ch_next = ch_steps.unfinished
        .join(LABEL_STRUCTURES.out.labels)
        .map { meta, structures, history, _next, _relaxed, _steps, labelled, failed, _costs ->
            [step(meta, meta.number + 1), structures, history + [labelled, failed]]
        }
    loop.enter(ch_sets.map { meta, structures -> [step(meta, 1), structures, []] })
    loop.goRound(ch_next)
    loop.leave(ch_steps.finished)

    emit:
    relaxed = ch_steps.finished.map { meta, _structures, _history, _next, relaxed, steps -> [[id: meta.set, set: meta.set], relaxed, steps] }
    labels  = LABEL_STRUCTURES.out.labels
}
