package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The input of VASP for one structure: the cell that it is put into, the order in which VASP sees its atoms, and the files.
 *
 * <p>VASP wants right-handed cells: of a left-handed one the second and third vector change places, which moves no atom.
 *
 * @param vectors rows of the cell in angstrom
 * @param positions x y z per atom in angstrom in the order of the structure, shifted into the cell
 * @param order for each place in VASP's files, the number of the atom in the structure: atoms of one element stand together,
 *     elements in the order in which the structure has them first
 * @param mesh numbers of k-points along the reciprocal vectors of the cell
 */
record VaspInput(double[] vectors, double[] positions, int[] order, int[] mesh) {

    private static final Map<String, String> GGA =
            Map.of("PBE", "PE", "PBEsol", "PS", "RPBE", "RP", "revPBE", "RE", "AM05", "AM", "PW91", "91");

    private static final Map<String, Integer> ISMEAR = Map.of("gaussian", 0, "fermi", -1, "methfessel-paxton", 1);

    static VaspInput of(Structure structure, JsonNode settings) {
        SimulationCell cell = SimulationCell.of(
                structure,
                settings.get("vacuum").doubleValue(),
                settings.get("kpoint_density").doubleValue());
        double[] vectors = cell.vectors().clone();
        int[] mesh = cell.kpoints().clone();
        if (determinant(vectors) < 0) {
            for (int axis = 0; axis < 3; axis++) {
                double kept = vectors[3 + axis];
                vectors[3 + axis] = vectors[6 + axis];
                vectors[6 + axis] = kept;
            }
            int kept = mesh[1];
            mesh[1] = mesh[2];
            mesh[2] = kept;
        }
        double[] positions = new double[3 * structure.size()];
        for (int i = 0; i < structure.size(); i++) {
            System.arraycopy(cell.position(structure, i), 0, positions, 3 * i, 3);
        }
        return new VaspInput(vectors, positions, order(structure), mesh);
    }

    private static int[] order(Structure structure) {
        Map<Integer, List<Integer>> byElement = new LinkedHashMap<>();
        for (int i = 0; i < structure.size(); i++) {
            byElement
                    .computeIfAbsent(structure.atomicNumber(i), z -> new ArrayList<>())
                    .add(i);
        }
        int[] order = new int[structure.size()];
        int next = 0;
        for (List<Integer> atoms : byElement.values()) {
            for (int atom : atoms) {
                order[next++] = atom;
            }
        }
        return order;
    }

    private static double determinant(double[] v) {
        return v[0] * (v[4] * v[8] - v[5] * v[7])
                - v[1] * (v[3] * v[8] - v[5] * v[6])
                + v[2] * (v[3] * v[7] - v[4] * v[6]);
    }

    /** Chemical symbols in the order of VASP's files, each once. */
    static List<String> species(Structure structure) {
        List<String> species = new ArrayList<>();
        for (int i = 0; i < structure.size(); i++) {
            String symbol = Elements.symbol(structure.atomicNumber(i));
            if (!species.contains(symbol)) {
                species.add(symbol);
            }
        }
        return species;
    }

    /** Name of the POTCAR of an element. */
    static String potcar(String symbol, JsonNode settings) {
        return ElementSettings.of(settings, "potcar", symbol, symbol);
    }

