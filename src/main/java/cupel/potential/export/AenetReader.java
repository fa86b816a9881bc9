package cupel.potential.export;

import cupel.descriptor.AngularSymmetryFunction;
import cupel.descriptor.Descriptor;
import cupel.descriptor.RadialSymmetryFunction;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads aenet's potentials in text form, record by record as aenet's Fortran does.
 *
 * <p>Means, squares and inputs of the network are not in the order in which the file lists the symmetry functions, but in that of
 * aenet's sf_build_index: by the first neighbour; for each the radial functions by type; then by the second neighbour the angular ones
 * by type; and as listed where all that is the same. With one element whose radial functions come first the two orders are one.
 */
final class AenetReader {

    private static final String SUFFIX = ".nn.ascii";

    /** aenet's mtanh is 1.7159 tanh(2x/3). */
    private static final double MTANH_FACTOR = 1.7159;

    private static final double MTANH_SLOPE = 0.666666666666667;

    /** Below this width aenet switches a function off. */
    private static final double DEAD = 1e-10;

    /** A symmetry function as the file has it. */
    private record Function(int type, int e1, int e2, double[] p, int line, int[] rank) {}

    /** What one file says. */
    private record Part(TextLines file, int element, List<Function> functions, double rc, ElementPotential potential) {}

    private final Path folder;
    private TextLines file;
    private int line;

    AenetReader(Path folder) {
        this.folder = folder;
    }

    Potential read() {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(f -> f.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw new InputException(folder + ": no file *" + SUFFIX
                    + "; aenet's binary files depend on the compiler and are not read: write them as text first");
        }
        Map<Integer, Part> parts = new TreeMap<>();
        for (Path path : files) {
            Part part = part(path);
            Part other = parts.put(part.element, part);
            if (other != null) {
                throw new InputException(path + ": a second potential for " + Elements.symbol(part.element)
                        + ", beside " + other.file.file());
            }
        }
        Part first = parts.values().iterator().next();
        Descriptor.Builder builder = Descriptor.builder("aenet", first.rc);
        List<ElementPotential> elements = new ArrayList<>();
        for (Part part : parts.values()) {
            if (part.rc != first.rc) {
                throw new InputException(part.file.file() + ": cutoff " + part.rc + ", but " + first.rc + " in "
                        + first.file.file() + ": all functions must have the same");
            }
            builder.element(part.element);
            for (Function f : part.functions) {
                add(builder, part, f, parts);
            }
            elements.add(part.potential);
        }
        return new Potential(builder.build(), elements).withProvenance(Map.of("read_from", "aenet"));
    }

    private static void add(Descriptor.Builder builder, Part part, Function f, Map<Integer, Part> parts) {
        for (int z : f.type > 3 ? new int[] {f.e1, f.e2} : new int[] {f.e1}) {
            if (!parts.containsKey(z)) {
                throw part.file.wrong(
                        f.line, "a function counts " + Elements.symbol(z) + " neighbours, of which there is no file");
            }
        }
        double[] p = f.p;
        try {
            switch (f.type) {
                case 1 -> builder.radial(part.element, new RadialSymmetryFunction(f.e1, 0, 0));
                case 2 -> builder.radial(part.element, new RadialSymmetryFunction(f.e1, p[2], p[1]));
                default ->
                    builder.angular(
                            part.element,
                            new AngularSymmetryFunction(
                                    f.type == 4
                                            ? AngularSymmetryFunction.Form.NARROW
                                            : AngularSymmetryFunction.Form.WIDE,
                                    Math.min(f.e1, f.e2),
                                    Math.max(f.e1, f.e2),
                                    p[3],
                                    p[1],
                                    p[2]));
            }
        } catch (IllegalArgumentException e) {
            throw part.file.wrong(f.line, e.getMessage());
        }
    }

