package cupel.pipeline

import cupel.potential.Potential
import cupel.reference.Models
import cupel.sampling.Connectivity
import cupel.structure.ExtendedXyz
import groovy.json.JsonSlurper
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/**
 * Two tiny campaigns with Sutton-Chen gold as reference, run once; then the same command again after this or that.
 * The features go in order: each begins with what the one before left.
 */
@Stepwise
class CampaignPipelineSpec extends Specification {

    @Shared
    @TempDir
    Path folder

    @Shared
    Pipeline pipeline

    @Shared
    Path testSet

    @Shared
    Pipeline.Run first

    String[] command(String... more) {
        ['-profile', 'test', '--replicas', '2', '--test_set', testSet.toString(), *more]
    }

    def setupSpec() {
        def bare = folder.resolve('bare.xyz')
        testSet = folder.resolve('test.xyz')
        Pipeline.java('sample', '--sampler', 'random', '--model', 'sutton-chen', '--elements', 'Au', '--sizes', '2..8',
            '--count', '30', '--seed', '99', '--output', bare.toString())
        Pipeline.java('label', '--model', 'sutton-chen', '--structures', bare.toString(), '--output', testSet.toString())
        pipeline = new Pipeline(folder.resolve('run'))
        first = pipeline.run(command())
        println(first.log)
    }

    def "the campaigns run to the end, and each says why it stopped"() {
        expect:
        first.exitStatus == 0
        ['campaign_01', 'campaign_02'].every { campaign ->
            def stop = new JsonSlurper().parse(first.result("$campaign/stop.json"))
            stop.action == 'stop' && stop.rule == 'max_generations' && stop.numbers.generations == 2 &&
                first.log.contains("$campaign  stopped after generation 2. ${stop.reason}")
        }
    }

    def "the results are a crate that a check finds whole, and a byte that differs is found"() {
        given:
        def results = first.result('campaign_01').toPath()
        def crate = new JsonSlurper().parse(results.resolve('ro-crate-metadata.json').toFile()).'@graph'.collectEntries { [it.'@id', it] }

        expect:
        crate['#run'].description.startsWith('nextflow run ')
        crate['#parameter-replicas'] && crate['#value-replicas'].value == 2
        Pipeline.java('compare', 'check', '--results', results.toString()) == null
        Pipeline.java('compare', 'explain', '--results', results.toString(), '--structure', '3') == null

        when:
        def curve = results.resolve('learning_curve.csv')
        def bytes = Files.readAllBytes(curve)
        def other = bytes.clone()
        other[10] ^= 1
        Files.write(curve, other)
        Pipeline.java('compare', 'check', '--results', results.toString())

        then:
        def found = thrown(IllegalStateException)
        found.message.contains('exit status 1')
        found.message.contains('learning_curve.csv: expected: sha256 ')

        cleanup:
        Files.write(curve, bytes)
    }

    def "a generation is a line of the log and a row of the table, and the pool grows by what was added"() {
        when:
        def rows = first.result('campaign_01/generations.csv').readLines()*.split(',', -1)
        def table = rows.drop(1).collect { row -> [rows[0].toList(), row.toList()].transpose().collectEntries { it } }

        then:
        table*.generation == ['1', '2']
        table[0].pool_size == '1'
        (table[0].pool_size as int) + (table[0].added as int) == table[1].pool_size as int
        (table[1].pool_size as int) + (table[1].added as int) == ExtendedXyz.read(first.result('campaign_01/pool.xyz').toPath()).size() - 1
        table.every { (it.test_energy_mae_mev as double) > 0 && (it.test_force_mae_mev as double) > 0 }
        table.every { (it.candidates as int) == (it.screened_out as int) + (it.duplicates as int) + (it.labelled as int) + (it.failed as int) }
        first.log.readLines().count { it =~ /campaign_01  generation +[12] \| pool +\d+ \| candidates .* test \d.*meV/ } == 2
    }

    def "every label is that of the reference, of the isolated atom too, and every structure is a cluster in one piece"() {
        given:
        def model = Models.named('sutton-chen', 79)
        def pool = ExtendedXyz.read(first.result('campaign_01/pool.xyz').toPath())
        def connectivity = Connectivity.standard()

        expect:
        pool.every { Math.abs(model.energy(it) - it.label().energy()) < 1e-9 * it.size() }
        pool.count { it.info().config_type == 'IsolatedAtom' && it.size() == 1 && it.label().energy() == 0 } == 1
        pool.drop(2).every { it.size() >= 2 && it.size() <= 8 && connectivity.objection(it) == null }
        pool.drop(2).every { Math.abs(it.info().NN_energy_error) > 0.020 }
        pool*.info()*.level.unique().size() == 1
    }

