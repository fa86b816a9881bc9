package cupel.pipeline

import groovy.json.JsonSlurper
import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import spock.lang.Specification
import spock.lang.TempDir

/** The plan of the pipeline, without any science: what runs how often, and what is refused before anything runs. */
class StubPipelineSpec extends Specification {

    @TempDir
    Path folder

    def schema = new JsonSlurper().parse(Pipeline.PROJECT.resolve('nextflow_schema.json').toFile())
    Map<String, Map> declared = schema.'$defs'.values().collectEntries { it.properties }

    def "two campaigns run to the end with stubs, and each task runs once"() {
        when:
        def run = new Pipeline(folder).run('-profile', 'test', '-stub', '--replicas', '2', '--walkers', '3',
            '--test_set', Pipeline.PROJECT.resolve('data/seeds/Au13.xyz').toString())

        then:
        run.exitStatus == 0
        run.submitted() == [
            RECORD_VERSIONS: 1, PREPARE_SEEDS: 1, LABEL_BUILTIN: 1, FEATURIZE_POOL: 2, TRAIN_POTENTIAL: 4, SAMPLE_CLUSTERS: 4,
            TEST_CANDIDATES: 4, EVALUATE_POTENTIAL: 4, EVALUATE_FINAL: 2, TRAIN_FINAL: 2, SUMMARIZE_CAMPAIGN: 2,
            WRITE_FINAL_REPORT: 2, WRITE_OVERVIEW: 1,
        ]
        run.result('pipeline_info/trace.tsv').readLines().drop(1).every { it.split('\t')[3] == 'COMPLETED' }

        and: 'the results lie where docs/output.md says'
        run.result('pipeline_info').list().sort() ==
            ['.lock', 'dag.html', 'params.json', 'report.html', 'run.json', 'timeline.html', 'trace.tsv', 'versions.tsv']
        ['campaign_01', 'campaign_02'].every { campaign ->
            run.result(campaign).list().sort() == ['features.npy', 'generation_001', 'generation_002', 'generations.csv', 'labels',
                'learning_curve.csv', 'pool.xyz', 'potential.json', 'report.html', 'ro-crate-metadata.json', 'run', 'stop.json', 'test.json']
        }

        and: 'the reports know the command, and the closing line names the one of all campaigns'
        ['report.html', 'campaign_01/report.html', 'campaign_02/report.html'].every { page ->
            run.result(page).text.contains('"command":"nextflow run ') && run.result(page).text.contains('"replicas":2')
        }
        run.log.contains('the report: results/report.html')
    }

