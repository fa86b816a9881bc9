package cupel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cupel.reference.LabelFailure;
import cupel.reference.Labelling;
import cupel.reference.Labels;
import cupel.reference.Level;
import cupel.reference.Models;
import cupel.reference.ReferenceModel;
import cupel.reference.SanityWindow;
import cupel.reference.SeedStructures;
import cupel.reference.engine.Batches;
import cupel.reference.engine.Engine;
import cupel.reference.engine.EngineIdentity;
import cupel.reference.engine.EngineScripts;
import cupel.reference.engine.EngineSettings;
import cupel.reference.engine.Engines;
import cupel.reference.engine.Handoff;
import cupel.reference.engine.KnownLabels;
import cupel.reference.store.LabelStore;
import cupel.sampling.Connectivity;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import cupel.structure.StructureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The command line {@code label}: reference energies and forces from a built-in model, and the input and output of
 * outside programs.
 */
public final class Label {

    private static final String[] ENGINES = Engines.names().toArray(new String[0]);

    static final Tool SETTINGS = Tool.named("settings")
            .purpose("Checks the settings of a reference program and writes all of them, defaults included.")
            .choice("engine", null, "the reference program", ENGINES)
            .optional("settings", "FILE", "settings that differ from the defaults, JSON")
            .required("output", "FILE", "all settings, JSON")
            .optional(
                    "scripts",
                    "DIR",
                    "folder for the scripts that run where the program runs (label_batch.sh and others); no Java is needed there")
            .action(Label::settings);

    static final Tool PREPARE = withLimits(Tool.named("prepare")
                    .purpose(
                            "Writes the input of a reference program: batches of folders, one folder for each structure and rung of"
                                    + " the ladder of settings. What is known already is not asked again.")
                    .choice("engine", null, "the reference program", ENGINES)
                    .optional("settings", "FILE", "settings that differ from the defaults, JSON")
                    .required(
                            "identity",
                            "FILE",
                            "which program will answer: lines version=... and data.NAME=CHECKSUM, as IDENTIFY of the engine writes")
                    .required("structures", "FILE", "structures to label, extended XYZ")
                    .optionalSeveral(
                            "known",
                            "FILE",
                            "structures with labels that need not be computed again, extended XYZ; isolated"
                                    + " atoms among them are what --energy-window is relative to")
                    .optional(
                            "store",
                            "DIR",
                            "a label store: what is in it at this level of theory need not be computed again, nor what failed with"
                                    + " these settings and limits"))
            .optional("batch-size", "N", "structures in a batch, which one task runs; the engine's own if not given")
            .required("output-dir", "DIR", "where structures.xyz, known.xyz and the folders batch_0000, ... are made")
            .action(Label::prepare);

    static final Tool PARSE = withLimits(Tool.named("parse")
                    .purpose("Reads what a reference program left in a batch: labels, and records of what failed.")
                    .required("batch", "DIR", "a batch that was prepared, after the program ran in it")
                    .optional(
                            "atoms",
                            "FILE",
                            "labelled isolated atoms, extended XYZ, whose energies --energy-window is relative to; without them it"
                                    + " is not applied")
                    .required(
                            "output",
                            "FILE",
                            "structures with labels or with the reason why there is none, extended XYZ")
                    .optional("costs", "FILE", "atoms, processor seconds and outcome of each calculation, CSV")
                    .optional("store", "DIR", "a label store that all labels are added to; made if there is none"))
            .action(Label::parse);

    static final Tool GATHER = Tool.named("gather")
            .purpose(
                    "Puts the answers of all batches back together, in the order of the structures that were prepared.")
            .required("prepared", "DIR", "the folder that prepare wrote; structures.xyz and known.xyz are read")
            .optionalSeveral("answers", "FILE", "what parse wrote, of all batches, in any order")
            .required("output", "FILE", "structures with labels, extended XYZ")
            .required("failed", "FILE", "structures without label, with the reason, extended XYZ")
            .optionalSeveral("costs", "FILE", "costs of all batches, as parse wrote them, in any order")
            .optional(
                    "output-costs",
                    "FILE",
                    "what each structure cost: 0 s and the outcome known where nothing was run, CSV")
            .action(Label::gather);

