include { brief } from '../java'

// Errors of a potential on labelled structures that it was not trained on.
process EVALUATE_POTENTIAL {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(potential), path(test_set, stageAs: 'input/*')
    path jar

    output:
    tuple val(meta), path("${meta.id}/${set}.json")           , emit: comparison
    tuple val(meta), path("${meta.id}/${set}_predictions.xyz"), emit: predictions, optional: true

    script:
    def args = task.ext.args ?: ''
    set = meta.set ?: 'test'
    def predictions = meta.set ? "--predictions ${meta.id}/${set}_predictions.xyz" : ''
    def generation = meta.generation ? "--generation ${meta.generation}" : ''
    """
    mkdir -p ${meta.id}
    ${brief(task, jar)} \\
        --potential ${potential} \\
        --structures ${test_set} \\
        --output ${meta.id}/${set}.json \\
        ${generation} \\
        ${predictions} \\
        ${args}
    """

    stub:
    set = meta.set ?: 'test'
    """
    mkdir -p ${meta.id}
    echo '{}' > ${meta.id}/${set}.json
    """
}
