include { brief } from '../java'

// The course of a finished campaign, one row a generation, why it stopped, and the pool that it ended with.
process SUMMARIZE_CAMPAIGN {
    tag "${meta.campaign}"
    label 'process_single'

    input:
    tuple val(meta), path(state, stageAs: 'input/*'), path(pool, stageAs: 'input/*'), path(tests, stageAs: 'tests/????/*')
    path jar

    output:
    tuple val(meta), path("${meta.campaign}/generations.csv"), emit: generations
    tuple val(meta), path("${meta.campaign}/stop.json")      , emit: stop
    tuple val(meta), path("${meta.campaign}/pool.xyz")       , emit: pool

    script:
    def args = task.ext.args ?: ''
    def errors = tests ? "--tests ${tests}" : ''
    """
    mkdir -p ${meta.campaign}
    ${brief(task, jar)} summarize \\
        --campaign-state ${state} \\
        ${errors} \\
        --output-generations ${meta.campaign}/generations.csv \\
        --output-stop ${meta.campaign}/stop.json \\
        ${args}
    cp ${pool} ${meta.campaign}/pool.xyz
    """

    stub:
    """
    mkdir -p ${meta.campaign}
    echo 'generation' > ${meta.campaign}/generations.csv
    echo '{"campaign": "${meta.campaign}", "action": "stop", "reason": "stub"}' > ${meta.campaign}/stop.json
    cp ${pool} ${meta.campaign}/pool.xyz
    """
}