    static final Tool HANDOFF = withLimits(Tool.named("handoff")
                    .purpose(
                            "Has structures labelled by somebody else: writes requests to DIR/requests/, and reads the answers that were put"
                                    + " into DIR/answers/. While any is missing, it says so and ends with exit code 75.")
                    .required("structures", "FILE", "structures to label, extended XYZ")
                    .required("dir", "DIR", "the folder for requests and answers; made if need be")
                    .required(
                            "level",
                            "TOKEN",
                            "level of theory that the labels must be of, one word such as PBE-500eV or key=value pairs with commas")
                    .optional("name", "WORD", "name of the file with new requests; that of the structures if not given")
                    .optional(
                            "atoms",
                            "FILE",
                            "labelled isolated atoms, extended XYZ, whose energies --energy-window is relative to; without them it"
                                    + " is not applied")
                    .required("output", "FILE", "structures with labels, extended XYZ")
                    .required("failed", "FILE", "structures without label, with the reason, extended XYZ"))
            .action(Label::handoff);

    static final Tool SEEDS = Tool.named("seeds")
            .purpose(
                    "Prepares the structures that a campaign begins with for their first labels: bare, each once, and before"
                            + " them one isolated atom of each element, whose energy is the zero of energies.")
            .required("structures", "FILE", "structures to begin with: extended XYZ, mol, sdf, cml or cif")
            .required("output", "FILE", "structures to label, extended XYZ")
            .optional("atoms", "FILE", "the isolated atoms alone, extended XYZ")
            .optional(
                    "each",
                    "DIR",
                    "folder for one file more of each structure, with all isolated atoms: seed_001.xyz, ... in the order given")
            .optional(
                    "test-set",
                    "FILE",
                    "test set of the campaign, extended XYZ: refused if it has elements that no structure has")
            .choice(
                    "walks",
                    "no",
                    "whether walks start from them: then clusters from which none can are refused",
                    "yes",
                    "no")
            .optional("r-min", "angstrom", "no two atoms nearer; if not given, 0.70 of the sum of covalent radii")
            .optional(
                    "r-connect", "angstrom", "atoms nearer are joined; if not given, 1.45 of the sum of covalent radii")
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
            .subcommand(SETTINGS)
            .subcommand(PREPARE)
            .subcommand(PARSE)
            .subcommand(GATHER)
            .subcommand(LabelForecast.TOOL)
            .subcommand(HANDOFF)
            .subcommand(LabelStoreCommand.TOOL)
            .subcommand(LabelConvert.TOOL);

    private Label() {}

    /** With the options of the sanity window of reference programs; {@link #window} reads them. */
    private static Tool withLimits(Tool tool) {
        return tool.option("max-force", "eV/angstrom", "50", "a label with a larger force on any atom is refused")
                .option(
                        "energy-window",
                        "eV..eV",
                        "-15..5",
                        "a label is refused if its energy per atom, relative to isolated atoms, is outside");
    }

    /** Runs the command and ends the virtual machine with its exit code. */
    public static void main(String[] args) {
        System.exit(Steps.run(TOOL, args, System.out, System.err));
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
        List<Structure> given = StructureFiles.read(file);
        List<Structure> seeds = SeedStructures.withIsolatedAtoms(given);
        if (seeds.isEmpty()) {
            throw new InputException(file + ": holds no structure, a campaign needs one to begin with");
        }
        if (arguments.has("test-set")) {
            checkTestSet(arguments.path("test-set"), file, seeds);
        }
        if (arguments.text("walks").equals("yes")) {
            checkStarts(Connectivities.of(arguments), file, given);
        }
        writeStructures(arguments.path("output"), seeds);
        if (arguments.has("atoms")) {
            writeStructures(
                    arguments.path("atoms"),
                    seeds.stream().filter(SeedStructures::isIsolatedAtom).toList());
        }
        if (arguments.has("each")) {
            writeEach(arguments.path("each"), seeds);
        }
        arguments.out().println(seeds.size() + " structures to label in " + arguments.path("output"));
    }

