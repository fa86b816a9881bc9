include { brief } from '../java'

// All figures and tables, and the page that sets them beside those of Loeffler et al. (2020).
process WRITE_PAPER {
    label 'process_single'

    input:
    path tables, stageAs: 'tables/????/*'
    path jar

    output:
    path 'paper', emit: paper

    script:
    """
    ${brief(task, jar)} paper \\
        --results tables \\
        --output paper
    """

    stub:
    """
    mkdir paper
    touch paper/paper.md
    """
}
