include { LABEL_BUILTIN } from '../../modules/label/builtin'
include { PREPARE_XTB   } from '../../modules/label/xtb'
include { RUN_XTB       } from '../../modules/label/xtb'
include { PARSE_XTB     } from '../../modules/label/xtb'

// Reference energies and forces. Every structure comes back, either labelled or as a record of why it failed:
// a calculation that fails neither stops the campaign nor is it lost.
workflow LABEL_STRUCTURES {
    take:
    ch_structures // channel: [ val(meta), path(structures) ]; meta.labels says where the answers lie
    reference     // string:  gupta, sutton-chen, or xtb
    jar           // path:    label.jar

    main:
    if (reference == 'xtb') {
        PREPARE_XTB(ch_structures, jar)
        ch_batches = PREPARE_XTB.out.batches
            .map { meta, batches -> [meta, [batches].flatten()] }
            .flatMap { meta, batches -> batches.collect { batch -> [groupKey(meta, batches.size()), batch] } }
        RUN_XTB(ch_batches)
        // Batches end in any order: sorted, so that the order does not reach the hash of the next task.
        ch_answers = RUN_XTB.out.batch
            .groupTuple()
            .map { key, batches -> [key.getGroupTarget(), batches.sort { batch -> batch.name }] }
        PARSE_XTB(ch_answers, jar)
        ch_labels = PARSE_XTB.out.labels
    } else {
        LABEL_BUILTIN(ch_structures, reference, jar)
        ch_labels = LABEL_BUILTIN.out.labels
    }

    emit:
    labels = ch_labels // channel: [ val(meta), path(labelled), path(failed) ]
}
