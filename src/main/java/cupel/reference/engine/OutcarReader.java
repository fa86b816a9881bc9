package cupel.reference.engine;

import cupel.structure.InputException;
import cupel.structure.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads all ionic steps of a VASP {@code OUTCAR}. Its positions have 5 decimals and its forces 6: where there is a
 * {@code vasprun.xml} of the same run, {@link VasprunReader} has more.
 *
 * <p>A step counts as converged when the file says that EDIFF is reached and it took fewer electronic steps than NELM
 * allows; any other is given its {@link IonicStep#defect}. A step that was not finished is left out, and
 * {@link IonicSteps#cutShort} tells.
 */
public final class OutcarReader {

    private static final Pattern ITERATION = Pattern.compile("Iteration\\s*(\\d+)\\(\\s*(\\d+)\\)");
    private static final Pattern TITLE = Pattern.compile("^\\s*TITEL\\s*=\\s*(.*\\S)");
    private static final Pattern LIMIT = Pattern.compile("^\\s*NELM\\s*=\\s*(\\d+)");
    private static final Pattern FREE = Pattern.compile("free\\s+energy\\s+TOTEN\\s*=\\s*(\\S+)\\s+eV");
    private static final Pattern ZERO_WIDTH = Pattern.compile("energy\\(sigma->0\\)\\s*=\\s*(\\S+)");
    private static final Pattern LOOP = Pattern.compile("LOOP\\+:.*real time\\s+(\\S+)");
    private static final Pattern VERSION = Pattern.compile("^\\s*vasp\\.(\\S+)");
    /** Neighbouring columns that are full run into each other: {@code 1.00000-12.00000}. */
    private static final Pattern GLUED = Pattern.compile("(?<=\\d)-(?=\\d)");

    private final Path file;
    private final BufferedReader in;
    private final boolean endsWithLine;
    private String ahead;
    private int line;

    private String version;
    private final List<String> potentials = new ArrayList<>();
    private int[] elements;
    private int limit;
    private final List<IonicStep> steps = new ArrayList<>();
    private double[] lattice;
    private IonicStepBuilder step;
    private boolean reached;

    private OutcarReader(Path file, BufferedReader in, boolean endsWithLine) {
        this.file = file;
        this.in = in;
        this.endsWithLine = endsWithLine;
    }

    /**
     * Reads a file.
     *
     * @throws InputException when the file cannot be read or is not an OUTCAR, naming the line
     */
    public static IonicSteps read(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            return new OutcarReader(file, in, endsWithLine(file)).read();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new InputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private IonicSteps read() throws IOException {
        boolean finished = false;
        for (String text = next(); text != null; text = next()) {
            finished |= text.contains("General timing and accounting");
            if (elements == null) {
                header(text);
            }
            body(text);
        }
        if (version == null && potentials.isEmpty()) {
            throw new InputException(file + ": is not an OUTCAR: has neither the version of VASP nor potentials");
        }
        String cutShort = finished && step == null
                ? null
                : "ends in line " + line + ", after " + steps.size() + " finished steps: the run was stopped";
        return new IonicSteps(version, List.copyOf(potentials), List.copyOf(steps), cutShort);
    }

    /** The next line; one at the end that was not finished is not believed: half a number looks like a whole one. */
    private String next() throws IOException {
        if (ahead == null && line == 0) {
            ahead = in.readLine();
        }
        String text = ahead;
        ahead = text == null ? null : in.readLine();
        line++;
        return ahead == null && !endsWithLine ? null : text;
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() == 0) {
                return true;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(channel.size() - 1).read(last);
            return last.get(0) == '\n';
        }
    }

    private void header(String text) {
        Matcher matcher = VERSION.matcher(text);
        if (version == null && matcher.find()) {
            version = matcher.group(1);
        }
        matcher = TITLE.matcher(text);
        if (matcher.find()) {
            potentials.add(matcher.group(1).replaceAll("\\s+", " "));
        }
        matcher = LIMIT.matcher(text);
        if (matcher.find()) {
            limit = Integer.parseInt(matcher.group(1));
        }
        if (text.contains("ions per type =")) {
            String[] counts = text.substring(text.indexOf('=') + 1).strip().split("\\s+");
            if (counts.length != potentials.size()) {
                throw InputException.at(
                        file,
                        line,
                        counts.length + " types of atoms, but " + potentials.size() + " potentials (TITEL)");
            }
            List<Integer> list = new ArrayList<>();
            for (int type = 0; type < counts.length; type++) {
                String[] words = potentials.get(type).split(" ");
                // PAW_PBE Au 04Oct2007; the oldest ones have the element alone
                int element = IonicStepBuilder.element(file, words[Math.min(1, words.length - 1)]);
                for (int i = 0; i < integer(counts[type]); i++) {
                    list.add(element);
                }
            }
            elements = IonicStepBuilder.elements(list);
        }
    }

    private int integer(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw InputException.at(file, line, "illegal number of atoms: '" + word + "', must be a whole number");
        }
    }

    private void body(String text) throws IOException {
        Matcher matcher = LIMIT.matcher(text);
        if (limit == 0 && matcher.find()) {
            limit = Integer.parseInt(matcher.group(1));
        }
        matcher = ITERATION.matcher(text);
        if (matcher.find()) {
            int electronic = Integer.parseInt(matcher.group(2));
            if (step == null || electronic == 1) {
                step = new IonicStepBuilder();
                reached = false;
            }
            step.electronicSteps = electronic;
        } else if (text.contains("aborting loop because EDIFF is reached")) {
            reached = true;
        } else if (text.contains("direct lattice vectors")) {
            lattice = table(3, 3);
        } else if (step != null && text.stripLeading().startsWith("in kB")) {
            step.stress = stress(text);
        } else if (step != null && text.contains("TOTAL-FORCE (eV/Angst)")) {
            positionsAndForces();
        } else if (step != null && text.contains("FREE ENERGIE OF THE ION-ELECTRON SYSTEM")) {
            energies();
        } else if (!steps.isEmpty() && step == null) {
            time(text);
        }
    }

    private void positionsAndForces() throws IOException {
        requireHeader("forces");
        next();
        double[] table = table(elements.length, 6);
        if (table == null) {
            return;
        }
        step.positions = new double[3 * elements.length];
        step.forces = new double[3 * elements.length];
        for (int i = 0; i < elements.length; i++) {
            System.arraycopy(table, 6 * i, step.positions, 3 * i, 3);
            System.arraycopy(table, 6 * i + 3, step.forces, 3 * i, 3);
        }
        step.lattice = lattice;
    }

    /** The energies at the end of a step, which is whole with them. */
    private void energies() throws IOException {
        requireHeader("an energy");
        for (int k = 0; k < 6; k++) {
            String text = next();
            if (text == null) {
                return;
            }
            Matcher matcher = FREE.matcher(text);
            if (matcher.find()) {
                step.freeEnergy = IonicStepBuilder.number(matcher.group(1));
            }
            matcher = ZERO_WIDTH.matcher(text);
            if (matcher.find()) {
                step.zeroWidthEnergy = IonicStepBuilder.number(matcher.group(1));
                finishStep();
                return;
            }
        }
    }

    private void finishStep() {
        if (step.lattice == null || step.positions == null) {
            throw InputException.at(file, line, "an energy without lattice vectors, positions and forces before it");
        }
        step.saidUnconverged = !reached;
        try {
            steps.add(step.build(elements, limit));
        } catch (IllegalArgumentException e) {
            throw InputException.at(file, line, e.getMessage());
        }
        step = null;
    }

    private void time(String text) {
        Matcher matcher = LOOP.matcher(text);
        if (matcher.find()) {
            IonicStep last = steps.remove(steps.size() - 1);
            double seconds = IonicStepBuilder.number(matcher.group(1));
            steps.add(new IonicStep(
                    last.structure(),
                    last.freeEnergy(),
                    last.zeroWidthEnergy(),
                    last.forces(),
                    last.stress(),
                    seconds >= 0 ? seconds : Double.NaN,
                    last.defect()));
        }
    }

    private void requireHeader(String what) {
        if (elements == null) {
            throw InputException.at(file, line, what + " before the atoms (ions per type): the beginning is missing");
        }
    }

    /** The first columns of so many lines, or null when the file ends before. */
    private double[] table(int count, int columns) throws IOException {
        double[] table = new double[count * columns];
        for (int row = 0; row < count; row++) {
            String text = next();
            if (text == null) {
                return null;
            }
            String[] words = GLUED.matcher(text.strip()).replaceAll(" -").split("\\s+");
            if (words.length < columns) {
                throw InputException.at(file, line, "'" + text.strip() + "', must have " + columns + " numbers");
            }
            for (int column = 0; column < columns; column++) {
                table[row * columns + column] = IonicStepBuilder.number(words[column]);
            }
        }
        return table;
    }

    /** From xx yy zz xy yz zx in kbar, pressure positive; null when it does not make six numbers. */
    private static double[] stress(String text) {
        String[] words = GLUED.matcher(text.substring(text.indexOf("kB") + 2).strip())
                .replaceAll(" -")
                .split("\\s+");
        if (words.length != 6) {
            return null;
        }
        double[] s = new double[6];
        for (int k = 0; k < 6; k++) {
            s[k] = -0.1 / Units.GIGAPASCAL * IonicStepBuilder.number(words[k]);
        }
        return new double[] {s[0], s[1], s[2], s[4], s[5], s[3]};
    }
}
