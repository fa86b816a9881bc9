package cupel.cli;

import cupel.reference.Labelling;
import cupel.reference.Labels;
import cupel.reference.Models;
import cupel.reference.ReferenceModel;
import cupel.reference.SanityWindow;
import cupel.reference.SeedStructures;
import cupel.reference.XtbEngine;
import cupel.reference.XtbSettings;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import cupel.structure.StructureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line {@code label}: reference energies and forces from a built-in model, and the input and output of
 * outside programs.
 */
public final class Label {

    static final Tool PREPARE = Tool.named("prepare")
            .purpose("Writes the input of a reference program: batches of folders, one folder for each structure.")
            .choice("engine", null, "the reference program", XtbEngine.ENGINE)
            .required("structures", "FILE", "structures to label, extended XYZ")
            .option("batch-size", "N", "20", "structures in a batch, which one task runs")
            .required(
                    "output-dir", "DIR", "where the folders batch_0000, batch_0001, ... are made; always at least one")
            .option("charge", "e", "0", "total charge of each structure")
            .option(
                    "electronic-temperature",
                    "K",
                    XtbSettings.DEFAULT.temperatureText(),
                    "Fermi smearing of the electrons")
            .option("iterations", "N", Integer.toString(XtbSettings.DEFAULT.iterations()), "limit for self-consistency")
            .action(Label::prepare);

    static final Tool PARSE = Tool.named("parse")
            .purpose("Reads the output of a reference program: labels, and records of what failed, in the order of the"
                    + " structures that were prepared.")
            .choice("engine", null, "the reference program", XtbEngine.ENGINE)
            .requiredSeveral("batches", "DIR", "all batches that were prepared together, after the program ran in them")
            .required("output", "FILE", "structures with labels, extended XYZ")
            .required("failed", "FILE", "structures without label, with the reason, extended XYZ")
            .option("max-force", "eV/angstrom", "50", "a label with a larger force on any atom is refused")
            .option(
                    "energy-window",
                    "eV..eV",
                    "-15..5",
                    "a label is refused if its energy per atom, relative to isolated atoms, is outside")
            .action(Label::parse);

    static final Tool SEEDS = Tool.named("seeds")
            .purpose(
                    "Prepares the structures that a campaign begins with for their first labels: bare, each once, and before"
                            + " them one isolated atom of each element, whose energy is the zero of energies.")
            .required("structures", "FILE", "structures to begin with: extended XYZ, mol, sdf, cml or cif")
            .required("output", "FILE", "structures to label, extended XYZ")
            .action(Label::seeds);

    static final Tool TOOL = Tool.named("label")
            .purpose(
                    "Labels structures with a built-in model; with a subcommand, prepares and reads the calculations of an"
                            + " outside program.")
            .choice("model", null, "the built-in model", Models.names().split(", "))
            .required("structures", "FILE", "structures to label, extended XYZ")
            .required("output", "FILE", "structures with labels, extended XYZ")
            .optional(
                    "failed",
                    "FILE",
                    "structures that failed, with the reason, extended XYZ; without it a failure is an error")
            .optional(
                    "max-force", "eV/angstrom", "refuse labels with a larger force on any atom; no limit if not given")
            .optional(
                    "energy-window",
                    "eV..eV",
                    "refuse labels with an energy per atom, relative to isolated atoms, outside; no limit if not given")
            .action(Label::label)
            .subcommand(SEEDS)
            .subcommand(PREPARE)
            .subcommand(PARSE);

    private Label() {}

    /** Runs the command and ends the virtual machine with its exit code. */
    public static void main(String[] args) {
        System.exit(TOOL.run(args, System.out, System.err));
    }

    private static void label(Arguments arguments) throws IOException {
        SanityWindow window = window(arguments, SanityWindow.FINITE);
        Path file = arguments.path("structures");
        List<Structure> structures = ExtendedXyz.read(file);
        ReferenceModel model = Models.named(arguments.text("model"));
        Labels labels;
        try {
            labels = Labelling.label(model, structures, window, Tool.version());
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
        write(arguments, labels);
    }

    private static void seeds(Arguments arguments) throws IOException {
        Path file = arguments.path("structures");
        List<Structure> seeds = SeedStructures.withIsolatedAtoms(StructureFiles.read(file));
        if (seeds.isEmpty()) {
            throw new InputException(file + ": holds no structure, a campaign needs one to begin with");
        }
        writeStructures(arguments.path("output"), seeds);
        arguments.out().println(seeds.size() + " structures to label in " + arguments.path("output"));
    }

    private static void prepare(Arguments arguments) throws IOException {
        XtbSettings settings = new XtbSettings(
                arguments.integer("charge", -1000, 1000),
                arguments.positive("electronic-temperature"),
                arguments.integer("iterations", 1));
        int batchSize = arguments.integer("batch-size", 1);
        Path file = arguments.path("structures");
        List<Structure> structures = ExtendedXyz.read(file);
        try {
            XtbEngine.prepare(structures, batchSize, arguments.path("output-dir"), settings);
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
        arguments.out().println(structures.size() + " structures prepared in " + arguments.path("output-dir"));
    }

    private static void parse(Arguments arguments) throws IOException {
        SanityWindow window = window(arguments, XtbEngine.WINDOW);
        write(arguments, XtbEngine.parse(arguments.paths("batches"), window));
    }

    private static SanityWindow window(Arguments arguments, SanityWindow otherwise) {
        SanityWindow window = otherwise;
        if (arguments.has("max-force")) {
            window = window.withMaxForce(arguments.positive("max-force"));
        }
        if (arguments.has("energy-window")) {
            Interval energies = arguments.interval("energy-window");
            if (energies.min() == energies.max()) {
                throw arguments.wrong("energy-window", "must leave room between its ends, is " + energies.min());
            }
            window = window.withEnergies(energies.min(), energies.max());
        }
        return window;
    }

    private static void write(Arguments arguments, Labels labels) throws IOException {
        Path output = arguments.path("output");
        Path failed = arguments.path("failed");
        if (failed == null && !labels.failed().isEmpty()) {
            Structure first = labels.failed().get(0);
            throw new InputException(labels.summary() + "; the first because of: "
                    + first.info().get("reason") + "; name a file with --failed to have them set aside");
        }
        writeStructures(output, labels.labelled());
        if (failed != null) {
            writeStructures(failed, labels.failed());
        }
        arguments.out().println(labels.summary());
    }

    private static void writeStructures(Path file, List<Structure> structures) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        ExtendedXyz.write(file, structures);
    }
}
