include { brief } from '../../java'

// What the reference calculations have cost so far and what they may still cost, in words.
process FORECAST_COSTS {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(seed_costs, stageAs: 'seeds/*'), path(costs, stageAs: 'costs/?/*')
    val engine
    val options // string: more options of label.jar forecast, or ''
    path jar

    output:
    tuple val(meta), path('forecast.txt'), emit: text

    script:
    def args = task.ext.args ?: ''
    def seeds = seed_costs ? "--seed-costs ${seed_costs}" : ''
    def since = costs ? "--costs ${costs}" : ''
    """
    ${brief(task, jar)} forecast \\
        --engine ${engine} \\
        --generation ${meta.generation ?: 0} \\
        ${seeds} \\
        ${since} \\
        ${options} \\
        ${args} > forecast.txt
    """

    stub:
    """
    echo 'reference: stub' > forecast.txt
    """
}
