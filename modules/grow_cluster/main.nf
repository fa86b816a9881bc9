include { computing } from '../java'
include { energyOptions } from '../measured'

// A cluster that grows atom by atom, grand canonically.
process GROW_CLUSTER {
    tag "${meta.source}"
    label 'process_single'

    input:
    tuple val(meta), path(energies, stageAs: 'input/?/*')
    val options // string: more options of compare.jar growth, or ''
    path jar

    output:
    tuple val(meta), path("properties/growth/${meta.source}"), emit: tables

    script:
    def args = task.ext.args ?: ''
    """
    mkdir -p properties/growth
    ${computing(task, jar)} growth \\
        ${energyOptions(meta, energies)} \\
        --output properties/growth/${meta.source} \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p properties/growth/${meta.source}
    touch properties/growth/${meta.source}/growth.csv
    """
}
