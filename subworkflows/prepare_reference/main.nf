include { PREPARE_SEEDS      } from '../../modules/prepare_seeds'
include { IDENTIFY_REFERENCE } from '../identify_reference'
include { LABEL_ATOMS        } from '../label_atoms'

// What comes before the first label: structures read, the reference asked who it is, and the isolated atoms, the zero of its energies. A
// built-in model has all of that in it, and labels from outside are asked for together with the first ones.
workflow PREPARE_REFERENCE {
    take:
    structures // path:   what will be labelled, any format
    test_set   // path:   labelled structures that none of them may be among, or []
    folder     // string: where the labels of the atoms lie
    reference  // map:    engine, builtin, handoff, settings_file, files, options as of LABEL_STRUCTURES
    options    // string: more options of label.jar seeds, or ''
    jar        // path:   label.jar

    main:
    PREPARE_SEEDS(structures, test_set, options, jar)
    if (reference.builtin || reference.handoff) {
        ch_settings = channel.value([])
        ch_scripts = channel.value([])
        ch_identity = channel.value([])
        ch_atoms = channel.value([])
        ch_labels = channel.empty()
    } else {
        IDENTIFY_REFERENCE(reference, PREPARE_SEEDS.out.atoms, jar)
        ch_settings = IDENTIFY_REFERENCE.out.settings
        ch_scripts = IDENTIFY_REFERENCE.out.scripts
        ch_identity = IDENTIFY_REFERENCE.out.identity
        LABEL_ATOMS(
            PREPARE_SEEDS.out.atoms, folder, reference + [settings: ch_settings, scripts: ch_scripts, identity: ch_identity], jar
        )
        ch_atoms = LABEL_ATOMS.out.atoms
        ch_labels = LABEL_ATOMS.out.labels
    }

    emit:
    structures = PREPARE_SEEDS.out.structures // value channel: path, extended XYZ
    each       = PREPARE_SEEDS.out.each       // value channel: [ path, ... ], one file a structure
    settings   = ch_settings                  // value channel: path of the settings of a program, or []
    scripts    = ch_scripts                   // value channel: path of the scripts that run where it runs, or []
    identity   = ch_identity                  // value channel: path of what it says it is, or []
    atoms      = ch_atoms                     // value channel: path of labelled isolated atoms, or []
    labels     = ch_labels                    // channel: [ val(meta), path(labelled), path(failed), path(costs) ] of the atoms
}
