include { WRITE_REPORT                       } from '../../modules/write_report'
include { WRITE_REPORT as WRITE_FINAL_REPORT } from '../../modules/write_report'
include { WRITE_OVERVIEW                     } from '../../modules/write_overview'
include { together                           } from '../together'

// Pages for people, beside the loop: of each campaign after each generation and after its end, and of all together.
workflow REPORT_CAMPAIGNS {
    take:
    ch_generations // channel:       [ val(meta: campaign, seed, generation, id), val(files: pool, state, labels, potential, tests: [ paths ]) ]
    ch_finished    // channel:       the same of campaigns that have come to their end, meta without generation
    ch_ends        // channel:       [ val(meta), val(files: potential, generations, stop, errors or []) ] of these
    test_set       // path:          labelled structures for evaluation only, or []
    ch_versions    // value channel: string, lines of versions.tsv
    trace          // string:        path of Nextflow's trace
    jar            // path:          compare.jar

    main:
    WRITE_REPORT(
        ch_generations.map { meta, files -> [meta, files.state, files.pool, files.potential, files.labels, files.tests] },
        test_set, ch_versions, trace, jar
    )
    WRITE_FINAL_REPORT(
        together(files: ch_finished, end: ch_ends).map { meta, given ->
            [meta, given.files.state, given.files.pool, given.end.potential, given.files.labels, given.files.tests]
        },
        test_set, ch_versions, trace, jar
    )
    ch_overview = ch_ends
        .toSortedList { a, b -> a[0].campaign <=> b[0].campaign }
        .filter { rows -> rows.size() > 1 }
        .map { rows ->
            def files = rows.collect { row -> row[1] }
            [files*.generations, files*.stop, files*.errors.findAll { errors -> errors }]
        }
    WRITE_OVERVIEW(ch_overview, ch_versions, trace, jar)

    emit:
    pages = WRITE_REPORT.out.report
        .mix(WRITE_FINAL_REPORT.out.report)
        .map { meta, page -> [meta.campaign, meta.generation ?: Integer.MAX_VALUE, page] }
        .mix(WRITE_OVERVIEW.out.report.map { page -> ['', Integer.MAX_VALUE, page] }) // channel: [ campaign, or '' for all, generation, path(page) ]
}
