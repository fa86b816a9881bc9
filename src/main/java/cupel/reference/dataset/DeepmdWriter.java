package cupel.reference.dataset;

import cupel.structure.AtomicFile;
import cupel.structure.Cell;
import cupel.structure.Elements;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.bio.npy.NpyArray;
import org.jetbrains.bio.npy.NpyFile;

/**
 * DeePMD-kit's NumPy arrays. All structures of a system have the same atoms in the same order, so that each composition is a folder, with
 * {@code _pbc} in its name if it repeats and {@code _virial} if it has stresses; atoms are sorted by atomic number. In it are
 *
 * <pre>
 *   type_map.raw          element symbols, one a line, the same in all systems
 *   type.raw              the place of each atom's element among them, from 0
 *   nopbc                 empty; there if nothing repeats
 *   set.000/coord.npy     structures x 3 atoms, angstrom
 *   set.000/box.npy       structures x 9, row vectors, angstrom; without meaning where there is nopbc
 *   set.000/energy.npy    structures, eV
 *   set.000/force.npy     structures x 3 atoms, eV/angstrom
 *   set.000/virial.npy    structures x 9, eV: minus the volume times the stress whose tension is positive
 * </pre>
 *
 * in float64.
 */
final class DeepmdWriter implements Dataset.Writer {

    /** Of the box around a cluster, in angstrom: programs that do not look at nopbc see no images. */
    private static final double VACUUM = 50;

    @Override
    public List<Structure> arranged(List<Structure> structures) {
        return systems(structures.stream().map(DeepmdWriter::sorted).toList()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static Structure sorted(Structure structure) {
        int[] order = IntStream.range(0, structure.size())
                .boxed()
                .sorted(Comparator.comparing(structure::atomicNumber))
                .mapToInt(Integer::intValue)
                .toArray();
        Structure bare = Dataset.withoutStress(structure);
        double[] forces = bare.label().forces();
        int[] numbers = new int[order.length];
        double[] positions = new double[3 * order.length];
        double[] sortedForces = new double[3 * order.length];
        for (int i = 0; i < order.length; i++) {
            numbers[i] = structure.atomicNumber(order[i]);
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * i + axis] = structure.position(order[i], axis);
                sortedForces[3 * i + axis] = forces[3 * order[i] + axis];
            }
        }
        double[] stress = bare.cell().isPeriodic() ? structure.label().stress() : null;
        return Structure.of(numbers, positions, bare.cell())
                .withLabel(new Label(bare.label().energy(), sortedForces, stress));
    }

    /** By the name of the folder, in the order of the names; within, in the order given. */
    private static Map<String, List<Structure>> systems(List<Structure> sorted) {
        return sorted.stream().collect(Collectors.groupingBy(DeepmdWriter::name, TreeMap::new, Collectors.toList()));
    }

