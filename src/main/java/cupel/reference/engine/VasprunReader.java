package cupel.reference.engine;

import cupel.structure.InputException;
import cupel.structure.Units;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads all ionic steps of a {@code vasprun.xml}, of a single point, a relaxation or molecular dynamics. Positions have the
 * 8 decimals (in units of the lattice) of the file, which an OUTCAR does not have: prefer this one.
 *
 * <p>A run that was killed leaves a file that ends anywhere; the steps that were finished are read, and
 * {@link IonicSteps#cutShort} tells. A step counts as converged when it took fewer electronic steps than NELM allows; one that took
 * all of them is given its {@link IonicStep#defect}. An engine that wants the one geometry of a single point takes the last
 * step and compares its structure with the one it asked for.
 *
 * <p>In the energy at the end of a step VASP 5 writes a wrong {@code e_0_energy}, and those of the electronic steps lack van der Waals
 * corrections; so the difference of the two energies is taken from the last electronic step and the free energy from the end.
 *
 * <p>Document types and external entities are refused, so that a file cannot make the reader open another.
 */
public final class VasprunReader {

    private final Path file;
    private final XMLStreamReader xml;
    private final List<String> path = new ArrayList<>();
    private final List<Integer> elements = new ArrayList<>();
    private final List<String> potentials = new ArrayList<>();
    private final List<IonicStep> steps = new ArrayList<>();

    private String version;
    private int electronicLimit;
    private IonicStepBuilder step;
    private final List<Double> rows = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private double lastFree = Double.NaN;
    private double lastZeroWidth = Double.NaN;
    private boolean modelling;

    private VasprunReader(Path file, XMLStreamReader xml) {
        this.file = file;
        this.xml = xml;
    }

    /**
     * Reads a file.
     *
     * @throws InputException when the file cannot be read or is not a vasprun.xml
     */
    public static IonicSteps read(Path file) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            XMLStreamReader xml;
            try {
                xml = factory.createXMLStreamReader(in);
            } catch (XMLStreamException e) {
                throw new InputException(file + ": is not XML: " + reason(e), e);
            }
            return new VasprunReader(file, xml).read();
        } catch (java.nio.file.NoSuchFileException e) {
            throw new InputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String reason(XMLStreamException e) {
        // the first line holds the place, which is told in our own way
        String message = e.getMessage() == null ? "damaged" : e.getMessage();
        int at = message.indexOf("Message: ");
        return (at < 0 ? message : message.substring(at + "Message: ".length())).replaceAll("\\s+", " ");
    }

    private IonicSteps read() {
        String cutShort = null;
        try {
            StringBuilder text = new StringBuilder();
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD ->
                        throw InputException.at(
                                file,
                                xml.getLocation().getLineNumber(),
                                "a document type (DOCTYPE), which no vasprun.xml has: not read");
                    case XMLStreamConstants.START_ELEMENT -> {
                        text.setLength(0);
                        begin();
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                    case XMLStreamConstants.END_ELEMENT -> {
                        end(text.toString());
                        text.setLength(0);
                    }
                    default -> {
                        // comments and the like
                    }
                }
            }
        } catch (XMLStreamException e) {
            if (!modelling) {
                throw new InputException(file + ": is not a vasprun.xml: " + reason(e), e);
            }
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            cutShort =
                    "ends or is damaged in line " + line + ", after " + steps.size() + " finished steps: " + reason(e);
        }
        return new IonicSteps(version, List.copyOf(potentials), List.copyOf(steps), cutShort);
    }

    private void begin() {
        String tag = xml.getLocalName();
        String name = xml.getAttributeValue(null, "name");
        if (path.isEmpty()) {
            if (!tag.equals("modeling")) {
                throw new InputException(
                        file + ": is not a vasprun.xml: begins with <" + tag + ">, must begin with <modeling>");
            }
            modelling = true;
        }
        path.add(name == null ? tag : tag + ":" + name.strip());
        switch (tag) {
            case "calculation" -> {
                step = new IonicStepBuilder();
                lastFree = Double.NaN;
                lastZeroWidth = Double.NaN;
            }
            case "scstep" -> {
                if (step != null) {
                    step.electronicSteps++;
                }
            }
            case "varray" -> rows.clear();
            case "rc" -> cells.clear();
            default -> {
                // nothing begins
            }
        }
    }

    private void end(String text) {
        String own = path.get(path.size() - 1);
        String parent = path.size() > 1 ? path.get(path.size() - 2) : "";
        switch (own) {
            case "i:version" -> {
                if (parent.equals("generator")) {
                    version = text.strip();
                }
            }
            // stands in <incar> when it was given, and always in <parameters>, which comes later
            case "i:NELM" -> electronicLimit = (int) IonicStepBuilder.number(text.strip());
            case "c" -> cells.add(text.strip());
            case "rc" -> row();
            case "v" -> vector(text);
            case "varray:basis" -> {
                if (step != null && inStructure()) {
                    step.lattice = taken(9);
                }
            }
            case "varray:positions" -> {
                if (step != null && inStructure()) {
                    step.positions = cartesian(taken(3 * elements.size()));
                }
            }
            case "varray:forces" -> {
                if (parent.equals("calculation")) {
                    step.forces = taken(3 * elements.size());
                }
            }
            case "varray:stress" -> {
                if (parent.equals("calculation")) {
                    step.stress = stress(taken(9));
                }
            }
            case "i:e_fr_energy" -> {
                if (inEnergyOf("scstep")) {
                    lastFree = IonicStepBuilder.number(text.strip());
                } else if (inEnergyOf("calculation")) {
                    step.freeEnergy = IonicStepBuilder.number(text.strip());
                }
            }
            case "i:e_0_energy" -> {
                if (inEnergyOf("scstep")) {
                    lastZeroWidth = IonicStepBuilder.number(text.strip());
                }
            }
            case "time:totalsc" -> {
                String[] words = text.strip().split("\\s+");
                if (parent.equals("calculation") && words.length == 2) {
                    double seconds = IonicStepBuilder.number(words[1]);
                    step.seconds = seconds >= 0 ? seconds : Double.NaN;
                }
            }
            case "calculation" -> finishStep();
            default -> {
                // not needed
            }
        }
        path.remove(path.size() - 1);
    }

    private void finishStep() {
        if (elements.isEmpty() || step.lattice == null || step.positions == null) {
            throw InputException.at(
                    file, xml.getLocation().getLineNumber(), "a calculation without atoms, lattice or positions");
        }
        step.zeroWidthEnergy = step.freeEnergy + (lastZeroWidth - lastFree);
        try {
            steps.add(step.build(IonicStepBuilder.elements(elements), electronicLimit));
        } catch (IllegalArgumentException e) {
            throw InputException.at(file, xml.getLocation().getLineNumber(), e.getMessage());
        }
        step = null;
    }

    /** Atoms are rows of element and type; types are rows of number, element, mass, valence and potential. */
    private void row() {
        if (path.contains("array:atoms") && !cells.isEmpty()) {
            elements.add(IonicStepBuilder.element(file, cells.get(0)));
        } else if (path.contains("array:atomtypes") && cells.size() >= 5) {
            potentials.add(cells.get(4).replaceAll("\\s+", " "));
        }
    }

    private void vector(String text) {
        for (String word : text.strip().split("\\s+")) {
            rows.add(IonicStepBuilder.number(word));
        }
    }

    private double[] taken(int expected) {
        if (rows.size() != expected) {
            throw InputException.at(
                    file,
                    xml.getLocation().getLineNumber(),
                    path.get(path.size() - 1) + " has " + rows.size() + " numbers, must have " + expected);
        }
        return rows.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether the innermost structure is that of the calculation, not the initial or the final one. */
    private boolean inStructure() {
        int calculation = path.indexOf("calculation");
        return calculation >= 0
                && path.size() > calculation + 1
                && path.get(calculation + 1).equals("structure");
    }

    private boolean inEnergyOf(String owner) {
        int n = path.size();
        return n >= 3 && path.get(n - 2).equals("energy") && path.get(n - 3).equals(owner) && step != null;
    }

    private double[] cartesian(double[] fractions) {
        double[] a = step.lattice;
        if (a == null) {
            throw InputException.at(file, xml.getLocation().getLineNumber(), "positions before the lattice vectors");
        }
        double[] positions = new double[fractions.length];
        for (int i = 0; i < fractions.length; i += 3) {
            for (int axis = 0; axis < 3; axis++) {
                positions[i + axis] =
                        fractions[i] * a[axis] + fractions[i + 1] * a[3 + axis] + fractions[i + 2] * a[6 + axis];
            }
        }
        return positions;
    }

    /** From kbar, pressure positive. */
    private static double[] stress(double[] s) {
        double factor = -0.1 / Units.GIGAPASCAL;
        return new double[] {factor * s[0], factor * s[4], factor * s[8], factor * s[5], factor * s[2], factor * s[1]};
    }
}
