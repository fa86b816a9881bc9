// In place of Cupel's modules/label/command: a pipeline of the site's own makes the labels.
include { DFT } from '../../../dft'

// Which files of the user will answer: their checksums are part of the level of theory.
process IDENTIFY_COMMAND {
    label 'process_engine_identity'

    input:
    path settings
    path files, stageAs: 'files/*'
    path scripts // of CHECK_SETTINGS

    output:
    path 'engine.txt', emit: identity

    script:
    """
    export PATH="\$PWD/scripts:\$PATH"
    label_command.sh --identify ${settings} files > engine.txt
    """

    stub:
    """
    echo 'version=stub' > engine.txt
    """
}

// What came of each structure, where label.jar parse looks for it.
process PUT_BACK {
    tag "${meta.id} ${batch.baseName}"
    publishDir enabled: false

    input:
    tuple val(meta), path(batch, stageAs: 'input/*'), val(folders), path('given_?.xyz'), path('calculated_?.xyz'), path('log_?.txt')

    output:
    tuple val(meta), path('batch_*', type: 'dir'), emit: batch

    script:
    """
    cp -rL ${batch} .
    number=0
    for folder in ${folders.join(' ')}; do
        number=\$((number + 1))
        rung=\$(echo batch_*/\$folder/rung_1)
        cp log_\$number.txt \$rung/engine.out
        : > \$rung/engine.err
        if [ -s calculated_\$number.xyz ]; then
            cp calculated_\$number.xyz \$rung/output.xyz
        else
            # A calculation that failed is an answer too: it is counted, and stops nothing.
            sed '2s/\$/ failure=not_converged reason="the pipeline gave no energy"/' given_\$number.xyz > \$rung/output.xyz
        fi
        seconds=\$(sed -n 's/^CPU seconds: //p' log_\$number.txt)
        printf 'exit_status=0\\ntimeout_seconds=3600\\nseconds=%s\\ncpu_seconds=%s\\n' \$seconds \$seconds > \$rung/status
    done
    """

    stub:
    """
    cp -rL ${batch} .
    """
}

// A workflow with the inputs and the output of the process that it replaces.
workflow RUN_COMMAND {
    take:
    ch_batches // channel: [ val(meta), path(batch) ]; each structure is BATCH/0000/rung_1/input.xyz
    _files     // list of paths: those of the settings
    _scripts   // path:          those that run Cupel's own engines
    _options   // string:        of these

    main:
    ch_structures = ch_batches.flatMap { meta, batch ->
        def folders = batch.list().findAll { name -> name ==~ /\d+/ }.sort()
        folders.collect { folder ->
            [[id: "${batch.name}/${folder}", folder: folder, batch: groupKey([meta: meta, path: batch], folders.size())], batch.resolve("${folder}/rung_1/input.xyz")]
        }
    }
    DFT(ch_structures)

    // They end in any order: sorted, so that the order does not reach the hash of the next task.
    ch_answers = DFT.out.calculated
        .map { meta, given, calculated, log -> [meta.batch, [meta.folder, given, calculated, log]] }
        .groupTuple()
        .map { key, found ->
            def sorted = found.sort { answer -> answer[0] }
            def target = key.getGroupTarget()
            [target.meta, target.path] + (0..3).collect { column -> sorted.collect { answer -> answer[column] } }
        }
    PUT_BACK(ch_answers)

    emit:
    batch = PUT_BACK.out.batch // channel: [ val(meta), path(batch) ]
}
