package cupel.pipeline

import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.opentest4j.TestAbortedException
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What must not happen to labels that cost days, with GFN1-xTB that costs milliseconds: that they are paid for twice, or lost, or that
 * a program that goes wrong ends a campaign or is believed. All but a few begin with the store of one campaign.
 */
class LabelStorePipelineSpec extends Specification {

    /** What all campaigns here have in common: two generations of up to eight structures, in batches of two. */
    static final List<String> SMALL = ['-profile', 'test', '--reference', 'xtb', '--sizes', '2..5', '--walks', '2', '--cycles', '20',
                                       '--output_every', '10', '--max_epochs', '10', '--folds', '2', '--batch_size', '2']

    /** Results of which not a byte may depend on where labels came from. */
    static final List<String> RESULTS = ['pool.xyz', 'potential.json', 'generations.csv', 'stop.json',
                                         'labels/generation_001_labelled.xyz', 'labels/generation_002_labelled.xyz']

    @Shared
    @TempDir
    Path folder

    @Shared
    Path store

    @Shared
    Pipeline.Run first

    def setupSpec() {
        if (!System.getenv('PATH').split(File.pathSeparator).any { new File(it, 'xtb').canExecute() }) {
            def notice = 'xtb is not installed, so labels of a program are not tested in the pipeline here; ' +
                'on Debian: apt-get install -y --no-install-recommends xtb'
            System.err.println(notice)
            throw new TestAbortedException(notice)
        }
        store = folder.resolve('store')
        first = run('first', '--label_store', store.toString())
    }

    def "a campaign puts every label into the store"() {
        expect:
        first.exitStatus == 0
        first.submitted().RUN_XTB > 4
        def labels = ['seeds/seeds_labelled.xyz', 'campaign_01/labels/generation_001_labelled.xyz',
                      'campaign_01/labels/generation_002_labelled.xyz'].collectMany { ExtendedXyz.read(first.result(it).toPath()) }
        labels.size() > 10
        Pipeline.java('label', 'store', 'verify', '--store', store.toString()) == null
        stored() == labels.size()
    }

    def "without its work folder, a campaign on the same store computes nothing again, and ends with the same bytes"() {
        given:
        Pipeline.command(folder, 'rm', '-rf', 'first/work')

        when:
        def again = run('again', '--label_store', store.toString())

        then:
        again.exitStatus == 0
        again.submitted().RUN_XTB == null
        again.submitted().PARSE_LABELS == null
        again.submitted().TRAIN_POTENTIAL == first.submitted().TRAIN_POTENTIAL
        differences(again) == []

        and: 'it says that they were known, and that they cost nothing'
        again.log.readLines().findAll { it.contains('reference: ') }.last() =~ /reference: 0 calculations so far, 0 failed, \d+ known already; 0\.0 core-s/
    }

    def "another campaign on the same store pays for what is new alone"() {
        when:
        def other = run('other', '--label_store', store.toString(), '--seed', '2', '--max_generations', '1')
        def costs = other.log.readLines().findAll { it =~ /campaign_02  reference: / }.last()

        then: 'seeds and their isolated atom at least were known'
        other.exitStatus == 0
        !other.log.contains('RUN_XTB (seeds')
        !other.log.contains('RUN_XTB (atoms')
        def labelled = ExtendedXyz.read(other.result('campaign_02/labels/generation_001_labelled.xyz').toPath())
        def calculations = (costs =~ /reference: (\d+) calculation/)[0][1] as int
        def known = (costs =~ /, (\d+) known already/)[0][1] as int
        known >= 1
        calculations + known == labelled.size() + 1 // the seed
        stored() > 10
    }

    def "killed twice in the middle of its labels, a campaign goes on to the same bytes, and repeats nothing that was finished"() {
        given: 'no store: what is known is known from the work folder alone'
        def finished = [] as Set

        when:
        [1, 2].each { generation ->
            killWhen('killed', generation == 1 ? [] : ['-resume']) { it.contains("PARSE_LABELS (campaign_01/generation_00$generation") }
            finished += calculations('killed', 'COMPLETED', 'CACHED')
        }
        def last = run('killed', '-resume')

        then:
        last.exitStatus == 0
        differences(last) == []
        finished.size() >= 4
        calculations('killed', 'CACHED').containsAll(finished)
        calculations('killed', 'COMPLETED').intersect(finished).isEmpty()
    }

