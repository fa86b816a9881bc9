package cupel.potential.export;

import cupel.descriptor.AngularSymmetryFunction;
import cupel.descriptor.Descriptor;
import cupel.descriptor.RadialSymmetryFunction;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a potential as n2p2 does, and stricter: where n2p2 would go on with garbage (weights that end early, rows of scaling.data out
 * of order) this names the file and the line.
 *
 * <p>n2p2 sorts the symmetry functions of an element by type, cutoff, eta, rs, zeta, lambda and neighbours, whatever the order of the
 * lines in input.nn; rows of scaling.data and inputs of the network are in the sorted order.
 */
final class N2p2Reader {

    /** Settings that would change energies and are not understood here. */
    private static final List<String> BEYOND = List.of(
            "normalize_nodes",
            "element_hidden_layers_short",
            "element_nodes_short",
            "element_activation_short",
            "global_symfunction_short",
            "element_symfunction_short",
            "global_pairsymfunction_short",
            "element_pairsymfunction_short",
            "symfunction_electrostatic",
            "use_electrostatics",
            "electrostatic_type",
            "use_vdw",
            "nn_type_short",
            "symfunction_correlation");

    /** A setting: its words after the first, and where it stands. */
    private record Setting(String[] words, int line) {}

    /** A symmetry function in units of the file. */
    private record Function(
            int central,
            int type,
            int e1,
            int e2,
            double eta,
            double rs,
            double lambda,
            double zeta,
            double rc,
            int line) {}

    private final Path folder;
    private final double length;
    private final double energy;
    private final TextLines input;
    private final Map<String, List<Setting>> settings = new LinkedHashMap<>();

    N2p2Reader(Path folder, double length, double energy) {
        this.folder = folder;
        this.length = length;
        this.energy = energy;
        this.input = TextLines.read(folder.resolve("input.nn"));
        for (int n = 1; n <= input.size(); n++) {
            String text = input.line(n).replaceFirst("[#!].*", "");
            String[] words = TextLines.words(text);
            if (words.length > 0) {
                settings.computeIfAbsent(words[0], key -> new ArrayList<>())
                        .add(new Setting(Arrays.copyOfRange(words, 1, words.length), n));
            }
        }
    }

    Potential read() {
        for (String key : BEYOND) {
            if (settings.containsKey(key)) {
                throw input.wrong(
                        settings.get(key).get(0).line,
                        key + " is not understood: the potential would have other energies");
            }
        }
        requireShortRange();
        int[] elements = elements();
        Map<Integer, List<Function>> functions = functions(elements);
        int[] hidden = hidden();
        double[][] affine = normalisation(elements);
        Map<Integer, double[][]> scaling = scaling(elements, functions);
        Descriptor descriptor = descriptor(functions);
        List<ElementPotential> parts = new ArrayList<>();
        for (int e = 0; e < elements.length; e++) {
            int z = elements[e];
            int[] layers = new int[hidden.length + 2];
            layers[0] = functions.get(z).size();
            System.arraycopy(hidden, 0, layers, 1, hidden.length);
            layers[layers.length - 1] = 1;
            Network network = scaleOutput(weights(z, layers), layers, affine[e][0]);
            parts.add(new ElementPotential(z, affine[e][1], scaling.get(z)[0], scaling.get(z)[1], network));
        }
        return new Potential(descriptor, parts).withProvenance(Map.of("read_from", "n2p2"));
    }

    private void requireShortRange() {
        if (settings.containsKey("nnp_type")) {
            Setting type = only("nnp_type", 1);
            String word = type.words[0].toUpperCase(Locale.ROOT);
            if (!word.equals("2G-HDNNP") && !word.equals("2")) {
                throw input.wrong(
                        type.line,
                        "nnp_type " + type.words[0] + " has charges; only short-range networks (2G-HDNNP) can be read");
            }
        }
        Setting cutoff = only("cutoff_type", 1);
        if (!cutoff.words[0].equals("1")) {
            throw input.wrong(cutoff.line, "cutoff_type must be 1, the cosine, is " + cutoff.words[0]);
        }
        if (cutoff.words.length > 1 && input.number(cutoff.line, cutoff.words[1]) != 0) {
            throw input.wrong(cutoff.line, "cutoff_type with an inner cutoff, " + cutoff.words[1] + ", cannot be read");
        }
    }

