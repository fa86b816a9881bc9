package cupel.pipeline

import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

/** Parameters as the schema of the pipeline declares them. */
class ParametersSpec extends Specification {

    @TempDir
    Path folder

    @Shared
    Map schema = new JsonSlurper().parse(new File('nextflow_schema.json'))

    def parameters = new Parameters(schema, { String name -> Path.of(name) })

    @Unroll
    def "#name is #typed whether Nextflow hands on #as"() {
        when:
        def value = parameters.typed([(name): given])[name]

        then:
        value == typed
        value.class == typed.class

        where:
        name             | given     || typed
        'cycles'         | 5         || 5
        'cycles'         | '5'       || 5
        'cycles'         | 5L        || 5
        'tolerance'      | 20        || 20.0G.setScale(0)
        'tolerance'      | '20'      || 20.0G.setScale(0)
        'tolerance'      | '20.00'   || 20.0G.setScale(0)
        'tolerance'      | 0.5d      || 0.5G
        'tolerance'      | '5e-1'    || 0.5G
        'final_hold_out' | false     || false
        'final_hold_out' | 'false'   || false
        'final_hold_out' | 'true'    || true
        'temperature'    | 300       || '300'
        'sizes'          | '2..20'   || '2..20'
        as = "${given.class.simpleName} $given"
    }

    def "the same values are the same text, whatever they came as"() {
        expect:
        [20, '20', 20.0d, '2e1', 20.00G].collect { parameters.typed([tolerance: it]).tolerance.toPlainString() }.unique() == ['20']
    }

    def "what has no value is null, and every declared parameter is there"() {
        when:
        def values = parameters.typed([folds: '', max_labels: null])

        then:
        values.keySet() == schema.'$defs'.values().collectMany { it.properties.keySet() } as Set
        values.values().every { it == null }
    }

    @Unroll
    def "#given is refused, with name, value and what it must be"() {
        expect:
        parameters.problems(given) == [message]

        where:
        given                          || message
        [cycles: 'five']               || '--cycles five: must be a whole number, at least 1'
        [cycles: '2.5']                || '--cycles 2.5: must be a whole number, at least 1'
        [cycles: true]                 || '--cycles true: must be a whole number, at least 1'
        [cycles: '99999999999']        || '--cycles 99999999999: must be a whole number, at least 1'
        [tolerance: 'NaN']             || '--tolerance NaN: must be a number, above 0'
        [tolerance: 0]                 || '--tolerance 0: must be a number, above 0'
        [walkers: 10001]               || '--walkers 10001: must be a whole number, at least 1, at most 10000'
        [final_hold_out: 'no']         || '--final_hold_out no: must be true or false'
        [final_hold_out: 1]            || '--final_hold_out 1: must be true or false'
        [sizes: [2, 20]]               || '--sizes [2, 20]: must be text, and one value'
        [select: 'luck']               || '--select luck: must be direct or committee or diversity'
        [label_store: 'true']          || '--label_store true: has no value: Nextflow takes a parameter that stands alone for a switch'
        [seed_structures: 'gone.xyz']  || '--seed_structures gone.xyz: there is no such file'
        [sizes: '20..2']               || '--sizes 20..2: begins above its end; the right way round it is 2..20'
        [sizes: '0..2']                || '--sizes 0..2: a cluster has at least 1 atom'
        [energy_window: '1..-5']       || '--energy_window 1..-5: begins above its end; the right way round it is -5..1'
        [r_min: '2.5', r_connect: 2.5] || '--r_min 2.5 and --r_connect 2.5: no two atoms may be nearer than r_min, and those nearer than r_connect are connected, so that r_min must be less'
        [output_every: 9, cycles: '8'] || '--output_every 9 and --cycles 8: a walk of so few cycles gives no structure'
        [temprature: 300]              || '--temprature: there is no such parameter; did you mean --temperature?'
        [maxLabel: 3]                  || '--maxLabel: there is no such parameter; did you mean --max_labels?'
    }

    def "all that is wrong comes in one go"() {
        expect:
        parameters.problems([cycles: 'x', walkers: 0, tolerance: 'y', luck: 1]).size() == 4
    }

    def "Nextflow's second spelling of a mistyped name is not a second mistake"() {
        expect:
        parameters.problems(['max-label': 5, maxLabel: 5]).size() == 1
    }

    def "a letter that the shell would act on is named: #letter"() {
        given:
        def file = folder.resolve("a${letter}b.xyz").toFile()
        file.text = ''

        expect:
        parameters.problems([seed_structures: file.path])[0].contains("has $letter in its name")

        where:
        letter << [';', '$', '*', '?', '[', '}']
    }

    def "what a run cannot do without is missed by its name, unless it is not needed"() {
        expect:
        parameters.missing([outdir: 'x'], [])[0].startsWith('--seed_structures is missing: Structures to begin with')
        parameters.missing([outdir: 'x'], ['seed_structures']) == []
    }

    def "the help has every parameter with its range and default, in lines that fit a screen"() {
        when:
        def help = parameters.help('nextflow run .')

        then:
        schema.'$defs'.values().every { group -> help.contains(group.title) && group.properties.keySet().every { help.contains("  --$it ") } }
        help.replaceAll(/\s+/, ' ').contains('[at least 1; default: 5000]')
        help.readLines()*.length().max() <= 100
    }
}
