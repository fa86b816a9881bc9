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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The text form of aenet's potentials (Artrith and Urban, Comput. Mater. Sci. 114, 135 (2016)), one file {@code Au.nn.ascii} for each
 * element: network, symmetry functions with the mean of each and of its square, energies of isolated atoms. The columns are those that
 * aenet's Fortran formats read. Functions are written in the order in which aenet's sf_build_index numbers them, whatever the order of
 * the list: neighbour by neighbour, the radial functions of one, then the angular ones with it and each later neighbour, narrow before
 * wide.
 */
final class AenetFormat implements ForeignFormat {

    private static final int PARAMETERS = 4;

    @Override
    public void requireExpressible(Potential potential) {
        int[] elements = potential.descriptor().elements();
        if (elements.length > 2) {
            throw new InputException("the potential knows " + LammpsInput.symbols(elements)
                    + ": aenet's own reader of .nn.ascii goes wrong with more than two elements (its table of neighbours has two"
                    + " rows); take the potential along with --format n2p2");
        }
        for (ElementPotential e : potential.elements()) {
            if (e.shift().length == 0) {
                throw new InputException(
                        "the element " + Elements.symbol(e.atomicNumber()) + " has no symmetry functions");
            }
        }
    }

    @Override
    public Map<String, String> files(Potential potential, ExportSettings settings, FunctionRange range) {
        int[] elements = potential.descriptor().elements();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", readme(elements));
        for (ElementPotential e : potential.elements()) {
            files.put(Elements.symbol(e.atomicNumber()) + ".nn.ascii", text(potential, e, range));
        }
        files.put("to_binary.f90", CONVERTER);
        return files;
    }

    private static String text(Potential potential, ElementPotential e, FunctionRange range) {
        Descriptor descriptor = potential.descriptor();
        int[] order = order(descriptor, e.atomicNumber());
        OrderedNetwork ordered = OrderedNetwork.withoutOffset(e, order);
        StringBuilder text = new StringBuilder();
        network(text, ordered);
        setup(text, descriptor, e.atomicNumber(), order, ordered, range);
        int[] elements = descriptor.elements();
        text.append("Cupel\nF\n1.0\n0.0\n").append(elements.length).append('\n');
        double[] offsets = new double[elements.length];
        for (int t = 0; t < elements.length; t++) {
            text.append(Elements.symbol(elements[t])).append('\n');
            offsets[t] = potential.element(elements[t]).offset();
        }
        numbers(text, offsets);
        text.append("0\n0\n0.0 0.0 0.0\n");
        return text.toString();
    }

