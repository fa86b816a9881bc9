include { TRAIN_POTENTIAL as TRAIN_FINAL       } from '../../modules/train_potential'
include { FEATURIZE_POOL                       } from '../../modules/featurize_pool'
include { EVALUATE_POTENTIAL as EVALUATE_FINAL } from '../../modules/evaluate_potential'
include { SUMMARIZE_CAMPAIGN                   } from '../../modules/summarize_campaign'
include { lessons                              } from '../generation'

// What a campaign is for: a potential from all of the final pool, and from the labels that did not join it; and what that errs by.
workflow FINISH_CAMPAIGNS {
    take:
    ch_finished // channel: [ val(meta: arm, campaign, seed, train_on, id), val(files: pool, state, labels: [ paths ],
                //          potential, tests: [ errors of all generations ]) ]
    test_set    // path:    labelled structures for evaluation only, or null
    settings    // map:     options (map of strings: train_final, featurize), final_warm_start, final_labels (whether it learns all labels, not the
                //          pool alone), descriptor_file (path or [])
    jars        // map:     tool: path(jar)

    main:
    TRAIN_FINAL(
        ch_finished.map { meta, files -> [meta, lessons(files, settings.final_labels), settings.final_warm_start ? files.potential : []] },
        settings.descriptor_file, settings.options.train_final, jars.train
    )
    FEATURIZE_POOL(
        ch_finished.map { meta, files -> [meta, files.pool] }, settings.descriptor_file, settings.options.featurize, jars.featurize
    )
    SUMMARIZE_CAMPAIGN(ch_finished.map { meta, files -> [meta, files.state, files.pool, files.tests] }, jars.compare)
    if (test_set) {
        EVALUATE_FINAL(TRAIN_FINAL.out.potential.map { meta, potential -> [meta, potential, test_set] }, jars.compare)
        ch_errors = EVALUATE_FINAL.out.comparison
    } else {
        ch_errors = ch_finished.map { meta, _files -> [meta, []] }
    }

    emit:
    potential   = TRAIN_FINAL.out.potential          // channel: [ val(meta), path(potential) ]
    features    = FEATURIZE_POOL.out.features        // channel: [ val(meta), path(features) ]
    errors      = ch_errors                          // channel: [ val(meta), path(test errors) or [] ]
    pool        = SUMMARIZE_CAMPAIGN.out.pool        // channel: [ val(meta), path(pool) ]
    generations = SUMMARIZE_CAMPAIGN.out.generations // channel: [ val(meta), path(table) ]
    stop        = SUMMARIZE_CAMPAIGN.out.stop        // channel: [ val(meta), path(why it stopped) ]
}
