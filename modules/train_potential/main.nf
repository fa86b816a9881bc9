include { computing } from '../java'

// A potential from a pool of labelled structures. The results lie in the folder meta.id.
process TRAIN_POTENTIAL {
    tag "${meta.id}"
    label 'process_medium'

    input:
    tuple val(meta), path(pool, stageAs: 'input/*'), path(initial, stageAs: 'initial/*') // a potential to go on from, or []
    path descriptor // symmetry functions, JSON, or [] for those of ext.args
    val options // string: more options of train.jar, or ''
    path jar

    output:
    tuple val(meta), path("${meta.id}/potential.json")    , emit: potential
    tuple val(meta), path("${meta.id}/learning_curve.csv"), emit: learning_curve

    script:
    def args = task.ext.args ?: ''
    def before = initial ? "--initial ${initial}" : ''
    def trained_on = meta.train_on ? "--train-on ${meta.train_on}" : ''
    def functions = descriptor ? "--descriptor ${descriptor}" : ''
    """
    mkdir -p ${meta.id}
    ${computing(task, jar)} \\
        --structures ${pool} \\
        --seed ${meta.seed} \\
        --threads ${task.cpus} \\
        --output ${meta.id}/potential.json \\
        --learning-curve ${meta.id}/learning_curve.csv \\
        ${trained_on} \\
        ${functions} \\
        ${before} \\
        ${options} \\
        ${args}
    """

    stub:
    """
    mkdir -p ${meta.id}
    echo '{}' > ${meta.id}/potential.json
    echo 'epoch' > ${meta.id}/learning_curve.csv
    """
}
