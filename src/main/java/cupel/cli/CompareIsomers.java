package cupel.cli;

import cupel.assay.LevelOfTheory;
import cupel.assay.cluster.Descent;
import cupel.assay.cluster.Isomers;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code compare isomers}: relaxed isomers, their energies and their order. */
final class CompareIsomers {

    static final Tool TOOL = EnergyModels.declare(Tool.named("isomers")
                    .purpose(
                            "Relaxes isomers of clusters with a potential or a built-in model and writes isomers.csv: energies,"
                                    + " how far each lies above the lowest of its elements, how far its geometry is from the"
                                    + " reference's, and planarity; and isomers.xyz, the relaxed structures. With --relaxed also"
                                    + " order.csv: in how many pairs the order is the reference's. Without --potential and --model the rows are"
                                    + " those of the reference itself, from the labels of --relaxed.")
                    .optional(
                            "isomers",
                            "FILE",
                            "isomers with names (note isomer=...), extended XYZ; if not given, those of --relaxed")
                    .optional(
                            "relaxed",
                            "FILE",
                            "the same isomers relaxed and labelled by the reference, as relax-step writes them,"
                                    + " extended XYZ: relaxations begin there")
                    .required("output", "DIR", "folder for isomers.csv, isomers.xyz and order.csv"))
            .option("force-tolerance", "eV/angstrom", "0.001", "relaxed when no atom's force is larger")
            .option("max-steps", "N", "5000", "evaluations of a relaxation at most")
            .option("threads", "N", "1", "isomers relaxed at the same time; the result does not depend on it")
            .action(CompareIsomers::isomers);

    private CompareIsomers() {}

    private static void isomers(Arguments arguments) {
        if (!arguments.has("isomers") && !arguments.has("relaxed")) {
            throw new UsageException("needs --isomers or --relaxed");
        }
        List<Structure> relaxed = arguments.has("relaxed") ? clusters(arguments.path("relaxed")) : List.of();
        List<Isomers.Isomer> reference = List.of();
        if (!relaxed.isEmpty()) {
            String file = arguments.path("relaxed").toString();
            LevelOfTheory.of(relaxed, file);
            reference = Isomers.labelled(relaxed, file);
        }
        List<Isomers.Isomer> found;
        if (EnergyModels.named(arguments)) {
            Path file = arguments.path(arguments.has("isomers") ? "isomers" : "relaxed");
            List<Structure> isomers = clusters(file);
            Descent descent = new Descent(arguments.positive("force-tolerance"), arguments.integer("max-steps", 1));
            found = Isomers.relax(
                    EnergyModels.of(arguments, isomers),
                    isomers,
                    relaxed,
                    descent,
                    file.toString(),
                    arguments.integer("threads", 1));
        } else if (arguments.has("relaxed")) {
            found = reference;
        } else {
            throw new UsageException("needs --potential or --model, or the reference's labels with --relaxed");
        }
        String source = EnergyModels.source(arguments, "reference");
        Path output = Rows.folder(arguments, "output");
        List<List<Object>> rows = new ArrayList<>();
        List<Structure> structures = new ArrayList<>();
        for (Isomers.Isomer isomer : found) {
            rows.add(List.of(
                    source,
                    isomer.size(),
                    isomer.name(),
                    Rows.number(isomer.energy() / isomer.size(), 8),
                    Rows.number(isomer.relativeEnergy(), 8),
                    Rows.number(isomer.rmsd(), 6),
                    Rows.number(isomer.largestForce(), 6),
                    Rows.number(isomer.planarity(), 6)));
            structures.add(isomer.structure());
        }
        Outputs.csv(
                output.resolve("isomers.csv"),
                List.of(
                        "source",
                        "size",
                        "isomer",
                        "energy_per_atom",
                        "relative_energy",
                        "rmsd",
                        "largest_force",
                        "planarity"),
                rows);
        ExtendedXyz.write(output.resolve("isomers.xyz"), structures);
        arguments.out().println(found.size() + " isomers in " + output.resolve("isomers.csv"));
        if (EnergyModels.named(arguments) && !reference.isEmpty()) {
            order(arguments, output, source, Isomers.compare(found, reference));
        }
    }

    private static void order(Arguments arguments, Path output, String source, List<Isomers.Order> orders) {
        List<List<Object>> rows = new ArrayList<>();
        for (Isomers.Order order : orders) {
            rows.add(List.of(
                    source,
                    order.size(),
                    order.isomers(),
                    order.pairs(),
                    order.pairsInOrder(),
                    order.sameLowest() ? "yes" : "no",
                    Rows.number(order.relativeEnergyError(), 8)));
            arguments
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "%d atoms: %d of %d pairs in the reference's order, lowest isomer %s",
                            order.size(),
                            order.pairsInOrder(),
                            order.pairs(),
                            order.sameLowest() ? "the same" : "another"));
        }
        Outputs.csv(
                output.resolve("order.csv"),
                List.of("source", "size", "isomers", "pairs", "pairs_in_order", "same_lowest", "relative_energy_mae"),
                rows);
    }

    /** The structures of a file without isolated atoms, which accompany labels as their zero. */
    static List<Structure> clusters(Path file) {
        List<Structure> clusters = ExtendedXyz.read(file).stream()
                .filter(s -> !"IsolatedAtom".equals(s.info().get("config_type")))
                .toList();
        if (clusters.isEmpty()) {
            throw new InputException(file + ": holds no cluster");
        }
        return clusters;
    }
}
