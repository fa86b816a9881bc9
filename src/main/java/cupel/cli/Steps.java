package cupel.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Several commands in one Java, which takes longer to start than many of them to run:
 *
 * <pre>
 * java -jar compare.jar screen ... --then label ... --then compare select ...
 * </pre>
 *
 * <p>Each is done when the one before has ended well; the first that does not ends them all, with its exit code. A command that begins
 * with the name of a tool is that tool's; others are those of the jar.
 */
final class Steps {

    /** Stands between two commands. */
    static final String THEN = "--then";

    private static final Map<String, Supplier<Tool>> TOOLS = Map.of(
            "featurize", () -> Featurize.TOOL,
            "train", () -> Train.TOOL,
            "sample", () -> Sample.TOOL,
            "compare", () -> Compare.TOOL,
            "label", () -> Label.TOOL);

    private Steps() {}

    /**
     * Runs them one after the other.
     *
     * @param own the tool of the jar
     * @return the exit code of the last that was run
     */
    static int run(Tool own, String[] args, PrintStream out, PrintStream err) {
        int code = 0;
        for (List<String> command : split(args)) {
            boolean named = !command.isEmpty() && TOOLS.containsKey(command.get(0));
            Tool tool = named ? TOOLS.get(command.get(0)).get() : own;
            code = tool.run(command.subList(named ? 1 : 0, command.size()).toArray(new String[0]), out, err);
            if (code != 0) {
                return code;
            }
        }
        return code;
    }

    private static List<List<String>> split(String[] args) {
        List<List<String>> commands = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i <= args.length; i++) {
            if (i == args.length || args[i].equals(THEN)) {
                commands.add(List.of(Arrays.copyOfRange(args, begin, i)));
                begin = i + 1;
            }
        }
        return commands;
    }
}
