/** How a task starts Java: heap from the task's memory, and little overhead, as many tasks last about a second. */
class Jvm {

    /**
     * For tasks that compute for long: all optimisation, one thread of garbage collection.
     * A heap that is too small ends the task with status 3, which is tried again with more memory.
     */
    static String computing(task) {
        return "-Xmx${heap(task)}m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"
    }

    /** For tasks that mostly read and write: the first compiler only, which starts in half the time. */
    static String brief(task) {
        return "${computing(task)} -XX:TieredStopAtLevel=1"
    }

    private static long heap(task) {
        return task.memory ? (task.memory.toMega() * 3).intdiv(4) : 768
    }
}
