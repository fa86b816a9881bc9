include { brief } from '../../java'

// Labels from somewhere else: requests are written to a folder outside of the work folder, and answers are read from there. While
// answers are missing, the task says so and gives no labels; it is done again in every run, so that -resume goes on with them.
process LABEL_HANDOFF {
    tag "${meta.id}"
    label 'process_single'
    cache false

    input:
    tuple val(meta), path(structures, stageAs: 'input/*')
    val dir
    val level
    path atoms, stageAs: 'atoms/*' // labelled isolated atoms, or []
    val options // string: more options of label.jar handoff, or ''
    path jar

    output:
    tuple val(meta), path("${meta.labels}_labelled.xyz"), path("${meta.labels}_failed.xyz"), path("${meta.labels}_costs.csv"), optional: true, emit: labels
    tuple val(meta), path('waiting.txt'), optional: true, emit: waiting

    script:
    def args = task.ext.args ?: ''
    def isolated = atoms ? "--atoms ${atoms}" : ''
    """
    mkdir -p \$(dirname ${meta.labels})
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    status=0
    ${brief(task, jar)} handoff \\
        --structures ${structures} \\
        --dir '${dir}' \\
        --level '${level}' \\
        --name ${meta.labels.replaceAll('[^A-Za-z0-9_.-]+', '_')} \\
        ${isolated} \\
        --output ${meta.labels}_labelled.xyz \\
        --failed ${meta.labels}_failed.xyz \\
        ${options} \\
        ${args} 2> said.txt || status=\$?
    # 75: not all answers are there yet
    if [ \$status -eq 75 ]; then mv said.txt waiting.txt; else cat said.txt >&2; exit \$status; fi
    """

    stub:
    """
    mkdir -p \$(dirname ${meta.labels})
    cat ${structures} > ${meta.labels}_labelled.xyz
    touch ${meta.labels}_failed.xyz
    echo 'atoms,seconds,outcome' > ${meta.labels}_costs.csv
    """
}
