include { PREPARE_REFERENCE } from '../subworkflows/prepare_reference'
include { LABEL_STRUCTURES  } from '../subworkflows/label_structures'

// Reference labels for structures of one's own, a test set for instance: no campaign, but all of its care.
workflow LABELLING {
    take:
    structures // path:   structures to label
    reference  // map:    engine, builtin, handoff, settings_file, files, handoff_dir, handoff_level, options as of LABEL_STRUCTURES
    options    // map:    seeds (string)
    outdir     // string: where the results will be, for people
    jar        // path:   label.jar

    main:
    PREPARE_REFERENCE(structures, [], 'labels', reference, options.seeds, jar)
    def identified = reference + [
        settings: PREPARE_REFERENCE.out.settings, scripts: PREPARE_REFERENCE.out.scripts, identity: PREPARE_REFERENCE.out.identity
    ]
    LABEL_STRUCTURES(
        channel.value([[id: 'structures', labels: 'labels/structures'], structures]),
        identified, PREPARE_REFERENCE.out.atoms, PREPARE_REFERENCE.out.atoms, jar
    )

    ch_lines = LABEL_STRUCTURES.out.labels.map { _meta, labelled, failed, _costs ->
        "${Campaign.count(labelled)} labelled, ${Campaign.count(failed)} failed: ${outdir}/labels".toString()
    }
    ch_waiting = LABEL_STRUCTURES.out.waiting.map { _meta, text -> text.readLines().last() }

    emit:
    lines   = ch_lines   // channel: strings, for the log
    waiting = ch_waiting // channel: strings: what is waited for
}
