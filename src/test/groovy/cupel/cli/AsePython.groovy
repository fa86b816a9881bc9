package cupel.cli

import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** The Python of the system, with its ASE and NumPy. */
class AsePython {

    /** The interpreter that Debian installs packages for; another python3 may come first on the path. */
    static final String PYTHON = '/usr/bin/python3'

    private static final Map<String, Boolean> MISSING = [:]

    /** Whether there is no ASE; says once what is not specified then. */
    static synchronized boolean isMissing(String what) {
        MISSING.computeIfAbsent(what) {
            boolean missing = !new File(PYTHON).canExecute() ||
                new ProcessBuilder(PYTHON, '-c', 'import importlib.util, sys; sys.exit(importlib.util.find_spec("ase") is None)').start().waitFor() != 0
            if (missing) {
                println "SKIPPED: $what: $PYTHON has no ase. Install it: apt-get install -y --no-install-recommends python3-ase"
            }
            missing
        }
    }

    /** What a program prints, run in a folder; it must not fail. */
    static String run(Path folder, Object... words) {
        def process = new ProcessBuilder([PYTHON, *words*.toString()]).redirectErrorStream(true).directory(folder.toFile())
        process.environment().putAll([OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1'])
        def started = process.start()
        started.outputStream.close()
        def output = new StringBuffer()
        def reader = started.consumeProcessOutputStream(output)
        if (!started.waitFor(300, TimeUnit.SECONDS)) {
            started.descendants().each { it.destroyForcibly() }
            started.destroyForcibly()
            assert false: "still running after 300 s: $output"
        }
        reader.join()
        assert started.exitValue() == 0: output
        output.toString()
    }
}
