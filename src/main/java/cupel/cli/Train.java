package cupel.cli;

import cupel.assay.LevelOfTheory;
import cupel.descriptor.Descriptor;
import cupel.network.Network;
import cupel.potential.Potential;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import cupel.training.Trainer;
import cupel.training.TrainingResult;
import cupel.training.TrainingResult.CurvePoint;
import cupel.training.TrainingResult.Member;
import cupel.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code train}: a potential from a pool of labelled structures; with the subcommands {@code export} and {@code import} to other
 * programs and from them.
 */
public final class Train {

    private static final String DEFAULT = "; if not given, that of the preset";

    static final Tool TOOL = Tool.named("train")
            .purpose(
                    "Trains a neural-network potential on labelled structures: one network per element, K networks with"
                            + " another part of the pool held out from each. The best is the potential, all K are its committee."
                            + " A single atom in free space gives the energy offset of its element.")
            .requiredSeveral(
                    "structures",
                    "FILE",
                    "labelled structures, extended XYZ; all files together are the pool, and what stands in a file before is not taken again")
            .required("output", "FILE", "the potential, JSON")
            .required("seed", "N", "seed of all random numbers")
            .choice(
                    "preset",
                    "standard",
                    "standard: Levenberg-Marquardt on the whole pool at once, ended by the held-out structures;"
                            + " paper: batches of 32, learning rate 0.1, 2000 epochs, as Loeffler et al. (2020)",
                    "standard",
                    "paper")
            .optional(
                    "train-on",
                    "energy|energy+forces",
                    "what is fitted; if not given, energies and forces, but energies alone with the preset paper, and where no"
                            + " structure has forces")
            .optional(
                    "initial",
                    "FILE",
                    "potential to go on from, JSON: each member of its committee is trained further; if not given,"
                            + " random weights")
            .optional(
                    "descriptor",
                    "NAME|FILE",
                    "symmetry functions: a set by its name (" + String.join(", ", Descriptor.names())
                            + "), or a JSON file; if not given, those of the initial potential or else "
                            + Descriptor.names().get(0))
            .optional(
                    "hidden-layers",
                    "N,N,...",
                    "widths of the hidden layers; if not given, those of the initial potential or else 10,10")
            .optional("folds", "K", "number of networks, each with its own part of the pool held out" + DEFAULT)
            .choice(
                    "hold-out",
                    "yes",
                    "whether each network has its own part of the pool held out, by which its training ends; if not, all learn the"
                            + " whole pool, each from other random weights, until the error converges: for labels that scatter little,"
                            + " and where accuracy counts more than a committee that knows where it errs",
                    "yes",
                    "no")
            .optional("max-epochs", "N", "longest training, passes over the pool" + DEFAULT)
            .optional(
                    "patience",
                    "N",
                    "epochs without a lower error of the held-out structures after which training ends, 0 for no end"
                            + DEFAULT)
            .choice(
                    "combine",
                    "best",
                    "what the potential is: the best of the networks, or the mean of all of them as one network that is as much"
                            + " wider and slower",
                    "best",
                    "mean")
            .optional(
                    "pairing",
                    "yes|no",
                    "whether the potential gets an energy that clusters with an odd number of electrons have above those with an even"
                            + " number, where the pool shows one"
                            + DEFAULT)
            .optional("batch-size", "N", "structures per step, 0 for the whole pool" + DEFAULT)
            .optional("damping", "MU", "damping at the start (the learning rate, with batches)" + DEFAULT)
            .optional(
                    "weight-precision",
                    "NUMBER",
                    "1/width^2 of the normal distribution that the weights of a network are expected to have, 0 to expect nothing"
                            + DEFAULT)
            .optional("force-weight", "angstrom", "weight of an error of the forces beside one of the energy" + DEFAULT)
            .optional(
                    "force-scale",
                    "eV/angstrom",
                    "forces above this count less: error times 1/sqrt(1+(F/F0)^2)" + DEFAULT)
            .optional(
                    "force-components", "N", "force components used per structure, drawn by seed, 0 for all" + DEFAULT)
            .optional(
                    "sketch-rows",
                    "N",
                    "random rows per weight of a network that stand for all force components in the matrix of a step,"
                            + " 0 for all of them, which takes several times as long" + DEFAULT)
            .optional(
                    "learning-curve",
                    "FILE",
                    "errors of every epoch of every network, CSV, in meV/atom and meV/angstrom; if not given, not"
                            + " written")
            .option("threads", "N", "1", "networks trained at the same time; the result does not depend on it")
            .action(Train::train)
            .subcommand(TrainExport.TOOL)
            .subcommand(TrainImport.TOOL);

