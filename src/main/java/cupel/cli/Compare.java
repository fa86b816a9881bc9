package cupel.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.Comparison;
import cupel.assay.ErrorStatistics;
import cupel.assay.LevelOfTheory;
import cupel.potential.Potential;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code compare}: a potential against labels; with the subcommands {@code screen}, {@code select} and {@code summarize} the
 * judging half of a campaign, with {@code replicas}, {@code cost} and {@code figures} what came of it.
 */
public final class Compare {

    static final Tool TOOL = Tool.named("compare")
            .purpose("Compares a potential with labelled structures: energies per atom and force components, MAE, RMSE"
                    + " and R2, overall and by number of atoms, and the largest errors. All labels must be of one level"
                    + " of theory. Isolated atoms (config_type=IsolatedAtom) are left out. The subcommands judge"
                    + " candidates (screen), labels (select) and campaigns (summarize), measure crystals (bulk), gather what campaigns learnt (replicas)"
                    + " and cost (cost), and show it (figures, paper).")
            .required("potential", "FILE", "trained potential, JSON")
            .required("structures", "FILE", "labelled structures, extended XYZ")
            .required("output", "FILE", "errors, JSON, in meV/atom and meV/angstrom")
            .optional(
                    "predictions",
                    "FILE",
                    "the structures with NN_energy (eV) and NN_forces (eV/angstrom) beside"
                            + " their labels, extended XYZ; if not given, not written")
            .option("largest", "N", "10", "how many of the largest errors to list")
            .option(
                    "threads",
                    "N",
                    "1",
                    "structures computed at the same time, or parts of a large one; the result does not depend on it")
            .optional(
                    "generation",
                    "N",
                    "generation of the potential, written into the output, where summarize looks"
                            + " for it; if not given, not noted")
            .action(Compare::compare)
            .subcommand(ComparePredict.TOOL)
            .subcommand(CompareServe.TOOL)
            .subcommand(CompareScreen.TOOL)
            .subcommand(CompareSelect.TOOL)
            .subcommand(CompareSummarize.TOOL)
            .subcommand(CompareReport.TOOL)
            .subcommand(CompareOverview.TOOL)
            .subcommand(CompareCrate.TOOL)
            .subcommand(CompareCheck.TOOL)
            .subcommand(CompareExplain.TOOL)
            .subcommand(CompareBulk.TOOL)
            .subcommand(CompareBulkStructures.TOOL)
            .subcommand(CompareReplicas.TOOL)
            .subcommand(CompareCost.TOOL)
            .subcommand(CompareFigures.TOOL)
            .subcommand(CompareIsomers.TOOL)
            .subcommand(CompareRelaxStep.TOOL)
            .subcommand(CompareMinima.TOOL)
            .subcommand(CompareGrowth.TOOL)
            .subcommand(CompareDynamics.TOOL)
            .subcommand(ComparePaper.TOOL);

    private Compare() {}

    public static void main(String[] args) {
        System.exit(Steps.run(TOOL, args, System.out, System.err));
    }

    private static void compare(Arguments arguments) throws IOException {
        int largest = arguments.integer("largest", 0);
        int threads = arguments.integer("threads", 1);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (arguments.has("generation")) {
            json.put("generation", arguments.integer("generation", 0));
        }
        Path file = arguments.path("structures");
        List<Structure> structures = ExtendedXyz.read(file);
        Potential potential = Potential.read(arguments.path("potential"));
        Comparison comparison = Comparison.of(potential, structures, file.toString(), threads);
        Object trainedOn = potential.provenance().get("level");
        json.put("potential_level", trainedOn == null ? null : trainedOn.toString());
        json.setAll(comparison.toJson(largest));
        Outputs.json(arguments.path("output"), json);
        if (arguments.has("predictions")) {
            ExtendedXyz.write(arguments.path("predictions"), predictions(comparison));
        }
        arguments.out().println(line("energy", comparison.all().energy(), "meV/atom"));
        arguments.out().println(line("forces", comparison.all().forces(), "meV/angstrom"));
        if (trainedOn != null
                && comparison.level() != null
                && !LevelOfTheory.areOne(trainedOn.toString(), comparison.level())) {
            arguments
                    .out()
                    .println("note: the potential was trained on labels of " + trainedOn + ", these are labels of "
                            + comparison.level() + ": the errors are those of the level of theory too");
        }
    }

    private static List<Structure> predictions(Comparison comparison) {
        List<Structure> predictions = new ArrayList<>();
        for (Comparison.Compared one : comparison.compared()) {
            predictions.add(one.structure()
                    .withInfo("NN_energy", one.prediction().energy())
                    .withArray("NN_forces", one.prediction().forces(), 3));
        }
        return predictions;
    }

    private static String line(String what, ErrorStatistics errors, String unit) {
        return String.format(
                Locale.ROOT,
                "%s: n %d, MAE %.3f %s, RMSE %.3f %s, R2 %.6f",
                what,
                errors.n(),
                errors.mae(),
                unit,
                errors.rmse(),
                unit,
                errors.r2());
    }
}