    private static int[] order(Descriptor descriptor, int z) {
        List<RadialSymmetryFunction> radial = descriptor.radial(z);
        List<AngularSymmetryFunction> angular = descriptor.angular(z);
        List<Integer> order = new ArrayList<>();
        for (int first : descriptor.elements()) {
            for (int k = 0; k < radial.size(); k++) {
                if (radial.get(k).neighbour() == first) {
                    order.add(k);
                }
            }
            for (int second : descriptor.elements()) {
                for (AngularSymmetryFunction.Form form :
                        List.of(AngularSymmetryFunction.Form.NARROW, AngularSymmetryFunction.Form.WIDE)) {
                    for (int k = 0; k < angular.size(); k++) {
                        AngularSymmetryFunction f = angular.get(k);
                        if (f.neighbour1() == first && f.neighbour2() == second && f.form() == form) {
                            order.add(radial.size() + k);
                        }
                    }
                }
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void network(StringBuilder text, OrderedNetwork ordered) {
        int[] layers = ordered.network().layers();
        double[] w = ordered.network().parameters();
        int depth = layers.length;
        int[] activation = new int[depth - 1];
        Arrays.fill(activation, 0, depth - 2, 1);
        int[] lastWeight = new int[depth];
        int[] lastValue = new int[depth];
        for (int l = 1; l < depth; l++) {
            lastWeight[l] = lastWeight[l - 1] + (layers[l - 1] + 1) * layers[l];
            lastValue[l] = lastValue[l - 1] + layers[l - 1] + 1;
        }
        text.append(depth).append('\n');
        text.append(Arrays.stream(layers).max().getAsInt()).append('\n');
        text.append(w.length).append('\n');
        text.append(lastValue[depth - 1] + 1).append('\n');
        counts(text, layers);
        counts(text, activation);
        counts(text, lastWeight);
        counts(text, lastValue);
        double[] columns = new double[w.length]; // a column for each source, the last one of biases
        int at = 0;
        for (int l = 1; l < depth; l++) {
            for (int to = 0; to < layers[l]; to++) {
                for (int from = 0; from < layers[l - 1]; from++) {
                    columns[at + from * layers[l] + to] = w[at + to * layers[l - 1] + from];
                }
                columns[at + layers[l - 1] * layers[l] + to] = w[at + layers[l - 1] * layers[l] + to];
            }
            at += (layers[l - 1] + 1) * layers[l];
        }
        numbers(text, columns);
    }

    private static void setup(
            StringBuilder text,
            Descriptor descriptor,
            int z,
            int[] order,
            OrderedNetwork network,
            FunctionRange range) {
        int[] elements = descriptor.elements();
        // aenet writes as many neighbours for each function as there are elements, and with one leaves the second
        // unset: name it twice.
        int[] environment = elements.length == 1 ? new int[] {elements[0], elements[0]} : elements;
        int count = descriptor.count(z);
        int[] types = new int[count];
        double[] parameters = new double[PARAMETERS * count];
        int[] neighbours = new int[environment.length * count];
        int radial = descriptor.radial(z).size();
        for (int k = 0; k < count; k++) {
            int at = environment.length * k;
            if (order[k] < radial) {
                RadialSymmetryFunction f = descriptor.radial(z).get(order[k]);
                types[k] = 2;
                set(parameters, k, descriptor.rc(), f.rs(), f.eta(), 0);
                neighbours[at] = 1 + Arrays.binarySearch(elements, f.neighbour());
            } else {
                AngularSymmetryFunction f = descriptor.angular(z).get(order[k] - radial);
                types[k] = f.form() == AngularSymmetryFunction.Form.NARROW ? 4 : 5;
                set(parameters, k, descriptor.rc(), f.lambda(), f.zeta(), f.eta());
                neighbours[at] = 1 + Arrays.binarySearch(elements, f.neighbour1());
                neighbours[at + 1] = 1 + Arrays.binarySearch(elements, f.neighbour2());
            }
        }
        double[] squares = new double[count];
        for (int k = 0; k < count; k++) {
            squares[k] = network.mean()[k] * network.mean()[k] + network.width()[k] * network.width()[k];
        }
        text.append("trained with Cupel\n").append(Elements.symbol(z)).append('\n');
        text.append(environment.length).append('\n');
        for (int neighbour : environment) {
            text.append(Elements.symbol(neighbour)).append('\n');
        }
        text.append("0.5\n").append(descriptor.rc()).append("\nBehler2011\n");
        text.append(count).append('\n').append(PARAMETERS).append('\n');
        counts(text, types);
        numbers(text, parameters);
        counts(text, neighbours);
        text.append("1\n");
        numbers(text, in(order, range.smallest().get(z)));
        numbers(text, in(order, range.largest().get(z)));
        numbers(text, network.mean());
        numbers(text, squares);
    }

    private static double[] in(int[] order, double[] values) {
        return Arrays.stream(order).mapToDouble(k -> values[k]).toArray();
    }

    private static void set(double[] parameters, int k, double... values) {
        System.arraycopy(values, 0, parameters, PARAMETERS * k, PARAMETERS);
    }

    /** Fortran (4(1x,I17)). */
    private static void counts(StringBuilder text, int[] values) {
        for (int k = 0; k < values.length; k++) {
            text.append(String.format(Locale.ROOT, " %17d", values[k]));
            text.append(k % 4 == 3 || k == values.length - 1 ? "\n" : "");
        }
    }

    /** Fortran (4(1x,ES24.17)), which drops the E before an exponent of three digits. */
    private static void numbers(StringBuilder text, double[] values) {
        for (int k = 0; k < values.length; k++) {
            String number = String.format(Locale.ROOT, "%.17E", values[k]).replaceFirst("E([-+]\\d{3})$", "$1");
            text.append(" ".repeat(25 - number.length())).append(number);
            text.append(k % 4 == 3 || k == values.length - 1 ? "\n" : "");
        }
    }

    private static final String CONVERTER =
            """
            ! Turns a text file Au.nn.ascii into the binary file Au.nn that aenet's programs read:
            !     to_binary Au.nn.ascii Au.nn Au      (after the two names all elements of the potential, in the order of the README)
            program to_binary
              use feedforward, only: Network, load_Network_ASCII, save_Network
              use sfsetup, only: Setup, load_Setup_ASCII, save_Setup
              use trainset, only: TrnSet, load_TrnSet_info_ASCII, save_TrnSet_info
              implicit none
              character(len=1024) :: word
              character(len=2), allocatable :: types(:)
              type(Network) :: net
              type(Setup) :: stp
              type(TrnSet) :: info
              integer :: i
              allocate(types(command_argument_count() - 2))
              do i = 1, size(types)
                 call get_command_argument(i + 2, word)
                 types(i) = trim(word)
              end do
              call get_command_argument(1, word)
              open(21, file=trim(word), status='old', action='read')
              net = load_Network_ASCII(unit=21)
              stp = load_Setup_ASCII(types, unit=21)
              info = load_TrnSet_info_ASCII(unit=21)
              info%mode = 'read' ! save_TrnSet_info asks for it
              close(21)
              call get_command_argument(2, word)
              open(22, file=trim(word), status='replace', action='write', form='unformatted')
              call save_Network(net, unit=22)
              call save_Setup(stp, unit=22)
              call save_TrnSet_info(info, unit=22)
              close(22)
            end program to_binary
            """;

    private static String readme(int[] elements) {
        return "# A potential for " + LammpsInput.symbols(elements) + ", for aenet\n\n"
                + "Name the elements in this order wherever aenet asks for them: " + LammpsInput.symbols(elements)
                + ".\n\n"
                + """
                Each file `*.nn.ascii` is the network of one element as text. Where a program wants aenet's binary files, which depend on
                the Fortran compiler, compile `to_binary.f90` with the modules and object files of that aenet and convert them.

                - `check.xyz`: small clusters with the energies (`NN_energy`, eV) and forces (`NN_forces`, eV/angstrom) that the
                  potential gives them. What runs this potential must give the same.
                """;
    }

    @Override
    public Potential read(Path folder) {
        return new AenetReader(folder).read();
    }
}
