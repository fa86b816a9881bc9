// Labels from xtb, in three steps: Java writes the input, xtb alone runs, Java reads the output.

// Structures to batches of input folders; always at least one batch.
process PREPARE_XTB {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(structures, stageAs: 'input/*')
    path jar

    output:
    tuple val(meta), path('batches/batch_*', type: 'dir'), emit: batches

    script:
    def args = task.ext.args ?: ''
    """
    ${Jvm.brief(task, jar)} prepare \\
        --engine xtb \\
        --structures ${structures} \\
        --output-dir batches \\
        ${args}
    """

    stub:
    """
    mkdir -p batches/batch_0000
    cp ${structures} batches/batch_0000/structures.xyz
    """
}

// One batch of calculations, in a copy of its folder: no Java here, only xtb. One that fails leaves its log.
process RUN_XTB {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def args = task.ext.args ?: ''
    """
    cp -rL ${batch} .
    xtb_batch.sh batch_* ${args}
    """

    stub:
    """
    cp -rL ${batch} .
    """
}

// Output of all batches to labels, in the order of the structures, and records of what failed.
process PARSE_XTB {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(batches)
    path jar

    output:
    tuple val(meta), path("${meta.labels}_labelled.xyz"), path("${meta.labels}_failed.xyz"), emit: labels

    script:
    def args = task.ext.args ?: ''
    """
    mkdir -p \$(dirname ${meta.labels})
    ${Jvm.brief(task, jar)} parse \\
        --engine xtb \\
        --batches ${batches} \\
        --output ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        ${args}
    """

    stub:
    """
    mkdir -p \$(dirname ${meta.labels})
    cat batch_*/structures.xyz > ${meta.labels}_labelled.xyz
    touch ${meta.labels}_failed.xyz
    """
}
