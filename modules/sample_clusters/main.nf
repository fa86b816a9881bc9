include { brief     } from '../java'
include { computing } from '../java'

// Walkers: candidates from Monte Carlo walks on the potential that start at structures of the pool. Short walks share a task, and one start of
// Java.
process SAMPLE_CLUSTERS {
    tag "${meta.id} walker ${walks.collect { walk -> walk.walker }.join(', ')}"
    label 'process_single'

    input:
    tuple val(meta), val(walks), path(potential), path(pool, stageAs: 'input/*') // walks: [ map: walker, sampler, temperature, confinement, options (string) ]
    val short // whether Java need not optimise them
    path jar

    output:
    tuple val(meta), path('candidates_*.xyz', arity: '1..*'), emit: candidates // one for each walker, in their order

    script:
    def args = task.ext.args ?: ''
    def commands = walks.collect { walk ->
        """\
        --potential ${potential} \\
        --structures ${pool} \\
        --sampler ${walk.sampler} \\
        --temperature ${walk.temperature} \\
        --confinement ${walk.confinement} \\
        --seed ${meta.seed} \\
        --campaign ${meta.campaign} \\
        --generation ${meta.generation} \\
        --walker ${walk.walker} \\
        --output candidates_${String.format('%05d', walk.walker)}.xyz \\
        ${walk.options ?: ''} \\
        ${args}"""
    }
    """
    ${short ? brief(task, jar) : computing(task, jar)} \\
${commands.join(' \\\n      --then \\\n')}
    """

    stub:
    """
    for walker in ${walks.collect { walk -> String.format('%05d', walk.walker) }.join(' ')}; do
        printf '1\\nProperties=species:S:1:pos:R:3 pbc="F F F"\\nAu 0 0 0\\n' > candidates_\$walker.xyz
    done
    """
}
