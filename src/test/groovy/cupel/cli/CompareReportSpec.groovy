package cupel.cli

import cupel.assay.report.Course
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** What stands on the page of a campaign, also as a browser shows it. */
class CompareReportSpec extends Specification {

    static final HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" <!--'

    private static Boolean missing

    @TempDir
    Path folder

    static synchronized boolean chromiumIsMissing() {
        if (missing == null) {
            missing = System.getenv('PATH').split(':').every { !new File(it, 'chromium').canExecute() }
            if (missing) {
                println 'SKIPPED: CompareReportSpec, the report in a browser: there is no chromium. ' +
                    'Install it: apt-get install -y --no-install-recommends chromium'
            }
        }
        return missing
    }

    def file(String name) {
        folder.resolve(name)
    }

    def setup() {
        Campaigns.potential().write(file('potential.json'))
        ExtendedXyz.write(file('pool.xyz'), (0..<4).collect {
            Campaigns.labelled(Campaigns.cluster(3 + it, it)).withInfo('sid', "h_pool$it".toString()).withInfo('sampler', HOSTILE)
        } + Campaigns.labelled(Structure.cluster(79, 0d, 0d, 0d)).withInfo('config_type', 'IsolatedAtom'))
        ExtendedXyz.write(file('test.xyz'), (0..<3).collect { Campaigns.labelled(Campaigns.cluster(5, 10 + it)).withInfo('sid', HOSTILE + it) })
        ExtendedXyz.write(file('failed.xyz'), [7, 8].collect {
            Campaigns.cluster(it, it).withInfo('failure', 'crashed').withInfo('reason', "$HOSTILE after $it steps".toString())
        })
        ExtendedXyz.write(file('none.xyz'), [])
        file('costs.csv').toFile().text = 'atoms,seconds,outcome\n3,10.000,labelled\n3,20.000,crashed\n3,0.000,known\n4,0.000,known\n'
        file('versions.tsv').toFile().text = "cupel\tcupel 0.1.0\nreference\t$HOSTILE\tversion=1\n"
        file('params.json').toFile().text = JsonOutput.toJson([seed: 7, campaign_name: HOSTILE])
    }

    /** A campaign of so many generations, with tests of all of them or none. */
    List campaign(int count, boolean tested) {
        def rows = (1..count).collect {
            [generation: it, pool_size: it, candidates: 9, screened_out: 1, duplicates: 2, labelled: 5, failed: 1,
             added: count - it, quiet: 0, untested: 0, new_label_energy_mae_mev_per_atom: 7.5d / it, new_label_energy_largest_mev_per_atom: null]
        }
        file('state.json').toFile().text = JsonOutput.toJson([
            campaign: HOSTILE, generation: count, quiet: 0, untested: 0, labels: 5 * count, failures: count, generations: rows,
            decision: [action: 'stop', rule: 'patience', reason: "Converged: $HOSTILE".toString(), numbers: [quiet: 1, patience: 1]]])
        def tests = tested ? (1..count).collect {
            file("test_${it}.json").toFile().text = JsonOutput.toJson([generation: it, structures: 3,
                energy: [n: 3, mae_mev_per_atom: 1234.5678901234d / it], force: [n: 9, mae_mev_per_angstrom: it == 1 ? null : 56.789012345d]])
            file("test_${it}.json")
        } : []
        return ['--campaign-state', file('state.json')] + (tests ? ['--tests', *tests] : [])
    }

    Map make(List campaign, Object... more) {
        def run = CommandLine.run(Compare.TOOL, 'report', *campaign, '--potential', file('potential.json'), '--pool', file('pool.xyz'),
            '--output', file('report.html'), *more)
        assert run.code == 0: run
        assert CommandLine.run(Compare.TOOL, 'summarize', *campaign, '--output-generations', file('generations.csv'),
            '--output-stop', file('stop.json')).code == 0
        def html = file('report.html').toFile().text
        return [html: html, data: new JsonSlurper().parseText(element(html, 'data')), run: new JsonSlurper().parseText(element(html, 'run'))]
    }

    List everything() {
        ['--test-set', file('test.xyz'), '--labelled', file('test.xyz'), '--failed', file('failed.xyz'), '--costs', file('costs.csv'),
         '--versions', file('versions.tsv'), '--params', file('params.json'), '--command', "nextflow run . --name '$HOSTILE'".toString(), '--seed', '7']
    }

    static String element(String html, String id) {
        html.find("(?s)<script type=\"application/json\" id=\"$id\">(.*?)</script>") { it[1] }
    }

    /** The table of generations as CSV, from the exact values of its cells. */
    static String table(String html) {
        def body = html.find(/(?s)<table id="generations-table">.*?<\/table>/)
        def rows = body.findAll(/<tr>\s*<td>.*?<\/tr>/).collect { row -> row.findAll(/ value="([^"]*)"/) { it[1] }.join(',') }
        return ([Course.COLUMNS.join(',')] + rows).join('\n') + '\n'
    }

