package cupel.cli;

import cupel.assay.dynamics.BondFluctuation;
import cupel.assay.dynamics.EnergyConservation;
import cupel.assay.dynamics.Lindemann;
import cupel.potential.EnergyModel;
import cupel.sampling.DynamicsSettings;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code compare dynamics}: bond-length fluctuation and energy conservation. */
final class CompareDynamics {

    static final Tool TOOL = EnergyModels.declare(Tool.named("dynamics")
                    .purpose(
                            "Molecular dynamics of clusters: lindemann.csv, the bond-length fluctuation (Berry's form of Lindemann's"
                                    + " index) against temperature with its standard error, and conservation.csv, drift and swing of the total"
                                    + " energy at several time steps without thermostat. With --trajectory the fluctuation of a trajectory that"
                                    + " another program made.")
                    .optional("structures", "FILE", "clusters to begin with, best relaxed, extended XYZ")
                    .optional(
                            "trajectory",
                            "FILE",
                            "frames of one cluster at one temperature, XYZ or extended XYZ, such as xtb.trj; needs --temperatures")
                    .required("output", "DIR", "folder for lindemann.csv and conservation.csv"))
            .optional("temperatures", "K,K,...", "of the bath, or that of the trajectory (default: 300)")
            .choice(
                    "ensemble",
                    "langevin",
                    "langevin: with a thermostat throughout; nve: it is off once the equilibration is over",
                    "langevin",
                    "nve")
            .optional("time-step", "fs", "of the fluctuation's runs (default: 2 for gold, less for lighter atoms)")
            .option("friction", "1/fs", "0.005", "of the thermostat")
            .option("equilibration", "ps", "20", "at each temperature, before anything is measured")
            .option("time", "ps", "200", "at each temperature")
            .option("frame-every", "fs", "20", "from one frame to the next")
            .option("skip", "N", "0", "frames of the trajectory that are its equilibration")
            .option("blocks", "N", "10", "of the error estimate")
            .option("conservation-steps", "fs,fs,...", "1,2,4,8", "time steps at which energy conservation is measured")
            .option("conservation-time", "ps", "10", "at each of them")
            .option("seed", "N", "1", "seed of all random numbers")
            .optional(
                    "r-min", "angstrom", "no two atoms come nearer (default: 0.70 of the sum of their covalent radii)")
            .optional(
                    "r-connect",
                    "angstrom",
                    "atoms nearer than this are joined; a cluster in two pieces has evaporated and gets no value (default:"
                            + " 1.45 of the sum of their covalent radii)")
            .option("threads", "N", "1", "runs at the same time; the result does not depend on it")
            .action(CompareDynamics::dynamics);

    private CompareDynamics() {}

    private static void dynamics(Arguments arguments) {
        if (arguments.has("structures") == arguments.has("trajectory")) {
            throw new UsageException("needs either --structures or --trajectory");
        }
        String source = EnergyModels.source(arguments, "reference");
        List<List<Object>> rows = new ArrayList<>();
        if (arguments.has("trajectory")) {
            if (EnergyModels.named(arguments)) {
                throw arguments.wrong("trajectory", "is another program's: leave --potential and --model out");
            }
            rows.add(trajectory(arguments, source));
            write(Rows.folder(arguments, "output"), rows);
            return;
        }
        List<Structure> clusters = CompareIsomers.clusters(arguments.path("structures"));
        EnergyModel model = EnergyModels.of(arguments, clusters);
        double longest = clusters.stream()
                .mapToDouble(DynamicsSettings::timeStepFor)
                .min()
                .getAsDouble();
        Lindemann lindemann = new Lindemann(
                arguments.has("time-step") ? arguments.positive("time-step") : longest,
                arguments.positive("friction"),
                arguments.text("ensemble").equals("nve"),
                1000 * arguments.nonNegative("equilibration"),
                1000 * arguments.positive("time"),
                arguments.positive("frame-every"),
                arguments.integer("blocks", 2));
        double[] temperatures =
                arguments.has("temperatures") ? arguments.positives("temperatures") : new double[] {300};
        List<Lindemann.Result> results = lindemann.measure(
                model,
                clusters,
                temperatures,
                Connectivities.of(arguments),
                arguments.seed("seed"),
                arguments.integer("threads", 1));
        for (Lindemann.Result result : results) {
            rows.add(row(source, result.size(), result.temperature(), result.value(), result.standardError()));
            if (result.remark() != null) {
                arguments
                        .out()
                        .println("note: " + result.size() + " atoms at " + result.temperature() + " K: "
                                + result.remark());
            }
        }
        Path output = Rows.folder(arguments, "output");
        write(output, rows);
        List<List<Object>> conservation = new ArrayList<>();
        for (double step : arguments.positives("conservation-steps")) {
            EnergyConservation one = EnergyConservation.measure(
                    model,
                    clusters.get(0),
                    step,
                    temperatures[0],
                    1000 * arguments.positive("conservation-time"),
                    arguments.seed("seed"));
            conservation.add(List.of(
                    source,
                    Rows.number(step, 4),
                    Rows.number(1000 * one.drift(), 8),
                    Rows.number(1000 * one.rms(), 8)));
        }
        Outputs.csv(
                output.resolve("conservation.csv"),
                List.of("source", "step_fs", "drift_mev_per_atom_per_ps", "rms_mev_per_atom"),
                conservation);
        arguments.out().println(rows.size() + " runs in " + output.resolve("lindemann.csv"));
    }

    private static List<Object> trajectory(Arguments arguments, String source) {
        Path file = arguments.path("trajectory");
        if (!arguments.has("temperatures") || arguments.positives("temperatures").length != 1) {
            throw new UsageException("needs --temperatures with the one temperature of the trajectory");
        }
        List<Structure> all = ExtendedXyz.read(file);
        int skip = arguments.integer("skip", 0);
        int blocks = arguments.integer("blocks", 2);
        if (all.size() - skip < 2 * blocks) {
            throw new InputException(file + ": has " + all.size() + " frames, must have " + 2 * blocks + " and the "
                    + skip + " skipped, two for each of " + blocks + " blocks");
        }
        List<Structure> frames = all.subList(skip, all.size());
        BondFluctuation fluctuation = new BondFluctuation(frames.get(0).size(), frames.size(), blocks);
        for (int f = 0; f < frames.size(); f++) {
            if (frames.get(f).size() != frames.get(0).size()) {
                throw new InputException(file + ": frame " + (skip + f + 1) + " has "
                        + frames.get(f).size() + " atoms, must have "
                        + frames.get(0).size() + " as the first");
            }
            fluctuation.add(frames.get(f));
        }
        return row(
                source,
                frames.get(0).size(),
                arguments.positives("temperatures")[0],
                fluctuation.value(),
                fluctuation.standardError());
    }

    private static List<Object> row(String source, int size, double temperature, double value, double error) {
        return List.of(source, size, Rows.number(temperature, 2), Rows.number(value, 8), Rows.number(error, 8));
    }

    private static void write(Path output, List<List<Object>> rows) {
        Outputs.csv(
                output.resolve("lindemann.csv"),
                List.of("source", "size", "temperature", "lindemann", "standard_error"),
                rows);
    }
}