    /** Atomic numbers, ascending, as n2p2 counts elements. */
    private int[] elements() {
        Setting named = only("elements", 1);
        int[] elements = new int[named.words.length];
        for (int e = 0; e < elements.length; e++) {
            elements[e] = element(named.line, named.words[e]);
        }
        Setting count = only("number_of_elements", 1);
        if (input.count(count.line, count.words[0]) != elements.length) {
            throw input.wrong(
                    count.line, "number_of_elements is " + count.words[0] + ", but " + elements.length + " are named");
        }
        Arrays.sort(elements);
        return elements;
    }

    private int element(int line, String symbol) {
        try {
            return Elements.atomicNumber(symbol);
        } catch (InputException | IllegalArgumentException e) {
            throw input.wrong(line, "not an element: " + symbol);
        }
    }

    private int known(int line, String symbol, int[] elements) {
        int z = element(line, symbol);
        if (Arrays.binarySearch(elements, z) < 0) {
            throw input.wrong(line, symbol + " is not one of the elements");
        }
        return z;
    }

    private Map<Integer, List<Function>> functions(int[] elements) {
        Map<Integer, List<Function>> functions = new TreeMap<>();
        for (int z : elements) {
            functions.put(z, new ArrayList<>());
        }
        Function first = null;
        for (Setting s : settings.getOrDefault("symfunction_short", List.of())) {
            Function f = function(s, elements);
            if (first == null) {
                first = f;
            }
            if (f.rc != first.rc) {
                throw input.wrong(
                        s.line,
                        "cutoff " + f.rc + ", but " + first.rc + " in line " + first.line
                                + ": all functions must have the same");
            }
            functions.get(f.central).add(f);
        }
        functions.forEach((z, list) -> {
            if (list.isEmpty()) {
                throw new InputException(input.file() + ": no symfunction_short of " + Elements.symbol(z));
            }
            list.sort(N2p2Reader::compare);
        });
        return functions;
    }

    private Function function(Setting s, int[] elements) {
        if (s.words.length < 3) {
            throw input.wrong(s.line, "symfunction_short needs an element, a type, a neighbour and numbers");
        }
        int central = known(s.line, s.words[0], elements);
        int type = input.count(s.line, s.words[1]);
        int e1 = known(s.line, s.words[2], elements);
        int wanted = type == 2 ? 6 : 8;
        if (type != 2 && type != 3 && type != 9) {
            throw input.wrong(s.line, "symmetry functions of type " + type + " cannot be read; only 2, 3 and 9");
        }
        if (s.words.length != wanted && !(type != 2 && s.words.length == 9)) {
            throw input.wrong(
                    s.line,
                    "symmetry function of type " + type + " with " + s.words.length + " columns, must have " + wanted);
        }
        double[] p = new double[s.words.length];
        for (int k = type == 2 ? 3 : 4; k < p.length; k++) {
            p[k] = input.number(s.line, s.words[k]);
        }
        if (type == 2) {
            return new Function(central, type, e1, 0, p[3], p[4], 0, 0, p[5], s.line);
        }
        int e2 = known(s.line, s.words[3], elements);
        if (p.length == 9 && p[8] != 0) {
            throw input.wrong(s.line, "angular symmetry functions with a shift, " + s.words[8] + ", cannot be read");
        }
        return new Function(central, type, Math.min(e1, e2), Math.max(e1, e2), p[4], 0, p[5], p[6], p[7], s.line);
    }

    /** The order of n2p2's SymFncExpRad, SymFncExpAngn and SymFncExpAngw. */
    private static int compare(Function a, Function b) {
        if (a.type != b.type) {
            return a.type < b.type ? -1 : 1;
        }
        double[] p = a.type == 2
                ? new double[] {a.eta, a.rs, a.e1}
                : new double[] {a.eta, a.rs, a.zeta, a.lambda, a.e1, a.e2};
        double[] q = a.type == 2
                ? new double[] {b.eta, b.rs, b.e1}
                : new double[] {b.eta, b.rs, b.zeta, b.lambda, b.e1, b.e2};
        for (int k = 0; k < p.length; k++) {
            if (p[k] != q[k]) {
                return p[k] < q[k] ? -1 : 1;
            }
        }
        return 0;
    }