    def "the potential has learned: it errs less on its pool than the best constant, and less after training than before"() {
        given:
        def potential = Potential.read(first.result('campaign_01/potential.json').toPath())
        def pool = ExtendedXyz.read(first.result('campaign_01/pool.xyz').toPath()).findAll { it.size() > 1 }

        when:
        def reference = pool.collect { it.label().energy() / it.size() }
        def mean = reference.sum() / reference.size()
        def spread = Math.sqrt(reference.collect { (it - mean)**2 }.sum() / reference.size())
        def error = Math.sqrt(pool.collect { ((potential.energy(it) - it.label().energy()) / it.size())**2 }.sum() / pool.size())

        then:
        error < 0.5 * spread
        pool.every { structure -> potential.evaluate(structure).forces().every { Double.isFinite(it) } }
    }

    def "what each generation paid for is kept"() {
        expect:
        [1, 2].every { generation ->
            def labels = ExtendedXyz.read(first.result("campaign_01/labels/generation_00${generation}_labelled.xyz").toPath())
            labels.every { it.label() != null && it.info().generation == generation && it.info().campaign == 'campaign_01' }
        }
        ExtendedXyz.read(first.result('seeds/seeds_labelled.xyz').toPath())*.size() == [1, 13]
    }

    def "the two campaigns, of different seeds, differ"() {
        expect:
        first.result('campaign_01/potential.json').text != first.result('campaign_02/potential.json').text
    }

    def "after a new build of the same sources, with another clock and with results cut short, -resume runs no task again and mends the results"() {
        given: 'results as of a run that was killed while it copied them'
        def results = ['campaign_01/pool.xyz', 'campaign_01/potential.json', 'campaign_02/generations.csv', 'campaign_01/labels/generation_001_labelled.xyz']
        def whole = results.collectEntries { [it, first.result(it).text] }
        whole.each { name, text -> first.result(name).text = text.take(text.length().intdiv(3)) }

        and: 'files of tomorrow, as after a clock that went backwards; not what links lead to'
        Pipeline.command(folder, 'find', '.', '-type', 'f', '-exec', 'touch', '-d', 'tomorrow', '{}', '+')

        and: 'a build of its own, from a copy of the sources'
        def copy = Files.createDirectories(folder.resolve('copy'))
        Pipeline.command(folder, 'cp', '-r', Pipeline.PROJECT.resolve('pom.xml').toString(),
            *['src', 'lib', 'bin'].collect { Pipeline.PROJECT.resolve(it).toString() }, copy.toString())
        Pipeline.command(copy, 'mvn', '-B', '-o', '-q', 'package', '-Dmaven.test.skip=true')

        when:
        def run = pipeline.run(command('-resume', '--jars', copy.resolve('target').toString()))

        then:
        run.exitStatus == 0
        run.submitted() == [:]
        run.cached() == first.submitted()
        whole.every { name, text -> run.result(name).text == text }
    }

    def "a file in the work folder that has changed is named before -resume goes on from it, and is made again when it is deleted"() {
        given: 'a pool of which a whole structure has gone, so that it still can be read'
        def whole = first.result('campaign_01/generation_001/pool.xyz').text
        def pool = Files.walk(folder.resolve('run/work')).withCloseable { files ->
            files.filter { it.fileName.toString() == 'pool.xyz' && !Files.isSymbolicLink(it) && Files.readString(it) == whole }.toList().first()
        }
        def structures = ExtendedXyz.read(pool)
        ExtendedXyz.write(pool, structures.dropRight(1))
        def task = pool
        while (task.nameCount > folder.resolve('run/work').nameCount + 2) {
            task = task.parent
        }

        when:
        def refused = pipeline.run(command('-resume'))

        then:
        refused.exitStatus != 0
        refused.submitted() == [:]
        refused.log.contains("$pool has changed since its task ended")
        refused.log.contains("rm -r '$task'")

        when:
        Pipeline.command(folder, 'rm', '-r', task.toString())
        def run = pipeline.run(command('-resume'))

        then:
        run.exitStatus == 0
        run.submitted() == [TEST_CANDIDATES: 1]
        first.result('campaign_01/generation_001/pool.xyz').text == whole
    }

    def "after a change of one tool, -resume runs its tasks again, and of the others only what got other input"() {
        given: 'the same jars, but for an entry more in compare.jar'
        def jars = Files.createDirectories(folder.resolve('jars'))
        ['featurize', 'train', 'sample', 'compare', 'label'].each {
            Files.copy(Pipeline.PROJECT.resolve("target/${it}.jar"), jars.resolve("${it}.jar"))
        }
        FileSystems.newFileSystem(jars.resolve('compare.jar'), [:]).withCloseable { zip ->
            Files.writeString(zip.getPath('/changed.txt'), 'changed')
        }

        when:
        def run = pipeline.run(command('-resume', '--jars', jars.toString()))

        then:
        run.exitStatus == 0
        run.submitted() == first.submitted().subMap('TEST_CANDIDATES', 'EVALUATE_POTENTIAL', 'EVALUATE_FINAL', 'SUMMARIZE_CAMPAIGN',
            'WRITE_FINAL_REPORT', 'WRITE_OVERVIEW')
        run.cached() == first.submitted() - run.submitted()
    }

