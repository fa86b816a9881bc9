package cupel.cli;

import cupel.reference.Level;
import cupel.reference.engine.IonicStep;
import cupel.reference.store.Entry;
import cupel.reference.store.LabelImport;
import cupel.reference.store.LabelStore;
import cupel.reference.store.Problem;
import cupel.reference.store.StoreCheck;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** {@code label store}: labels on disk that outlive work folders and campaigns. */
final class LabelStoreCommand {

    private static final String STORE = "store";

    static final Tool IMPORT = Tool.named("import")
            .purpose(
                    "Puts labels of other programs into a label store, which is made if it is not there. What cannot be"
                            + " trusted is refused with the reason; what is there already stays as it is.")
            .required(STORE, "DIR", "the label store")
            .requiredSeveral("files", "FILE", "extended XYZ, vasprun.xml, OUTCAR, aenet's XSF, n2p2's input.data")
            .optional(
                    "level",
                    "TOKEN",
                    "level of theory of all that the files hold, such as engine=vasp,functional=PBE,cutoff=300; without it"
                            + " the note level of each structure, which only extended XYZ can have")
            .choice(
                    "format",
                    LabelImport.Format.AUTO.token(),
                    "format of the files; auto: from their names, or from how they begin",
                    LabelImport.Format.AUTO.token(),
                    LabelImport.Format.EXTXYZ.token(),
                    LabelImport.Format.VASPRUN.token(),
                    LabelImport.Format.OUTCAR.token(),
                    LabelImport.Format.XSF.token(),
                    LabelImport.Format.N2P2.token())
            .optional(
                    "units",
                    "ev-angstrom|hartree-bohr",
                    "units of n2p2 files, which do not tell; must be given for them")
            .choice(
                    "vasp-energy",
                    "zero-width",
                    "energy of VASP: extrapolated to no smearing, or the free energy, whose derivative the forces are",
                    "zero-width",
                    "free")
            .flag(
                    "clusters",
                    "the periodic structures are clusters in a box of vacuum: take them out of it; refused when their images"
                            + " are nearer than 5 angstrom")
            .optional(
                    "max-force", "eV/angstrom", "refuse labels with a larger force on any atom; no limit if not given")
            .action(LabelStoreCommand::importFiles);

    static final Tool LIST = Tool.named("list")
            .purpose(
                    "Shows what is in a label store: for each level of theory the labels, their sizes and elements, and what"
                            + " they cost.")
            .required(STORE, "DIR", "the label store")
            .action(LabelStoreCommand::list);

    static final Tool VERIFY = Tool.named("verify")
            .purpose(
                    "Reads every file of a label store. Names each that is not as it should be, what is wrong with it and what"
                            + " to do; removes what killed processes left half written. Ends with exit code 1 if there is any problem.")
            .required(STORE, "DIR", "the label store")
            .action(LabelStoreCommand::verify);

    static final Tool EXPORT = Tool.named("export")
            .purpose(
                    "Writes the labels of a label store into one extended XYZ file, by level of theory, number of atoms,"
                            + " composition and id; or the labels of given structures, in their order.")
            .required(STORE, "DIR", "the label store")
            .required("output", "FILE", "structures with labels, extended XYZ")
            .optional("level", "TOKEN", "only this level of theory, as list shows it, or its folder; all if not given")
            .optional(
                    "structures",
                    "FILE",
                    "only the labels of these structures, with their notes and as they lie in space; those without a label"
                            + " are counted and left out")
            .action(LabelStoreCommand::export);

    static final Tool TOOL = Tool.named("store")
            .purpose(
                    "Keeps labels on disk, so that no calculation is paid for twice: the same structure, whatever the order"
                            + " of like atoms, its place, orientation and handedness, at the same level of theory.")
            .subcommand(IMPORT)
            .subcommand(LIST)
            .subcommand(VERIFY)
            .subcommand(EXPORT);

    private LabelStoreCommand() {}

    private static void importFiles(Arguments arguments) {
        Boolean hartreeBohr = null;
        if (arguments.has("units")) {
            hartreeBohr = switch (arguments.text("units")) {
                case "ev-angstrom" -> false;
                case "hartree-bohr" -> true;
                default ->
                    throw arguments.wrong(
                            "units", "must be ev-angstrom or hartree-bohr, is " + arguments.text("units"));
            };
        }
        LabelImport.Settings settings = new LabelImport.Settings(
                arguments.has("level") ? level(arguments) : null,
                LabelImport.Format.valueOf(arguments.text("format").toUpperCase(Locale.ROOT)),
                arguments.text("vasp-energy").equals("free") ? IonicStep.Energy.FREE : IonicStep.Energy.ZERO_WIDTH,
                hartreeBohr,
                arguments.has("clusters"),
                arguments.has("max-force") ? arguments.positive("max-force") : Double.POSITIVE_INFINITY);
        LabelStore store = LabelStore.create(arguments.path(STORE));
        LabelImport labels = new LabelImport(store, settings);
        int read = 0;
        int added = 0;
        int known = 0;
        int refused = 0;
        List<String> unreadable = new ArrayList<>();
        for (Path file : arguments.paths("files")) {
            try {
                LabelImport.Outcome outcome = labels.read(file);
                read += outcome.read();
                added += outcome.added();
                known += outcome.known();
                refused += outcome.refused().size();
                outcome.refused().forEach(line -> arguments.out().println("refused: " + line));
                if (outcome.cutShort() != null) {
                    arguments.out().println("note: " + file + ": " + outcome.cutShort());
                }
            } catch (InputException e) {
                unreadable.add(e.getMessage());
            }
        }
        arguments
                .out()
                .println(read + " structures read: " + added + " labels added to " + store.folder() + ", " + known
                        + " there already, " + refused + " refused");
        warn(arguments, store);
        if (!unreadable.isEmpty()) {
            throw new InputException(unreadable.size() + " files were not imported:\n" + String.join("\n", unreadable));
        }
    }

