package cupel.cli;

import cupel.assay.bulk.BulkProperties;
import cupel.assay.bulk.BulkSettings;
import cupel.assay.bulk.Crystal;
import cupel.assay.bulk.CrystalPoint;
import cupel.assay.bulk.ElasticConstants;
import cupel.assay.bulk.EquationOfState;
import cupel.assay.bulk.Polymorph;
import cupel.assay.bulk.StrainPoint;
import cupel.potential.EnergyModel;
import cupel.structure.Decimals;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code compare bulk}: equation of state, polymorphs and elastic constants of a potential, a model, or labels. */
final class CompareBulk {

    /** Energies that scatter by more than this around their equation of state, in eV/atom, are worth a note. */
    private static final double SCATTER = 1e-3;

    /** Standard errors of elastic constants above this, in GPa, are worth a note. */
    private static final double WIDE = 2;

    static final String EQUATION_OF_STATE = "equation_of_state.csv";
    static final String POLYMORPHS = "polymorphs.csv";
    static final String ELASTIC_CONSTANTS = "elastic_constants.csv";
    static final String STRAINS = "strains.csv";

    static final Tool TOOL = withFits(withGrid(
                            EnergyModels.declare(Tool.named("bulk")
                                            .purpose(
                                                    "Measures the crystals of an element, fcc, bcc, sc and diamond: energies by volume, lattice"
                                                            + " constants, energies above fcc, cohesive energies, bulk moduli, and the elastic"
                                                            + " constants of one of them from three strains. Of a potential or a classical model, whose"
                                                            + " lattice constants are searched for, or of labels of the structures that"
                                                            + " bulk-structures writes.")
                                            .required(
                                                    "output",
                                                    "DIR",
                                                    "where " + EQUATION_OF_STATE + ", " + POLYMORPHS + ", "
                                                            + ELASTIC_CONSTANTS + " and " + STRAINS
                                                            + " are written; made if need be"))
                                    .optionalSeveral(
                                            "labels",
                                            "FILE",
                                            "labelled structures of bulk-structures to read instead, of one stage or of both, extended XYZ")
                                    .optional(
                                            "element",
                                            "SYMBOL",
                                            "the element; if not given, that of the labels, or of a potential or a file of tables that has but one")
                                    .optional(
                                            "lattice-constant",
                                            "angstrom",
                                            "lattice constant of fcc that the search begins from; if not given, from the covalent radius"))
                    .choice(
                            "elastic-crystal",
                            Crystal.FCC.toString(),
                            "whose elastic constants; of labels those whose strained cells are there",
                            crystalNames()))
            .action(CompareBulk::bulk);

    private CompareBulk() {}

    static String[] crystalNames() {
        return Crystal.names().split(", ");
    }

    /** The tool with the options that say which lattice constants and strains are computed. */
    static Tool withGrid(Tool tool) {
        BulkSettings standard = BulkSettings.STANDARD;
        return tool.option(
                        "range",
                        "FRACTION",
                        Decimals.shortest(standard.range()),
                        "how far lattice constants go to both sides")
                .option("step", "FRACTION", Decimals.shortest(standard.step()), "step of lattice constants")
                .option(
                        "largest-strain",
                        "DELTA",
                        Decimals.shortest(standard.largestStrain()),
                        "largest strain to both sides")
                .option("strain-step", "DELTA", Decimals.shortest(standard.strainStep()), "step of strains");
    }

    /** The tool with the options that say how they are fitted. */
    static Tool withFits(Tool tool) {
        BulkSettings standard = BulkSettings.STANDARD;
        return tool.optional(
                        "fit-range",
                        "FRACTION",
                        "how far from the lowest energy lattice constants count in the fit of the equation of state; if not"
                                + " given, " + Decimals.shortest(BulkSettings.LABELS.fitRange()) + " for labels, "
                                + Decimals.shortest(standard.fitRange()) + " for a potential or a model")
                .optional(
                        "strain-degree",
                        "N",
                        "degree of the polynomial in the strain whose square term gives an elastic constant; if not given, "
                                + BulkSettings.LABELS.degree() + " for labels, " + standard.degree()
                                + " for a potential or a model");
    }

