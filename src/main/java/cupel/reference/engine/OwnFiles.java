package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import cupel.structure.InputException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The settings of engines that users bring as files of their own: {@code level} and {@code files}. */
final class OwnFiles {

    private OwnFiles() {}

    /** The key {@code level}: the name that the user gives to the level of theory, which Cupel cannot know. */
    static void checkLevel(JsonNode settings) {
        String level = settings.get("level").asText();
        if (!level.matches("[A-Za-z0-9][A-Za-z0-9_.:;+@()/-]*")) {
            throw new InputException("level: must be a name of your own for the level of theory, one word such as"
                    + " PBE-D3-500eV, is \"" + level + "\"");
        }
    }

    /** The key {@code files}: files that the calculation needs beside it, each with a bare name of its own. */
    static void checkFiles(JsonNode settings, String... taken) {
        Set<String> names = new HashSet<>(Set.of(taken));
        for (JsonNode file : settings.get("files")) {
            if (!file.isTextual() || file.asText().isBlank()) {
                throw new InputException("files: must be a list of names of files, holds " + file);
            }
            String name = bareName(file.asText());
            if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*")) {
                throw new InputException(
                        "files: the name of a file must be letters, digits and _ . + -, is \"" + name + "\"");
            }
            if (!names.add(name)) {
                throw new InputException("files: " + name + " is the name of two files that would lie in one folder");
            }
        }
    }

    /** The name of a file without its folder. */
    static String bareName(String file) {
        Path name = Path.of(file).getFileName();
        return name == null ? "" : name.toString();
    }
}
