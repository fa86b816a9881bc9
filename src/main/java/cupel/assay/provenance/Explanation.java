package cupel.assay.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.figure.Table;
import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The life of one structure in a campaign: who proposed it with which potential, what became of the proposal, what the reference said
 * of it, whether it joined the pool and why, which potentials learnt it, and which walks began from it.
 */
public final class Explanation {

    private static final List<String> ORIGIN = List.of(
            "campaign",
            "generation",
            "sampler",
            "walker",
            "parent",
            "kind",
            "temperature",
            "confinement",
            "cycle",
            "NN_energy");

    private final ResultsFolder results;
    private final String sid;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final List<String> lines = new ArrayList<>();

    private Explanation(ResultsFolder results, String sid) {
        this.results = results;
        this.sid = sid;
    }

    /**
     * Looks a structure up.
     *
     * @param folder results of a campaign
     * @param structure its id, or its number in pool.xyz, from 1
     * @throws InputException when no file of the campaign has it
     */
    public static Explanation of(Path folder, String structure) throws IOException {
        ResultsFolder results = new ResultsFolder(folder);
        String sid = structure;
        if (structure.matches("\\d+")) {
            List<Structure> pool = results.structures("pool.xyz");
            int number = Integer.parseInt(structure.substring(0, Math.min(9, structure.length())));
            if (number < 1 || number > pool.size()) {
                throw new InputException(results.path("pool.xyz") + ": has no structure " + structure
                        + ", must be 1 to " + pool.size() + ", or an id (sid)");
            }
            sid = ContentHash.of(pool.get(number - 1));
        }
        Explanation explanation = new Explanation(results, sid);
        explanation.look();
        return explanation;
    }

    /** For programs. */
    public ObjectNode toJson() {
        return json;
    }

