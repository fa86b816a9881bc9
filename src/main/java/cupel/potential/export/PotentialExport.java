package cupel.potential.export;

import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.structure.AtomicFile;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a potential as a folder of files of another program, and does not believe it: the files are read back by a reader that knows only
 * the other program's conventions, and must give the energies and forces of the potential.
 */
public final class PotentialExport {

    /** How far energies in eV and force components in eV/angstrom may be apart. */
    public static final double TOLERANCE = 1e-6;

    private PotentialExport() {}

    /**
     * What was written and how well it agrees.
     *
     * @param files names in the folder
     * @param structures how many structures were compared
     * @param energyDifference largest difference of an energy, in eV
     * @param forceDifference largest difference of a force component, in eV/angstrom
     */
    public record Result(List<String> files, int structures, double energyDifference, double forceDifference) {}

    /**
     * Writes the folder, whole or not at all.
     *
     * @param folder must not exist
     * @param structures what to compare on; their functions also become the limits beyond which the other program warns of extrapolation.
     *     None: a few small clusters, and no limits
     * @throws InputException when the other program has no words for the potential, the folder exists, or what was written gives other
     *     energies or forces
     */
    public static Result write(Potential potential, ExportSettings settings, Path folder, List<Structure> structures) {
        Potential expressed = settings.withoutPairing() ? potential.withPairing(0) : potential;
        ForeignFormat format = settings.program().format();
        requireGeneral(expressed);
        format.requireExpressible(expressed);
        if (Files.exists(folder)) {
            throw new InputException(folder + ": exists already; name a folder that does not");
        }
        FunctionRange range = structures.isEmpty()
                ? FunctionRange.unknown(expressed.descriptor())
                : FunctionRange.of(expressed.descriptor(), structures);
        List<Structure> own =
                CheckStructures.of(elements(expressed), expressed.descriptor().rc());
        Map<String, String> files = new LinkedHashMap<>(format.files(expressed, settings, range));
        files.put("check.xyz", predictions(expressed, own));
        Path name = folder.toAbsolutePath().normalize();
        Path temporary = name.resolveSibling(
                "." + name.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.createDirectories(temporary);
            for (Map.Entry<String, String> file : files.entrySet()) {
                AtomicFile.write(temporary.resolve(file.getKey()), file.getValue());
            }
            Result result = compare(
                    expressed,
                    format.read(temporary),
                    structures.isEmpty() ? own : structures,
                    List.copyOf(files.keySet()));
            if (!(result.energyDifference <= TOLERANCE && result.forceDifference <= TOLERANCE)) {
                throw new InputException(folder + ": not written: read back, the files differ from the potential by "
                        + result.energyDifference + " eV and " + result.forceDifference + " eV/angstrom, more than "
                        + TOLERANCE);
            }
            Files.move(temporary, name);
            return result;
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be written: " + e.getMessage(), e);
        } finally {
            delete(temporary);
        }
    }

    /** What none of the other programs knows. */
    private static void requireGeneral(Potential potential) {
        if (potential.pairing() != 0) {
            throw new InputException("the potential has a pairing energy (" + potential.pairing()
                    + " eV, + for clusters with an odd number of electrons, - for even ones), which is of no atom and which no other"
                    + " program knows. It has no forces: leave it out (--without-pairing), or train with --pairing no");
        }
        for (int z : potential.descriptor().elements()) {
            if (!potential.descriptor().fourBody(z).isEmpty()) {
                throw new InputException(
                        "the potential has four-body symmetry functions (descriptor "
                                + potential.descriptor().name()
                                + "), which no other program computes: train one with --descriptor behler2011-26 to take along");
            }
            if (potential.element(z).network().layers().length < 3) {
                throw new InputException("the network of " + cupel.structure.Elements.symbol(z)
                        + " has no hidden layer, which other programs require");
            }
        }
    }

    private static int[] elements(Potential potential) {
        return potential.descriptor().elements();
    }

    private static Result compare(Potential potential, Potential back, List<Structure> structures, List<String> files) {
        double energy = 0;
        double force = 0;
        for (Structure structure : structures) {
            Evaluation expected = potential.evaluate(structure);
            Evaluation found = back.evaluate(structure);
            energy = worse(energy, expected.energy() - found.energy());
            for (int k = 0; k < expected.forces().length; k++) {
                force = worse(force, expected.forces()[k] - found.forces()[k]);
            }
        }
        return new Result(files, structures.size(), energy, force);
    }

    /** The larger one; NaN, once there, stays. */
    private static double worse(double before, double difference) {
        return Math.max(before, Math.abs(difference));
    }

    private static String predictions(Potential potential, List<Structure> structures) {
        StringBuilder text = new StringBuilder();
        for (Structure structure : structures) {
            Evaluation evaluation = potential.evaluate(structure);
            text.append(ExtendedXyz.format(structure
                    .withInfo("NN_energy", evaluation.energy())
                    .withArray("NN_forces", evaluation.forces(), 3)));
        }
        return text.toString();
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
