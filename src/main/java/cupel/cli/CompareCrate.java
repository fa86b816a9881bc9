package cupel.cli;

import cupel.assay.provenance.RunCrate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** {@code compare crate}: results of campaigns as RO-Crates. */
final class CompareCrate {

    static final Tool TOOL = Tool.named("crate")
            .purpose(
                    "Writes ro-crate-metadata.json into results of campaigns: a Workflow Run RO-Crate with every file and its checksum,"
                            + " the workflow, its parameters, the versions behind it and the command. What the run was given is copied into the"
                            + " folder run of each. Its date is today's, or that of SOURCE_DATE_EPOCH; when nothing else has changed, that of"
                            + " the crate that is there.")
            .requiredSeveral("results", "DIR", "folders of campaigns, results/campaign_01")
            .required("workflow", "FILE", "the workflow that was run, main.nf")
            .optionalSeveral(
                    "inputs", "FILE", "what else the run was given or says of itself: params.json, versions.tsv, seeds")
            .required("command", "TEXT", "the command that repeats the run")
            .optional("license", "URL", "licence of the results; if not given, none is stated")
            .action(CompareCrate::crate);

    private CompareCrate() {}

    private static void crate(Arguments arguments) throws IOException {
        String epoch = System.getenv("SOURCE_DATE_EPOCH");
        String date = epoch == null
                ? LocalDate.now(ZoneOffset.UTC).toString()
                : Instant.ofEpochSecond(Long.parseLong(epoch))
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
        for (Path folder : arguments.paths("results")) {
            Path run = Files.createDirectories(folder.resolve("run"));
            Files.copy(arguments.path("workflow"), run.resolve("main.nf"), StandardCopyOption.REPLACE_EXISTING);
            for (Path input : arguments.paths("inputs")) {
                Files.copy(input, run.resolve(input.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
            String license = arguments.has("license") ? arguments.text("license") : null;
            RunCrate crate = new RunCrate(folder, arguments.text("command"), license);
            Outputs.json(folder.resolve("ro-crate-metadata.json"), crate.toJson(date));
            arguments.out().println(folder + ": ro-crate-metadata.json");
        }
    }
}
