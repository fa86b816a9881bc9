package cupel.reference.engine

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The scripts that travel with the jar. */
class EngineScriptsSpec extends Specification {

    @TempDir
    Path folder

    def "all of bin/ comes out of the jar, byte for byte, and may be run"() {
        when:
        EngineScripts.write(folder.resolve('scripts'))

        then:
        def files = new File('bin').listFiles().findAll { it.file }
        files*.name.sort() == EngineScripts.NAMES
        files.every { folder.resolve("scripts/${it.name}").toFile().bytes == it.bytes }
        files.every { folder.resolve("scripts/${it.name}").toFile().canExecute() }
    }
}
