include { PREPARE_SEEDS      } from '../modules/prepare_seeds'
include { IDENTIFY_REFERENCE } from '../subworkflows/identify_reference'
include { LABEL_ATOMS        } from '../subworkflows/label_atoms'
include { LABEL_STRUCTURES   } from '../subworkflows/label_structures'

// Reference labels for structures of one's own, a test set for instance: no campaign, but all of its care.
workflow LABELLING {
    take:
    structures // path: structures to label, extended XYZ
    reference  // map:  engine, builtin, handoff, settings_file, files, handoff_dir, handoff_level
    jar        // path: label.jar

    main:
    ch_structures = channel.value([[id: 'structures', labels: 'labels/structures'], structures])
    if (reference.builtin || reference.handoff) {
        LABEL_STRUCTURES(ch_structures, reference, channel.value([]), channel.value([]), jar)
    } else {
        PREPARE_SEEDS(structures, [], jar)
        IDENTIFY_REFERENCE(reference, PREPARE_SEEDS.out.atoms, jar)
        identified = reference + [settings: IDENTIFY_REFERENCE.out.settings, identity: IDENTIFY_REFERENCE.out.identity]
        LABEL_ATOMS(PREPARE_SEEDS.out.atoms, 'labels', identified, jar)
        LABEL_STRUCTURES(ch_structures, identified, LABEL_ATOMS.out.atoms, LABEL_ATOMS.out.atoms, jar)
    }

    emit:
    labels  = LABEL_STRUCTURES.out.labels  // channel: [ val(meta), path(labelled), path(failed), path(costs) ]
    waiting = LABEL_STRUCTURES.out.waiting // channel: [ val(meta), path(text) ]
}