    def "--dry_run computes nothing, and tells from the store what a campaign may cost"() {
        when:
        def run = run('dry', '--dry_run', '--label_store', store.toString(), '--max_labels', '40')

        then:
        run.exitStatus == 0
        run.log.contains('Dry run: nothing is computed.')
        run.log =~ /reference: a calculation of 2 atoms costs about [\d.e-]+ s, of 5 about [\d.e-]+ s/
        run.log.contains('reference: at most 16 more (--max_generations 2), at most 8 a generation: about ')
        nothingComputed(run)
        !run.result('campaign_01').exists()
    }

    def "settings that cannot be used end a dry run too, by file, key and value"() {
        given:
        def settings = Files.createDirectories(folder.resolve('bad')).resolve('settings.json')
        settings.toFile().text = '{"max_iterations": 0}'

        when:
        def run = run('bad', '--dry_run', '--reference_settings', settings.toString())

        then:
        run.exitStatus != 0
        run.log.contains("${settings.fileName}: max_iterations: must be a whole number, at least 1, is 0")
        nothingComputed(run)
    }

    def "--label_structures labels structures of one's own, from the store what it has"() {
        given: 'a structure that was labelled in the campaign, moved, and one that was not'
        def known = ExtendedXyz.read(first.result('campaign_01/pool.xyz').toPath()).last()
        def moved = Structure.of(known.atomicNumbers(), known.positions().collect { it + 1.5d } as double[], known.cell())
        ExtendedXyz.write(folder.resolve('own.xyz'), [moved, Structure.cluster(79, 0, 0, 0, 0, 0, 2.71d)])

        when:
        def run = run('own', '--label_structures', folder.resolve('own.xyz').toString(), '--label_store', store.toString())

        then:
        run.exitStatus == 0
        run.log.contains('2 labelled, 0 failed: results/labels')
        run.submitted().RUN_XTB == 1
        run.submitted().TRAIN_POTENTIAL == null
        def labelled = ExtendedXyz.read(run.result('labels/structures_labelled.xyz').toPath())
        Math.abs(labelled[0].label().energy() - known.label().energy()) < 1e-9d
        labelled[1].label().energy() != null
        run.result('labels/structures_costs.csv').readLines()[1] == "${known.size()},0.000,known"
    }

    def "when not even the isolated atom can be computed, the campaign ends with the reason and what may help"() {
        given:
        def settings = folder.resolve('hasty.json')
        settings.toFile().text = '{"max_iterations": 1, "ladder": [{"max_iterations": 2}]}'

        when:
        def run = run('hasty', '--reference_settings', settings.toString())

        then:
        run.exitStatus != 0
        run.log.contains('the isolated atom, whose energy is the zero of energies, could not be computed')
        run.log.contains('charges not self-consistent within 2 iterations')
        run.log.contains('Other settings may help (--reference_settings)')
        run.submitted().RUN_XTB == 1
        run.submitted().TRAIN_POTENTIAL == null
    }