    /** In angstrom; radial functions sort before angular ones, so that the order of the descriptor is the sorted one. */
    private Descriptor descriptor(Map<Integer, List<Function>> functions) {
        double rc = functions.values().iterator().next().get(0).rc;
        Descriptor.Builder builder = Descriptor.builder("n2p2", rc * length);
        functions.forEach((z, list) -> {
            builder.element(z);
            for (Function f : list) {
                double eta = f.eta / (length * length);
                try {
                    if (f.type == 2) {
                        builder.radial(z, new RadialSymmetryFunction(f.e1, eta, f.rs * length));
                    } else {
                        AngularSymmetryFunction.Form form =
                                f.type == 3 ? AngularSymmetryFunction.Form.NARROW : AngularSymmetryFunction.Form.WIDE;
                        builder.angular(z, new AngularSymmetryFunction(form, f.e1, f.e2, eta, f.lambda, f.zeta));
                    }
                } catch (IllegalArgumentException e) {
                    throw input.wrong(f.line, e.getMessage());
                }
            }
        });
        return builder.build();
    }

    private int[] hidden() {
        Setting layers = only("global_hidden_layers_short", 1);
        Setting nodes = only("global_nodes_short", 1);
        Setting activation = only("global_activation_short", 1);
        int count = input.count(layers.line, layers.words[0]);
        if (count < 1 || nodes.words.length != count) {
            throw input.wrong(nodes.line, nodes.words.length + " widths of hidden layers, must be " + count);
        }
        if (activation.words.length != count + 1) {
            throw input.wrong(
                    activation.line,
                    activation.words.length
                            + " activation functions, must be one for each hidden layer and the output, "
                            + (count + 1));
        }
        int[] hidden = new int[count];
        for (int l = 0; l <= count; l++) {
            String wanted = l < count ? "t" : "l";
            if (!activation.words[l].equals(wanted)) {
                throw input.wrong(
                        activation.line,
                        "activation function " + activation.words[l] + " of layer " + (l + 1) + " must be " + wanted
                                + ": only tanh in hidden layers and a linear output can be read");
            }
            if (l < count) {
                hidden[l] = input.count(nodes.line, nodes.words[l]);
            }
        }
        return hidden;
    }

    /** For each element by what the output of its network is multiplied, and what is added to it, in eV. */
    private double[][] normalisation(int[] elements) {
        double factor = 1;
        double mean = 0;
        boolean[] given = {
            settings.containsKey("mean_energy"),
            settings.containsKey("conv_energy"),
            settings.containsKey("conv_length")
        };
        if (given[0] || given[1] || given[2]) {
            mean = number("mean_energy");
            factor = 1 / number("conv_energy");
            number("conv_length"); // functions have no unit: it changes none of them
        }
        double[][] affine = new double[elements.length][];
        for (int e = 0; e < elements.length; e++) {
            affine[e] = new double[] {factor * energy, mean * energy};
        }
        for (Setting s : settings.getOrDefault("atom_energy", List.of())) {
            if (s.words.length != 2) {
                throw input.wrong(s.line, "atom_energy must be an element and a number");
            }
            int e = Arrays.binarySearch(elements, known(s.line, s.words[0], elements));
            affine[e][1] += input.number(s.line, s.words[1]) * energy;
        }
        return affine;
    }

    private double number(String key) {
        Setting setting = only(key, 1);
        return input.number(setting.line, setting.words[0]);
    }

    private Setting only(String key, int words) {
        List<Setting> found = settings.get(key);
        if (found == null) {
            throw new InputException(input.file() + ": no " + key);
        }
        if (found.size() > 1) {
            throw input.wrong(found.get(1).line, key + " is there twice, first in line " + found.get(0).line);
        }
        if (found.get(0).words.length < words) {
            throw input.wrong(found.get(0).line, key + " needs a value");
        }
        return found.get(0);
    }

