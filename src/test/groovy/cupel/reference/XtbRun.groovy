package cupel.reference

import cupel.structure.Structure
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.opentest4j.TestAbortedException

/** All three steps with the real xtb. */
class XtbRun {

    static final boolean INSTALLED = System.getenv('PATH').split(':').any { Path.of(it, 'xtb').toFile().canExecute() }

    /** Ends the feature as skipped where there is no xtb, and says so where people see it. */
    static void require(String feature) {
        if (!INSTALLED) {
            System.err.println("SKIPPED, xtb is not installed (apt-get install -y --no-install-recommends xtb): $feature")
            throw new TestAbortedException('xtb is not installed')
        }
    }

    static Labels labelled(Path dir, List<Structure> structures, int batchSize) {
        XtbEngine.prepare(structures, batchSize, dir.resolve('batches'), XtbSettings.DEFAULT)
        def batches = (dir.resolve('batches').toFile().listFiles() as List)*.toPath()
        batches.each { batch ->
            def process = new ProcessBuilder('bin/xtb_batch.sh', batch.toString(), '60').inheritIO().start()
            assert process.waitFor(120, TimeUnit.SECONDS)
            assert process.exitValue() == 0
        }
        XtbEngine.parse(batches, XtbEngine.WINDOW)
    }
}
