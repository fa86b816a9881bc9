package cupel.cli;

import cupel.potential.EnergyModel;
import cupel.potential.Potential;
import cupel.reference.Models;
import cupel.sampling.Composition;
import cupel.sampling.Connectivity;
import cupel.sampling.DynamicsSampler;
import cupel.sampling.DynamicsSettings;
import cupel.sampling.GrandCanonicalSampler;
import cupel.sampling.GrandCanonicalSettings;
import cupel.sampling.MetropolisSampler;
import cupel.sampling.MetropolisSettings;
import cupel.sampling.MoveCounts;
import cupel.sampling.NestedSampler;
import cupel.sampling.NestedSettings;
import cupel.sampling.Provenance;
import cupel.sampling.RandomMixture;
import cupel.sampling.Sampler;
import cupel.sampling.SamplingResult;
import cupel.sampling.Walker;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** {@code sample.jar}: candidate structures from one walker, or random ones from none. */
public final class Sample {

    static final Tool TOOL = Tool.named("sample")
            .purpose(
                    "Samples candidate structures: one Monte Carlo walker that starts from a random structure of a file, or "
                            + "random clusters for a control arm or a test set. The same arguments give the same bytes.")
            .choice(
                    "sampler",
                    "metropolis",
                    "metropolis: canonical walk; nested: flat walk under a falling energy ceiling; grow: grand canonical walk "
                            + "through all sizes; dynamics: Langevin dynamics; random: compact, planar, chain-like, surface-like, stretched, hot and rattled "
                            + "clusters in turn",
                    "metropolis",
                    "nested",
                    "grow",
                    "dynamics",
                    "random")
            .optional("potential", "FILE", "trained potential whose energy the walk goes by, JSON")
            .optional(
                    "model",
                    "NAME",
                    "built-in model to go by instead: " + Models.names()
                            + "; with --sampler random, what moves atoms in hot and rattled clusters, else the potential does")
            .optional(
                    "structures",
                    "FILE",
                    "where walkers may start, extended XYZ; random clusters take their proportions of elements from it")
            .optional("elements", "SYMBOLS", "elements of random clusters without --structures, such as Au or Au,Cu")
            .required("output", "FILE", "candidates, extended XYZ")
            .required("seed", "N", "seed of all random numbers")
            .option("sizes", "N..N", "2..20", "numbers of atoms: a walker draws one, grow goes through all")
            .option(
                    "temperature",
                    "K,K,...",
                    "300",
                    "temperature of metropolis, grow and dynamics; several are taken by the walks in turn")
            .option(
                    "cycles",
                    "N",
                    "5000",
                    "cycles of the walk; a cycle is as many attempted moves as there are atoms, in grow as there may be, in dynamics "
                            + "one step")
            .option("output-every", "N", "1000", "cycles from one candidate to the next")
            .optional(
                    "equilibration",
                    "N",
                    "cycles before the others, in which the step is adapted (default: 500; nested: 100, without a ceiling)")
            .option("contraction-every", "N", "50", "cycles from one lowering of the nested ceiling to the next")
            .option(
                    "relocation-share",
                    "0..1",
                    "0.1",
                    "share of the moves that take an atom out and put it back elsewhere")
            .optional("time-step", "fs", "step of dynamics (default: 2 for gold, less for lighter atoms)")
            .option("friction", "1/fs", "0.01", "friction of the Langevin thermostat of dynamics; 0: constant energy")
            .option("activity", "1/angstrom^3", "0.001", "activity exp(mu/kT)/Lambda^3 of each element, for grow")
            .optional("count", "N", "how many random clusters (default: cycles / output-every)")
            .optional(
                    "r-min", "angstrom", "no two atoms come nearer (default: 0.70 of the sum of their covalent radii)")
            .optional(
                    "r-connect",
                    "angstrom",
                    "atoms nearer than this are joined, and all must hang together (default: 1.45 of the sum of their "
                            + "covalent radii)")
            .option(
                    "walks",
                    "N",
                    "1",
                    "walks of the walker, one after the other, each with a start and a size of its own")
            .option(
                    "confinement",
                    "diameters,...",
                    "0",
                    "the walk stays within so many diameters of the sphere that the atoms fill when densely packed, so that "
                            + "it sees compact clusters; 0: anywhere; several are taken by the walks in turn")
            .option(
                    "swap-share",
                    "0..1",
                    "0.1",
                    "with several elements, share of the other moves that exchange two atoms of different elements")
            .choice(
                    "composition",
                    "start",
                    "with several elements, start: a cluster has the proportions of what it begins with (of --elements or --structures, if"
                            + " random); any: each composition of the elements is as likely, pure ones too",
                    "start",
                    "any")
            .optional("campaign", "NAME", "noted on candidates, and part of the seed")
            .optional("generation", "N", "noted on candidates, and part of the seed")
            .optional("walker", "N", "noted on candidates, and part of the seed")
            .action(Sample::sample);

