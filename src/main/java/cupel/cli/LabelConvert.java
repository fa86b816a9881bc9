package cupel.cli;

import cupel.assay.LevelOfTheory;
import cupel.reference.SeedStructures;
import cupel.reference.dataset.Dataset;
import cupel.structure.Decimals;
import cupel.structure.Elements;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code label convert}: labels as the training data of other programs. */
final class LabelConvert {

    static final Tool TOOL = Tool.named("convert")
            .purpose(
                    "Writes labelled structures as a dataset of another program: extended XYZ for ASE, MACE and others, n2p2's and"
                            + " RuNNer's input.data (eV, angstrom), aenet's XSF, DeePMD-kit's NumPy arrays. All labels must be of one level of theory. What"
                            + " was written is read back and compared; if anything differs there is no output, but an error.")
            .requiredSeveral("structures", "FILE", "labelled structures, extended XYZ, such as the pool of a campaign")
            .choice(
                    "format",
                    null,
                    "extxyz: one file; n2p2: one file; xsf: a folder, one file a structure; deepmd: a folder, one folder in it for"
                            + " each composition",
                    Dataset.Format.EXTXYZ.token(),
                    Dataset.Format.N2P2.token(),
                    Dataset.Format.XSF.token(),
                    Dataset.Format.DEEPMD.token())
            .choice(
                    "keys",
                    "ase",
                    "names in extended XYZ; ase: energy, forces, stress, which ASE takes for results of a calculator; mace:"
                            + " REF_energy, REF_forces, REF_stress",
                    "ase",
                    "mace")
            .required("output", "FILE|DIR", "the dataset; a folder must not be there, or be empty")
            .action(LabelConvert::convert);

    private LabelConvert() {}

    private static void convert(Arguments arguments) {
        Dataset.Format format = Dataset.Format.valueOf(arguments.text("format").toUpperCase(Locale.ROOT));
        if (arguments.given("keys") && format != Dataset.Format.EXTXYZ) {
            throw arguments.wrong("keys", "is for --format extxyz");
        }
        List<Path> files = arguments.paths("structures");
        String source = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        List<Structure> structures = new ArrayList<>();
        for (Path file : files) {
            structures.addAll(ExtendedXyz.read(file));
        }
        if (structures.isEmpty()) {
            throw new InputException(source + ": holds no structure");
        }
        LevelOfTheory.of(structures, source);
        Path output = arguments.path("output");
        ExtendedXyz.Keys keys =
                arguments.text("keys").equals("mace") ? ExtendedXyz.Keys.REFERENCE : ExtendedXyz.Keys.PLAIN;
        Dataset.write(structures, source, format, keys, output);
        arguments.out().println(structures.size() + " structures in " + output + ", read back and compared");
        for (Structure structure : structures) {
            if (SeedStructures.isIsolatedAtom(structure)) {
                arguments
                        .out()
                        .println("isolated atom " + Elements.symbol(structure.atomicNumber(0)) + ": "
                                + Decimals.shortest(structure.label().energy()) + " eV");
            }
        }
    }
}
