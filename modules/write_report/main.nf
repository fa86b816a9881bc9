include { brief } from '../java'

// A campaign on a page: as it stands after a generation, or after its end.
process WRITE_REPORT {
    tag "${meta.id}"
    label 'process_single'

    input:
    tuple val(meta), path(state, stageAs: 'input/*'), path(pool, stageAs: 'input/*'), path(potential, stageAs: 'input/*'), path(labels, stageAs: 'labels/????/*'), path(tests, stageAs: 'tests/????/*')
    path test_set, stageAs: 'test_set/*' // or []
    val versions // string: lines of versions.tsv
    val trace    // string: path of Nextflow's trace; no input, as it grows while this runs: what is there then is shown
    path jar

    output:
    tuple val(meta), path("${meta.id}/report.html"), emit: report

    script:
    def several = [labelled: '_labelled.xyz', failed: '_failed.xyz', costs: '_costs.csv'].collect { option, end ->
        def files = labels.findAll { file -> file.name.endsWith(end) }
        files ? "--${option} ${files.join(' ')}" : ''
    }
    def judged = [test_set ? "--test-set ${test_set}" : '', tests ? "--tests ${tests}" : '']
    """
    mkdir -p ${meta.id}
    cat > versions.tsv << 'END_OF_VERSIONS'
    ${versions.strip().readLines().join('\n    ')}
    END_OF_VERSIONS
    if [ -r '${trace}' ]; then
        awk -F '\\t' 'NR == 1 { cells = NF } NF == cells' '${trace}' > trace.tsv
    fi
    ${brief(task, jar)} report \\
        --campaign-state ${state} \\
        --potential ${potential} \\
        --pool ${pool} \\
        ${(judged + several).findAll().join(' ')} \\
        --versions versions.tsv \\
        --seed ${meta.seed} \\
        \$([ -s trace.tsv ] && echo --trace trace.tsv) \\
        --output ${meta.id}/report.html
    """

    stub:
    """
    mkdir -p ${meta.id}
    echo '<script type="application/json" id="run">null</script>' > ${meta.id}/report.html
    """
}
