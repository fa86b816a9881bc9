// GPAW, plane waves. Needs Python with GPAW and ASE, and bash; nothing of Cupel but scripts.

// Which GPAW, and which PAW data, will answer.
process IDENTIFY_GPAW {
    label 'process_engine_identity'

    input:
    path settings
    path atoms
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    """
    export PATH="\$PWD/scripts:\$PATH"
    label_gpaw.py --identify ${settings} ${atoms} > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_GPAW {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def command = task.ext.command ?: 'label_gpaw.py'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread: more structures at a time gain more than more threads for one, and sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
    label_batch.sh batch_* ${options} \\
        --converged result.json '"converged": true' \\
        -- '${command}'
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