    /** For people. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private void look() throws IOException {
        json.put("sid", sid);
        List<Integer> generations = results.generations();
        boolean found = false;
        for (int number : generations) {
            String folder = ResultsFolder.generation(number);
            for (String file : List.of("/screened.xyz", "/refused.xyz")) {
                Structure here = find(folder + file);
                if (here != null) {
                    found = true;
                    proposed(folder, number, here, file.equals("/refused.xyz"));
                    answered(folder, here);
                }
            }
        }
        Structure pooled = find("pool.xyz");
        if (!found && pooled == null) {
            throw new InputException(results.path("") + ": no candidate, label or structure of the pool is " + sid
                    + ", must be an id (sid) of this campaign or a number in pool.xyz");
        }
        if (!found) {
            String start = ResultsFolder.isIsolatedAtom(pooled)
                    ? "an isolated atom, which gives its element the zero of energy"
                    : "a seed structure, with which the campaign began";
            json.put("origin", ResultsFolder.isIsolatedAtom(pooled) ? "isolated atom" : "seed");
            say(sid + ": " + start);
            label(pooled, json.putObject("label"), "");
        }
        pooled(pooled);
        learnt(generations);
        int walks = 0;
        for (int number : generations) {
            for (String file : List.of("/screened.xyz", "/refused.xyz")) {
                for (Structure candidate : results.structures(ResultsFolder.generation(number) + file)) {
                    walks += sid.equals(String.valueOf(candidate.info().get("parent"))) ? 1 : 0;
                }
            }
        }
        json.put("candidates_that_began_here", walks);
        say("walks that began from it brought " + walks + (walks == 1 ? " candidate" : " candidates"));
        run();
    }

    private Structure find(String file) {
        for (Structure structure : results.structures(file)) {
            if (sid.equals(ResultsFolder.sid(structure)) || sid.equals(ContentHash.of(structure))) {
                return structure;
            }
        }
        return null;
    }

    private void proposed(String folder, int number, Structure here, boolean refused) throws IOException {
        Map<String, Object> notes = here.info();
        ObjectNode proposal = json.withArray("proposals").addObject();
        proposal.put("generation", number);
        ORIGIN.stream()
                .filter(notes::containsKey)
                .forEach(key -> proposal.put(key, notes.get(key).toString()));
        say(sid + ": " + here.size() + (here.size() == 1 ? " atom" : " atoms") + ", proposed in generation " + number
                + " by walker " + notes.get("walker") + " (" + notes.get("sampler") + ", " + notes.get("kind")
                + "), from " + notes.get("parent"));
        potential(folder + "/potential.json", proposal.putObject("potential"), "walked on ");
        if (notes.containsKey("NN_energy")) {
            say("  it predicted " + notes.get("NN_energy") + " eV");
        }
        proposal.put("refused", refused);
        if (refused) {
            ObjectNode why = proposal.putObject("refusal");
            notes.forEach((key, value) -> {
                if (!ORIGIN.contains(key) && !key.equals("sid") && !key.equals("pbc")) {
                    why.put(key, value.toString());
                }
            });
            say("  refused before it was labelled: " + shown(why));
        } else {
            say("  passed the screen (" + folder + "/screened.xyz) and was sent to the reference");
        }
    }

    private void answered(String folder, Structure asked) throws IOException {
        Structure labelled = find("labels/" + folder + "_labelled.xyz");
        Structure failed = find("labels/" + folder + "_failed.xyz");
        if (labelled != null) {
            ObjectNode label = json.putObject("label");
            label(labelled, label, folder);
            Object predicted = asked.info().get("NN_energy");
            if (predicted instanceof Number energy && labelled.label() != null) {
                double error = 1000 * (energy.doubleValue() - labelled.label().energy()) / asked.size();
                label.put("error_mev_per_atom", error);
                say(String.format(java.util.Locale.ROOT, "  the potential was off by %.3f meV/atom", error));
            }
        } else if (failed != null) {
            ObjectNode failure = json.putObject("failure");
            for (String key : List.of("engine", "engine_version", "level", "failure", "reason", "rungs_tried", "log")) {
                if (failed.info().containsKey(key)) {
                    failure.put(key, failed.info().get(key).toString());
                }
            }
            failure.put("file", "labels/" + folder + "_failed.xyz");
            say("  the calculation failed: " + shown(failure));
        }
        if (labelled != null || failed != null) {
            cost(folder);
        }
    }

    private void label(Structure labelled, ObjectNode label, String folder) throws IOException {
        if (labelled.label() != null) {
            label.put("energy_ev", labelled.label().energy());
        }
        for (String key : List.of("engine", "engine_version", "level", "rung", "rungs_tried", "work", "source")) {
            if (labelled.info().containsKey(key)) {
                label.put(key, labelled.info().get(key).toString());
            }
        }
        String file = folder.isEmpty() ? "pool.xyz" : "labels/" + folder + "_labelled.xyz";
        label.put("file", file);
        label.put("sha256", results.sha256(file));
        say("  label: " + shown(label));
    }

    /** Seconds of the calculation: rows of the costs are in the order of what was asked. */
    private void cost(String folder) throws IOException {
        String name = "labels/" + folder + "_costs.csv";
        if (!results.has(name)) {
            return;
        }
        List<Table.Row> rows = Table.read(results.path(name), List.of("atoms", "seconds", "outcome"))
                .rows();
        List<Structure> asked = results.structures(folder + "/screened.xyz");
        if (rows.size() != asked.size()) {
            say("  seconds: not noted for each structure");
            return;
        }
        for (int k = 0; k < asked.size(); k++) {
            if (rows.get(k).count("atoms") != asked.get(k).size()) {
                say("  seconds: not noted in the order of the structures");
                return;
            }
        }
        for (int k = 0; k < asked.size(); k++) {
            if (sid.equals(ResultsFolder.sid(asked.get(k)))) {
                ObjectNode cost = json.putObject("cost");
                cost.put("seconds", rows.get(k).text("seconds"));
                cost.put("outcome", rows.get(k).text("outcome"));
                say("  cost: " + shown(cost));
            }
        }
    }

