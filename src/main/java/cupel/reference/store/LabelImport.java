package cupel.reference.store;

import cupel.reference.Level;
import cupel.reference.engine.IonicStep;
import cupel.reference.engine.IonicSteps;
import cupel.reference.engine.OutcarReader;
import cupel.reference.engine.VasprunReader;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Puts the labels of other programs into a store. What cannot be trusted is refused with the reason, and the rest goes in;
 * the same file twice changes nothing.
 */
public final class LabelImport {

    /** The formats that are read. */
    public enum Format {
        /** Found out from the name, or from how the file begins. */
        AUTO,
        /** Extended XYZ: ASE, MACE, Cupel, and others. */
        EXTXYZ,
        /** VASP, {@code vasprun.xml}. */
        VASPRUN,
        /** VASP, {@code OUTCAR}. */
        OUTCAR,
        /** aenet. */
        XSF,
        /** n2p2 and RuNNer, {@code input.data}. */
        N2P2;

        /** As typed: {@code extxyz}. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Two energies of one structure that differ by more, in eV per atom, cannot be of one level. */
    private static final double CONTRADICTION = 0.005;

    /**
     * How to read.
     *
     * @param level level of theory of all that the files hold, or null when they tell themselves (extended XYZ, note {@code level})
     * @param format format of all files
     * @param energy which energy of VASP is the label
     * @param hartreeBohr whether an n2p2 file is in hartree and bohr, or not (eV and angstrom); null when not told
     * @param clusters whether periodic structures are clusters in a box of vacuum, to be taken out of it
     * @param maxForce a label with a larger force on any atom is refused, eV/angstrom; infinity for no limit
     */
    public record Settings(
            Level level,
            Format format,
            IonicStep.Energy energy,
            Boolean hartreeBohr,
            boolean clusters,
            double maxForce) {

        public Settings {
            if (!(maxForce > 0)) {
                throw new IllegalArgumentException("illegal largest force: " + maxForce + ", must be positive");
            }
        }
    }

    /**
     * What became of the structures of one file.
     *
     * @param read how many structures there were
     * @param added how many labels are new in the store
     * @param known how many were there already, as the same structure
     * @param refused for each of the others where it is and why, one line
     * @param cutShort where the file ends before its time, or null
     */
    public record Outcome(int read, int added, int known, List<String> refused, String cutShort) {}

    private record Candidate(Structure structure, double seconds, String defect) {}

    private final LabelStore store;
    private final Settings settings;

    /** An import into a store. */
    public LabelImport(LabelStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * Imports a file.
     *
     * @throws InputException when the file cannot be read as what it should be; then nothing of it is imported
     */
    public Outcome read(Path file) {
        List<Candidate> candidates = new ArrayList<>();
        String cutShort = candidates(file, candidates);
        List<String> refused = new ArrayList<>();
        List<Structure> sound = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            String place = file + ", structure " + (i + 1);
            Level level = level(candidate.structure(), place);
            String defect = candidate.defect();
            Structure structure = candidate.structure();
            try {
                structure = settings.clusters() && defect == null ? VacuumBox.taken(structure) : structure;
            } catch (IllegalArgumentException e) {
                defect = e.getMessage();
            }
            structure = withForcesOfAnAtom(structure);
            defect = defect == null ? defect(structure, level) : defect;
            if (defect != null) {
                refused.add(place + ": " + defect);
                continue;
            }
            sound.add(noted(structure, level, file, i + 1));
            seconds.add(candidate.seconds());
            levels.add(level);
        }
        int added = 0;
        int known = 0;
        for (int i = 0; i < sound.size(); i++) {
            Structure structure = sound.get(i);
            Optional<Found> found = store.lookUp(levels.get(i), structure);
            if (found.isPresent()) {
                double difference = (structure.label().energy()
                                - found.get().structure().label().energy())
                        / structure.size();
                if (Math.abs(difference) > CONTRADICTION) {
                    refused.add(String.format(
                            Locale.ROOT,
                            "%s: is the same structure as the label %s in the store, and its energy differs by %.1f meV"
                                    + " per atom: one of the two is not of this level",
                            structure.info().get(Entry.SOURCE),
                            found.get().id(),
                            1000 * difference));
                } else {
                    known++;
                }
            } else if (store.add(levels.get(i), structure, seconds.get(i))) {
                added++;
            } else {
                known++;
            }
        }
        return new Outcome(candidates.size(), added, known, List.copyOf(refused), cutShort);
    }

    private Level level(Structure structure, String place) {
        Optional<Level> own;
        try {
            own = Level.of(structure);
        } catch (IllegalArgumentException e) {
            throw new InputException(place + ": " + e.getMessage(), e);
        }
        Level level = settings.level() != null
                ? settings.level()
                : own.orElseThrow(() -> new InputException(
                        place + ": does not tell its level of theory (note level=...): say which it is with --level"));
        return level;
    }

