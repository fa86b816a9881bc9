include { brief } from '../java'

// Seed structures of any format to extended XYZ, bare of labels, with an isolated atom of each of their elements.
process PREPARE_SEEDS {
    tag "${structures.name}"
    label 'process_single'

    input:
    path structures
    path test_set, stageAs: 'test/*' // or []: then nothing is compared
    val options // string: more options of label.jar seeds, or ''
    path jar

    output:
    path 'seeds/seeds.xyz', emit: structures
    path 'seeds/atoms.xyz', emit: atoms
    path 'seeds/each/*.xyz', emit: each, arity: '0..*'

    script:
    def tested = test_set ? "--test-set ${test_set}" : ''
    """
    mkdir -p seeds
    ${brief(task, jar)} seeds \\
        --structures ${structures} \\
        --output seeds/seeds.xyz \\
        --atoms seeds/atoms.xyz \\
        --each seeds/each \\
        ${tested} \\
        ${options} \\
        ${task.ext.args ?: ''}
    """

    stub:
    """
    mkdir -p seeds/each
    cat ${structures} > seeds/seeds.xyz
    cat ${structures} > seeds/atoms.xyz
    cat ${structures} > seeds/each/seed_001.xyz
    """
}