    private static String name(Structure structure) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int z : structure.atomicNumbers()) {
            counts.merge(z, 1, Integer::sum);
        }
        StringBuilder name = new StringBuilder();
        counts.forEach((z, count) -> name.append(Elements.symbol(z)).append(count));
        return name.append(structure.cell().isPeriodic() ? "_pbc" : "")
                .append(structure.label().stress() != null ? "_virial" : "")
                .toString();
    }

    @Override
    public void write(Path target, List<Structure> arranged) throws IOException {
        TreeSet<Integer> elements = new TreeSet<>();
        for (Structure structure : arranged) {
            Arrays.stream(structure.atomicNumbers()).forEach(elements::add);
        }
        List<Integer> types = List.copyOf(elements);
        Files.createDirectory(target);
        for (Map.Entry<String, List<Structure>> system : systems(arranged).entrySet()) {
            write(target.resolve(system.getKey()), system.getValue(), types);
        }
    }

    private static void write(Path folder, List<Structure> system, List<Integer> types) throws IOException {
        Structure first = system.get(0);
        boolean repeats = first.cell().isPeriodic();
        int frames = system.size();
        int columns = 3 * first.size();
        double[] coord = new double[Math.multiplyExact(frames, columns)];
        double[] force = new double[frames * columns];
        double[] box = new double[9 * frames];
        double[] virial = new double[9 * frames];
        double[] energy = new double[frames];
        for (int f = 0; f < frames; f++) {
            Structure structure = system.get(f);
            Label label = structure.label();
            System.arraycopy(structure.positions(), 0, coord, f * columns, columns);
            System.arraycopy(label.forces(), 0, force, f * columns, columns);
            energy[f] = label.energy();
            System.arraycopy(repeats ? structure.cell().vectors() : vacuum(structure), 0, box, 9 * f, 9);
            if (label.stress() != null) {
                double[] s = label.stress();
                double[] full = {s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]};
                double volume = structure.cell().volume();
                for (int k = 0; k < 9; k++) {
                    virial[9 * f + k] = -volume * full[k];
                }
            }
        }
        Path set = folder.resolve("set.000");
        Files.createDirectories(set);
        AtomicFile.write(
                folder.resolve("type_map.raw"),
                types.stream().map(z -> Elements.symbol(z) + "\n").collect(Collectors.joining()));
        AtomicFile.write(
                folder.resolve("type.raw"),
                Arrays.stream(first.atomicNumbers())
                        .mapToObj(z -> types.indexOf(z) + "\n")
                        .collect(Collectors.joining()));
        if (!repeats) {
            AtomicFile.write(folder.resolve("nopbc"), "");
        }
        write(set.resolve("coord.npy"), coord, frames, columns);
        write(set.resolve("force.npy"), force, frames, columns);
        write(set.resolve("box.npy"), box, frames, 9);
        write(set.resolve("energy.npy"), energy, frames);
        if (first.label().stress() != null) {
            write(set.resolve("virial.npy"), virial, frames, 9);
        }
    }

    private static void write(Path file, double[] numbers, int... shape) {
        NpyFile.write(file, numbers, shape, ByteOrder.LITTLE_ENDIAN);
    }

    private static double[] vacuum(Structure structure) {
        double[] box = new double[9];
        for (int axis = 0; axis < 3; axis++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < structure.size(); i++) {
                least = Math.min(least, structure.position(i, axis));
                most = Math.max(most, structure.position(i, axis));
            }
            box[4 * axis] = Math.ceil(most - least) + VACUUM;
        }
        return box;
    }

    @Override
    public List<Structure> read(Path target) throws IOException {
        List<Path> systems;
        try (Stream<Path> all = Files.list(target)) {
            systems = all.sorted(
                            Comparator.comparing(folder -> folder.getFileName().toString()))
                    .toList();
        }
        List<Structure> structures = new ArrayList<>();
        for (Path system : systems) {
            readSystem(system, structures);
        }
        return structures;
    }

    private static void readSystem(Path folder, List<Structure> structures) throws IOException {
        List<String> symbols = Files.readAllLines(folder.resolve("type_map.raw"));
        int[] numbers = Files.readAllLines(folder.resolve("type.raw")).stream()
                .mapToInt(type -> Elements.atomicNumber(symbols.get(Integer.parseInt(type))))
                .toArray();
        Path set = folder.resolve("set.000");
        double[][] coord = rows(set.resolve("coord.npy"), 3 * numbers.length);
        double[][] force = rows(set.resolve("force.npy"), 3 * numbers.length);
        double[][] box = rows(set.resolve("box.npy"), 9);
        double[][] energy = rows(set.resolve("energy.npy"), 1);
        boolean stresses = Files.exists(set.resolve("virial.npy"));
        double[][] virial = stresses ? rows(set.resolve("virial.npy"), 9) : null;
        for (int f = 0; f < energy.length; f++) {
            Cell cell = Files.exists(folder.resolve("nopbc")) ? Cell.NONE : Cell.periodic(box[f]);
            double[] stress = null;
            if (stresses) {
                double[] v = virial[f];
                stress = new double[] {v[0], v[4], v[8], v[5], v[2], v[1]};
                for (int k = 0; k < 6; k++) {
                    stress[k] /= -cell.volume();
                }
            }
            structures.add(Structure.of(numbers, coord[f], cell).withLabel(new Label(energy[f][0], force[f], stress)));
        }
    }

    private static double[][] rows(Path file, int columns) {
        NpyArray array = NpyFile.read(file, Integer.MAX_VALUE);
        double[] numbers = array.asDoubleArray();
        double[][] rows = new double[array.getShape()[0]][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = Arrays.copyOfRange(numbers, r * columns, (r + 1) * columns);
        }
        return rows;
    }

    @Override
    public double[] tolerances() {
        return new double[] {0, 1e-14};
    }
}
