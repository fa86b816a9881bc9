include { brief } from '../../java'

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
    path 'scripts'                , emit: scripts // what the tasks of the program run: no Java where it runs

    script:
    def given = changes ? "--settings ${changes}" : ''
    """
    mkdir -p reference
    ${brief(task, jar)} settings \\
        --engine ${engine} \\
        ${given} \\
        --output reference/settings.json \\
        --scripts scripts
    """

    stub:
    """
    mkdir -p reference scripts
    echo '{}' > reference/settings.json
    """
}
