package cupel.assay.report;

import cupel.assay.figure.CampaignCost;
import cupel.assay.figure.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of reference calculations and of the steps of a run, for people. */
final class Costs {

    private static final String KNOWN = "known";
    private static final String LABELLED = "labelled";

    private final Map<Integer, double[]> sizes = new TreeMap<>();
    private int calculations;
    private int failed;
    private int known;
    private double seconds;
    private double saved;

    private Costs() {}

    /** Sums of tables with the columns atoms, seconds and outcome, one row a calculation. */
    static Costs of(List<Table> tables) {
        Costs costs = new Costs();
        for (Table table : tables) {
            for (Table.Row row : table.rows()) {
                double[] size = costs.sizes.computeIfAbsent(row.count("atoms"), none -> new double[3]);
                if (row.text("outcome").equals(KNOWN)) {
                    costs.known++;
                    size[2]++;
                } else {
                    costs.calculations++;
                    costs.failed += row.text("outcome").equals(LABELLED) ? 0 : 1;
                    costs.seconds += row.known("seconds");
                    size[0]++;
                    size[1] += row.known("seconds");
                }
            }
        }
        // A label from the store would have cost what others of its size did cost, where there were any.
        for (double[] size : costs.sizes.values()) {
            costs.saved += size[0] > 0 ? size[2] * size[1] / size[0] : 0;
        }
        return costs;
    }

    List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        facts.add(fact(String.valueOf(calculations), calculations == 1 ? "calculation" : "calculations"));
        facts.add(fact(Shown.time(seconds), "processor time of the reference"));
        facts.add(fact(String.valueOf(failed), "of them failed"));
        facts.add(fact(String.valueOf(known), known == 1 ? "label from the store" : "labels from the store"));
        if (saved > 0) {
            facts.add(fact("\u2248\u2009" + Shown.time(saved), "saved by the store"));
        }
        return facts;
    }

    private static Map<String, Object> fact(String value, String name) {
        return Map.of("value", value, "name", name, "unit", "");
    }

    List<Map<String, Object>> bySize() {
        List<Map<String, Object>> rows = new ArrayList<>();
        sizes.forEach((size, sums) -> rows.add(Map.of(
                "size",
                size,
                "calculations",
                (int) sums[0],
                "known",
                (int) sums[2],
                "mean",
                Shown.time(sums[0] > 0 ? sums[1] / sums[0] : Double.NaN),
                "time",
                Shown.time(sums[1]))));
        return rows;
    }

    /** Rows of a table of {@link CampaignCost}, each with its share of the dearest in percent. */
    static List<Map<String, Object>> steps(Table steps) {
        List<Map<String, Object>> rows = new ArrayList<>();
        double most = 0;
        for (Table.Row row : steps == null ? List.<Table.Row>of() : steps.rows()) {
            most = Math.max(most, row.known("cpu_seconds"));
            rows.add(Map.of(
                    "step", row.text("step").replace('_', ' ').toLowerCase(java.util.Locale.ROOT),
                    "tasks", row.count("tasks"),
                    "cpu", Shown.time(row.known("cpu_seconds")),
                    "share", Shown.number(most > 0 ? 100 * row.known("cpu_seconds") / most : 0, 1),
                    "reference", row.text("kind").equals(CampaignCost.REFERENCE)));
        }
        return rows;
    }
}
