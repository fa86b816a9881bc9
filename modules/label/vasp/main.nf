// VASP, which users bring: the program, and its potentials under \$VASP_PP_PATH. Needs bash; nothing of Cupel but scripts.
// Where it must be loaded first, or runs in parallel: beforeScript and ext.command, see docs/reference.md.

// Which VASP, with which potentials, will answer.
process IDENTIFY_VASP {
    label 'process_engine_identity'

    input:
    path settings
    path atoms
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    def command = task.ext.command ?: 'vasp_std'
    """
    export PATH="\$PWD/scripts:\$PATH"
    label_vasp.sh --identify ${settings} ${atoms} -- '${command}' > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_VASP {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def command = task.ext.command ?: 'vasp_std'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    label_batch.sh batch_* ${options} \\
        --converged converged.txt '^converged' \\
        --scratch 'POTCAR WAVECAR CHGCAR CHG DOSCAR EIGENVAL IBZKPT PCDAT XDATCAR PROCAR REPORT vaspout.h5' \\
        -- "label_vasp.sh '${command}'"
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
