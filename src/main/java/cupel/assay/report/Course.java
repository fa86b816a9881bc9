package cupel.assay.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.CampaignState;
import cupel.assay.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The course of a campaign as {@code generations.csv} has it: one row a generation. */
public final class Course {

    /** Columns; energies in meV/atom, forces in meV/angstrom. */
    public static final List<String> COLUMNS = List.of(
            "generation",
            "pool_size",
            "candidates",
            "screened_out",
            "duplicates",
            "labelled",
            "failed",
            "added",
            "test_energy_mae_mev",
            "test_force_mae_mev",
            "quiet");

    private Course() {}

    /**
     * The rows, each with one value a column: whole numbers, and test errors as text, empty where they are not known.
     *
     * @param tests outputs of {@code compare} by generation; a generation without one has empty cells
     */
    public static List<List<Object>> rows(CampaignState state, Map<Integer, ObjectNode> tests) {
        List<List<Object>> rows = new ArrayList<>();
        for (Generation row : state.generations()) {
            ObjectNode test = tests.get(row.generation());
            rows.add(List.of(
                    row.generation(),
                    row.poolSize(),
                    row.candidates(),
                    row.screenedOut(),
                    row.duplicates(),
                    row.labelled(),
                    row.failed(),
                    row.added(),
                    field(test, "/energy/mae_mev_per_atom"),
                    field(test, "/force/mae_mev_per_angstrom"),
                    row.quiet()));
        }
        return rows;
    }

    /** A number as it stands in the file; empty when there is none. */
    private static String field(ObjectNode test, String pointer) {
        JsonNode value = test == null ? null : test.at(pointer);
        return value == null || !value.isNumber() ? "" : value.asText();
    }
}