    def "a run whose results another one is writing does nothing, and says what to do"() {
        given: 'a process that has the folder'
        def channel = FileChannel.open(
            Files.createDirectories(folder.resolve('results/pipeline_info')).resolve('.lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        def lock = channel.lock()
        channel.write(ByteBuffer.wrap('process 12345 on node7\n'.bytes))

        when:
        def refused = new Pipeline(folder).run('-profile', 'test', '-stub')

        then:
        refused.exitStatus != 0
        refused.submitted() == [:]
        refused.log.contains('another run, process 12345 on node7, writes its results there')
        refused.log.contains('give this one a folder of its own')

        when: 'it is gone'
        lock.release()
        def run = new Pipeline(folder).run('-profile', 'test', '-stub')

        then:
        run.exitStatus == 0

        cleanup:
        channel.close()
    }

    def "results of another run are not written over, and the refusal says whose they are and what to type"() {
        given:
        def pipeline = new Pipeline(folder)
        def first = pipeline.run('-profile', 'test', '-stub', '--max_generations', '1')
        def trace = first.result('pipeline_info/trace.tsv').text
        def report = first.result('pipeline_info/report.html').text
        def session = new JsonSlurper().parse(first.result('pipeline_info/run.json')).session

        when: 'another campaign, by mistake at the same place'
        def refused = pipeline.run('-profile', 'test', '-stub', '--seed', '2')

        then:
        first.exitStatus == 0
        refused.exitStatus == 1
        refused.submitted() == [:]
        refused.log =~ /--outdir results: holds the results of another run, [a-z]+_[a-z]+, begun 20\d\d-\d\d-\d\d \d\d:\d\d: nextflow run .* --max_generations 1\n/
        refused.log.contains("To go on with it, type its command with -resume $session.")
        refused.log.contains('give this run a folder of its own, as with --outdir results_2, or remove that one: rm -r results')

        and: 'not a byte of the other is touched'
        first.result('pipeline_info/trace.tsv').text == trace
        first.result('pipeline_info/report.html').text == report

        when: 'the same command once more'
        def same = pipeline.run('-profile', 'test', '-stub', '--max_generations', '1')

        then:
        same.exitStatus == 1
        same.log.contains("To go on with it, type the same command with -resume $session.")

        when: 'that, and after two refusals -resume alone means the run before them'
        def resumed = pipeline.run('-profile', 'test', '-stub', '--max_generations', '1', '-resume')

        then:
        resumed.exitStatus == 0
        resumed.submitted() == [:]

        when: 'another campaign has run from this folder since, so that -resume alone would go on with that one'
        pipeline.run('-profile', 'test', '-stub', '--seed', '3', '--outdir', 'other')
        def confused = pipeline.run('-profile', 'test', '-stub', '--max_generations', '1', '-resume')
        def again = pipeline.run('-profile', 'test', '-stub', '--max_generations', '1', '-resume', session)

        then:
        confused.exitStatus == 1
        confused.log.contains("with -resume $session.")
        again.exitStatus == 0
        again.submitted() == [:]

        when: 'a dry run looks, and touches nothing'
        def before = first.result('pipeline_info/report.html').text
        def dry = pipeline.run('-profile', 'test', '-stub', '--seed', '2', '--dry_run')

        then:
        dry.exitStatus == 0
        first.result('pipeline_info/report.html').text == before
        first.result('').list().sort() == ['campaign_01', 'pipeline_info', 'seeds']
    }

    def "properties are measured once, on the potential of the first campaign, and the page is written last"() {
        when:
        def run = new Pipeline(folder).run('-profile', 'test', '-stub', '--replicas', '2', '--properties', 'true', '--bulk_element', 'Au',
            '--lattice_constant', '4.1', '--isomers', Pipeline.PROJECT.resolve('data/isomers/gold.xyz').toString(), '--minima_sizes', '3..5',
            '--dynamics', Pipeline.PROJECT.resolve('data/seeds/Au13.xyz').toString())

        then:
        run.exitStatus == 0
        run.submitted().findAll { name, tasks -> name in ['COLLECT_REPLICAS', 'CORRELATE_POOL', 'PREPARE_VOLUMES', 'PREPARE_STRAINS', 'TRAIN_WITH_BULK',
            'MEASURE_BULK', 'SEARCH_MINIMA', 'RANK_MINIMA', 'GROW_CLUSTER', 'MEASURE_DYNAMICS', 'RELAX_STEP', 'MEASURE_REFERENCE', 'MEASURE_NETWORK',
            'SUM_COSTS', 'WRITE_PAPER'] } == [
            COLLECT_REPLICAS: 1, CORRELATE_POOL: 1, PREPARE_VOLUMES: 1, PREPARE_STRAINS: 1, TRAIN_WITH_BULK: 1, MEASURE_BULK: 5, SEARCH_MINIMA: 1,
            RANK_MINIMA: 1, GROW_CLUSTER: 1, MEASURE_DYNAMICS: 1, RELAX_STEP: 2, MEASURE_REFERENCE: 1, MEASURE_NETWORK: 1, SUM_COSTS: 1, WRITE_PAPER: 1,
        ]
        run.result('paper/paper.md').exists()
    }

    def "bad parameters stop the run before the first task, each with its name, its value and what it must be"() {
        when:
        def run = new Pipeline(folder).run('-profile', 'test', '--walkers', '0', '--sizes', 'some',
            '--temperature', 'warm', '--arms', 'direct,luck', '--reference', 'gaussian', '--seed_structures', 'gone.xyz', '--temprature', '300')

        then:
        run.exitStatus == 1
        run.submitted() == [:]
        run.log.contains('--walkers 0: must be a whole number, at least 1, at most 10000')
        run.log.contains('--sizes some: must be two whole numbers like 2..20')
        run.log.contains('--temperature warm: must be one or more numbers of kelvin above 0')
        run.log.contains('--arms direct,luck: must be random, direct, committee or diversity')
        run.log.contains('--reference gaussian: must be gupta or sutton-chen or xtb')
        run.log.contains('--seed_structures gone.xyz: there is no such file')
        run.log.contains('--temprature: there is no such parameter; did you mean --temperature?')
    }

    def "a file whose name the shell would act on is refused, others of any name are read"() {
        given:
        def seeds = Pipeline.PROJECT.resolve('data/seeds/Au13.xyz')
        Files.createDirectories(folder)
        ["it's \"my\" seed & (more).xyz", 'a;touch got_you;b.xyz', 'seed[1].xyz'].each { Files.copy(seeds, folder.resolve(it)) }

        when:
        def read = new Pipeline(folder).run('-profile', 'test', '-stub', '--seed_structures', "it's \"my\" seed & (more).xyz")
        def refused = new Pipeline(folder).run('-profile', 'test', '-stub', '--seed_structures', 'a;touch got_you;b.xyz', '--test_set', 'seed[1].xyz')

        then:
        read.exitStatus == 0
        refused.exitStatus != 0
        refused.submitted() == [:]
        refused.log.contains('--seed_structures a;touch got_you;b.xyz: has ; in its name')
        refused.log.contains('--test_set seed[1].xyz: has [ in its name')
        !Files.exists(folder.resolve('got_you'))
    }

    def "the help names every parameter, and runs nothing"() {
        when:
        def run = new Pipeline(folder).run('--help')

        then:
        run.exitStatus == 0
        run.submitted() == [:]
        declared.keySet().every { run.log.contains("  --$it ") }
        !run.result('').exists()
    }

    def "every parameter of the configuration is in the schema, with the same default"() {
        given: 'the params block of nextflow.config, which is plain Groovy'
        def text = Pipeline.PROJECT.resolve('nextflow.config').toFile().text
        def slurper = new ConfigSlurper()
        slurper.binding = [projectDir: 'PROJECT']
        def defaults = slurper.parse(text.find(/(?s)\nparams \{.*?\n\}/)).params

        expect:
        defaults.collectEntries { [it.key, it.value] } == declared.collectEntries { name, property -> [name, property.default] }
    }

    def "every parameter says what it is"() {
        expect:
        declared.every { name, property -> property.description.endsWith('.') && property.type }
    }
}
