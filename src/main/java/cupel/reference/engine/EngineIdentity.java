package cupel.reference.engine;

import cupel.reference.Level;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which program answers: its version and the checksums of its data files, found out where it runs and before it is asked to
 * compute anything.
 *
 * @param version such as 22.8.0
 * @param data checksums by name, such as {@code Au.PBE}; sorted
 */
public record EngineIdentity(String version, Map<String, String> data) {

    private static final Pattern LINE = Pattern.compile("(version|data\\.[A-Za-z0-9_.-]+)=");

    public EngineIdentity {
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }

    /**
     * Reads the file that the step IDENTIFY of an engine wrote: a line {@code version=...} and lines {@code data.NAME=...}.
     *
     * @throws InputException if it has no version, or another line
     */
    public static EngineIdentity read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read; it must hold the version of the reference program", e);
        }
        String version = null;
        Map<String, String> data = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int equals = line.indexOf('=');
            if (line.isEmpty()) {
                continue;
            }
            String value = line.substring(equals + 1).strip();
            if (value.isEmpty() || !LINE.matcher(line).lookingAt()) {
                throw new InputException(
                        file + ", line " + (i + 1) + ": must be version=... or data.NAME=..., is '" + line + "'");
            }
            String before = version;
            if (line.startsWith("version=")) {
                version = Level.word(value);
            } else {
                before = data.put(line.substring("data.".length(), equals), Level.word(value));
            }
            if (before != null) {
                throw new InputException(
                        file + ", line " + (i + 1) + ": " + line.substring(0, equals) + " is given a second time");
            }
        }
        if (version == null) {
            throw new InputException(file + ": has no line version=...; is the reference program installed?");
        }
        return new EngineIdentity(version, data);
    }

    /** The level of theory of labels with these settings. */
    public Level level(EngineSettings settings) {
        Map<String, String> pairs = new LinkedHashMap<>();
        pairs.put("engine", settings.engine().name());
        pairs.put("version", version);
        settings.physics().forEach((key, value) -> pairs.put(key, Level.word(value)));
        data.forEach((name, checksum) -> pairs.put("data." + name, checksum));
        return Level.of(pairs);
    }

    /** The level of theory of one structure: data files of its own elements only. */
    public Level level(EngineSettings settings, Structure structure) {
        return level(settings).restrictedTo(structure);
    }
}
