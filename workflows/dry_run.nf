include { PREPARE_SEEDS      } from '../modules/prepare_seeds'
include { IDENTIFY_REFERENCE } from '../subworkflows/identify_reference'
include { FORECAST_COSTS     } from '../modules/label/forecast'

// All that a campaign checks before its first calculation, and what it may cost.
workflow DRY_RUN {
    take:
    seed_structures // path:   one to a few structures to begin with
    test_set        // path:   labelled structures for evaluation, or null
    settings        // map:    those of CAMPAIGNS
    plan            // string: what the campaigns would do, for people
    jars            // map:    tool: path(jar)

    main:
    def reference = settings.reference
    PREPARE_SEEDS(seed_structures, test_set ?: [], settings.options.seeds, jars.label)
    if (reference.builtin || reference.handoff) {
        ch_text = PREPARE_SEEDS.out.structures.map { _structures -> 'reference: nothing is computed here' }
    } else {
        IDENTIFY_REFERENCE(reference, PREPARE_SEEDS.out.atoms, jars.label)
        // Once everything has been found to be in order.
        ch_to_forecast = IDENTIFY_REFERENCE.out.identity.map { _identity -> [[id: 'dry run'], [], []] }
        FORECAST_COSTS(ch_to_forecast, reference.engine, settings.options.forecast, jars.label)
        ch_text = FORECAST_COSTS.out.text.map { _meta, text -> text.text }
    }

    emit:
    lines = ch_text.map { text -> "${plan}\n${text.strip().readLines().collect { line -> '  ' + line }.join('\n')}".toString() } // channel: strings, for the log
}
