// What computed the results: versions of Nextflow, Java, Cupel, and of the reference code.
process RECORD_VERSIONS {
    label 'process_single'

    input:
    val nextflow_version
    val reference
    path jar

    output:
    path 'versions.tsv', emit: versions

    script:
    def engine = reference == 'xtb' ? "xtb --version 2>&1 | grep -o 'xtb version [0-9.]*'" : 'echo built-in'
    """
    {
        printf 'nextflow\\t%s\\n' '${nextflow_version}'
        printf 'java\\t%s\\n' "\$(java -version 2>&1 | head -n 1)"
        printf 'cupel\\t%s\\n' "\$(java -jar ${jar} --version | head -n 1)"
        printf 'reference\\t%s\\t%s\\n' '${reference}' "\$(${engine})"
    } > versions.tsv
    """

    stub:
    """
    printf 'nextflow\\t%s\\n' '${nextflow_version}' > versions.tsv
    """
}