    /** A potential knows the elements of the seeds and no other: it could not be tested. */
    private static void checkTestSet(Path testSet, Path file, List<Structure> seeds) {
        Set<Integer> known = new TreeSet<>();
        seeds.forEach(seed -> Arrays.stream(seed.atomicNumbers()).forEach(known::add));
        Set<Integer> unknown = new TreeSet<>();
        ExtendedXyz.read(testSet)
                .forEach(one -> Arrays.stream(one.atomicNumbers()).forEach(unknown::add));
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new InputException(testSet + ": has atoms of " + symbols(unknown) + ", but " + file + " only of "
                    + symbols(known) + ", which is all that the potential will know: give a test set of these"
                    + " (--test_set), or seed structures that have them (--seed_structures)");
        }
    }

    /** Walks from nowhere find nothing, generation after generation, and nothing says so. */
    private static void checkStarts(Connectivity connectivity, Path file, List<Structure> given) {
        boolean some = false;
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).cell().isPeriodic()) {
                continue;
            }
            some = true;
            String objection = connectivity.objection(given.get(i));
            if (objection != null) {
                throw new InputException(file + ", structure " + (i + 1) + ": no walk can start from it: " + objection
                        + "; change it, or what walks may do (--r_min, --r_connect, in angstrom)");
            }
        }
        if (!some) {
            throw new InputException(file + ": holds only structures that repeat in space, and walks are of clusters:"
                    + " give one cluster or more (--seed_structures)");
        }
    }

    private static String symbols(Set<Integer> elements) {
        return elements.stream().map(Elements::symbol).collect(Collectors.joining(", "));
    }

    private static void writeEach(Path folder, List<Structure> seeds) throws IOException {
        Files.createDirectories(folder);
        List<Structure> atoms =
                seeds.stream().filter(SeedStructures::isIsolatedAtom).toList();
        int number = 0;
        for (Structure seed : seeds) {
            if (!SeedStructures.isIsolatedAtom(seed)) {
                List<Structure> one = new ArrayList<>(atoms);
                one.add(seed);
                number++;
                writeStructures(folder.resolve(String.format(Locale.ROOT, "seed_%03d.xyz", number)), one);
            }
        }
    }

    private static void settings(Arguments arguments) throws IOException {
        Path output = arguments.path("output");
        Files.createDirectories(output.toAbsolutePath().getParent());
        AtomicFile.write(
                output, engineSettings(arguments).json().toPrettyString().replace("\r\n", "\n") + "\n");
        if (arguments.has("scripts")) {
            EngineScripts.write(arguments.path("scripts"));
        }
        arguments.out().println("settings of " + arguments.text("engine") + " in " + output);
    }

    private static EngineSettings engineSettings(Arguments arguments) throws IOException {
        Engine engine = Engines.named(arguments.text("engine"));
        Path file = arguments.path("settings");
        if (file == null) {
            return EngineSettings.of(engine, null, engine.name());
        }
        try {
            JsonNode changes = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(Files.readString(file));
            return EngineSettings.of(engine, changes, file.toString());
        } catch (JsonProcessingException e) {
            throw new InputException(
                    file + ", line " + e.getLocation().getLineNr() + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static void prepare(Arguments arguments) throws IOException {
        EngineSettings settings = engineSettings(arguments);
        EngineIdentity identity = EngineIdentity.read(arguments.path("identity"));
        int batchSize = arguments.has("batch-size")
                ? arguments.integer("batch-size", 1)
                : settings.engine().batchSize();
        Path file = arguments.path("structures");
        KnownLabels known = new KnownLabels();
        for (Path before : arguments.paths("known")) {
            known.addAll(ExtendedXyz.read(before), before.toString());
        }
        SanityWindow window = window(arguments, SanityWindow.FINITE);
        Map<Integer, Double> atoms = isolatedAtoms(arguments.paths("known"));
        String tried = settings.json().toString() + window;
        LabelStore store = arguments.has("store") ? LabelStore.create(arguments.path("store")) : null;
        Batches.Prepared prepared;
        try {
            prepared = Batches.prepare(
                    ExtendedXyz.read(file),
                    settings,
                    identity,
                    batchSize,
                    (level, structure) -> known.find(level, structure)
                            .or(() -> store == null
                                    ? Optional.empty()
                                    : store.find(level, structure).map(found -> within(window, atoms, found)))
                            .or(() -> store == null ? Optional.empty() : store.findFailure(level, structure, tried)),
                    arguments.path("output-dir"));
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
        arguments
                .out()
                .println(prepared.asked() + " structures: " + prepared.known() + " known, "
                        + (prepared.asked() - prepared.known()) + " to compute in " + prepared.batches() + " batches");
        if (store != null) {
            store.problems().forEach(problem -> arguments.out().println("damaged, not used: " + problem));
            strangers(store, identity.level(settings)).forEach(arguments.out()::println);
        }
    }

    /** What a store without a label of this level holds of the same engine: most likely somebody expects that it is used. */
    private static List<String> strangers(LabelStore store, Level asked) {
        List<Level> levels = store.levels();
        if (levels.stream().anyMatch(asked::isCompatible)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Level level : levels) {
            boolean sameEngine = asked.get("engine").equals(level.get("engine"));
            lines.add("the label store " + store.folder() + " has "
                    + store.entries(level).size() + " labels of another level of theory, which are not used: "
                    + (sameEngine ? String.join("; ", asked.differences(level)) : level.toString()));
        }
        return lines;
    }

    /** A label of the store as a campaign with these limits takes it, which need not be those that it was computed under. */
    private static Structure within(SanityWindow window, Map<Integer, Double> atoms, Structure found) {
        String complaint = Batches.complaint(found, found.label(), atoms, window);
        return complaint == null
                ? found
                : new LabelFailure(LabelFailure.Kind.UNPHYSICAL, complaint, null).record(found);
    }

    private static void parse(Arguments arguments) throws IOException {
        SanityWindow window = window(arguments, SanityWindow.FINITE);
        Map<Integer, Double> atoms = isolatedAtoms(arguments.paths("atoms"));
        Batches.Answered answered = Batches.parse(arguments.path("batch"), atoms, window);
        if (arguments.has("store")) {
            LabelStore store = LabelStore.create(arguments.path("store"));
            for (int i = 0; i < answered.structures().size(); i++) {
                Structure answer = answered.structures().get(i);
                if (answer.label() != null) {
                    store.add(answered.levels().get(i), answer, answered.seconds()[i]);
                } else if (LabelFailure.willFailAgain(answer)) {
                    store.addFailure(answered.levels().get(i), answer, answered.settings() + window);
                }
            }
            store.forgetCalculations(
                    Batches.kept(arguments.path("batch"), answered.structures().size()));
        }
        writeStructures(arguments.path("output"), answered.structures());
        if (arguments.has("costs")) {
            StringBuilder csv = new StringBuilder(LabelForecast.COSTS_HEADER);
            for (int i = 0; i < answered.structures().size(); i++) {
                Structure answer = answered.structures().get(i);
                Object failure = answer.info().get(LabelFailure.FAILURE);
                csv.append(LabelForecast.costsRow(
                        answer.size(), answered.seconds()[i], failure == null ? LabelForecast.LABELLED : failure));
            }
            AtomicFile.write(arguments.path("costs"), csv.toString());
        }
        arguments.out().println(Labels.of(answered.structures()).summary());
    }

    private static void gather(Arguments arguments) throws IOException {
        Path prepared = arguments.path("prepared");
        if (arguments.has("output-costs")) {
            StringBuilder csv = new StringBuilder(LabelForecast.COSTS_HEADER);
            for (Structure known : ExtendedXyz.read(prepared.resolve(Batches.KNOWN))) {
                // Isolated atoms are computed before the seeds, and are known then to everybody.
                if (!SeedStructures.isIsolatedAtom(known)) {
                    csv.append(LabelForecast.costsRow(known.size(), 0, LabelForecast.KNOWN));
                }
            }
            for (Path file : arguments.paths("costs").stream().sorted().toList()) {
                Files.readAllLines(file).stream().skip(1).forEach(row -> csv.append(row)
                        .append('\n'));
            }
            Files.createDirectories(
                    arguments.path("output-costs").toAbsolutePath().getParent());
            AtomicFile.write(arguments.path("output-costs"), csv.toString());
        }
        write(arguments, Batches.gather(prepared, arguments.paths("answers")));
    }

    private static void handoff(Arguments arguments) throws IOException {
        SanityWindow window = window(arguments, SanityWindow.FINITE);
        Path file = arguments.path("structures");
        Path dir = arguments.path("dir");
        String name = arguments.has("name")
                ? arguments.text("name")
                : file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            throw arguments.wrong("name", "must be letters, digits and _ . -, is " + name);
        }
        Level level;
        try {
            level = Level.parse(arguments.text("level"));
        } catch (IllegalArgumentException e) {
            throw arguments.wrong("level", "is no level of theory: " + e.getMessage());
        }
        Handoff.Outcome outcome = Handoff.exchange(
                ExtendedXyz.read(file), dir, level, name, isolatedAtoms(arguments.paths("atoms")), window);
        if (outcome.missing() > 0) {
            throw new NotYetException(
                    "waiting for " + outcome.missing() + (outcome.missing() == 1 ? " label" : " labels")
                            + " in " + dir + ": label the structures of " + dir.resolve("requests")
                            + "/*.xyz, keeping their notes, put them into " + dir.resolve("answers")
                            + "/ as *.xyz, and give the same command again (a campaign: with -resume)");
        }
        write(arguments, outcome.labels());
    }

    private static Map<Integer, Double> isolatedAtoms(List<Path> files) {
        Map<Integer, Double> atoms = new TreeMap<>();
        for (Path file : files) {
            for (Structure structure : ExtendedXyz.read(file)) {
                if (structure.size() == 1 && structure.label() != null) {
                    atoms.put(structure.atomicNumber(0), structure.label().energy());
                }
            }
        }
        return atoms;
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
