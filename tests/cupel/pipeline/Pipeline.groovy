package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path

/** The pipeline of this repository, started as a user does, in a folder of its own. */
class Pipeline {

    /** The repository. */
    static final Path PROJECT = Path.of(System.getProperty('basedir', '.')).toAbsolutePath().normalize()

    private final Path folder
    private final Map<String, String> environment

    /** @param environment variables that are set besides those that are there */
    Pipeline(Path folder, Map<String, String> environment = [:]) {
        this.folder = Files.createDirectories(folder)
        this.environment = environment
    }

    /** Runs to the end. */
    Run run(String... arguments) {
        return finish(start(arguments))
    }

    /** Waits for the end of what was started. */
    Run finish(Process process) {
        String log = process.inputStream.text
        return new Run(process.waitFor(), log, folder)
    }

    /** Starts in a process group of its own, that of the process that comes back. */
    Process start(String... arguments) {
        return launch(PROJECT.toString(), arguments)
    }

    /** The same for a pipeline that lies somewhere else. */
    Process launch(String project, String... arguments) {
        List<String> command = ['setsid', PROJECT.resolve('nextflow').toString(), 'run', project, '-ansi-log', 'false', *arguments]
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        builder.environment().putAll(environment)
        return builder.start()
    }

    /** Runs one of the Java tools. */
    static void java(String tool, String... arguments) {
        command(PROJECT, "${System.getProperty('java.home')}/bin/java", '-jar', "target/${tool}.jar", *arguments)
    }

    /** Runs a command that must succeed. */
    static void command(Path folder, String... words) {
        Process process = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start()
        String said = process.inputStream.text
        int status = process.waitFor()
        if (status != 0) {
            throw new IllegalStateException("${words.join(' ')}: exit status ${status}\n${said}")
        }
    }

    /** What a run left. */
    static class Run {

        final int exitStatus
        final String log
        private final Path folder

        Run(int exitStatus, String log, Path folder) {
            this.exitStatus = exitStatus
            this.log = log
            this.folder = folder
        }

        /** Names of the processes whose tasks were run, with the number of tasks of each. */
        Map<String, Integer> submitted() {
            return tasks('Submitted process')
        }

        /** Names of the processes whose tasks were found in the cache, with the number of tasks of each. */
        Map<String, Integer> cached() {
            return tasks('Cached process')
        }

        private Map<String, Integer> tasks(String mark) {
            return log.readLines().findAll { it.contains("] $mark > ") }
                .countBy { it.replaceAll(/.* > /, '').replaceAll(/ \(.*/, '').replaceAll(/.*:/, '') }
        }

        /** A file of the results. */
        File result(String path) {
            return folder.resolve('results').resolve(path).toFile()
        }
    }
}
