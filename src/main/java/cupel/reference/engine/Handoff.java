package cupel.reference.engine;

import cupel.reference.LabelFailure;
import cupel.reference.Labels;
import cupel.reference.Level;
import cupel.reference.SanityWindow;
import cupel.structure.ContentHash;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Labels from somewhere else: requests are written to a folder, and answers are read from it once somebody has put them there.
 *
 * <pre>
 *   DIR/requests/NAME.xyz   structures to label, each with the notes sid (who it is) and level (of theory that is wanted)
 *   DIR/answers/*.xyz       structures with label, or with the notes failure and reason, and with both notes of the request
 * </pre>
 *
 * <p>Who answers, and in which files and order, does not matter. Each structure is asked for once, in whichever campaign it comes up.
 */
public final class Handoff {

    private static final String SID = "sid";

    /** Two answers to one request that differ by more than this, in eV or eV/angstrom, are a contradiction. */
    private static final double SAME = 1e-6;

    private Handoff() {}

    /**
     * What came of it.
     *
     * @param labels all answers in the order of the structures; null while any is missing
     * @param missing how many structures have no answer yet
     * @param request the file with new requests, or null if there was nothing new to ask
     */
    public record Outcome(Labels labels, int missing, Path request) {}

    /** A frame of a file. */
    private record Frame(Structure structure, String place) {}

