package cupel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.AtomicFile;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Files as all tools write and read them; see {@link AtomicFile}: a reader sees the old one or the new one, never half of one. */
final class Outputs {

    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    // Line ends must not depend on the system that wrote the file.
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Outputs() {}

    /** Writes text, UTF-8. */
    static void text(Path file, String text) {
        AtomicFile.write(file, text);
    }

    /** Writes a CSV file: the rows as given, fields quoted where they must be, lines ended by a line feed alone. */
    static void csv(Path file, List<String> header, Iterable<? extends List<Object>> rows) {
        CSVFormat format = CSVFormat.Builder.create()
                .setRecordSeparator('\n')
                .setHeader(header.toArray(String[]::new))
                .get();
        AtomicFile.write(file, out -> {
            try (CSVPrinter printer = new CSVPrinter(out, format)) {
                for (List<Object> row : rows) {
                    printer.printRecord(row);
                }
            }
        });
    }

    /** Writes JSON, indented, keys in the order of the tree, a line end at the end. */
    static void json(Path file, JsonNode tree) throws IOException {
        text(file, WRITER.writeValueAsString(tree) + "\n");
    }

    /** Reads a JSON object. */
    static ObjectNode readJson(Path file) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw InputException.at(
                    file, Math.max(1, e.getLocation().getLineNr()), "not JSON: " + e.getOriginalMessage());
        }
        throw new InputException(file + ": must hold one JSON object, { ... }");
    }
}
