package cupel.assay.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.assay.CampaignState;
import cupel.assay.Comparison;
import cupel.assay.Decision;
import cupel.assay.ErrorStatistics;
import cupel.assay.Generation;
import cupel.assay.figure.Names;
import cupel.assay.figure.Table;
import cupel.sampling.CovalentRadii;
import cupel.structure.ContentHash;
import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A campaign that runs or has ended, for a page: why it stopped, how it learnt, how well it does, its structures, what it cost.
 *
 * <p>Numbers of the tables are those of {@link Course} and {@link Comparison}, exact in the page's {@code value} attributes and
 * rounded to be read. Of large sets the page draws an even selection, the largest errors first; statistics are those of all.
 */
public final class CampaignReport {

    private static final int MOST_POINTS = 3000;
    private static final int MOST_STRUCTURES = 1000;
    private static final int MOST_TESTED = 30;
    private static final int LONGEST = 400;
    private static final double MILLI = 1000;
    private static final double HALF = 0.5;
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private final CampaignState state;
    private final Map<Integer, ObjectNode> tests;
    private final Comparison pool;
    private Comparison test;
    private List<Structure> labelled = List.of();
    private List<Structure> failed = List.of();
    private List<Table> costs = List.of();
    private Table steps;
    private Table versions;
    private JsonNode run;
    private Long seed;

    private final ObjectNode data = JsonNodeFactory.instance.objectNode();
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * The least that a report is made of.
     *
     * @param state after the last generation so far
     * @param tests outputs of {@code compare} on the test set by generation, may be none
     * @param pool the potential against the labels of the pool
     */
    public CampaignReport(CampaignState state, Map<Integer, ObjectNode> tests, Comparison pool) {
        this.state = state;
        this.tests = tests;
        this.pool = pool;
    }

    /** With the potential against the labels of a test set. */
    public CampaignReport withTest(Comparison tested) {
        this.test = tested;
        return this;
    }

    /** With all labels that were paid for, and the calculations that failed. */
    public CampaignReport withLabels(List<Structure> succeeded, List<Structure> unsuccessful) {
        this.labelled = List.copyOf(succeeded);
        this.failed = List.copyOf(unsuccessful);
        return this;
    }

    /**
     * With what it cost.
     *
     * @param ofLabels tables with the columns atoms, seconds and outcome, one row a calculation
     * @param ofSteps table of {@link cupel.assay.figure.CampaignCost}, or null
     */
    public CampaignReport withCosts(List<Table> ofLabels, Table ofSteps) {
        this.costs = List.copyOf(ofLabels);
        this.steps = ofSteps;
        return this;
    }

    /**
     * With where it comes from.
     *
     * @param ofPrograms table with the columns program, version and detail, or null
     * @param random seed of the campaign, or null
     * @param command object with {@code command} and {@code parameters}, or null
     */
    public CampaignReport withOrigin(Table ofPrograms, Long random, JsonNode command) {
        this.versions = ofPrograms;
        this.seed = random;
        this.run = command;
        return this;
    }

    /** The page. */
    public String toHtml() {
        Map<String, Object> model = model();
        data.put("campaign", Names.shown(state.campaign()));
        data.set("course", course());
        ArrayNode sets = data.putArray("sets");
        structures();
        if (test != null) {
            sets.add(set("test", test));
        }
        sets.add(set("pool", pool));
        data.set("levels", levels());
        return Page.of(
                "campaign.html",
                Names.shown(state.campaign()) + " \u00b7 Cupel",
                model,
                data,
                run,
                List.of(
                        Libraries.uPlot(),
                        Libraries.three(),
                        Page.own("plots.js"),
                        Page.own("structures.js"),
                        Page.own("campaign.js")));
    }

