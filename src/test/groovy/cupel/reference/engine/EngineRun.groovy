package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.reference.SanityWindow
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.opentest4j.TestAbortedException

/** All steps with a real program: who answers, prepare, bin/label_batch.sh, parse. */
class EngineRun {

    static final SanityWindow WINDOW = new SanityWindow(-15, 5, 50)

    /** Ends the feature as skipped where the program is not installed, and says so where people see it. */
    static void require(String engine, boolean installed, String feature) {
        if (!installed) {
            System.err.println("SKIPPED, $engine is not installed (apt-get install -y --no-install-recommends $engine): $feature")
            throw new TestAbortedException("$engine is not installed")
        }
    }

    static final boolean XTB = System.getenv('PATH').split(':').any { Path.of(it, 'xtb').toFile().canExecute() }

    static final boolean GPAW = ['python3', '/usr/bin/python3'].any {
        try {
            new ProcessBuilder(it, '-c', 'import gpaw').redirectErrorStream(true).start().with { process ->
                process.inputStream.text
                process.waitFor() == 0
            }
        } catch (IOException e) {
            false
        }
    }

    final Engine engine
    final EngineSettings settings
    final Path dir

    EngineRun(String engine, String changes, Path dir) {
        this.engine = Engines.named(engine)
        this.settings = EngineSettings.of(this.engine, JsonMapper.builder().build().readTree(changes), 'changes')
        this.dir = dir
    }

    /** What the program says of structures, in one batch, with its real version and data files. */
    Batches.Answered answers(List<Structure> structures, Map<Integer, Double> isolated = [:], SanityWindow window = WINDOW) {
        def work = Files.createDirectories(dir.resolve("run_${dir.toFile().list().size()}"))
        ExtendedXyz.write(work.resolve('structures.xyz'), structures)
        work.resolve('settings.json').toFile().text = settings.json().toPrettyString()
        Batches.prepare(structures, settings, identity(work), structures.size(), { level, structure -> Optional.empty() },
            work.resolve('prepared'))
        call(work, null, 'label_batch.sh', "$work/prepared/batch_0000", '--timeout', '300', *convergence(), '--', command())
        Batches.parse(work.resolve('prepared/batch_0000'), isolated, window)
    }

    private EngineIdentity identity(Path work) {
        def file = work.resolve('engine.txt')
        if (engine.name() == 'gpaw') {
            call(work, file, 'label_gpaw.py', '--identify', "$work/settings.json", "$work/structures.xyz")
        } else {
            call(work, file, 'bash', '-c', "printf 'version=%s\\n' \"\$(xtb --version 2>&1 | sed -n 's/.*xtb version \\([^ ]*\\).*/\\1/p')\"")
        }
        EngineIdentity.read(file)
    }

    private List<String> convergence() {
        engine.name() == 'gpaw' ? ['--converged', 'result.json', '"converged": true'] :
            ['--converged', 'engine.out', ':: total energy +-']
    }

    private String command() {
        engine.name() == 'gpaw' ? 'label_gpaw.py' : 'xtb in.xyz $(cat xtb.args)'
    }

    private static void call(Path work, Path output, String... words) {
        def builder = new ProcessBuilder(words).redirectError(work.resolve('stderr').toFile())
            .redirectOutput((output ?: work.resolve('stdout')).toFile())
        builder.environment().PATH = "${Path.of('bin').toAbsolutePath()}:${System.getenv('PATH')}" as String
        builder.environment().putAll(OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1')
        if (!System.getenv('XTBPATH') && Files.isDirectory(Path.of('/usr/share/xtb'))) {
            builder.environment().XTBPATH = '/usr/share/xtb'
        }
        // a program of the batch is found by its first word
        if (words[0].startsWith('label_')) {
            builder.command([Path.of('bin', words[0]).toAbsolutePath().toString(), *words.drop(1)])
        }
        def process = builder.start()
        assert process.waitFor(900, TimeUnit.SECONDS)
        assert process.exitValue() == 0: work.resolve('stderr').toFile().text
    }
}
