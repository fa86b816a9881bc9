package cupel.structure;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.vecmath.Point3d;
import javax.vecmath.Vector3d;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.interfaces.IAtom;
import org.openscience.cdk.interfaces.IAtomContainer;
import org.openscience.cdk.interfaces.IChemFile;
import org.openscience.cdk.interfaces.IChemModel;
import org.openscience.cdk.interfaces.IChemSequence;
import org.openscience.cdk.interfaces.ICrystal;
import org.openscience.cdk.io.CIFReader;
import org.openscience.cdk.io.CMLReader;
import org.openscience.cdk.io.IChemObjectReader;
import org.openscience.cdk.io.ISimpleChemObjectReader;
import org.openscience.cdk.io.MDLV2000Reader;
import org.openscience.cdk.io.MDLV3000Reader;
import org.openscience.cdk.silent.ChemFile;

/**
 * Reads structures from a file of any known format, by its suffix: extended XYZ ({@code .xyz}, {@code .extxyz}) with our own
 * reader; {@code .mol}, {@code .sdf}, {@code .cml} and {@code .cif} with those of the Chemistry Development Kit.
 *
 * <p>The foreign formats give elements, positions and cell. What the kit would read wrongly without a word is looked for and
 * refused: drawings in the plane, CIF files with symmetry other than P1 or with partly occupied sites.
 */
public final class StructureFiles {

    static {
        SilentLogging.install();
    }

    private StructureFiles() {}

    /**
     * All structures of a file, in its order.
     *
     * @throws InputException when the suffix is unknown or the file cannot be read
     */
    public static List<Structure> read(Path file) {
        String name = file.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (suffix) {
            case "xyz", "extxyz" -> ExtendedXyz.read(file);
            case "mol", "sdf", "cml", "cif" -> readForeign(file, suffix);
            default ->
                throw new InputException(
                        file + ": unknown suffix '" + suffix
                                + "', must be xyz, extxyz, mol, sdf, cml or cif; ASE converts other formats to extended XYZ: ase convert IN OUT.extxyz");
        };
    }

    private static List<Structure> readForeign(Path file, String suffix) {
        String text = text(file);
        if (suffix.equals("cif")) {
            CifCheck.refuseWhatWouldBeMisread(file, text);
        }
        List<Structure> structures = new ArrayList<>();
        try (ISimpleChemObjectReader reader = reader(suffix, text)) {
            reader.setReaderMode(IChemObjectReader.Mode.STRICT);
            IChemFile content = reader.read(new ChemFile());
            for (IChemSequence sequence : content.chemSequences()) {
                for (IChemModel model : sequence.chemModels()) {
                    if (model.getCrystal() != null) {
                        structures.add(crystal(file, model.getCrystal()));
                    }
                    if (model.getMoleculeSet() != null) {
                        for (IAtomContainer atoms : model.getMoleculeSet().atomContainers()) {
                            structures.add(molecule(file, atoms, structures.size()));
                        }
                    }
                }
            }
        } catch (CDKException | IOException e) {
            throw new InputException(file + ": cannot be read as " + suffix + ": " + e.getMessage(), e);
        } catch (InputException e) {
            throw e;
        } catch (RuntimeException e) {
            // the kit's readers fail on broken files with whatever comes first
            throw new InputException(file + ": cannot be read as " + suffix + ": " + e, e);
        }
        if (structures.isEmpty()) {
            throw new InputException(file + ": no structure found in it");
        }
        return structures;
    }

    private static String text(Path file) {
        try (BufferedReader in = ExtendedXyz.open(file)) {
            StringBuilder text = new StringBuilder((int) Math.min(Files.size(file), 1 << 24));
            char[] buffer = new char[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(buffer, 0, n);
            }
            return text.toString();
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + AtomicFile.reason(e), e);
        }
    }

    private static ISimpleChemObjectReader reader(String suffix, String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return switch (suffix) {
            case "cml" -> new CMLReader(in);
            case "cif" -> new CIFReader(in);
            default -> text.contains("V3000") ? new MDLV3000Reader(in) : new MDLV2000Reader(in);
        };
    }

    private static Structure molecule(Path file, IAtomContainer atoms, int before) {
        int[] numbers = new int[atoms.getAtomCount()];
        double[] positions = new double[3 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            IAtom atom = atoms.getAtom(i);
            Point3d place = atom.getPoint3d();
            if (place == null) {
                throw new InputException(file + ": atom " + (i + 1) + " of structure " + (before + 1)
                        + " has no place in space: a drawing in the plane, or no coordinates at all");
            }
            numbers[i] = element(file, atom, i);
            positions[3 * i] = place.x;
            positions[3 * i + 1] = place.y;
            positions[3 * i + 2] = place.z;
        }
        return Structure.of(numbers, positions, Cell.NONE);
    }

    private static Structure crystal(Path file, ICrystal crystal) {
        if (crystal.getA() == null || crystal.getB() == null || crystal.getC() == null) {
            throw new InputException(file + ": a crystal without a unit cell");
        }
        double[] v = new double[9];
        Vector3d[] rows = {crystal.getA(), crystal.getB(), crystal.getC()};
        for (int k = 0; k < 3; k++) {
            v[3 * k] = clean(rows[k].x);
            v[3 * k + 1] = clean(rows[k].y);
            v[3 * k + 2] = clean(rows[k].z);
        }
        int[] numbers = new int[crystal.getAtomCount()];
        double[] positions = new double[3 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            IAtom atom = crystal.getAtom(i);
            Point3d f = atom.getFractionalPoint3d();
            if (f == null) {
                throw new InputException(file + ": atom " + (i + 1) + " has no fractional coordinates");
            }
            numbers[i] = element(file, atom, i);
            for (int axis = 0; axis < 3; axis++) {
                positions[3 * i + axis] = f.x * v[axis] + f.y * v[3 + axis] + f.z * v[6 + axis];
            }
        }
        try {
            return Structure.of(numbers, positions, Cell.periodic(v));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    /** Cosines of right angles leave 2e-16 where a zero belongs. */
    private static double clean(double component) {
        return Math.rint(component * 1e12) / 1e12 + 0.0;
    }

    private static int element(Path file, IAtom atom, int index) {
        try {
            return Elements.atomicNumber(String.valueOf(atom.getSymbol()));
        } catch (IllegalArgumentException e) {
            throw new InputException(file + ": atom " + (index + 1) + ": " + e.getMessage(), e);
        }
    }
}
