package cupel.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.CampaignState;
import cupel.assay.figure.Table;
import cupel.descriptor.Descriptor;
import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.potential.export.PotentialImport;
import cupel.potential.serve.IpiClient;
import cupel.reference.EmbeddedAtom;
import cupel.reference.Level;
import cupel.reference.Models;
import cupel.reference.SanityWindow;
import cupel.reference.engine.Answer;
import cupel.reference.engine.Batches;
import cupel.reference.engine.EngineIdentity;
import cupel.reference.engine.EngineSettings;
import cupel.reference.engine.Engines;
import cupel.reference.engine.IonicSteps;
import cupel.reference.engine.OutcarReader;
import cupel.reference.engine.VasprunReader;
import cupel.reference.store.Entry;
import cupel.reference.store.LabelStore;
import cupel.reference.store.N2p2Reader;
import cupel.reference.store.StoreCheck;
import cupel.reference.store.XsfReader;
import cupel.structure.Cell;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import cupel.structure.StructureFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The readers, each with what must hold for any bytes: it says {@link InputException}, or gives something finite that, where it can be
 * written, is the same when it is read again. Any other exception, and an endless loop, is a fault.
 *
 * <p>Readers of several files are given them as one, with a line {@code === name} before each but the first.
 */
public enum Parser {
    EXTENDED_XYZ("in.xyz") {
        @Override
        void read(Path folder) {
            structures(ExtendedXyz.read(folder.resolve("in.xyz")));
        }
    },
    POTENTIAL("in.json") {
        @Override
        void read(Path folder) {
            again(Potential.read(folder.resolve("in.json")), folder);
        }
    },
    DESCRIPTOR("in.json") {
        @Override
        void read(Path folder) {
            Descriptor.read(folder.resolve("in.json"));
        }
    },
    N2P2_POTENTIAL("input.nn", "scaling.data", "weights.029.data", "weights.079.data") {
        @Override
        void read(Path folder) {
            again(PotentialImport.n2p2(folder, 1, 1), folder);
        }
    },
    AENET_POTENTIAL("Au.nn.ascii", "Cu.nn.ascii") {
        @Override
        void read(Path folder) {
            again(PotentialImport.aenet(folder), folder);
        }
    },
    EAM("in.eam") {
        @Override
        void read(Path folder) {
            finite(EmbeddedAtom.read(folder.resolve("in.eam")).cutoff());
        }
    },
    N2P2_DATA("input.data") {
        @Override
        void read(Path folder) {
            structures(N2p2Reader.read(folder.resolve("input.data"), N2p2Reader.Unit.EV_ANGSTROM));
        }
    },
    XSF("in.xsf") {
        @Override
        void read(Path folder) {
            structures(List.of(XsfReader.read(folder.resolve("in.xsf"))));
        }
    },
    VASPRUN("vasprun.xml") {
        @Override
        void read(Path folder) {
            steps(VasprunReader.read(folder.resolve("vasprun.xml")));
        }
    },
    OUTCAR("OUTCAR") {
        @Override
        void read(Path folder) {
            steps(OutcarReader.read(folder.resolve("OUTCAR")));
        }
    },
    MOL("in.mol"),
    CML("in.cml"),
    CIF("in.cif"),
    XTB("engine.out", "in.engrad") {
        @Override
        void read(Path folder) {
            engine("xtb", "{}", folder, Structure.cluster(79, 0, 0, 0, 2.6, 0, 0, 1.3, 2.3, 0.1));
        }
    },
    CP2K("engine.out") {
        @Override
        void read(Path folder) {
            engine("cp2k", "{\"vacuum\": 2.5}", folder, Structure.cluster(79, 0, 0, 0, 0.1, 0, 2.5));
        }
    },
    ESPRESSO("engine.out") {
        @Override
        void read(Path folder) {
            engine(
                    "espresso",
                    "{\"vacuum\": 2.5, \"pseudopotentials\": {\"Si\": \"Si.pbe-rrkj.UPF\"}}",
                    folder,
                    Structure.cluster(14, 0, 0, 0, 0.1, 0, 2.2));
        }
    },
    NWCHEM("engine.out") {
        @Override
        void read(Path folder) {
            engine(
                    "nwchem",
                    "{}",
                    folder,
                    Structure.of(new int[] {8, 1, 1}, new double[] {0, 0, 0, 0.1, 0.1, 0.95, 0.9, 0, -0.3}, Cell.NONE));
        }
    },
    GPAW("result.json") {
        @Override
        void read(Path folder) {
            engine("gpaw", "{}", folder, Structure.cluster(79, 0, 0, 0, 0, 0, 2.5));
        }
    },
    COMMAND("output.xyz") {
        @Override
        void read(Path folder) {
            engine(
                    "command",
                    "{\"command\": \"x {input} {output}\", \"level\": \"x\"}",
                    folder,
                    Structure.cluster(79, 0, 0, 0, 0, 0, 2.5));
        }
    },
    /** A label is served only as it was written; these bytes are no label but by the checksum in them. */
    STORE_ENTRY("entry.xyz") {
        @Override
        void read(Path folder) throws IOException {
            Path store = Files.createDirectories(folder.resolve("store"));
            LabelStore.create(store);
            Level level = Level.parse("engine=test,version=1");
            Path shelf = Files.createDirectories(
                    store.resolve(LabelStore.folderName(level)).resolve("Au2"));
            Files.writeString(shelf.resolveSibling("level.txt"), level.canonical() + "\n");
            Files.copy(folder.resolve("entry.xyz"), shelf.resolve("h_36478bdd55987b48.xyz"));
            StoreCheck.Report report = StoreCheck.of(store);
            List<Entry> entries = LabelStore.open(store).entries();
            require(
                    entries.size() == report.labels()
                            && report.labels() + report.problems().size() >= 1,
                    "a damaged entry was passed over");
            structures(entries.stream().map(Entry::structure).toList());
        }
    },
    LEVEL("level.txt") {
        @Override
        void read(Path folder) throws IOException {
            Level level;
            String text = Files.readString(folder.resolve("level.txt"), StandardCharsets.ISO_8859_1);
            try {
                level = Level.parse(text);
            } catch (IllegalArgumentException e) {
                return;
            }
            require(Level.parse(level.toString()).equals(level), "another level when it is read again");
            require(Level.parse(level.canonical()).canonical().equals(level.canonical()), "not canonical");
        }
    },
    CAMPAIGN_STATE("state.json") {
        @Override
        void read(Path folder) throws IOException {
            if (json(folder.resolve("state.json")) instanceof ObjectNode object) {
                String written =
                        CampaignState.fromJson(object, "state.json").toJson().toString();
                ObjectNode again = (ObjectNode) JSON.readTree(written);
                require(
                        CampaignState.fromJson(again, "state.json")
                                .toJson()
                                .toString()
                                .equals(written),
                        "another state when it is read again");
            }
        }
    },
    ENGINE_SETTINGS("settings.json") {
        @Override
        void read(Path folder) throws IOException {
            JsonNode changes = json(folder.resolve("settings.json"));
            for (String name : Engines.names()) {
                try {
                    EngineSettings settings = EngineSettings.of(Engines.named(name), changes, "settings.json");
                    require(
                            EngineSettings.of(Engines.named(name), settings.json(), "again")
                                    .json()
                                    .equals(settings.json()),
                            name + ": other settings when they are read again");
                } catch (InputException e) {
                    // the next may take them
                }
            }
        }
    },
    ENGINE_IDENTITY("engine.txt") {
        @Override
        void read(Path folder) {
            EngineIdentity.read(folder.resolve("engine.txt"));
        }
    },
    BATCH("batch.json") {
        @Override
        void read(Path folder) {
            ExtendedXyz.write(
                    folder.resolve("structures.xyz"),
                    List.of(Structure.cluster(79, 0, 0, 0).withInfo("request", 0)));
            Batches.parse(folder, Map.of(), SanityWindow.FINITE);
        }
    },
    CSV("in.csv") {
        @Override
        void read(Path folder) throws IOException {
            Table table = Table.read(folder.resolve("in.csv"), List.of("a"));
            table.write(folder.resolve("out.csv"));
            Table again = Table.read(folder.resolve("out.csv"), List.of("a"));
            require(
                    again.columns().equals(table.columns())
                            && again.rows().size() == table.rows().size(),
                    "another table when it is read again");
        }
    },
    IPI("messages") {
        @Override
        void read(Path folder) throws IOException {
            Structure template = Structure.of(new int[] {79, 79}, new double[] {0, 0, 0, 0, 0, 2.5}, Cell.NONE);
            EnergyModel model = Models.named("gupta", 79);
            new IpiClient(model, template, (long number, Structure structure, Evaluation evaluation) -> "")
                    .serve(new Bytes(Files.readAllBytes(folder.resolve("messages"))));
        }
    };

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> files;
    private Path folder;

