package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What the launcher decides, with stand-ins for Java, Maven and Nextflow that say that they were called. */
class LauncherPipelineSpec extends Specification {

    static final String TOOLS = 'featurize train sample compare label'

    @TempDir
    Path folder

    Path clone
    Path bin
    Path source

    def setup() {
        clone = Files.createDirectories(folder.resolve('a clone'))
        bin = Files.createDirectories(folder.resolve('bin'))
        source = Files.createDirectories(clone.resolve('src/main/java')).resolve('A.java')
        Files.writeString(source, 'class A {}')
        ['pom.xml', 'nextflow', 'nextflow.config'].each { Files.copy(Pipeline.PROJECT.resolve(it), clone.resolve(it)) }
        Files.createDirectories(clone.resolve('bin'))
        clone.resolve('nextflow').toFile().executable = true
        standIn('java', 'echo \'openjdk version "17.0.15" 2025-04-15\' >&2\n' +
            "case \$1 in -XX:ArchiveClassesAtExit=*) echo \$1 >> '$folder/archives'; touch \${1#*=} ;; esac\n" +
            'case "$*" in *CheckParameters*--help*) echo "the help"; exit 2 ;; *CheckParameters*--wrong*) echo "no such parameter" >&2; exit 1 ;; esac')
        standIn('javac', 'exit 0')
        standIn('mvn', "echo built >> '$folder/builds'; cd '$clone/target' && for tool in $TOOLS; do cat ../src/main/java/A.java > \$tool.jar; done")
        standIn('nextflow', '[ "$1" = -v ] && echo "nextflow version 25.10.0.10289" || echo "started: $*"')
    }

    Path standIn(String name, String script, Path where = bin) {
        Path file = Files.createDirectories(where).resolve(name)
        Files.writeString(file, "#!/bin/bash\n$script\n")
        file.toFile().executable = true
        return file
    }

    Map launch(Map<String, String> environment = [:], String... arguments) {
        def builder = new ProcessBuilder([clone.resolve('nextflow').toString(), *arguments]).directory(folder.toFile())
        builder.environment().keySet().removeAll(['JAVA_HOME', 'CUPEL_NEXTFLOW'])
        builder.environment().putAll([PATH: "$bin:/usr/bin:/bin".toString(), CUPEL_HOME: folder.resolve('home').toString()] + environment)
        def process = builder.start()
        def out = process.inputStream.text
        def err = process.errorStream.text
        return [status: process.waitFor(), out: out, err: err]
    }

    int builds() {
        return lines('builds')
    }

    int lines(String name) {
        File file = folder.resolve(name).toFile()
        return file.exists() ? file.readLines().size() : 0
    }

    def "archives the classes of every jar, once for each build"() {
        when:
        launch('run', 'x')

        then:
        lines('archives') == 5
        TOOLS.tokenize().every { Files.exists(clone.resolve("target/${it}.jsa")) }

        when: 'nothing has changed'
        launch('run', 'x')

        then:
        lines('archives') == 5

        when: 'the jars are others'
        Files.writeString(source, 'class A { int c; }')
        launch('run', 'x')

        then:
        lines('archives') == 10
    }

    def "builds the jars when there are none, and again when a source has other content, not another time"() {
        expect: 'a fresh clone'
        launch('run', 'x').status == 0
        builds() == 1

        when: 'nothing has changed'
        launch()

        then:
        builds() == 1

        when: 'a source has a new time'
        source.toFile().lastModified = System.currentTimeMillis() + 5000
        launch()

        then:
        builds() == 1

        when: 'a source has changed'
        Files.writeString(source, 'class A { int b; }')
        source.toFile().lastModified = System.currentTimeMillis() + 5000
        def run = launch()

        then:
        builds() == 2
        run.err.contains('building the Java tools')
    }

    def "takes jars that were built by hand from the sources as they are"() {
        given:
        def target = Files.createDirectories(clone.resolve('target'))
        TOOLS.split(' ').each {
            Files.writeString(target.resolve("${it}.jar"), 'by hand')
            target.resolve("${it}.jar").toFile().lastModified = System.currentTimeMillis() + 5000
        }

        when:
        def run = launch('run')

        then:
        run.status == 0
        builds() == 0
    }

    def "hands all arguments to the user's Nextflow as they are"() {
        expect:
        launch('run', 'a b', '--sizes', '2..20').out.trim() == 'started: run a b --sizes 2..20'
    }

    def "answers for help, and for parameters that are wrong, without starting Nextflow"() {
        expect:
        launch('run', clone.toString(), '--help').out.trim() == 'the help'
        with(launch('run', clone.toString(), '-profile', 'demo', '--wrong', '5')) {
            status == 1
            out == ''
            err.contains('no such parameter')
        }

        and: 'for its own pipeline alone'
        launch('run', 'somebody/else', '--help').out.trim() == 'started: run somebody/else --help'
    }