    def "a program that hangs, fails, answers rubbish or numbers that are none is recorded, and the campaign goes on"() {
        given: 'in four places of a generation something is wrong; atoms and seeds, one to a batch or 13 atoms, are computed'
        def program = folder.resolve('program.sh')
        program.toFile().text = '''
            case $(head -n 1 in.xyz)$PWD in
                1/* | 13/*) xtb in.xyz $(cat xtb.args) ;;
                */batch_0000/0000/*) sleep 60 ;;
                */batch_0000/0001/*) echo "*** convergence criteria cannot be satisfied within 1 iterations ***"; exit 128 ;;
                */batch_0001/0000/*) printf "%s\n" "convergence criteria satisfied" ":: total energy -1"; head -c 3000 /dev/urandom; head -c 3000 /dev/urandom > in.engrad ;;
                */batch_0001/0001/*) xtb in.xyz $(cat xtb.args); sed -i '0,/^ *-[0-9.]*$/s//  NaN/' in.engrad ;;
                *) xtb in.xyz $(cat xtb.args) ;;
            esac
        '''.stripIndent()
        def settings = folder.resolve('two_rungs.json')
        settings.toFile().text = '{"ladder": [{"broyden_damping": 0.2}]}'
        def own = folder.resolve('store of failures')

        when:
        def run = run('wrong', '-c', config('wrong', "process { withName: RUN_XTB { ext.command = 'bash $program' } }"),
            '--label_timeout', '3', '--reference_settings', settings.toString(), '--label_store', own.toString())

        then: 'to its end'
        run.exitStatus == 0
        def stop = new JsonSlurper().parse(run.result('campaign_01/stop.json'))
        stop.numbers.generations == 2

        and: 'each with its reason, and counted'
        def failed = [1, 2].collect { ExtendedXyz.read(run.result("campaign_01/labels/generation_00${it}_failed.xyz").toPath()) }
        failed.every { it*.info()*.failure == ['timed_out', 'not_converged', 'crashed', 'unphysical'] }
        failed[0].every { it.label() == null && it.info().reason }
        failed[0]*.info()*.rungs_tried == [2L, 2L, 1L, 1L]
        failed[0][0].info().reason == 'xtb was stopped after 3 s'
        failed[0][1].info().reason == 'charges not self-consistent within 1 iterations'
        failed[0][3].info().reason.contains('is not a number: NaN')
        table(run)*.failed == ['4', '4']
        stop.numbers.failures == 8
        run.log =~ /generation +1 \| .* failed +4 /
        run.log.readLines().findAll { it.contains('campaign_01  reference: ') }.last().contains(', 8 failed, ')

        and: 'what was labelled is that of xtb, and none of the others is in the pool'
        def pool = ExtendedXyz.read(run.result('campaign_01/pool.xyz').toPath())
        pool.every { it.label().forces().every { Double.isFinite(it) } }
        pool*.info()*.sid.intersect(failed.flatten()*.info()*.sid) == []

        and: 'only what would fail again is remembered'
        failures(own) == ['not_converged', 'not_converged', 'unphysical', 'unphysical']
    }

    private Pipeline.Run run(String name, String... more) {
        def run = new Pipeline(folder.resolve(name)).run(*SMALL, *more)
        println(run.log)
        run
    }

    /** Starts a campaign and kills it with all that it has started, by their numbers, as soon as it says a certain line. */
    private void killWhen(String name, List<String> more, Closure<Boolean> moment) {
        def process = new Pipeline(folder.resolve(name)).start(*SMALL, *more)
        def lines = process.inputStream.newReader()
        def seen = []
        while (!seen || !moment(seen.last())) {
            def line = lines.readLine()
            assert line != null: "ended too early:\n${seen.join('\n')}"
            seen << line
        }
        def started = process.descendants().toList()
        process.destroyForcibly()
        started.each { it.destroyForcibly() }
        assert process.waitFor(30, TimeUnit.SECONDS)
        println(seen.join('\n') + '\nkilled')
    }

    /** Tasks of the last run that were calculations and ended like this. */
    private Set<String> calculations(String name, String... ends) {
        folder.resolve("$name/results/pipeline_info/trace.tsv").toFile().readLines()*.split('\t')
            .findAll { it[2].contains('RUN_XTB') && it[3] in ends }.collect { it[2] } as Set
    }

    private List<String> differences(Pipeline.Run run) {
        RESULTS.findAll { run.result("campaign_01/$it").bytes != first.result("campaign_01/$it").bytes }
    }

    private static boolean nothingComputed(Pipeline.Run run) {
        !run.submitted().keySet().any { it.startsWith('RUN_') }
    }

    private int stored() {
        int labels = 0
        store.toFile().eachFileRecurse { labels += it.name.startsWith('h_') ? 1 : 0 }
        labels
    }

    private static List<String> failures(Path store) {
        def found = []
        store.toFile().eachFileRecurse { if (it.file && it.parentFile.name == 'failures') { found << ExtendedXyz.read(it.toPath())[0].info().failure } }
        found.sort()
    }

    private static List<Map<String, String>> table(Pipeline.Run run) {
        def rows = run.result('campaign_01/generations.csv').readLines()*.split(',', -1)
        rows.drop(1).collect { row -> [rows[0].toList(), row.toList()].transpose().collectEntries { it } }
    }

    private String config(String name, String text) {
        def file = folder.resolve("${name}.config").toFile()
        file.text = text + '\n'
        file.path
    }
}
