package cupel.reference.dataset;

import static cupel.structure.Decimals.shortest;

import cupel.reference.store.XsfReader;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * XSF files as aenet has them: {@code structure_0001.xsf} and so on, the total energy in a comment, forces in eV/angstrom after the
 * positions, all numbers with all their digits.
 */
final class XsfWriter implements Dataset.Writer {

    @Override
    public List<Structure> arranged(List<Structure> structures) {
        return structures.stream().map(Dataset::withoutStress).toList();
    }

    @Override
    public void write(Path target, List<Structure> arranged) throws IOException {
        Files.createDirectory(target);
        int digits = Math.max(4, Integer.toString(arranged.size()).length());
        for (int s = 0; s < arranged.size(); s++) {
            AtomicFile.write(
                    target.resolve(String.format(Locale.ROOT, "structure_%0" + digits + "d.xsf", s + 1)),
                    text(arranged.get(s)));
        }
    }

    private static String text(Structure structure) {
        StringBuilder text = new StringBuilder("# total energy = ")
                .append(shortest(structure.label().energy()))
                .append(" eV\n\n");
        if (structure.cell().isPeriodic()) {
            text.append("CRYSTAL\nPRIMVEC\n");
            double[] v = structure.cell().vectors();
            for (int k = 0; k < 9; k++) {
                text.append(shortest(v[k])).append(k % 3 == 2 ? '\n' : ' ');
            }
            text.append("PRIMCOORD\n").append(structure.size()).append(" 1\n");
        } else {
            text.append("ATOMS\n");
        }
        double[] forces = structure.label().forces();
        for (int i = 0; i < structure.size(); i++) {
            text.append(Elements.symbol(structure.atomicNumber(i)));
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(shortest(structure.position(i, axis)));
            }
            for (int axis = 0; axis < 3; axis++) {
                text.append(' ').append(shortest(forces[3 * i + axis]));
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public List<Structure> read(Path target) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(target)) {
            files = all.sorted().toList();
        }
        List<Structure> structures = new ArrayList<>();
        for (Path file : files) {
            structures.add(XsfReader.read(file));
        }
        return structures;
    }

    @Override
    public double[] tolerances() {
        return new double[2];
    }
}