    /** The settings of those options. */
    static BulkSettings settings(Arguments arguments, BulkSettings standard) {
        try {
            return new BulkSettings(
                    arguments.positive("range"),
                    arguments.positive("step"),
                    arguments.has("fit-range") ? arguments.positive("fit-range") : standard.fitRange(),
                    arguments.positive("largest-strain"),
                    arguments.positive("strain-step"),
                    arguments.has("strain-degree") ? arguments.integer("strain-degree", 2) : standard.degree());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static void bulk(Arguments arguments) throws IOException {
        boolean labels = arguments.given("labels");
        BulkSettings settings = settings(arguments, labels ? BulkSettings.LABELS : BulkSettings.STANDARD);
        String source = EnergyModels.source(arguments, "reference");
        BulkProperties bulk = labels ? ofLabels(arguments, settings) : ofModel(arguments, settings);
        Path folder = arguments.path("output");
        Files.createDirectories(folder);
        write(folder, source, bulk);
        print(arguments.out(), source, bulk);
    }

    private static BulkProperties ofLabels(Arguments arguments, BulkSettings settings) {
        if (EnergyModels.named(arguments)) {
            throw arguments.wrong("labels", "are energies of their own: give no --potential and no --model with them");
        }
        List<Path> files = arguments.paths("labels");
        if (files.isEmpty()) {
            throw arguments.wrong("labels", "must be one file or more");
        }
        List<Structure> structures = new ArrayList<>();
        for (Path file : files) {
            structures.addAll(ExtendedXyz.read(file));
        }
        String source = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        BulkProperties bulk = BulkProperties.ofLabels(structures, source, settings);
        if (arguments.has("element") && element(arguments) != bulk.element()) {
            throw arguments.wrong(
                    "element",
                    "is " + arguments.text("element") + ", but the labels are of " + Elements.symbol(bulk.element()));
        }
        return bulk;
    }

    private static BulkProperties ofModel(Arguments arguments, BulkSettings settings) {
        int[] asked = arguments.has("element") ? new int[] {element(arguments)} : new int[0];
        EnergyModel model = EnergyModels.of(arguments, asked);
        int element;
        if (asked.length == 1) {
            element = asked[0];
        } else {
            List<Integer> known = EnergyModels.elements(model);
            if (known.size() != 1) {
                throw new UsageException("needs --element");
            }
            element = known.get(0);
        }
        return BulkProperties.of(
                model,
                element,
                EnergyModels.isolatedAtom(model, element),
                arguments.has("lattice-constant") ? arguments.positive("lattice-constant") : Double.NaN,
                Crystal.named(arguments.text("elastic-crystal")),
                settings);
    }

    /** The atomic number of the option {@code element}. */
    static int element(Arguments arguments) {
        try {
            return Elements.atomicNumber(arguments.text("element"));
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("element", "must be the symbol of an element, is " + arguments.text("element"));
        }
    }

    private static void write(Path folder, String source, BulkProperties bulk) {
        List<List<Object>> points = new ArrayList<>();
        for (CrystalPoint point : bulk.points()) {
            points.add(List.of(
                    source,
                    point.crystal(),
                    number(point.volumePerAtom()),
                    number(point.latticeConstant()),
                    number(point.energyPerAtom())));
        }
        Outputs.csv(
                folder.resolve(EQUATION_OF_STATE),
                List.of("source", "crystal", "volume_per_atom", "lattice_constant", "energy_per_atom"),
                points);

        List<List<Object>> polymorphs = new ArrayList<>();
        for (Polymorph polymorph : bulk.polymorphs()) {
            EquationOfState fit = polymorph.equationOfState();
            polymorphs.add(List.of(
                    source,
                    polymorph.crystal(),
                    number(fit == null ? Double.NaN : polymorph.latticeConstant()),
                    number(bulk.energyAboveFcc(polymorph)),
                    number(bulk.cohesiveEnergy(polymorph)),
                    number(fit == null ? Double.NaN : fit.bulkModulus())));
        }
        Outputs.csv(
                folder.resolve(POLYMORPHS),
                List.of("source", "crystal", "lattice_constant", "energy_above_fcc", "cohesive_energy", "bulk_modulus"),
                polymorphs);

        List<List<Object>> constants = new ArrayList<>();
        ElasticConstants elastic = bulk.elastic();
        if (elastic != null) {
            constants.add(List.of(source, "C11", number(elastic.c11()), number(elastic.c11Error())));
            constants.add(List.of(source, "C12", number(elastic.c12()), number(elastic.c12Error())));
            constants.add(List.of(source, "C44", number(elastic.c44()), number(elastic.c44Error())));
            constants.add(List.of(source, "B", number(elastic.bulkModulus()), number(elastic.bulkModulusError())));
        }
        Outputs.csv(
                folder.resolve(ELASTIC_CONSTANTS), List.of("source", "constant", "value", "standard_error"), constants);

        List<List<Object>> strains = new ArrayList<>();
        for (StrainPoint point : bulk.strains()) {
            strains.add(List.of(source, point.strain(), number(point.delta()), number(point.energyPerVolume())));
        }
        Outputs.csv(folder.resolve(STRAINS), List.of("source", "strain", "delta", "energy_per_volume"), strains);
    }

    /** Empty where it is unknown. */
    private static String number(double value) {
        return Double.isFinite(value) ? Decimals.shortest(value) : "";
    }

    private static void print(PrintStream out, String source, BulkProperties bulk) {
        out.println(source + ", " + Elements.symbol(bulk.element()));
        out.println("crystal   a (angstrom)   above fcc (meV/atom)   cohesive energy (eV/atom)   B (GPa)");
        for (Polymorph polymorph : bulk.polymorphs()) {
            EquationOfState fit = polymorph.equationOfState();
            out.println(String.format(
                            Locale.ROOT,
                            "%-7s   %12s   %20s   %25s   %7s",
                            polymorph.crystal(),
                            shown("%.4f", fit == null ? Double.NaN : polymorph.latticeConstant()),
                            shown("%.1f", 1000 * bulk.energyAboveFcc(polymorph)),
                            shown("%.4f", bulk.cohesiveEnergy(polymorph)),
                            shown("%.1f", fit == null ? Double.NaN : fit.bulkModulus()))
                    .stripTrailing());
        }
        ElasticConstants elastic = bulk.elastic();
        if (elastic != null) {
            out.println(String.format(
                    Locale.ROOT,
                    "C11 %.1f, C12 %.1f, C44 %.1f, (C11 + 2 C12)/3 %.1f GPa",
                    elastic.c11(),
                    elastic.c12(),
                    elastic.c44(),
                    elastic.bulkModulus()));
            if (Math.max(elastic.c11Error(), elastic.c44Error()) > WIDE) {
                out.println(String.format(
                        Locale.ROOT,
                        "note: energies under strain scatter: standard errors %.1f, %.1f, %.1f, %.1f GPa; a metal may need a wider"
                                + " smearing or more k-points",
                        elastic.c11Error(),
                        elastic.c12Error(),
                        elastic.c44Error(),
                        elastic.bulkModulusError()));
            }
        }
        for (Polymorph polymorph : bulk.polymorphs()) {
            EquationOfState fit = polymorph.equationOfState();
            if (fit == null) {
                out.println("note: " + polymorph.missing());
            } else if (fit.residual() > SCATTER) {
                out.println(String.format(
                        Locale.ROOT,
                        "note: %s: energies scatter by %.1f meV/atom around the equation of state: do all cells have the same"
                                + " grid of k-points?",
                        polymorph.crystal(),
                        1000 * fit.residual()));
            }
        }
        if (bulk.elasticMissing() != null) {
            out.println("note: no elastic constants: " + bulk.elasticMissing());
        }
    }

    private static String shown(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
