include { brief } from '../java'

// Which candidates deserve a label: no junk, no twins of each other, of the pool, or of what was labelled before.
process SCREEN_CANDIDATES {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(candidates), path(potential), path(pool, stageAs: 'input/*'), path(labelled_before, stageAs: 'before/?/*'), path(state, stageAs: 'state/*')
    val options // string: more options of compare.jar screen, or ''
    path jar

    output:
    tuple val(meta), path("${meta.id}/screened.xyz"), emit: screened
    tuple val(meta), path("${meta.id}/refused.xyz") , emit: refused
    tuple val(meta), path("${meta.id}/screen.json") , emit: report

    script:
    def args = task.ext.args ?: ''
    def already = labelled_before ? "--already ${labelled_before}" : ''
    def choice = meta.select ? "--select ${meta.select}" : ''
    def spent = state ? "--campaign-state ${state}" : ''
    """
    mkdir -p ${meta.id}
    ${brief(task, jar)} screen \\
        --candidates ${candidates} \\
        --pool ${pool} \\
        --potential ${potential} \\
        ${already} \\
        ${spent} \\
        ${choice} \\
        --output ${meta.id}/screened.xyz \\
        --refused ${meta.id}/refused.xyz \\
        --report ${meta.id}/screen.json \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p ${meta.id}
    cat ${candidates} > ${meta.id}/screened.xyz
    touch ${meta.id}/refused.xyz
    echo '{}' > ${meta.id}/screen.json
    """
}
