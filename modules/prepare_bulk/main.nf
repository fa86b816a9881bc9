include { brief } from '../java'

// Crystals that a reference program labels for MEASURE_BULK: at several volumes, and then, with those labelled, strained ones.
process PREPARE_BULK {
    tag "${meta.stage}"
    label 'process_single'

    input:
    tuple val(meta), path(labels, stageAs: 'input/*') // labels of the stage before, or []
    val options // string: more options of compare.jar bulk-structures, or ''
    path jar

    output:
    tuple val(meta), path("${meta.stage}.xyz"), emit: structures

    script:
    def args = task.ext.args ?: ''
    def before = labels ? "--labels ${labels}" : ''
    """
    ${brief(task, jar)} bulk-structures \\
        --stage ${meta.stage} \\
        ${before} \\
        --output ${meta.stage}.xyz \\
        ${options} \\
        ${args}
    """

    stub:
    """
    printf '1\\nProperties=species:S:1:pos:R:3 pbc="F F F"\\nAu 0 0 0\\n' > ${meta.stage}.xyz
    """
}