    private Part part(Path path) {
        file = TextLines.read(path);
        line = 0;
        // network
        int depth = count();
        if (depth < 2) {
            throw file.wrong(line, depth + " layers, must be 2 or more");
        }
        count(); // widest layer
        int size = count();
        count(); // number of values
        int[] layers = counts(depth);
        int layersLine = line;
        int[] activation = counts(depth - 1);
        int activationLine = line;
        counts(depth);
        counts(depth);
        int expected;
        try {
            expected = Network.parameterCount(layers);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw file.wrong(layersLine, e.getMessage());
        }
        if (expected != size) {
            throw file.wrong(3, size + " weights, but a network " + Arrays.toString(layers) + " has " + expected);
        }
        double[] columns = numbers(size);
        double[] w = rows(layers, columns);
        activate(w, layers, activation, activationLine);
        // symmetry functions
        next(); // description
        String symbol = next().strip();
        int element = element(symbol);
        int environments = count();
        if (environments < 1) {
            throw file.wrong(line, "no elements of neighbours, must be 1 or more");
        }
        requireHeld(environments);
        int[] environment = new int[environments];
        for (int k = 0; k < environments; k++) {
            environment[k] = element(next().strip());
        }
        number(); // shortest distance
        double longest = number();
        String kind = next().strip();
        if (!kind.equalsIgnoreCase("Behler2011")) {
            throw file.wrong(line, "basis " + kind + " cannot be read, only Behler2011");
        }
        int count = count();
        if (count != layers[0]) {
            throw file.wrong(line, count + " functions, but the network has " + layers[0] + " inputs");
        }
        int parameters = count();
        if (parameters < 4) {
            throw file.wrong(line, parameters + " parameters for each function, must be 4 or more");
        }
        int[] types = counts(count);
        int typeLine = line;
        double[] p = numbers((long) parameters * count);
        int parameterLine = line;
        int[] neighbours = counts((long) environments * count);
        List<Function> functions = new ArrayList<>();
        double rc = longest;
        for (int k = 0; k < count; k++) {
            if (types[k] != 1 && types[k] != 2 && types[k] != 4 && types[k] != 5) {
                throw file.wrong(typeLine, "functions G=" + types[k] + " cannot be read, only 1, 2, 4 and 5");
            }
            double[] own = Arrays.copyOfRange(p, parameters * k, parameters * k + 4);
            if (k == 0) {
                rc = own[0];
            } else if (own[0] != rc) {
                throw file.wrong(
                        parameterLine, "cutoffs " + rc + " and " + own[0] + ": all functions must have the same");
            }
            int n1 = neighbours[environments * k];
            // with one element aenet does not write the second neighbour
            int n2 = types[k] < 4 || environments == 1 ? n1 : neighbours[environments * k + 1];
            int e1 = neighbour(environment, n1);
            int e2 = neighbour(environment, n2);
            int[] rank = {Math.min(n1, n2), types[k] < 4 ? 0 : Math.max(n1, n2), types[k]};
            functions.add(new Function(types[k], e1, e2, own, typeLine, rank));
        }
        functions.sort((f, g) -> Arrays.compare(f.rank, g.rank));
        count(); // number of evaluations
        numbers(count);
        numbers(count);
        double[] mean = numbers(count);
        double[] square = numbers(count);
        // training set
        next();
        next();
        double scale = number();
        int scaleLine = line;
        double shift = number();
        int types2 = count();
        int own = -1;
        for (int t = 0; t < types2; t++) {
            if (next().strip().equals(symbol)) {
                own = t;
            }
        }
        if (own < 0) {
            throw file.wrong(line, "the training set has no " + symbol);
        }
        if (!(scale > 0)) {
            throw file.wrong(scaleLine, "illegal scale of energies: " + scale + ", must be above 0");
        }
        double offset = numbers(types2)[own] + shift;
        for (int k = w.length - layers[layers.length - 2] - 1; k < w.length; k++) {
            w[k] /= scale;
        }
        // what is left says nothing about energies; but a file without it ends too early
        count();
        count();
        next();
        return sorted(element, functions, rc, offset, mean, square, layers, w);
    }

