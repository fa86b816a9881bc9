// All settings of a reference program, those of the user over the defaults; refused here if they cannot be used.
process CHECK_SETTINGS {
    tag "${engine}"
    label 'process_single'

    input:
    val engine
    path changes // settings that differ from the defaults, JSON, or []
    path jar

    output:
    path 'reference/settings.json', emit: settings

    script:
    def given = changes ? "--settings ${changes}" : ''
    """
    mkdir -p reference
    ${Jvm.brief(task, jar)} settings \\
        --engine ${engine} \\
        ${given} \\
        --output reference/settings.json
    """

    stub:
    """
    mkdir -p reference
    echo '{}' > reference/settings.json
    """
}
