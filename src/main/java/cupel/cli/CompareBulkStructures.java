package cupel.cli;

import cupel.assay.bulk.BulkProperties;
import cupel.assay.bulk.BulkSettings;
import cupel.assay.bulk.BulkStructures;
import cupel.assay.bulk.Crystal;
import cupel.assay.bulk.Polymorph;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code compare bulk-structures}: what a reference program has to label for {@code compare bulk --labels}. */
final class CompareBulkStructures {

    private static final String FIRST_STAGE = "equation-of-state";

    static final Tool TOOL = CompareBulk.withFits(CompareBulk.withGrid(Tool.named("bulk-structures")
                    .purpose("Writes the crystals that a reference program labels for bulk --labels, in two stages:"
                            + " first crystals at several lattice constants and the isolated atom, then, from the"
                            + " labels of those, strained cells at the lattice constant of lowest energy.")
                    .choice("stage", null, "which structures", FIRST_STAGE, "elastic")
                    .required("output", "FILE", "structures to label, extended XYZ")
                    .optional("element", "SYMBOL", "the element, for " + FIRST_STAGE)
                    .optional(
                            "crystals",
                            "NAME,NAME,...",
                            "which crystals, for " + FIRST_STAGE + "; if not given, all: " + Crystal.names())
                    .optional(
                            "lattice-constant",
                            "angstrom",
                            "middle of the lattice constants, for " + FIRST_STAGE
                                    + ": one number for each crystal, with commas between"
                                    + " them, or that of fcc alone, from which those of the others are guessed")
                    .optional("labels", "FILE", "labels of the first stage, for elastic, extended XYZ")
                    .choice(
                            "elastic-crystal",
                            Crystal.FCC.toString(),
                            "which crystal is strained",
                            Crystal.FCC.toString(),
                            Crystal.BCC.toString(),
                            Crystal.SC.toString())))
            .action(CompareBulkStructures::structures);

    private CompareBulkStructures() {}

    private static void structures(Arguments arguments) {
        BulkSettings settings = CompareBulk.settings(arguments, BulkSettings.LABELS);
        boolean first = FIRST_STAGE.equals(arguments.text("stage"));
        List<Structure> structures = first ? equationOfState(arguments, settings) : elastic(arguments, settings);
        ExtendedXyz.write(arguments.path("output"), structures);
        arguments.out().println(structures.size() + " structures in " + arguments.path("output"));
    }

    private static List<Structure> equationOfState(Arguments arguments, BulkSettings settings) {
        if (!arguments.has("element") || !arguments.has("lattice-constant")) {
            throw new UsageException("--stage " + FIRST_STAGE + " needs --element and --lattice-constant");
        }
        if (arguments.given("labels")) {
            throw arguments.wrong("labels", "are for --stage elastic");
        }
        List<Crystal> crystals = crystals(arguments);
        double[] constants = arguments.positives("lattice-constant");
        if (constants.length != crystals.size()) {
            if (constants.length != 1) {
                throw arguments.wrong(
                        "lattice-constant",
                        "must be one number, or one for each of " + crystals.size() + " crystals, are "
                                + constants.length);
            }
            double[] guesses = BulkStructures.guesses(constants[0]);
            constants = crystals.stream()
                    .mapToDouble(crystal -> guesses[crystal.ordinal()])
                    .toArray();
        }
        return BulkStructures.equationOfState(CompareBulk.element(arguments), crystals, constants, settings);
    }

    private static List<Crystal> crystals(Arguments arguments) {
        if (!arguments.has("crystals")) {
            return List.of(Crystal.values());
        }
        List<Crystal> crystals = new ArrayList<>();
        for (String name : arguments.text("crystals").split(",", -1)) {
            Crystal crystal;
            try {
                crystal = Crystal.named(name.strip());
            } catch (IllegalArgumentException e) {
                throw arguments.wrong(
                        "crystals", "must be of " + Crystal.names() + ", with commas between them, has " + name);
            }
            if (crystals.contains(crystal)) {
                throw arguments.wrong("crystals", "has " + crystal + " twice");
            }
            crystals.add(crystal);
        }
        return crystals;
    }

    private static List<Structure> elastic(Arguments arguments, BulkSettings settings) {
        if (!arguments.has("labels")) {
            throw new UsageException("--stage elastic needs --labels, those of the structures of the first stage");
        }
        for (String option : List.of("element", "crystals", "lattice-constant")) {
            if (arguments.given(option)) {
                throw arguments.wrong(option, "follows from --labels in --stage elastic");
            }
        }
        Path file = arguments.path("labels");
        BulkProperties bulk = BulkProperties.ofLabels(ExtendedXyz.read(file), file.toString(), settings);
        Crystal crystal = Crystal.named(arguments.text("elastic-crystal"));
        Polymorph polymorph = bulk.polymorph(crystal);
        if (polymorph == null || polymorph.equationOfState() == null) {
            throw new InputException(file + ": "
                    + (polymorph == null ? "there is no " + crystal + " among the structures" : polymorph.missing()));
        }
        arguments
                .out()
                .println(String.format(
                        Locale.ROOT, "%s: lattice constant %.4f angstrom", crystal, polymorph.latticeConstant()));
        return BulkStructures.elastic(bulk.element(), crystal, polymorph.latticeConstant(), settings);
    }
}
