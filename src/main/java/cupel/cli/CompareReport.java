package cupel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.CampaignState;
import cupel.assay.Comparison;
import cupel.assay.figure.CampaignCost;
import cupel.assay.figure.Table;
import cupel.assay.report.CampaignReport;
import cupel.potential.Potential;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code compare report}: a campaign on a page. */
final class CompareReport {

    static final Tool TOOL = Tool.named("report")
            .purpose(
                    "Writes a campaign, running or ended, as one HTML file that needs no network: why it stopped, how it learnt,"
                            + " what each generation brought, errors on the pool and on a test set, the structures in space, what failed,"
                            + " what it cost, and the versions behind it. Rows are those of summarize.")
            .required("campaign-state", "FILE", "state after the last generation, JSON")
            .required("potential", "FILE", "trained potential that is judged, JSON")
            .required("pool", "FILE", "the pool with its labels, extended XYZ")
            .optional("test-set", "FILE", "labelled structures for evaluation only, extended XYZ")
            .optionalSeveral("tests", "FILE", "outputs of compare on the test set, JSON, as for summarize")
            .optionalSeveral("labelled", "FILE", "labels that were paid for, extended XYZ")
            .optionalSeveral("failed", "FILE", "calculations that failed, extended XYZ")
            .optionalSeveral("costs", "FILE", "what the calculations cost, CSV with atoms, seconds, outcome")
            .optional("trace", "FILE", "Nextflow's trace of the run, for the cost by step")
            .optional("versions", "FILE", "programs and their versions, pipeline_info/versions.tsv")
            .optional("params", "FILE", "parameters of the run, pipeline_info/params.json")
            .optional("command", "TEXT", "command of the run")
            .optional("seed", "N", "random seed of the campaign; if not given, not shown")
            .option("threads", "N", "1", "structures computed at the same time; the page does not depend on it")
            .required("output", "FILE", "the page, HTML")
            .action(CompareReport::report);

    private CompareReport() {}

    private static void report(Arguments arguments) throws IOException {
        Path stateFile = arguments.path("campaign-state");
        CampaignState state = CampaignState.fromJson(Outputs.readJson(stateFile), stateFile.toString());
        int threads = arguments.integer("threads", 1);
        Potential potential = Potential.read(arguments.path("potential"));
        CampaignReport report = new CampaignReport(
                        state,
                        CompareSummarize.tests(arguments.paths("tests"), state.generations()),
                        compared(potential, arguments.path("pool"), threads))
                .withLabels(structures(arguments.paths("labelled")), structures(arguments.paths("failed")))
                .withCosts(
                        costs(arguments.paths("costs")),
                        arguments.has("trace") ? CampaignCost.of(arguments.path("trace")) : null)
                .withOrigin(
                        arguments.has("versions") ? versions(arguments.path("versions")) : null,
                        arguments.has("seed") ? arguments.seed("seed") : null,
                        run(arguments));
        if (arguments.has("test-set")) {
            report.withTest(compared(potential, arguments.path("test-set"), threads));
        }
        Outputs.text(arguments.path("output"), report.toHtml());
        arguments
                .out()
                .println(state.campaign() + ": " + state.generation()
                        + (state.generation() == 1 ? " generation: " : " generations: ") + arguments.path("output"));
    }

    private static Comparison compared(Potential potential, Path file, int threads) throws IOException {
        return Comparison.of(potential, ExtendedXyz.read(file), file.toString(), threads);
    }

    private static List<Structure> structures(List<Path> files) throws IOException {
        List<Structure> structures = new ArrayList<>();
        for (Path file : files) {
            structures.addAll(ExtendedXyz.read(file));
        }
        return structures;
    }

    private static List<Table> costs(List<Path> files) throws IOException {
        List<Table> tables = new ArrayList<>();
        for (Path file : files) {
            tables.add(Table.read(file, List.of("atoms", "seconds", "outcome")));
        }
        return tables;
    }

    /** Lines of a program, its version, and what more is known of it, separated by tabulators. */
    static Table versions(Path file) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int k = 0; k < lines.size(); k++) {
            String[] parts = lines.get(k).split("\t", 3);
            if (parts.length < 2) {
                throw InputException.at(file, k + 1, "must hold a program and its version, separated by a tabulator");
            }
            rows.add(List.of(parts[0], parts[1], parts.length > 2 ? parts[2] : ""));
        }
        return Table.of(List.of("program", "version", "detail"), rows);
    }

    /** Command and parameters, or null when neither is given. */
    static ObjectNode run(Arguments arguments) throws IOException {
        ObjectNode run = JsonNodeFactory.instance.objectNode();
        if (arguments.has("command")) {
            run.put("command", arguments.text("command"));
        }
        if (arguments.has("params")) {
            run.set("parameters", Outputs.readJson(arguments.path("params")));
        }
        return run.isEmpty() ? null : run;
    }
}
