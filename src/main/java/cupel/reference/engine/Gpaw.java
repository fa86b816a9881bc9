package cupel.reference.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * GPAW with plane waves (J. J. Mortensen, L. B. Hansen, K. W. Jacobsen, Phys. Rev. B 71, 035109 (2005)): clusters in a box with
 * vacuum around them and crystals, in one setting.
 *
 * <p>Input is {@code input.json}, all of what {@code bin/label_gpaw.py} needs; output is {@code result.json}, which is written
 * last and only when the self-consistency has converged, and the log {@code gpaw.txt}.
 */
final class Gpaw implements Engine {

    private static final ObjectMapper JSON = JsonMapper.builder()
            // Python writes NaN and Infinity into JSON
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final Pattern CLOCK = Pattern.compile(
            "(?i)^(date|arch|pid|cwd|python|gpaw|_gpaw|ase|numpy|scipy|libxc|units|cores|omp\\w*|openmp|user):|timing|memory usage"
                    + "|^\\s*\\S.*\\d+\\.\\d{3}\\s+\\d+\\.\\d{3}\\s+\\d+\\.\\d% |^total:|^ *File \"|Traceback");

    private static final Pattern ERROR = Pattern.compile("^(\\w+(?:\\.\\w+)*(?:Error|Exception)\\b.*)");

    @Override
    public String name() {
        return "gpaw";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of(
                "functional",
                "cutoff",
                "vacuum",
                "kpoint_density",
                "smearing",
                "spin",
                "density_tolerance",
                "energy_tolerance");
    }

    @Override
    public void check(JsonNode settings) {
        SettingChecks.text(settings, "functional");
        if (!List.of("sum", "difference").contains(settings.get("mixer").asText())) {
            throw SettingChecks.wrong(
                    settings,
                    "mixer",
                    "must be sum (the spin density follows unmixed) or difference (it is mixed too)");
        }
        for (String key : List.of(
                "cutoff",
                "vacuum",
                "kpoint_density",
                "smearing",
                "density_tolerance",
                "energy_tolerance",
                "mixing",
                "mixing_weight")) {
            SettingChecks.positive(settings, key);
        }
        SettingChecks.atLeast(settings, "mixing_history", 1);
        SettingChecks.atLeast(settings, "davidson_iterations", 1);
        SettingChecks.atLeast(settings, "max_iterations", 1);
        SettingChecks.spin(settings);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        // PAW data for an element that GPAW does not have are missed when the program is identified.
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        ObjectNode input = JSON.createObjectNode();
        ArrayNode symbols = input.putArray("symbols");
        ArrayNode positions = input.putArray("positions");
        for (int i = 0; i < structure.size(); i++) {
            symbols.add(Elements.symbol(structure.atomicNumber(i)));
            ArrayNode position = positions.addArray();
            for (int axis = 0; axis < 3; axis++) {
                position.add(structure.position(i, axis));
            }
        }
        ArrayNode cell = input.putArray("cell");
        double[] vectors = structure.cell().vectors();
        for (int a = 0; a < 3; a++) {
            ArrayNode vector = cell.addArray();
            for (int axis = 0; axis < 3; axis++) {
                vector.add(vectors[3 * a + axis]);
            }
        }
        ArrayNode periodic = input.putArray("pbc");
        for (boolean direction : structure.cell().periodic()) {
            periodic.add(direction);
        }
        input.put(
                "unpaired_electrons",
                EngineLog.unpairedElectrons(structure, settings.get("spin"), EngineLog.protons(structure)));
        settings.properties().forEach(field -> {
            if (!field.getKey().equals("spin")) {
                input.set(field.getKey(), field.getValue());
            }
        });
        AtomicFile.write(folder.resolve("input.json"), input.toPrettyString().replace("\r\n", "\n") + "\n");
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        Path file = folder.resolve("result.json");
        List<String> log = EngineLog.lines(folder.resolve("gpaw.txt"));
        List<String> errors = EngineLog.lines(folder.resolve("engine.err"));
        String version = null;
        try {
            if (!Files.exists(file)) {
                throw noResult(exitStatus, errors, settings);
            }
            JsonNode result = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
            version =
                    result.path("version").isTextual() ? result.path("version").asText() : null;
            Map<String, String> data = new TreeMap<>();
            result.path("data")
                    .properties()
                    .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
            return new Answer(label(result, structure), null, version, data);
        } catch (Refused e) {
            return e.answer(EngineLog.tail(CLOCK, errors, log), version);
        } catch (JsonProcessingException e) {
            return Answer.failed(
                    LabelFailure.Kind.CRASHED,
                    "result.json is not JSON: " + EngineLog.printable(e.getOriginalMessage()),
                    EngineLog.tail(CLOCK, errors, log),
                    null);
        } catch (IOException e) {
            return Answer.failed(LabelFailure.Kind.CRASHED, "result.json cannot be read", null, null);
        }
    }

    private static Refused noResult(int exitStatus, List<String> errors, JsonNode settings) {
        if (exitStatus == 3) {
            return new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "density not self-consistent within "
                            + settings.get("max_iterations").asText() + " iterations");
        }
        String cause = EngineLog.firstGroup(ERROR, errors);
        return new Refused(
                LabelFailure.Kind.CRASHED,
                "GPAW wrote no result and ended with exit status " + exitStatus
                        + (cause == null ? "" : ": " + EngineLog.printable(cause)));
    }

    private static Label label(JsonNode result, Structure structure) throws Refused {
        if (!result.path("converged").asBoolean(false)) {
            throw new Refused(
                    LabelFailure.Kind.NOT_CONVERGED, "result.json does not say that the density has converged");
        }
        int n = structure.size();
        double[] positions = rows(result.path("positions"), n, 3, "positions");
        for (int k = 0; k < 3 * n; k++) {
            if (!EngineLog.samePlace(positions[k], structure.position(k / 3, k % 3))) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED, "result.json is of another structure: see atom " + (k / 3 + 1));
            }
        }
        double energy = EngineLog.number(result.path("energy").asText("nothing"), "energy");
        double[] forces = rows(result.path("forces"), n, 3, "forces");
        double[] stress = null;
        if (result.path("stress").isArray()) {
            stress = new double[6];
            if (result.path("stress").size() != 6) {
                throw new Refused(LabelFailure.Kind.CRASHED, "the stress must have 6 numbers");
            }
            for (int k = 0; k < 6; k++) {
                stress[k] = EngineLog.number(result.path("stress").get(k).asText(), "stress");
            }
        }
        if (stress == null && fullyPeriodic(structure)) {
            throw new Refused(LabelFailure.Kind.CRASHED, "the stress of a periodic structure is missing");
        }
        return new Label(energy, forces, stress);
    }

    private static boolean fullyPeriodic(Structure structure) {
        boolean[] periodic = structure.cell().periodic();
        return periodic[0] && periodic[1] && periodic[2];
    }

    private static double[] rows(JsonNode rows, int n, int columns, String what) throws Refused {
        if (!rows.isArray() || rows.size() != n) {
            throw new Refused(LabelFailure.Kind.CRASHED, what + " must be those of " + n + " atoms");
        }
        double[] values = new double[columns * n];
        for (int i = 0; i < n; i++) {
            if (!rows.get(i).isArray() || rows.get(i).size() != columns) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED, what + " of atom " + (i + 1) + " must be " + columns + " numbers");
            }
            for (int axis = 0; axis < columns; axis++) {
                values[columns * i + axis] =
                        EngineLog.number(rows.get(i).get(axis).asText(), what + " of atom " + (i + 1));
            }
        }
        return values;
    }
}
