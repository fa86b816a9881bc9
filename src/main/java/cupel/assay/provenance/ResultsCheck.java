package cupel.assay.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.LevelOfTheory;
import cupel.assay.figure.Table;
import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a results folder still is what its crate says, and whether its files agree with each other. */
public final class ResultsCheck {

    private final ResultsFolder results;
    private final List<String> problems = new ArrayList<>();
    private int files;

    private ResultsCheck(ResultsFolder results) {
        this.results = results;
    }

    /** Checks; nothing is written. */
    public static ResultsCheck of(Path folder) throws IOException {
        ResultsCheck check = new ResultsCheck(new ResultsFolder(folder));
        check.crate();
        check.attempt(check::pool);
        check.attempt(check::course);
        return check;
    }

    /** What is wrong, each with file, line where there is one, expected and found; empty when all is well. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Number of files that the crate names. */
    public int files() {
        return files;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** A file that cannot be read is a finding too, and no reason not to look at the others. */
    private void attempt(Step step) throws IOException {
        try {
            step.run();
        } catch (InputException e) {
            problems.add(e.getMessage());
        }
    }

    private void crate() throws IOException {
        ObjectNode crate;
        try {
            crate = results.json(ResultsFolder.METADATA);
        } catch (InputException e) {
            problems.add(e.getMessage());
            return;
        }
        if (crate == null) {
            problems.add(results.path(ResultsFolder.METADATA)
                    + ": missing; it is written when a run has ended, or by compare crate");
            return;
        }
        Set<String> named = new TreeSet<>();
        for (JsonNode entity : crate.path("@graph")) {
            JsonNode type = entity.path("@type");
            boolean file = "File".equals(type.asText());
            for (JsonNode one : type) {
                file |= "File".equals(one.asText());
            }
            if (file) {
                String name = entity.path("@id").asText();
                named.add(name);
                compare(name, entity);
            }
        }
        files = named.size();
        for (String file : results.files()) {
            if (!named.contains(file)) {
                problems.add(results.path(file) + ": expected: no such file in the crate; found: a file");
            }
        }
    }

    private void compare(String name, JsonNode entity) throws IOException {
        if (!results.has(name)) {
            problems.add(results.path(name) + ": expected: a file, named in the crate; found: none");
            return;
        }
        if (!entity.has("sha256")) {
            if (!RunCrate.NOT_SUMMED.contains(name)) {
                problems.add(results.path(name) + ": expected: a sha256 in the crate; found: none");
            }
            return;
        }
        String size = Long.toString(Files.size(results.path(name)));
        if (!size.equals(entity.path("contentSize").asText())) {
            different(name, entity.path("contentSize").asText() + " bytes", size + " bytes");
            return;
        }
        String sum = results.sha256(name);
        if (!sum.equals(entity.get("sha256").asText())) {
            different(name, "sha256 " + entity.get("sha256").asText(), "sha256 " + sum);
        }
    }

    private void pool() throws IOException {
        if (!results.has("pool.xyz")) {
            problems.add(results.path("pool.xyz") + ": expected: the final pool; found: no file");
            return;
        }
        List<Structure> pool = results.structures("pool.xyz");
        Set<String> seen = new HashSet<>();
        int line = 1;
        for (Structure structure : pool) {
            String place = "pool.xyz:" + (line + 1);
            Object noted = structure.info().get("sid");
            String hash = ContentHash.of(structure);
            if (structure.label() == null) {
                different(place, "a label, REF_energy", "none");
            }
            if (noted != null && !noted.toString().equals(hash)) {
                different(place, "the structure sid=" + noted, hash);
            }
            if (!seen.add(hash)) {
                different(place, "each structure once", hash + " again");
            }
            line += structure.size() + 2;
        }
        LevelOfTheory.of(pool, results.path("pool.xyz").toString());
    }

    private void course() throws IOException {
        if (!results.has("generations.csv")) {
            problems.add(results.path("generations.csv") + ": expected: a row for each generation; found: no file");
            return;
        }
        List<Table.Row> rows = Table.read(
                        results.path("generations.csv"),
                        List.of("generation", "pool_size", "labelled", "failed", "added"))
                .rows();
        List<Integer> folders = results.generations();
        int expected = -1;
        for (int k = 0; k < rows.size(); k++) {
            Table.Row row = rows.get(k);
            String place = "generations.csv:" + (k + 2);
            int number = row.count("generation");
            int size = row.count("pool_size");
            if (number != k + 1) {
                different(place, "generation " + (k + 1), number);
            }
            if (expected >= 0 && size != expected) {
                different(place, "pool_size " + expected + ", that of the row before with what it added", size);
            }
            expected = size + row.count("added");
            String folder = ResultsFolder.generation(number);
            if (!folders.contains(number)) {
                different(place, folder, "no such folder");
                continue;
            }
            boolean everything = number > 1 && learns("generation_structures").equals("labels");
            trainedOn(
                    folder + "/potential.json",
                    Set.of(
                            everything
                                    ? sids(poolAndLabels(
                                                    ResultsFolder.generation(number - 1) + "/pool.xyz", number - 1))
                                            .size()
                                    : size),
                    place);
            counted(folder + "/pool.xyz", expected, place);
            String labels = "labels/" + folder;
            counted(labels + "_labelled.xyz", row.count("labelled"), place);
            counted(labels + "_failed.xyz", row.count("failed"), place);
        }
        for (int folder : folders) {
            if (folder > rows.size()) {
                different(
                        ResultsFolder.generation(folder),
                        "no more than the " + rows.size() + " generations of generations.csv",
                        "a folder");
            }
        }
        if (expected >= 0) {
            counted("pool.xyz", expected, "generations.csv:" + (rows.size() + 1));
            Set<String> learned = sids(List.of("pool.xyz"));
            Set<Integer> allowed = new TreeSet<>(Set.of(learned.size()));
            // --final_structures labels: what did not join the pool is learnt at the end too
            List<String> all = poolAndLabels("pool.xyz", rows.size());
            String structures = learns("final_structures");
            if (structures.equals("labels")) {
                allowed.clear();
            }
            if (!structures.equals("pool")) {
                allowed.add(sids(all).size());
            }
            trainedOn("potential.json", allowed, "pool.xyz and labels");
        }
    }

    /** What the run was told that potentials learn: pool, labels, or empty for a run that was not told. */
    private String learns(String parameter) throws IOException {
        ObjectNode parameters = results.json("run/params.json");
        return parameters == null ? "" : parameters.path(parameter).asText();
    }

    private static List<String> poolAndLabels(String pool, int generations) {
        List<String> names = new ArrayList<>(List.of(pool));
        for (int k = 1; k <= generations; k++) {
            names.add("labels/" + ResultsFolder.generation(k) + "_labelled.xyz");
        }
        return names;
    }

    private Set<String> sids(List<String> names) {
        Set<String> sids = new HashSet<>();
        for (String name : names) {
            for (Structure structure : results.structures(name)) {
                if (!ResultsFolder.isIsolatedAtom(structure)) {
                    sids.add(ContentHash.of(structure));
                }
            }
        }
        return sids;
    }

    private void counted(String name, int expected, String source) throws IOException {
        if (!results.has(name)) {
            different(name, "a file, as of " + source, "none");
            return;
        }
        attempt(() -> {
            long found = results.structures(name).stream()
                    .filter(structure -> !ResultsFolder.isIsolatedAtom(structure))
                    .count();
            if (found != expected) {
                different(name, expected + " structures, as of " + source, found);
            }
        });
    }

    private void trainedOn(String name, Set<Integer> expected, String source) throws IOException {
        attempt(() -> {
            ObjectNode potential = results.json(name);
            if (potential == null) {
                different(name, "a potential", "no file");
                return;
            }
            JsonNode structures = potential.path("provenance").path("structures");
            if (!expected.contains(structures.asInt(-1))) {
                different(
                        name,
                        "trained on " + expected + " structures, as of " + source,
                        structures.isMissingNode() ? "not noted" : structures);
            }
        });
    }

    private void different(String place, Object expected, Object found) {
        problems.add(results.path(place) + ": expected: " + expected + "; found: " + found);
    }
}
