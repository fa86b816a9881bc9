include { LABEL_STRUCTURES ; hopeless } from '../label_structures'

// Isolated atoms: their energies are the zero of energies, and without them nothing else is worth a calculation.
workflow LABEL_ATOMS {
    take:
    ch_atoms  // path:   one isolated atom of each element, extended XYZ
    folder    // string: where the labels lie
    reference // map:    that of LABEL_STRUCTURES, of a program
    jar       // path:   label.jar

    main:
    ch_to_label = ch_atoms.map { atoms -> [[id: 'atoms', labels: "${folder}/atoms".toString()], atoms] }
    LABEL_STRUCTURES(ch_to_label, reference, channel.value([]), channel.value([]), jar)
    ch_labelled = LABEL_STRUCTURES.out.labels
        .map { _meta, labelled, failed, _costs ->
            if (failed.size() > 0) {
                error(hopeless('the isolated atom, whose energy is the zero of energies, could not be computed', failed))
            }
            labelled
        }
        .first()

    emit:
    atoms  = ch_labelled                 // value channel: path(labelled)
    labels = LABEL_STRUCTURES.out.labels // channel: [ val(meta), path(labelled), path(failed), path(costs) ]
}
