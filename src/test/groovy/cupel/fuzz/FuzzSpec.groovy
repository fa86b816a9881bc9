package cupel.fuzz

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/**
 * All readers against Jazzer's bytes, with the profile fuzz: mvn test -Pfuzz -Dfuzz.seconds=60 -Dfuzz.parsers=XSF,CIF. What it finds
 * is left in target/fuzz; once it is mended, the input goes to src/test/resources/fuzz/found.
 */
class FuzzSpec extends Specification {

    @TempDir
    Path folder

    def "#parser: no crash, no hang, nothing accepted that is not the same when it is read again"() {
        given:
        int seconds = Integer.getInteger('fuzz.seconds', 60)
        def name = parser.name().toLowerCase(Locale.ROOT)
        def found = Files.createDirectories(Path.of('target/fuzz', name).toAbsolutePath())
        def command = [Path.of(System.getProperty('java.home'), 'bin/java').toString(), '-Xmx700m',
                       '-cp', System.getProperty('surefire.test.class.path') ?: System.getProperty('java.class.path'),
                       'com.code_intelligence.jazzer.Jazzer', '--target_class=cupel.fuzz.Fuzz', "--target_args=$parser",
                       '--instrumentation_includes=cupel.**', "--reproducer_path=$found", "-artifact_prefix=$found/",
                       "-max_total_time=$seconds", '-timeout=30', '-max_len=65536', '-rss_limit_mb=0', folder.toString(),
                       Path.of("src/test/resources/fuzz/seeds/$name").toAbsolutePath().toString()]*.toString()

        when:
        def process = new ProcessBuilder(command).redirectErrorStream(true).start()
        def said = process.inputStream.text
        int status = process.waitFor()
        println("fuzz: $parser, $seconds s: ${said.readLines().reverse().find { it.contains('DONE') || it.contains('Exception') } ?: ''}")

        then:
        status == 0 || { println(said); false }()

        where:
        parser << (System.getProperty('fuzz.parsers') ?: Parser.values().join(',')).tokenize(',').collect { Parser.valueOf(it.trim()) }
    }
}
