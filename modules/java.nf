// How tasks start Java: heap from the task's memory, and little overhead, as many tasks last about a second. The classes that were archived
// beside the jar are used where they fit; the archive is no input, as it changes no result.

// For tasks that compute for long: all optimisation, one thread of garbage collection. A heap that is too small ends the task with status 3,
// which is tried again with more memory.
def computing(task, jar) {
    def heap = task.memory ? (task.memory.toMega() * 3).intdiv(4) : 768
    // The task sees a link to the jar; the archive lies where the jar does.
    return "java -Xmx${heap}m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Xlog:disable -Xlog:all=error:stderr " +
        "-XX:SharedArchiveFile=\"\$(readlink -f ${jar} | sed 's/jar\$/jsa/')\" -jar ${jar}"
}

// For tasks that mostly read and write: the first compiler only, which starts in half the time.
def brief(task, jar) {
    return computing(task, jar).replaceFirst(' -jar ', ' -XX:TieredStopAtLevel=1 -jar ')
}
