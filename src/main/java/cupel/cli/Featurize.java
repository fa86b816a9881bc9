package cupel.cli;

import cupel.descriptor.Descriptor;
import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.StructureFeatures;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jetbrains.bio.npy.NpyFile;

/** {@code featurize}: the symmetry functions of all atoms of a file, as a NumPy array or as CSV. */
public final class Featurize {

    static final Tool TOOL = Tool.named("featurize")
            .purpose(
                    "Computes the symmetry functions of every atom: one row per atom, structures and atoms in the order"
                            + " of the file, one column per function. Elements with fewer functions than others have zeros"
                            + " in the last columns (empty fields in CSV).")
            .required("structures", "FILE", "structures, extended XYZ")
            .option("descriptor", "NAME|FILE", "behler2011-26", Descriptors.HELP)
            .required(
                    "output",
                    "FILE",
                    "NumPy array (.npy, float64, C order), or CSV with structure, sid, atom and"
                            + " element of each row (.csv)")
            .option(
                    "threads",
                    "N",
                    "1",
                    "parts of a large structure computed at the same time; the result does not depend on it")
            .action(Featurize::featurize);

    private Featurize() {}

    public static void main(String[] args) {
        System.exit(Steps.run(TOOL, args, System.out, System.err));
    }

    private static void featurize(Arguments arguments) throws IOException {
        Path output = arguments.path("output");
        String name = output.getFileName().toString();
        if (!name.endsWith(".npy") && !name.endsWith(".csv")) {
            throw arguments.wrong("output", "must end in .npy or .csv, is " + output);
        }
        List<Structure> structures = ExtendedXyz.read(arguments.path("structures"));
        if (structures.isEmpty()) {
            throw new InputException(arguments.path("structures") + ": holds no structure");
        }
        Descriptor descriptor = Descriptors.of(arguments, "descriptor", structures);
        int threads = arguments.integer("threads", 1);
        int atoms = 0;
        int columns = 0;
        for (Structure structure : structures) {
            atoms = Math.addExact(atoms, structure.size());
            for (int i = 0; i < structure.size(); i++) {
                columns = Math.max(columns, descriptor.count(structure.atomicNumber(i)));
            }
        }
        if (name.endsWith(".npy")) {
            writeArray(output, structures, descriptor, threads, atoms, columns);
        } else {
            writeTable(output, structures, descriptor, threads, columns);
        }
        arguments
                .out()
                .println(output + ": " + atoms + " atoms of " + structures.size() + " structures, " + columns
                        + " functions");
    }

    private static void writeArray(
            Path output, List<Structure> structures, Descriptor descriptor, int threads, int atoms, int columns)
            throws IOException {
        if ((long) atoms * columns > Integer.MAX_VALUE - 8) {
            throw new InputException("an array of " + atoms + " atoms and " + columns
                    + " functions is larger than an array can be here, " + Integer.MAX_VALUE
                    + " numbers: split the structures, or write CSV");
        }
        double[] rows = new double[atoms * columns];
        DescriptorCalculator calculator = descriptor.calculator();
        int row = 0;
        for (Structure structure : structures) {
            StructureFeatures features = calculator.features(structure, threads);
            for (int i = 0; i < structure.size(); i++) {
                System.arraycopy(features.values(), features.offsets()[i], rows, row++ * columns, features.count(i));
            }
        }
        Path half = output.resolveSibling("." + output.getFileName() + ".part");
        try {
            NpyFile.write(half, rows, new int[] {atoms, columns});
            Files.move(half, output, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    private static void writeTable(
            Path output, List<Structure> structures, Descriptor descriptor, int threads, int columns) {
        List<String> header = new ArrayList<>(List.of("structure", "sid", "atom", "element"));
        for (int k = 1; k <= columns; k++) {
            header.add("g" + k);
        }
        DescriptorCalculator calculator = descriptor.calculator();
        Iterable<List<Object>> rows = () -> new Rows(structures, calculator, threads, columns);
        Outputs.csv(output, header, rows);
    }

    /** Rows of the table, one structure in memory at a time. */
    private static final class Rows implements Iterator<List<Object>> {

        private final List<Structure> structures;
        private final DescriptorCalculator calculator;
        private final int threads;
        private final int columns;
        private int structure = -1;
        private int atom;
        private StructureFeatures features;

        Rows(List<Structure> structures, DescriptorCalculator calculator, int threads, int columns) {
            this.structures = structures;
            this.calculator = calculator;
            this.threads = threads;
            this.columns = columns;
            nextStructure();
        }

        private void nextStructure() {
            atom = 0;
            do {
                structure++;
            } while (structure < structures.size() && structures.get(structure).size() == 0);
            features = structure < structures.size() ? calculator.features(structures.get(structure), threads) : null;
        }

        @Override
        public boolean hasNext() {
            return features != null;
        }

        @Override
        public List<Object> next() {
            Structure current = structures.get(structure);
            List<Object> row = new ArrayList<>(columns + 4);
            row.add(structure + 1);
            row.add(current.info().getOrDefault("sid", ""));
            row.add(atom + 1);
            row.add(Elements.symbol(current.atomicNumber(atom)));
            int count = features.count(atom);
            for (int k = 0; k < columns; k++) {
                row.add(k < count ? Double.toString(features.values()[features.offsets()[atom] + k]) : "");
            }
            if (++atom == current.size()) {
                nextStructure();
            }
            return row;
        }
    }
}
