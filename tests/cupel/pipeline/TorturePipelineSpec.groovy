package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * A campaign that is killed at random moments and started again, over and over: Nextflow alone, so that its tasks live on without it;
 * all of it; one task with all that it started; one calculation. Killed is only what the campaign itself has started, by number. In the end not a byte may be other than
 * without, no label may be lost, and none may have been paid for twice.
 *
 * <p>Runs with the profile torture: mvn verify -Ptorture -Dtorture.kills=50 -Dtorture.seed=7. The seed is printed.
 */
class TorturePipelineSpec extends Specification {

    static final List<String> SMALL = ['-profile', 'test', '--reference', 'command', '--sizes', '2..4', '--walks', '2', '--cycles', '20',
                                       '--output_every', '10', '--max_epochs', '5', '--folds', '2', '--batch_size', '2']

    static final List<String> RESULTS = ['pool.xyz', 'potential.json', 'generations.csv', 'stop.json',
                                         'labels/generation_001_labelled.xyz', 'labels/generation_002_labelled.xyz']

    /** Lennard-Jones that takes its time, and says in the log when it begins and when it has ended. */
    static final String SLOW = '''\
        #!/usr/bin/env bash
        key=$(tail -n +3 "$1" | cksum | tr ' ' '-')
        echo "begin $key $EPOCHREALTIME" >> "${TORTURE_LOG:-/dev/null}"
        sleep 1.5
        awk -f lj.awk "$1" > "$2"
        echo "end $key $EPOCHREALTIME" >> "${TORTURE_LOG:-/dev/null}"
        '''.stripIndent()

    static final String LENNARD_JONES = '''\
        NR == 1 { n = $1; next }
        NR == 2 { c = $0; sub(/Properties=[^ ]*/, "Properties=species:S:1:pos:R:3:REF_forces:R:3", c); next }
        { s[NR - 2] = $1; for (k = 1; k <= 3; k++) x[NR - 2, k] = $(k + 1) }
        END {
            for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) if (i != j) {
                r2 = 0; for (k = 1; k <= 3; k++) { d[k] = x[j, k] - x[i, k]; r2 += d[k]^2 }
                q = (2.6^2 / r2)^3; e += q * q / 2 - q; for (k = 1; k <= 3; k++) f[i, k] -= 12 * (q * q - q) * d[k] / r2
            }
            print n; printf "%s REF_energy=%.10f\\n", c, e
            for (i = 1; i <= n; i++) printf "%s %s %s %s %.10f %.10f %.10f\\n", s[i], x[i, 1], x[i, 2], x[i, 3], f[i, 1], f[i, 2], f[i, 3]
        }
        '''.stripIndent()

    /** A calculation counts as ended when its answer is safe. This long after its end it must be, on a busy machine. */
    static final double SAFE_AFTER = 2

    @Shared
    @TempDir
    Path folder

    @Shared
    long seed = Long.getLong('torture.seed', System.nanoTime() & 0xffffff)

    @Shared
    int kills = Integer.getInteger('torture.kills', 50)

    @Shared
    Random random = new Random(seed)

    @Shared
    Map<String, Integer> killed = new TreeMap<>()

    @Shared
    List<Double> moments = []

    def "a campaign that is killed again and again ends with the same bytes, no label is lost, and none is paid for twice"() {
        given:
        println("torture: $kills kills, -Dtorture.seed=$seed")
        Files.createDirectories(folder.resolve('own'))
        folder.resolve('own/slow.sh').toFile().text = SLOW
        folder.resolve('own/lj.awk').toFile().text = LENNARD_JONES
        folder.resolve('own/settings.json').toFile().text =
            '{"command": "bash ./slow.sh {input} {output}", "files": ["slow.sh", "lj.awk"], "level": "lennard-jones", "version": "1"}'

        when: 'undisturbed'
        assert finish('undisturbed')

        and: 'as many campaigns as it takes, each begun again until it is done'
        int campaigns = 0
        int starts = 0
        List<String> wrong = []
        Map<String, Integer> counts = [finished: 0, labels: 0, begun: 0, again: 0]
        while (killed.values().sum(0) < kills) {
            campaigns++
            String name = "campaign $campaigns"
            moments.clear()
            boolean done = false
            while (!done) {
                starts++
                done = torture(name)
            }
            wrong += check(name, counts)
            println("torture: campaign $campaigns done, starts $starts, kills so far ${killed}, $counts, wrong: $wrong")
        }

        then:
        println("torture: seed $seed: ${killed.values().sum()} kills ${killed} over $campaigns campaigns, $starts starts; $counts")
        wrong == []
    }

    /** One start, killed at random while there are kills to be had. Whether the campaign came to its end. */
    private boolean torture(String name) {
        Process process = start(name)
        List<String> seen = Collections.synchronizedList([])
        Thread reader = Thread.start { process.inputStream.eachLine { seen << it } }
        boolean over = false
        while (!over && killed.values().sum(0) < kills && process.alive) {
            int already = tasks(seen)
            int wait = 1 + random.nextInt(7)
            while (process.alive && tasks(seen) < already + wait) {
                Thread.sleep(20)
            }
            Thread.sleep(random.nextInt(1200))
            over = process.alive && kill(process)
        }
        process.waitFor()
        reader.join()
        String log = seen.join('\n')
        boolean done = process.exitValue() == 0
        println("--- $name: ${over ? 'killed' : "exit status ${process.exitValue()}"}, ${tasks(seen)} tasks")
        if (!over && !done) {
            println(log)
        }
        assert over || done
        return done && !over
    }

