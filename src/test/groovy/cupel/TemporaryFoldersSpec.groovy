package cupel

import java.nio.file.Path
import org.spockframework.runtime.RunContext
import org.spockframework.tempdir.TempDirConfiguration
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.TempDir.CleanupMode

/** Nobody may delete through a link: see SpockConfig.groovy. */
class TemporaryFoldersSpec extends Specification {

    @TempDir
    Path folder

    def "temporary folders lie in target, and Spock deletes none"() {
        expect:
        RunContext.get().getConfiguration(TempDirConfiguration).cleanup == CleanupMode.NEVER
        folder.startsWith(Path.of('target', 'temp').toAbsolutePath())
    }

    def "no specification asks for another way, or deletes a folder with all in it by Groovy"() {
        given:
        def sources = ['src/test/groovy', 'tests'].collectMany { root ->
            def found = []
            new File(root).eachFileRecurse { if (it.name.endsWith('.groovy') && it.name != 'TemporaryFoldersSpec.groovy') { found << it } }
            found
        }

        expect:
        sources.size() > 100
        sources.findAll { it.text =~ /deleteDir\(|@TempDir\(/ } == []
    }
}
