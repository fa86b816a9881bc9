package cupel.cli;

import cupel.potential.Potential;
import cupel.potential.export.ExportSettings;
import cupel.potential.export.PotentialExport;
import cupel.potential.export.Program;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code train export}: a potential as files of another program. */
final class TrainExport {

    static final Tool TOOL = Tool.named("export")
            .purpose(
                    "Writes a potential as files of another program, with an input for LAMMPS, energies and forces to compare with,"
                            + " and a README. The files are read back as the other program reads them; if energies and forces then"
                            + " differ from those of the potential by more than 1e-6 eV and 1e-6 eV/angstrom, it fails and writes nothing."
                            + " What the other program has no words for is refused.")
            .required("potential", "FILE", "trained potential, JSON")
            .choice(
                    "format",
                    null,
                    "the program: n2p2, whose files LAMMPS reads with pair_style hdnnp; kim, a portable model that LAMMPS and others run"
                            + " (one element); aenet, its text files (two elements at most)",
                    Program.words().toArray(String[]::new))
            .required("output", "DIR", "folder for the files; must not exist")
            .optional(
                    "structures",
                    "FILE",
                    "structures to compare on, extended XYZ; the smallest and largest values of their symmetry functions become the"
                            + " limits beyond which the other program warns of extrapolation, so the pool is best. If not given, a"
                            + " few small clusters, and no limits")
            .optional(
                    "name",
                    "WORD",
                    "what programs call a KIM model by, letters, digits and underscores; Cupel_Au and the like if not given")
            .flag(
                    "without-pairing",
                    "leave out the pairing energy of clusters, which no other program knows and which has no forces")
            .action(TrainExport::export);

    private TrainExport() {}

    private static void export(Arguments arguments) {
        Potential potential = Potential.read(arguments.path("potential"));
        if (arguments.has("name") && !ExportSettings.isName(arguments.text("name"))) {
            throw arguments.wrong(
                    "name", "must be a letter and then letters, digits and underscores, is " + arguments.text("name"));
        }
        ExportSettings settings = new ExportSettings(
                Program.of(arguments.text("format")), arguments.text("name"), arguments.given("without-pairing"));
        List<Structure> structures =
                arguments.has("structures") ? ExtendedXyz.read(arguments.path("structures")) : List.of();
        Path folder = arguments.path("output");
        PotentialExport.Result result = PotentialExport.write(potential, settings, folder, structures);
        arguments
                .out()
                .printf(
                        Locale.ROOT,
                        "%s: %s%nread back, on %d structures: energies differ by %.1e eV at most, forces by %.1e eV/angstrom%n",
                        folder,
                        String.join(", ", result.files()),
                        result.structures(),
                        result.energyDifference(),
                        result.forceDifference());
    }
}
