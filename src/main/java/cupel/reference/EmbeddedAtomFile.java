package cupel.reference;

import cupel.structure.Elements;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads setfl and funcfl files.
 *
 * <pre>
 *   setfl:  three lines of comment; number of elements and their symbols; nrho drho nr dr cutoff; for each element a line
 *           with atomic number, mass, lattice constant and lattice, nrho values of F, nr values of f; for each i and each
 *           j ≤ i, nr values of r φ.
 *   funcfl: a line of comment; atomic number, mass, lattice constant and lattice; nrho drho nr dr cutoff; nrho values of F,
 *           nr values of Z, nr values of f.
 * </pre>
 */
final class EmbeddedAtomFile {

    /** z = r φ of a charge squared, in eV angstrom: hartree and bohr with the digits of DYNAMO. */
    private static final double CHARGES = 27.2 * 0.529;

    private static final int MOST_VALUES = 10_000_000;

    private final Path file;
    private final List<String> lines;
    private int line;
    private String[] words = {};
    private int word;

    private EmbeddedAtomFile(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static EmbeddedAtom read(Path file) {
        List<String> lines;
        try {
            // Comments may be in any encoding; numbers are the same in all.
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
        EmbeddedAtomFile reader = new EmbeddedAtomFile(file, lines);
        try {
            return isFuncfl(lines) ? reader.funcfl() : reader.setfl();
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether lines 2 and 3 are the numbers of a funcfl file, where setfl has comments. */
    private static boolean isFuncfl(List<String> lines) {
        return lines.size() > 2
                && lines.get(1).strip().matches("\\d+\\s+[-+.\\deE]+\\s+[-+.\\deE]+(\\s+\\S+)?")
                && lines.get(2).strip().matches("\\d+\\s+[-+.\\deEdD]+\\s+\\d+\\s+[-+.\\deEdD]+\\s+[-+.\\deEdD]+");
    }

    private EmbeddedAtom funcfl() {
        line = 1;
        nextLine("atomic number, mass, lattice constant and lattice");
        int element = element();
        Grid grid = grid();
        EmbeddedAtom.Table embedding = table(grid.drho, grid.nrho, "F(rho)");
        EmbeddedAtom.Table charge = table(grid.dr, grid.nr, "Z(r)");
        EmbeddedAtom.Table density = table(grid.dr, grid.nr, "rho(r)");
        requireEnd();
        double[] pair = charge.values().clone();
        for (int k = 0; k < pair.length; k++) {
            pair[k] *= CHARGES * pair[k];
        }
        return new EmbeddedAtom(
                new int[] {element},
                grid.cutoff,
                new EmbeddedAtom.Table[] {embedding},
                new EmbeddedAtom.Table[] {density},
                new EmbeddedAtom.Table[] {new EmbeddedAtom.Table(grid.dr, pair)});
    }

    private EmbeddedAtom setfl() {
        line = 3;
        nextLine("the number of elements and their symbols (a setfl file, .eam.alloy; or a funcfl file, .eam)");
        int count = integer("number of elements", 1, 118);
        if (words.length != count + 1) {
            throw wrong("must be the number of elements and as many symbols");
        }
        String[] symbols = new String[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = words[i + 1];
        }
        Grid grid = grid();
        int[] elements = new int[count];
        EmbeddedAtom.Table[] embedding = new EmbeddedAtom.Table[count];
        EmbeddedAtom.Table[] density = new EmbeddedAtom.Table[count];
        for (int i = 0; i < count; i++) {
            // The symbol counts, as in LAMMPS: there are files in use whose atomic number is wrong.
            elements[i] = Elements.atomicNumber(symbols[i]);
            nextLine("atomic number, mass, lattice constant and lattice of " + symbols[i]);
            element();
            embedding[i] = table(grid.drho, grid.nrho, "F(rho) of " + symbols[i]);
            density[i] = table(grid.dr, grid.nr, "rho(r) of " + symbols[i]);
        }
        EmbeddedAtom.Table[] pair = new EmbeddedAtom.Table[count * (count + 1) / 2];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                pair[i * (i + 1) / 2 + j] = table(grid.dr, grid.nr, "r phi(r) of " + symbols[i] + " and " + symbols[j]);
            }
        }
        requireEnd();
        return new EmbeddedAtom(elements, grid.cutoff, embedding, density, pair);
    }

    private record Grid(int nrho, double drho, int nr, double dr, double cutoff) {}

    private Grid grid() {
        nextLine("nrho drho nr dr cutoff");
        if (words.length != 5) {
            throw wrong("must be five numbers, nrho drho nr dr cutoff");
        }
        Grid grid = new Grid(
                integer("nrho", 5, MOST_VALUES),
                number("drho"),
                integer("nr", 5, MOST_VALUES),
                number("dr"),
                number("cutoff"));
        if (!(grid.drho > 0) || !(grid.dr > 0) || !(grid.cutoff > 0)) {
            throw wrong("drho, dr and cutoff must be above 0");
        }
        return grid;
    }

    private int element() {
        int element = integer("atomic number", 1, 118);
        word = words.length;
        return element;
    }

    private EmbeddedAtom.Table table(double step, int count, String name) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            while (word == words.length) {
                nextLine("value " + (k + 1) + " of " + count + " of " + name);
            }
            values[k] = number(name);
        }
        if (word != words.length) {
            throw wrong("must end with value " + count + " of " + name + ", goes on with " + words[word]);
        }
        return new EmbeddedAtom.Table(step, values);
    }

    private void requireEnd() {
        for (int k = line; k < lines.size(); k++) {
            if (!lines.get(k).isBlank()) {
                throw InputException.at(
                        file,
                        k + 1,
                        "the file goes on where its tables end; must be setfl (.eam.alloy) or funcfl (.eam), not .eam.fs");
            }
        }
    }

    private void nextLine(String expected) {
        if (line >= lines.size()) {
            throw new InputException(file + ": ends after line " + lines.size() + ", must go on with " + expected);
        }
        String text = lines.get(line++).strip();
        words = text.isEmpty() ? new String[0] : text.split("\\s+");
        word = 0;
    }

    private int integer(String name, int min, int max) {
        String text = word < words.length ? words[word++] : "";
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name + " must be a whole number from " + min + " to " + max + ", is '" + text + "'");
    }

    private double number(String name) {
        String text = words[word++];
        try {
            // 1.0D-3 is how old Fortran writes 1.0E-3
            double value = Double.parseDouble(text.replace('D', 'E').replace('d', 'e'));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name + " must be a finite number, is '" + text + "'");
    }

    private InputException wrong(String why) {
        return InputException.at(file, line, why);
    }
}
