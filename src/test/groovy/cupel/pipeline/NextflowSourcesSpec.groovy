package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** What holds for the sources of the pipeline, read as text. */
class NextflowSourcesSpec extends Specification {

    static List<Path> sources(List<String> roots, String end) {
        roots.collectMany { root ->
            Files.walk(Path.of(root)).withCloseable { files -> files.filter { it.toString().endsWith(end) }.sorted().toList() }
        }
    }

    /** Lines with their place, without comments. */
    static List<String> lines(List<Path> files) {
        files.collectMany { file ->
            file.toFile().readLines().withIndex(1).collect { line, number -> "$file:$number: ${line.replaceFirst('//.*', '')}".toString() }
        }
    }

    def "parameters are read in main.nf alone, and handed on with their types"() {
        expect:
        lines(sources(['workflows', 'subworkflows', 'modules'], '.nf')).findAll { it =~ /\bparams\b/ } == []
        lines([Path.of('main.nf')]).findAll { it =~ /\bparams\./ } == []
    }

    def "no configuration trusts the truth of a parameter, or compares it with a text"() {
        given:
        def lines = lines(sources(['conf', 'examples', 'tests'], '.config') + [Path.of('nextflow.config')])

        expect:
        lines.size() > 100
        lines.findAll { it =~ /params\.\w+(\.toString\(\))?\s*[!=]=(?!\s*null)/ } == []
        lines.findAll { it =~ /params\.\w+\s*(\?|&&|\|\|)/ } == []
        lines.findAll { it =~ /!params\.\w+(?!\.toString\(\)\.toBoolean\(\)|\w)/ } == []
    }

    def "main.nf fits on a screen"() {
        expect:
        Path.of('main.nf').toFile().readLines().size() <= 55
    }
}
