package cupel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import cupel.assay.provenance.Explanation;
import java.io.IOException;

/** {@code compare explain}: the life of one structure. */
final class CompareExplain {

    static final Tool TOOL = Tool.named("explain")
            .purpose(
                    "Says why a structure is in the pool of a campaign, or what came of it: which walker proposed it, with which potential"
                            + " (checksum, seed), what that predicted, what the screen and the reference said, why it joined or not, which"
                            + " potentials learnt it, and the command and versions of the run.")
            .required("results", "DIR", "folder of a campaign, results/campaign_01")
            .required("structure", "ID", "id of the structure (sid), or its number in pool.xyz, from 1")
            .flag("json", "prints JSON, for programs")
            .action(CompareExplain::explain);

    private CompareExplain() {}

    private static void explain(Arguments arguments) throws IOException {
        Explanation explanation = Explanation.of(arguments.path("results"), arguments.text("structure"));
        if (arguments.has("json")) {
            arguments
                    .out()
                    .println(new ObjectMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(explanation.toJson()));
        } else {
            explanation.lines().forEach(arguments.out()::println);
        }
    }
}