    private Sample() {}

    public static void main(String[] args) {
        System.exit(Steps.run(TOOL, args, System.out, System.err));
    }

    private static void sample(Arguments arguments) {
        boolean random = arguments.text("sampler").equals("random");
        if (!arguments.has("potential") && !arguments.has("model")) {
            throw new UsageException("needs --potential or --model");
        }
        if (!random && arguments.has("potential") && arguments.has("model")) {
            throw arguments.wrong("model", "and --potential are two energies to go by: give one of them");
        }
        if (!random && !arguments.has("structures")) {
            throw new UsageException("needs --structures, where the walk may start");
        }
        if (random && arguments.has("structures") == arguments.has("elements")) {
            throw new UsageException("needs either --structures or --elements for random clusters");
        }
        if (!random && arguments.has("elements")) {
            throw arguments.wrong("elements", "is for --sampler random; a walk has the elements of its start");
        }
        Connectivity connectivity = Connectivities.of(arguments);
        Provenance provenance = provenance(arguments);
        UniformRandomProvider stream = RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(
                arguments.seed("seed"),
                Seeds.key(provenance.campaign() == null ? "" : provenance.campaign()),
                provenance.generation() == null ? 0 : provenance.generation(),
                provenance.walker() == null ? 0 : provenance.walker()));
        if (random) {
            makeRandom(arguments, connectivity, provenance, stream);
        } else {
            walk(arguments, connectivity, provenance, stream);
        }
    }

    private static void walk(
            Arguments arguments, Connectivity connectivity, Provenance provenance, UniformRandomProvider stream) {
        IntegerRange sizes = arguments.integerRange("sizes", 1);
        Path file = arguments.path("structures");
        List<Structure> starts = ExtendedXyz.read(file);
        if (starts.isEmpty()) {
            throw new InputException(file + ": holds no structure, a walk needs one to start from");
        }
        double[] temperatures = temperatures(arguments);
        double[] confinements = arguments.nonNegatives("confinement");
        EnergyModel model = model(arguments, elementsOf(starts));
        Path output = arguments.path("output");
        PrintStream out = arguments.out();
        List<Structure> candidates = new ArrayList<>();
        for (int walk = 0; walk < arguments.integer("walks", 1); walk++) {
            double confinement = confinements[walk % confinements.length];
            Connectivity allowed = confinement > 0 ? connectivity.withConfinement(confinement) : connectivity;
            Sampler sampler = sampler(arguments, temperatures[walk % temperatures.length], allowed, sizes, starts);
            Walker walker = new Walker(sampler, allowed, sizes.min(), sizes.max(), composition(arguments));
            Walker.Result result = walker.walk(model, starts, provenance, stream);
            candidates.addAll(result.structures());
            out.println(count(result.structures().size(), "candidate") + " of " + count(result.size(), "atom") + " in "
                    + output);
            if (result.remark() != null) {
                out.println("note: " + result.remark());
            }
            if (result.sampling() != null) {
                report(result.sampling(), out);
            }
        }
        ExtendedXyz.write(output, candidates);
    }

    private static void report(SamplingResult sampling, PrintStream out) {
        for (MoveCounts m : sampling.moves()) {
            if (m.attempted() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%ss: %d attempted, %d did not fit, %d without finite energy, %.1f %% accepted%n",
                        m.move(),
                        m.attempted(),
                        m.misfits(),
                        m.notFinite(),
                        100 * m.acceptance());
            }
        }
        if (!sampling.strata().isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "strata: %d, ceiling from %.3f to %.3f eV%n",
                    sampling.strata().size(),
                    sampling.strata().get(0).ceiling(),
                    sampling.strata().get(sampling.strata().size() - 1).ceiling());
        }
    }

    private static void makeRandom(
            Arguments arguments, Connectivity connectivity, Provenance provenance, UniformRandomProvider stream) {
        IntegerRange sizes = arguments.integerRange("sizes", 1);
        int count = arguments.has("count")
                ? arguments.integer("count", 1)
                : Math.max(1, arguments.integer("cycles", 1) / arguments.integer("output-every", 1));
        int[] composition = new int[119];
        if (arguments.has("elements")) {
            for (String symbol : arguments.text("elements").split(",", -1)) {
                composition[element(arguments, symbol.strip())]++;
            }
        } else {
            Path file = arguments.path("structures");
            List<Structure> structures = ExtendedXyz.read(file);
            if (structures.isEmpty()) {
                throw new InputException(file + ": holds no structure to take the elements from");
            }
            for (Structure structure : structures) {
                for (int element : structure.atomicNumbers()) {
                    composition[element]++;
                }
            }
        }
        List<Integer> present = new ArrayList<>();
        for (int element = 0; element < composition.length; element++) {
            if (composition[element] > 0) {
                present.add(element);
            }
        }
        int[] elements = present.stream().mapToInt(Integer::intValue).toArray();
        EnergyModel model = model(arguments, elements);
        RandomMixture.Result result = new RandomMixture(connectivity, sizes.min(), sizes.max(), composition(arguments))
                .make(model, composition, count, provenance, stream);
        List<Structure> made = result.structures();
        if (arguments.has("model") && arguments.has("potential")) {
            made = withPredictions(made, Potential.read(arguments.path("potential")));
        }
        Path output = arguments.path("output");
        ExtendedXyz.write(output, made);
        arguments.out().println(count(made.size(), "random cluster") + " in " + output);
        if (result.remark() != null) {
            arguments.out().println("note: " + result.remark());
        }
    }

    private static List<Structure> withPredictions(List<Structure> structures, Potential potential) {
        List<Structure> predicted = new ArrayList<>();
        for (Structure structure : structures) {
            double energy = potential.energy(structure);
            predicted.add(Double.isFinite(energy) ? structure.withInfo("NN_energy", energy) : structure);
        }
        return predicted;
    }

    /** Dynamics can do with 0 K: it then cools. */
    private static double[] temperatures(Arguments arguments) {
        return arguments.text("sampler").equals("dynamics")
                ? arguments.nonNegatives("temperature")
                : arguments.positives("temperature");
    }

    private static Sampler sampler(
            Arguments arguments,
            double temperature,
            Connectivity connectivity,
            IntegerRange sizes,
            List<Structure> starts) {
        int cycles = arguments.integer("cycles", 1);
        int every = arguments.integer("output-every", 1);
        double share = arguments.nonNegative("relocation-share");
        double swaps = arguments.nonNegative("swap-share");
        return switch (arguments.text("sampler")) {
            case "metropolis" -> {
                MetropolisSettings settings = MetropolisSettings.standard();
                yield new MetropolisSampler(
                        settings.withTemperature(temperature)
                                .withCycles(cycles, every)
                                .withEquilibration(equilibration(arguments, settings.equilibration(), 0))
                                .withRelocationShare(share)
                                .withSwapShare(swaps),
                        connectivity);
            }
            case "nested" -> {
                NestedSettings settings = NestedSettings.standard();
                yield new NestedSampler(
                        settings.withCycles(cycles, every)
                                .withContractionEvery(arguments.integer("contraction-every", 1))
                                .withEquilibration(equilibration(arguments, settings.equilibration(), 2))
                                .withRelocationShare(share)
                                .withSwapShare(swaps),
                        connectivity);
            }
            case "dynamics" ->
                new DynamicsSampler(
                        new DynamicsSettings(
                                arguments.has("time-step")
                                        ? arguments.positive("time-step")
                                        : starts.stream()
                                                .mapToDouble(DynamicsSettings::timeStepFor)
                                                .min()
                                                .getAsDouble(),
                                temperature,
                                arguments.nonNegative("friction")),
                        cycles,
                        every,
                        connectivity);
            default -> {
                GrandCanonicalSettings settings = GrandCanonicalSettings.standard();
                yield new GrandCanonicalSampler(
                        settings.withTemperature(temperature)
                                .withActivity(arguments.positive("activity"))
                                .withSizes(sizes.min(), sizes.max())
                                .withCycles(cycles, every)
                                .withEquilibration(equilibration(arguments, settings.equilibration(), 0))
                                .withShares(settings.exchangeShare(), share),
                        connectivity);
            }
        };
    }

    private static Composition composition(Arguments arguments) {
        return Composition.valueOf(arguments.text("composition").toUpperCase(Locale.ROOT));
    }

    private static int equilibration(Arguments arguments, int standard, int least) {
        return arguments.has("equilibration") ? arguments.integer("equilibration", least) : standard;
    }

    private static Provenance provenance(Arguments arguments) {
        return new Provenance(
                arguments.text("campaign"),
                arguments.has("generation") ? Long.valueOf(arguments.integer("generation", 0)) : null,
                arguments.has("walker") ? Long.valueOf(arguments.integer("walker", 0)) : null,
                // The energy of a built-in model is not noted: it would be taken for a label or a prediction.
                arguments.has("model") ? null : "NN_energy");
    }

    /** What the walk goes by, or what moves the atoms of random clusters: the built-in model if one is named. */
    private static EnergyModel model(Arguments arguments, int[] elements) {
        if (!arguments.has("model")) {
            return Potential.read(arguments.path("potential"));
        }
        try {
            return Models.named(arguments.text("model"), elements);
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("model", "cannot be used: " + e.getMessage());
        }
    }

    private static int element(Arguments arguments, String symbol) {
        try {
            return Elements.atomicNumber(symbol);
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("elements", "cannot be used: " + e.getMessage());
        }
    }

    private static int[] elementsOf(List<Structure> structures) {
        return structures.stream()
                .flatMapToInt(s -> Arrays.stream(s.atomicNumbers()))
                .distinct()
                .sorted()
                .toArray();
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
