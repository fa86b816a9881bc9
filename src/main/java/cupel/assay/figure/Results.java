package cupel.assay.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cupel.assay.LevelOfTheory;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables below a folder: CSV files with one of the names of {@link #TABLES}, at any depth. Those with the same name, of
 * different sources, are one table, in the order of their paths. Correlations are made of the structures that
 * {@code compare --predictions} wrote, files called {@code predictions.xyz} or {@code SET_predictions.xyz}.
 */
public final class Results {

    static final List<String> CORRELATION =
            List.of("source", "set", "size", "reference_energy_per_atom", "energy_per_atom");
    static final List<String> FORCES = List.of("source", "set", "size", "reference_force", "force");

    /** Names of the tables, without {@code .csv}, with the columns that each must have. */
    public static final Map<String, List<String>> TABLES = tables();

    private static final String PREDICTIONS = "predictions.xyz";
    private static final String SOURCE = "potential";

    private final Map<String, Table> tables;
    private final Set<String> levels;

    private Results(Map<String, Table> tables, Set<String> levels) {
        this.tables = tables;
        this.levels = levels;
    }

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        tables.put("correlation", CORRELATION);
        tables.put("force_correlation", FORCES);
        tables.put(
                "isomers",
                List.of(
                        "source",
                        "size",
                        "isomer",
                        "energy_per_atom",
                        "relative_energy",
                        "rmsd",
                        "largest_force",
                        "planarity"));
        tables.put(
                "equation_of_state",
                List.of("source", "crystal", "volume_per_atom", "lattice_constant", "energy_per_atom"));
        tables.put(
                "polymorphs",
                List.of(
                        "source",
                        "crystal",
                        "lattice_constant",
                        "energy_above_fcc",
                        "cohesive_energy",
                        "bulk_modulus"));
        tables.put("elastic_constants", List.of("source", "constant", "value"));
        tables.put("strains", List.of("source", "strain", "delta", "energy_per_volume"));
        tables.put("replicas", CampaignCurves.REPLICAS);
        tables.put("replica_spread", CampaignCurves.SPREAD);
        tables.put(
                "minima",
                List.of("source", "size", "rank", "energy_per_atom", "relative_energy", "planarity", "found_by"));
        tables.put("growth", List.of("source", "size", "sweep", "energy_per_atom", "planarity"));
        tables.put("lindemann", List.of("source", "size", "temperature", "lindemann", "standard_error"));
        tables.put("conservation", List.of("source", "step_fs", "drift_mev_per_atom_per_ps", "rms_mev_per_atom"));
        tables.put("cost", List.of("step", "tasks", "cpu_seconds"));
        return Collections.unmodifiableMap(tables);
    }

    /**
     * Reads what is there.
     *
     * @param folder searched at any depth; folders called {@code work} and hidden ones are passed over
     * @param except a folder that is passed over too, because this run writes it; or null
     */
    public static Results read(Path folder, Path except) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": no such folder");
        }
        Map<String, List<Table>> found = new LinkedHashMap<>();
        TABLES.keySet().forEach(name -> found.put(name, new ArrayList<>()));
        Set<String> levels = new LinkedHashSet<>();
        for (Path file : files(folder, except)) {
            String name = file.getFileName().toString();
            String table = name.replaceFirst("\\.csv$", "");
            if (name.endsWith(".csv") && TABLES.containsKey(table)) {
                found.get(table).add(Table.read(file, TABLES.get(table)));
            } else if (name.equals(PREDICTIONS) || name.endsWith("_" + PREDICTIONS)) {
                List<Structure> structures = ExtendedXyz.read(file);
                String set =
                        name.equals(PREDICTIONS) ? "test" : name.substring(0, name.length() - PREDICTIONS.length() - 1);
                found.get("correlation").add(energies(structures, set, file));
                found.get("force_correlation").add(forces(structures, set));
                addLevel(levels, LevelOfTheory.of(structures, file.toString()));
            } else if (name.equals("test.json")) {
                JsonNode json = JsonMapper.builder().build().readTree(Files.readAllBytes(file));
                addLevel(levels, json.path("level").textValue());
            }
        }
        Map<String, Table> tables = new LinkedHashMap<>();
        found.forEach((name, parts) -> {
            if (parts.stream().anyMatch(part -> !part.isEmpty())) {
                tables.put(name, Table.together(columns(name, parts), parts));
            }
        });
        return new Results(tables, Collections.unmodifiableSet(levels));
    }

    private static void addLevel(Set<String> levels, String level) {
        if (level != null && levels.stream().noneMatch(known -> LevelOfTheory.areOne(known, level))) {
            levels.add(level);
        }
    }

    /** All columns that every part has: those required, then others. */
    private static List<String> columns(String name, List<Table> parts) {
        Set<String> columns = new LinkedHashSet<>(TABLES.get(name));
        columns.addAll(parts.get(0).columns());
        parts.forEach(part -> columns.retainAll(part.columns()));
        return List.copyOf(columns);
    }

    private static List<Path> files(Path folder, Path except) throws IOException {
        Path passedOver = except != null && Files.exists(except) ? except.toRealPath() : null;
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder,
                Set.of(java.nio.file.FileVisitOption.FOLLOW_LINKS),
                Integer.MAX_VALUE,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes)
                            throws IOException {
                        String name = String.valueOf(inside.getFileName());
                        boolean skip = !inside.equals(folder)
                                && (name.equals("work")
                                        || name.startsWith(".")
                                        || name.matches("generation_\\d+")
                                        || inside.toRealPath().equals(passedOver));
                        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(
                Comparator.comparing(file -> folder.relativize(file).toString().replace('\\', '/')));
        return files;
    }

    /** Energies of structures with labels and the prediction {@code NN_energy}, per atom. */
    static Table energies(List<Structure> structures, String set, Path file) {
        List<List<?>> rows = new ArrayList<>();
        for (int s = 0; s < structures.size(); s++) {
            Structure structure = structures.get(s);
            Object predicted = structure.info().get("NN_energy");
            if (structure.label() == null || !(predicted instanceof Number energy)) {
                throw new InputException(file + ": structure " + (s + 1)
                        + " must have a label and the note NN_energy; write the file with compare --predictions");
            }
            rows.add(List.of(
                    SOURCE,
                    set,
                    structure.size(),
                    structure.label().energy() / structure.size(),
                    energy.doubleValue() / structure.size()));
        }
        return Table.of(CORRELATION, rows);
    }

    /** Force components of structures with labels and predictions, eV/angstrom. */
    static Table forces(List<Structure> structures, String set) {
        List<List<?>> rows = new ArrayList<>();
        for (Structure structure : structures) {
            double[] reference = structure.label().forces();
            var predicted = structure.arrays().get("NN_forces");
            if (reference != null && predicted != null) {
                double[] force = predicted.reals();
                for (int i = 0; i < reference.length; i++) {
                    rows.add(List.of(SOURCE, set, structure.size(), reference[i], force[i]));
                }
            }
        }
        return Table.of(FORCES, rows);
    }

    /** A table, or null when there is none, or none with rows. */
    public Table table(String name) {
        return tables.get(name);
    }

    /** Names of the tables that are there. */
    public Set<String> names() {
        return Collections.unmodifiableSet(tables.keySet());
    }

    /** Levels of theory of the labels that potentials were tested on; none when nobody noted them. */
    public Set<String> levels() {
        return levels;
    }
}