    def "refuses a Nextflow that the pipeline was not tried with, in a sentence: #version"() {
        given:
        def other = standIn('nextflow', "[ \"\$1\" = -v ] && echo 'nextflow version $version' || echo other", folder.resolve('other'))

        when: 'it is named'
        def named = launch('run', 'x', CUPEL_NEXTFLOW: other.toString())

        then:
        named.status == 1
        named.out == ''
        named.err.contains("is Nextflow $version, and Cupel was tried with Nextflow 25.04.0 up to, but not including, 26.05.0")

        when: 'it is found before one that fits'
        def found = launch('run', 'x', PATH: "${other.parent}:$bin:/usr/bin:/bin".toString())

        then:
        found.out.trim() == 'started: run x'
        found.err.contains("$other is Nextflow $version and is not used")

        where:
        version << ['24.10.0.5928', '26.05.0.1', '27.0.0']
    }

    def "passes over itself, other launchers like it, and a Nextflow that is too old"() {
        given:
        def other = Files.createDirectories(folder.resolve('other'))
        Files.copy(clone.resolve('nextflow'), other.resolve('nextflow'))
        other.resolve('nextflow').toFile().executable = true
        def old = folder.resolve('old')
        standIn('nextflow', '[ "$1" = -v ] && echo "nextflow version 23.10.1.5891" || echo "old"', old)

        expect:
        launch('run', PATH: "$clone:$other:$old:$bin:/usr/bin:/bin".toString()).out.trim() == 'started: run'
    }

    def "says what to type when #what"() {
        given:
        if (java) {
            standIn('java', java)
        }
        if (gone) {
            bin.resolve(gone).toFile().delete()
            // Only what a bare machine has, and neither Java nor Maven.
            ['bash', 'sed', 'head', 'tail', 'tr', 'cat', 'cksum', 'find', 'sort', 'xargs', 'dirname', 'readlink', 'mkdir',
             'ls', 'grep', 'env'].each { name ->
                Path program = ['/usr/bin', '/bin'].collect { Path.of(it, name) }.find { Files.exists(it) }
                Files.createSymbolicLink(bin.resolve(name), program)
            }
            standIn('apt-get', 'exit 1')
        }

        when:
        def run = launch(gone ? [PATH: bin.toString()] : [:], 'run')

        then:
        run.status == 1
        run.err.contains(message)
        run.err.contains('Type: ')
        builds() == 0

        where:
        what             | gone   | java                                             || message
        'Java is gone'   | 'java' | null                                             || 'no Java found; Cupel needs a JDK, 17 or newer'
        'Maven is gone'  | 'mvn'  | null                                             || 'no Maven found, needed to build the Java tools'
        'Java is too old' | null  | 'echo \'openjdk version "11.0.2" 2019\' >&2'     || 'is version 11.0.2; Cupel needs a JDK, 17 or newer'
        'Java is ancient' | null  | 'echo \'java version "1.8.0_292"\' >&2'          || 'is version 1.8.0; Cupel needs a JDK, 17 or newer'
    }

    def "shows the errors of a build that fails, and where the rest is"() {
        given:
        standIn('mvn', 'echo "[INFO] much"; echo "[ERROR] A.java:[1,9] broken"; exit 1')

        when:
        def run = launch('run')

        then:
        run.status == 1
        run.err.contains('[ERROR] A.java:[1,9] broken')
        !run.err.contains('[INFO] much')
        run.err.contains('target/build.log')
        run.out == ''
    }

    def "in a release archive, which has no sources, starts the Nextflow that is there and builds nothing"() {
        given:
        Pipeline.command(clone, 'rm', '-rf', 'src')
        def target = Files.createDirectories(clone.resolve('target/nextflow')).parent
        standIn('java', 'echo \'openjdk version "17.0.15" 2025-04-15\' >&2; case $* in *nextflow.cli.Launcher*) echo "started: $*" ;; esac')

        when: 'it has not been unpacked whole'
        def broken = launch(CUPEL_NEXTFLOW: 'own', 'run')

        then:
        broken.status == 1
        broken.err.contains('unpack the archive again')

        when:
        TOOLS.tokenize().each { Files.writeString(target.resolve("${it}.jar"), 'from the archive') }
        def run = launch(CUPEL_NEXTFLOW: 'own', 'run', 'x')

        then:
        run.status == 0
        run.out.contains("-cp ${clone.toRealPath()}/target/nextflow/* nextflow.cli.Launcher run x")
        builds() == 0
    }
}