    private String defect(Structure structure, Level level) {
        Optional<Level> own = Level.of(structure);
        if (own.isPresent() && !own.get().restrictedTo(structure).equals(level.restrictedTo(structure))) {
            List<String> differences = own.get().restrictedTo(structure).differences(level.restrictedTo(structure));
            return "is of another level than asked for: "
                    + (differences.isEmpty() ? own.get().toString() : String.join("; ", differences));
        }
        Label label = structure.label();
        if (label == null) {
            return "has no label (energy and forces)";
        }
        if (label.forces() == null) {
            return "has no forces; the store keeps labels of energy and forces";
        }
        for (int i = 0; i < structure.size(); i++) {
            double force = Math.sqrt(Math.pow(label.forces()[3 * i], 2)
                    + Math.pow(label.forces()[3 * i + 1], 2)
                    + Math.pow(label.forces()[3 * i + 2], 2));
            if (force > settings.maxForce()) {
                return String.format(
                        Locale.ROOT,
                        "the force on atom %d is %.1f eV/angstrom, allowed %s",
                        i + 1,
                        force,
                        settings.maxForce());
            }
        }
        return null;
    }

    /** An atom alone has no force, and many programs say so by saying nothing. */
    private static Structure withForcesOfAnAtom(Structure structure) {
        Label label = structure.label();
        return label != null
                        && label.forces() == null
                        && structure.size() == 1
                        && !structure.cell().isPeriodic()
                ? structure.withLabel(new Label(label.energy(), new double[3]))
                : structure;
    }

    private static Structure noted(Structure structure, Level level, Path file, int number) {
        Structure noted = structure;
        if (!noted.info().containsKey("engine") && level.get("engine") != null) {
            noted = noted.withInfo("engine", level.get("engine"));
        }
        if (!noted.info().containsKey("engine_version") && level.get("version") != null) {
            noted = noted.withInfo("engine_version", level.get("version"));
        }
        if (!noted.info().containsKey(Entry.SOURCE)) {
            // the folder too: many runs have files of one name; no more of the path, which is of one machine
            Path parent = file.toAbsolutePath().normalize().getParent();
            String folder = parent == null || parent.getFileName() == null ? "" : parent.getFileName() + "/";
            noted = noted.withInfo(Entry.SOURCE, folder + file.getFileName() + ":" + number);
        }
        return noted;
    }

    // ------------------------------------------------------------------------------------------------- formats

    private String candidates(Path file, List<Candidate> candidates) {
        Format format = settings.format() == Format.AUTO ? guess(file) : settings.format();
        switch (format) {
            case EXTXYZ -> {
                for (Structure structure : ExtendedXyz.read(file)) {
                    Object seconds = structure.info().get(Entry.SECONDS);
                    candidates.add(new Candidate(
                            structure,
                            seconds instanceof Number number && number.doubleValue() >= 0
                                    ? number.doubleValue()
                                    : Double.NaN,
                            null));
                }
            }
            case XSF -> candidates.add(new Candidate(XsfReader.read(file), Double.NaN, null));
            case N2P2 -> {
                if (settings.hartreeBohr() == null) {
                    throw new InputException(
                            file + ": an n2p2 file does not tell its units: say which they are with --units");
                }
                for (Structure structure : N2p2Reader.read(
                        file, settings.hartreeBohr() ? N2p2Reader.Unit.HARTREE_BOHR : N2p2Reader.Unit.EV_ANGSTROM)) {
                    candidates.add(new Candidate(structure, Double.NaN, null));
                }
            }
            default -> {
                IonicSteps run = format == Format.VASPRUN ? VasprunReader.read(file) : OutcarReader.read(file);
                for (IonicStep step : run.steps()) {
                    Structure structure = step.structure();
                    if (step.defect() == null) {
                        structure = structure.withLabel(step.label(settings.energy()));
                    }
                    structure = structure.withInfo("engine", "vasp").withInfo("engine_version", run.version());
                    candidates.add(new Candidate(structure, step.seconds(), step.defect()));
                }
                return run.cutShort();
            }
        }
        return null;
    }

    private static Format guess(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xyz") || name.endsWith(".extxyz")) {
            return Format.EXTXYZ;
        }
        if (name.endsWith(".xml")) {
            return Format.VASPRUN;
        }
        if (name.contains("outcar")) {
            return Format.OUTCAR;
        }
        if (name.endsWith(".xsf")) {
            return Format.XSF;
        }
        if (name.endsWith(".data")) {
            return Format.N2P2;
        }
        String start = start(file);
        if (start.startsWith("<?xml") && start.contains("<modeling>")) {
            return Format.VASPRUN;
        }
        if (start.startsWith("vasp.")) {
            return Format.OUTCAR;
        }
        if (start.startsWith("begin")) {
            return Format.N2P2;
        }
        throw new InputException(file + ": what format is this? Say so with --format");
    }

    private static String start(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1).stripLeading();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new InputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
