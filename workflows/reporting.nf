// What a run says: on the way, with its pages, and at its end.
workflow REPORTING {
    take:
    request    // Request
    tools      // Tools
    results    // ResultsFolder
    ch_lines   // channel: strings, for the log
    ch_pages   // channel: [ campaign, or '' for all together, generation, path(page) ], later pages of higher generations
    ch_waiting // channel: strings: what is waited for; closes when nothing runs any more

    main:
    ch_lines.subscribe { line -> log.info(line) }

    def shelf = new ReportShelf(request.outdir, workflow.commandLine, request.values)
    ch_pages.subscribe { campaign, generation, page -> shelf.put(page, "${campaign ? campaign + '/' : ''}report.html", generation) }

    // Labels from outside that are not there yet: the run has not come to its end.
    ch_waiting.toList().subscribe { lines ->
        if (lines) {
            error(Campaign.waitingLine(lines))
        }
    }

    workflow.onComplete = {
        def ending = new Ending(request, tools, workflow)
        results.close()
        ending.warnings().each { line -> log.warn(line) }
        log.info(ending.words())
    }
}