    def "a run that is killed goes on with -resume, to the same bytes as a campaign that ran beside others"() {
        given:
        def alone = new Pipeline(folder.resolve('alone'))
        def arguments = ['-profile', 'test', '--seed', '2', '--test_set', testSet.toString()] as String[]

        when: 'the whole process group is killed while the second generation runs'
        def process = alone.start(arguments)
        def lines = process.inputStream.newReader()
        def seen = []
        while (!seen.any { it.contains('TRAIN_POTENTIAL (campaign_02/generation_002)') }) {
            def line = lines.readLine()
            assert line != null: "ended too early:\n${seen.join('\n')}"
            seen << line
        }
        Pipeline.command(folder, 'kill', '-9', '--', "-${process.pid()}")
        assert process.waitFor(30, TimeUnit.SECONDS)

        and:
        def run = alone.run(*arguments, '-resume')

        then:
        run.exitStatus == 0
        run.cached().TRAIN_POTENTIAL == 1
        run.submitted().every { name, tasks -> tasks <= first.submitted()[name] / 2 }
        ['potential.json', 'pool.xyz', 'generations.csv', 'stop.json', 'test.json'].findAll { name ->
            run.result("campaign_02/$name").bytes != first.result("campaign_02/$name").bytes
        } == []
    }

    def "after a change of #parameter, -resume runs only what depends on it"() {
        when: 'a limit that is not reached, but is among the numbers of the decision'
        def run = pipeline.run(command('-resume', "--$parameter", limit))

        then:
        run.exitStatus == 0
        run.submitted() == first.submitted().subMap(steps)
        run.cached() == first.submitted() - run.submitted()

        where:
        parameter    | limit    || steps
        'patience'   | '50'     || ['TEST_CANDIDATES', 'SUMMARIZE_CAMPAIGN', 'WRITE_FINAL_REPORT', 'WRITE_OVERVIEW']
        'max_labels' | '100000' || ['TEST_CANDIDATES', 'SUMMARIZE_CAMPAIGN', 'WRITE_FINAL_REPORT', 'WRITE_OVERVIEW']
    }

    def "arms are campaigns that differ in what they are named after, and own seeds give each replica a start of its own"() {
        given:
        def seeds = ExtendedXyz.read(testSet).findAll { it.size() > 1 }.unique { it.info().sid }.take(2)
        def file = folder.resolve('two seeds.xyz')
        ExtendedXyz.write(file, seeds)

        when:
        def run = new Pipeline(folder.resolve('arms')).run('-profile', 'test', '--arms', 'direct:energy, committee:energy+forces,random',
            '--replicas', '2', '--own_seeds', 'true', '--seed_structures', file.toString(), '--max_generations', '1', '--walks', '2', '--max_candidates', '10')

        then:
        run.exitStatus == 0
        def campaigns = ['direct_energy', 'committee_energy_forces', 'random_energy_forces'].collectMany { ["${it}_01", "${it}_02"] }
        run.result('').list().sort() == (campaigns + ['pipeline_info', 'report.html', 'seeds']).sort()
        campaigns.every { campaign ->
            def start = ExtendedXyz.read(run.result("$campaign/pool.xyz").toPath()).findAll { it.info().kind == 'seed' && it.size() > 1 }
            start*.size() == [seeds[campaign.endsWith('1') ? 0 : 1].size()]
        }

        and: 'each is trained on what its name says, and has candidates of its kind'
        campaigns.every { campaign ->
            def trained = Potential.read(run.result("$campaign/potential.json").toPath()).provenance().trained_on
            trained == (campaign.contains('forces') ? 'energy+forces' : 'energy')
        }
        campaigns.every { campaign ->
            def screened = ExtendedXyz.read(run.result("$campaign/generation_001/screened.xyz").toPath())
            screened.size() == 10 && screened.every { (it.info().sampler == 'random') == campaign.startsWith('random') } &&
                screened.every { it.info().containsKey('NN_disagreement_mev_per_atom') == campaign.startsWith('committee') }
        }
    }

    def "labels that fail are recorded with their reason, and the campaign goes on without them"() {
        when: 'a limit for forces that hot and rattled clusters exceed'
        def run = new Pipeline(folder.resolve('failing')).run('-profile', 'test', '--max_force', '1', '--sampler', 'random',
            '--max_generations', '2')

        then:
        run.exitStatus == 0
        def failed = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_failed.xyz').toPath())
        def labelled = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        def stop = new JsonSlurper().parse(run.result('campaign_01/stop.json'))
        !failed.isEmpty()
        failed.every { it.label() == null && it.info().failure == 'unphysical' && it.info().reason.contains('largest force') }
        labelled.every { it.label() != null }
        stop.numbers.generations == 2
        stop.numbers.failures >= failed.size()
        def pool = ExtendedXyz.read(run.result('campaign_01/pool.xyz').toPath())
        pool*.info()*.sid.intersect(failed*.info()*.sid) == []
    }
}
