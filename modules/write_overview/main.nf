include { brief } from '../java'

// All campaigns on a page, each beside the others.
process WRITE_OVERVIEW {
    label 'process_single'

    input:
    tuple path(generations, stageAs: 'generations/????/*'), path(stops, stageAs: 'stops/????/*'), path(tests, stageAs: 'tests/????/*') // in the same order; tests may be none
    val versions // string: lines of versions.tsv
    val trace    // string: path of Nextflow's trace, as for WRITE_REPORT
    path jar

    output:
    path 'report.html', emit: report

    script:
    def errors = tests ? "--tests ${tests}" : ''
    """
    cat > versions.tsv << 'END_OF_VERSIONS'
    ${versions.strip().readLines().join('\n    ')}
    END_OF_VERSIONS
    if [ -r '${trace}' ]; then
        awk -F '\\t' 'NR == 1 { cells = NF } NF == cells' '${trace}' > trace.tsv
    fi
    ${brief(task, jar)} overview \\
        --generations ${generations} \\
        --stops ${stops} \\
        ${errors} \\
        --versions versions.tsv \\
        \$([ -s trace.tsv ] && echo --trace trace.tsv) \\
        --output report.html
    """

    stub:
    """
    echo '<script type="application/json" id="run">null</script>' > report.html
    """
}