    String poscar(Structure structure) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < structure.size(); i++) {
            counts.merge(Elements.symbol(structure.atomicNumber(i)), 1, Integer::sum);
        }
        StringBuilder text = new StringBuilder();
        text.append(formula(counts)).append("\n1.0\n");
        for (int k = 0; k < 3; k++) {
            appendRow(text, vectors, 3 * k);
        }
        text.append(String.join(" ", counts.keySet())).append('\n');
        List<String> numbers = new ArrayList<>();
        counts.values().forEach(count -> numbers.add(count.toString()));
        text.append(String.join(" ", numbers)).append("\nCartesian\n");
        for (int atom : order) {
            appendRow(text, positions, 3 * atom);
        }
        return text.toString();
    }

    private static String formula(Map<String, Integer> counts) {
        StringBuilder formula = new StringBuilder();
        counts.forEach((symbol, count) -> formula.append(symbol).append(count == 1 ? "" : count));
        return formula.toString();
    }

    private static void appendRow(StringBuilder text, double[] numbers, int first) {
        text.append(String.format(
                Locale.ROOT, "%18.12f %18.12f %18.12f\n", numbers[first], numbers[first + 1], numbers[first + 2]));
    }

    String kpoints() {
        return "mesh around Gamma\n0\nGamma\n" + mesh[0] + " " + mesh[1] + " " + mesh[2] + "\n0 0 0\n";
    }

    /** The tags in the order in which they are written. */
    static Map<String, String> incar(Structure structure, JsonNode settings) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("PREC", settings.get("precision").asText());
        tags.put("ENCUT", number(settings.get("cutoff")));
        tags.put("GGA", GGA.get(settings.get("functional").asText()));
        tags.put("LASPH", truth(settings.get("aspherical").booleanValue()));
        tags.put("LREAL", settings.get("real_space_projection").booleanValue() ? "Auto" : ".FALSE.");
        tags.put("ISMEAR", ISMEAR.get(settings.get("smearing_method").asText()).toString());
        tags.put("SIGMA", number(settings.get("smearing")));
        putSpin(tags, structure, settings);
        tags.put("EDIFF", number(settings.get("energy_tolerance")));
        tags.put("ALGO", settings.get("algorithm").asText());
        tags.put("NELM", settings.get("max_iterations").asText());
        tags.put("AMIX", number(settings.get("mixing")));
        tags.put("BMIX", number(settings.get("mixing_bmix")));
        if (tags.get("ISPIN").equals("2")) {
            // VASP's own proportion of spin to charge
            tags.put("AMIX_MAG", number(4 * settings.get("mixing").doubleValue()));
            tags.put("BMIX_MAG", number(settings.get("mixing_bmix")));
        }
        if (!structure.cell().isPeriodic()) {
            tags.put("ISYM", "0");
        }
        tags.put("ISTART", "0");
        tags.put("ICHARG", "2");
        tags.put("NSW", "0");
        tags.put("IBRION", "-1");
        tags.put("ISIF", "2");
        tags.put("LWAVE", ".FALSE.");
        tags.put("LCHARG", ".FALSE.");
        for (String extra : List.of("incar", "incar_technical")) {
            settings.get(extra).properties().forEach(tag -> tags.put(tag.getKey(), value(tag.getValue())));
        }
        return tags;
    }

    private static void putSpin(Map<String, String> tags, Structure structure, JsonNode settings) {
        JsonNode spin = settings.get("spin");
        int n = structure.size();
        if (spin.asText().equals("free")) {
            tags.put("ISPIN", "2");
            tags.put("MAGMOM", n + "*1.0");
            return;
        }
        int unpaired = EngineLog.unpairedElectrons(structure, spin, electrons(structure, settings));
        if (unpaired == 0) {
            tags.put("ISPIN", "1");
        } else {
            tags.put("ISPIN", "2");
            tags.put("MAGMOM", n + "*" + String.format(Locale.ROOT, "%.6f", (double) unpaired / n));
            tags.put("NUPDOWN", Integer.toString(unpaired));
        }
    }

    /**
     * A number of the parity of the valence electrons. The core of a potential is closed, but for the lanthanides with f electrons
     * in the core, whose names end in the valence: Er_3, Yb_2.
     */
    static int electrons(Structure structure, JsonNode settings) {
        int electrons = 0;
        for (int i = 0; i < structure.size(); i++) {
            int z = structure.atomicNumber(i);
            String name = potcar(Elements.symbol(z), settings);
            boolean open = z >= 57 && z <= 71 && name.matches(".*_[23]");
            electrons += open ? name.charAt(name.length() - 1) - '0' : z;
        }
        return electrons;
    }

    private static String number(JsonNode number) {
        return number(number.doubleValue());
    }

    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String value(JsonNode value) {
        return value.isBoolean() ? truth(value.booleanValue()) : value.asText();
    }

    private static String truth(boolean truth) {
        return truth ? ".TRUE." : ".FALSE.";
    }

    static String[] functionals() {
        return GGA.keySet().stream().sorted().toArray(String[]::new);
    }

    static String[] smearings() {
        return ISMEAR.keySet().stream().sorted().toArray(String[]::new);
    }
}
