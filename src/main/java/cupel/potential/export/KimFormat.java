package cupel.potential.export;

import cupel.descriptor.AngularSymmetryFunction;
import cupel.descriptor.Descriptor;
import cupel.descriptor.RadialSymmetryFunction;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The source of a portable model of the KIM API for the driver DUNN (Wen and Tadmor, npj Comput. Mater. 6, 124 (2020)), which Debian's
 * openkim-models has: parameters only, no code. The driver has one network for all species and functions that do not tell them apart, so
 * that only potentials of one element can be expressed.
 */
final class KimFormat implements ForeignFormat {

    static final String DRIVER = "DUNN__MD_292677547454_000";
    static final String DESCRIPTOR = "descriptor.params";
    static final String NETWORK = "NN.params";
    static final String DROPOUT = "dropout_binary.params";

    @Override
    public void requireExpressible(Potential potential) {
        int[] elements = potential.descriptor().elements();
        if (elements.length > 1) {
            throw new InputException(
                    "the potential knows " + LammpsInput.symbols(elements)
                            + ": the KIM driver " + DRIVER
                            + " has one network and the same functions for all species; take alloys along with --format n2p2 or aenet");
        }
        if (potential.descriptor().count(elements[0]) == 0) {
            throw new InputException("the element " + Elements.symbol(elements[0]) + " has no symmetry functions");
        }
    }

