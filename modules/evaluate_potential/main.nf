// Errors of a potential on labelled structures that it was not trained on.
process EVALUATE_POTENTIAL {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(potential), path(test_set, stageAs: 'input/*')
    path jar

    output:
    tuple val(meta), path("${meta.id}/test.json"), emit: comparison

    script:
    def args = task.ext.args ?: ''
    def generation = meta.generation ? "--generation ${meta.generation}" : ''
    """
    mkdir -p ${meta.id}
    ${Jvm.brief(task, jar)} \\
        --potential ${potential} \\
        --structures ${test_set} \\
        --output ${meta.id}/test.json \\
        ${generation} \\
        ${args}
    """

    stub:
    """
    mkdir -p ${meta.id}
    echo '{}' > ${meta.id}/test.json
    """
}
