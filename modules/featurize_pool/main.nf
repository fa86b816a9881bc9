include { brief } from '../java'

// Symmetry functions of all atoms of the pool, for those who want to look at it or use it elsewhere.
process FEATURIZE_POOL {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(pool, stageAs: 'input/*')
    path descriptor // symmetry functions, JSON, or [] for those of ext.args
    val options // string: more options of featurize.jar, or ''
    path jar

    output:
    tuple val(meta), path("${meta.id}/features.npy"), emit: features

    script:
    def args = task.ext.args ?: ''
    def functions = descriptor ? "--descriptor ${descriptor}" : ''
    """
    mkdir -p ${meta.id}
    ${brief(task, jar)} \\
        --structures ${pool} \\
        --output ${meta.id}/features.npy \\
        ${functions} \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p ${meta.id}
    touch ${meta.id}/features.npy
    """
}
