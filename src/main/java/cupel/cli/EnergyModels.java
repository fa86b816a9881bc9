package cupel.cli;

import cupel.potential.ElementPotential;
import cupel.potential.EnergyModel;
import cupel.potential.Potential;
import cupel.reference.EmbeddedAtom;
import cupel.reference.Models;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.Arrays;
import java.util.List;

/**
 * The options {@code --potential}, {@code --model} (with {@code --model-file} for {@code eam}) and {@code --name}: whose
 * energies a measurement is made on.
 */
final class EnergyModels {

    private static final String EAM = "eam";

    private EnergyModels() {}

    /** Declares {@code --potential}, {@code --model} and {@code --model-file}. */
    static Tool declareModel(Tool tool) {
        return tool.optional("potential", "FILE", "trained potential, JSON")
                .optional(
                        "model",
                        "NAME",
                        "classical model instead: " + Models.names() + ", or " + EAM
                                + " with the tables of --model-file")
                .optional("model-file", "FILE", "tables of the model eam: setfl (.eam.alloy) or funcfl (.eam)");
    }

    /** Declares these and {@code --name}. */
    static Tool declare(Tool tool) {
        return declareModel(tool)
                .optional(
                        "name",
                        "NAME",
                        "what the column source says; if not given, potential, the name of the model, or reference");
    }

    /** Whether the options name a model. */
    static boolean named(Arguments arguments) {
        return arguments.has("potential") || arguments.has("model");
    }

    /**
     * The model; exactly one must be named.
     *
     * @param elements atomic numbers that it will meet
     */
    static EnergyModel of(Arguments arguments, int... elements) {
        if (arguments.has("potential") == arguments.has("model")) {
            throw new UsageException("needs either --potential or --model");
        }
        if (EAM.equals(arguments.text("model")) != arguments.has("model-file")) {
            throw arguments.wrong("model-file", "and --model eam belong together: give both or neither");
        }
        if (arguments.has("potential")) {
            Potential potential = Potential.read(arguments.path("potential"));
            for (int element : elements) {
                potential.element(element); // refuses what it does not know
            }
            return potential;
        }
        if (arguments.has("model-file")) {
            EmbeddedAtom tables = EmbeddedAtom.read(arguments.path("model-file"));
            for (int element : elements) {
                if (Arrays.stream(tables.elements()).noneMatch(known -> known == element)) {
                    throw arguments.wrong("model-file", "has no tables for " + Elements.symbol(element));
                }
            }
            return tables;
        }
        try {
            return Models.named(arguments.text("model"), elements);
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("model", "cannot be used: " + e.getMessage());
        }
    }

    /** The model for these structures. */
    static EnergyModel of(Arguments arguments, List<Structure> structures) {
        return of(
                arguments,
                structures.stream()
                        .flatMapToInt(s -> Arrays.stream(s.atomicNumbers()))
                        .distinct()
                        .sorted()
                        .toArray());
    }

    /** Energy of the isolated atom in eV, the zero of cohesive energies: the offset of a potential, what any other model gives. */
    static double isolatedAtom(EnergyModel model, int element) {
        return model instanceof Potential potential
                ? potential.element(element).offset()
                : model.energy(Structure.cluster(element, 0, 0, 0));
    }

    /** The elements of a potential or of the tables of a model; empty for a built-in model, which knows many. */
    static List<Integer> elements(EnergyModel model) {
        if (model instanceof Potential potential) {
            return potential.elements().stream()
                    .map(ElementPotential::atomicNumber)
                    .toList();
        }
        return model instanceof EmbeddedAtom tables
                ? Arrays.stream(tables.elements()).boxed().toList()
                : List.of();
    }

    /**
     * What the column source says.
     *
     * @param otherwise when neither a name nor a model is given
     */
    static String source(Arguments arguments, String otherwise) {
        if (arguments.has("name")) {
            String name = arguments.text("name");
            if (!name.matches("[A-Za-z0-9._+-]+")) {
                throw arguments.wrong("name", "must be one word of letters, digits and . _ + -, is " + name);
            }
            return name;
        }
        if (arguments.has("model")) {
            return arguments.text("model");
        }
        return arguments.has("potential") ? "potential" : otherwise;
    }
}
