package cupel.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cupel.pipeline.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher asks before it starts Nextflow, which takes many times as long to say the same: the help, and whether the parameters
 * of a command line can be what they are. Parameters of profiles and files are Nextflow's to read; they are checked when it has.
 */
public final class CheckParameters {

    /** Nothing is wrong: the run may begin. */
    static final int FINE = 0;

    /** Something is, and has been said. */
    static final int WRONG = 1;

    /** All that was wanted has been said. */
    static final int ANSWERED = 2;

    private CheckParameters() {}

    /** Arguments: the schema, and then those of {@code nextflow run}. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = List.of(arguments);
        System.exit(check(Path.of(all.get(0)), all.subList(1, all.size()), System.out, System.err));
    }

    static int check(Path schema, List<String> command, PrintStream out, PrintStream err) throws IOException {
        Map<String, Object> declared =
                JsonMapper.builder().build().readValue(Files.readString(schema), new TypeReference<>() {});
        Parameters parameters = new Parameters(declared, Path::of);
        Map<String, String> given = given(command);
        if (parameters.asksForHelp(given)) {
            out.print(parameters.help("./nextflow run . -profile demo [--parameter value ...]"));
            return ANSWERED;
        }
        List<String> problems = parameters.problems(given);
        if (problems.isEmpty()) {
            return FINE;
        }
        err.println("these parameters cannot be used:");
        problems.forEach(problem -> err.println("  " + problem));
        err.println("All parameters: ./nextflow run . --help");
        return WRONG;
    }

    /** Names and values as Nextflow reads them: {@code --name value}, {@code --name=value}, and {@code --name} alone for true. */
    private static Map<String, String> given(List<String> command) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < command.size(); i++) {
            String word = command.get(i);
            if (!word.startsWith("--") || word.length() < 3) {
                continue;
            }
            String name = word.substring(2);
            int equals = name.indexOf('=');
            if (equals > 0) {
                given.put(name.substring(0, equals), name.substring(equals + 1));
            } else if (i + 1 < command.size() && isValue(command.get(i + 1))) {
                given.put(name, command.get(i + 1));
                i++;
            } else {
                given.put(name, "true");
            }
        }
        return given;
    }

    private static boolean isValue(String word) {
        return !word.startsWith("-") || word.matches("-\\.?\\d.*");
    }
}
