package cupel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.figure.CampaignCost;
import cupel.assay.figure.Table;
import cupel.assay.report.Course;
import cupel.assay.report.OverviewReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code compare overview}: campaigns side by side on a page. */
final class CompareOverview {

    static final Tool TOOL = Tool.named("overview")
            .purpose(
                    "Writes several campaigns that have ended as one HTML file that needs no network: how each ended, how all"
                            + " learnt, with links to their reports (CAMPAIGN/report.html).")
            .requiredSeveral("generations", "FILE", "their generations.csv, as summarize writes them")
            .requiredSeveral("stops", "FILE", "their stop.json, in the same order")
            .optionalSeveral("tests", "FILE", "errors of their potentials on the test set, JSON, in the same order")
            .optional("trace", "FILE", "Nextflow's trace of the run, for the cost by step")
            .optional("versions", "FILE", "programs and their versions, pipeline_info/versions.tsv")
            .optional("params", "FILE", "parameters of the run, pipeline_info/params.json")
            .optional("command", "TEXT", "command of the run")
            .required("output", "FILE", "the page, HTML")
            .action(CompareOverview::overview);

    private CompareOverview() {}

    private static void overview(Arguments arguments) throws IOException {
        List<Path> generations = arguments.paths("generations");
        List<Path> stops = arguments.paths("stops");
        List<Path> tests = arguments.paths("tests");
        if (stops.size() != generations.size()) {
            throw arguments.wrong("stops", "must be as many as --generations, " + generations.size());
        }
        if (!tests.isEmpty() && tests.size() != generations.size()) {
            throw arguments.wrong("tests", "must be as many as --generations, " + generations.size() + ", or none");
        }
        List<OverviewReport.Ended> campaigns = new ArrayList<>();
        for (int k = 0; k < generations.size(); k++) {
            Table course = Table.read(generations.get(k), Course.COLUMNS);
            ObjectNode test = tests.isEmpty() ? null : Outputs.readJson(tests.get(k));
            campaigns.add(new OverviewReport.Ended(course, Outputs.readJson(stops.get(k)), test));
        }
        OverviewReport report = new OverviewReport(
                campaigns,
                arguments.has("trace") ? CampaignCost.of(arguments.path("trace")) : null,
                arguments.has("versions") ? CompareReport.versions(arguments.path("versions")) : null,
                CompareReport.run(arguments));
        Outputs.text(arguments.path("output"), report.toHtml());
        arguments.out().println(campaigns.size() + " campaigns: " + arguments.path("output"));
    }
}