    /** For each element what is subtracted from each function, and what it is then multiplied with. */
    private Map<Integer, double[][]> scaling(int[] elements, Map<Integer, List<Function>> functions) {
        boolean scale = settings.containsKey("scale_symmetry_functions");
        boolean center = settings.containsKey("center_symmetry_functions");
        boolean sigma = !scale && !center && settings.containsKey("scale_symmetry_functions_sigma");
        double low = settings.containsKey("scale_min_short") ? number("scale_min_short") : 0;
        double high = settings.containsKey("scale_max_short") ? number("scale_max_short") : 1;
        TextLines file = TextLines.read(folder.resolve("scaling.data"));
        Map<Integer, double[][]> result = new TreeMap<>();
        int line = 0;
        for (int e = 0; e < elements.length; e++) {
            int count = functions.get(elements[e]).size();
            double[] shift = new double[count];
            double[] factor = new double[count];
            for (int k = 0; k < count; k++) {
                line = next(file, line);
                String what = "function " + (k + 1) + " of " + Elements.symbol(elements[e]);
                if (line > file.size()) {
                    throw file.wrong(file.size(), "ends before " + what);
                }
                String[] words = TextLines.words(file.line(line));
                if (words.length < (sigma ? 6 : 5)) {
                    throw file.wrong(
                            line,
                            words.length + " columns, must be " + (sigma ? 6 : 5)
                                    + ": element, function, smallest, largest, mean" + (sigma ? ", width" : ""));
                }
                if (file.count(line, words[0]) != e + 1 || file.count(line, words[1]) != k + 1) {
                    throw file.wrong(
                            line,
                            "row of element " + words[0] + ", function " + words[1] + ", must be element " + (e + 1)
                                    + ", function " + (k + 1)
                                    + ": rows are in the order into which n2p2 sorts the functions");
                }
                double smallest = file.number(line, words[2]);
                double largest = file.number(line, words[3]);
                double mean = file.number(line, words[4]);
                double width = sigma ? file.number(line, words[5]) : largest - smallest;
                double origin = center || sigma ? mean : scale ? smallest : 0;
                if (!scale && !sigma) {
                    shift[k] = origin;
                    factor[k] = 1;
                    continue;
                }
                if (!(width > 0) || !(high > low)) {
                    throw file.wrong(
                            line,
                            what + " never changes (" + (sigma ? "width " + width : "smallest = largest = " + largest)
                                    + "): n2p2 would divide by zero");
                }
                factor[k] = (high - low) / width;
                shift[k] = origin - low / factor[k];
            }
            result.put(elements[e], new double[][] {shift, factor});
        }
        for (line = next(file, line); line <= file.size(); line = next(file, line)) {
            if (TextLines.words(file.line(line)).length != 2) { // RuNNer ends with the smallest and largest energy
                throw file.wrong(line, "a row more than there are symmetry functions");
            }
        }
        return result;
    }

    /** The next line that is no comment. n2p2 stops at an empty one. */
    private static int next(TextLines file, int line) {
        for (int n = line + 1; n <= file.size(); n++) {
            if (file.line(n).isBlank()) {
                throw file.wrong(n, "empty line: n2p2 cannot read the file");
            }
            if (!file.line(n).startsWith("#")) {
                return n;
            }
        }
        return file.size() + 1;
    }

    /** Weights from each node to each of the next layer, source by source, then the biases of that layer. */
    private double[] weights(int z, int[] layers) {
        String name = String.format(Locale.ROOT, "weights.%03d.data", z);
        TextLines file = TextLines.read(folder.resolve(name));
        int needed = Network.parameterCount(layers);
        double[] values = new double[needed];
        int found = 0;
        for (int n = 1; n <= file.size(); n++) {
            String[] words = TextLines.words(file.line(n));
            if (words.length == 0 || words[0].startsWith("#")) {
                continue;
            }
            if (found == needed) {
                throw file.wrong(n, "more numbers than the " + needed + " of a network " + Arrays.toString(layers));
            }
            if (words.length > 2 && words[2].matches("\\d+") && file.count(n, words[2]) != found + 1) {
                throw file.wrong(n, "number " + words[2] + " where number " + (found + 1) + " must be");
            }
            values[found++] = file.number(n, words[0]);
        }
        if (found < needed) {
            throw file.wrong(
                    file.size(),
                    "ends after " + found + " numbers; a network " + Arrays.toString(layers) + " has " + needed);
        }
        double[] parameters = new double[needed];
        int at = 0;
        for (int l = 1; l < layers.length; l++) {
            int sources = layers[l - 1];
            int targets = layers[l];
            for (int k = 0; k < sources * targets; k++) {
                parameters[at + (k % targets) * sources + k / targets] = values[at + k];
            }
            at += sources * targets;
            System.arraycopy(values, at, parameters, at, targets);
            at += targets;
        }
        return parameters;
    }

    /** The network with its output multiplied. */
    private static Network scaleOutput(double[] parameters, int[] layers, double factor) {
        for (int k = parameters.length - layers[layers.length - 2] - 1; k < parameters.length; k++) {
            parameters[k] *= factor;
        }
        return Network.of(layers, parameters);
    }
}
