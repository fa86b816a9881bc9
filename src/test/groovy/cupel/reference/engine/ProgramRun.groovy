package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.reference.SanityWindow
import cupel.structure.Cell
import cupel.structure.Elements
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.function.BiFunction
import org.opentest4j.TestAbortedException

/**
 * A real program through all steps: identify, prepare, bin/label_batch.sh, parse. Command, line of convergence and scratch files are
 * those of the Nextflow module. Where a program is not installed, features are skipped and say so.
 */
class ProgramRun {

    static final PROGRAMS = [cp2k: 'cp2k', espresso: 'pw.x', nwchem: 'nwchem']
    static final INPUTS = [cp2k: 'cp2k.inp', espresso: 'pw.in', nwchem: 'nwchem.nw']
    static final PACKAGES = [cp2k: 'cp2k', espresso: 'quantum-espresso quantum-espresso-data', nwchem: 'nwchem']

    static boolean installed(String engine) {
        System.getenv('PATH').split(':').any { Files.isExecutable(Path.of(it, PROGRAMS[engine])) }
    }

    static void require(String engine, String feature) {
        if (!installed(engine)) {
            System.err.println("SKIPPED, ${PROGRAMS[engine]} is not installed (apt-get install -y --no-install-recommends" +
                " ${PACKAGES[engine]}): $feature")
            throw new TestAbortedException("${PROGRAMS[engine]} is not installed")
        }
    }

    /** Settings of an engine, changed. */
    static EngineSettings settings(String engine, Map changes) {
        EngineSettings.of(Engines.named(engine), JsonMapper.builder().build().valueToTree(changes), 'changes')
    }

    static EngineIdentity identity(Path dir, EngineSettings settings, Collection<Integer> elements) {
        Files.createDirectories(dir)
        dir.resolve('settings.json').toFile().text = settings.json().toPrettyString() + '\n'
        ExtendedXyz.write(dir.resolve('atoms.xyz'), elements.collect { Structure.cluster(it, 0, 0, 0) })
        def script = Path.of('bin/identify_engine.sh').toAbsolutePath().toString()
        def run = run(dir, [script, settings.engine().name(), 'settings.json', 'atoms.xyz'])
        assert run.exit == 0: run.err
        dir.resolve('engine.txt').toFile().text = run.out
        EngineIdentity.read(dir.resolve('engine.txt'))
    }

    static Batches.Answered answered(Path dir, String engine, Map changes, List<Structure> structures) {
        def settings = settings(engine, changes)
        def identity = identity(dir, settings, structures*.atomicNumbers().collectMany { it as List }.toSet().sort())
        Batches.prepare(structures, settings, identity, structures.size(), { level, structure -> Optional.empty() } as BiFunction,
            dir.resolve('prepared'))
        def module = Path.of("modules/label/$engine/main.nf").toFile().text
        def converged = (module =~ /--converged (\S+) '([^']*)'/)[0]
        def scratch = (module =~ /--scratch '([^']*)'/)[0][1]
        def command = (module =~ /ext\.command \?: '([^']*)'/)[-1][1]
        def batch = dir.resolve('prepared/batch_0000')
        def run = run(dir, [Path.of('bin/label_batch.sh').toAbsolutePath().toString(), batch.toString(), '--timeout', '900',
                            '--converged', converged[1], converged[2], '--scratch', scratch, '--', command])
        assert run.exit == 0: run.err
        Batches.parse(batch, [:], SanityWindow.FINITE)
    }

    /** Labels, all of them: the reason of the first failure is the message if there is one. */
    static List<cupel.structure.Label> labels(Path dir, String engine, Map changes, List<Structure> structures) {
        def answers = answered(dir, engine, changes, structures).structures()
        answers.each { assert it.label() != null: it.info() }
        answers*.label()
    }

    static Map run(Path dir, List<String> command) {
        def builder = new ProcessBuilder(command).directory(dir.toFile())
            .redirectError(dir.resolve('run.err').toFile()).redirectOutput(dir.resolve('run.out').toFile())
        ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'].each { builder.environment()[it] = '1' }
        def process = builder.start()
        process.outputStream.close()
        assert process.waitFor(20, TimeUnit.MINUTES)
        [exit: process.exitValue(), out: dir.resolve('run.out').toFile().text, err: dir.resolve('run.err').toFile().text]
    }

    /** Reads a fixture, or any folder, as the engine does. */
    static Answer read(String engine, Path folder, Structure structure, Map changes, int exit) {
        def settings = settings(engine, changes)
        settings.engine().read(folder, structure, settings.rungs()[0], exit)
    }

    static Structure molecule(List<String> symbols, double... positions) {
        Structure.of(symbols.collect { Elements.atomicNumber(it) } as int[], positions, Cell.NONE)
    }

    /** Damages of a good log, each of which must cost the label: the folders are made, each with the log cut off after a line. */
    static List<Integer> linesThatGiveALabel(Path dir, Path fixture, String engine, Structure structure, Map changes) {
        def lines = fixture.resolve('engine.out').toFile().readLines('ISO-8859-1')
        def settings = settings(engine, changes)
        Files.createDirectories(dir)
        (0..lines.size()).findAll { n ->
            dir.resolve('engine.out').toFile().setText(lines.take(n).collect { it + '\n' }.join(), 'ISO-8859-1')
            def answer = settings.engine().read(dir, structure, settings.rungs()[0], 0)
            assert answer.label() != null || answer.failure().reason()
            answer.label() != null
        }
    }

    /** What reading a log gives after one change of its text. */
    static Answer readChanged(Path dir, Path fixture, String engine, Structure structure, Map changes, Closure<String> change) {
        Files.createDirectories(dir)
        def text = fixture.resolve('engine.out').toFile().getText('ISO-8859-1')
        def changed = change(text)
        assert changed != text: 'the change changes nothing'
        dir.resolve('engine.out').toFile().setText(changed, 'ISO-8859-1')
        read(engine, dir, structure, changes, 0)
    }
}
