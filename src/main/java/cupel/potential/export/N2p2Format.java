package cupel.potential.export;

import cupel.descriptor.AngularSymmetryFunction;
import cupel.descriptor.Descriptor;
import cupel.descriptor.RadialSymmetryFunction;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of n2p2 (Singraber, Behler and Dellago, J. Chem. Theory Comput. 15, 1827 (2019)): settings, scaling and one file of weights
 * for each element. Lines of symmetry functions are written in the order into which n2p2 sorts them, so that line, row of scaling.data
 * and input of the network are the same number. The energies of isolated atoms are in the biases of the outputs: interfaces older than
 * 2.2.0 forget atom_energy.
 */
final class N2p2Format implements ForeignFormat {

    /** One function as n2p2 orders it; angular functions have rs 0, radial ones zeta, lambda and a second neighbour of 0. */
    private record Line(
            int index, int type, double eta, double rs, double zeta, double lambda, int neighbour1, int neighbour2) {}

    private static final Comparator<Line> ORDER = Comparator.comparingInt(Line::type)
            .thenComparingDouble(Line::eta)
            .thenComparingDouble(Line::rs)
            .thenComparingDouble(Line::zeta)
            .thenComparingDouble(Line::lambda)
            .thenComparingInt(Line::neighbour1)
            .thenComparingInt(Line::neighbour2);

    @Override
    public void requireExpressible(Potential potential) {
        int[] first = hidden(potential.elements().get(0));
        for (ElementPotential e : potential.elements()) {
            if (!Arrays.equals(first, hidden(e))) {
                throw new InputException(
                        "the network of " + Elements.symbol(e.atomicNumber()) + " has hidden layers "
                                + Arrays.toString(hidden(e)) + ", that of "
                                + Elements.symbol(potential.elements().get(0).atomicNumber()) + " "
                                + Arrays.toString(first)
                                + ": n2p2 reads networks of one shape only (its element_nodes_short sets all hidden layers but the last)");
            }
            if (potential.descriptor().count(e.atomicNumber()) == 0) {
                throw new InputException("the element " + Elements.symbol(e.atomicNumber())
                        + " has no symmetry functions, which n2p2 requires");
            }
        }
    }

    private static int[] hidden(ElementPotential element) {
        int[] layers = element.network().layers();
        return Arrays.copyOfRange(layers, 1, layers.length - 1);
    }

    @Override
    public Map<String, String> files(Potential potential, ExportSettings settings, FunctionRange range) {
        Descriptor descriptor = potential.descriptor();
        int[] elements = descriptor.elements();
        Map<Integer, List<Line>> lines = new TreeMap<>();
        Map<Integer, OrderedNetwork> networks = new TreeMap<>();
        for (int z : elements) {
            List<Line> sorted = lines(descriptor, z);
            lines.put(z, sorted);
            int[] order = sorted.stream().mapToInt(Line::index).toArray();
            networks.put(z, OrderedNetwork.of(potential.element(z), order));
        }
        String symbols = LammpsInput.symbols(elements);
        String style = "pair_style hdnnp " + (Math.ceil(100 * descriptor.rc()) + 1) / 100
                + " dir \"./\" showew no showewsum 1000 resetew yes maxew 10000\npair_coeff * * " + symbols;
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", readme(symbols, style));
        files.put("input.nn", input(potential, symbols, lines));
        files.put("scaling.data", scaling(elements, lines, networks, range));
        for (int z : elements) {
            files.put(weightsFile(z), weights(networks.get(z)));
        }
        files.put(
                "in.lammps",
                LammpsInput.of(
                        "run in this folder by a LAMMPS that has ML-HDNNP: lmp -in in.lammps", "units metal", style));
        files.put(
                "cluster.data",
                LammpsInput.data(CheckStructures.of(elements, descriptor.rc()).get(0), elements));
        return files;
    }

    private static String weightsFile(int z) {
        return String.format(Locale.ROOT, "weights.%03d.data", z);
    }

    private static List<Line> lines(Descriptor descriptor, int z) {
        List<Line> lines = new ArrayList<>();
        for (RadialSymmetryFunction f : descriptor.radial(z)) {
            lines.add(new Line(lines.size(), 2, f.eta(), f.rs(), 0, 0, f.neighbour(), 0));
        }
        for (AngularSymmetryFunction f : descriptor.angular(z)) {
            int type = f.form() == AngularSymmetryFunction.Form.NARROW ? 3 : 9;
            lines.add(new Line(lines.size(), type, f.eta(), 0, f.zeta(), f.lambda(), f.neighbour1(), f.neighbour2()));
        }
        lines.sort(ORDER);
        return lines;
    }