    private Map<String, Object> model() {
        Decision decision = state.decision();
        Map<String, Object> model = new HashMap<>();
        model.put("campaign", state.campaign());
        model.put("generation", state.generation());
        boolean stopped = decision != null && decision.stop();
        boolean converged = stopped && decision.rule() == Decision.Rule.PATIENCE;
        model.put("status", converged ? "Converged" : stopped ? "Not converged" : "Running");
        model.put("statusClass", converged ? "converged" : stopped ? "stopped" : "running");
        model.put("reason", decision == null ? "No generation has been judged yet." : Shown.reason(decision.reason()));
        model.put("numbers", numbers(decision));
        model.put("facts", facts());
        model.put("rows", rows());
        model.put("hasTest", test != null);
        model.put("hasTests", !tests.isEmpty());
        model.put("errors", errors());
        model.put("sizes", sizes(test == null ? pool : test));
        model.put("sizesOf", test == null ? "pool" : "test set");
        model.put("failures", failures());
        model.put("hasFailures", !failed.isEmpty());
        model.put("failedCount", failed.size());
        Costs cost = Costs.of(costs);
        model.put("cost", cost.facts());
        model.put("hasCost", costs.stream().anyMatch(table -> !table.isEmpty()));
        model.put("costSizes", cost.bySize());
        model.put("hasSteps", steps != null && !steps.isEmpty());
        model.put("steps", Costs.steps(steps));
        model.put("versions", versions(versions));
        model.put("hasVersions", versions != null);
        model.put("seed", seed == null ? "" : seed.toString());
        model.put("hasSeed", seed != null);
        model.put("level", pool.level() == null ? "not noted" : pool.level());
        model.put("licences", Libraries.licences(true));
        return model;
    }

    private static List<Map<String, Object>> numbers(Decision decision) {
        List<Map<String, Object>> numbers = new ArrayList<>();
        if (decision != null) {
            decision.numbers().properties().forEach(number -> {
                if (!number.getValue().isNull()) {
                    numbers.add(Map.of(
                            "name",
                            number.getKey().replace('_', ' '),
                            "value",
                            number.getValue().asText()));
                }
            });
        }
        return numbers;
    }

    private List<Map<String, Object>> facts() {
        List<Map<String, Object>> facts = new ArrayList<>();
        facts.add(fact(state.generation(), state.generation() == 1 ? "generation" : "generations", ""));
        facts.add(fact(pool.compared().size(), "structures in the pool", ""));
        facts.add(fact(state.labels(), "labels", ""));
        facts.add(fact(state.failures(), "calculations failed", ""));
        Comparison judged = test == null ? pool : test;
        String of = test == null ? "on the pool" : "on the test set";
        facts.add(fact(Shown.number(judged.all().energy().mae(), 1), "energy error " + of, "meV/atom"));
        if (judged.all().forces().n() > 0) {
            facts.add(fact(Shown.number(judged.all().forces().mae(), 0), "force error " + of, "meV/\u00c5"));
        }
        return facts;
    }

    private static Map<String, Object> fact(Object value, String name, String unit) {
        return Map.of("value", value.toString(), "name", name, "unit", unit);
    }

