include { computing } from '../java'
include { energyOptions } from '../measured'

// The lowest clusters of each size that a potential has, planar and globular.
process SEARCH_MINIMA {
    tag "${meta.source}"
    label 'process_medium'

    input:
    tuple val(meta), path(energies, stageAs: 'input/?/*')
    val options // string: more options of compare.jar minima, or ''
    path jar

    output:
    tuple val(meta), path("properties/minima/${meta.source}")           , emit: tables
    tuple val(meta), path("properties/minima/${meta.source}/minima.xyz"), emit: structures

    script:
    def args = task.ext.args ?: ''
    """
    mkdir -p properties/minima
    ${computing(task, jar)} minima \\
        ${energyOptions(meta, energies)} \\
        --threads ${task.cpus} \\
        --output properties/minima/${meta.source} \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p properties/minima/${meta.source}
    touch properties/minima/${meta.source}/minima.csv
    printf '1\\nProperties=species:S:1:pos:R:3 pbc="F F F"\\nAu 0 0 0\\n' > properties/minima/${meta.source}/minima.xyz
    """
}
