// Any program that reads and writes extended XYZ. Needs that program and bash; nothing of Cupel but scripts.

// Which files of the user will answer.
process IDENTIFY_COMMAND {
    label 'process_engine_identity'

    input:
    path settings
    path files, stageAs: 'files/*' // what the command needs beside it, or []
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    """
    export PATH="\$PWD/scripts:\$PATH"
    label_command.sh --identify ${settings} files > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_COMMAND {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path files, stageAs: 'files/*'
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread unless the command says otherwise: sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
    label_batch.sh batch_* ${options} \\
        --converged answered.txt '^answered' \\
        -- "label_command.sh '\$PWD/files'"
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
