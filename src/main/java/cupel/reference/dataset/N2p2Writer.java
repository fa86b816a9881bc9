package cupel.reference.dataset;

import static cupel.structure.Decimals.shortest;

import cupel.reference.store.N2p2Reader;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/**
 * The {@code input.data} of n2p2 and RuNNer, in eV and angstrom, all numbers with all their digits. The comment of a structure is its
 * number; nothing that a user wrote gets into the file.
 */
final class N2p2Writer implements Dataset.Writer {

    @Override
    public List<Structure> arranged(List<Structure> structures) {
        return structures.stream().map(Dataset::withoutStress).toList();
    }

    @Override
    public void write(Path target, List<Structure> arranged) {
        AtomicFile.write(target, out -> {
            for (int s = 0; s < arranged.size(); s++) {
                out.write("begin\ncomment structure " + (s + 1) + "\n");
                write(out, arranged.get(s));
            }
        });
    }

    private static void write(Writer out, Structure structure) throws IOException {
        if (structure.cell().isPeriodic()) {
            double[] v = structure.cell().vectors();
            for (int k = 0; k < 9; k += 3) {
                out.write("lattice " + shortest(v[k]) + " " + shortest(v[k + 1]) + " " + shortest(v[k + 2]) + "\n");
            }
        }
        double[] forces = structure.label().forces();
        for (int i = 0; i < structure.size(); i++) {
            StringBuilder line = new StringBuilder("atom");
            for (int axis = 0; axis < 3; axis++) {
                line.append(' ').append(shortest(structure.position(i, axis)));
            }
            // charge, and a column that nobody uses
            line.append(' ').append(Elements.symbol(structure.atomicNumber(i))).append(" 0.0 0.0");
            for (int axis = 0; axis < 3; axis++) {
                line.append(' ').append(shortest(forces[3 * i + axis]));
            }
            out.write(line.append('\n').toString());
        }
        out.write("energy " + shortest(structure.label().energy()) + "\ncharge 0.0\nend\n");
    }

    @Override
    public List<Structure> read(Path target) {
        return N2p2Reader.read(target, N2p2Reader.Unit.EV_ANGSTROM);
    }

    @Override
    public double[] tolerances() {
        return new double[2];
    }
}
