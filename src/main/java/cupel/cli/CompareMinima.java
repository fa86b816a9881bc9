package cupel.cli;

import cupel.assay.LevelOfTheory;
import cupel.assay.cluster.ClusterGeometry;
import cupel.assay.cluster.MinimaSearch;
import cupel.assay.cluster.Minimum;
import cupel.assay.cluster.Trust;
import cupel.potential.EnergyModel;
import cupel.structure.ContentHash;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** {@code compare minima}: the lowest clusters of each size, and from which size on they are globular. */
final class CompareMinima {

    static final Tool TOOL = EnergyModels.declare(Tool.named("minima")
                    .purpose(
                            "Searches the lowest minima of clusters of one element, size by size, by basin hopping from planar and"
                                    + " compact starts, and from the neighbouring sizes' minima with an atom more or less. Writes minima.csv and"
                                    + " minima.xyz, several distinct minima of each size, always with the lowest planar and the"
                                    + " lowest globular one, and crossover.csv, how far the one lies above the other. With --labelled it"
                                    + " does not search: it ranks minima that a reference has labelled.")
                    .optional("labelled", "FILE", "minima.xyz labelled or relaxed by a reference, extended XYZ")
                    .required("output", "DIR", "folder for minima.csv, minima.xyz and crossover.csv"))
            .optional(
                    "element",
                    "SYMBOL",
                    "element of the clusters (default: the only one that the potential or the tables know; Au for other models)")
            .option("sizes", "N..N", "3..20", "numbers of atoms")
            .option("seed", "N", "1", "seed of all random numbers")
            .option("walks", "N", "8", "walks of basin hopping of each size, half of them from planar starts")
            .option("hops", "N", "100", "hops of a walk")
            .option("rounds", "N", "2", "rounds in which each size begins anew from its neighbours' minima")
            .option("temperature", "K", "2500", "of Metropolis's rule between minima")
            .option("keep", "N", "5", "minima of a size")
            .optional(
                    "r-min", "angstrom", "no two atoms come nearer (default: 0.70 of the sum of their covalent radii)")
            .optional(
                    "r-connect",
                    "angstrom",
                    "atoms nearer than this are joined, and all must hang together (default: 1.45 of the sum of their"
                            + " covalent radii)")
            .option(
                    "max-disagreement",
                    "meV/atom",
                    "50",
                    "a structure on which the potential's committee disagrees more (standard deviation of the energy per atom)"
                            + " is refused, as one that the potential does not know")
            .option("threads", "N", "1", "walks at the same time; the result does not depend on it")
            .action(CompareMinima::minima);

    private CompareMinima() {}

    private static void minima(Arguments arguments) {
        int keep = arguments.integer("keep", 1);
        if (arguments.has("labelled") && EnergyModels.named(arguments)) {
            throw arguments.wrong("labelled", "has the energies of a reference: leave --potential and --model out");
        }
        Trust trust;
        SortedMap<Integer, List<Minimum>> minima;
        if (arguments.has("labelled")) {
            trust = new Trust(null);
            minima = labelled(arguments.path("labelled"), keep);
        } else {
            int element = element(arguments, EnergyModels.of(arguments));
            EnergyModel model = EnergyModels.of(arguments, element);
            trust = new Trust(model);
            double most = arguments.positive("max-disagreement") / 1000;
            IntegerRange sizes = arguments.integerRange("sizes", 2);
            MinimaSearch search = new MinimaSearch(
                    Connectivities.of(arguments),
                    arguments.integer("walks", 1),
                    arguments.integer("hops", 1),
                    arguments.integer("rounds", 0),
                    arguments.positive("temperature"),
                    keep);
            MinimaSearch.Result result = search.search(
                    model,
                    element,
                    sizes.min(),
                    sizes.max(),
                    structure -> trust.spread(structure) <= most,
                    arguments.seed("seed"),
                    arguments.integer("threads", 1));
            minima = result.minima();
            arguments
                    .out()
                    .println(result.relaxations() + " relaxations, " + result.refused()
                            + " of them refused: not finite, not allowed, or the committee disagrees");
        }
        write(arguments, minima, trust);
    }

