package cupel.assay

import cupel.structure.InputException
import com.fasterxml.jackson.databind.json.JsonMapper
import spock.lang.Specification

class StopRuleSpec extends Specification {

    static final NONE = Integer.MAX_VALUE
    def test = new DirectTest(0.02d, true, Double.POSITIVE_INFINITY)
    long seed = 0

    /** One generation: labels that fail the test, labels that pass, calculations that failed, and what was refused. */
    CampaignState next(CampaignState state, Map what, StopRule rule = new StopRule(3, NONE, NONE)) {
        int bad = what.bad ?: 0
        int good = what.good ?: 0
        int failed = what.failed ?: 0
        int duplicates = what.duplicates ?: 0
        int junk = what.junk ?: 0
        double seconds = what.seconds ?: 0
        def labelled = (0..<bad + good).collect { Gold.labelled(Gold.cluster(5, ++seed), it < bad ? -20d : -15d) }
        def selection = Selection.of(Gold.model { -15d }, labelled, 'l', [], 'p', test)
        def counts = new ScreenCounts(bad + good + failed + duplicates + junk, bad + good + failed, junk, duplicates)
        rule.judge(state, counts, selection, failed, seconds, test)
    }

    CampaignState run(List<Map> generations, StopRule rule = new StopRule(3, NONE, NONE)) {
        generations.inject(CampaignState.begin('gold')) { state, what -> next(state, what, rule) }
    }

    static final ADDED = [bad: 2, good: 1]
    static final QUIET = [good: 3]

    def "converged after as many quiet generations in a row as asked for: #course"() {
        when:
        def state = run(course.collect { [A: ADDED, q: QUIET][it] })

        then:
        state.quiet() == quiet
        state.decision().rule() == rule
        state.decision().stop() == (rule != Decision.Rule.NONE)

        where:
        course                    | quiet | rule
        ['A', 'q', 'q']           | 2     | Decision.Rule.NONE
        ['A', 'q', 'q', 'q']      | 3     | Decision.Rule.PATIENCE
        ['q', 'q', 'A', 'q', 'q'] | 2     | Decision.Rule.NONE
        ['q', 'q', 'q']           | 3     | Decision.Rule.PATIENCE
        ['A']                     | 0     | Decision.Rule.NONE
    }

    def "the processor time of all generations together ends a campaign, and is in the reason"() {
        given:
        def rule = new StopRule(3, NONE, NONE, 7200d)

        when:
        def one = next(CampaignState.begin('gold'), ADDED + [seconds: 4000d], rule)
        def two = next(CampaignState.fromJson(one.toJson(), 'state'), ADDED + [seconds: 3300d], rule)

        then:
        !one.decision().stop()
        two.labelSeconds() == 7300d
        two.decision().rule() == Decision.Rule.MAX_LABEL_HOURS
        two.decision().reason() == 'Not converged: reference calculations took 2.03 core-hours, 2.00 are allowed.'
    }

    def "a generation with #what counts as #as"() {
        when:
        def state = next(run([ADDED, QUIET]), what)

        then:
        state.quiet() == quiet
        state.untested() == untested

        where:
        what                       | quiet | untested | as
        [:]                        | 1     | 1        | 'untested: no candidates'
        [junk: 9]                  | 1     | 1        | 'untested: all unphysical'
        [failed: 4]                | 1     | 1        | 'untested: all calculations failed'
        [junk: 9, duplicates: 1]   | 1     | 1        | 'untested: not all were known'
        [duplicates: 5]            | 2     | 0        | 'quiet: all were known'
        [good: 1, failed: 8]       | 2     | 0        | 'quiet: one was tested'
        [bad: 1, failed: 8]        | 0     | 0        | 'loud'
    }

    def "an untested generation does not end a row of quiet ones, and many of them end the campaign for that reason"() {
        expect:
        run([ADDED, QUIET, QUIET, [:], QUIET]).decision().rule() == Decision.Rule.PATIENCE
        run([ADDED, [:], [junk: 3], QUIET, [:]]).decision().rule() == Decision.Rule.NONE

        when:
        def decision = run([ADDED, [:], [junk: 3], [junk: 2, failed: 1]]).decision()

        then:
        decision.rule() == Decision.Rule.NOTHING_TO_TEST
        decision.reason() == 'Not converged: in 3 generations in a row nothing could be tested. The last one had 3 candidates, ' +
            'of which 2 were screened out and 1 failed in the reference code.'
    }

    def "the limit of labels counts failed calculations too"() {
        expect:
        run([ADDED, [bad: 1, failed: 1]], new StopRule(3, 6, NONE)).decision().rule() == Decision.Rule.NONE

        when:
        def decision = run([ADDED, [bad: 2, failed: 1]], new StopRule(3, 6, NONE)).decision()

        then:
        decision.rule() == Decision.Rule.MAX_LABELS
        decision.reason() == 'Not converged: 6 reference calculations were made, 6 are allowed.'
        decision.numbers().get('labels').intValue() == 5
        decision.numbers().get('failures').intValue() == 1
    }

    def "the limit of generations"() {
        expect:
        run([ADDED], new StopRule(3, NONE, 2)).decision().rule() == Decision.Rule.NONE
        run([ADDED] * 2, new StopRule(3, NONE, 2)).decision().reason() ==
            'Not converged: 2 generations were run, 2 are allowed.'
    }

    def "converged is said before any limit"() {
        expect:
        run([QUIET] * 2, new StopRule(2, 6, 2)).decision().rule() == Decision.Rule.PATIENCE
    }

    def "the state goes through JSON unchanged, and carries what it does not know"() {
        given:
        def state = run([ADDED, QUIET])
        def json = state.toJson().put('site', 'here')

        when:
        def read = CampaignState.fromJson(new JsonMapper().readTree(json.toString()), 'state.json')

        then:
        read.generations() == state.generations()
        read.decision().reason() == 'Nothing joined the pool: quiet generation 1 of 3.'
        read.generation() == 2
        read.labels() == 6
        read.campaign() == 'gold'
        new JsonMapper().readTree(read.toJson().toString()) == json
        next(read, ADDED).toJson().get('site').textValue() == 'here'
        next(read, ADDED).toJson().at('/decision/action').textValue() == 'continue'
        next(read, ADDED).generations()*.generation() == [1, 2, 3]
    }

    def "a state that is not one is refused: #json"() {
        when:
        CampaignState.fromJson(new JsonMapper().readTree(json), 'state.json')

        then:
        def e = thrown(InputException)
        e.message.startsWith('state.json: ')

        where:
        json << [
            '{}',
            '{"campaign": "a"}',
            '{"campaign": "a", "generation": -1}',
            '{"campaign": "a", "generation": 1.5}',
            '{"campaign": "a", "generation": 1, "quiet": "x"}',
            '{"campaign": "a", "generation": 1, "generations": 3}',
            '{"campaign": "a", "generation": 1, "generations": [{}]}',
            '{"campaign": "a", "generation": 1, "decision": {"rule": "whim"}}',
        ]
    }

    def "refuses limits below one"() {
        when:
        new StopRule(*limits)

        then:
        thrown(IllegalArgumentException)

        where:
        limits << [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    }
}