    private void pooled(Structure pooled) throws IOException {
        json.put("in_pool", pooled != null);
        ObjectNode parameters = results.json("run/params.json");
        String tolerance = parameters == null || parameters.path("tolerance").isMissingNode()
                ? ""
                : " (tolerance " + parameters.get("tolerance").asText() + " meV per "
                        + parameters.path("tolerance_per").asText("atom") + ")";
        if (pooled == null) {
            if (json.has("label")) {
                json.put("why", "the potential had it right");
                say("not in the pool: the potential had it right already" + tolerance);
            } else {
                json.put("why", json.has("failure") ? "the calculation failed" : "it was refused");
                say("not in the pool: it has no label");
            }
            return;
        }
        Object joined = pooled.info().get("joined_for");
        if (joined == null) {
            json.put("why", "it was there from the beginning");
            say("in the pool from the beginning");
            return;
        }
        json.put("why", "the potential got it wrong: " + joined);
        ObjectNode errors = json.putObject("joined");
        for (String key : List.of("joined_for", "NN_energy_error", "NN_force_error")) {
            if (pooled.info().containsKey(key)) {
                errors.put(key, pooled.info().get(key).toString());
            }
        }
        say("in the pool, because the potential got it wrong" + tolerance + ": " + shown(errors)
                + " (eV/atom, eV/angstrom)");
    }

    private void learnt(List<Integer> generations) throws IOException {
        ObjectNode parameters = results.json("run/params.json");
        boolean everything = parameters != null
                && parameters.path("generation_structures").asText().equals("labels");
        boolean labelled = false;
        for (int number : generations) {
            if (number > 1) {
                labelled |= find("labels/" + ResultsFolder.generation(number - 1) + "_labelled.xyz") != null;
            }
            if (number > 1 && find(ResultsFolder.generation(number - 1) + "/pool.xyz") != null
                    || number == 1 && "seed".equals(json.path("origin").asText())
                    || everything && labelled) {
                potential(
                        ResultsFolder.generation(number) + "/potential.json",
                        json.withArray("trained").addObject(),
                        "learnt by ");
            }
        }
        boolean labels = parameters != null
                && parameters.path("final_structures").asText().equals("labels");
        if (json.get("in_pool").asBoolean()
                        && !"isolated atom".equals(json.path("origin").asText())
                || labels && json.has("label")) {
            potential("potential.json", json.withArray("trained").addObject(), "learnt by the final ");
        }
        if (!json.has("trained")) {
            say("no potential learnt it");
        }
    }

    private void potential(String name, ObjectNode target, String words) throws IOException {
        ObjectNode potential = results.json(name);
        if (potential == null) {
            say("  " + words + name + ", which is not kept");
            return;
        }
        target.put("file", name);
        target.put("sha256", results.sha256(name));
        for (String key : List.of("seed", "structures", "level", "trained_on")) {
            JsonNode value = potential.path("provenance").get(key);
            if (value != null) {
                target.set(key, value);
            }
        }
        say("  " + words + name + ", sha256 " + target.get("sha256").asText() + ", trained on "
                + target.path("structures").asText("?") + " structures, seed "
                + target.path("seed").asText("?"));
    }

    private void run() throws IOException {
        ObjectNode run = json.putObject("run");
        ObjectNode crate = results.json(ResultsFolder.METADATA);
        if (crate != null) {
            for (JsonNode entity : crate.path("@graph")) {
                if ("#run".equals(entity.path("@id").asText())) {
                    run.put("command", entity.path("description").asText());
                }
            }
        }
        if (results.has("run/versions.tsv")) {
            run.put(
                    "versions",
                    String.join("; ", Files.readAllLines(results.path("run/versions.tsv")))
                            .replace('\t', ' '));
        }
        if (!run.isEmpty()) {
            say("run: " + shown(run));
        }
    }

    private static String shown(ObjectNode node) {
        List<String> pairs = new ArrayList<>();
        node.properties()
                .forEach(field ->
                        pairs.add(field.getKey() + " " + field.getValue().asText()));
        return String.join(", ", pairs);
    }

    private void say(String line) {
        lines.add(line);
    }
}
