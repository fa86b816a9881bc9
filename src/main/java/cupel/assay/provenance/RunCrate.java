package cupel.assay.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results of a campaign as a Workflow Run RO-Crate: RO-Crate 1.1 (https://w3id.org/ro/crate/1.1), Workflow RO-Crate 1.0, Process
 * and Workflow Run Crate 0.5 (https://w3id.org/ro/wfrun/workflow/0.5).
 *
 * <p>Everything but the date follows from the files of the folder. Times of the run are Nextflow's trace's alone. What the run was given
 * is looked for in the folder {@code run}: {@code main.nf}, {@code params.json}, {@code versions.tsv}.
 */
public final class RunCrate {

    private static final String MAIN = "run/main.nf";
    private static final String PROCESS = "https://w3id.org/ro/wfrun/process/0.5";
    private static final String WORKFLOW = "https://w3id.org/ro/wfrun/workflow/0.5";
    private static final String WORKFLOW_CRATE = "https://w3id.org/workflowhub/workflow-ro-crate/1.0";
    private static final String FORMAL_PARAMETER = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE";

    /** Written for people, with processor times of the run: never the same bytes twice. */
    static final Set<String> NOT_SUMMED = Set.of("report.html");

    private static final Map<String, String> DESCRIPTIONS = descriptions();

    private final ResultsFolder results;
    private final String command;
    private final String license;
    private final ArrayNode graph = JsonNodeFactory.instance.arrayNode();

    /**
     * @param folder of the results
     * @param command that repeats the run
     * @param license address of the licence of the results, or null when none is stated
     */
    public RunCrate(Path folder, String command, String license) {
        results = new ResultsFolder(folder);
        this.command = command;
        this.license = license;
    }

    /**
     * The metadata.
     *
     * @param date ISO 8601; that of the crate that lies there already is kept when nothing else has changed
     * @throws InputException when {@code run/main.nf}, the workflow, is missing
     */
    public ObjectNode toJson(String date) throws IOException {
        if (!results.has(MAIN)) {
            throw new InputException(results.path(MAIN) + ": missing, must be the workflow that was run");
        }
        ObjectNode before = results.json(ResultsFolder.METADATA);
        String old = before == null ? null : publication(before);
        ObjectNode kept = old == null ? null : build(old);
        return kept != null && kept.equals(before) ? kept : build(date);
    }

    private static String publication(ObjectNode crate) {
        for (JsonNode entity : crate.path("@graph")) {
            if ("./".equals(entity.path("@id").asText())
                    && entity.path("datePublished").isTextual()) {
                return entity.get("datePublished").textValue();
            }
        }
        return null;
    }

    private ObjectNode build(String date) throws IOException {
        graph.removeAll();
        List<String> files = results.files();
        ObjectNode descriptor = entity(ResultsFolder.METADATA, "CreativeWork");
        references(descriptor, "conformsTo", List.of("https://w3id.org/ro/crate/1.1", WORKFLOW_CRATE));
        reference(descriptor, "about", "./");
        ObjectNode root = entity("./", "Dataset");
        root.put("name", "Cupel " + results.name());
        root.put(
                "description",
                "Active learning of a neural-network potential: the potential, the structures it was trained on, and how they were found.");
        root.put("datePublished", date);
        reference(root, "license", license == null ? "#rights" : license);
        references(root, "conformsTo", List.of(PROCESS, WORKFLOW, WORKFLOW_CRATE));
        reference(root, "mainEntity", MAIN);
        reference(root, "mentions", "#run");
        references(root, "hasPart", files);
        profile(PROCESS, "Process Run Crate", "0.5");
        profile(WORKFLOW, "Workflow Run Crate", "0.5");
        profile(WORKFLOW_CRATE, "Workflow RO-Crate", "1.0");
        ObjectNode rights = entity(license == null ? "#rights" : license, "CreativeWork");
        rights.put("name", license == null ? "No licence is stated" : license);
        rights.put(
                "description",
                license == null ? "Whoever ran the campaign says who may use its results." : "Licence of the results.");

        ObjectNode nextflow = entity("#nextflow", "ComputerLanguage");
        nextflow.put("name", "Nextflow");
        reference(nextflow, "identifier", "https://www.nextflow.io/");
        reference(nextflow, "url", "https://www.nextflow.io/");
        List<String> programs = programs(nextflow);
        List<String> parameters = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        parameters(parameters, inputs);
        List<String> outputs = new ArrayList<>();
        for (String file : files) {
            (file.startsWith("run/") ? inputs : outputs).add(file);
            if (!file.equals(MAIN)) {
                file(file, entity(file, "File"));
            }
        }
        inputs.remove(MAIN);
        ObjectNode workflow = entity(MAIN, "File", "SoftwareSourceCode", "ComputationalWorkflow");
        file(MAIN, workflow);
        workflow.put("name", "Cupel");
        reference(workflow, "programmingLanguage", "#nextflow");
        references(workflow, "softwareRequirements", programs);
        references(workflow, "input", parameters);
        ObjectNode action = entity("#run", "CreateAction");
        action.put("name", "Run of " + results.name());
        action.put("description", command);
        reference(action, "instrument", MAIN);
        references(action, "object", inputs);
        references(action, "result", outputs);
        reference(action, "actionStatus", "http://schema.org/CompletedActionStatus");

        ObjectNode crate = JsonNodeFactory.instance.objectNode();
        crate.putArray("@context")
                .add("https://w3id.org/ro/crate/1.1/context")
                .add("https://w3id.org/ro/terms/workflow-run/context");
        crate.set("@graph", graph.deepCopy());
        return crate;
    }

    private void file(String name, ObjectNode entity) throws IOException {
        String[] parts = name.split("/");
        String last = parts[parts.length - 1];
        entity.put("name", name);
        if (DESCRIPTIONS.containsKey(last)) {
            entity.put("description", DESCRIPTIONS.get(last));
        }
        entity.put("encodingFormat", format(last));
        if (!NOT_SUMMED.contains(name)) {
            // numbers of bytes are text in schema.org
            entity.put("contentSize", Long.toString(Files.size(results.path(name))));
            entity.put("sha256", results.sha256(name));
        }
    }

    /** Programs and their versions; Nextflow's goes to the language. */
    private List<String> programs(ObjectNode nextflow) throws IOException {
        List<String> ids = new ArrayList<>();
        if (!results.has("run/versions.tsv")) {
            return ids;
        }
        Map<String, List<String>> versions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(results.path("run/versions.tsv"))) {
            String[] parts = line.split("\t", 3);
            if (parts.length == 2) {
                versions.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(parts[1]);
            } else if (parts.length == 3) {
                versions.computeIfAbsent(parts[1], key -> new ArrayList<>()).add(parts[2]);
            }
        }
        versions.forEach((name, lines) -> {
            if (name.equals("nextflow")) {
                nextflow.put("version", lines.get(0));
            }
            String id = "#program-" + name;
            ObjectNode program = entity(id, "SoftwareApplication");
            program.put("name", name);
            program.put("softwareVersion", String.join("; ", lines));
            ids.add(id);
        });
        return ids;
    }

    private void parameters(List<String> formal, List<String> values) throws IOException {
        ObjectNode parameters = results.json("run/params.json");
        if (parameters == null) {
            return;
        }
        parameters.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                return;
            }
            JsonNode value = field.getValue();
            String name = field.getKey();
            ObjectNode declared = entity("#parameter-" + name, "FormalParameter");
            declared.put("name", name);
            declared.put(
                    "additionalType",
                    value.isBoolean()
                            ? "Boolean"
                            : value.isIntegralNumber() ? "Integer" : value.isNumber() ? "Float" : "Text");
            reference(declared, "conformsTo", FORMAL_PARAMETER);
            ObjectNode given = entity("#value-" + name, "PropertyValue");
            given.put("name", name);
            if (value.isValueNode()) {
                given.set("value", value);
            } else {
                given.put("value", value.toString());
            }
            reference(given, "exampleOfWork", "#parameter-" + name);
            formal.add("#parameter-" + name);
            values.add("#value-" + name);
        });
    }

    private void profile(String id, String name, String version) {
        ObjectNode profile = entity(id, "CreativeWork");
        profile.put("name", name);
        profile.put("version", version);
    }

    private ObjectNode entity(String id, String... types) {
        ObjectNode entity = graph.addObject();
        entity.put("@id", id);
        if (types.length == 1) {
            entity.put("@type", types[0]);
        } else {
            ArrayNode list = entity.putArray("@type");
            for (String type : types) {
                list.add(type);
            }
        }
        return entity;
    }

    private static void reference(ObjectNode entity, String key, String id) {
        entity.putObject(key).put("@id", id);
    }

    private static void references(ObjectNode entity, String key, List<String> ids) {
        ArrayNode list = entity.putArray(key);
        ids.forEach(id -> list.addObject().put("@id", id));
    }

    private static String format(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1);
        return switch (end) {
            case "json" -> "application/json";
            case "csv" -> "text/csv";
            case "tsv" -> "text/tab-separated-values";
            case "html" -> "text/html";
            case "xyz" -> "chemical/x-xyz";
            case "nf", "txt" -> "text/plain";
            default -> "application/octet-stream";
        };
    }

    private static Map<String, String> descriptions() {
        return Map.of(
                "potential.json", "Neural-network potential.",
                "pool.xyz", "Structures with labels that potentials are trained on.",
                "generations.csv", "The course of the campaign, one row a generation.",
                "stop.json", "Why the campaign stopped.",
                "learning_curve.csv", "Errors by epoch of the training.",
                "features.npy", "Symmetry functions of all atoms of the pool.",
                "screened.xyz", "Candidates that were labelled.",
                "refused.xyz", "Candidates that were not labelled, with the reason.",
                "report.html", "The campaign on a page; it has processor times in it, and so no checksum.",
                "params.json", "All parameters of the run.");
    }
}
