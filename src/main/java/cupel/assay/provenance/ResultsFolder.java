package cupel.assay.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Results of one campaign, as docs/output.md lays them out. */
final class ResultsFolder {

    static final String METADATA = "ro-crate-metadata.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;

    ResultsFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(
                    folder + ": no such folder, must be the results of a campaign, such as results/campaign_01");
        }
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    boolean has(String name) {
        return Files.isRegularFile(path(name));
    }

    /** Name of the campaign. */
    String name() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /** All files below the folder, relative, with slashes, sorted; without the crate's own and without hidden ones. */
    List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !name.equals(METADATA))
                    .filter(name -> Stream.of(name.split("/")).noneMatch(part -> part.startsWith(".")))
                    .sorted()
                    .toList();
        }
    }

    /** Numbers of the generations that have a folder, the first first. */
    List<Integer> generations() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches("generation_\\d+"))
                    .map(name -> Integer.valueOf(name.substring("generation_".length())))
                    .sorted()
                    .toList();
        }
    }

    static String generation(int number) {
        return String.format(java.util.Locale.ROOT, "generation_%03d", number);
    }

    /** The structures of a file; none when there is no such file. */
    List<Structure> structures(String name) {
        return has(name) ? ExtendedXyz.read(path(name)) : List.of();
    }

    /** A JSON object, or null when there is no such file. */
    ObjectNode json(String name) throws IOException {
        if (!has(name)) {
            return null;
        }
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(path(name)));
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw InputException.at(
                    path(name), Math.max(1, e.getLocation().getLineNr()), "not JSON: " + e.getOriginalMessage());
        }
        throw new InputException(path(name) + ": must hold one JSON object, { ... }");
    }

    /** SHA-256 of a file, 64 hexadecimal digits. */
    String sha256(String name) throws IOException {
        try (InputStream in = Files.newInputStream(path(name));
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isIsolatedAtom(Structure structure) {
        return "IsolatedAtom".equals(structure.info().get("config_type"));
    }

    static String sid(Structure structure) {
        Object sid = structure.info().get("sid");
        return sid == null ? ContentHash.of(structure) : sid.toString();
    }
}
