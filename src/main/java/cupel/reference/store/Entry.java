package cupel.reference.store;

import cupel.reference.Level;
import cupel.structure.ContentHash;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One label of a store.
 *
 * @param level level of theory
 * @param id id of the structure: its content hash, and the name of the file without {@code .xyz}
 * @param structure the structure with its label and the notes {@code sid}, {@code engine}, {@code engine_version}, {@code level}
 *     and, where they are known, {@code seconds}, {@code source} and {@code config_type}
 * @param seconds what the calculation cost, or NaN when that is not known
 * @param file where it is
 */
public record Entry(Level level, String id, Structure structure, double seconds, Path file) {

    static final String SUFFIX = ".xyz";
    static final String SECONDS = "seconds";
    static final String SOURCE = "source";
    /** Which rung of the ladder of settings gave the label, from 2. */
    static final String RUNG = "rung";

    private static final String CHECKSUM = "checksum";
    private static final Pattern CHECKSUM_AT_END = Pattern.compile(" checksum=sha256_([0-9a-f]{64})$");

    /** Notes of a labelled structure that stay with the label; the others tell where it was sampled. */
    private static final List<String> KEPT = List.of("engine", "engine_version", RUNG, SOURCE, "config_type");

    /** The entry of a labelled structure, not yet on disk. */
    static Entry of(Level level, Structure labelled, double seconds, Path folder) {
        String id = ContentHash.of(labelled);
        Structure structure = Structure.of(labelled.atomicNumbers(), labelled.positions(), labelled.cell())
                .withLabel(labelled.label())
                .withInfo("sid", id);
        for (String key : KEPT) {
            structure = structure.withInfo(key, labelled.info().get(key));
        }
        structure = structure.withInfo(Level.NOTE, level.toString());
        if (Double.isFinite(seconds)) {
            structure = structure.withInfo(SECONDS, seconds);
        }
        return new Entry(level, id, structure, seconds, folder.resolve(id + SUFFIX));
    }

    /** The text of the file: one frame of extended XYZ with a checksum over all the rest at the end of its second line. */
    String text() {
        return signed(ExtendedXyz.format(structure));
    }

    /** A frame of extended XYZ with a checksum over all the rest at the end of its second line. */
    static String signed(String frame) {
        int end = frame.indexOf('\n', frame.indexOf('\n') + 1);
        return frame.substring(0, end) + " " + CHECKSUM + "=sha256_" + sha256(frame) + frame.substring(end);
    }

    /**
     * The frame without its checksum.
     *
     * @throws InputException if it does not agree with it
     */
    static String verified(String text) {
        int first = text.indexOf('\n');
        int second = first < 0 ? -1 : text.indexOf('\n', first + 1);
        if (second < 0) {
            throw new InputException("ends before its second line: cut short");
        }
        Matcher checksum = CHECKSUM_AT_END.matcher(text.substring(0, second));
        if (!checksum.find()) {
            throw new InputException("has no checksum at the end of its second line: damaged, or not written by Cupel");
        }
        String rest = text.substring(0, checksum.start()) + text.substring(second);
        if (!sha256(rest).equals(checksum.group(1))) {
            throw new InputException("does not agree with its checksum: damaged, cut short or edited");
        }
        return rest;
    }

    /**
     * Reads an entry and believes nothing of it that is not checked.
     *
     * @param folderLevel the level of the folder that it is in
     * @throws InputException with what is wrong, without the name of the file
     * @throws IOException when the file cannot be read at all
     */
    static Entry read(Path file, Level folderLevel) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        String rest = verified(text);
        List<Structure> frames = ExtendedXyz.read(new StringReader(rest), file);
        if (frames.size() != 1) {
            throw new InputException("holds " + frames.size() + " structures, must be one");
        }
        Structure structure = frames.get(0);
        if (structure.label() == null || structure.label().forces() == null) {
            throw new InputException("has no label of energy and forces");
        }
        String id = ContentHash.of(structure);
        if (!file.getFileName().toString().equals(id + SUFFIX)) {
            throw new InputException("is the label of another structure, " + id + ": renamed");
        }
        if (!file.getParent().getFileName().toString().equals(composition(structure))) {
            throw new InputException("has the composition " + composition(structure) + ": moved to another folder");
        }
        Level level = Level.of(structure).orElseThrow(() -> new InputException("has no note of its level of theory"));
        if (!level.equals(folderLevel)) {
            throw new InputException("is of the level " + level + ": moved to another folder");
        }
        Object seconds = structure.info().get(SECONDS);
        return new Entry(
                level, id, structure, seconds instanceof Number number ? number.doubleValue() : Double.NaN, file);
    }

    /**
     * Reads the record of a failure.
     *
     * @throws InputException with what is wrong, without the name of the file
     * @throws IOException when the file cannot be read at all
     */
    static Structure readFailure(Path file) throws IOException {
        String frame = verified(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        List<Structure> frames = ExtendedXyz.read(new StringReader(frame), file);
        if (frames.size() != 1 || !frames.get(0).info().containsKey("failure")) {
            throw new InputException("is not the record of one failure");
        }
        if (!file.getFileName().toString().matches(ContentHash.of(frames.get(0)) + "-[0-9a-f]{8}" + SUFFIX)) {
            throw new InputException("is the record of another structure: renamed");
        }
        return frames.get(0);
    }

    /** Symbols in alphabetical order, each with its number of atoms: {@code Au13}, {@code Au10Cu3}, {@code Co1}. */
    static String composition(Structure structure) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int z : structure.atomicNumbers()) {
            counts.merge(Elements.symbol(z), 1, Integer::sum);
        }
        StringBuilder name = new StringBuilder();
        counts.forEach((symbol, count) -> name.append(symbol).append(count));
        return name.toString();
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
