package cupel.cli

import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareScreenSpec extends Specification {

    @TempDir
    Path folder

    def pool = [Campaigns.labelled(Campaigns.cluster(8, 1)).withInfo('sid', 'pooled')]
    def first = (10..13).collect { Campaigns.cluster(8, it).withInfo('walker', 1).withInfo('sid', "w1_$it" as String) }
    def second = (20..22).collect { Campaigns.cluster(6, it).withInfo('walker', 2).withInfo('sid', "w2_$it" as String) }

    def file(String name) {
        folder.resolve(name)
    }

    def report() {
        new JsonSlurper().parse(file('screen.json').toFile())
    }

    def screen(Map<String, List<Structure>> candidates, Object... more) {
        ExtendedXyz.write(file('pool.xyz'), pool)
        Campaigns.potential(1, 3).write(file('potential.json'))
        candidates.each { name, list -> ExtendedXyz.write(file(name), list) }
        CommandLine.run(Compare.TOOL, 'screen', '--candidates', *candidates.keySet().collect { file(it) },
            '--pool', file('pool.xyz'), '--potential', file('potential.json'), '--output', file('screened.xyz'),
            '--refused', file('refused.xyz'), '--report', file('screen.json'), *more)
    }

    static String state(double seconds) {
        """{"campaign": "gold", "generation": 1, "labels": 8, "failures": 2, "label_seconds": $seconds, "generations": []}"""
    }

    def "what is neither junk nor a twin goes on, with its notes"() {
        given:
        def far = Structure.cluster(79, 0, 0, 0, 9, 0, 0).withInfo('walker', 2)
        ExtendedXyz.write(file('failed.xyz'), [first[1]])

        when:
        def run = screen([a: first, b: second + far + pool[0].withInfo('sid', 'again')], '--already', file('failed.xyz'))
        def refused = ExtendedXyz.read(file('refused.xyz'))

        then:
        run.code == 0
        run.out == '9 candidates: 6 to be labelled, 2 duplicates, 1 screened out\n'
        ExtendedXyz.read(file('screened.xyz'))*.info()*.sid == ['w1_10', 'w1_12', 'w1_13', 'w2_20', 'w2_21', 'w2_22']
        refused*.info()*.refused.toSet() == ['disconnected', 'duplicate_of_pool', 'duplicate_of_known'].toSet()
        refused.find { it.info().refused == 'duplicate_of_known' }.info().refused_detail == 'twin of w1_11'
        report().subMap(['candidates', 'screened', 'screened_out', 'duplicates']) ==
            [candidates: 9, screened: 6, screened_out: 1, duplicates: 2]
        report().refused.disconnected == 1
    }

    def "the order of the files does not change a byte"() {
        given:
        screen([a: first, b: second], '--max-candidates', 4, '--select', choice)
        def names = ['screened.xyz', 'refused.xyz', 'screen.json']
        def before = names.collect { file(it).toFile().text }

        expect:
        screen([b: second, a: first], '--max-candidates', 4, '--select', choice).code == 0
        names.collect { file(it).toFile().text } == before
        report().screened == 4
        report().refused.over_limit == 3

        where:
        choice << ['committee', 'diversity', 'direct']
    }

    def "no more go on than --max-labels leaves after what was labelled already"() {
        given:
        ExtendedXyz.write(file('labelled.xyz'), (30..32).collect { Campaigns.cluster(7, it) })

        expect:
        screen([a: first, b: second], '--already', file('labelled.xyz'), '--max-labels', limit, *more).code == 0
        report().screened == screened

        where:
        limit | more                       || screened
        100   | []                         || 7
        8     | []                         || 5
        8     | ['--max-candidates', 4]    || 4
        3     | []                         || 0
    }

    def "as many go on as fit, at the mean cost so far, into what is left of --max-label-hours, but one at least: #hours"() {
        given: 'ten calculations of six minutes each, two of which failed'
        file('state.json').toFile().text = state(3600d)

        expect:
        screen([a: first, b: second], '--max-label-hours', hours, '--campaign-state', file('state.json'), *more).code == 0
        report().screened == screened
        report().refused.over_limit == 7 - screened

        where:
        hours  | more                    || screened
        '2'    | []                      || 7
        '1.45' | []                      || 4
        '1.45' | ['--max-candidates', 3] || 3
        '1.01' | []                      || 1
        '1'    | []                      || 1
    }

    def "before anything was paid for, --max-label-hours lets all pass"() {
        given:
        file('state.json').toFile().text = state(0d)

        expect:
        screen([a: first, b: second], '--max-label-hours', '1e-6').code == 0
        report().screened == 7
        screen([a: first, b: second], '--max-label-hours', '1e-6', '--campaign-state', file('state.json')).code == 0
        report().screened == 7
    }

    def "no candidates at all end well, with empty files"() {
        when:
        def run = screen([a: [], b: []])

        then:
        run.code == 0
        run.out.startsWith('0 candidates')
        file('screened.xyz').toFile().text == ''
        file('refused.xyz').toFile().text == ''
        report().candidates == 0
    }

    def "sizes and distances are those asked for: #options"() {
        expect:
        screen([a: first, b: second], *options).code == 0
        report().refused[reason] == count

        where:
        options                      | reason         | count
        ['--sizes', '7..9']          | 'size'         | 3
        ['--sizes', '6']             | 'size'         | 4
        ['--r-min', '4']             | 'too_close'    | 7
        ['--r-min', '0.5', '--r-connect', '1'] | 'disconnected' | 7
        ['--duplicate-distance', '9'] | 'duplicate_of_candidate' | 2
    }

    def "choosing by committee needs one"() {
        given:
        def run = screen([a: first])
        Campaigns.potential().write(file('single.json'))

        when:
        run = CommandLine.run(Compare.TOOL, 'screen', '--candidates', file('a'), '--pool', file('pool.xyz'), '--potential',
            file('single.json'), '--output', 'o', '--refused', 'r', '--report', 'j', '--select', 'committee')

        then:
        run.code == 1
        run.err.contains('compare screen: choosing by committee needs')
    }

    def "a command line that makes no sense ends with 2: #options"() {
        when:
        def run = screen([a: first], *options)

        then:
        run.code == 2
        run.err.contains(message)

        where:
        options                                | message
        ['--sizes', '0..3']                    | '--sizes must be a range of whole numbers'
        ['--r-min', '3', '--r-connect', '2']   | '--r-min must be less than --r-connect'
        ['--max-candidates', '0']              | '--max-candidates must be a whole number, 1 or above'
        ['--select', 'comittee']                 | 'did you mean committee?'
    }
}
