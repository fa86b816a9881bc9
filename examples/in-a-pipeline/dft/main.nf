// What this pipeline had before it knew of Cupel: structures, and single points of them.
include { GATHER_LABELS } from '../../../modules/label/gather'

process RATTLE {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), val(count)
    path program

    output:
    tuple val(meta), path('rattled.xyz'), emit: xyz

    script:
    def args = task.ext.args ?: ''
    """
    LC_ALL=C awk -v element=${meta.id} -v count=${count} -v seed=${meta.seed} ${args} -f ${program} > rattled.xyz
    """
}

// One file a structure. Each gets its number from 0, the note request: GATHER_LABELS puts the answers back by it.
process SPLIT_FRAMES {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(xyz)

    output:
    tuple val(meta), path('frames/*.xyz', arity: '0..*'), emit: frames
    tuple val(meta), path('prepared')                   , emit: prepared

    script:
    """
    mkdir frames prepared
    : > prepared/known.xyz
    awk 'left == 0 { left = \$1 + 2; line = 0; frame = sprintf("frames/%04d.xyz", number++) }
         ++line == 2 { \$0 = \$0 " request=" (number - 1) }
         { left--; print > frame; print }' ${xyz} > prepared/structures.xyz
    """
}

process SCF {
    tag "${meta.id} ${frame.baseName}"
    label 'process_single'

    input:
    tuple val(meta), path(frame)
    path program

    output:
    tuple val(meta), path("${frame.baseName}_scf.xyz"), emit: xyz

    // A calculation that does not converge is an answer too: Cupel wants every structure back.
    script:
    """
    status=0
    LC_ALL=C awk -f ${program} ${frame} > ${frame.baseName}_scf.xyz || status=\$?
    if [ \$status -eq 3 ]; then
        sed '2s/\$/ failure=not_converged reason="the SCF did not converge"/' ${frame} > ${frame.baseName}_scf.xyz
    else
        exit \$status
    fi
    """
}

workflow SINGLEPOINTS {
    take:
    ch_structures // channel: [ val(meta), path(xyz) ]; meta.labels: where the results lie
    label_jar     // path

    main:
    SPLIT_FRAMES(ch_structures)
    ch_frames = SPLIT_FRAMES.out.frames.flatMap { meta, frames -> frames.collect { frame -> [groupKey(meta, frames.size()), frame] } }
    SCF(ch_frames, file("${moduleDir}/lj.awk"))

    // Sorted, as they end in any order; and a file without structures has no answers.
    ch_answers = SCF.out.xyz
        .groupTuple()
        .map { key, answers -> [key.getGroupTarget(), answers.sort { answer -> answer.name }] }
        .mix(SPLIT_FRAMES.out.frames.filter { _meta, frames -> frames.isEmpty() })
    GATHER_LABELS(
        SPLIT_FRAMES.out.prepared.join(ch_answers).map { meta, prepared, answers -> [meta, prepared, answers, []] },
        label_jar
    )

    emit:
    GATHER_LABELS.out.labels // channel: [ val(meta), path(labelled), path(failed), path(costs) ]
}