    private static Level level(Arguments arguments) {
        try {
            return Level.parse(arguments.text("level"));
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("level", "must be a level of theory: " + e.getMessage());
        }
    }

    private static void list(Arguments arguments) {
        LabelStore store = LabelStore.open(arguments.path(STORE));
        arguments
                .out()
                .println(String.format(
                        "%7s  %-9s %-12s %12s  %-16s  %s",
                        "labels", "atoms", "elements", "seconds", "folder", "level"));
        int total = 0;
        for (Level level : store.levels()) {
            List<Entry> entries = store.entries(level);
            TreeSet<String> elements = new TreeSet<>();
            int least = Integer.MAX_VALUE;
            int most = 0;
            double seconds = 0;
            int timed = 0;
            for (Entry entry : entries) {
                Structure structure = entry.structure();
                least = Math.min(least, structure.size());
                most = Math.max(most, structure.size());
                for (int z : structure.atomicNumbers()) {
                    elements.add(cupel.structure.Elements.symbol(z));
                }
                if (!Double.isNaN(entry.seconds())) {
                    seconds += entry.seconds();
                    timed++;
                }
            }
            total += entries.size();
            String sizes = entries.isEmpty() ? "-" : least == most ? "" + least : least + ".." + most;
            String cost = timed == 0
                    ? "-"
                    : String.format(Locale.ROOT, "%.0f", seconds) + (timed == entries.size() ? "" : " (" + timed + ")");
            arguments
                    .out()
                    .println(String.format(
                            "%7d  %-9s %-12s %12s  %-16s  %s",
                            entries.size(),
                            sizes,
                            String.join(",", elements),
                            cost,
                            LabelStore.folderName(level),
                            level));
        }
        arguments
                .out()
                .println(total + " labels; seconds in total, with the number of labels that tell theirs in brackets if"
                        + " not all do");
        warn(arguments, store);
    }

    private static void verify(Arguments arguments) {
        Path folder = arguments.path(STORE);
        StoreCheck.Report report = StoreCheck.of(folder);
        report.removed().forEach(path -> arguments
                .out()
                .println("removed: " + path + ": left half written by a process that was killed"));
        report.kept().forEach(path -> arguments
                .out()
                .println("left alone: " + path
                        + ": being written now, or nobody can tell; delete it if no campaign is running"));
        arguments
                .out()
                .println(report.labels() + " labels and " + report.failures() + " records of failures of "
                        + report.levels() + " levels of theory are whole; "
                        + report.problems().size() + " problems");
        if (!report.problems().isEmpty()) {
            throw new InputException(
                    folder + ": " + report.problems().size() + " problems:\n" + lines(report.problems()));
        }
    }

    private static void export(Arguments arguments) throws IOException {
        LabelStore store = LabelStore.open(arguments.path(STORE));
        List<Structure> structures = arguments.has("structures")
                ? labelsOf(ExtendedXyz.read(arguments.path("structures")), arguments, store)
                : (arguments.has("level") ? store.entries(chosen(arguments, store)) : store.entries())
                        .stream().map(Entry::structure).toList();
        Path output = arguments.path("output");
        Files.createDirectories(output.toAbsolutePath().getParent());
        ExtendedXyz.write(output, structures);
        arguments.out().println(structures.size() + " labels in " + output);
        if (!store.problems().isEmpty()) {
            throw new InputException(
                    store.problems().size() + " files of the store were left out:\n" + lines(store.problems()));
        }
    }

    /** The asked structures that have a label; all of one level, since energies of two levels cannot stand side by side. */
    private static List<Structure> labelsOf(List<Structure> asked, Arguments arguments, LabelStore store) {
        List<Level> levels = arguments.has("level") ? List.of(chosen(arguments, store)) : store.levels();
        List<Structure> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Structure structure = asked.get(i);
            // two levels may be the same for a structure, such as those of an alloy and of its elements
            List<Level> own = levels.stream()
                    .map(level -> level.restrictedTo(structure))
                    .distinct()
                    .toList();
            List<Structure> labelled = own.stream()
                    .flatMap(level -> store.find(level, structure).stream())
                    .toList();
            if (labelled.size() > 1) {
                throw new InputException(arguments.path("structures") + ", structure " + (i + 1)
                        + ": has labels of several levels of theory; choose one with --level: "
                        + String.join(
                                " ",
                                labelled.stream()
                                        .map(each -> (String) each.info().get(Level.NOTE))
                                        .toList()));
            }
            found.addAll(labelled);
        }
        arguments.out().println(found.size() + " of " + asked.size() + " structures have a label");
        return found;
    }

    private static Level chosen(Arguments arguments, LabelStore store) {
        Level wanted = level(arguments);
        List<String> known = new ArrayList<>();
        for (Level level : store.levels()) {
            if (level.equals(wanted) || LabelStore.folderName(level).equals(arguments.text("level"))) {
                return level;
            }
            known.add(level.toString());
        }
        throw new InputException(store.folder() + ": has no labels of the level " + wanted + "; there are: "
                + (known.isEmpty() ? "none" : String.join(" ", known)));
    }

    private static void warn(Arguments arguments, LabelStore store) {
        for (Problem problem : store.problems()) {
            arguments.out().println("damaged: " + problem);
        }
    }

    private static String lines(List<Problem> problems) {
        return String.join("\n", problems.stream().map(Problem::toString).toList());
    }
}
