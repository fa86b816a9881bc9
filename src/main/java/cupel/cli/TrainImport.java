package cupel.cli;

import cupel.potential.Potential;
import cupel.potential.export.PotentialImport;
import cupel.structure.Elements;
import cupel.structure.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code train import}: a potential that another program trained. */
final class TrainImport {

    static final Tool TOOL = Tool.named("import")
            .purpose(
                    "Reads a potential that another program trained, and writes it as Cupel's. It can be used, compared, and trained"
                            + " further: train.jar --initial.")
            .choice("format", null, "the program", "n2p2", "aenet")
            .required(
                    "input",
                    "DIR",
                    "folder with input.nn, scaling.data and weights.079.data, ... of n2p2, or Au.nn.ascii, ... of aenet")
            .required("output", "FILE", "the potential, JSON")
            .choice(
                    "length-unit",
                    "angstrom",
                    "unit of lengths in the files of n2p2, which do not say",
                    "angstrom",
                    "bohr")
            .choice("energy-unit", "eV", "unit of energies in the files of n2p2, which do not say", "eV", "hartree")
            .action(TrainImport::read);

    private TrainImport() {}

    private static void read(Arguments arguments) {
        Path folder = arguments.path("input");
        boolean aenet = arguments.text("format").equals("aenet");
        for (String unit : List.of("length-unit", "energy-unit")) {
            if (aenet && arguments.given(unit)) {
                throw arguments.wrong(unit, "is of no use: aenet's files are always in angstrom and eV");
            }
        }
        double length = arguments.text("length-unit").equals("bohr") ? Units.BOHR : 1;
        double energy = arguments.text("energy-unit").equals("hartree") ? Units.HARTREE : 1;
        Potential potential = aenet ? PotentialImport.aenet(folder) : PotentialImport.n2p2(folder, length, energy);
        potential.write(arguments.path("output"));
        List<String> networks = new ArrayList<>();
        potential
                .elements()
                .forEach(e -> networks.add(Elements.symbol(e.atomicNumber()) + " "
                        + Arrays.toString(e.network().layers())));
        arguments.out().println(arguments.path("output") + ": networks of " + String.join(", ", networks));
    }
}
