include { brief } from '../java'

// What the run has cost so far, by step. Nextflow's trace is no input: it grows while this runs, and costs are never the same twice.
process SUM_COSTS {
    label 'process_single'
    cache false

    input:
    val trace // string: path of the trace
    val ready // whatever must have run before
    path jar

    output:
    path 'properties/cost', emit: tables

    script:
    """
    mkdir -p properties
    cp '${trace}' trace.tsv
    ${brief(task, jar)} cost \\
        --trace trace.tsv \\
        --output properties/cost
    """

    stub:
    """
    mkdir -p properties/cost
    echo 'step,tasks,cpu_seconds' > properties/cost/cost.csv
    """
}
