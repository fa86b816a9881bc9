// What computed the results: versions of Nextflow, Java, Cupel, and of the reference code.
process RECORD_VERSIONS {
    label 'process_single'

    input:
    val nextflow_version
    val reference
    path identity // lines version=... and data.NAME=..., or [] for a built-in model and for labels from outside
    path jar

    output:
    path 'versions.tsv', emit: versions

    script:
    def engine = identity ? "cat ${identity}" : "echo ${reference == 'handoff' ? 'outside' : 'built-in'}"
    """
    {
        printf 'nextflow\\t%s\\n' '${nextflow_version}'
        printf 'java\\t%s\\n' "\$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.version = //p')"
        printf 'cupel\\t%s\\n' "\$(java -jar ${jar} --version | head -n 1)"
        ${engine} | while read -r line; do printf 'reference\\t%s\\t%s\\n' '${reference}' "\$line"; done
    } > versions.tsv
    """

    stub:
    """
    printf 'nextflow\\t%s\\n' '${nextflow_version}' > versions.tsv
    """
}
