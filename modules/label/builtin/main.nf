include { brief } from '../../java'

// Labels from a classical model that is built in: gupta, sutton-chen. A label that fails is a record in failed.xyz.
process LABEL_BUILTIN {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(structures, stageAs: 'input/*')
    val model
    val options // string: more options of label.jar, or ''
    path jar

    output:
    tuple val(meta), path("${meta.labels}_labelled.xyz"), path("${meta.labels}_failed.xyz"), path("${meta.labels}_costs.csv"), emit: labels

    script:
    def args = task.ext.args ?: ''
    """
    mkdir -p \$(dirname ${meta.labels})
    ${brief(task, jar)} \\
        --model ${model} \\
        --structures ${structures} \\
        --output ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        ${options} \\
        ${args}
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    """

    stub:
    """
    mkdir -p \$(dirname ${meta.labels})
    cat ${structures} > ${meta.labels}_labelled.xyz
    touch ${meta.labels}_failed.xyz
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    """
}
