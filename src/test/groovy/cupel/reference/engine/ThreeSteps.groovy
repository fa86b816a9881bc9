package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.reference.SanityWindow
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** All three steps of a label, with the scripts of bin/ in the middle. */
class ThreeSteps {

    static final Path BIN = Path.of('bin').toAbsolutePath()

    static EngineSettings settings(String engine, Map changes) {
        EngineSettings.of(Engines.named(engine), JsonMapper.builder().build().valueToTree(changes), 'settings.json')
    }

    /** Prepares one batch, runs label_batch.sh with these arguments in it, and parses. Answers are in the order of the structures. */
    static List<Structure> label(Path dir, EngineSettings settings, EngineIdentity identity, List<Structure> structures,
            List<String> converged, String command, Map<String, String> environment = [:], int timeout = 60, List<String> scratch = []) {
        Path batch = prepared(dir, settings, identity, structures)
        def run = script(dir, environment, 'label_batch.sh', batch.toString(), '--timeout', "$timeout", '--converged', *converged,
            *scratch.collectMany { ['--scratch', it] }, '--', command)
        assert run.exit == 0: run.text
        Batches.parse(batch, [:], SanityWindow.FINITE).structures()
    }

    static Path prepared(Path dir, EngineSettings settings, EngineIdentity identity, List<Structure> structures) {
        Batches.prepare(structures, settings, identity, Math.max(1, structures.size()), { level, structure -> Optional.empty() },
            dir.resolve('prepared'))
        dir.resolve('prepared/batch_0000')
    }

    /** Runs a script of bin/ in a folder, with bin/ on the path. */
    static Map script(Path folder, Map<String, String> environment, String name, String... arguments) {
        def builder = new ProcessBuilder([BIN.resolve(name).toString(), *arguments]).directory(folder.toFile()).redirectErrorStream(true)
        builder.environment().PATH = "$BIN:${System.getenv('PATH')}".toString()
        builder.environment().putAll(environment)
        def process = builder.start()
        process.outputStream.close()
        def text = process.inputStream.text
        assert process.waitFor(120, TimeUnit.SECONDS)
        [exit: process.exitValue(), text: text]
    }

    static Path folder(Path dir, Map<String, String> files) {
        Files.createDirectories(dir)
        files.each { name, text -> dir.resolve(name).toFile().text = text.stripIndent() }
        return dir
    }
}
