package cupel.cli;

import cupel.assay.cluster.ClusterGeometry;
import cupel.assay.cluster.Growth;
import cupel.potential.EnergyModel;
import cupel.sampling.Connectivity;
import cupel.sampling.GrandCanonicalSettings;
import cupel.sampling.RandomClusters;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.simple.RandomSource;

/** {@code compare growth}: a cluster that grows atom by atom. */
final class CompareGrowth {

    static final Tool TOOL = EnergyModels.declare(Tool.named("growth")
                    .purpose(
                            "Grows a cluster atom by atom at a temperature: grand canonical aggregation-volume-bias Monte Carlo in"
                                    + " windows of two sizes, each at the activity at which both are visited. Writes growth.csv and"
                                    + " growth.xyz, snapshots with energy and planarity, and growth_windows.csv, the activities.")
                    .optional(
                            "structures",
                            "FILE",
                            "begins with the first structure of this file, extended XYZ; if not given, with a random cluster of the"
                                    + " smallest size")
                    .required("output", "DIR", "folder for growth.csv, growth.xyz and growth_windows.csv"))
            .optional(
                    "element",
                    "SYMBOL",
                    "element of a random start (default: the only one that the potential or the tables know; Au for other models)")
            .option("sizes", "N..N", "2..20", "numbers of atoms at the beginning and at the end")
            .option("seed", "N", "1", "seed of all random numbers")
            .option("temperature", "K", "300", "of the walk")
            .option(
                    "sweeps",
                    "N",
                    "2000",
                    "of a window; a sweep is as many attempted moves as there are atoms in its larger size")
            .option("output-every", "N", "100", "sweeps from one snapshot to the next")
            .optional(
                    "r-min", "angstrom", "no two atoms come nearer (default: 0.70 of the sum of their covalent radii)")
            .optional(
                    "r-connect",
                    "angstrom",
                    "atoms nearer than this are joined, and all must hang together (default: 1.45 of the sum of their"
                            + " covalent radii)")
            .action(CompareGrowth::grow);

    private CompareGrowth() {}

    private static void grow(Arguments arguments) {
        IntegerRange sizes = arguments.integerRange("sizes", 1);
        if (sizes.min() == sizes.max()) {
            throw arguments.wrong("sizes", "must be a range of two sizes or more, such as 2..20, is " + sizes);
        }
        long seed = arguments.seed("seed");
        Connectivity connectivity = Connectivities.of(arguments);
        Structure start;
        if (arguments.has("structures")) {
            start = CompareIsomers.clusters(arguments.path("structures")).get(0);
            if (arguments.given("sizes") && start.size() != sizes.min()) {
                throw arguments.wrong(
                        "sizes", "must begin with the size of the structure, " + start.size() + ", is " + sizes);
            }
        } else {
            int[] atoms = new int[sizes.min()];
            Arrays.fill(atoms, CompareMinima.element(arguments, EnergyModels.of(arguments)));
            start = new RandomClusters(connectivity)
                    .next(
                            RandomClusters.Shape.COMPACT,
                            atoms,
                            RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, Seeds.key("start"))))
                    .orElseThrow(() -> arguments.wrong("sizes", "leave no cluster that is allowed to begin with"));
        }
        EnergyModel model = EnergyModels.of(arguments, List.of(start));
        GrandCanonicalSettings settings = GrandCanonicalSettings.standard()
                .withTemperature(arguments.positive("temperature"))
                .withCycles(arguments.integer("sweeps", 1), arguments.integer("output-every", 1))
                .withShares(0.5, 0.1)
                .withEquilibration(Math.max(1, arguments.integer("sweeps", 1) / 10));
        Growth.Run run = new Growth(settings, connectivity).grow(model, start, sizes.max(), seed);
        String source = EnergyModels.source(arguments, "reference");
        Path output = Rows.folder(arguments, "output");
        List<List<Object>> rows = new ArrayList<>();
        List<Structure> structures = new ArrayList<>();
        for (Growth.Snapshot snapshot : run.snapshots()) {
            Structure structure = snapshot.structure();
            double planarity = ClusterGeometry.planarity(structure);
            rows.add(List.of(
                    source,
                    structure.size(),
                    snapshot.sweep(),
                    Rows.number(snapshot.energy() / structure.size(), 8),
                    Rows.number(planarity, 6)));
            structures.add(structure
                    .withInfo("sid", ContentHash.of(structure))
                    .withInfo("sweep", snapshot.sweep())
                    .withInfo("planarity", planarity));
        }
        Outputs.csv(
                output.resolve("growth.csv"), List.of("source", "size", "sweep", "energy_per_atom", "planarity"), rows);
        List<List<Object>> windows = new ArrayList<>();
        for (Growth.Window window : run.windows()) {
            windows.add(List.of(
                    source, window.size(), Rows.number(window.chemicalPotential(), 6), Rows.number(window.share(), 4)));
        }
        Outputs.csv(
                output.resolve("growth_windows.csv"),
                List.of("source", "size", "chemical_potential", "share_of_larger"),
                windows);
        ExtendedXyz.write(output.resolve("growth.xyz"), structures);
        arguments.out().println(structures.size() + " snapshots in " + output.resolve("growth.xyz"));
        if (run.remark() != null) {
            arguments.out().println("note: " + run.remark());
        }
    }
}
