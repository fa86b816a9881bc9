// One walker: candidates from a Monte Carlo walk on the potential that starts at a structure of the pool.
process SAMPLE_CLUSTERS {
    tag "${meta.id} walker ${meta.walker} ${meta.sampler}"
    label 'process_single'

    input:
    tuple val(meta), path(potential), path(pool, stageAs: 'input/*')
    path jar

    output:
    tuple val(meta), path("candidates_${meta.walker}.xyz"), emit: candidates

    script:
    def args = task.ext.args ?: ''
    def java = task.ext.short_walk ? Jvm.brief(task, jar) : Jvm.computing(task, jar)
    """
    ${java} \\
        --potential ${potential} \\
        --structures ${pool} \\
        --sampler ${meta.sampler} \\
        --temperature ${meta.temperature} \\
        --confinement ${meta.confinement} \\
        --seed ${meta.seed} \\
        --campaign ${meta.campaign} \\
        --generation ${meta.generation} \\
        --walker ${meta.walker} \\
        --output candidates_${meta.walker}.xyz \\
        ${args}
    """

    stub:
    """
    printf '1\\nProperties=species:S:1:pos:R:3 pbc="F F F"\\nAu 0 0 0\\n' > candidates_${meta.walker}.xyz
    """
}
