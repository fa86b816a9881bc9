include { computing } from '../java'
include { energyOptions } from '../measured'

// Equation of state, polymorphs and elastic constants of a potential, a classical model, or labels of the cells of PREPARE_BULK.
process MEASURE_BULK {
    tag "${meta.source}"
    label 'process_single'

    input:
    tuple val(meta), path(energies, stageAs: 'input/?/*') // a potential, tables of a model, labelled cells, or [] for a built-in model
    path jar

    output:
    tuple val(meta), path("properties/bulk/${meta.source}"), emit: tables

    script:
    def element = meta.element ? "--element ${meta.element}" : ''
    def args = task.ext.args ?: ''
    """
    mkdir -p properties/bulk
    ${computing(task, jar)} bulk \\
        ${energyOptions(meta, energies)} \\
        ${element} \\
        --output properties/bulk/${meta.source} \\
        ${args}
    """

    stub:
    """
    mkdir -p properties/bulk/${meta.source}
    echo 'source,crystal,lattice_constant,energy_above_fcc,cohesive_energy,bulk_modulus' > properties/bulk/${meta.source}/polymorphs.csv
    """
}
