include { brief } from '../../java'

// What a reference program left in a batch, to labels and records of what failed.
process PARSE_LABELS {
    tag "${meta.id} ${batch.name}"
    label 'process_single'

    input:
    tuple val(meta), path(batch)
    path atoms, stageAs: 'atoms/*' // labelled isolated atoms, or []
    val options // string: more options of label.jar parse, or ''
    path jar

    output:
    tuple val(meta), path("${batch.name}.xyz"), path("${batch.name}.csv"), emit: answers

    script:
    def args = task.ext.args ?: ''
    def isolated = atoms ? "--atoms ${atoms}" : ''
    """
    ${brief(task, jar)} parse \\
        --batch ${batch} \\
        ${isolated} \\
        --output ${batch.name}.xyz \\
        --costs ${batch.name}.csv \\
        ${options} \\
        ${args}
    """

    stub:
    """
    cp ${batch}/structures.xyz ${batch.name}.xyz
    echo 'atoms,seconds,outcome' > ${batch.name}.csv
    """
}
