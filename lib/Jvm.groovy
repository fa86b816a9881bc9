import java.nio.file.Path

/**
 * How a task starts Java: heap from the task's memory, and little overhead, as many tasks last about a second. The classes that
 * the launcher archived beside the jar are used where they fit.
 */
class Jvm {

    /**
     * For tasks that compute for long: all optimisation, one thread of garbage collection.
     * A heap that is too small ends the task with status 3, which is tried again with more memory.
     */
    static String computing(task, Path jar) {
        return "java -Xmx${heap(task)}m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError ${archive(jar)} -jar ${jar}"
    }

    /** For tasks that mostly read and write: the first compiler only, which starts in half the time. */
    static String brief(task, Path jar) {
        return computing(task, jar).replaceFirst(' -jar ', ' -XX:TieredStopAtLevel=1 -jar ')
    }

    // The task sees a link to the jar; the archive lies where the jar does, and is no input: it changes no result.
    private static String archive(Path jar) {
        return "-Xlog:disable -Xlog:all=error:stderr -XX:SharedArchiveFile=\"\$(readlink -f ${jar} | sed 's/jar\$/jsa/')\""
    }

    private static long heap(task) {
        return task.memory ? (task.memory.toMega() * 3).intdiv(4) : 768
    }
}
