package cupel.reference

import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** The script bin/xtb_batch.sh, with a stand-in for xtb that does what a calculation can do. */
class XtbBatchSpec extends Specification {

    static final Path SCRIPT = Path.of('bin/xtb_batch.sh').toAbsolutePath()

    @TempDir
    Path dir

    def "runs each structure in its own folder with its arguments, one thread, and no input from the terminal"() {
        given:
        def batch = prepared(2)
        standIn('''
            echo "arguments: $*"
            echo "threads: $OMP_NUM_THREADS"
            echo "input: $(cat | wc -c)"
            echo "folder: $(ls | tr '\\n' ' ')"
            echo energy > in.engrad; echo bulky > wbo; echo guess > xtbrestart; mkdir scratch
            echo complaint >&2''')

        when:
        def run = run(batch, '60')

        then:
        run.exit == 0
        run.text == ''
        batch.resolve('0001/xtb.out').toFile().readLines()*.trim() == [
            'arguments: in.xyz --gfn 1 --chrg 0 --uhf 0 --etemp 300 --iterations 500 --grad',
            'threads: 1', 'input: 0', 'folder: in.xyz xtb.args xtb.err xtb.out']
        batch.resolve('0001/xtb.err').toFile().text == 'complaint\n'
        batch.resolve('0001/status').toFile().text == 'exit_status=0\ntimeout_seconds=60\n'

        and: 'what nobody reads again is gone'
        ['0000', '0001'].every {
            (batch.resolve(it).toFile().list() as List).sort() ==
                ['in.engrad', 'in.xyz', 'status', 'xtb.args', 'xtb.err', 'xtb.out']
        }
    }

    def "leftovers of an earlier run are removed first, hidden ones too"() {
        given:
        def batch = prepared(1)
        ['xtbrestart', '.CHRG', '.UHF', 'in.engrad', 'status'].each { batch.resolve("0000/$it").toFile().text = '7' }
        standIn('ls -A | grep -c -e xtbrestart -e CHRG -e UHF -e engrad -e status')

        expect:
        run(batch).exit == 0
        batch.resolve('0000/xtb.out').toFile().text.trim() == '0'
        !Files.exists(batch.resolve('0000/in.engrad'))
    }

    def "one that crashes is recorded, and the next one runs (#how)"() {
        given:
        def batch = prepared(3)
        standIn("case \$PWD in */0001) $how ;; esac; echo done")

        expect:
        run(batch).exit == 0
        (0..2).collect { batch.resolve("000$it/status").toFile().readLines()[0] } ==
            ['exit_status=0', "exit_status=$status", 'exit_status=0']
        batch.resolve('0002/xtb.out').toFile().text == 'done\n'

        where:
        how             || status
        'exit 1'        || 1
        'kill -SEGV $$' || 139
        'kill -KILL $$' || 137
    }

    def "one that takes too long is stopped, and the next one runs"() {
        given:
        def batch = prepared(2)
        standIn('case $PWD in */0000) sleep 60 ;; esac; echo done')

        expect:
        run(batch, '1').exit == 0
        (0..1).collect { batch.resolve("000$it/status").toFile().text } ==
            ['exit_status=124\ntimeout_seconds=1\n', 'exit_status=0\ntimeout_seconds=1\n']

        and:
        XtbEngine.parse([batch], XtbEngine.WINDOW).failed()*.info()*.reason ==
            ['xtb was stopped after 1 s', 'exit status 0, but the log does not say that xtb converged']
    }

    def "an empty batch is done at once"() {
        given:
        standIn('exit 1')

        expect:
        run(prepared(0)).exit == 0
    }

    def "says what is wrong when nothing can be run: #message"() {
        given:
        def batch = prepared(1)
        standIn('exit 0')

        when:
        def run = run(arguments.collect { it == 'BATCH' ? batch.toString() : it } as String[])

        then:
        run.exit == 2
        run.text.startsWith('xtb_batch.sh: ')
        run.text.contains(message)
        !Files.exists(batch.resolve('0000/status'))

        where:
        arguments             || message
        []                    || 'usage: xtb_batch.sh BATCH_DIR [TIMEOUT_SECONDS]'
        ['BATCH', '1', '2']   || 'usage: xtb_batch.sh BATCH_DIR [TIMEOUT_SECONDS]'
        ['no-such-folder']    || 'no-such-folder: no such folder'
        ['bin']               || 'bin: is not a prepared batch'
        ['BATCH', 'soon']     || "whole number of seconds, 1 or more, is 'soon'"
        ['BATCH', '0']        || "whole number of seconds, 1 or more, is '0'"
    }

    def "without xtb it fails as a whole: that is no fault of the structures"() {
        given: 'a path with everything that the script needs but xtb'
        def batch = prepared(1)
        def tools = Files.createDirectories(dir.resolve('bin'))
        ['bash', 'env', 'timeout', 'find', 'rm', 'mv'].each { tool ->
            def found = System.getenv('PATH').split(':').collect { Path.of(it, tool) }.find { Files.exists(it) }
            Files.createSymbolicLink(tools.resolve(tool), found)
        }

        when:
        def run = runWithPath(tools.toString(), batch.toString())

        then:
        run.exit == 127
        run.text.contains('xtb is not installed: apt-get install -y --no-install-recommends xtb')
    }

    private Path prepared(int structures) {
        XtbEngine.prepare((0..<structures).collect { Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d) }, 20,
            dir.resolve('batches'), XtbSettings.DEFAULT)
        dir.resolve('batches/batch_0000')
    }

    private void standIn(String script) {
        def xtb = Files.createDirectories(dir.resolve('bin')).resolve('xtb').toFile()
        xtb.text = '#!/usr/bin/env bash\n' + script.stripIndent() + '\n'
        xtb.executable = true
    }

    private Map run(Object... arguments) {
        runWithPath("${dir.resolve('bin')}:${System.getenv('PATH')}", arguments as String[])
    }

    private Map runWithPath(String path, String... arguments) {
        def builder = new ProcessBuilder([SCRIPT.toString(), *arguments]).redirectErrorStream(true)
        builder.environment().PATH = path
        builder.environment().remove('OMP_NUM_THREADS')
        def process = builder.start()
        process.outputStream.close()
        def text = process.inputStream.text
        assert process.waitFor(30, TimeUnit.SECONDS)
        [exit: process.exitValue(), text: text]
    }
}
