package cupel.cli;

import cupel.assay.provenance.ResultsCheck;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Path;

/** {@code compare check}: whether results still are what they say. */
final class CompareCheck {

    static final Tool TOOL = Tool.named("check")
            .purpose(
                    "Checks the results of a campaign: every file of the crate is there with its checksum and no other is, labels of the"
                            + " pool are of one level of theory, and pool, generations and potentials agree. Each difference is named with"
                            + " what was expected and found, and the exit status is 1.")
            .required("results", "DIR", "folder of a campaign, results/campaign_01")
            .action(CompareCheck::check);

    private CompareCheck() {}

    private static void check(Arguments arguments) throws IOException {
        Path folder = arguments.path("results");
        ResultsCheck check = ResultsCheck.of(folder);
        if (!check.problems().isEmpty()) {
            throw new InputException(String.join("\n", check.problems()) + "\n" + folder + " is not what it says: "
                    + check.problems().size() + (check.problems().size() == 1 ? " difference" : " differences"));
        }
        arguments.out().println(folder + ": " + check.files() + " files are as the crate says, and agree");
    }
}