    Parser(String... files) {
        this.files = List.of(files);
    }

    /** Reads what lies in the folder: structures of a foreign format, unless it is something else. */
    void read(Path folder) throws IOException {
        structures(StructureFiles.read(folder.resolve(files.get(0))));
    }

    /** What the files are called, in the order in which an input holds them. */
    public List<String> files() {
        return files;
    }

    /** Reads an input. Ends without a word when what it gives, or says of it, is as it should be. */
    public final void accept(byte[] input) {
        try {
            if (folder == null) {
                Path memory = Path.of("/dev/shm");
                folder = Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "cupel-fuzz-")
                        : Files.createTempDirectory("cupel-fuzz-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> empty(folder, true)));
            }
            empty(folder, false);
            split(input);
            read(folder);
        } catch (InputException e) {
            require(e.getMessage() != null && !e.getMessage().isBlank(), "refused without a reason");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void split(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        String[] parts = files.size() == 1 ? new String[] {text} : text.split("(?m)^=== .*\n", -1);
        for (int i = 0; i < Math.min(parts.length, files.size()); i++) {
            Files.write(folder.resolve(files.get(i)), parts[i].getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void empty(Path folder, boolean itself) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (itself || !file.equals(folder)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new InputException("not JSON: " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String fault) {
        if (!holds) {
            throw new AssertionError(fault);
        }
    }

    private static void finite(double... values) {
        require(Arrays.stream(values).allMatch(Double::isFinite), "accepted what is no finite number");
    }

    private static void structures(List<Structure> structures) {
        for (Structure structure : structures) {
            finite(structure.positions());
            if (structure.label() != null) {
                label(structure.label());
            }
            String written = ExtendedXyz.format(structure);
            List<Structure> again = ExtendedXyz.read(new StringReader(written), Path.of("again.xyz"));
            require(again.size() == 1, "written as one structure, read as " + again.size());
            require(ExtendedXyz.format(again.get(0)).equals(written), "another structure when it is read again");
        }
    }

    private static void label(Label label) {
        finite(label.energy());
        if (label.forces() != null) {
            finite(label.forces());
        }
        if (label.stress() != null) {
            finite(label.stress());
        }
    }

    private static void steps(IonicSteps steps) {
        List<Structure> structures = new ArrayList<>();
        steps.steps().forEach(step -> structures.add(step.structure()));
        structures(structures);
    }

    private static void again(Potential potential, Path folder) {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        potential.write(first);
        Potential.read(first).write(second);
        try {
            require(Files.mismatch(first, second) < 0, "another potential when it is read again");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void engine(String name, String changes, Path folder, Structure structure) {
        try {
            EngineSettings settings = EngineSettings.of(Engines.named(name), JSON.readTree(changes), "settings");
            Answer answer =
                    settings.engine().read(folder, structure, settings.rungs().get(0), 0);
            require((answer.label() == null) != (answer.failure() == null), "neither a label nor a failure, or both");
            if (answer.label() != null) {
                label(answer.label());
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection whose other end says what is given, and listens to everything. */
    private static final class Bytes implements ByteChannel {

        private final ByteBuffer left;

        Bytes(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), target.remaining());
            for (int i = 0; i < count; i++) {
                target.put(left.get());
            }
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