    def "the numbers of #count generations, tested: #tested, are those of generations.csv"() {
        when:
        def page = make(campaign(count, tested))

        then:
        table(page.html) == file('generations.csv').toFile().text
        page.data.course.pool_size == (1..count)
        page.data.course.test_energy_mae_mev.every { (it != null) == tested }

        where:
        count | tested
        1     | false
        1     | true
        12    | true
    }

    def "without a test set the pool is judged alone, and nothing else need be there"() {
        when:
        def page = make(campaign(1, false), '--labelled', file('none.xyz'), '--failed', file('none.xyz'))

        then:
        page.data.sets*.name == ['pool']
        page.data.structures*.set.unique() == ['pool']
        page.run == null
    }

    def "a test set without structures is refused by name"() {
        expect:
        with(CommandLine.run(Compare.TOOL, 'report', *campaign(1, false), '--potential', file('potential.json'), '--pool', file('pool.xyz'),
            '--output', file('report.html'), '--test-set', file('none.xyz'))) {
            code == 1
            err.contains('none.xyz')
        }
    }

    def "whatever a text says, it stays text, and the policy lets nothing else run"() {
        when:
        def page = make(campaign(2, true), *everything())

        then: 'the page has the scripts that it should have, and no other'
        page.html.count('<script') == 2 + 5
        page.html.count('</script>') == 2 + 5
        !page.html.contains('<img')
        page.html.find(/script-src ([^;]*);/) { it[1] }.split(' ').size() == 5
        page.html.contains("default-src 'none'")
        page.run.command.contains(HOSTILE)
        page.run.parameters.campaign_name == HOSTILE
    }

    def "structures come with the largest errors first, three digits, and their place in the plot of energies"() {
        when:
        def data = make(campaign(2, true), *everything()).data

        then:
        data.structures*.set == ['test'] * 3 + ['pool'] * 4
        ['test', 'pool'].every { set ->
            def errors = data.structures.findAll { it.set == set }.collect { Math.abs(it.error.replace('−', '-') as double) }
            errors == errors.sort(false).reverse()
        }
        data.structures.every { it.positions.size() == 3 * it.size && it.positions.every { x -> x * 1000 == Math.rint(x * 1000 as double) || Math.abs(x * 1000 - Math.rint(x * 1000 as double)) < 1e-6 } }
        data.sets[0].energies.structure.sort() == [0, 1, 2]
        data.levels.labels == 7
    }

    def "the same files give the same bytes, on any number of threads"() {
        expect:
        make(campaign(2, true), *everything()).html == make(campaign(2, true), *everything(), '--threads', '2').html
    }

    def "campaigns side by side have their numbers, and links to their own pages"() {
        given:
        make(campaign(3, true))

        when:
        def run = CommandLine.run(Compare.TOOL, 'overview', '--generations', file('generations.csv'), file('generations.csv'),
            '--stops', file('stop.json'), file('stop.json'), '--output', file('overview.html'))
        def html = file('overview.html').toFile().text

        then:
        run.code == 0
        html.count('href="./%3C%2Fscript%3E') == 2
        html.count('<script') == 2 + 3
        html.count("value=\"${1234.5678901234d / 3}\"") == 2
        new JsonSlurper().parseText(element(html, 'data')).campaigns*.labels == [[0, 5, 10]] * 2

        and: 'few enough to have names for their lines'
        (html =~ /class="key [abc]"/).collect { it }.containsAll(['class="key a"', 'class="key b"'])
    }

    @IgnoreIf({ CompareReportSpec.chromiumIsMissing() })
    def "a browser draws it without an error, and without network"() {
        given:
        make(campaign(3, true), *everything())

        when:
        def command = ['chromium', '--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
                       '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
                       "--user-data-dir=${file('profile')}", '--enable-logging=stderr', '--v=0', '--virtual-time-budget=2000',
                       '--dump-dom', file('report.html').toUri().toString()]
        def process = new ProcessBuilder(command*.toString()).redirectOutput(file('dom.html').toFile()).redirectError(file('log').toFile()).start()
        def ended = process.waitFor(100, TimeUnit.SECONDS)
        process.destroyForcibly()
        def dom = file('dom.html').toFile().text
        def said = Files.readAllLines(file('log')).findAll { it.contains('CONSOLE') }

        then:
        ended
        said == []
        dom.contains('data-ready="true"')
        dom.contains('<canvas')
        table(dom) == file('generations.csv').toFile().text

        and: 'the first structure is in space, the command is there as text'
        dom.contains('data-structure=')
        dom.find(/(?s)<div class="stage" id="stage">.{0,20}/).contains('<canvas')
        dom.find(/(?s)<div id="command">.*?<\/pre>/).contains('&lt;/script&gt;&lt;script&gt;alert(1)')
    }
}
