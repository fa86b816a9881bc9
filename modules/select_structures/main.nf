include { brief } from '../java'

// The direct test: what the potential got wrong joins the pool; then the stop rule. Its decision is in state.json.
process SELECT_STRUCTURES {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(potential), path(labelled), path(failed), path(screen_report), path(pool, stageAs: 'input/*'), path(state, stageAs: 'input/*'), path(costs)
    val options // string: more options of compare.jar select, or ''
    path jar

    output:
    tuple val(meta), path("${meta.id}/pool.xyz")  , emit: pool
    tuple val(meta), path("${meta.id}/state.json"), emit: state

    script:
    def args = task.ext.args ?: ''
    def before = state ? "--campaign-state ${state}" : "--campaign ${meta.campaign}"
    def spent = costs ? "--costs ${costs}" : ''
    """
    mkdir -p ${meta.id}
    ${brief(task, jar)} select \\
        --potential ${potential} \\
        --labelled ${labelled} \\
        --failed ${failed} \\
        --screen ${screen_report} \\
        --pool ${pool} \\
        ${before} \\
        ${spent} \\
        --output-pool ${meta.id}/pool.xyz \\
        --output-state ${meta.id}/state.json \\
        ${options} \\
        ${args}
    """

    stub:
    def decision = meta.generation < 2 ? 'continue' : 'stop'
    """
    mkdir -p ${meta.id}
    cat ${pool} ${labelled} > ${meta.id}/pool.xyz
    echo '{"campaign": "${meta.campaign}", "generation": ${meta.generation}, "quiet": 0, "generations": [],' \\
        '"decision": {"action": "${decision}", "reason": "stub"}}' > ${meta.id}/state.json
    """
}