    private Train() {}

    public static void main(String[] args) {
        System.exit(Steps.run(TOOL, args, System.out, System.err));
    }

    private static void train(Arguments arguments) throws IOException {
        long seed = arguments.seed("seed");
        int threads = arguments.integer("threads", 1);
        List<Structure> structures = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Path file : arguments.paths("structures")) {
            Set<String> before = Set.copyOf(taken);
            for (Structure structure : ExtendedXyz.read(file)) {
                String hash = ContentHash.of(structure);
                if (!before.contains(hash)) {
                    structures.add(structure);
                    taken.add(hash);
                }
            }
        }
        List<Structure> pool = LevelOfTheory.together(structures, String.join(", ", arguments.texts("structures")));
        TrainingSettings settings = settings(arguments, pool);
        Potential initial = arguments.has("initial") ? Potential.read(arguments.path("initial")) : null;
        if (arguments.has("descriptor")) {
            settings = settings.withDescriptor(descriptor(arguments, pool, initial));
        }
        if (arguments.has("hidden-layers")) {
            settings = settings.withHiddenLayers(arguments.integers("hidden-layers", 1));
        } else if (initial != null) {
            Network first = initial.committeeSize() > 0
                    ? initial.committee().get(0).values().iterator().next()
                    : initial.elements().get(0).network();
            int[] layers = first.layers();
            settings = settings.withHiddenLayers(java.util.Arrays.copyOfRange(layers, 1, layers.length - 1));
        }
        TrainingResult result = Trainer.train(pool, settings, seed, threads, initial);
        result.potential().write(arguments.path("output"));
        if (arguments.has("learning-curve")) {
            Outputs.text(arguments.path("learning-curve"), curve(result.curve()));
        }
        arguments.out().println(summary(result));
    }

    /** Whether forces are trained; docs/decisions/2026-11-23-forces-are-trained.md says why they are when nothing else is asked for. */
    private static boolean forces(Arguments arguments, List<Structure> pool) {
        if (arguments.has("train-on")) {
            String target = arguments.text("train-on");
            if (!target.equals("energy") && !target.equals("energy+forces")) {
                throw arguments.wrong("train-on", "must be energy or energy+forces, is " + target);
            }
            return target.equals("energy+forces");
        }
        return !arguments.text("preset").equals("paper")
                && pool.stream()
                        .anyMatch(s ->
                                s.size() > 1 && s.label() != null && s.label().forces() != null);
    }

    private static TrainingSettings settings(Arguments arguments, List<Structure> pool) {
        TrainingSettings settings =
                arguments.text("preset").equals("paper") ? TrainingSettings.paper() : TrainingSettings.standard();
        if (forces(arguments, pool)) {
            settings = settings.withTarget(TrainingSettings.Target.ENERGY_AND_FORCES);
        }
        if (arguments.has("folds")) {
            settings = settings.withFolds(arguments.integer("folds", 1));
        }
        settings = settings.withHoldOut(arguments.text("hold-out").equals("yes"));
        if (arguments.has("max-epochs")) {
            settings = settings.withMaxEpochs(arguments.integer("max-epochs", 0));
        }
        if (arguments.has("patience")) {
            settings = settings.withPatience(arguments.integer("patience", 0));
        }
        settings = settings.withMean(arguments.text("combine").equals("mean"));
        if (arguments.has("pairing")) {
            String pairing = arguments.text("pairing");
            if (!pairing.equals("yes") && !pairing.equals("no")) {
                throw arguments.wrong("pairing", "must be yes or no, is " + pairing);
            }
            settings = settings.withPairing(pairing.equals("yes"));
        }
        if (arguments.has("batch-size")) {
            settings = settings.withBatchSize(arguments.integer("batch-size", 0));
        }
        if (arguments.has("damping")) {
            double damping = arguments.positive("damping");
            settings = settings.withDamping(damping, Math.min(damping, settings.minDamping()));
        }
        if (arguments.has("weight-precision")) {
            settings = settings.withWeightPrecision(arguments.nonNegative("weight-precision"));
        }
        if (arguments.has("sketch-rows")) {
            settings = settings.withSketchRows(arguments.integer("sketch-rows", 0));
        }
        return settings.withForces(
                arguments.has("force-weight") ? arguments.positive("force-weight") : settings.forceWeight(),
                arguments.has("force-scale") ? arguments.positive("force-scale") : settings.forceScale(),
                arguments.has("force-components")
                        ? arguments.integer("force-components", 0)
                        : settings.forceComponents());
    }

    /** A set by its name is made for the elements of the pool and of the initial potential. */
    private static Descriptor descriptor(Arguments arguments, List<Structure> pool, Potential initial) {
        String value = arguments.text("descriptor");
        if (Descriptor.names().contains(value)) {
            TreeSet<Integer> elements = new TreeSet<>();
            for (Structure structure : pool) {
                for (int z : structure.atomicNumbers()) {
                    elements.add(z);
                }
            }
            if (initial != null) {
                initial.elements().forEach(e -> elements.add(e.atomicNumber()));
            }
            if (elements.isEmpty()) {
                return null;
            }
            return Descriptor.named(
                    value, elements.stream().mapToInt(Integer::intValue).toArray());
        }
        Path file = arguments.path("descriptor");
        if (!Files.exists(file)) {
            throw arguments.wrong(
                    "descriptor",
                    "must be one of " + String.join(", ", Descriptor.names()) + ", or a file, is " + value);
        }
        return Descriptor.read(file);
    }

    /** Numbers and names only: nothing in it needs quotes. */
    private static String curve(List<CurvePoint> curve) {
        StringBuilder text = new StringBuilder("fold,epoch,train_energy_rmse_mev,held_out_energy_rmse_mev,"
                + "train_force_rmse_mev,held_out_force_rmse_mev,damping\n");
        for (CurvePoint point : curve) {
            text.append(point.fold()).append(',').append(point.epoch());
            text.append(',').append(milli(point.trainEnergy())).append(',').append(milli(point.heldOutEnergy()));
            text.append(',').append(milli(point.trainForce())).append(',').append(milli(point.heldOutForce()));
            text.append(',')
                    .append(Double.isNaN(point.damping()) ? "" : String.format(Locale.ROOT, "%.3e", point.damping()));
            text.append('\n');
        }
        return text.toString();
    }

    /** In thousandths, or nothing where there is no such error. */
    private static String milli(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", 1000 * value);
    }

    private static String summary(TrainingResult result) {
        Member best = result.bestMember();
        int epochs = 0;
        for (Member member : result.members()) {
            epochs += member.epochs();
        }
        List<String> errors = new ArrayList<>();
        errors.add(String.format(Locale.ROOT, "energy %.2f meV/atom in training", 1000 * best.trainEnergy()));
        if (best.heldOut() > 0) {
            errors.add(String.format(Locale.ROOT, "%.2f held out", 1000 * best.heldOutEnergy()));
        }
        if (!Double.isNaN(best.trainForce())) {
            errors.add(String.format(Locale.ROOT, "force %.1f meV/angstrom in training", 1000 * best.trainForce()));
            if (!Double.isNaN(best.heldOutForce())) {
                errors.add(String.format(Locale.ROOT, "%.1f held out", 1000 * best.heldOutForce()));
            }
        }
        return String.format(
                Locale.ROOT,
                "%d structures, %d networks, %d epochs in all; best is network %d at epoch %d (%s): RMSE of %s",
                result.structures(),
                result.members().size(),
                epochs,
                best.fold(),
                best.bestEpoch(),
                best.reason(),
                String.join(", ", errors));
    }
}
