include { brief } from '../java'

// Test errors of all campaigns over their labels, by arm.
process COLLECT_REPLICAS {
    label 'process_single'

    input:
    tuple val(metas), path(generations, stageAs: 'generations/????/*', arity: '1..*'), path(tests, stageAs: 'tests/????/*', arity: '0..*') // in the order of metas; tests may be none
    path jar

    output:
    path 'properties/replicas', emit: tables

    script:
    def folders = metas.indexed().collect { i, meta ->
        def files = [generations[i]] + (tests ? [tests[i]] : [])
        "mkdir -p ${meta.arm}/${meta.campaign} && ln -s ${files.collect { file -> "../../${file}" }.join(' ')} ${meta.arm}/${meta.campaign}/"
    }
    def arms = metas*.arm.unique().collect { arm -> "${arm}=${arm}" }
    """
    ${folders.join('\n    ')}
    mkdir -p properties
    ${brief(task, jar)} replicas \\
        --campaigns ${arms.join(' ')} \\
        --output properties/replicas
    """

    stub:
    """
    mkdir -p properties/replicas
    echo 'arm,campaign,seed,generation,labels,pool,energy_mae,force_mae' > properties/replicas/replicas.csv
    """
}
