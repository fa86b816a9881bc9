package cupel.cli;

import cupel.assay.CampaignState;
import cupel.assay.Screen;
import cupel.assay.ScreenCounts;
import cupel.potential.Potential;
import cupel.sampling.Connectivity;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code compare screen}: which candidates go to the reference code. */
final class CompareScreen {

    static final Tool TOOL = Tool.named("screen")
            .purpose(
                    "Screens candidates before they are labelled: refuses structures that are unphysical, that are twins"
                            + " of known ones or of each other, and those over the limit. The order of the files does not"
                            + " matter: candidates are taken by walker, then in the order of the walker's file. No candidates"
                            + " at all is a result, not a failure.")
            .requiredSeveral("candidates", "FILE", "what the walkers brought, extended XYZ")
            .required("pool", "FILE", "training structures, extended XYZ")
            .required(
                    "potential",
                    "FILE",
                    "trained potential, JSON: its symmetry functions tell twins, its committee" + " ranks")
            .optionalSeveral("already", "FILE", "structures that were labelled or failed before, extended XYZ")
            .required("output", "FILE", "candidates to be labelled, extended XYZ")
            .required("refused", "FILE", "the others, with the notes refused and refused_detail, extended XYZ")
            .required("report", "FILE", "counts, JSON")
            .optional(
                    "r-min",
                    "angstrom",
                    "shortest distance between two atoms; if not given, 0.70 of the sum of their" + " covalent radii")
            .optional(
                    "r-connect",
                    "angstrom",
                    "longest distance between joined atoms of a cluster, which must be in one"
                            + " piece; if not given, 1.45 of the sum of their covalent radii")
            .optional("sizes", "N..N", "numbers of atoms; if not given, all")
            .optional("max-candidates", "N", "how many may be labelled; if not given, all")
            .optional(
                    "max-label-hours",
                    "h",
                    "core-hours of reference calculations that the campaign may take; as many candidates pass as fit, at the mean"
                            + " cost so far, into what --campaign-state says is left, but one at least")
            .optional("campaign-state", "FILE", "state after the generation before, JSON; for --max-label-hours")
            .optional(
                    "max-labels",
                    "N",
                    "how many may be labelled in all, those in --already included; if not given, any number")
            .option(
                    "duplicate-distance",
                    "number",
                    "0.01",
                    "structures are twins when the root mean square relative"
                            + " difference of their sorted symmetry functions is not above this; without unit")
            .choice(
                    "select",
                    "direct",
                    "who stays when there are more than --max-candidates: an even share of all walks (direct), those on which"
                            + " the committee disagrees most, or those farthest from the pool, the known structures and each other",
                    "direct",
                    "committee",
                    "diversity")
            .action(CompareScreen::screen);

    private CompareScreen() {}

    private static void screen(Arguments arguments) throws IOException {
        List<List<Structure>> candidates = new ArrayList<>();
        for (Path file : arguments.paths("candidates")) {
            candidates.add(ExtendedXyz.read(file));
        }
        List<Structure> pool = ExtendedXyz.read(arguments.path("pool"));
        List<Structure> known = new ArrayList<>();
        for (Path file : arguments.paths("already")) {
            known.addAll(ExtendedXyz.read(file));
        }
        Screen.Settings settings = settings(arguments, known.size());
        Potential potential = Potential.read(arguments.path("potential"));
        List<Potential> committee = new ArrayList<>();
        for (int k = 0; k < potential.committeeSize(); k++) {
            committee.add(potential.committeeMember(k));
        }
        Screen screen =
                Screen.of(candidates, pool, known, potential.descriptor().calculator()::features, committee, settings);
        ExtendedXyz.write(arguments.path("output"), screen.screened());
        List<Structure> refused = new ArrayList<>();
        for (Screen.Refused one : screen.refused()) {
            refused.add(one.noted());
        }
        ExtendedXyz.write(arguments.path("refused"), refused);
        Outputs.json(arguments.path("report"), screen.toJson());
        ScreenCounts counts = screen.counts();
        arguments
                .out()
                .println(counts.candidates() + " candidates: " + counts.screened() + " to be labelled, "
                        + counts.duplicates() + " duplicates, " + counts.screenedOut() + " screened out");
    }

    private static Screen.Settings settings(Arguments arguments, int already) throws IOException {
        Connectivity connectivity = Connectivities.of(arguments);
        IntegerRange sizes =
                arguments.has("sizes") ? arguments.integerRange("sizes", 1) : new IntegerRange(1, Integer.MAX_VALUE);
        int most = arguments.has("max-candidates") ? arguments.integer("max-candidates", 1) : Integer.MAX_VALUE;
        if (arguments.has("max-labels")) {
            most = Math.min(most, Math.max(0, arguments.integer("max-labels", 1) - already));
        }
        if (arguments.has("max-label-hours") && arguments.has("campaign-state")) {
            most = Math.min(most, affordable(arguments));
        }
        return new Screen.Settings(
                connectivity,
                sizes.min(),
                sizes.max(),
                most,
                arguments.nonNegative("duplicate-distance"),
                Screen.Choice.valueOf(arguments.text("select").toUpperCase(Locale.ROOT)));
    }

    private static int affordable(Arguments arguments) throws IOException {
        Path file = arguments.path("campaign-state");
        CampaignState state = CampaignState.fromJson(Outputs.readJson(file), file.toString());
        double left = 3600 * arguments.positive("max-label-hours") - state.labelSeconds();
        double each = state.labelSeconds() / Math.max(1, state.labels() + state.failures());
        return each > 0 ? (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.floor(left / each))) : Integer.MAX_VALUE;
    }
}
