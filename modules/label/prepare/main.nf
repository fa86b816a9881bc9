include { brief } from '../../java'

// Structures to batches of input folders for a reference program. What is known already is not asked again.
process PREPARE_LABELS {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(structures, stageAs: 'input/*')
    val engine
    path settings
    path identity
    path known, stageAs: 'known/*' // structures with labels, or []
    val options // string: more options of label.jar prepare, or ''
    path jar

    output:
    tuple val(meta), path('prepared', type: 'dir'), emit: prepared
    tuple val(meta), path('said.txt')             , emit: said // how many are to compute, and what the label store has of other levels

    script:
    def args = task.ext.args ?: ''
    def labelled = known ? "--known ${known}" : ''
    """
    ${brief(task, jar)} prepare \\
        --engine ${engine} \\
        --settings ${settings} \\
        --identity ${identity} \\
        --structures ${structures} \\
        ${labelled} \\
        --output-dir prepared \\
        ${options} \\
        ${args} > said.txt
    """

    stub:
    """
    mkdir -p prepared/batch_0000
    cp ${structures} prepared/structures.xyz
    cp ${structures} prepared/batch_0000/structures.xyz
    touch said.txt
    """
}
