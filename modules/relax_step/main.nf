include { computing } from '../java'

// The next step of relaxations with the reference, all structures in lockstep: a function of all labels so far.
process RELAX_STEP {
    tag "${meta.id}"
    label 'process_medium'

    input:
    tuple val(meta), path(structures, stageAs: 'input/*'), path(history, stageAs: 'history/????/*'), path(potential)
    val options // string: more options of compare.jar relax-step, or ''
    path jar

    output:
    tuple val(meta), path("${folder}/next.xyz"), path("${folder}/relaxed.xyz"), path("${folder}/steps.csv"), emit: step

    script:
    folder = "properties/relaxed/${meta.set}/${meta.step}"
    def args = task.ext.args ?: ''
    def before = history ? "--history ${history}" : ''
    """
    ${computing(task, jar)} relax-step \\
        --threads ${task.cpus} \\
        --structures ${structures} \\
        --potential ${potential} \\
        ${before} \\
        --output ${folder} \\
        ${options} \\
        ${args}
    """

    stub:
    folder = "properties/relaxed/${meta.set}/${meta.step}"
    """
    mkdir -p ${folder}
    touch ${folder}/next.xyz ${folder}/steps.csv
    cp ${structures} ${folder}/relaxed.xyz
    """
}
