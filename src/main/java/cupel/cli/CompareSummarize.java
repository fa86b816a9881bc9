package cupel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.CampaignState;
import cupel.assay.Generation;
import cupel.assay.report.Course;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code compare summarize}: the course of a campaign as a table, and why it ended. */
final class CompareSummarize {

    static final Tool TOOL = Tool.named("summarize")
            .purpose("Writes the course of a campaign, one row a generation, and why it ended. Test errors are those of"
                    + " compare: matched by the generation noted in them, or, when none has one, in the order given,"
                    + " one for each generation.")
            .required("campaign-state", "FILE", "state after the last generation, JSON")
            .optionalSeveral("tests", "FILE", "outputs of compare on the test set, JSON")
            .required(
                    "output-generations",
                    "FILE",
                    "table with the columns " + String.join(", ", Course.COLUMNS)
                            + "; energies in meV/atom, forces in meV/angstrom, CSV")
            .required("output-stop", "FILE", "reason and numbers of the end, and the last test errors, JSON")
            .action(CompareSummarize::summarize);

    private CompareSummarize() {}

    private static void summarize(Arguments arguments) throws IOException {
        Path stateFile = arguments.path("campaign-state");
        CampaignState state = CampaignState.fromJson(Outputs.readJson(stateFile), stateFile.toString());
        if (state.decision() == null) {
            throw new InputException(stateFile + ": has no decision, must be written by compare select");
        }
        Map<Integer, ObjectNode> tests = tests(arguments.paths("tests"), state.generations());
        List<List<Object>> rows = Course.rows(state, tests);
        Outputs.csv(arguments.path("output-generations"), Course.COLUMNS, rows);
        Outputs.json(arguments.path("output-stop"), stop(state, tests));
        arguments
                .out()
                .println(state.campaign() + ": " + rows.size() + (rows.size() == 1 ? " generation. " : " generations. ")
                        + state.decision().reason());
    }

    private static ObjectNode stop(CampaignState state, Map<Integer, ObjectNode> tests) {
        ObjectNode stop = JsonNodeFactory.instance.objectNode();
        stop.put("campaign", state.campaign());
        stop.setAll((ObjectNode) state.toJson().get("decision"));
        ObjectNode last = tests.get(state.generation());
        if (last == null) {
            stop.putNull("test");
        } else {
            ObjectNode test = stop.putObject("test");
            test.put("generation", state.generation());
            test.set("structures", last.get("structures"));
            test.set("energy", last.get("energy"));
            test.set("force", last.get("force"));
        }
        return stop;
    }

    /** Outputs of {@code compare} on the test set by the generation that they are of. */
    static Map<Integer, ObjectNode> tests(List<Path> files, List<Generation> generations) throws IOException {
        Map<Integer, ObjectNode> tests = new TreeMap<>();
        int noted = 0;
        for (int k = 0; k < files.size(); k++) {
            Path file = files.get(k);
            ObjectNode test = Outputs.readJson(file);
            if (!test.path("energy").has("mae_mev_per_atom")
                    || !test.path("force").has("mae_mev_per_angstrom")) {
                throw new InputException(file + ": holds no energy and force errors, must be written by compare");
            }
            noted += test.has("generation") ? 1 : 0;
            if (noted != 0 && noted != k + 1) {
                throw new InputException(
                        file + ": generations must be noted in all tests or in none (compare --generation)");
            }
            int generation = noted > 0
                    ? test.get("generation").asInt(-1)
                    : k < generations.size() ? generations.get(k).generation() : -1;
            if (generations.stream().noneMatch(row -> row.generation() == generation)) {
                throw new InputException(
                        file + ": belongs to no generation of the campaign, which has " + generations.size());
            }
            if (tests.put(generation, test) != null) {
                throw new InputException(file + ": is a second test of generation " + generation);
            }
        }
        if (noted == 0 && !files.isEmpty() && files.size() != generations.size()) {
            throw new InputException(files.size() + " tests without a noted generation do not fit " + generations.size()
                    + " generations: one for each, or compare --generation");
        }
        return tests;
    }
}
