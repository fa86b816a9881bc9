package cupel.plugin;

import cupel.structure.Elements;
import cupel.structure.FrameReader;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The frames of extended XYZ files as the items of a channel: what a workflow wants to know of each, and its text. */
public final class Frames {

    private Frames() {}

    /**
     * Reads a file frame by frame; no more than one frame is held.
     *
     * <p>The map of a frame has {@code file} (name without folder, so that results do not depend on where it lies), {@code frame} (from 1),
     * {@code atoms}, {@code formula} (Hill's order: {@code C2H6O}), {@code energy} in eV if the frame has a label, and {@code notes}, a map of
     * the further pairs of its second line: text, numbers, truth values, and lists of these.
     *
     * @param item gets the map and the lines of the frame, as they stand in the file
     * @throws cupel.structure.InputException when the file cannot be read, naming the line and the value
     */
    public static void read(Path file, BiConsumer<Map<String, Object>, String> item) {
        try (FrameReader reader = FrameReader.open(file)) {
            int frame = 0;
            for (Structure next = reader.next(); next != null; next = reader.next()) {
                item.accept(describe(file, ++frame, next), reader.text());
            }
        }
    }

    // Plain maps and lists: Nextflow hashes them by content, and stores and reads them with the tasks that they go
    // into.
    private static Map<String, Object> describe(Path file, int frame, Structure structure) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("file", file.getFileName().toString());
        info.put("frame", frame);
        info.put("atoms", structure.size());
        info.put("formula", formula(structure));
        if (structure.label() != null) {
            info.put("energy", structure.label().energy());
        }
        Map<String, Object> notes = new LinkedHashMap<>();
        structure.info().forEach((key, value) -> notes.put(key, plain(value)));
        info.put("notes", notes);
        return info;
    }

    private static Object plain(Object value) {
        List<Object> list = new ArrayList<>();
        if (value instanceof double[] numbers) {
            for (double number : numbers) {
                list.add(number);
            }
        } else if (value instanceof long[] integers) {
            for (long integer : integers) {
                list.add(integer);
            }
        } else if (value instanceof boolean[] logicals) {
            for (boolean logical : logicals) {
                list.add(logical);
            }
        } else {
            return value;
        }
        return list;
    }

    /** Hill's order: with carbon, C and H first; the others, or all, by the alphabet. */
    private static String formula(Structure structure) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int z : structure.atomicNumbers()) {
            counts.merge(Elements.symbol(z), 1, Integer::sum);
        }
        List<String> order = new ArrayList<>(counts.keySet());
        if (counts.containsKey("C")) {
            for (String first : List.of("H", "C")) {
                if (order.remove(first)) {
                    order.add(0, first);
                }
            }
        }
        StringBuilder formula = new StringBuilder();
        for (String symbol : order) {
            int count = counts.get(symbol);
            formula.append(symbol).append(count > 1 ? count : "");
        }
        return formula.toString();
    }
}
