include { brief } from '../../java'

// The answers of all batches, in the order of the structures: labels, and records of what failed.
process GATHER_LABELS {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(prepared), path(answers, stageAs: 'answers/*'), path(costs, stageAs: 'costs/*')
    path jar

    output:
    tuple val(meta), path("${meta.labels}_labelled.xyz"), path("${meta.labels}_failed.xyz"), path("${meta.labels}_costs.csv"), emit: labels

    script:
    def args = task.ext.args ?: ''
    def given = answers ? "--answers ${answers} --costs ${costs}" : ''
    """
    mkdir -p \$(dirname ${meta.labels})
    ${brief(task, jar)} gather \\
        --prepared ${prepared} \\
        ${given} \\
        --output ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        --output-costs ${meta.labels}_costs.csv \\
        ${args}
    """

    stub:
    """
    mkdir -p \$(dirname ${meta.labels})
    cat ${answers} > ${meta.labels}_labelled.xyz
    touch ${meta.labels}_failed.xyz
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    """
}
