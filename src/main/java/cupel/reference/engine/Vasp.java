package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.AtomicFile;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * VASP (G. Kresse, J. Furthmüller, Phys. Rev. B 54, 11169 (1996)), which users bring with its potentials: clusters in a box with vacuum
 * around them and crystals, in one setting.
 *
 * <p>Input is {@code POSCAR}, {@code INCAR}, {@code KPOINTS} and {@code potcar.txt}, which says for each element in the order of POSCAR
 * which potential it has; {@code bin/label_vasp.sh} puts the potentials together where VASP runs. Output is {@code vasprun.xml}, and
 * {@code OUTCAR} beside it, which must agree.
 *
 * <p>The energy is the free energy F of the electrons (TOTEN, {@code e_fr_energy}), of which the forces are the derivatives; not the
 * energy extrapolated to no smearing.
 */
final class Vasp implements Engine {

    /** Tags that Cupel writes itself, or that would make another calculation of it. */
    private static final Set<String> RESERVED = Set.of(
            "SYSTEM",
            "PREC",
            "ENCUT",
            "GGA",
            "LASPH",
            "LREAL",
            "ISMEAR",
            "SIGMA",
            "ISPIN",
            "MAGMOM",
            "NUPDOWN",
            "EDIFF",
            "ALGO",
            "IALGO",
            "NELM",
            "AMIX",
            "BMIX",
            "AMIX_MAG",
            "BMIX_MAG",
            "ISYM",
            "ISTART",
            "ICHARG",
            "NSW",
            "IBRION",
            "ISIF",
            "LWAVE",
            "LCHARG",
            "PSTRESS",
            "NELECT",
            "KSPACING",
            "KGAMMA",
            "LSORBIT",
            "LNONCOLLINEAR",
            "POTIM",
            "MDALGO",
            "ML_LMLFF",
            "NWRITE");

    /** Tags with one value per species, in the order of POSCAR, which differs from structure to structure. */
    private static final Set<String> PER_SPECIES = Set.of("LDAUL", "LDAUU", "LDAUJ", "ROPT", "RWIGS", "VCA", "POMASS");

    private static final String[] PRECISIONS = {"Normal", "Single", "SingleN", "Accurate", "Low", "Medium", "High"};
    private static final String[] ALGORITHMS = {"Normal", "VeryFast", "Fast", "Conjugate", "All", "Damped"};

    @Override
    public String name() {
        return "vasp";
    }

    @Override
    public ObjectNode defaults() {
        return EngineLog.defaults(name());
    }

    @Override
    public Set<String> physics() {
        return Set.of(
                "functional",
                "cutoff",
                "precision",
                "smearing_method",
                "smearing",
                "spin",
                "kpoint_density",
                "vacuum",
                "aspherical",
                "real_space_projection",
                "energy_tolerance",
                "incar",
                "potcar",
                "potcar_dir");
    }

    @Override
    public void check(JsonNode settings) {
        ElementSettings.checkOneOf(settings, "functional", VaspInput.functionals());
        ElementSettings.checkOneOf(settings, "smearing_method", VaspInput.smearings());
        ElementSettings.checkOneOf(settings, "precision", PRECISIONS);
        ElementSettings.checkOneOf(settings, "algorithm", ALGORITHMS);
        for (String key : List.of(
                "cutoff", "smearing", "kpoint_density", "vacuum", "energy_tolerance", "mixing", "mixing_bmix")) {
            SettingChecks.positive(settings, key);
        }
        SettingChecks.atLeast(settings, "max_iterations", 1);
        if (!settings.get("spin").asText().equals("free")) {
            try {
                SettingChecks.spin(settings);
            } catch (InputException e) {
                throw SettingChecks.wrong(
                        settings,
                        "spin",
                        "must be parity, free, or the number of unpaired electrons of every structure");
            }
        }
        for (String key : List.of("incar", "incar_technical")) {
            settings.get(key).properties().forEach(tag -> checkTag(key, tag));
        }
        settings.get("incar").fieldNames().forEachRemaining(tag -> {
            if (settings.get("incar_technical").has(tag)) {
                throw new InputException("incar_technical: " + tag + " is in incar already");
            }
        });
        settings.get("potcar").properties().forEach(Vasp::checkPotcar);
        String folder = settings.get("potcar_dir").asText();
        if (!folder.matches("[A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*") || folder.contains("..")) {
            throw new InputException(
                    "potcar_dir: must be a folder in $VASP_PP_PATH, such as potpaw_PBE, is \"" + folder + "\"");
        }
    }

    private static void checkTag(String key, Map.Entry<String, JsonNode> tag) {
        String name = tag.getKey();
        if (!name.matches("[A-Z][A-Z0-9_]*")) {
            throw new InputException(key + ": \"" + name + "\" is no tag of VASP, which is in capitals");
        }
        if (RESERVED.contains(name)) {
            throw new InputException(
                    key + ": " + name + " is written by Cupel, from a setting or because a label needs it so;"
                            + " it cannot be given here");
        }
        if (PER_SPECIES.contains(name)) {
            throw new InputException(
                    key + ": " + name + " has a value for each species in the order of POSCAR, which differs"
                            + " from structure to structure; it cannot be given here");
        }
        JsonNode value = tag.getValue();
        if (!(value.isTextual() || value.isNumber() || value.isBoolean())
                || !value.asText().matches("[A-Za-z0-9_.+*/ -]+")) {
            throw new InputException(key + ": " + name + " must be one word, number, or true or false, is " + value);
        }
    }

    private static void checkPotcar(Map.Entry<String, JsonNode> potcar) {
        try {
            Elements.atomicNumber(potcar.getKey());
        } catch (IllegalArgumentException e) {
            throw new InputException("potcar: " + e.getMessage(), e);
        }
        if (!potcar.getValue().isTextual()
                || !potcar.getValue().asText().matches(potcar.getKey() + "(?![a-z])[A-Za-z0-9_.-]*")) {
            throw new InputException("potcar: the potential of " + potcar.getKey() + " must have a name such as "
                    + potcar.getKey() + " or " + potcar.getKey() + "_pv, is " + potcar.getValue());
        }
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        SimulationCell.requireVacuum(structure, settings.get("vacuum").doubleValue());
        ElementSettings.requireParity(structure, settings, VaspInput.electrons(structure, settings));
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        VaspInput input = VaspInput.of(structure, settings);
        AtomicFile.write(folder.resolve("POSCAR"), input.poscar(structure));
        AtomicFile.write(folder.resolve("KPOINTS"), input.kpoints());
        StringBuilder incar = new StringBuilder();
        VaspInput.incar(structure, settings)
                .forEach((tag, value) ->
                        incar.append(tag).append(" = ").append(value).append('\n'));
        AtomicFile.write(folder.resolve("INCAR"), incar.toString());
        StringBuilder potcar = new StringBuilder();
        for (String symbol : VaspInput.species(structure)) {
            potcar.append(symbol)
                    .append(' ')
                    .append(VaspInput.potcar(symbol, settings))
                    .append(' ')
                    .append(settings.get("potcar_dir").asText())
                    .append('\n');
        }
        AtomicFile.write(folder.resolve("potcar.txt"), potcar.toString());
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        return VaspOutput.read(folder, structure, settings, exitStatus);
    }
}
