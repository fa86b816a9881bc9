package cupel.reference.engine;

import java.nio.file.Path;
import java.util.List;

/**
 * What {@code bin/label_batch.sh} wrote down of one run: the file {@code status}.
 *
 * @param exit the exit status as text, or null if the program was not run to its end
 * @param timeout for messages
 * @param cpuSeconds of the program and all that it started; 0 if it was not run, NaN if it was not recorded
 */
record RunStatus(String exit, String timeout, double cpuSeconds) {

    static RunStatus read(Path folder) {
        String exit = null;
        String timeout = "its time";
        double seconds = Double.NaN;
        List<String> lines = EngineLog.lines(folder.resolve("status"));
        for (String line : lines) {
            int equals = line.indexOf('=');
            String value = line.substring(equals + 1).strip();
            if (line.startsWith("exit_status=")) {
                exit = value;
            } else if (line.startsWith("timeout_seconds=")) {
                timeout = value + " s";
            } else if (line.startsWith("cpu_seconds=") && value.matches("\\d+(\\.\\d+)?")) {
                seconds = Double.parseDouble(value);
            }
        }
        return new RunStatus(exit, timeout, lines.isEmpty() ? 0 : seconds);
    }

    boolean wasRun() {
        return exit != null;
    }

    boolean timedOut() {
        return "124".equals(exit);
    }

    /** The exit status; 1 if what was written is no number. */
    int exitStatus() {
        return exit.matches("\\d{1,3}") ? Integer.parseInt(exit) : 1;
    }
}
