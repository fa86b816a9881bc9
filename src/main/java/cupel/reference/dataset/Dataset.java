package cupel.reference.dataset;

import cupel.structure.Cell;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes labelled structures as a dataset of another program: into a place beside the target, where they are read back by another way and
 * compared, and which then takes the name of the target. So there is a dataset that is right, or none.
 */
public final class Dataset {

    /** What can be written. */
    public enum Format {
        /** Extended XYZ, one file; with notes and arrays. */
        EXTXYZ,
        /** n2p2 and RuNNer, one file {@code input.data}, in eV and angstrom. Has no stress. */
        N2P2,
        /** aenet, a folder with a file for each structure, numbered in their order. Has no stress. */
        XSF,
        /** DeePMD-kit, a folder with a folder for each composition. Has stresses of crystals, as virials. */
        DEEPMD;

        /** As typed: {@code extxyz}. */
        public String token() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A format: how it is written and, by another way, read. */
    interface Writer {
        /** The structures as they stand in the dataset: in its order, without what it has no place for. */
        List<Structure> arranged(List<Structure> structures);

        /** Writes arranged structures. */
        void write(Path target, List<Structure> arranged) throws IOException;

        /** Reads them back. */
        List<Structure> read(Path target) throws IOException;

        /** Digits that are lost in writing: the largest difference of coordinates, and of all else. */
        double[] tolerances();
    }

    private Dataset() {}

    /**
     * Writes and checks.
     *
     * @param structures with labels, of one level of theory
     * @param source where they are from, for messages
     * @param keys what the parts of a label are called in extended XYZ; makes no difference to other formats
     * @param output a file, which is replaced, or for XSF and DEEPMD a folder, which must not be there or be empty
     * @throws InputException when a structure has no place in the format, naming it by its number from 1; when the output cannot be written
     *     or does not give back what went in; then there is none
     */
    public static void write(
            List<Structure> structures, String source, Format format, ExtendedXyz.Keys keys, Path output) {
        boolean folder = format == Format.XSF || format == Format.DEEPMD;
        for (int i = 0; i < structures.size(); i++) {
            String problem = problem(structures.get(i), format);
            if (problem != null) {
                throw new InputException(source + ", structure " + (i + 1) + ": " + problem);
            }
        }
        Writer writer =
                switch (format) {
                    case EXTXYZ -> new ExtendedXyzWriter(keys);
                    case N2P2 -> new N2p2Writer();
                    case XSF -> new XsfWriter();
                    case DEEPMD -> new DeepmdWriter();
                };
        try {
            if (folder) {
                requireFree(output);
            } else if (Files.exists(output) && !Files.isRegularFile(output)) {
                throw new InputException(output + ": cannot be written: it is not a file");
            }
            Path target = Files.exists(output)
                    ? output.toRealPath()
                    : output.toAbsolutePath().normalize();
            if (!Files.isDirectory(target.getParent())) {
                throw new InputException(output + ": cannot be written: there is no folder " + target.getParent());
            }
            Path scratch = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.createDirectory(scratch);
            try {
                Path made = scratch.resolve(target.getFileName());
                List<Structure> arranged = writer.arranged(structures);
                writer.write(made, arranged);
                requireEqual(arranged, writer.read(made), writer.tolerances());
                Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                delete(scratch);
            }
        } catch (IOException e) {
            throw new InputException(output + ": cannot be written: " + e, e);
        }
    }

    private static void requireFree(Path output) throws IOException {
        if (Files.exists(output)) {
            if (!Files.isDirectory(output)) {
                throw new InputException(output + ": cannot be written: it is not a folder");
            }
            try (Stream<Path> files = Files.list(output)) {
                if (files.findAny().isPresent()) {
                    throw new InputException(output
                            + ": is there and not empty; files of two datasets must not mix: give another folder");
                }
            }
        }
    }

    private static String problem(Structure structure, Format format) {
        if (structure.label() == null) {
            return "has no label (energy and forces)";
        }
        if (format == Format.EXTXYZ) {
            return null;
        }
        if (structure.size() == 0) {
            return "has no atoms";
        }
        if (structure.label().forces() == null && !isIsolatedAtom(structure)) {
            return "has no forces, which " + format.token() + " needs";
        }
        boolean[] p = structure.cell().periodic();
        if (structure.cell().isPeriodic() && !(p[0] && p[1] && p[2])) {
            return "repeats in some directions and not in others, which " + format.token() + " has no way to say";
        }
        return null;
    }

    static boolean isIsolatedAtom(Structure structure) {
        return structure.size() == 1 && !structure.cell().isPeriodic();
    }

    /** Atoms, cell if it repeats, energy and forces; an atom alone has none, and many labels say so by saying nothing. */
    static Structure withoutStress(Structure structure) {
        Label label = structure.label();
        return Structure.of(
                        structure.atomicNumbers(),
                        structure.positions(),
                        structure.cell().isPeriodic() ? structure.cell() : Cell.NONE)
                .withLabel(new Label(
                        label.energy(), label.forces() == null ? new double[3 * structure.size()] : label.forces()));
    }

    /**
     * Whether structures are the same, in their order.
     *
     * @param tolerances largest difference of coordinates, and of energy, forces and stress
     * @throws InputException when they are not, saying where
     */
    static void requireEqual(List<Structure> expected, List<Structure> found, double[] tolerances) {
        if (found.size() != expected.size()) {
            throw changed("has " + found.size() + " structures in place of " + expected.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            Structure a = expected.get(i);
            Structure b = found.get(i);
            String where = "structure " + (i + 1) + " of the dataset: ";
            if (!Arrays.equals(a.atomicNumbers(), b.atomicNumbers())) {
                throw changed(where + "other atoms");
            }
            requireNear(where + "coordinates", a.positions(), b.positions(), tolerances[0]);
            requireNear(where + "cell", a.cell().vectors(), b.cell().vectors(), 0);
            if (!Arrays.equals(a.cell().periodic(), b.cell().periodic())) {
                throw changed(where + "repeats in other directions");
            }
            if (b.label() == null) {
                throw changed(where + "no label");
            }
            requireNear(
                    where + "energy",
                    new double[] {a.label().energy()},
                    new double[] {b.label().energy()},
                    tolerances[1]);
            requireNear(where + "forces", a.label().forces(), b.label().forces(), tolerances[1]);
            requireNear(where + "stress", a.label().stress(), b.label().stress(), tolerances[1]);
        }
    }

    private static void requireNear(String what, double[] expected, double[] found, double tolerance) {
        if (expected == null || found == null) {
            if (expected != found) {
                throw changed(what + (found == null ? " missing" : " that nobody wrote"));
            }
            return;
        }
        if (expected.length != found.length) {
            throw changed(what + ": " + found.length + " numbers in place of " + expected.length);
        }
        for (int k = 0; k < expected.length; k++) {
            // numbers of more than 15 digits end where a double does
            double allowed = tolerance == 0 ? 0 : tolerance * 1.0001 + 4 * Math.ulp(expected[k]);
            if (!(Math.abs(expected[k] - found[k]) <= allowed)) {
                throw changed(what + ": " + found[k] + " in place of " + expected[k]);
            }
        }
    }

    private static InputException changed(String what) {
        return new InputException("the dataset does not give back what went in (" + what
                + "), and was not written; this is a fault in Cupel");
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
