package cupel.assay.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.figure.Names;
import cupel.assay.figure.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Campaigns side by side, for a page: how each ended and how they learnt. */
public final class OverviewReport {

    private static final String ENERGY = "test_energy_mae_mev";
    private static final String FORCE = "test_force_mae_mev";
    /** Classes of keys, as page.css has them; overview.js draws the lines in the same order. */
    private static final List<String> COLOURS = List.of("a", "b", "c");

    /**
     * A campaign that has ended.
     *
     * @param generations its {@code generations.csv}
     * @param stop its {@code stop.json}
     * @param test errors of its potential on the test set, as {@code compare} writes them, or null
     */
    public record Ended(Table generations, ObjectNode stop, ObjectNode test) {

        String name() {
            return stop.path("campaign").asText();
        }

        int sum(String column) {
            return generations.rows().stream()
                    .mapToInt(row -> row.count(column))
                    .sum();
        }

        double error(String pointer) {
            JsonNode value = test == null ? stop.path("test").at(pointer) : test.at(pointer);
            return value.isNumber() ? value.doubleValue() : Double.NaN;
        }
    }

    private final List<Ended> campaigns;
    private final Table steps;
    private final Table versions;
    private final JsonNode run;

    /**
     * A report.
     *
     * @param campaigns in the order in which they are listed
     * @param steps table of {@link cupel.assay.figure.CampaignCost}, or null
     * @param versions table with the columns program, version and detail, or null
     * @param run object with {@code command} and {@code parameters}, or null
     */
    public OverviewReport(List<Ended> campaigns, Table steps, Table versions, JsonNode run) {
        this.campaigns = List.copyOf(campaigns);
        this.steps = steps;
        this.versions = versions;
        this.run = run;
    }

    /** The page. */
    public String toHtml() {
        Map<String, Object> model = new HashMap<>();
        model.put("facts", facts());
        model.put("rows", rows());
        model.put("named", campaigns.size() <= COLOURS.size());
        model.put("keys", keys());
        model.put("hasTest", campaigns.stream().anyMatch(one -> !Double.isNaN(energy(one))));
        model.put("hasSteps", steps != null && !steps.isEmpty());
        model.put("steps", Costs.steps(steps));
        model.put("hasVersions", versions != null);
        model.put("versions", CampaignReport.versions(versions));
        model.put("licences", Libraries.licences(false));
        return Page.of(
                "overview.html",
                campaigns.size() + " campaigns \u00b7 Cupel",
                model,
                data(),
                run,
                List.of(Libraries.uPlot(), Page.own("plots.js"), Page.own("overview.js")));
    }

    /** The colours of the lines, for as many campaigns as there are colours; more are told apart at the pointer. */
    private List<Map<String, String>> keys() {
        List<Map<String, String>> keys = new ArrayList<>();
        for (int k = 0; k < Math.min(campaigns.size(), COLOURS.size()); k++) {
            keys.add(Map.of("colour", COLOURS.get(k), "name", campaigns.get(k).name()));
        }
        return keys;
    }

    private static double energy(Ended campaign) {
        return campaign.error("/energy/mae_mev_per_atom");
    }

    private static double force(Ended campaign) {
        return campaign.error("/force/mae_mev_per_angstrom");
    }

    private List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        facts.add(fact(campaigns.size(), "campaigns", ""));
        facts.add(fact(
                campaigns.stream()
                        .filter(one -> one.stop().path("rule").asText().equals("patience"))
                        .count(),
                "of them converged",
                ""));
        facts.add(fact(sum("labelled"), "labels", ""));
        facts.add(fact(sum("failed"), "calculations failed", ""));
        double[] errors = campaigns.stream()
                .mapToDouble(OverviewReport::energy)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (errors.length > 0) {
            double middle = (errors[(errors.length - 1) / 2] + errors[errors.length / 2]) / 2;
            facts.add(fact(Shown.number(middle, 1), "energy error on the test set, median", "meV/atom"));
            facts.add(fact(
                    Shown.number(errors[0], 1) + "\u2013"
                            + Shown.number(Arrays.stream(errors).max().getAsDouble(), 1),
                    "best and worst",
                    "meV/atom"));
        }
        return facts;
    }

    private int sum(String column) {
        return campaigns.stream().mapToInt(one -> one.sum(column)).sum();
    }

    private static Map<String, Object> fact(Object value, String name, String unit) {
        return Map.of("value", value.toString(), "name", name, "unit", unit);
    }

    private List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Ended one : campaigns) {
            JsonNode numbers = one.stop().path("numbers");
            String folder =
                    URLEncoder.encode(one.name(), StandardCharsets.UTF_8).replace("+", "%20");
            rows.add(Map.of(
                    "campaign", one.name(),
                    "href", "./" + folder + "/report.html",
                    "reason", one.stop().path("reason").asText(),
                    "statusClass", one.stop().path("rule").asText().equals("patience") ? "converged" : "stopped",
                    "generations", one.generations().rows().size(),
                    "pool", numbers.path("pool_size").asText(Shown.UNKNOWN),
                    "labels", one.sum("labelled"),
                    "failed", one.sum("failed"),
                    "energy", cell(energy(one), 1),
                    "force", cell(force(one), 0)));
        }
        return rows;
    }

    private static Map<String, Object> cell(double value, int decimals) {
        return Shown.cell(Double.isFinite(value) ? (Object) value : "", decimals);
    }

    private ObjectNode data() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode list = data.putArray("campaigns");
        for (Ended one : campaigns) {
            ObjectNode node = list.addObject();
            node.put("name", Names.shown(one.name()));
            for (String column : List.of("generation", "labels", "pool", "energy", "force")) {
                node.putArray(column);
            }
            int labels = 0;
            for (Table.Row row : one.generations().rows()) {
                // A generation's potential was trained before the labels of the generation were there.
                node.withArray("labels").add(labels);
                labels += row.count("labelled");
                node.withArray("generation").add(row.count("generation"));
                node.withArray("pool").add(row.count("pool_size"));
                error(node.withArray("energy"), row.number(ENERGY));
                error(node.withArray("force"), row.number(FORCE));
            }
        }
        return data;
    }

    private static void error(ArrayNode list, double value) {
        if (Double.isFinite(value)) {
            list.add(Shown.rounded(value, 3));
        } else {
            list.addNull();
        }
    }
}
