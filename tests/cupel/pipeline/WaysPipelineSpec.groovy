package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** A campaign is the same whatever Nextflow makes of the values that it is given, and its sources are those of a strict parser. */
class WaysPipelineSpec extends Specification {

    /** As on a command line: numbers, switches and texts. */
    static final Map<String, String> GIVEN = [
        reference: 'sutton-chen', sizes: '2..8', walkers: '2', cycles: '20', output_every: '5', max_epochs: '20', max_generations: '1',
        final_hold_out: 'false', final_combine: 'mean', warm_start: 'true', tolerance: '20', r_min: '2.1', duplicate_distance: '0.01',
        seed_structures: Pipeline.PROJECT.resolve('data/seeds/Au13.xyz').toString(),
    ]

    /** All that is computed; the pages and the crate say how. */
    static final List<String> RESULTS = ['pool.xyz', 'potential.json', 'generations.csv', 'stop.json', 'features.npy', 'learning_curve.csv',
                                         'generation_001/screened.xyz', 'labels/generation_001_labelled.xyz', 'run/params.json']

    /** All scripts and configurations, without what builds and runs have left. */
    static final List<String> SOURCES = ['main.nf', 'nextflow.config', 'modules', 'subworkflows', 'workflows', 'conf', 'examples', 'tests']

    static final String[] OPTIONS = GIVEN.collectMany { name, value -> ["--$name".toString(), value] } as String[]

    @Shared
    @TempDir
    Path folder

    @Shared
    Pipeline.Run plain

    def setupSpec() {
        plain = new Pipeline(folder.resolve('plain')).run(OPTIONS)
        println(plain.log)
    }

    def "plain, the parameters have had their effect"() {
        expect:
        plain.exitStatus == 0
        plain.result('campaign_01/run/params.json').text.contains('"final_hold_out": false')
        plain.result('campaign_01/potential.json').text.contains('sutton-chen')
    }

    def "the same bytes #how"() {
        when:
        def run = new Pipeline(folder.resolve(name), environment).run(arguments)
        println(run.log)

        then:
        run.exitStatus == 0
        RESULTS.findAll { run.result("campaign_01/$it").bytes != plain.result("campaign_01/$it").bytes } == []

        where:
        name      | how                                                 | environment                               | arguments
        'strings' | 'with values of the command line that stay strings' | [NXF_DISABLE_PARAMS_TYPE_DETECTION: '1'] | OPTIONS
        'quoted'  | 'from a file in which every value is quoted'        | [:]                                       | ['-params-file', quoted()] as String[]
    }

    def "Nextflow's strict parser takes every script, as far as this version has one"() {
        when:
        def run = new Pipeline(folder.resolve('strict'), [NXF_SYNTAX_PARSER: 'v2']).run(OPTIONS)
        println(run.log)

        then: 'the parser of 25.04.4 on Maven Central is that of 25.04.0, and Nextflow then takes a process for a second one of its name'
        run.exitStatus == 0 || run.log.contains('is already defined or included in script')
        run.exitStatus != 0 || RESULTS.findAll { run.result("campaign_01/$it").bytes != plain.result("campaign_01/$it").bytes } == []

        and:
        run.log.contains('Launching')
        !run.log.contains('compilation failed')
        !run.log.contains('parsing failed')
    }

    def "a value that is not of its type is refused whatever it came as, all of them in one message, and nothing is written"() {
        when:
        def pipeline = new Pipeline(folder.resolve('refused'), [NXF_DISABLE_PARAMS_TYPE_DETECTION: '1'])
        // By the name of the script, so that the launcher leaves the answer to the pipeline.
        def run = pipeline.finish(pipeline.launch(Pipeline.PROJECT.resolve('main.nf').toString(), '-profile', 'test', '--cycles', 'five',
            '--final_hold_out', 'no', '--tolerance', '-1'))

        then:
        run.exitStatus == 1
        run.log.contains('--cycles five: must be a whole number, at least 1')
        run.log.contains('--final_hold_out no: must be true or false')
        run.log.contains('--tolerance -1: must be a number, above 0')
        !run.result('').exists()
    }

    def "nextflow lint finds no error in any source"() {
        when:
        def process = new ProcessBuilder(Pipeline.PROJECT.resolve('nextflow').toString(), '-log', folder.resolve('lint.log').toString(), 'lint',
            *SOURCES).directory(Pipeline.PROJECT.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        println(said)

        then:
        process.waitFor() == 0
        said.contains('had no errors')
        !(said =~ /\d+ files? had \d+ errors?/)
    }

    def "each profile, and each example for a site, is a configuration"() {
        when:
        def process = new ProcessBuilder(Pipeline.PROJECT.resolve('nextflow').toString(), *options, 'config', *profile, Pipeline.PROJECT.toString())
            .directory(folder.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text

        then:
        process.waitFor() == 0
        said.contains(expected)

        where:
        options                       | profile                           || expected
        []                            | ['-profile', 'xtb,apptainer']     || 'autoMounts = true'
        []                            | ['-profile', 'xtb,conda']         || "channels = ['conda-forge']"
        []                            | ['-profile', 'xtb,slurm,podman']  || "executor = 'slurm'"
        ['-c', site('kubernetes')]    | ['-profile', 'xtb']               || "executor = 'k8s'"
        ['-c', site('awsbatch')]      | ['-profile', 'xtb']               || "executor = 'awsbatch'"
        ['-c', site('google-batch')]  | ['-profile', 'xtb']               || "executor = 'google-batch'"
    }

    private static String site(String name) {
        return Pipeline.PROJECT.resolve("examples/sites/${name}.config").toString()
    }

    private String quoted() {
        Path file = folder.resolve('quoted.yaml')
        file.toFile().text = GIVEN.collect { name, value -> "$name: \"$value\"" }.join('\n') + '\nfolds: ""\n'
        return file.toString()
    }
}
