package cupel.reference.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.Labels;
import cupel.reference.Level;
import cupel.reference.SanityWindow;
import cupel.structure.AtomicFile;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Labels from a reference program in three steps, so that the middle one needs neither Java nor Cupel: {@link #prepare} writes
 * input, {@code bin/label_batch.sh} runs the program, {@link #parse} reads what came out; and {@link #gather} puts the answers of
 * all batches back in the order of the structures.
 *
 * <pre>
 *   DIR/structures.xyz                 all structures, each with its number in the note request
 *   DIR/known.xyz                      those whose label is known already, with label
 *   DIR/batch_0000/batch.json          engine, version and data files, settings of each rung, requests
 *   DIR/batch_0000/structures.xyz      the structures of this batch
 *   DIR/batch_0000/0000/rung_1/        input for one structure with the first settings, and inputs.txt, which names the files
 *   DIR/batch_0000/0000/rung_2/        the same with safer settings
 * </pre>
 */
public final class Batches {

    /** Note with the number of a structure among those that were asked for together, from 0. */
    static final String REQUEST = "request";

    /** Note of a label that only safer settings gave: which rung, from 2. */
    static final String RUNG = "rung";

    /** Note of a structure without label: how many rungs were tried. */
    static final String RUNGS_TRIED = "rungs_tried";

    private static final String FORMAT = "cupel-batch";
    private static final String BATCH_JSON = "batch.json";
    private static final String STRUCTURES = "structures.xyz";
    /** The file beside the batches with the structures whose label, or failure, was known. */
    public static final String KNOWN = "known.xyz";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Batches() {}

    /**
     * What became of a preparation.
     *
     * @param asked number of structures
     * @param known those whose label was known
     * @param batches number of batches for the others
     */
    public record Prepared(int asked, int known, int batches) {}

    /**
     * Writes the input for all structures whose label is not known.
     *
     * @param batchSize structures per batch, 1 or more
     * @param outputDir made if need be; must hold no batches yet
     * @param known gives a structure with its label where that is known already
     * @throws InputException for what the engine cannot compute
     */
    public static Prepared prepare(
            List<Structure> structures,
            EngineSettings settings,
            EngineIdentity identity,
            int batchSize,
            BiFunction<Level, Structure, Optional<Structure>> known,
            Path outputDir) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("illegal batch size: " + batchSize + ", must be 1 or more");
        }
        List<Structure> asked = new ArrayList<>();
        List<Structure> found = new ArrayList<>();
        List<Structure> open = new ArrayList<>();
        for (int i = 0; i < structures.size(); i++) {
            Structure structure = bare(structures.get(i)).withInfo(REQUEST, i);
            requireComputable(structure, i + 1, settings);
            asked.add(structure);
            Optional<Structure> answer = known.apply(identity.level(settings, structure), structure);
            if (answer.isPresent()) {
                found.add(answer.get().withInfo(REQUEST, i));
            } else {
                open.add(structure);
            }
        }
        try {
            Files.createDirectories(outputDir);
            try (Stream<Path> entries = Files.list(outputDir)) {
                if (entries.anyMatch(entry -> entry.getFileName().toString().startsWith("batch_"))) {
                    throw new InputException(
                            outputDir + ": holds batches already; name another folder, or remove them");
                }
            }
            ExtendedXyz.write(outputDir.resolve(STRUCTURES), asked);
            ExtendedXyz.write(outputDir.resolve(KNOWN), found);
            int batches = (open.size() + batchSize - 1) / batchSize;
            for (int b = 0; b < batches; b++) {
                writeBatch(
                        open.subList(b * batchSize, Math.min(open.size(), (b + 1) * batchSize)),
                        outputDir.resolve(String.format(Locale.ROOT, "batch_%04d", b)),
                        settings,
                        identity);
            }
            return new Prepared(asked.size(), found.size(), batches);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Structure bare(Structure structure) {
        return LabelFailure.forget(structure)
                .withLabel(null)
                .withInfo(RUNG, null)
                .withInfo(RUNGS_TRIED, null);
    }

    private static void requireComputable(Structure structure, int number, EngineSettings settings) {
        if (structure.size() == 0) {
            throw new InputException("structure " + number + " has no atoms");
        }
        try {
            settings.engine().requireComputable(structure, settings.rungs().get(0));
        } catch (InputException e) {
            throw new InputException("structure " + number + " " + e.getMessage(), e);
        }
    }

    private static void writeBatch(
            List<Structure> structures, Path folder, EngineSettings settings, EngineIdentity identity)
            throws IOException {
        Files.createDirectories(folder);
        ExtendedXyz.write(folder.resolve(STRUCTURES), structures);
        for (int i = 0; i < structures.size(); i++) {
            for (int r = 0; r < settings.rungs().size(); r++) {
                Path rung = rung(folder, i, r);
                Files.createDirectories(rung);
                settings.engine().write(structures.get(i), settings.rungs().get(r), rung);
                AtomicFile.write(rung.resolve("inputs.txt"), String.join("\n", files(rung)) + "\n");
            }
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("engine", settings.engine().name());
        json.put("version", identity.version());
        ObjectNode data = json.putObject("data");
        identity.data().forEach(data::put);
        json.set("settings", settings.json());
        ArrayNode requests = json.putArray("requests");
        structures.forEach(structure -> requests.add((Long) structure.info().get(REQUEST)));
        AtomicFile.write(folder.resolve(BATCH_JSON), json.toPrettyString().replace("\r\n", "\n") + "\n");
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path rung(Path batch, int index, int rung) {
        return batch.resolve(String.format(Locale.ROOT, "%04d", index)).resolve("rung_" + (rung + 1));
    }

    /**
     * What a program answered to a batch.
     *
     * @param structures all of the batch in their order, each with label or as the record of a failure, and with the note request
     * @param levels of theory, one for each structure
     * @param seconds of processor time that each took over all rungs; NaN where it was not recorded
     * @param settings those of all rungs, as JSON
     */
    public record Answered(List<Structure> structures, List<Level> levels, double[] seconds, String settings) {

        public Answered {
            structures = List.copyOf(structures);
            levels = List.copyOf(levels);
        }
    }

    /**
     * Reads what the program left in a batch.
     *
     * <p>For each structure the first rung that gives a label counts; if none does, the last that was tried tells why. A label is
     * accepted only if the program ended in time, the engine takes its answer for converged, whole and of this structure, and
     * the numbers are inside the window.
     *
     * @param isolated energy of the isolated atom by atomic number, in eV, which the window's energies are relative to; a structure
     *     with another element is held against the window's force alone
     * @throws InputException if the folder was not made by {@link #prepare}, or another version of the program, or one with other
     *     data files, has run in it
     */
    public static Answered parse(Path batch, Map<Integer, Double> isolated, SanityWindow window) {
        JsonNode json = read(batch.resolve(BATCH_JSON));
        if (!json.path("format").asText().equals(FORMAT)
                || !Engines.names().contains(json.path("engine").asText())) {
            throw new InputException(batch.resolve(BATCH_JSON) + ": must be of the format " + FORMAT
                    + " and for one of the engines " + String.join(", ", Engines.names()) + ", is "
                    + json.path("format") + " for " + json.path("engine"));
        }
        Engine engine = Engines.named(json.path("engine").asText());
        EngineSettings settings = EngineSettings.of(
                engine, json.path("settings"), batch.resolve(BATCH_JSON).toString());
        Map<String, String> data = new TreeMap<>();
        json.path("data")
                .properties()
                .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
        EngineIdentity identity = new EngineIdentity(json.path("version").asText(), data);
        List<Structure> structures = ExtendedXyz.read(batch.resolve(STRUCTURES));
        if (structures.size() != json.path("requests").size()) {
            throw new InputException(batch.resolve(STRUCTURES) + ": must hold "
                    + json.path("requests").size() + " structures, as batch.json says, holds " + structures.size());
        }
        List<Structure> answers = new ArrayList<>();
        List<Level> levels = new ArrayList<>();
        double[] seconds = new double[structures.size()];
        for (int i = 0; i < structures.size(); i++) {
            Level level = identity.level(settings, structures.get(i));
            answers.add(answer(batch, i, structures.get(i), settings, identity, level, isolated, window));
            levels.add(level);
            for (int r = 0; r < settings.rungs().size(); r++) {
                seconds[i] += RunStatus.read(rung(batch, i, r)).cpuSeconds();
            }
        }
        return new Answered(answers, levels, seconds, settings.json().toString());
    }

    /**
     * The names under which {@code bin/label_batch.sh --keep} has kept calculations of a batch: their labels are in a store now, and the
     * copies can go.
     *
     * @param structures number of structures in the batch
     */
    public static List<String> kept(Path batch, int structures) {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < structures; index++) {
            for (String line : EngineLog.lines(
                    batch.resolve(String.format(Locale.ROOT, "%04d", index)).resolve("kept"))) {
                if (line.matches("[0-9a-f]{32}")) {
                    names.add(line);
                }
            }
        }
        return names;
    }

    private static Structure answer(
            Path batch,
            int index,
            Structure structure,
            EngineSettings settings,
            EngineIdentity identity,
            Level level,
            Map<Integer, Double> isolated,
            SanityWindow window) {
        Structure noted = Labels.noted(structure, settings.engine().name(), identity.version(), level.toString());
        LabelFailure failure = null;
        int tried = 0;
        for (int r = 0; r < settings.rungs().size(); r++) {
            Path folder = rung(batch, index, r);
            RunStatus status = RunStatus.read(folder);
            if (!status.wasRun()) {
                break;
            }
            tried++;
            if (status.timedOut()) {
                failure = new LabelFailure(
                        LabelFailure.Kind.TIMED_OUT,
                        settings.engine().name() + " was stopped after " + status.timeout(),
                        null);
                continue;
            }
            Answer answer =
                    settings.engine().read(folder, structure, settings.rungs().get(r), status.exitStatus());
            requireSame(folder, settings, identity, answer, structure);
            if (answer.failure() != null) {
                failure = answer.failure();
                continue;
            }
            String complaint = complaint(structure, answer.label(), isolated, window);
            if (complaint != null) {
                // It is converged: safer settings would only find the same again.
                failure = new LabelFailure(LabelFailure.Kind.UNPHYSICAL, complaint, null);
                break;
            }
            return noted.withInfo(RUNG, r == 0 ? null : r + 1).withLabel(answer.label());
        }
        if (failure == null) {
            failure = new LabelFailure(
                    LabelFailure.Kind.CRASHED,
                    "no exit status: " + settings.engine().name() + " was not run, or was killed with its whole task",
                    null);
        }
        return failure.record(noted).withInfo(RUNGS_TRIED, tried);
    }

    /**
     * What is wrong with a label, or null when nothing is.
     *
     * @param isolated as for {@link #parse}
     */
    public static String complaint(
            Structure structure, Label label, Map<Integer, Double> isolated, SanityWindow window) {
        double atoms = 0;
        for (int i = 0; i < structure.size(); i++) {
            Double energy = isolated.get(structure.atomicNumber(i));
            if (energy == null) {
                return window.withEnergies(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                        .complaint(label.energy(), label.forces());
            }
            atoms += energy;
        }
        return window.complaint(label.energy() - atoms, label.forces());
    }

    private static void requireSame(
            Path folder, EngineSettings settings, EngineIdentity identity, Answer answer, Structure structure) {
        if (answer.version() == null && answer.data().isEmpty()) {
            return;
        }
        Map<String, String> data = new TreeMap<>(identity.data());
        data.putAll(answer.data());
        EngineIdentity found =
                new EngineIdentity(answer.version() == null ? identity.version() : answer.version(), data);
        Level asked = identity.level(settings, structure);
        List<String> differences = asked.differences(found.level(settings, structure));
        if (!differences.isEmpty()) {
            throw new InputException(
                    folder + ": was computed at another level of theory than was asked for: "
                            + String.join("; ", differences) + "\n  asked: " + asked + "\n  found: "
                            + found.level(settings, structure)
                            + "\nThe program has changed since the campaign identified it: start the campaign again (-resume keeps what fits)");
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException(
                    file.getParent() + ": is not a batch that was prepared: batch.json is missing or cannot be read",
                    e);
        }
    }

    /**
     * Puts answers back together.
     *
     * @param prepared the folder that {@link #prepare} wrote
     * @param answers files with what {@link #parse} answered to its batches, in any order
     * @throws InputException if a structure has no answer, or two, or that of another one
     */
    public static Labels gather(Path prepared, List<Path> answers) {
        List<Structure> asked = ExtendedXyz.read(prepared.resolve(STRUCTURES));
        Structure[] found = new Structure[asked.size()];
        List<Path> files = new ArrayList<>(answers);
        files.add(0, prepared.resolve(KNOWN));
        for (Path file : files) {
            for (Structure answer : ExtendedXyz.read(file)) {
                Object request = answer.info().get(REQUEST);
                if (!(request instanceof Long number) || number < 0 || number >= found.length) {
                    throw new InputException(file + ": holds an answer to request " + request + ", and there were "
                            + found.length + " requests");
                }
                if (found[number.intValue()] != null) {
                    throw new InputException(file + ": answers request " + number + " a second time");
                }
                if (!ContentHash.of(answer).equals(ContentHash.of(asked.get(number.intValue())))) {
                    throw new InputException(file + ": answers request " + number
                            + " with another structure than was asked for; is it of this preparation?");
                }
                found[number.intValue()] = answer.withInfo(REQUEST, null);
            }
        }
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null) {
                throw new InputException(prepared + ": request " + i + " has no answer; give those of all batches,"
                        + " so that no structure is lost");
            }
        }
        return Labels.of(List.of(found));
    }
}
