include { PREPARE_REFERENCE  } from '../subworkflows/prepare_reference'
include { EVALUATE_POTENTIAL } from '../modules/evaluate_potential'
include { PROPERTIES         } from './properties'

// What a potential that is there already is good for: no campaign.
workflow MEASURING {
    take:
    potential // path:   the potential
    pool      // path:   labelled structures that it has learnt
    meta      // map:    campaign and arm (its name), seed, train_on: of the potential that learns crystals too
    measured  // map:    the settings of PROPERTIES
    reference // map:    engine, builtin, settings_file, files, options as of LABEL_STRUCTURES
    outdir    // string: where the results will be, for people
    jars      // map:    tool: path(jar)

    main:
    PREPARE_REFERENCE(pool, measured.test_set ?: [], 'labels', reference, measured.options.seeds, jars.label)
    def identified = reference + [
        settings: PREPARE_REFERENCE.out.settings, scripts: PREPARE_REFERENCE.out.scripts, identity: PREPARE_REFERENCE.out.identity
    ]
    ch_errors = channel.of([])
    if (measured.test_set) {
        EVALUATE_POTENTIAL(channel.of([meta, potential, measured.test_set]), jars.compare)
        ch_errors = EVALUATE_POTENTIAL.out.comparison.map { _meta, test -> test }
    }
    PROPERTIES(ch_errors.map { test -> [meta, pool, potential, [], test] }, measured, identified, PREPARE_REFERENCE.out.atoms, jars)

    emit:
    lines = PROPERTIES.out.paper.map { _folder -> Campaign.paperLine(outdir) } // channel: strings, for the log
}
