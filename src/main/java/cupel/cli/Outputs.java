package cupel.cli;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writing of whole files: a reader sees the old one or the new one, never half of one. Folders are made as needed. */
final class Outputs {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    // Line ends must not depend on the system that wrote the file.
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Outputs() {}

    /** Writes text, UTF-8. */
    static void text(Path file, String text) throws IOException {
        bytes(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes. */
    static void bytes(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path half = folder.resolve("." + file.getFileName() + ".part");
        Files.write(half, bytes);
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes JSON, indented, keys in the order of the tree, a line end at the end. */
    static void json(Path file, JsonNode tree) throws IOException {
        text(file, WRITER.writeValueAsString(tree) + "\n");
    }

    /** Reads a JSON object. */
    static com.fasterxml.jackson.databind.node.ObjectNode readJson(Path file) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (tree instanceof com.fasterxml.jackson.databind.node.ObjectNode object) {
                return object;
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw InputException.at(
                    file, Math.max(1, e.getLocation().getLineNr()), "not JSON: " + e.getOriginalMessage());
        }
        throw new InputException(file + ": must hold one JSON object, { ... }");
    }
}
