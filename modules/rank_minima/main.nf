include { brief } from '../java'

// The order of minima by labels, and from which size on globular ones are lowest.
process RANK_MINIMA {
    tag "${meta.source}"
    label 'process_single'

    input:
    tuple val(meta), path(labelled, stageAs: 'input/*')
    path jar

    output:
    tuple val(meta), path("properties/minima/${meta.source}"), emit: tables

    script:
    """
    mkdir -p properties/minima
    ${brief(task, jar)} minima \\
        --labelled ${labelled} \\
        --name ${meta.source} \\
        --output properties/minima/${meta.source}
    """

    stub:
    """
    mkdir -p properties/minima/${meta.source}
    touch properties/minima/${meta.source}/minima.csv
    """
}
