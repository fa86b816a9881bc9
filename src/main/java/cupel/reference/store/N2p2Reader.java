package cupel.reference.store;

import cupel.structure.Cell;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code input.data} of n2p2 and RuNNer. The file does not tell its units; RuNNer's are bohr and hartree, and n2p2 takes
 * any, so that the caller must say. Charges are not read; neither is the set (training or test) of a structure.
 */
public final class N2p2Reader {

    /** Units of a file. */
    public enum Unit {
        /** As in Cupel, and as n2p2 is mostly used with. */
        EV_ANGSTROM(1, 1),
        /** As RuNNer has it. */
        HARTREE_BOHR(Units.HARTREE, Units.BOHR);

        private final double energy;
        private final double length;

        Unit(double energy, double length) {
            this.energy = energy;
            this.length = length;
        }
    }

    private N2p2Reader() {}

    /**
     * All structures with their labels.
     *
     * @throws InputException when the file does not fit, naming the line
     */
    public static List<Structure> read(Path file, Unit unit) {
        List<Structure> structures = new ArrayList<>();
        List<String> lines = Words.lines(file);
        boolean inside = false;
        List<Double> lattice = new ArrayList<>();
        List<Integer> elements = new ArrayList<>();
        List<Double> positions = new ArrayList<>();
        List<Double> forces = new ArrayList<>();
        double energy = Double.NaN;
        for (int i = 0; i < lines.size(); i++) {
            int line = i + 1;
            String[] words = lines.get(i).strip().split("\\s+");
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            if (!inside && !words[0].equals("begin")) {
                throw InputException.at(file, line, "'" + words[0] + "' outside of a structure, must be begin");
            }
            switch (words[0]) {
                case "begin" -> {
                    if (inside) {
                        throw InputException.at(
                                file, line, "begin within a structure: the end of the one before is missing");
                    }
                    inside = true;
                    lattice.clear();
                    elements.clear();
                    positions.clear();
                    forces.clear();
                    energy = Double.NaN;
                }
                case "comment", "charge" -> {
                    // no part of a label
                }
                case "lattice" -> {
                    requireColumns(file, line, words, 4, 4, "lattice and three numbers");
                    for (int k = 1; k < 4; k++) {
                        lattice.add(unit.length * Words.number(file, line, words[k], "lattice vector component"));
                    }
                }
                case "atom" -> {
                    requireColumns(file, line, words, 10, 12, "atom x y z element charge 0 fx fy fz");
                    elements.add(Words.element(file, line, words[4]));
                    for (int k = 1; k < 4; k++) {
                        positions.add(unit.length * Words.number(file, line, words[k], "coordinate"));
                    }
                    for (int k = 7; k < 10; k++) {
                        forces.add(unit.energy / unit.length * Words.number(file, line, words[k], "force component"));
                    }
                }
                case "energy" -> {
                    requireColumns(file, line, words, 2, 2, "energy and a number");
                    energy = unit.energy * Words.number(file, line, words[1], "energy");
                }
                case "end" -> {
                    inside = false;
                    structures.add(structure(file, line, lattice, elements, positions, forces, energy));
                }
                default ->
                    throw InputException.at(
                            file,
                            line,
                            "illegal keyword: '" + words[0]
                                    + "', must be one of begin, comment, lattice, atom, energy, charge, end");
            }
        }
        if (inside) {
            throw InputException.at(file, lines.size(), "the file ends within a structure");
        }
        return structures;
    }

    private static void requireColumns(Path file, int line, String[] words, int min, int max, String expected) {
        if (words.length < min || words.length > max) {
            throw InputException.at(file, line, words.length + " columns, must be: " + expected);
        }
    }

    private static Structure structure(
            Path file,
            int line,
            List<Double> lattice,
            List<Integer> elements,
            List<Double> positions,
            List<Double> forces,
            double energy) {
        if (Double.isNaN(energy)) {
            throw InputException.at(file, line, "a structure without energy");
        }
        if (elements.isEmpty()) {
            throw InputException.at(file, line, "a structure without atoms");
        }
        if (!lattice.isEmpty() && lattice.size() != 9) {
            throw InputException.at(
                    file, line, "a structure with " + lattice.size() / 3 + " lattice vectors, must have three or none");
        }
        try {
            Cell cell = lattice.isEmpty() ? Cell.NONE : Cell.periodic(Words.array(lattice));
            return Structure.of(Words.integers(elements), Words.array(positions), cell)
                    .withLabel(new Label(energy, Words.array(forces)));
        } catch (IllegalArgumentException e) {
            throw InputException.at(file, line, e.getMessage());
        }
    }
}
