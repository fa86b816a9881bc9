package cupel.pipeline

import cupel.structure.ExtendedXyz
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The guide of docs/guides/own-pipeline.md, done as it says: a pipeline that a site has already makes the labels. */
class OwnPipelinePipelineSpec extends Specification {

    @TempDir
    Path folder

    def "a site's own pipeline labels a campaign, and -resume runs none of it again"() {
        given: 'a copy of the checkout, with the module of the example in place of Cupel\'s'
        def site = Files.createDirectories(folder.resolve('site'))
        Pipeline.command(Pipeline.PROJECT, 'cp', '-r', 'main.nf', 'nextflow.config', 'nextflow_schema.json', 'modules', 'subworkflows', 'workflows',
            'lib', 'bin', 'conf', 'data', 'examples', site.toString())
        Pipeline.command(site, 'cp', '-r', 'examples/own-reference/dft', 'examples/own-reference/modules', '.')

        when:
        def first = run(site)
        println(first.log)

        then:
        first.exitStatus == 0
        def labelled = ExtendedXyz.read(first.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        labelled.every { it.info().level.contains(',level=lennard-jones,data.file.lj.awk=') }
        ExtendedXyz.read(first.result('seeds/seeds_labelled.xyz').toPath()).any { it.size() == 1 && it.label().energy() == 0 }
        first.submitted().SCF > labelled.size()

        when:
        def second = run(site)

        then:
        second.exitStatus == 0
        second.submitted().keySet() == ['IDENTIFY_COMMAND'] as Set
        second.cached().SCF == first.submitted().SCF
    }

    private Pipeline.Run run(Path site) {
        def command = [Pipeline.PROJECT.resolve('nextflow').toString(), 'run', site.toString(), '-ansi-log', 'false', '-profile', 'test',
                       '--jars', Pipeline.PROJECT.resolve('target').toString(), '--reference', 'command',
                       '--reference_settings', site.resolve('examples/own-reference/dft/settings.json').toString(),
                       '--sizes', '2..4', '--max_generations', '1', '-resume']
        def process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start()
        def log = process.inputStream.text
        return new Pipeline.Run(process.waitFor(), log, folder)
    }
}
