package cupel.cli;

import cupel.assay.figure.CampaignCurves;
import cupel.assay.figure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code compare replicas}: errors of campaigns over their labels. */
final class CompareReplicas {

    static final Tool TOOL = Tool.named("replicas")
            .purpose(
                    "Writes the test errors of campaigns over their labels, of every campaign (replicas.csv), and mean, best and"
                            + " worst of the campaigns of an arm at the same number of labels (replica_spread.csv; between"
                            + " generations a power of the labels, nothing beyond the last), in meV/atom and meV/angstrom.")
            .requiredSeveral(
                    "campaigns",
                    "[ARM=]DIR",
                    "a campaign, or results with campaigns in them; the arm of a campaign is its name without the seed at the end"
                            + " (random_energy of random_energy_01), unless it goes before")
            .required("output", "DIR", "where the tables go; made if there is none")
            .action(CompareReplicas::replicas);

    private CompareReplicas() {}

    private static void replicas(Arguments arguments) throws IOException {
        Map<String, List<Path>> arms = new LinkedHashMap<>();
        for (String given : arguments.texts("campaigns")) {
            int sign = given.indexOf('=');
            boolean named = sign > 0 && !Files.exists(Path.of(given));
            Path folder = Path.of(named ? given.substring(sign + 1) : given);
            List<Path> campaigns = CampaignCurves.campaigns(folder);
            for (Path campaign : campaigns) {
                String arm = named ? given.substring(0, sign) : CampaignCurves.arm(campaign);
                arms.computeIfAbsent(arm, name -> new ArrayList<>()).add(campaign);
            }
        }
        Table replicas = CampaignCurves.replicas(arms);
        Table spread = CampaignCurves.spread(replicas);
        Path output = arguments.path("output");
        replicas.write(output.resolve("replicas.csv"));
        spread.write(output.resolve("replica_spread.csv"));
        arms.forEach((arm, campaigns) -> arguments
                .out()
                .println(arm + ": " + campaigns.size() + (campaigns.size() == 1 ? " campaign" : " campaigns")));
        if (spread.isEmpty()) {
            arguments.out().println("note: no campaign was tested (run with --test_set), there is no error to show");
        }
    }
}
