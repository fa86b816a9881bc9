include { brief } from '../java'

// SCREEN_CANDIDATES, LABEL_BUILTIN and SELECT_STRUCTURES at once, for a built-in model: its labels take microseconds, and a start of Java
// each would take most of the time.
process TEST_CANDIDATES {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(candidates), path(potential), path(pool, stageAs: 'input/*'), path(labelled_before, stageAs: 'before/?/*'), path(state, stageAs: 'state/*')
    val model
    val options // map: screen, limits (of labels), select (strings), hours_limited
    path jar    // compare.jar

    output:
    tuple val(meta), path("${meta.labels}_labelled.xyz"), path("${meta.labels}_failed.xyz"), path("${meta.labels}_costs.csv"), emit: labels
    tuple val(meta), path("${meta.id}/pool.xyz")    , emit: pool
    tuple val(meta), path("${meta.id}/state.json")  , emit: state
    tuple val(meta), path("${meta.id}/screened.xyz"), emit: screened
    tuple val(meta), path("${meta.id}/refused.xyz") , emit: refused
    tuple val(meta), path("${meta.id}/screen.json") , emit: report

    script:
    def already = labelled_before ? "--already ${labelled_before}" : ''
    def choice = meta.select ? "--select ${meta.select}" : ''
    def spent = options.hours_limited ? "--costs ${meta.labels}_costs.csv" : ''
    def before = state ? "--campaign-state ${state}" : ''
    """
    mkdir -p ${meta.id} \$(dirname ${meta.labels})
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    ${brief(task, jar)} screen \\
        --candidates ${candidates} \\
        --pool ${pool} \\
        --potential ${potential} \\
        ${already} \\
        ${before} \\
        ${choice} \\
        --output ${meta.id}/screened.xyz \\
        --refused ${meta.id}/refused.xyz \\
        --report ${meta.id}/screen.json \\
        ${options.screen} \\
      --then label \\
        --model ${model} \\
        --structures ${meta.id}/screened.xyz \\
        --output ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        ${options.limits} \\
      --then compare select \\
        --potential ${potential} \\
        --labelled ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        --screen ${meta.id}/screen.json \\
        --pool ${pool} \\
        ${before ?: "--campaign ${meta.campaign}"} \\
        ${spent} \\
        --output-pool ${meta.id}/pool.xyz \\
        --output-state ${meta.id}/state.json \\
        ${options.select}
    """

    stub:
    def decision = meta.generation < 2 ? 'continue' : 'stop'
    """
    mkdir -p ${meta.id} \$(dirname ${meta.labels})
    cat ${candidates} > ${meta.id}/screened.xyz
    touch ${meta.id}/refused.xyz ${meta.labels}_failed.xyz
    echo '{}' > ${meta.id}/screen.json
    cp ${meta.id}/screened.xyz ${meta.labels}_labelled.xyz
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    cat ${pool} ${meta.labels}_labelled.xyz > ${meta.id}/pool.xyz
    echo '{"campaign": "${meta.campaign}", "generation": ${meta.generation}, "quiet": 0, "generations": [],' \\
        '"decision": {"action": "${decision}", "reason": "stub"}}' > ${meta.id}/state.json
    """
}