    private static String input(Potential potential, String symbols, Map<Integer, List<Line>> lines) {
        int[] hidden = hidden(potential.elements().get(0));
        StringBuilder text = new StringBuilder("# lengths in angstrom, energies in eV\n");
        text.append("number_of_elements ").append(lines.size()).append('\n');
        text.append("elements ").append(symbols).append('\n');
        text.append("cutoff_type 1\n");
        text.append("scale_symmetry_functions_sigma\n");
        text.append("scale_min_short 0.0\n");
        text.append("scale_max_short 1.0\n");
        text.append("global_hidden_layers_short ").append(hidden.length).append('\n');
        text.append("global_nodes_short");
        for (int width : hidden) {
            text.append(' ').append(width);
        }
        text.append("\nglobal_activation_short")
                .append(" t".repeat(hidden.length))
                .append(" l\n");
        double rc = potential.descriptor().rc();
        lines.forEach((z, sorted) -> {
            String symbol = Elements.symbol(z);
            text.append("\n");
            for (Line line : sorted) {
                text.append("symfunction_short ").append(symbol).append(' ').append(line.type);
                text.append(' ').append(Elements.symbol(line.neighbour1));
                if (line.type == 2) {
                    text.append(' ').append(line.eta).append(' ').append(line.rs);
                } else {
                    text.append(' ').append(Elements.symbol(line.neighbour2));
                    text.append(' ')
                            .append(line.eta)
                            .append(' ')
                            .append(line.lambda)
                            .append(' ')
                            .append(line.zeta);
                }
                text.append(' ').append(rc).append('\n');
            }
        });
        return text.toString();
    }

    private static String scaling(
            int[] elements,
            Map<Integer, List<Line>> lines,
            Map<Integer, OrderedNetwork> networks,
            FunctionRange range) {
        StringBuilder text = new StringBuilder("# element, function, smallest, largest, mean, width\n");
        for (int e = 0; e < elements.length; e++) {
            int z = elements[e];
            OrderedNetwork network = networks.get(z);
            List<Line> sorted = lines.get(z);
            for (int k = 0; k < sorted.size(); k++) {
                int index = sorted.get(k).index;
                text.append(String.format(
                        Locale.ROOT,
                        "%d %d %.16E %.16E %.16E %.16E\n",
                        e + 1,
                        k + 1,
                        range.smallest().get(z)[index],
                        range.largest().get(z)[index],
                        network.mean()[k],
                        network.width()[k]));
            }
        }
        return text.toString();
    }

    /** Weights in the order source, then target; then the biases of the layer. The columns after the first are for people. */
    private static String weights(OrderedNetwork ordered) {
        int[] layers = ordered.network().layers();
        double[] w = ordered.network().parameters();
        StringBuilder text =
                new StringBuilder("# value; a: weight, b: bias; number; from layer and node; to layer and node\n");
        int number = 0;
        int at = 0;
        for (int l = 1; l < layers.length; l++) {
            for (int from = 0; from < layers[l - 1]; from++) {
                for (int to = 0; to < layers[l]; to++) {
                    text.append(String.format(
                            Locale.ROOT,
                            "%24.16E a %9d %5d %5d %5d %5d\n",
                            w[at + to * layers[l - 1] + from],
                            ++number,
                            l - 1,
                            from + 1,
                            l,
                            to + 1));
                }
            }
            at += layers[l] * layers[l - 1];
            for (int to = 0; to < layers[l]; to++) {
                text.append(String.format(Locale.ROOT, "%24.16E b %9d %5d %5d\n", w[at + to], ++number, l, to + 1));
            }
            at += layers[l];
        }
        return text.toString();
    }

    private static String readme(String symbols, String style) {
        return "# A potential for " + symbols + ", for n2p2 and LAMMPS\n\n"
                + """
                Lengths are in angstrom, energies in eV; the energies of isolated atoms are part of the energy.

                - n2p2: `input.nn`, `scaling.data` and `weights.*.data` are what `nnp-predict` and the others read from the folder that
                  they run in.
                - LAMMPS with the package ML-HDNNP: `lmp -in in.lammps` in this folder runs the cluster of `cluster.data`. In an input
                  of your own, with `units metal` and the path of this folder:

                """
                + style.replaceAll("(?m)^", "      ").replace("./", "/path/to/this/folder/") + "\n\n"
                + """
                - `check.xyz`: small clusters with the energies (`NN_energy`, eV) and forces (`NN_forces`, eV/angstrom) that the
                  potential gives them. What runs this potential must give the same.
                """;
    }

    @Override
    public Potential read(Path folder) {
        return new N2p2Reader(folder, 1, 1).read();
    }
}
