package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.AtomicFile;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Any program that reads a structure as extended XYZ and writes it with energy (eV) and forces (eV/angstrom) as extended XYZ.
 *
 * <p>Input is {@code input.xyz} and {@code command.txt}, the command with the names of the files put in, which
 * {@code bin/label_command.sh} runs; output is {@code output.xyz}. A program that did not converge must say so: by an exit status that
 * is not 0, or by the notes {@code failure} and {@code reason} instead of an energy.
 */
final class Command implements Engine {

    static final String INPUT = "input.xyz";
    static final String OUTPUT = "output.xyz";

    private static final Pattern CLOCK = Pattern.compile(
            "(?i)\\b(time|date|started|finished|pid|host|elapsed|seconds)\\b.*[:=]|\\d{2}:\\d{2}:\\d{2}");

    @Override
    public String name() {
        return "command";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of("level", "command");
    }

    @Override
    public void check(JsonNode settings) {
        OwnFiles.checkLevel(settings);
        String command = settings.get("command").asText();
        if (!command.contains("{input}") || !command.contains("{output}")) {
            throw new InputException("command: must say where {input} and {output} go, such as"
                    + " \"./my_code {input} {output}\", is \"" + command + "\"");
        }
        for (String key : List.of("command", "options", "version")) {
            if (settings.get(key).asText().chars().anyMatch(c -> c < ' ')) {
                throw new InputException(
                        key + ": must be one line; put a longer script into a file, and name that in files");
            }
        }
        if (!settings.get("options").asText().isEmpty() && !command.contains("{options}")) {
            throw new InputException("options: the command must say where {options} go, is \"" + command + "\"");
        }
        OwnFiles.checkFiles(
                settings,
                INPUT,
                OUTPUT,
                "command.txt",
                "answered.txt",
                "engine.out",
                "engine.err",
                "status",
                "inputs.txt");
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        // Nobody knows but the program, whose complaint becomes the reason of a failure.
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        ExtendedXyz.write(folder.resolve(INPUT), List.of(structure));
        String command = settings.get("command")
                .asText()
                .replace("{input}", INPUT)
                .replace("{output}", OUTPUT)
                .replace("{options}", settings.get("options").asText());
        AtomicFile.write(folder.resolve("command.txt"), command + "\n");
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        try {
            return Answer.labelled(answer(folder, structure, exitStatus).label(), null);
        } catch (Refused e) {
            return e.answer(
                    EngineLog.tail(
                            CLOCK,
                            EngineLog.lines(folder.resolve("engine.err")),
                            EngineLog.lines(folder.resolve("engine.out"))),
                    null);
        }
    }

    private static Structure answer(Path folder, Structure structure, int exitStatus) throws Refused {
        Path file = folder.resolve(OUTPUT);
        Structure answered = null;
        Refused unreadable = null;
        if (Files.exists(file)) {
            try {
                answered = onlyFrame(file);
            } catch (Refused e) {
                unreadable = e;
            }
        }
        LabelFailure told = answered == null ? null : AnsweredXyz.failure(answered);
        if (told != null) {
            throw new Refused(told.kind(), told.reason());
        }
        if (exitStatus != 0) {
            throw new Refused(LabelFailure.Kind.CRASHED, "the command ended with exit status " + exitStatus);
        }
        if (unreadable != null) {
            throw unreadable;
        }
        if (answered == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, "the command ended well and wrote no " + OUTPUT);
        }
        String mismatch = AnsweredXyz.mismatch(structure, answered);
        if (mismatch != null) {
            throw new Refused(LabelFailure.Kind.CRASHED, OUTPUT + " is of another structure: " + mismatch);
        }
        if (answered.label() == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, OUTPUT + " holds no energy: neither REF_energy nor energy");
        }
        if (answered.label().forces() == null) {
            throw new Refused(LabelFailure.Kind.CRASHED, OUTPUT + " holds no forces: neither REF_forces nor forces");
        }
        return answered;
    }

    private static Structure onlyFrame(Path file) throws Refused {
        List<Structure> frames;
        try {
            // A message must not name the folder, which differs from run to run.
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            frames = ExtendedXyz.read(new StringReader(text), Path.of(OUTPUT));
        } catch (InputException | IllegalArgumentException e) {
            boolean number = e.getMessage().contains("must be a finite number")
                    || e.getMessage().contains("must be finite");
            throw new Refused(
                    number ? LabelFailure.Kind.UNPHYSICAL : LabelFailure.Kind.CRASHED,
                    EngineLog.printable(e.getMessage()));
        } catch (IOException e) {
            throw new Refused(LabelFailure.Kind.CRASHED, OUTPUT + " cannot be read");
        }
        if (frames.size() != 1) {
            throw new Refused(LabelFailure.Kind.CRASHED, OUTPUT + " must hold one structure, holds " + frames.size());
        }
        return frames.get(0);
    }
}
