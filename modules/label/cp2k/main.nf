// CP2K, Quickstep. Needs cp2k with its data files, and bash; nothing of Cupel but scripts.

// Which CP2K, and which basis sets and potentials, will answer.
process IDENTIFY_CP2K {
    label 'process_engine_identity'

    input:
    path settings
    path atoms
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    def command = task.ext.command ?: 'cp2k'
    """
    export PATH="\$PWD/scripts:\$PATH"
    export OMP_NUM_THREADS=1
    IDENTIFY_COMMAND='${command}' identify_engine.sh cp2k ${settings} ${atoms} > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_CP2K {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def command = task.ext.command ?: 'cp2k -i cp2k.inp'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread: more structures at a time gain more than more threads for one, and sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
    label_batch.sh batch_* ${options} \\
        --converged engine.out 'SCF run converged in' \\
        --scratch 'cupel-* *.wfn* *.bak* core' \\
        -- '${command}'
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
