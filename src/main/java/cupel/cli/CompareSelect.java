package cupel.cli;

import cupel.assay.CampaignState;
import cupel.assay.DirectTest;
import cupel.assay.LevelOfTheory;
import cupel.assay.ScreenCounts;
import cupel.assay.Selection;
import cupel.assay.StopRule;
import cupel.potential.Potential;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code compare select}: which labels join the pool, and whether the campaign goes on. */
final class CompareSelect {

    static final Tool TOOL = Tool.named("select")
            .purpose(
                    "Puts new labels to the direct test and adds those that fail it to the pool, then decides whether the"
                            + " campaign goes on. A campaign ends as converged after --patience quiet generations in a row. A"
                            + " generation is quiet when nothing joined although labels were tested, or all candidates were"
                            + " known already; one in which nothing could be tested neither counts as quiet nor ends a row of"
                            + " quiet ones, and --patience of these in a row end the campaign as not converged.")
            .required("potential", "FILE", "the potential that the candidates were sampled with, JSON")
            .required("labelled", "FILE", "new labels, extended XYZ")
            .required("failed", "FILE", "candidates whose reference calculation failed, extended XYZ; counted only")
            .required("screen", "FILE", "report of compare screen on these candidates, JSON")
            .optional("campaign-state", "FILE", "state after the generation before, JSON; not for the first generation")
            .optional(
                    "campaign",
                    "NAME",
                    "name of the campaign; for the first generation only, in place of" + " --campaign-state")
            .required("pool", "FILE", "training structures, extended XYZ")
            .required("output-pool", "FILE", "old pool, then what joined, extended XYZ")
            .required("output-state", "FILE", "state after this generation, with the decision and its reason, JSON")
            .option("tolerance", "meV", "20", "energy error above which a label joins the pool")
            .choice("tolerance-per", "atom", "whether the tolerance is per atom or per structure", "atom", "structure")
            .optional(
                    "force-tolerance",
                    "eV/angstrom",
                    "largest force error of an atom above which a label joins the"
                            + " pool too; if not given, forces are not tested")
            .option("patience", "N", "5", "how many quiet generations in a row end the campaign")
            .optional(
                    "max-labels",
                    "N",
                    "how many reference calculations end the campaign, failed ones included, those"
                            + " of the first pool not; if not given, no number does")
            .optional(
                    "costs",
                    "FILE",
                    "costs of the reference calculations of this generation, CSV of label gather; for --max-label-hours")
            .optional(
                    "max-label-hours",
                    "h",
                    "how many core-hours of reference calculations end the campaign; if not given, no number does")
            .optional("max-generations", "N", "how many generations end the campaign; if not given, no number does")
            .action(CompareSelect::select);

    private CompareSelect() {}

    private static void select(Arguments arguments) throws IOException {
        DirectTest test = new DirectTest(
                arguments.positive("tolerance") / 1000,
                arguments.text("tolerance-per").equals("atom"),
                arguments.has("force-tolerance") ? arguments.positive("force-tolerance") : Double.POSITIVE_INFINITY);
        StopRule rule = new StopRule(
                arguments.integer("patience", 1),
                arguments.has("max-labels") ? arguments.integer("max-labels", 1) : Integer.MAX_VALUE,
                arguments.has("max-generations") ? arguments.integer("max-generations", 1) : Integer.MAX_VALUE,
                arguments.has("max-label-hours")
                        ? 3600 * arguments.positive("max-label-hours")
                        : Double.POSITIVE_INFINITY);
        double seconds = arguments.has("costs") ? LabelForecast.seconds(arguments.path("costs")) : 0;
        CampaignState before = stateBefore(arguments);
        Path labelledFile = arguments.path("labelled");
        Path poolFile = arguments.path("pool");
        Path screenFile = arguments.path("screen");
        List<Structure> labelled = ExtendedXyz.read(labelledFile);
        int failed = ExtendedXyz.read(arguments.path("failed")).size();
        ScreenCounts counts = ScreenCounts.fromJson(Outputs.readJson(screenFile), screenFile.toString());
        if (labelled.size() + failed != counts.screened()) {
            throw new InputException(screenFile + " says that " + counts.screened()
                    + " candidates went to the reference"
                    + " code, but " + labelled.size() + " came back labelled (" + labelledFile + ") and " + failed
                    + " failed (" + arguments.path("failed") + "): every one must come back");
        }
        Potential potential = Potential.read(arguments.path("potential"));
        Object trainedOn = potential.provenance().get("level");
        String level = LevelOfTheory.of(labelled, labelledFile.toString());
        if (trainedOn != null && level != null && !LevelOfTheory.areOne(trainedOn.toString(), level)) {
            throw new InputException(labelledFile + ": labels of " + level + " cannot be put to the test with "
                    + arguments.path("potential") + ", which was trained on labels of " + trainedOn);
        }
        Selection selection = Selection.of(
                potential, labelled, labelledFile.toString(), ExtendedXyz.read(poolFile), poolFile.toString(), test);
        CampaignState after = rule.judge(before, counts, selection, failed, seconds, test);
        ExtendedXyz.write(arguments.path("output-pool"), selection.pool());
        Outputs.json(arguments.path("output-state"), after.toJson());
        arguments
                .out()
                .println("generation " + after.generation() + ": "
                        + selection.added().size() + " of " + selection.tested() + " labels joined the pool");
        arguments
                .out()
                .println((after.decision().stop() ? "stop: " : "continue: ")
                        + after.decision().reason());
    }

    private static CampaignState stateBefore(Arguments arguments) throws IOException {
        if (arguments.has("campaign") == arguments.has("campaign-state")) {
            throw arguments.wrong(
                    "campaign-state", "or --campaign must be given, the second for the first generation; and not both");
        }
        if (arguments.has("campaign")) {
            return CampaignState.begin(arguments.text("campaign"));
        }
        Path file = arguments.path("campaign-state");
        return CampaignState.fromJson(Outputs.readJson(file), file.toString());
    }
}