    /**
     * Asks for what has not been asked, and reads what has been answered.
     *
     * @param name of the file with new requests, without ending; a number is added if that name is taken
     * @param isolated energy of the isolated atom by atomic number, in eV, which the window's energies are relative to; a structure
     *     with another element is held against the window's force alone
     * @throws InputException for an answer that is none, with its file and frame
     */
    public static Outcome exchange(
            List<Structure> structures,
            Path dir,
            Level level,
            String name,
            Map<Integer, Double> isolated,
            SanityWindow window) {
        List<Structure> asked = new ArrayList<>();
        for (Structure structure : structures) {
            asked.add(request(structure, level));
        }
        Map<String, Structure> requested = requests(dir, level);
        Map<String, Structure> known = new LinkedHashMap<>(requested);
        asked.forEach(structure -> known.putIfAbsent(sid(structure), structure));
        Map<String, Frame> answers = answers(dir, level, known);

        Set<String> open = new LinkedHashSet<>();
        List<Structure> fresh = new ArrayList<>();
        for (Structure structure : asked) {
            String sid = sid(structure);
            String mismatch = AnsweredXyz.mismatch(structure, known.get(sid));
            if (mismatch != null) {
                throw new InputException(dir.resolve("requests") + ": " + sid
                        + " was asked for before as another structure: " + mismatch + "; use a folder of its own");
            }
            if (!answers.containsKey(sid) && open.add(sid) && !requested.containsKey(sid)) {
                fresh.add(structure);
            }
        }
        Path request = fresh.isEmpty() ? null : write(dir.resolve("requests"), name, fresh);
        if (!open.isEmpty()) {
            return new Outcome(null, open.size(), request);
        }
        List<Structure> labelled = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            labelled.add(labelled(structures.get(i), answers.get(sid(asked.get(i))), isolated, window));
        }
        return new Outcome(Labels.of(labelled), 0, null);
    }

    private static Structure request(Structure structure, Level level) {
        Structure request = LabelFailure.forget(structure).withLabel(null);
        if (request.info().get(SID) == null) {
            request = request.withInfo(SID, ContentHash.of(structure));
        }
        return request.withInfo(Level.NOTE, level.restrictedTo(structure).toString());
    }

    private static String sid(Structure structure) {
        return structure.info().get(SID).toString();
    }

    /** All that was ever asked for in this folder, by sid. */
    private static Map<String, Structure> requests(Path dir, Level level) {
        Map<String, Structure> requests = new LinkedHashMap<>();
        for (Frame frame : frames(dir.resolve("requests"))) {
            Structure structure = frame.structure;
            if (structure.info().get(SID) == null) {
                throw new InputException(
                        frame.place + ": is no request: it has no note sid; only Cupel writes requests");
            }
            requireLevel(frame, level, "use one folder for each level of theory");
            requests.putIfAbsent(sid(structure), structure);
        }
        return requests;
    }

    private static Level requireLevel(Frame frame, Level level, String advice) {
        Level wanted = level.restrictedTo(frame.structure);
        Level found;
        try {
            found = Level.of(frame.structure)
                    .orElseThrow(() -> new InputException(
                            frame.place + ": does not say its level of theory, must have the note level=" + wanted));
        } catch (IllegalArgumentException e) {
            throw new InputException(frame.place + ": " + e.getMessage(), e);
        }
        List<String> differences = wanted.differences(found);
        if (!differences.isEmpty()) {
            throw new InputException(frame.place + ": is of another level of theory: " + String.join("; ", differences)
                    + "\n  asked: " + wanted + "\n  found: " + found + "\n" + advice);
        }
        return found;
    }

    private static Map<String, Frame> answers(Path dir, Level level, Map<String, Structure> known) {
        Map<String, Frame> answers = new LinkedHashMap<>();
        Level all = level;
        for (Frame frame : frames(dir.resolve("answers"))) {
            Structure structure = frame.structure;
            if (structure.info().get(SID) == null) {
                throw new InputException(frame.place
                        + ": has no note sid: nobody knows what it answers; keep the notes of the" + " request");
            }
            String sid = sid(structure);
            Structure asked = known.get(sid);
            if (asked == null) {
                throw new InputException(frame.place + ": answers " + sid
                        + ", which nobody asked for: it is in no file of " + dir.resolve("requests"));
            }
            String mismatch = AnsweredXyz.mismatch(asked, structure);
            if (mismatch != null) {
                throw new InputException(
                        frame.place + ": is another structure than " + sid + " of the request: " + mismatch);
            }
            Level found = requireLevel(frame, level, "an answer must be of the level that the request names");
            try {
                // two answers may each fit the level that was asked for, and not each other: data files that it does
                // not name
                all = all.union(found);
            } catch (IllegalArgumentException e) {
                throw new InputException(frame.place + ": does not fit the answers before it: " + e.getMessage(), e);
            }
            requireLabelOrFailure(frame);
            Frame other = answers.get(sid);
            if (other == null || other.structure.label() == null) {
                answers.put(sid, structure.label() == null && other != null ? other : frame);
            } else if (structure.label() != null) {
                requireSame(frame, other);
            }
        }
        return answers;
    }

    private static void requireLabelOrFailure(Frame frame) {
        Object failure = frame.structure.info().get("failure");
        if (failure != null) {
            if (frame.structure.label() != null) {
                throw new InputException(frame.place + ": has both an energy and a failure, must have one of the two");
            }
            if (!LabelFailure.Kind.tokens().contains(failure.toString())) {
                throw new InputException(frame.place + ": failure is '" + failure + "', must be one of "
                        + String.join(", ", LabelFailure.Kind.tokens()));
            }
            return;
        }
        if (frame.structure.label() == null) {
            throw new InputException(frame.place
                    + ": has neither an energy (REF_energy or energy) nor a failure (failure=crashed reason=\"...\")");
        }
        if (frame.structure.label().forces() == null) {
            throw new InputException(frame.place + ": has no forces (REF_forces or forces)");
        }
    }

    private static void requireSame(Frame frame, Frame other) {
        boolean same = Math.abs(frame.structure.label().energy()
                        - other.structure.label().energy())
                <= SAME;
        for (int k = 0; same && k < frame.structure.label().forces().length; k++) {
            same = Math.abs(frame.structure.label().forces()[k]
                            - other.structure.label().forces()[k])
                    <= SAME;
        }
        if (!same) {
            throw new InputException(frame.place + ": answers " + sid(frame.structure) + " with "
                    + frame.structure.label().energy()
                    + " eV, and " + other.place + " with "
                    + other.structure.label().energy()
                    + " eV and its forces; remove one of the two");
        }
    }

    /** All frames of the files *.xyz in a folder, in the order of the files' names; none if there is no folder. */
    private static List<Frame> frames(Path folder) {
        List<Path> files;
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".xyz") && !name.startsWith(".");
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Frame> frames = new ArrayList<>();
        for (Path file : files) {
            List<Structure> structures = ExtendedXyz.read(file);
            for (int i = 0; i < structures.size(); i++) {
                frames.add(new Frame(structures.get(i), file + ", frame " + (i + 1)));
            }
        }
        return frames;
    }

    private static Path write(Path folder, String name, List<Structure> structures) {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(folder.resolveSibling("answers"));
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be made, no place for requests: " + e.getMessage(), e);
        }
        Path file = folder.resolve(name + ".xyz");
        for (int k = 2; Files.exists(file); k++) {
            file = folder.resolve(name + "_" + k + ".xyz");
        }
        ExtendedXyz.write(file, structures);
        return file;
    }

    private static Structure labelled(
            Structure structure, Frame answer, Map<Integer, Double> isolated, SanityWindow window) {
        Structure bare = LabelFailure.forget(structure).withLabel(null);
        Map<String, Object> notes = answer.structure.info();
        Object engine = notes.get("engine");
        Object version = notes.get("engine_version");
        Structure noted = Labels.noted(
                bare,
                engine == null ? "handoff" : engine.toString(),
                version == null ? null : version.toString(),
                notes.get(Level.NOTE).toString());
        LabelFailure failure = answer.structure.label() == null ? AnsweredXyz.failure(answer.structure) : null;
        if (failure != null) {
            return failure.record(noted);
        }
        String complaint = Batches.complaint(structure, answer.structure.label(), isolated, window);
        if (complaint != null) {
            return new LabelFailure(LabelFailure.Kind.UNPHYSICAL, complaint, null).record(noted);
        }
        return noted.withLabel(answer.structure.label());
    }
}
