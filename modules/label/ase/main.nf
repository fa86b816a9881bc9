// Any ASE calculator, by a Python file of the user's own. Needs Python with ASE, what that file imports, and bash; nothing of Cupel
// but scripts.

// Which ASE, with which files and packages of the user, will answer.
process IDENTIFY_ASE {
    label 'process_engine_identity'

    input:
    path settings
    path files, stageAs: 'files/*' // the calculator, and what it needs
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    """
    export PATH="\$PWD/scripts:\$PATH"
    label_ase.py --identify ${settings} files > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_ASE {
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
    def command = task.ext.command ?: 'label_ase.py'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread: more structures at a time gain more than more threads for one, and sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
    label_batch.sh batch_* ${options} \\
        --converged result.json '"converged": true' \\
        -- "${command} '\$PWD/files'"
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
