package cupel.reference.store;

import cupel.structure.Cell;
import cupel.structure.InputException;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads XSF files as aenet has them: one structure to a file, a comment {@code # total energy = -12.3 eV}, and after each position the
 * force in eV/angstrom. (XCrySDen itself means hartree/angstrom by forces, and so does ASE, which reads these too large by 27.2.)
 */
public final class XsfReader {

    private static final Pattern ENERGY =
            Pattern.compile("#\\s*total\\s+energy\\s*=\\s*(\\S+)\\s*(\\S*)", Pattern.CASE_INSENSITIVE);

    private final Path file;
    private final List<String> lines;
    private int line;

    private XsfReader(Path file) {
        this.file = file;
        this.lines = Words.lines(file);
    }

    /**
     * The structure with its label; forces null when the file has none.
     *
     * @throws InputException when the file does not fit, naming the line
     */
    public static Structure read(Path file) {
        return new XsfReader(file).read();
    }

    private Structure read() {
        double energy = Double.NaN;
        boolean[] periodic = {false, false, false};
        double[] lattice = null;
        List<Integer> elements = null;
        List<Double> positions = new ArrayList<>();
        List<Double> forces = new ArrayList<>();
        while (line < lines.size()) {
            String text = lines.get(line++).strip();
            Matcher matcher = ENERGY.matcher(text);
            if (matcher.lookingAt()) {
                energy = Words.number(file, line, matcher.group(1), "total energy");
                if (!matcher.group(2).isEmpty() && !matcher.group(2).equalsIgnoreCase("ev")) {
                    throw InputException.at(
                            file, line, "illegal unit of the total energy: '" + matcher.group(2) + "', must be eV");
                }
            }
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            switch (text.split("\\s+")[0].toUpperCase(Locale.ROOT)) {
                case "ATOMS", "MOLECULE" -> {
                    if (text.equalsIgnoreCase("ATOMS")) {
                        elements = atoms(-1, positions, forces);
                    }
                }
                case "POLYMER" -> periodic = new boolean[] {true, false, false};
                case "SLAB" -> periodic = new boolean[] {true, true, false};
                case "CRYSTAL" -> periodic = new boolean[] {true, true, true};
                case "PRIMVEC" -> lattice = vectors();
                case "CONVVEC" -> vectors();
                case "PRIMCOORD" -> {
                    String[] words = words("the number of atoms and 1");
                    int count = (int) Words.number(file, line, words[0], "number of atoms");
                    elements = atoms(count, positions, forces);
                }
                default ->
                    throw InputException.at(
                            file,
                            line,
                            "illegal line: '" + text
                                    + "', must be one of CRYSTAL, SLAB, POLYMER, PRIMVEC, PRIMCOORD, ATOMS; one structure"
                                    + " to a file");
            }
        }
        if (elements == null || elements.isEmpty()) {
            throw new InputException(file + ": has no atoms (ATOMS or PRIMCOORD)");
        }
        if (Double.isNaN(energy)) {
            throw new InputException(file + ": has no energy: needs a line # total energy = ... eV");
        }
        boolean repeats = periodic[0] || periodic[1] || periodic[2];
        if (repeats && lattice == null) {
            throw new InputException(file + ": has no lattice vectors (PRIMVEC)");
        }
        try {
            Cell cell = repeats ? new Cell(lattice, periodic) : Cell.NONE;
            return Structure.of(Words.integers(elements), Words.array(positions), cell)
                    .withLabel(new Label(energy, forces.isEmpty() ? null : Words.array(forces)));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private String[] words(String expected) {
        while (line < lines.size()) {
            String text = lines.get(line++).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                return text.split("\\s+");
            }
        }
        throw InputException.at(file, line, "the file ends, must go on with " + expected);
    }

    private double[] vectors() {
        double[] vectors = new double[9];
        for (int row = 0; row < 3; row++) {
            String[] words = words("a lattice vector");
            if (words.length != 3) {
                throw InputException.at(file, line, "a lattice vector has three numbers, not " + words.length);
            }
            for (int k = 0; k < 3; k++) {
                vectors[3 * row + k] = Words.number(file, line, words[k], "lattice vector component");
            }
        }
        return vectors;
    }

    /** So many atoms, or, below 0, all to the end of the file. */
    private List<Integer> atoms(int count, List<Double> positions, List<Double> forces) {
        List<Integer> elements = new ArrayList<>();
        while (count < 0 ? line < lines.size() : elements.size() < count) {
            if (count < 0 && lines.get(line).isBlank()) {
                line++;
                continue;
            }
            String[] words = words("an atom");
            if (words.length != 4 && words.length != 7) {
                throw InputException.at(
                        file,
                        line,
                        "an atom has an element, three coordinates and three forces, not " + words.length + " columns");
            }
            elements.add(Words.element(file, line, words[0]));
            for (int k = 1; k < words.length; k++) {
                (k < 4 ? positions : forces)
                        .add(Words.number(file, line, words[k], k < 4 ? "coordinate" : "force component"));
            }
        }
        if (!forces.isEmpty() && forces.size() != positions.size()) {
            throw InputException.at(file, line, "some atoms have forces and some have none");
        }
        return elements;
    }
}
