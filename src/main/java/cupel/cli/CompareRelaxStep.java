package cupel.cli;

import cupel.assay.LevelOfTheory;
import cupel.assay.cluster.Relaxations;
import cupel.assay.cluster.StepwiseRelaxation;
import cupel.potential.EnergyModel;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code compare relax-step}: the next step of relaxations whose energies and forces come from a reference program. */
final class CompareRelaxStep {

    static final Tool TOOL = EnergyModels.declareModel(Tool.named("relax-step")
                    .purpose(
                            "The next step of relaxations with a reference program, all structures in lockstep: reads every label so"
                                    + " far, writes next.xyz, the structures to be labelled next, relaxed.xyz, those that are done, with the"
                                    + " reason as a note, and steps.csv. Label next.xyz, add the answer (labels and failures) to --history,"
                                    + " call again, until next.xyz is empty. The outputs follow from the inputs alone.")
                    .required("structures", "FILE", "structures to relax, the same file at each step, extended XYZ")
                    .optionalSeveral(
                            "history",
                            "FILE",
                            "all that earlier steps asked for, labelled or failed, in any order, extended XYZ; none at the first step")
                    .required("output", "DIR", "folder for next.xyz, relaxed.xyz and steps.csv"))
            .option("force-tolerance", "eV/angstrom", "0.03", "relaxed when no atom's force is larger")
            .option("max-steps", "N", "60", "labels of a structure at most")
            .option("threads", "N", "1", "structures at the same time; the result does not depend on it")
            .action(CompareRelaxStep::step);

    private CompareRelaxStep() {}

    private static void step(Arguments arguments) {
        List<Structure> structures = CompareIsomers.clusters(arguments.path("structures"));
        EnergyModel model = EnergyModels.named(arguments) ? EnergyModels.of(arguments, structures) : null;
        List<Structure> history = new ArrayList<>();
        for (Path file : arguments.paths("history")) {
            history.addAll(ExtendedXyz.read(file));
        }
        LevelOfTheory.of(history, "--history");
        StepwiseRelaxation relaxation =
                new StepwiseRelaxation(arguments.positive("force-tolerance"), arguments.integer("max-steps", 1));
        Relaxations relaxations =
                Relaxations.of(relaxation, model, structures, history, arguments.integer("threads", 1));
        Path output = Rows.folder(arguments, "output");
        ExtendedXyz.write(output.resolve("relaxed.xyz"), relaxations.relaxed());
        List<List<Object>> rows = new ArrayList<>();
        for (Relaxations.Step step : relaxations.steps()) {
            rows.add(List.of(
                    step.structure(),
                    step.isomer(),
                    step.size(),
                    step.step(),
                    Rows.number(step.energy() / step.size(), 8),
                    Rows.number(step.largestForce(), 6)));
        }
        Outputs.csv(
                output.resolve("steps.csv"),
                List.of("structure", "isomer", "size", "step", "energy_per_atom", "largest_force"),
                rows);
        // Last: where it is, the others are.
        ExtendedXyz.write(output.resolve("next.xyz"), relaxations.next());
        arguments
                .out()
                .println(relaxations.next().size() + " to be labelled, "
                        + relaxations.relaxed().size() + " done");
    }
}
