package cupel.cli

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareSummarizeSpec extends Specification {

    @TempDir
    Path folder

    static final HEADER = 'generation,pool_size,candidates,screened_out,duplicates,labelled,failed,added,' +
        'test_energy_mae_mev,test_force_mae_mev,quiet'

    def file(String name) {
        folder.resolve(name)
    }

    def setup() {
        def rows = (1..2).collect {
            [generation: it, pool_size: it, candidates: 9, screened_out: 1, duplicates: 2, labelled: 5, failed: 1,
             added: 2 - it, quiet: it - 1, untested: 0, new_label_energy_mae_mev_per_atom: 7.5d,
             new_label_energy_largest_mev_per_atom: null]
        }
        file('state.json').toFile().text = JsonOutput.toJson([
            campaign: 'gold_01', generation: 2, quiet: 1, untested: 0, labels: 10, failures: 2, generations: rows,
            decision: [action: 'stop', rule: 'patience', reason: 'Converged: so it is.', numbers: [quiet: 1, patience: 1]]])
    }

    def test(Map content, String name) {
        file(name).toFile().text = JsonOutput.toJson(
            [structures: 3, energy: [n: 3, mae_mev_per_atom: 10.25d], force: [n: 0, mae_mev_per_angstrom: null]] + content)
        file(name)
    }

    def summarize(Object... more) {
        CommandLine.run(Compare.TOOL, 'summarize', '--campaign-state', file('state.json'),
            '--output-generations', file('generations.csv'), '--output-stop', file('stop.json'), *more)
    }

    def lines() {
        file('generations.csv').toFile().readLines()
    }

    def stop() {
        new JsonSlurper().parse(file('stop.json').toFile())
    }

    def "without tests their columns are empty"() {
        when:
        def run = summarize()

        then:
        run.code == 0
        run.out == 'gold_01: 2 generations. Converged: so it is.\n'
        lines() == [HEADER, '1,1,9,1,2,5,1,1,,,0', '2,2,9,1,2,5,1,0,,,1']
        stop() == [campaign: 'gold_01', action: 'stop', rule: 'patience', reason: 'Converged: so it is.',
                   numbers: [quiet: 1, patience: 1], test: null]
    }

    def "tests are matched by the generation noted in them, in whatever order, and may be missing"() {
        given:
        def second = test([generation: 2, force: [n: 6, mae_mev_per_angstrom: 88.5d]], 't2')
        def first = test([generation: 1], 't1')

        expect:
        summarize('--tests', second, first).code == 0
        lines() == [HEADER, '1,1,9,1,2,5,1,1,10.25,,0', '2,2,9,1,2,5,1,0,10.25,88.5,1']
        stop().test == [generation: 2, structures: 3, energy: [n: 3, mae_mev_per_atom: 10.25d],
                        force: [n: 6, mae_mev_per_angstrom: 88.5d]]

        and:
        summarize('--tests', first).code == 0
        lines()[2] == '2,2,9,1,2,5,1,0,,,1'
        stop().test == null
    }

    def "tests without a noted generation are taken in the order given, one for each"() {
        given:
        def first = test([energy: [n: 3, mae_mev_per_atom: 1.5d]], 't1')
        def second = test([:], 't2')

        expect:
        summarize('--tests', first, second).code == 0
        lines()*.split(',', -1)*.getAt(8) == ['test_energy_mae_mev', '1.5', '10.25']
        stop().test.generation == 2
    }

    def "tests that do not fit are refused: #message"() {
        given:
        def files = contents.withIndex().collect { content, k -> test(content, "t$k") }

        when:
        def run = summarize('--tests', *files)

        then:
        run.code == 1
        run.err.contains(message)
        !file('generations.csv').toFile().exists()

        where:
        contents                            | message
        [[:]]                               | '1 tests without a noted generation do not fit 2 generations'
        [[:], [:], [:]]                     | 'belongs to no generation'
        [[generation: 3]]                   | 'belongs to no generation'
        [[generation: 1], [generation: 1]]  | 'second test of generation 1'
        [[generation: 1], [:]]              | 'in all tests or in none'
        [[:], [generation: 1]]              | 'in all tests or in none'
        [[energy: [:]]]                     | 'must be written by compare'
    }

    def "a state without decision is refused"() {
        given:
        file('state.json').toFile().text = '{"campaign": "g", "generation": 0}'

        expect:
        summarize().code == 1
        summarize().err.contains('has no decision')
    }
}
