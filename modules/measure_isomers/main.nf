include { computing } from '../java'
include { energyOptions } from '../measured'

// Relaxed isomers, their order, and how far they are from those of the reference.
process MEASURE_ISOMERS {
    tag "${meta.source}"
    label 'process_medium'

    input:
    tuple val(meta), path(energies, stageAs: 'input/?/*'), path(isomers, stageAs: 'isomers/*'), path(relaxed, stageAs: 'relaxed/*')
    path jar

    output:
    tuple val(meta), path("properties/${meta.set}/${meta.source}"), emit: tables

    script:
    def args = task.ext.args ?: ''
    def start = isomers ? "--isomers ${isomers}" : ''
    def compared = relaxed ? "--relaxed ${relaxed}" : ''
    """
    mkdir -p properties/${meta.set}
    ${computing(task, jar)} isomers \\
        ${energyOptions(meta, energies)} \\
        ${start} \\
        ${compared} \\
        --threads ${task.cpus} \\
        --output properties/${meta.set}/${meta.source} \\
        ${args}
    """

    stub:
    """
    mkdir -p properties/${meta.set}/${meta.source}
    echo 'source,size,isomer,energy_per_atom,relative_energy,rmsd,largest_force,planarity' > properties/${meta.set}/${meta.source}/isomers.csv
    """
}
