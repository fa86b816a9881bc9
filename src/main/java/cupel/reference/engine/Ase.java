package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Any calculator of ASE, the atomic simulation environment (A. H. Larsen et al., J. Phys.: Condens. Matter 29, 273002 (2017)), by a
 * Python file of the user's own that defines {@code calculator(atoms)}.
 *
 * <p>Input is {@code input.json}, which {@code bin/label_ase.py} reads; output is {@code result.json}, written last and whole, with the
 * label or with the reason why there is none. The level of theory is a name that the user gives, and the checksum of the user's files.
 */
final class Ase implements Engine {

    private static final Pattern CLOCK = Pattern.compile(
            "^ *File \"|Traceback|(?i)\\b(time|date|started|finished|pid|host|elapsed|seconds)\\b.*[:=]");

    private static final Pattern ERROR = Pattern.compile("^(\\w+(?:\\.\\w+)*(?:Error|Exception|Exit)\\b.*)");

    @Override
    public String name() {
        return "ase";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    /** {@code calculator} and {@code files} count with their content, which is among the data files of the level. */
    @Override
    public Set<String> physics() {
        return Set.of("level");
    }

    @Override
    public void check(JsonNode settings) {
        OwnFiles.checkLevel(settings);
        String calculator = OwnFiles.bareName(settings.get("calculator").asText());
        if (!calculator.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.py")) {
            throw new InputException("calculator: must be a Python file (letters, digits and _ . -, ending in .py), is "
                    + settings.get("calculator"));
        }
        OwnFiles.checkFiles(
                settings,
                calculator,
                "input.json",
                ResultJson.RESULT,
                "engine.out",
                "engine.err",
                "status",
                "inputs.txt");
        settings.get("options").properties().forEach(option -> {
            if (!option.getKey().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new InputException(
                        "options: \"" + option.getKey() + "\" cannot be the name of an argument in Python");
            }
        });
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        // Nobody knows but the calculator, whose complaint becomes the reason of a failure.
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        ObjectNode input = ResultJson.input(structure);
        input.put("calculator", OwnFiles.bareName(settings.get("calculator").asText()));
        input.set("options", settings.get("options"));
        ResultJson.writeInput(input, folder);
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> errors = EngineLog.lines(folder.resolve("engine.err"));
        List<String> log = EngineLog.lines(folder.resolve("engine.out"));
        String version = null;
        try {
            JsonNode result = ResultJson.read(folder);
            version = ResultJson.version(result);
            if (result == null) {
                String cause = EngineLog.firstGroup(ERROR, errors);
                throw new Refused(
                        LabelFailure.Kind.CRASHED,
                        "the calculator left no result and ended with exit status " + exitStatus
                                + (cause == null ? "" : ": " + EngineLog.printable(cause)));
            }
            if (result.path("failure").isTextual()) {
                throw new Refused(
                        kind(result.path("failure").asText()),
                        EngineLog.printable(result.path("reason").asText("the calculator gave no reason")));
            }
            return new Answer(ResultJson.label(result, structure), null, version, ResultJson.data(result));
        } catch (Refused e) {
            return e.answer(EngineLog.tail(CLOCK, errors, log), version);
        }
    }

    /** The kind of a failure by its token; crashed if there is none such. */
    static LabelFailure.Kind kind(String token) {
        for (LabelFailure.Kind kind : LabelFailure.Kind.values()) {
            if (kind.token().equals(token)) {
                return kind;
            }
        }
        return LabelFailure.Kind.CRASHED;
    }
}