    private static int tasks(List<String> seen) {
        synchronized (seen) {
            return seen.count { it.contains('] Submitted process > ') }
        }
    }

    /** Kills something at random. Whether the run is over by that. */
    private boolean kill(Process process) {
        List<ProcessHandle> all = process.descendants().toList()
        switch (random.nextInt(4)) {
            case 0:
                note('nextflow')
                process.destroyForcibly()
                return true
            case 1:
                note('everything')
                process.destroyForcibly()
                all.each { it.destroyForcibly() }
                return true
            case 2:
                List<ProcessHandle> wrappers = all.findAll { line(it).contains('.command.run') && !line(it).contains('nxf_trace') &&
                    it.parent().map { it.pid() == process.pid() }.orElse(false) }
                if (wrappers) {
                    ProcessHandle one = wrappers[random.nextInt(wrappers.size())]
                    List<ProcessHandle> started = one.descendants().toList()
                    note('task')
                    one.destroyForcibly()
                    started.each { it.destroyForcibly() }
                }
                return false
            default:
                List<ProcessHandle> engines = all.findAll { line(it).contains('slow.sh') && line(it).startsWith('bash ') && !line(it).contains('label_') }
                if (engines) {
                    note('engine')
                    engines[random.nextInt(engines.size())].destroyForcibly()
                }
                return false
        }
    }

    private void note(String what) {
        killed.merge(what, 1) { a, b -> a + b }
        moments << System.currentTimeMillis() / 1000d
    }

    private static String line(ProcessHandle process) {
        File file = new File("/proc/${process.pid()}/cmdline")
        try {
            return file.text.replace('\0', ' ')
        } catch (IOException e) {
            return ''
        }
    }

    private Process start(String name) {
        Path place = Files.createDirectories(folder.resolve(name))
        ProcessBuilder builder = new ProcessBuilder(['setsid', Pipeline.PROJECT.resolve('nextflow').toString(), 'run', Pipeline.PROJECT.toString(),
            '-ansi-log', 'false', *SMALL, '--reference_settings', folder.resolve('own/settings.json').toString(),
            '--label_store', folder.resolve("$name store").toString(), '-resume'])
        builder.environment().TORTURE_LOG = folder.resolve("${name}.log").toString()
        return builder.directory(place.toFile()).redirectErrorStream(true).start()
    }

    private boolean finish(String name) {
        Process process = start(name)
        String log = process.inputStream.text
        println(log)
        return process.waitFor() == 0
    }

    private List<String> check(String name, Map<String, Integer> counts) {
        List<String> wrong = RESULTS.findAll { result(name, it).bytes != result('undisturbed', it).bytes }.collect { "$name: $it differs".toString() }
        Set<String> expected = ids(folder.resolve('undisturbed store'))
        Set<String> found = ids(folder.resolve("$name store"))
        wrong += (expected - found).collect { "$name: $it is lost".toString() }
        wrong += (found - expected).collect { "$name: $it is new".toString() }
        try {
            Pipeline.java('label', 'store', 'verify', '--store', folder.resolve("$name store").toString())
        } catch (IllegalStateException e) {
            wrong << e.message
        }

        List<List<String>> log = folder.resolve("${name}.log").toFile().readLines()*.tokenize(' ')
        Map<String, List<Double>> ends = log.findAll { it[0] == 'end' }.groupBy { it[1] }.collectEntries { key, lines -> [key, lines.collect { it[2] as double }] }
        counts.begun += log.count { it[0] == 'begin' }
        counts.finished += ends.size()
        counts.labels += found.size()
        if (ends.size() != found.size()) {
            wrong << "$name: ${ends.size()} structures were computed, ${found.size()} are in the store".toString()
        }
        ends.findAll { key, times -> times.size() > 1 }.each { key, times ->
            counts.again += times.size() - 1
            // All but the last must have been killed in the moment between the answer and its copy.
            times.dropRight(1).each { time ->
                if (!moments.any { it >= time - 0.05 && it <= time + SAFE_AFTER }) {
                    wrong << "$name: structure $key was paid for ${times.size()} times, at $times, and nothing was killed then: $moments".toString()
                }
            }
        }
        return wrong
    }

    private File result(String name, String file) {
        return folder.resolve("$name/results/campaign_01/$file").toFile()
    }

    private static Set<String> ids(Path store) {
        Set<String> ids = new TreeSet<>()
        store.toFile().eachFileRecurse { if (it.name.startsWith('h_')) { ids << it.name } }
        return ids
    }

    def cleanupSpec() {
        // Tasks that outlived their Nextflow end by themselves, within seconds.
        Thread.sleep(5000)
    }
}
