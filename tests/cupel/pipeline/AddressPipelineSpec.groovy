package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** Started from the address of a git repository, with no clone and no jars: what is missing is built by a task, once. */
@Stepwise
class AddressPipelineSpec extends Specification {

    @Shared
    @TempDir
    Path folder

    @Shared
    String address

    Map<String, String> environment = [
        NXF_ASSETS: folder.resolve('assets').toString(),
        CUPEL_HOME: folder.resolve('home').toString(),
        NXF_OFFLINE: 'false',
    ]

    def setupSpec() {
        // So that there is a Nextflow when Maven is gone.
        Pipeline.command(folder, 'env', "CUPEL_HOME=${folder.resolve('home')}", Pipeline.PROJECT.resolve('nextflow').toString(), '-v')

        // What is tracked here, as it is, with a tag, in a repository without a work tree.
        def source = Files.createDirectories(folder.resolve('source'))
        Pipeline.command(Pipeline.PROJECT, 'bash', '-c', "git ls-files -co --exclude-standard -z | xargs -0 cp -P --parents -t '$source' 2> /dev/null || true")
        [['git', 'init', '-q', '-b', 'main'], ['git', 'add', '-A'],
         ['git', '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '-q', '-m', 'all'], ['git', 'tag', 'v9.9']].each {
            Pipeline.command(source, *it)
        }
        Pipeline.command(folder, 'git', 'clone', '-q', '--bare', source.toString(), 'cupel.git')
        address = "file://${folder.resolve('cupel.git')}"
    }

    private Pipeline.Run run(String name, Map<String, String> more = [:], String... arguments) {
        def pipeline = new Pipeline(folder.resolve(name), environment + more)
        def run = pipeline.finish(pipeline.launch(address, '-r', 'v9.9', '-profile', 'test', '--max_generations', '1', *arguments))
        println(run.log)
        return run
    }

    def "without Maven the run ends with what to install"() {
        given: 'a PATH of what a task needs, without Maven'
        def names = ['bash', 'sh', 'cat', 'cp', 'mv', 'rm', 'ln', 'ls', 'mkdir', 'rmdir', 'touch', 'chmod', 'date', 'sed', 'grep', 'awk', 'cut', 'head',
                     'tail', 'tr', 'sort', 'uniq', 'wc', 'tee', 'find', 'xargs', 'cksum', 'sha256sum', 'stat', 'df', 'ps', 'env', 'id', 'uname', 'nproc',
                     'dirname', 'basename', 'readlink', 'realpath', 'mktemp', 'sleep', 'kill', 'setsid', 'flock', 'git', 'java', 'javac']
        def bin = Files.createDirectories(folder.resolve('bin'))
        names.each { name ->
            // Scripts, not links: whoever empties this folder must have nothing to follow.
            def program = System.getenv('PATH').split(':').collect { new File(it, name) }.find { it.file && it.canExecute() }
            if (program) {
                def script = bin.resolve(name).toFile()
                script.text = "#!${['/bin/bash', '/usr/bin/bash'].find { new File(it).exists() }}\nexec '$program' \"\$@\"\n"
                script.executable = true
            }
        }

        when:
        def run = run('bare', [PATH: bin.toString()])

        then:
        run.exitStatus != 0
        run.submitted() == [BUILD_TOOLS: 1]
        run.log.contains('To build the Java tools, Cupel needs Maven. Type: apt-get install maven')
        run.log.contains('What went wrong: ')
    }

    def "without a network, and a repository that has all, it says so"() {
        given:
        def maven = Files.createDirectories(folder.resolve('cut off')).resolve('mvn').toFile()
        maven.text = "#!/bin/bash\nPATH='${System.getenv('PATH')}' exec mvn -o -Dmaven.repo.local='${folder.resolve('empty')}' \"\$@\"\n"
        maven.executable = true

        when:
        def run = run('offline', [PATH: "$maven.parent:${System.getenv('PATH')}".toString()])

        then:
        run.exitStatus != 0
        run.log.contains('The Java tools could not be built. Maven needs a network')
        run.log.contains('--jars FOLDER')
    }

    def "with Maven the tools are built, and the campaign runs"() {
        when:
        def run = run('first')

        then:
        run.exitStatus == 0
        run.submitted().BUILD_TOOLS == 1
        run.result('campaign_01/potential.json').exists()
        run.result('campaign_01/ro-crate-metadata.json').exists()
        folder.resolve('home').toFile().list().count { it.startsWith('tools-0.1.0-') } == 1
    }

    def "the next run finds them where they are kept"() {
        when:
        def run = run('second', [:], '--seed', '2')

        then:
        run.exitStatus == 0
        !run.submitted().containsKey('BUILD_TOOLS')
    }
}
