package cupel.reference.engine

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** The script bin/label_batch.sh, with a stand-in for the program that does what a calculation can do. */
class LabelBatchSpec extends Specification {

    static final Path SCRIPT = Path.of('bin/label_batch.sh').toAbsolutePath()

    @TempDir
    Path dir

    // one rung

    def "runs the command in the folder of each structure, without input from the terminal"() {
        given:
        def batch = batch(2, 1)
        standIn('''
            echo "arguments: $*"
            echo "input: $(cat | wc -c)"
            echo "folder: $(ls -A | tr '\\n' ' ')"
            echo energy > result
            echo complaint >&2
            echo converged''')

        when:
        def run = run(batch, command: 'program $(cat arguments) "in one"')

        then:
        run.exit == 0
        run.text == ''
        read('0001/rung_1/engine.out').readLines()*.trim() == [
            'arguments: --number 1 --rung 1 in one', 'input: 0',
            'folder: arguments engine.err engine.out inputs.txt time.part', 'converged']
        read('0001/rung_1/engine.err') == 'complaint\n'
        files('0000/rung_1') == ['arguments', 'engine.err', 'engine.out', 'inputs.txt', 'result', 'status']
        files('0001/rung_1') == files('0000/rung_1')
    }

    def "the words of the command are joined for one shell"() {
        given:
        def batch = batch(1, 1)
        standIn('echo "$# $*"; echo converged')

        when:
        call(batch.toString(), *OPTIONS, '--', 'program', 'one', '"two', 'words"', '>', 'elsewhere', ';', 'echo', 'converged')

        then:
        read('0000/rung_1/elsewhere') == '2 one two words\nconverged\n'
    }

    def "leftovers of an earlier run are removed before the first calculation: hidden ones, folders, names with spaces"() {
        given:
        def batch = batch(2, 2)
        ['0000/rung_1', '0000/rung_2', '0001/rung_1'].each { place ->
            ['restart', '.hidden', 'engine.out', 'status', 'with  two spaces', '-rf', 'a*'].each {
                batch.resolve("$place/$it").toFile().text = '7'
            }
            Files.createDirectories(batch.resolve("$place/scratch folder/deep")).resolve('file').toFile().text = '7'
        }
        standIn('ls -A; echo converged')

        expect:
        run(batch).exit == 0
        read('0000/rung_1/engine.out').readLines() ==
            ['arguments', 'engine.err', 'engine.out', 'inputs.txt', 'time.part', 'converged']

        and: 'those of a rung that is not tried this time too, or its old answer would be taken'
        files('0000/rung_2') == ['arguments', 'inputs.txt']
    }

    def "the status is written last and whole, with the time that the program and what it started took"() {
        given: 'half a second of work in a process of its own, which also sleeps'
        def batch = batch(1, 1)
        standIn('''
            ls status* 2> none
            ( end=$(( ${EPOCHREALTIME/./} + 400000 )); while [ ${EPOCHREALTIME/./} -lt $end ]; do :; done )
            sleep 0.3
            echo converged''')

        when:
        run(batch, timeout: 30)

        then:
        read('0000/rung_1/engine.out') == 'converged\n'
        read('0000/rung_1/status') ==~
            /exit_status=0\ntimeout_seconds=30\nseconds=\d+\.\d{3}\ncpu_seconds=\d+\.\d{3}\n/
        !Files.exists(batch.resolve('0000/rung_1/status.part'))

        and: 'a busy machine may give less than the work asked for, never more than the time that passed'
        def status = status('0000/rung_1')
        status.seconds >= 0.7d
        status.cpu_seconds > 0.02d
        status.cpu_seconds < status.seconds
        RunStatus.read(batch.resolve('0000/rung_1')).cpuSeconds() == status.cpu_seconds
    }

    def "one that crashes is recorded, and the next one runs (#how)"() {
        given:
        def batch = batch(3, 1)
        standIn("case \$PWD in */0001/*) $how ;; esac; echo converged")

        expect:
        run(batch).exit == 0
        (0..2).collect { status("000$it/rung_1").exit_status } == [0, exitStatus, 0]
        read('0002/rung_1/engine.out') == 'converged\n'

        and: 'what the shell says about signals is not taken for times'
        read('0001/rung_1/status') ==~ /exit_status=\d+\ntimeout_seconds=60\nseconds=[\d.]+\ncpu_seconds=[\d.]+\n/

        where:
        how             || exitStatus
        'exit 1'        || 1
        'kill -SEGV $$' || 139
        'kill -KILL $$' || 137
    }

