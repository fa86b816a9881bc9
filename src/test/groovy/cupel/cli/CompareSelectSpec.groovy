package cupel.cli

import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareSelectSpec extends Specification {

    @TempDir
    Path folder

    def provenance = [:]
    def pool = [Campaigns.labelled(Campaigns.cluster(8, 1)).withInfo('sid', 'pooled')]

    def file(String name) {
        folder.resolve(name)
    }

    def json(String name) {
        new JsonSlurper().parse(file(name).toFile())
    }

    /** Labels that the untrained potential misses by electronvolts. */
    def wrong(int count, long seed = 100) {
        (0..<count).collect { Campaigns.labelled(Campaigns.cluster(7, seed + it)).withInfo('sid', "new_$it" as String) }
    }

    /** Labels that it meets: its own energies. */
    def right(int count) {
        wrong(count, 200).collect { it.withLabel(new cupel.structure.Label(Campaigns.potential().energy(it), null)) }
    }

    def counts(int screened, int screenedOut = 0, int duplicates = 0) {
        [candidates: screened + screenedOut + duplicates, screened: screened, screened_out: screenedOut, duplicates: duplicates]
    }

    def select(List<Structure> labelled, List<Structure> failed, Map counts, Object... more) {
        if (!file('pool.xyz').toFile().exists()) {
            ExtendedXyz.write(file('pool.xyz'), pool)
        }
        Campaigns.potential().withProvenance(provenance).write(file('potential.json'))
        ExtendedXyz.write(file('labelled.xyz'), labelled)
        ExtendedXyz.write(file('failed.xyz'), failed)
        file('screen.json').toFile().text = JsonOutput.toJson(counts)
        CommandLine.run(Compare.TOOL, 'select', '--potential', file('potential.json'), '--labelled', file('labelled.xyz'),
            '--failed', file('failed.xyz'), '--screen', file('screen.json'), '--pool', file('pool.xyz'),
            '--output-pool', file('pool.xyz'), '--output-state', file('state.json'), *more)
    }

    def "the first generation begins a campaign"() {
        when:
        def run = select(wrong(2), [Campaigns.cluster(5, 1)], counts(3, 4, 1), '--campaign', 'gold_01')
        def state = json('state.json')

        then:
        run.code == 0
        run.out.readLines()[0] == 'generation 1: 2 of 2 labels joined the pool'
        run.out.readLines()[1].startsWith('continue: 2 of 2 new labels failed the test of 20.0 meV/atom')
        state.campaign == 'gold_01'
        state.generation == 1
        [state.labels, state.failures, state.quiet] == [2, 1, 0]
        state.decision.action == 'continue'
        state.generations[0].subMap(['pool_size', 'candidates', 'screened_out', 'duplicates', 'labelled', 'failed', 'added']) ==
            [pool_size: 1, candidates: 8, screened_out: 4, duplicates: 1, labelled: 2, failed: 1, added: 2]
        with(ExtendedXyz.read(file('pool.xyz'))) {
            it*.info()*.sid == ['pooled', 'new_0', 'new_1']
            it[1].info().joined_for == 'energy'
            it[1].info().level == 'gupta'
            it[1].info().NN_energy_error != null
        }
    }

    def "generations follow each other through the state until the campaign has converged"() {
        given:
        select(wrong(1), [], counts(1), '--campaign', 'gold', '--patience', 2)
        def go = { labels -> select(labels, [], counts(labels.size()), '--campaign-state', file('state.json'), '--patience', 2) }

        when:
        def second = go(right(3))
        def third = go(right(2))
        def decision = json('state.json').decision

        then:
        second.out.contains('continue: Nothing joined the pool: quiet generation 1 of 2.')
        third.code == 0
        third.out.contains('stop: Converged: nothing joined the pool in 2 generations in a row')
        decision.action == 'stop'
        decision.rule == 'patience'
        decision.numbers.subMap(['generations', 'labels', 'failures', 'pool_size', 'quiet', 'patience']) ==
            [generations: 3, labels: 6, failures: 0, pool_size: 2, quiet: 2, patience: 2]
        decision.numbers.tolerance_mev_per_atom == 20
        json('state.json').generations*.generation == [1, 2, 3]
        ExtendedXyz.read(file('pool.xyz')).size() == 2
    }

    def "the tolerance is in meV, per atom or per structure"() {
        given: 'labels 15 meV/atom away, seven atoms'
        def near = wrong(1, 300).collect {
            it.withLabel(new cupel.structure.Label(Campaigns.potential().energy(it) + 7 * 0.015d, null))
        }

        expect:
        select(near, [], counts(1), '--campaign', 'g', *options).code == 0
        json('state.json').generations[0].added == added
        Math.abs(json('state.json').generations[0].new_label_energy_mae_mev_per_atom - 15) < 1e-6

        where:
        options                                               | added
        []                                                    | 0
        ['--tolerance', 14]                                   | 1
        ['--tolerance', 104, '--tolerance-per', 'structure']  | 1
        ['--tolerance', 106, '--tolerance-per', 'structure']  | 0
    }

    def "forces are tested when asked for"() {
        given: 'right energies, forces of another model'
        def labels = wrong(1).collect {
            it.withLabel(new cupel.structure.Label(Campaigns.potential().energy(it), it.label().forces()))
        }

        expect:
        select(labels, [], counts(1), '--campaign', 'g', *options).code == 0
        json('state.json').generations[0].added == added

        where:
        options                       | added
        []                            | 0
        ['--force-tolerance', '0.01'] | 1
        ['--force-tolerance', '1e6']  | 0
    }

    def "limits end the campaign: #options"() {
        expect:
        select(wrong(3), [Campaigns.cluster(4, 1)], counts(4), '--campaign', 'g', *options).code == 0
        json('state.json').decision.rule == rule

        where:
        options                  | rule
        ['--max-labels', 4]      | 'max_labels'
        ['--max-labels', 5]      | 'none'
        ['--max-generations', 1] | 'max_generations'
        ['--max-generations', 2] | 'none'
    }

    def "a generation without labels is no failure"() {
        expect:
        select([], [], counts(0, 5, 0), '--campaign', 'g').code == 0
        json('state.json').quiet == 0
        json('state.json').untested == 1
        json('state.json').generations[0].new_label_energy_mae_mev_per_atom == null
    }

    def "a reference calculation that got lost is a failure"() {
        when:
        def run = select(wrong(2), [], counts(3), '--campaign', 'g')

        then:
        run.code == 1
        run.err.contains('says that 3 candidates went to the reference code, but 2 came back labelled')
        !file('state.json').toFile().exists()
    }

    def "labels of another level never join"() {
        when:
        def run = select(wrong(1).collect { it.withInfo('level', 'pbe') }, [], counts(1), '--campaign', 'g')

        then:
        run.code == 1
        run.err.contains('gupta in ') && run.err.contains('pbe in ')
        ExtendedXyz.read(file('pool.xyz')).size() == 1
    }

    def "a potential of another level of theory tests nothing"() {
        given:
        provenance = [level: 'pbe']

        when:
        def run = select(wrong(1), [], counts(1), '--campaign', 'g')

        then:
        run.code == 1
        run.err.contains('labels of gupta cannot be put to the test')
        run.err.contains('trained on labels of pbe')
    }

    def "needs a state, or a name to begin with, and not both"() {
        expect:
        select([], [], counts(0)).code == 2
        select([], [], counts(0), '--campaign', 'g').code == 0
        select([], [], counts(0), '--campaign', 'g', '--campaign-state', file('state.json')).code == 2
    }

    def "a state that is damaged is named"() {
        given:
        file('bad.json').toFile().text = text

        when:
        def run = select([], [], counts(0), '--campaign-state', file('bad.json'))

        then:
        run.code == 1
        run.err.contains('bad.json')
        run.err.contains(message)

        where:
        text                  | message
        '{"campaign": "g",\n' | 'bad.json:2: not JSON'
        '[]'                  | 'must hold one JSON object'
        '{"campaign": "g"}'   | '"generation" must be a whole number'
    }
}
