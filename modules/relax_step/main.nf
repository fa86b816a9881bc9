// The next step of relaxations with the reference, all structures in lockstep: a function of all labels so far.
process RELAX_STEP {
    tag "${meta.id}"
    label 'process_medium'

    input:
    tuple val(meta), path(structures, stageAs: 'input/*'), path(history, stageAs: 'history/????/*'), path(potential)
    path jar

    output:
    tuple val(meta), path("${meta.step}/next.xyz"), path("${meta.step}/relaxed.xyz"), path("${meta.step}/steps.csv"), emit: step

    script:
    def args = task.ext.args ?: ''
    def before = history ? "--history ${history}" : ''
    """
    ${Jvm.computing(task, jar)} relax-step \\
        --threads ${task.cpus} \\
        --structures ${structures} \\
        --potential ${potential} \\
        ${before} \\
        --output ${meta.step} \\
        ${args}
    """

    stub:
    """
    mkdir ${meta.step}
    touch ${meta.step}/next.xyz ${meta.step}/steps.csv
    cp ${structures} ${meta.step}/relaxed.xyz
    """
}