    def "one that takes too long is stopped with what it started, and the next one runs"() {
        given:
        def batch = batch(2, 1)
        standIn('case $PWD in */0000/*) sleep 60 & echo $! > child; wait ;; esac; echo converged')

        expect:
        run(batch, timeout: 1).exit == 0
        (0..1).collect { status("000$it/rung_1").subMap('exit_status', 'timeout_seconds') } ==
            [[exit_status: 124d, timeout_seconds: 1d], [exit_status: 0d, timeout_seconds: 1d]]
        RunStatus.read(batch.resolve('0000/rung_1')).timedOut()
        !runs(read('0000/rung_1/child').trim())
    }

    def "one that does not end when it is asked to, and has to be killed, is out of time too"() {
        given: 'what timeout does at last, done by the program itself, so that it need not be waited for'
        def batch = batch(1, 1)
        standIn('trap "" TERM; while [ ! -f asked ]; do sleep 1.1; touch asked; done; kill -KILL $$')

        expect:
        run(batch, timeout: 1).exit == 0
        status('0000/rung_1').exit_status == 124
    }

    def "an empty batch is done at once"() {
        given:
        standIn('exit 1')

        expect:
        run(batch(0, 1)).exit == 0
    }

    def "more than ten thousand structures would still be tried: the folders are all that begin with a digit"() {
        given:
        def batch = batch(1, 1)
        Files.move(batch.resolve('0000'), batch.resolve('10000'))
        standIn('echo converged')

        expect:
        run(batch).exit == 0
        status('10000/rung_1').exit_status == 0
    }

    // the ladder

    def "the next rung is tried when #what, and the ladder ends with the first that shows convergence"() {
        given: 'three structures: the first converges at once, the second with rung 2, the third never'
        def batch = batch(3, 3)
        standIn("""
            case \$PWD in
                */0001/rung_1 | */0002/*) $first ;;
                *) echo converged ;;
            esac""")

        when:
        def run = run(batch, timeout: 1)

        then:
        run.exit == 0
        (0..2).collect { structure -> (1..3).findAll { Files.exists(batch.resolve("000$structure/rung_$it/status")) } } ==
            [[1], [1, 2], [1, 2, 3]]
        status('0001/rung_1').exit_status == exitStatus
        status('0001/rung_2').exit_status == 0

        and: 'a rung that was not tried is left as it was'
        files('0000/rung_2') == ['arguments', 'inputs.txt']

        where:
        what                                        | first                            || exitStatus
        'the line of convergence is missing'        | 'echo all is well'               || 0
        'the program fails'                         | 'exit 3'                         || 3
        'the time is up'                            | 'exec sleep 60'                  || 124
        'the time is up, after a line of success'   | 'echo converged; exec sleep 60'  || 124
        'the line is in another file'               | 'echo converged > elsewhere'     || 0
    }

    def "convergence is looked for in the file that is named, by an extended regular expression"() {
        given:
        def batch = batch(1, 2)
        standIn('echo "-- SCF done: 17 cycles" > run.log')

        expect:
        call(batch.toString(), '--timeout', '60', '--converged', 'run.log', regex, '--', 'program').exit == 0
        Files.exists(batch.resolve('0000/rung_2/status')) == climbs

        where:
        regex                      || climbs
        '^-- SCF done: [0-9]+ cyc' || false
        '-- SCF (done|ready)'      || false
        'SCF done: 18'             || true
    }

    def "what nobody reads again is removed after each run, by name and by pattern"() {
        given:
        def batch = batch(1, 2)
        standIn('mkdir -p wave.tmp/deep; touch restart.1 restart.2 "restart 3" .hidden density result')

        when:
        call(batch.toString(), *OPTIONS, '--scratch', 'restart* .hidden', '--scratch', 'wave.tmp', '--scratch', 'none-of-these-*',
            '--', 'program')

        then:
        (1..2).every {
            files("0000/rung_$it") == ['arguments', 'density', 'engine.err', 'engine.out', 'inputs.txt', 'result', 'status']
        }
    }

    // nothing can be run

