include { PREPARE_SEEDS      } from '../modules/prepare_seeds'
include { IDENTIFY_REFERENCE } from '../subworkflows/identify_reference'
include { LABEL_ATOMS        } from '../subworkflows/label_atoms'
include { EVALUATE_POTENTIAL } from '../modules/evaluate_potential'
include { PROPERTIES         } from './properties'

// What a potential that is there already is good for: no campaign.
workflow MEASURING {
    take:
    potential  // path: the potential
    pool       // path: labelled structures that it has learnt
    meta       // map:  campaign and arm (its name), seed, train_on: of the potential that learns crystals too
    measured   // map:  the settings of PROPERTIES
    reference  // map:  engine, builtin, settings_file, files
    jars       // map:  tool: path(jar)

    main:
    if (reference.builtin) {
        identified = reference
        ch_atoms = channel.value([])
    } else {
        PREPARE_SEEDS(pool, measured.test_set ?: [], jars.label)
        IDENTIFY_REFERENCE(reference, PREPARE_SEEDS.out.atoms, jars.label)
        identified = reference + [settings: IDENTIFY_REFERENCE.out.settings, identity: IDENTIFY_REFERENCE.out.identity]
        LABEL_ATOMS(PREPARE_SEEDS.out.atoms, 'labels', identified, jars.label)
        ch_atoms = LABEL_ATOMS.out.atoms
    }
    ch_errors = channel.of([])
    if (measured.test_set) {
        EVALUATE_POTENTIAL(channel.of([meta, potential, measured.test_set]), jars.compare)
        ch_errors = EVALUATE_POTENTIAL.out.comparison.map { _meta, test -> test }
    }
    PROPERTIES(ch_errors.map { test -> [meta, pool, potential, [], test] }, measured, identified, ch_atoms, jars)

    emit:
    paper = PROPERTIES.out.paper // channel: path(folder)
}
