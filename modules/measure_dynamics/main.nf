include { computing } from '../java'
include { energyOptions } from '../measured'

// How bonds fluctuate with temperature, and how well energy is conserved.
process MEASURE_DYNAMICS {
    tag "${meta.source}"
    label 'process_medium'

    input:
    tuple val(meta), path(energies, stageAs: 'input/?/*'), path(structures, stageAs: 'structures/*')
    val options // string: more options of compare.jar dynamics, or ''
    path jar

    output:
    tuple val(meta), path("properties/dynamics/${meta.source}"), emit: tables

    script:
    def args = task.ext.args ?: ''
    """
    mkdir -p properties/dynamics
    ${computing(task, jar)} dynamics \\
        ${energyOptions(meta, energies)} \\
        --structures ${structures} \\
        --threads ${task.cpus} \\
        --output properties/dynamics/${meta.source} \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p properties/dynamics/${meta.source}
    touch properties/dynamics/${meta.source}/lindemann.csv
    """
}