    @Override
    public Map<String, String> files(Potential potential, ExportSettings settings, FunctionRange range) {
        Descriptor descriptor = potential.descriptor();
        int z = descriptor.elements()[0];
        String symbol = Elements.symbol(z);
        String name = settings.name() == null ? "Cupel_" + symbol : settings.name();
        // Radial functions first, then g4, then g5: the order in which the file lists them.
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < descriptor.radial(z).size(); k++) {
            order.add(k);
        }
        addAngular(descriptor, z, AngularSymmetryFunction.Form.NARROW, order);
        addAngular(descriptor, z, AngularSymmetryFunction.Form.WIDE, order);
        OrderedNetwork network = OrderedNetwork.of(
                potential.element(z), order.stream().mapToInt(Integer::intValue).toArray());
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", readme(symbol, name));
        files.put("CMakeLists.txt", cmake(name));
        files.put(DESCRIPTOR, descriptorText(descriptor, z, network));
        files.put(NETWORK, networkText(network));
        files.put(DROPOUT, "0  # no dropout\n");
        files.put(
                "in.lammps",
                LammpsInput.of(
                        "run in this folder by LAMMPS, after the model was built: lmp -in in.lammps",
                        "kim init " + name + " metal",
                        "kim interactions " + symbol));
        files.put(
                "cluster.data",
                LammpsInput.data(
                        CheckStructures.of(new int[] {z}, descriptor.rc()).get(0), new int[] {z}));
        return files;
    }

    private static void addAngular(
            Descriptor descriptor, int z, AngularSymmetryFunction.Form form, List<Integer> order) {
        List<AngularSymmetryFunction> angular = descriptor.angular(z);
        for (int k = 0; k < angular.size(); k++) {
            if (angular.get(k).form() == form) {
                order.add(descriptor.radial(z).size() + k);
            }
        }
    }

    private static String descriptorText(Descriptor descriptor, int z, OrderedNetwork network) {
        List<AngularSymmetryFunction> narrow = new ArrayList<>();
        List<AngularSymmetryFunction> wide = new ArrayList<>();
        for (AngularSymmetryFunction f : descriptor.angular(z)) {
            (f.form() == AngularSymmetryFunction.Form.NARROW ? narrow : wide).add(f);
        }
        List<RadialSymmetryFunction> radial = descriptor.radial(z);
        int kinds = (radial.isEmpty() ? 0 : 1) + (narrow.isEmpty() ? 0 : 1) + (wide.isEmpty() ? 0 : 1);
        String symbol = Elements.symbol(z);
        StringBuilder text = new StringBuilder("# lengths in angstrom\ncos  # cutoff function\n1  # species\n");
        text.append(symbol)
                .append("  ")
                .append(symbol)
                .append("  ")
                .append(descriptor.rc())
                .append("\n\n");
        text.append(kinds).append("  # kinds of symmetry functions\n");
        if (!radial.isEmpty()) {
            text.append("g2  ").append(radial.size()).append("  2\n");
            for (RadialSymmetryFunction f : radial) {
                text.append(f.eta()).append("  ").append(f.rs()).append("  # eta, rs\n");
            }
        }
        append(text, "g4", narrow);
        append(text, "g5", wide);
        text.append("\ncenter_and_normalize  True\n");
        text.append(network.mean().length).append("  # functions\n# means\n");
        for (double mean : network.mean()) {
            text.append(mean).append('\n');
        }
        text.append("# widths\n");
        for (double width : network.width()) {
            text.append(width).append('\n');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String kind, List<AngularSymmetryFunction> functions) {
        if (functions.isEmpty()) {
            return;
        }
        text.append(kind).append("  ").append(functions.size()).append("  3\n");
        for (AngularSymmetryFunction f : functions) {
            text.append(f.zeta()).append("  ").append(f.lambda()).append("  ").append(f.eta());
            text.append("  # zeta, lambda, eta\n");
        }
    }

    /** Weights of a layer as a matrix with a row for each input, then its biases in one row. */
    private static String networkText(OrderedNetwork ordered) {
        int[] layers = ordered.network().layers();
        double[] w = ordered.network().parameters();
        StringBuilder text = new StringBuilder("# energies in eV\n");
        text.append(layers.length - 1).append("  # layers\n");
        for (int l = 1; l < layers.length; l++) {
            text.append(layers[l]).append("  ");
        }
        text.append("# nodes\ntanh  # activation function\n");
        text.append("1  ".repeat(layers.length - 1)).append("# probability to keep a node\n");
        int at = 0;
        for (int l = 1; l < layers.length; l++) {
            text.append("\n# weights of layer ").append(l).append(", a row for each input\n");
            for (int from = 0; from < layers[l - 1]; from++) {
                for (int to = 0; to < layers[l]; to++) {
                    text.append(to == 0 ? "" : " ").append(w[at + to * layers[l - 1] + from]);
                }
                text.append('\n');
            }
            at += layers[l] * layers[l - 1];
            text.append("# biases\n");
            for (int to = 0; to < layers[l]; to++) {
                text.append(to == 0 ? "" : " ").append(w[at + to]);
            }
            text.append('\n');
            at += layers[l];
        }
        return text.toString();
    }

    private static String cmake(String name) {
        return """
                cmake_minimum_required(VERSION 3.10)

                list(APPEND CMAKE_PREFIX_PATH $ENV{KIM_API_CMAKE_PREFIX_DIR})
                find_package(KIM-API-ITEMS 2.2 REQUIRED CONFIG)

                kim_api_items_setup_before_project(ITEM_TYPE "portableModel")
                project(%1$s)
                kim_api_items_setup_after_project(ITEM_TYPE "portableModel")

                add_kim_api_model_library(
                  NAME            ${PROJECT_NAME}
                  DRIVER_NAME     "%2$s"
                  PARAMETER_FILES "descriptor.params" "NN.params" "dropout_binary.params"
                  )
                """
                .formatted(name, DRIVER);
    }

    private static String readme(String symbol, String name) {
        return """
                # A potential for %1$s, as the KIM portable model %2$s

                Debian: `apt-get install lammps openkim-models libkim-api-dev cmake g++`. Build the model in this folder, without a build type, which
                Debian's package has not:

                    cmake -S . -B %2$s && cmake --build %2$s

                and tell programs where it is, as a folder above the one with the library:

                    export KIM_API_PORTABLE_MODELS_DIR=$PWD

                or put it among the models of the user: `kim-api-collections-management install user $PWD`. Then
                `lmp -in in.lammps` runs the cluster of `cluster.data`; in an input of your own:

                    kim init %2$s metal
                    # make or read the atoms here
                    kim interactions %1$s

                Whatever else speaks KIM (ASE by kimpy, GULP, DL_POLY) finds the model by the same name.

                - `check.xyz`: small clusters with the energies (`NN_energy`, eV) and forces (`NN_forces`, eV/angstrom) that the
                  potential gives them. What runs this potential must give the same.
                """
                .formatted(symbol, name);
    }

    @Override
    public Potential read(Path folder) {
        return new KimReader(folder).read();
    }
}
