package cupel.reference.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.reference.LabelFailure;
import cupel.reference.engine.EngineLog.Refused;
import cupel.structure.Label;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * GPAW with plane waves (J. J. Mortensen, L. B. Hansen, K. W. Jacobsen, Phys. Rev. B 71, 035109 (2005)): clusters in a box with
 * vacuum around them and crystals, in one setting.
 *
 * <p>Input is {@code input.json}, all of what {@code bin/label_gpaw.py} needs; output is {@code result.json}, which is written
 * last and only when the self-consistency has converged, and the log {@code gpaw.txt}.
 */
final class Gpaw implements Engine {

    private static final String CRYSTAL_SMEARING = "crystal_smearing";

    private static final Pattern CLOCK = Pattern.compile(
            "(?i)^(date|arch|pid|cwd|python|gpaw|_gpaw|ase|numpy|scipy|libxc|units|cores|omp\\w*|openmp|user):|timing|memory usage"
                    + "|^\\s*\\S.*\\d+\\.\\d{3}\\s+\\d+\\.\\d{3}\\s+\\d+\\.\\d% |^total:|^ *File \"|Traceback");

    private static final Pattern ERROR = Pattern.compile("^(\\w+(?:\\.\\w+)*(?:Error|Exception)\\b.*)");

    @Override
    public String name() {
        return "gpaw";
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
                "vacuum",
                "kpoint_density",
                CRYSTAL_SMEARING,
                "smearing",
                "spin",
                "density_tolerance",
                "energy_tolerance");
    }

    /** Labels that were made before there was this setting keep their level. */
    @Override
    public boolean isOff(String key, JsonNode value) {
        return key.equals(CRYSTAL_SMEARING) && value.doubleValue() == 0;
    }

    @Override
    public void check(JsonNode settings) {
        SettingChecks.text(settings, "functional");
        if (!List.of("sum", "difference").contains(settings.get("mixer").asText())) {
            throw SettingChecks.wrong(
                    settings,
                    "mixer",
                    "must be sum (the spin density follows unmixed) or difference (it is mixed too)");
        }
        for (String key : List.of(
                "cutoff",
                "vacuum",
                "kpoint_density",
                "smearing",
                "density_tolerance",
                "energy_tolerance",
                "mixing",
                "mixing_weight")) {
            SettingChecks.positive(settings, key);
        }
        SettingChecks.between(settings, CRYSTAL_SMEARING, 0, 10);
        SettingChecks.atLeast(settings, "mixing_history", 1);
        SettingChecks.atLeast(settings, "davidson_iterations", 1);
        SettingChecks.atLeast(settings, "max_iterations", 1);
        SettingChecks.spin(settings);
    }

    @Override
    public void requireComputable(Structure structure, JsonNode settings) {
        // PAW data for an element that GPAW does not have are missed when the program is identified.
    }

    @Override
    public void write(Structure structure, JsonNode settings, Path folder) {
        ObjectNode input = ResultJson.input(structure);
        input.put(
                "unpaired_electrons",
                EngineLog.unpairedElectrons(structure, settings.get("spin"), EngineLog.protons(structure)));
        settings.properties().forEach(field -> {
            if (!field.getKey().equals("spin")) {
                input.set(field.getKey(), field.getValue());
            }
        });
        ResultJson.writeInput(input, folder);
    }

    @Override
    public Answer read(Path folder, Structure structure, JsonNode settings, int exitStatus) {
        List<String> log = EngineLog.lines(folder.resolve("gpaw.txt"));
        List<String> errors = EngineLog.lines(folder.resolve("engine.err"));
        String version = null;
        try {
            JsonNode result = ResultJson.read(folder);
            if (result == null) {
                throw noResult(exitStatus, errors, settings);
            }
            version = ResultJson.version(result);
            Label label = ResultJson.label(result, structure);
            if (label.stress() == null && fullyPeriodic(structure)) {
                throw new Refused(LabelFailure.Kind.CRASHED, "the stress of a periodic structure is missing");
            }
            return new Answer(label, null, version, ResultJson.data(result));
        } catch (Refused e) {
            return e.answer(EngineLog.tail(CLOCK, errors, log), version);
        }
    }

    private static Refused noResult(int exitStatus, List<String> errors, JsonNode settings) {
        if (exitStatus == 3) {
            return new Refused(
                    LabelFailure.Kind.NOT_CONVERGED,
                    "density not self-consistent within "
                            + settings.get("max_iterations").asText() + " iterations");
        }
        String cause = EngineLog.firstGroup(ERROR, errors);
        return new Refused(
                LabelFailure.Kind.CRASHED,
                "GPAW wrote no result and ended with exit status " + exitStatus
                        + (cause == null ? "" : ": " + EngineLog.printable(cause)));
    }

    private static boolean fullyPeriodic(Structure structure) {
        boolean[] periodic = structure.cell().periodic();
        return periodic[0] && periodic[1] && periodic[2];
    }
}
