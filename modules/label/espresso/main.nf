// Quantum ESPRESSO. Needs pw.x and pseudopotentials, and bash; nothing of Cupel but scripts.

// Which pw.x, and which pseudopotentials, will answer.
process IDENTIFY_ESPRESSO {
    label 'process_engine_identity'

    input:
    path settings
    path atoms
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    def command = task.ext.command ?: 'pw.x'
    """
    export PATH="\$PWD/scripts:\$PATH"
    export OMP_NUM_THREADS=1
    IDENTIFY_COMMAND='${command}' identify_engine.sh espresso ${settings} ${atoms} > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_ESPRESSO {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def command = task.ext.command ?: 'pw.x -in pw.in'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread: more structures at a time gain more than more threads for one, and sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
    label_batch.sh batch_* ${options} \\
        --converged engine.out 'convergence has been achieved in' \\
        --scratch 'scratch CRASH input_tmp.in core' \\
        -- '${command}'
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