    private List<Map<String, Object>> rows() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<Object> row : Course.rows(state, tests)) {
            List<Map<String, Object>> cells = new ArrayList<>();
            for (int k = 0; k < row.size(); k++) {
                Map<String, Object> cell = new HashMap<>(Shown.cell(row.get(k), 1));
                cell.put("column", Course.COLUMNS.get(k));
                cells.add(cell);
            }
            rows.add(Map.of("cells", cells));
        }
        return rows;
    }

    private List<Map<String, Object>> errors() {
        List<Map<String, Object>> errors = new ArrayList<>();
        if (test != null) {
            errors.addAll(errors("Test set", test));
        }
        errors.addAll(errors("Pool", pool));
        return errors;
    }

    private static List<Map<String, Object>> errors(String name, Comparison comparison) {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(error(name, "energy per atom", "meV", comparison.all().energy(), 1));
        if (comparison.all().forces().n() > 0) {
            rows.add(error(
                    name, "force components", "meV/\u00c5", comparison.all().forces(), 0));
        }
        return rows;
    }

    private static Map<String, Object> error(
            String set, String what, String unit, ErrorStatistics errors, int decimals) {
        return Map.of(
                "set", set,
                "what", what,
                "unit", unit,
                "n", errors.n(),
                "mae", Shown.number(errors.mae(), decimals),
                "rmse", Shown.number(errors.rmse(), decimals),
                "largest", Shown.number(errors.largest(), decimals),
                "r2", Shown.number(errors.r2(), 4));
    }

    private static List<Map<String, Object>> sizes(Comparison comparison) {
        List<Map<String, Object>> rows = new ArrayList<>();
        comparison
                .bySize()
                .forEach((size, errors) -> rows.add(Map.of(
                        "size", size,
                        "structures", errors.structures(),
                        "energy", Shown.number(errors.energy().mae(), 1),
                        "rmse", Shown.number(errors.energy().rmse(), 1),
                        "force", Shown.number(errors.forces().mae(), 0))));
        return rows;
    }

    private List<Map<String, Object>> failures() {
        Map<String, List<Structure>> reasons = new LinkedHashMap<>();
        for (Structure structure : failed) {
            // Reasons that differ in their numbers alone are one.
            String reason = text(structure, "failure", "failed") + "\n"
                    + NUMBER.matcher(text(structure, "reason", "")).replaceAll("#");
            reasons.computeIfAbsent(reason, none -> new ArrayList<>()).add(structure);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        reasons.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .forEach(entry -> {
                    Structure first = entry.getValue().get(0);
                    TreeSet<Integer> sizes = new TreeSet<>();
                    entry.getValue().forEach(structure -> sizes.add(structure.size()));
                    rows.add(Map.of(
                            "count", entry.getValue().size(),
                            "kind", text(first, "failure", "failed").replace('_', ' '),
                            "reason", text(first, "reason", ""),
                            "several", entry.getValue().size() > 1,
                            "log", text(first, "log", ""),
                            "sizes",
                                    sizes.first().equals(sizes.last())
                                            ? sizes.first().toString()
                                            : sizes.first() + "\u2013" + sizes.last()));
                });
        return rows;
    }

    /** Lines of {@code versions.tsv}, for people. */
    static List<Map<String, Object>> versions(Table versions) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (versions != null) {
            for (Table.Row row : versions.rows()) {
                rows.add(Map.of(
                        "program", row.text("program"), "version", row.text("version"), "detail", row.text("detail")));
            }
        }
        return rows;
    }

    private ObjectNode course() {
        ObjectNode course = data.objectNode();
        for (String column : Course.COLUMNS) {
            course.putArray(column);
        }
        for (List<Object> row : Course.rows(state, tests)) {
            for (int k = 0; k < row.size(); k++) {
                ArrayNode values = (ArrayNode) course.get(Course.COLUMNS.get(k));
                String text = row.get(k).toString();
                if (text.isEmpty()) {
                    values.addNull();
                } else {
                    number(values, Double.parseDouble(text), 6);
                }
            }
        }
        ArrayNode fresh = course.putArray("new_label_energy_mae_mev");
        for (Generation row : state.generations()) {
            number(fresh, row.energyMae(), 6);
        }
        return course;
    }

    private ObjectNode set(String name, Comparison comparison) {
        ObjectNode set = data.objectNode();
        set.put("name", name);
        set.put("structures", comparison.compared().size());
        statistics(set.putObject("energy"), comparison.all().energy());
        statistics(set.putObject("force"), comparison.all().forces());
        energies(set.putObject("energies"), name, comparison);
        forces(set.putObject("forces"), comparison);
        ObjectNode sizes = set.putObject("sizes");
        for (String column : List.of("size", "structures", "energy", "force")) {
            sizes.putArray(column);
        }
        comparison.bySize().forEach((size, errors) -> {
            sizes.withArray("size").add(size);
            sizes.withArray("structures").add(errors.structures());
            number(sizes.withArray("energy"), errors.energy().mae(), 3);
            number(sizes.withArray("force"), errors.forces().mae(), 3);
        });
        return set;
    }

    private static void statistics(ObjectNode node, ErrorStatistics errors) {
        node.put("n", errors.n());
        node.put("mae", Shown.number(errors.mae(), 1));
        node.put("rmse", Shown.number(errors.rmse(), 1));
        node.put("r2", Shown.number(errors.r2(), 4));
    }

    /** Energies per atom in eV, network over reference, and where among the structures each is, -1 for those that are not. */
    private void energies(ObjectNode node, String set, Comparison comparison) {
        List<Comparison.Compared> points = new ArrayList<>();
        for (Comparison.Compared one : comparison.compared()) {
            if (Double.isFinite(one.energyError())) {
                points.add(one);
            }
        }
        points.sort(Comparator.comparingDouble(one -> -Math.abs(one.energyError())));
        for (String column : List.of("reference", "network", "structure")) {
            node.putArray(column);
        }
        for (int k : selection(points.size())) {
            Comparison.Compared one = points.get(k);
            int size = one.structure().size();
            number(node.withArray("reference"), one.structure().label().energy() / size, 4);
            number(node.withArray("network"), one.prediction().energy() / size, 4);
            node.withArray("structure").add(places.getOrDefault(set + " " + sid(one.structure()), -1));
        }
    }

    /** Force components in eV/angstrom. */
    private static void forces(ObjectNode node, Comparison comparison) {
        List<double[]> points = new ArrayList<>();
        for (Comparison.Compared one : comparison.compared()) {
            double[] reference = one.structure().label().forces();
            for (int i = 0; reference != null && i < reference.length; i++) {
                double network = one.prediction().forces()[i];
                if (Double.isFinite(network)) {
                    points.add(new double[] {reference[i], network});
                }
            }
        }
        points.sort(Comparator.comparingDouble(point -> -Math.abs(point[1] - point[0])));
        node.putArray("reference");
        node.putArray("network");
        for (int k : selection(points.size())) {
            number(node.withArray("reference"), points.get(k)[0], 3);
            number(node.withArray("network"), points.get(k)[1], 3);
        }
    }

    /** Which of so many, in order, are drawn: all, or the first tenth of the most that can be and of the rest every so many. */
    static int[] selection(int count) {
        if (count <= MOST_POINTS) {
            int[] all = new int[count];
            for (int k = 0; k < count; k++) {
                all[k] = k;
            }
            return all;
        }
        int first = MOST_POINTS / 10;
        int[] some = new int[MOST_POINTS];
        for (int k = 0; k < MOST_POINTS; k++) {
            some[k] = k < first ? k : first + (int) ((k - first + HALF) * (count - first) / (MOST_POINTS - first));
        }
        return some;
    }

    /** Structures that are shown in space, those of the test set first, each set with its largest errors first. */
    private void structures() {
        ArrayNode list = data.putArray("structures");
        Set<Integer> elements = new TreeSet<>();
        if (test != null) {
            structures(list, elements, "test", test, MOST_TESTED);
        }
        structures(list, elements, "pool", pool, MOST_STRUCTURES);
        ObjectNode table = data.putObject("elements");
        for (int element : elements) {
            double radius = CovalentRadii.of(element);
            table.put(Elements.symbol(element), Double.isNaN(radius) ? 1.5 : radius);
        }
    }

    private void structures(ArrayNode list, Set<Integer> elements, String set, Comparison comparison, int most) {
        for (Comparison.Compared one : comparison.largestEnergyErrors(most)) {
            Structure structure = one.structure();
            places.putIfAbsent(set + " " + sid(structure), list.size());
            ObjectNode node = list.addObject();
            node.put("set", set);
            node.put("sid", Names.shown(sid(structure), LONGEST));
            node.put("formula", formula(structure));
            node.put("size", structure.size());
            node.put("energy", Shown.number(structure.label().energy() / structure.size(), 3));
            node.put("error", Shown.number(one.energyError(), 1));
            node.put("force", Shown.number(one.forceError(), 0));
            ObjectNode notes = node.putObject("notes");
            for (String note : List.of("generation", "sampler", "walker", "kind", "joined_for")) {
                if (structure.info().containsKey(note)) {
                    notes.put(note, Names.shown(structure.info().get(note).toString()));
                }
            }
            ArrayNode species = node.putArray("species");
            // One symbol stands for all atoms when they are of one element.
            int named = uniform(structure) ? 1 : structure.size();
            for (int atom = 0; atom < named; atom++) {
                elements.add(structure.atomicNumber(atom));
                species.add(Elements.symbol(structure.atomicNumber(atom)));
            }
            ArrayNode positions = node.putArray("positions");
            double[] centre = centre(structure);
            for (int atom = 0; atom < structure.size(); atom++) {
                for (int axis = 0; axis < 3; axis++) {
                    number(positions, structure.position(atom, axis) - centre[axis], 3);
                }
            }
            if (!structure.cell().isNone()) {
                ArrayNode cell = node.putArray("cell");
                for (double component : structure.cell().vectors()) {
                    number(cell, component, 3);
                }
                ArrayNode origin = node.putArray("origin");
                for (double component : centre) {
                    number(origin, -component, 3);
                }
            }
        }
    }

    private static boolean uniform(Structure structure) {
        for (int atom = 1; atom < structure.size(); atom++) {
            if (structure.atomicNumber(atom) != structure.atomicNumber(0)) {
                return false;
            }
        }
        return true;
    }

    private static double[] centre(Structure structure) {
        double[] centre = new double[3];
        for (int atom = 0; atom < structure.size(); atom++) {
            for (int axis = 0; axis < 3; axis++) {
                centre[axis] += structure.position(atom, axis) / structure.size();
            }
        }
        return centre;
    }

    /** Elements in the order of their symbols, each with its number: Ag2Au11. */
    private static String formula(Structure structure) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int atom = 0; atom < structure.size(); atom++) {
            counts.merge(Elements.symbol(structure.atomicNumber(atom)), 1, Integer::sum);
        }
        StringBuilder formula = new StringBuilder();
        counts.forEach((symbol, count) -> formula.append(symbol).append(count == 1 ? "" : count.toString()));
        return formula.toString();
    }

    /** Reference energies above the lowest of the same composition, eV/atom, of all labels, the pool's marked. */
    private ObjectNode levels() {
        Map<String, Structure> all = new LinkedHashMap<>();
        Set<String> inPool = new HashSet<>();
        for (Comparison.Compared one : pool.compared()) {
            all.put(sid(one.structure()), one.structure());
            inPool.add(sid(one.structure()));
        }
        for (Structure structure : labelled) {
            if (structure.label() != null
                    && !"IsolatedAtom".equals(structure.info().get("config_type"))) {
                all.putIfAbsent(sid(structure), structure);
            }
        }
        Map<String, Double> lowest = new TreeMap<>();
        all.values().forEach(structure -> lowest.merge(formula(structure), perAtom(structure), Math::min));
        List<String> sids = new ArrayList<>(all.keySet());
        sids.sort(Comparator.comparingDouble(sid -> perAtom(all.get(sid)) - lowest.get(formula(all.get(sid)))));
        ObjectNode levels = data.objectNode();
        for (String column : List.of("size", "energy", "pool")) {
            levels.putArray(column);
        }
        for (int k : selection(sids.size())) {
            Structure structure = all.get(sids.get(k));
            levels.withArray("size").add(structure.size());
            number(levels.withArray("energy"), perAtom(structure) - lowest.get(formula(structure)), 4);
            levels.withArray("pool").add(inPool.contains(sids.get(k)) ? 1 : 0);
        }
        levels.put("labels", all.size());
        return levels;
    }

    private static double perAtom(Structure structure) {
        return structure.label().energy() / structure.size();
    }

    private static String sid(Structure structure) {
        Object sid = structure.info().get("sid");
        return sid == null ? ContentHash.of(structure) : sid.toString();
    }

    private static String text(Structure structure, String note, String otherwise) {
        Object value = structure.info().get(note);
        return value == null ? otherwise : Names.shown(value.toString(), LONGEST);
    }

    private static void number(ArrayNode list, double value, int decimals) {
        double rounded = Shown.rounded(value, decimals);
        if (Double.isNaN(rounded)) {
            list.addNull();
        } else if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e9) {
            list.add((int) rounded);
        } else {
            list.add(rounded);
        }
    }
}
