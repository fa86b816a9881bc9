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
import java.util.Map;
import java.util.TreeMap;

/**
 * The two files between Cupel and a Python script that computes: {@code input.json} with symbols, positions, cell and pbc, and
 * {@code result.json} with version, data, converged, positions, energy (eV), forces (eV/angstrom) and, perhaps, stress
 * (eV/angstrom³, xx yy zz yz xz xy, tension positive).
 */
final class ResultJson {

    /** Name of the file with the answer. */
    static final String RESULT = "result.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            // Python writes NaN and Infinity into JSON
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private ResultJson() {}

    /** The atoms, as a script wants them. */
    static ObjectNode input(Structure structure) {
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
        return input;
    }

    static void writeInput(ObjectNode input, Path folder) {
        AtomicFile.write(folder.resolve("input.json"), input.toPrettyString().replace("\r\n", "\n") + "\n");
    }

    /** The answer of a script, or null if there is none. */
    static JsonNode read(Path folder) throws Refused {
        Path file = folder.resolve(RESULT);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new Refused(
                    LabelFailure.Kind.CRASHED,
                    "result.json is not JSON: " + EngineLog.printable(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new Refused(LabelFailure.Kind.CRASHED, "result.json cannot be read");
        }
    }

    static String version(JsonNode result) {
        return result != null && result.path("version").isTextual()
                ? result.path("version").asText()
                : null;
    }

    static Map<String, String> data(JsonNode result) {
        Map<String, String> data = new TreeMap<>();
        if (result != null) {
            result.path("data")
                    .properties()
                    .forEach(field -> data.put(field.getKey(), field.getValue().asText()));
        }
        return data;
    }

    /** The label, if the script says that it converged and it is of these atoms at these places. */
    static Label label(JsonNode result, Structure structure) throws Refused {
        if (!result.path("converged").isBoolean() || !result.path("converged").booleanValue()) {
            throw new Refused(LabelFailure.Kind.NOT_CONVERGED, "result.json does not say that it converged");
        }
        int n = structure.size();
        double[] positions = rows(result.path("positions"), n, "positions");
        for (int k = 0; k < 3 * n; k++) {
            if (!EngineLog.samePlace(positions[k], structure.position(k / 3, k % 3))) {
                throw new Refused(
                        LabelFailure.Kind.CRASHED, "result.json is of another structure: see atom " + (k / 3 + 1));
            }
        }
        JsonNode symbols = result.path("symbols");
        for (int i = 0; i < n && symbols.isArray(); i++) {
            if (symbols.size() != n || !symbols.get(i).asText().equals(Elements.symbol(structure.atomicNumber(i)))) {
                throw new Refused(LabelFailure.Kind.CRASHED, "result.json is of other elements: see atom " + (i + 1));
            }
        }
        double energy = EngineLog.number(result.path("energy").asText("nothing"), "energy");
        double[] forces = rows(result.path("forces"), n, "forces");
        double[] stress = null;
        if (result.path("stress").isArray()) {
            if (result.path("stress").size() != 6) {
                throw new Refused(LabelFailure.Kind.CRASHED, "the stress must have 6 numbers");
            }
            stress = new double[6];
            for (int k = 0; k < 6; k++) {
                stress[k] = EngineLog.number(result.path("stress").get(k).asText(), "stress");
            }
        }
        return new Label(energy, forces, stress);
    }

    private static double[] rows(JsonNode rows, int n, String what) throws Refused {
        if (!rows.isArray() || rows.size() != n) {
            throw new Refused(LabelFailure.Kind.CRASHED, what + " must be those of " + n + " atoms");
        }
        double[] values = new double[3 * n];
        for (int i = 0; i < n; i++) {
            if (!rows.get(i).isArray() || rows.get(i).size() != 3) {
                throw new Refused(LabelFailure.Kind.CRASHED, what + " of atom " + (i + 1) + " must be 3 numbers");
            }
            for (int axis = 0; axis < 3; axis++) {
                values[3 * i + axis] = EngineLog.number(rows.get(i).get(axis).asText(), what + " of atom " + (i + 1));
            }
        }
        return values;
    }
}
