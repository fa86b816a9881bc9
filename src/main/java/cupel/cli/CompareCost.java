package cupel.cli;

import cupel.assay.figure.CampaignCost;
import cupel.assay.figure.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** {@code compare cost}: what the steps of a run cost. */
final class CompareCost {

    static final Tool TOOL = Tool.named("cost")
            .purpose(
                    "Adds up what the steps of a run cost in processor time, from Nextflow's trace: running time times use of"
                            + " processors of every task, Java's start included, Nextflow itself not. Reference calculations are told apart"
                            + " from everything else.")
            .required("trace", "FILE", "trace of the run, pipeline_info/trace.tsv in its results")
            .optional(
                    "output",
                    "DIR",
                    "where cost.csv goes; made if there is none; if not given, the table is only printed")
            .action(CompareCost::cost);

    private CompareCost() {}

    private static void cost(Arguments arguments) throws IOException {
        Table cost = CampaignCost.of(arguments.path("trace"));
        if (arguments.has("output")) {
            cost.write(arguments.path("output").resolve("cost.csv"));
        }
        PrintStream out = arguments.out();
        out.printf(Locale.ROOT, "%-24s%7s%10s%10s%n", "step", "tasks", "wall / s", "CPU / s");
        double reference = 0;
        double others = 0;
        for (Table.Row step : cost.rows()) {
            double seconds = step.known("cpu_seconds");
            out.printf(
                    Locale.ROOT,
                    "%-24s%7d%10.1f%10.1f%n",
                    step.text("step"),
                    step.count("tasks"),
                    step.known("wall_seconds"),
                    seconds);
            if (step.text("kind").equals(CampaignCost.REFERENCE)) {
                reference += seconds;
            } else {
                others += seconds;
            }
        }
        out.printf(
                Locale.ROOT,
                "%nreference calculations %.0f s of CPU, everything else %.0f s = %.3f core-hours%n",
                reference,
                others,
                others / 3600);
    }
}
