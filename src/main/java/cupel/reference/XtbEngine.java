package cupel.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Labels from xtb, the extended tight-binding program, with the method GFN1 (S. Grimme, C. Bannwarth, P. Shushkov, J. Chem.
 * Theory Comput. 13, 1989 (2017)), for clusters of elements up to radon.
 *
 * <p>{@link #prepare} writes batches of input, {@code bin/xtb_batch.sh} runs xtb in them, {@link #parse} reads what came
 * out. A batch is a folder:
 *
 * <pre>
 *   batch_0000/batch.json        engine, level, which batch of how many, number of structures
 *   batch_0000/structures.xyz    the structures with their notes, extended XYZ
 *   batch_0000/0000/in.xyz       one structure, plain XYZ
 *   batch_0000/0000/xtb.args     arguments of xtb after the file name, one line
 *   batch_0000/0000/xtb.out      written by the run: what xtb printed, and
 *   batch_0000/0000/xtb.err      what it complained of
 *   batch_0000/0000/in.engrad    energy and gradient
 *   batch_0000/0000/status       exit_status=N and timeout_seconds=N, one a line; written last
 * </pre>
 *
 * <p>The number of unpaired electrons is 0 or 1, as the number of electrons that GFN1 treats is even or odd. That is the
 * parity of all electrons, except for cerium to lutetium: GFN1 gives every lanthanide three electrons.
 */
public final class XtbEngine {

    /** Name of the engine in labels. */
    public static final String ENGINE = "xtb";

    /**
     * What is believed of GFN1. 50 eV/angstrom is the force in a gold dimer at 1.94 angstrom, 0.55 angstrom shorter than
     * its bond; no solid is bound by more than 9 eV per atom, and +5 eV per atom is an explosion.
     */
    public static final SanityWindow WINDOW = new SanityWindow(-15, 5, 50);

    private static final int HEAVIEST = 86;
    private static final String BATCH_JSON = "batch.json";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private XtbEngine() {}

    /**
     * Writes the input of all structures, in batches. No structures give one batch that is empty, so that a pipeline has
     * something to go on with.
     *
     * @param batchSize structures per batch, 1 or more
     * @param outputDir made if need be; must hold no batches yet
     * @throws InputException for what GFN1 cannot compute: a periodic structure, an element beyond radon
     */
    public static void prepare(List<Structure> structures, int batchSize, Path outputDir, XtbSettings settings) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("illegal batch size: " + batchSize + ", must be 1 or more");
        }
        for (int i = 0; i < structures.size(); i++) {
            requireComputable(structures.get(i), i + 1);
        }
        try {
            Files.createDirectories(outputDir);
            try (Stream<Path> entries = Files.list(outputDir)) {
                if (entries.anyMatch(entry -> entry.getFileName().toString().startsWith("batch_"))) {
                    throw new InputException(
                            outputDir + ": holds batches already; name another folder, or remove them");
                }
            }
            int batches = Math.max(1, (structures.size() + batchSize - 1) / batchSize);
            for (int b = 0; b < batches; b++) {
                int end = Math.min(structures.size(), (b + 1) * batchSize);
                writeBatch(
                        structures.subList(Math.min(b * batchSize, end), end),
                        outputDir.resolve(String.format(Locale.ROOT, "batch_%04d", b)),
                        b,
                        batches,
                        settings);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireComputable(Structure structure, int number) {
        if (structure.size() == 0) {
            throw new InputException("structure " + number + " has no atoms");
        }
        if (structure.cell().isPeriodic()) {
            throw new InputException("structure " + number
                    + " is periodic, and xtb is run for clusters only (GFN1 is not reliable for crystals);"
                    + " use another engine");
        }
        for (int i = 0; i < structure.size(); i++) {
            int z = structure.atomicNumber(i);
            if (z > HEAVIEST) {
                throw new InputException("structure " + number + " holds " + Elements.symbol(z)
                        + ", and GFN1 has parameters up to Rn only; use another engine");
            }
        }
    }

    private static void writeBatch(
            List<Structure> structures, Path folder, int batch, int batches, XtbSettings settings) throws IOException {
        Files.createDirectories(folder);
        ExtendedXyz.write(folder.resolve("structures.xyz"), structures);
        for (int i = 0; i < structures.size(); i++) {
            Path place = folder.resolve(number(i));
            Files.createDirectories(place);
            AtomicFile.write(place.resolve("in.xyz"), plainXyz(structures.get(i)));
            AtomicFile.write(place.resolve("xtb.args"), arguments(structures.get(i), settings) + "\n");
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("engine", ENGINE);
        json.put("level", settings.level());
        json.put("batch", batch);
        json.put("batches", batches);
        json.put("structures", structures.size());
        AtomicFile.write(folder.resolve(BATCH_JSON), json.toPrettyString().replace("\r\n", "\n") + "\n");
    }

    private static String number(int index) {
        return String.format(Locale.ROOT, "%04d", index);
    }

    private static String plainXyz(Structure structure) {
        StringBuilder text = new StringBuilder();
        text.append(structure.size()).append("\n\n");
        for (int i = 0; i < structure.size(); i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-2s %.8f %.8f %.8f\n",
                    Elements.symbol(structure.atomicNumber(i)),
                    structure.position(i, 0),
                    structure.position(i, 1),
                    structure.position(i, 2)));
        }
        return text.toString();
    }

    private static String arguments(Structure structure, XtbSettings settings) {
        return "--gfn 1 --chrg " + settings.charge() + " --uhf " + unpairedElectrons(structure, settings.charge())
                + " --etemp " + settings.temperatureText() + " --iterations " + settings.iterations() + " --grad";
    }

    /** 0 or 1, as the number of electrons is even or odd. */
    static int unpairedElectrons(Structure structure, int charge) {
        int electrons = -charge;
        for (int i = 0; i < structure.size(); i++) {
            int z = structure.atomicNumber(i);
            electrons += z >= 57 && z <= 71 ? 3 : z;
        }
        return Math.floorMod(electrons, 2);
    }

    /**
     * Reads what xtb said of all structures of a prepared set of batches.
     *
     * <p>A label is accepted only if xtb ended well, and says that it converged, and the gradient is there, whole, and of
     * these atoms at these places, and the numbers are inside the window. Everything else is a failure with its reason.
     *
     * @param batches folders, in any order; the labels come in the order of the structures that were prepared
     * @param window energies are relative to isolated atoms in GFN1
     * @throws InputException if a batch is missing, is there twice, or was not made by {@link #prepare}
     */
    public static Labels parse(List<Path> batches, SanityWindow window) {
        List<Structure> labelled = new ArrayList<>();
        List<Structure> failed = new ArrayList<>();
        for (Batch batch : inOrder(batches)) {
            List<Structure> structures = ExtendedXyz.read(batch.folder.resolve("structures.xyz"));
            if (structures.size() != batch.structures) {
                throw new InputException(batch.folder.resolve("structures.xyz") + ": must hold " + batch.structures
                        + " structures, as batch.json says, holds " + structures.size());
            }
            for (int i = 0; i < structures.size(); i++) {
                Structure structure = LabelFailure.forget(structures.get(i)).withLabel(null);
                XtbOutput output = XtbOutput.read(batch.folder.resolve(number(i)), structure, window);
                Structure noted = Labels.noted(structure, ENGINE, output.version(), batch.level);
                if (output.failure() == null) {
                    labelled.add(noted.withLabel(output.label()));
                } else {
                    failed.add(output.failure().record(noted));
                }
            }
        }
        return new Labels(labelled, failed);
    }

    private record Batch(Path folder, String level, int batch, int batches, int structures) {}

    private static List<Batch> inOrder(List<Path> folders) {
        TreeMap<Integer, Batch> sorted = new TreeMap<>();
        for (Path folder : folders) {
            Batch batch = readBatch(folder);
            Batch twin = sorted.put(batch.batch, batch);
            if (twin != null) {
                throw new InputException("batch " + batch.batch + " is there twice: " + twin.folder + " and " + folder);
            }
        }
        Batch first = null;
        for (Batch batch : sorted.values()) {
            first = first == null ? batch : first;
            if (batch.batches != first.batches || !batch.level.equals(first.level)) {
                throw new InputException(first.folder + " and " + batch.folder
                        + " were not prepared together: one is of " + first.batches + " batches at " + first.level
                        + ", the other of " + batch.batches + " at " + batch.level);
            }
        }
        for (int b = 0; first != null && b < first.batches; b++) {
            if (!sorted.containsKey(b)) {
                throw new InputException("batch " + b + " of " + first.batches
                        + " is missing: give all that were prepared, so that no structure is lost");
            }
        }
        return new ArrayList<>(sorted.values());
    }

    private static Batch readBatch(Path folder) {
        Path file = folder.resolve(BATCH_JSON);
        try {
            JsonNode json = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            String engine = json.path("engine").asText();
            if (!engine.equals(ENGINE)) {
                throw new InputException(file + ": was prepared for the engine '" + engine + "', not for " + ENGINE);
            }
            for (String key : List.of("batch", "batches", "structures")) {
                if (!json.path(key).isInt()) {
                    throw new InputException(file + ": " + key + " must be a whole number, is " + json.path(key));
                }
            }
            return new Batch(
                    folder,
                    json.path("level").asText(),
                    json.path("batch").intValue(),
                    json.path("batches").intValue(),
                    json.path("structures").intValue());
        } catch (JsonProcessingException e) {
            throw new InputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InputException(
                    folder + ": is not a batch that was prepared: batch.json is missing or cannot be read", e);
        }
    }
}