    /** From aenet's order to radial functions before angular ones, as a descriptor has them. */
    private Part sorted(
            int element,
            List<Function> functions,
            double rc,
            double offset,
            double[] mean,
            double[] square,
            int[] layers,
            double[] w) {
        int count = functions.size();
        List<Integer> order = new ArrayList<>();
        for (int angular = 0; angular < 2; angular++) {
            for (int k = 0; k < count; k++) {
                if ((functions.get(k).type > 3 ? 1 : 0) == angular) {
                    order.add(k);
                }
            }
        }
        double[] shift = new double[count];
        double[] scale = new double[count];
        double[] parameters = w.clone();
        List<Function> ordered = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int from = order.get(k);
            ordered.add(functions.get(from));
            double width = Math.sqrt(square[from] - mean[from] * mean[from]);
            shift[k] = mean[from];
            scale[k] = width > DEAD ? 1 / width : 0;
            for (int unit = 0; unit < layers[1]; unit++) {
                parameters[unit * count + k] = w[unit * count + from];
            }
        }
        return new Part(
                file,
                element,
                ordered,
                rc,
                new ElementPotential(element, offset, shift, scale, Network.of(layers, parameters)));
    }

    /** From columns (one for each source, the last of biases) to rows (one for each target), then biases. */
    private static double[] rows(int[] layers, double[] columns) {
        double[] w = new double[columns.length];
        int at = 0;
        for (int l = 1; l < layers.length; l++) {
            int rows = layers[l];
            int sources = layers[l - 1];
            for (int k = 0; k < rows * (sources + 1); k++) {
                int row = k % rows;
                int column = k / rows;
                w[column < sources ? at + row * sources + column : at + rows * sources + row] = columns[at + k];
            }
            at += rows * (sources + 1);
        }
        return w;
    }

    /** Makes tanh of mtanh; refuses what is neither. */
    private void activate(double[] w, int[] layers, int[] activation, int where) {
        int at = 0;
        double factor = 1; // of the outputs of the layer before
        for (int l = 1; l < layers.length; l++) {
            int kind = activation[l - 1];
            boolean last = l == layers.length - 1;
            if (last ? kind != 0 : kind != 1 && kind != 3) {
                throw file.wrong(
                        where,
                        "activation function " + kind + " of layer " + (l + 1)
                                + " cannot be read: only tanh (1) and mtanh (3) in hidden layers and a linear output (0)");
            }
            double slope = kind == 3 ? MTANH_SLOPE : 1;
            int matrix = layers[l] * layers[l - 1];
            for (int k = 0; k < matrix; k++) {
                w[at + k] *= factor * slope;
            }
            for (int k = 0; k < layers[l]; k++) {
                w[at + matrix + k] *= slope;
            }
            factor = kind == 3 ? MTANH_FACTOR : 1;
            at += matrix + layers[l];
        }
    }

    private int neighbour(int[] environment, int number) {
        if (number < 1 || number > environment.length) {
            throw file.wrong(line, "neighbour " + number + ", must be 1 to " + environment.length);
        }
        return environment[number - 1];
    }

    private int element(String symbol) {
        try {
            return Elements.atomicNumber(symbol);
        } catch (InputException | IllegalArgumentException e) {
            throw file.wrong(line, "not an element: " + symbol);
        }
    }

    private String next() {
        if (line == file.size()) {
            throw file.wrong(line, "ends too early");
        }
        return file.line(++line);
    }

    private int count() {
        return counts(1)[0];
    }

    private double number() {
        return numbers(1)[0];
    }

    /** Refuses what the rest of the file cannot hold, before room is made for it. */
    private int requireHeld(long count) {
        if (count > 4L * (file.size() - line)) {
            throw file.wrong(line, "the file ends too early: " + count + " numbers or names must follow");
        }
        return (int) count;
    }

    private int[] counts(long wanted) {
        int count = requireHeld(wanted);
        int[] values = new int[count];
        int at = 0;
        while (at < count) {
            for (String word : words(count - at)) {
                values[at++] = file.count(line, word);
            }
        }
        return values;
    }

    private double[] numbers(long wanted) {
        int count = requireHeld(wanted);
        double[] values = new double[count];
        int at = 0;
        while (at < count) {
            for (String word : words(count - at)) {
                values[at++] = file.number(line, word);
            }
        }
        return values;
    }

    /** The words of the next line, four at most, or as many as are left to read. */
    private String[] words(int left) {
        String text = next();
        String[] words = TextLines.words(text);
        if (words.length != Math.min(4, left)) {
            throw file.wrong(line, words.length + " numbers, must be " + Math.min(4, left));
        }
        return words;
    }
}