    private static void write(Arguments arguments, SortedMap<Integer, List<Minimum>> minima, Trust trust) {
        String source = EnergyModels.source(arguments, "reference");
        Path output = Rows.folder(arguments, "output");
        List<List<Object>> rows = new ArrayList<>();
        List<List<Object>> crossover = new ArrayList<>();
        List<Structure> structures = new ArrayList<>();
        for (Map.Entry<Integer, List<Minimum>> size : minima.entrySet()) {
            int n = size.getKey();
            double planar = Double.NaN;
            double globular = Double.NaN;
            int rank = 0;
            for (Minimum minimum : size.getValue()) {
                double relative = minimum.energy() - size.getValue().get(0).energy();
                rank++;
                rows.add(List.of(
                        source,
                        n,
                        rank,
                        Rows.number(minimum.energy() / n, 8),
                        Rows.number(relative, 8),
                        Rows.number(minimum.planarity(), 6),
                        minimum.foundBy()));
                if (minimum.isPlanar() && Double.isNaN(planar)) {
                    planar = minimum.energy();
                }
                if (!minimum.isPlanar() && Double.isNaN(globular)) {
                    globular = minimum.energy();
                }
                structures.add(noted(minimum, rank, trust));
            }
            crossover.add(List.of(
                    source,
                    n,
                    Rows.number(planar / n, 8),
                    Rows.number(globular / n, 8),
                    Rows.number(globular - planar, 8)));
        }
        Outputs.csv(
                output.resolve("minima.csv"),
                List.of("source", "size", "rank", "energy_per_atom", "relative_energy", "planarity", "found_by"),
                rows);
        Outputs.csv(
                output.resolve("crossover.csv"),
                List.of(
                        "source",
                        "size",
                        "planar_energy_per_atom",
                        "globular_energy_per_atom",
                        "globular_minus_planar"),
                crossover);
        ExtendedXyz.write(output.resolve("minima.xyz"), structures);
        Optional<Integer> first = MinimaSearch.crossover(minima);
        arguments
                .out()
                .println(structures.size() + " minima in " + output.resolve("minima.xyz") + "; "
                        + (first.isEmpty()
                                ? "the lowest cluster of the largest size is planar, or there is no planar one to compare with"
                                : "globular from " + first.get() + " atoms on"));
    }

    private static Structure noted(Minimum minimum, int rank, Trust trust) {
        Structure structure = minimum.structure().withoutInfo();
        structure = structure
                .withInfo("sid", ContentHash.of(structure))
                .withInfo("rank", rank)
                .withInfo("found_by", minimum.foundBy())
                .withInfo("planarity", minimum.planarity());
        return trust.isKnown()
                ? structure.withInfo("NN_disagreement_mev_per_atom", 1000 * trust.spread(structure))
                : structure;
    }

    private static SortedMap<Integer, List<Minimum>> labelled(Path file, int keep) {
        List<Structure> structures = CompareIsomers.clusters(file);
        LevelOfTheory.of(structures, file.toString());
        List<Minimum> minima = new ArrayList<>();
        for (Structure structure : structures) {
            if (structure.label() != null) {
                Object foundBy = structure.info().get("found_by");
                minima.add(new Minimum(
                        structure,
                        structure.label().energy(),
                        ClusterGeometry.planarity(structure),
                        foundBy == null ? "labelled" : foundBy.toString()));
            }
        }
        return MinimaSearch.ranked(minima, keep);
    }

    /** The element that was named, or the only one that the model knows. */
    static int element(Arguments arguments, EnergyModel model) {
        if (!arguments.has("element")) {
            List<Integer> known = EnergyModels.elements(model);
            if (known.size() > 1) {
                throw new UsageException("needs --element: the model knows "
                        + known.stream().map(Elements::symbol).collect(Collectors.joining(", "))
                        + ", and clusters here are of one element");
            }
            return known.isEmpty() ? Elements.atomicNumber("Au") : known.get(0);
        }
        try {
            return Elements.atomicNumber(arguments.text("element"));
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("element", "cannot be used: " + e.getMessage());
        }
    }
}
