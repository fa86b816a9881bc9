// GFN1-xTB. Needs xtb, bash and coreutils; nothing of Cupel but scripts.

// Which xtb will answer.
process IDENTIFY_XTB {
    label 'process_engine_identity'

    input:
    path settings
    path atoms

    output:
    path 'engine.txt', emit: identity

    script:
    """
    command -v xtb > /dev/null || { echo 'xtb is not installed: apt-get install -y --no-install-recommends xtb' >&2; exit 127; }
    printf 'version=%s\\n' "\$(xtb --version 2>&1 | sed -n 's/.*xtb version \\([^ ]*\\).*/\\1/p' | head -n 1)" > engine.txt
    parameters=\${XTBPATH:-/usr/share/xtb}/param_gfn1-xtb.txt
    if [ -f "\$parameters" ]; then
        printf 'data.param_gfn1-xtb=%.16s\\n' "\$(sha256sum < "\$parameters")" >> engine.txt
    fi
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// One batch of calculations, in a copy of its folder. One that fails leaves its log.
process RUN_XTB {
    tag "${meta.id} ${batch.baseName}"
    label 'process_engine'

    input:
    tuple val(meta), path(batch, stageAs: 'input/*')
    path scripts // of CHECK_SETTINGS
    val options  // string: of label_batch.sh: --timeout and perhaps --keep

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    def command = task.ext.command ?: 'xtb in.xyz $(cat xtb.args)'
    """
    export PATH="\$PWD/scripts:\$PATH"
    cp -rL ${batch} .
    # One thread: more structures at a time gain more than more threads for one, and sums keep their order.
    export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_STACKSIZE=1G
    # Debian's xtb finds its parameter files there; others set XTBPATH themselves.
    if [ -z "\${XTBPATH:-}" ] && [ -d /usr/share/xtb ]; then export XTBPATH=/usr/share/xtb; fi
    ulimit -s unlimited 2> /dev/null || true
    # What shows convergence: xtb prints the sum only then. One above zero is tried again, see docs/reference.md.
    label_batch.sh batch_* ${options} \\
        --converged engine.out ':: total energy +-' \\
        --scratch 'xtbrestart wbo charges xtbtopo.mol .xtboptok gfnff_*' \\
        -- '${command}'
    """

    stub:
    """
    cp -rL ${batch} .
    """
}