    def "says what is wrong when it is called wrongly: #message"() {
        given:
        def batch = batch(1, 1)
        standIn('exit 0')

        when:
        def run = call(arguments.collect { it == 'BATCH' ? batch.toString() : it } as String[])

        then:
        run.exit == 2
        run.text.startsWith('label_batch.sh: ')
        run.text.contains(message)
        !Files.exists(batch.resolve('0000/rung_1/status'))

        where:
        arguments                                                                    || message
        []                                                                           || 'usage: label_batch.sh BATCH_DIR --timeout'
        ['BATCH', '--converged', 'a', 'b', '--', 'program']                          || "1 or more, is ''"
        ['BATCH', '--timeout', '60', '--', 'program']                                || 'usage: '
        ['BATCH', '--timeout', '60', '--converged', 'a', '--', 'program']            || 'usage: '
        ['BATCH', '--timeout', '60', '--converged', 'a']                             || 'usage: '
        ['BATCH', '--timeout', '60', '--converged', 'a', 'b']                        || 'usage: '
        ['BATCH', '--timeout', '60', '--converged', 'a', 'b', '--']                  || 'usage: '
        ['BATCH', '--timeout']                                                       || 'usage: '
        ['BATCH', 'BATCH', '--timeout', '60', '--converged', 'a', 'b', '--', 'program'] || "what is '"
        ['none', '--timeout', '60', '--converged', 'a', 'b', '--', 'program']        || 'none: no such folder'
        ['bin', '--timeout', '60', '--converged', 'a', 'b', '--', 'program']         || 'bin: is not a prepared batch: it has no batch.json'
        ['BATCH', '--timeout', 'soon', '--converged', 'a', 'b', '--', 'program']     || "whole number of seconds, 1 or more, is 'soon'"
        ['BATCH', '--timeout', '0', '--converged', 'a', 'b', '--', 'program']        || "whole number of seconds, 1 or more, is '0'"
        ['BATCH', '--timeout', '1.5', '--converged', 'a', 'b', '--', 'program']      || "whole number of seconds, 1 or more, is '1.5'"
    }

    def "without the program it fails as a whole: that is no fault of the structures"() {
        given:
        def batch = batch(1, 1)

        when:
        def run = run(batch, command: 'no-such-program in.xyz')

        then:
        run.exit == 127
        run.text == 'label_batch.sh: no-such-program is not installed, or not on the PATH\n'
        !Files.exists(batch.resolve('0000/rung_1/status'))
    }

    def "a status that cannot be written ends all: that is no fault of the structures either"() {
        given: 'a batch whose status goes to a device that is always full; being an input, it is left in place'
        def batch = batch(2, 2)
        Files.createSymbolicLink(batch.resolve('0000/rung_1/status.part'), Path.of('/dev/full'))
        batch.resolve('0000/rung_1/inputs.txt').toFile() << 'status.part\n'
        standIn('echo converged')

        when:
        def run = run(batch)

        then:
        run.exit == 74
        run.text.contains("${batch}/0000/rung_1: cannot be written; is the disk full?")
        !Files.exists(batch.resolve('0000/rung_1/status'))
        files('0000/rung_2') == ['arguments', 'inputs.txt']
        files('0001/rung_1') == ['arguments', 'inputs.txt']
    }

    /** Whether a process still does something; one that nobody has buried is in state Z. */
    private static boolean runs(String pid) {
        def stat = Path.of('/proc', pid, 'stat').toFile()
        stat.exists() && !(stat.text =~ /\) Z /)
    }

    private static final List<String> OPTIONS = ['--timeout', '60', '--converged', 'engine.out', '^converged$']

    /** A batch as it is prepared, of structures with an input file that holds arguments. */
    private Path batch(int structures, int rungs) {
        def batch = Files.createDirectories(dir.resolve('batch_0000'))
        batch.resolve('batch.json').toFile().text = '{}'
        batch.resolve('structures.xyz').toFile().text = ''
        for (int i = 0; i < structures; i++) {
            for (int rung = 1; rung <= rungs; rung++) {
                def folder = Files.createDirectories(batch.resolve("000$i/rung_$rung"))
                folder.resolve('arguments').toFile().text = "--number $i --rung $rung\n"
                folder.resolve('inputs.txt').toFile().text = 'arguments\n'
            }
        }
        batch
    }

    private void standIn(String script) {
        def program = Files.createDirectories(dir.resolve('bin')).resolve('program').toFile()
        program.text = '#!/usr/bin/env bash\n' + script.stripIndent() + '\n'
        program.executable = true
    }

    private Map run(Map options = [:], Path batch) {
        call(batch.toString(), '--timeout', "${options.timeout ?: 60}", '--converged', 'engine.out', '^converged$', '--',
            options.command ?: 'program')
    }

    private Map call(String... arguments) {
        def builder = new ProcessBuilder([SCRIPT.toString(), *arguments]).redirectErrorStream(true)
        builder.environment().PATH = "${dir.resolve('bin')}:${System.getenv('PATH')}" as String
        def process = builder.start()
        process.outputStream.close()
        def text = process.inputStream.text
        assert process.waitFor(30, TimeUnit.SECONDS)
        [exit: process.exitValue(), text: text]
    }

    private String read(String file) {
        dir.resolve('batch_0000').resolve(file).toFile().text
    }

    private Map<String, Double> status(String place) {
        read("$place/status").readLines().collectEntries { it.split('=').with { [it[0], it[1] as double] } }
    }

    private List<String> files(String place) {
        dir.resolve('batch_0000').resolve(place).toFile().list().sort()
    }
}
