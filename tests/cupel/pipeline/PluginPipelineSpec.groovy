package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The plugin nf-cupel, loaded from the folder where Maven leaves it, with no registry to ask. */
class PluginPipelineSpec extends Specification {

    static final Path EXAMPLE = Pipeline.PROJECT.resolve('examples/converge-the-cutoff')
    static final Path SEEDS = Pipeline.PROJECT.resolve('data/seeds/gold-30.xyz')

    @TempDir
    Path folder

    def "the example converges each material in rounds of its own, and -resume runs none of it again"() {
        when:
        def first = run(EXAMPLE)
        println(first.log)

        then:
        first.exitStatus == 0
        rounds(first, 'Submitted') == [sodium: 2, silicon: 5, copper: 11]
        ['sodium: 100 eV', 'silicon: 250 eV', 'copper: 550 eV'].every { first.log.readLines().contains(it) }

        when:
        def second = run(EXAMPLE, '-resume')

        then:
        second.exitStatus == 0
        second.submitted() == [:]
        rounds(second, 'Cached') == [sodium: 2, silicon: 5, copper: 11]
    }

    def "the page of the plugin shows the example as it is"() {
        given:
        def page = Pipeline.PROJECT.resolve('docs/plugin.md').toFile().text
        def script = EXAMPLE.resolve('main.nf').toFile().text

        expect:
        page.contains(script.substring(script.indexOf('include {'), script.indexOf('process ')) + script.substring(script.indexOf('workflow {')))
    }

    def "files of structures come frame by frame, from their names and from a channel, and -resume knows them again"() {
        given:
        def script = script('''
            include { fromExtXyz  } from 'plugin/nf-cupel'
            include { splitExtXyz } from 'plugin/nf-cupel'

            process COUNT_ATOMS {
                tag "${info.file} ${info.frame}"

                input:
                tuple val(info), stdin

                output:
                tuple val(info), env('atoms')

                script:
                """
                cat > frame.xyz
                atoms=\\$(head -n 1 frame.xyz)
                """
            }

            workflow {
                COUNT_ATOMS(channel.fromExtXyz(params.file))
                COUNT_ATOMS.out.view { info, atoms -> "${info.frame}: ${info.formula}, ${atoms}, ${info.notes.sid}" }
                channel.fromPath(params.file).map { path -> [[batch: 'b'], path] }.splitExtXyz()
                    .toList().view { frames -> "whole: ${frames.collect { info, xyz -> xyz }.join('') == file(params.file).text}" }
            }
            ''')
        def counts = SEEDS.toFile().readLines().findAll { it.isInteger() }*.toInteger()

        when:
        def first = run(script, '--file', SEEDS.toString())
        println(first.log)

        then:
        first.exitStatus == 0
        first.submitted() == [COUNT_ATOMS: counts.size()]
        def sids = SEEDS.toFile().readLines().findResults { (it =~ /sid=(\S+)/).with { it.find() ? it.group(1) : null } }
        first.log.readLines().findAll { it ==~ /\d+: Au.*/ } as Set ==
            counts.indexed().collect { frame, atoms -> "${frame + 1}: Au${atoms > 1 ? atoms : ''}, ${atoms}, ${sids[frame]}".toString() } as Set
        first.log.readLines().contains('whole: true')

        when:
        def second = run(script, '--file', SEEDS.toString(), '-resume')

        then:
        second.exitStatus == 0
        second.submitted() == [:]
    }

    def "#operator ends the run on a broken file, and names the file, the line, the value and what was expected"() {
        given:
        def broken = folder.resolve('broken.xyz')
        Files.write(broken, SEEDS.toFile().readLines().withIndex().collect { line, i -> i == 14 ? line.replace('Au', 'Ax') : line })
        def script = script("""
            include { $operator } from 'plugin/nf-cupel'

            workflow {
                ${call}.view { info, xyz -> "frame \${info.frame}" }
            }
            """)

        when:
        def run = run(script, '--file', broken.toString())

        then:
        run.exitStatus != 0
        run.log.contains("ERROR ~ ${broken}:15: unknown element: 'Ax', must be a chemical symbol such as Au")
        !run.log.contains('frame 3')

        where:
        operator      | call
        'fromExtXyz'  | 'channel.fromExtXyz(params.file)'
        'splitExtXyz' | 'channel.fromPath(params.file).splitExtXyz()'
    }

    private Path script(String text) {
        def site = Files.createDirectories(folder.resolve('site'))
        Files.copy(EXAMPLE.resolve('nextflow.config'), site.resolve('nextflow.config'))
        Files.writeString(site.resolve('main.nf'), text.stripIndent())
        return site
    }

    private static Map<String, Integer> rounds(Pipeline.Run run, String mark) {
        return run.log.readLines().findAll { it.contains("$mark process > COMPUTE_ENERGY") }.countBy { it.replaceAll(/.*\((\w+), .*/, '$1') }
    }

    private Pipeline.Run run(Path script, String... arguments) {
        def command = [Pipeline.PROJECT.resolve('nextflow').toString(), 'run', script.toString(), '-ansi-log', 'false', *arguments]
        def builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        builder.environment().putAll([NXF_PLUGINS_DIR: Pipeline.PROJECT.resolve('target/plugin').toString(), NXF_OFFLINE: 'true'])
        def process = builder.start()
        def log = process.inputStream.text
        return new Pipeline.Run(process.waitFor(), log, folder)
    }
}
