package cupel.assay.figure;

import cupel.assay.ErrorStatistics;
import cupel.assay.cluster.ClusterGeometry;
import cupel.reference.Level;
import cupel.structure.AtomicFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Loeffler et al. (2020) and Cupel side by side: for each figure and table of the paper what it has, what these results have, how far
 * apart they are, and why. Reasons are only given where the results themselves show them: the level of theory of the labels, the
 * structures of the test set, how far the results' own reference is from the paper's. What is missing is said to be missing.
 */
public final class Paper {

    /** Columns of {@code comparison.csv}. */
    public static final List<String> COLUMNS =
            List.of("place", "quantity", "unit", "source", "paper", "ours", "difference", "ratio");

    private static final String REFERENCE = "reference";

    /** Names that measurements give classical models by themselves. */
    private static final Set<String> CLASSICAL = Set.of("gupta", "sutton-chen", "eam");

    /** One number of the paper beside one of ours; unknown as NaN. */
    private record Beside(Published.Quantity paper, String source, double ours) {

        List<?> cells() {
            return List.of(
                    paper.place() + (paper.of().equals(REFERENCE) ? ", its reference" : ""),
                    paper.what(),
                    paper.unit(),
                    source,
                    number(paper.value()),
                    number(ours),
                    Double.isNaN(ours) ? "" : number(ours - paper.value()),
                    Double.isNaN(ours) || paper.value() == 0 ? "" : number(ours / paper.value()));
        }
    }

    private final Published published = Published.loeffler2020();
    private final Results results;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<Beside> all = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final StringBuilder page = new StringBuilder();

    private Paper(Results results) {
        this.results = results;
        for (String name : Figures.names()) {
            Figure figure = Figures.of(name, results);
            if (figure != null) {
                figures.put(name, figure);
            }
        }
        write();
    }

    /** The paper beside these results. */
    public static Paper beside(Results results) {
        return new Paper(results);
    }

    /** The page, Markdown. */
    public String page() {
        return page.toString().replaceAll("\n{3,}", "\n\n");
    }

    /** Every comparison of the page, with the same numbers. */
    public Table comparison() {
        return Table.of(COLUMNS, all.stream().map(Beside::cells).toList());
    }

    /** What the results do not have, one sentence each. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** Figures that could be drawn, by name. */
    public Map<String, Figure> figures() {
        return figures;
    }

    /** Writes {@code paper.md}, {@code figures/} as SVG and PNG, and {@code tables/} as CSV. */
    public void write(Path folder) {
        figures.values().forEach(figure -> Drawing.write(figure, folder.resolve("figures")));
        for (String name : results.names()) {
            results.table(name).write(folder.resolve("tables").resolve(name + ".csv"));
        }
        comparison().write(folder.resolve("tables").resolve("comparison.csv"));
        AtomicFile.write(folder.resolve("paper.md"), page());
    }

    // The page

    private void write() {
        line("# Loeffler et al. (2020) and Cupel");
        line("");
        line("The paper: " + published.text("authors") + ", \""
                + published.text("title").replace("&", "&amp;") + "\", "
                + published.text("journal") + ", doi:" + published.text("doi") + ", arXiv:" + published.text("arxiv")
                + ". Its reference is " + published.text("functional") + " with "
                + published.text("program").toUpperCase(Locale.ROOT) + ".");
        line("");
        line(levels());
        line("");
        line(
                "Numbers are rounded to four digits; `tables/comparison.csv` has the rows of this page, the other files in `tables/` all digits.");
        line("The paper's numbers: *abstract*, " + published.sources().get("abstract") + "; everything else, "
                + published.sources().get("notes") + ".");
        testErrors();
        isomers();
        equationOfState();
        activeAgainstRandom();
        replicas();
        bulk();
        minima();
        dynamics();
        cost();
        line("");
        line("## What is missing");
        line("");
        if (missing.isEmpty()) {
            line("Nothing: every part has its figure or table.");
        }
        for (String one : missing) {
            line("- " + one);
        }
    }

    private void testErrors() {
        head("Figs 2 and 3: errors on a test set");
        figure("energy_correlation");
        figure("force_correlation");
        List<Beside> rows = new ArrayList<>();
        errors(
                rows,
                "correlation",
                "reference_energy_per_atom",
                "energy_per_atom",
                "energy_mae",
                "abstract_energy_error");
        errors(rows, "force_correlation", "reference_force", "force", "force_mae", "abstract_force_error");
        table(rows);
        Table table = results.table("correlation");
        if (table != null) {
            why(ofLabels());
            for (String set : table.distinct("set")) {
                Table own = table.where("set", set)
                        .where(
                                "source",
                                table.where("set", set).distinct("source").get(0));
                int[] sizes = own.rows().stream()
                        .mapToInt(row -> row.count("size"))
                        .sorted()
                        .toArray();
                line("- The " + Names.markdown(Figures.setName(set)) + " has " + sizes.length + " structures of "
                        + sizes[0] + " to "
                        + sizes[sizes.length - 1]
                        + " atoms. They are not the paper's: errors on other structures are other numbers.");
            }
            figure("errors_by_size");
        }
    }

    private void errors(List<Beside> rows, String name, String reference, String predicted, String... quantities) {
        Table table = results.table(name);
        if (table == null) {
            return;
        }
        for (String source : table.distinct("source")) {
            Table own = table.where("source", source);
            for (String set : own.distinct("set")) {
                ErrorStatistics errors = Figures.errors(own.where("set", set), reference, predicted);
                for (String quantity : quantities) {
                    rows.add(new Beside(published.get(quantity), source + ", " + Figures.setName(set), errors.mae()));
                }
            }
        }
    }

    private void isomers() {
        head("Fig. 4: isomers");
        figure("isomers");
        Table table = results.table("isomers");
        if (table == null) {
            return;
        }
        line("The paper's numbers of this figure are not known to Cupel, so there is nothing to subtract.");
        if (!table.distinct("source").contains(REFERENCE)) {
            line("No source is called `reference`, so it cannot be said who is right about the order.");
            return;
        }
        line("");
        List<List<String>> rows = new ArrayList<>();
        Table reference = table.where("source", REFERENCE);
        for (String source : table.distinct("source")) {
            if (!source.equals(REFERENCE)) {
                rows.add(order(source, reference, table.where("source", source)));
            }
        }
        markdown(
                List.of(
                        "source",
                        "sizes",
                        "same lowest isomer",
                        "isomers",
                        "mean difference of relative energies (eV)"),
                rows);
    }

    private static List<String> order(String source, Table reference, Table own) {
        int sizes = 0;
        int same = 0;
        int isomers = 0;
        double sum = 0;
        for (String size : own.distinct("size")) {
            Map<String, Double> theirs = relative(reference.where("size", size));
            Map<String, Double> ours = relative(own.where("size", size));
            theirs.keySet().retainAll(ours.keySet());
            ours.keySet().retainAll(theirs.keySet());
            if (theirs.size() < 2) {
                continue;
            }
            sizes++;
            same += lowest(theirs).equals(lowest(ours)) ? 1 : 0;
            for (Map.Entry<String, Double> one : theirs.entrySet()) {
                isomers++;
                sum += Math.abs(ours.get(one.getKey()) - one.getValue());
            }
        }
        return List.of(
                source,
                String.valueOf(sizes),
                same + " of " + sizes,
                String.valueOf(isomers),
                number(isomers == 0 ? Double.NaN : sum / isomers));
    }

    private static Map<String, Double> relative(Table table) {
        Map<String, Double> energies = new LinkedHashMap<>();
        for (Table.Row row : table.rows()) {
            if (!Double.isNaN(row.number("relative_energy"))) {
                energies.put(row.text("isomer"), row.number("relative_energy"));
            }
        }
        return energies;
    }

    private static String lowest(Map<String, Double> energies) {
        String lowest = null;
        for (Map.Entry<String, Double> one : energies.entrySet()) {
            if (lowest == null || one.getValue() < energies.get(lowest)) {
                lowest = one.getKey();
            }
        }
        return lowest;
    }

    private void equationOfState() {
        head("Fig. 5: equation of state");
        figure("equation_of_state");
        if (results.table("equation_of_state") != null) {
            line(
                    "The paper's points are not known to Cupel; lattice constants and energies of the minima are under Table 3.");
        }
    }

    private void activeAgainstRandom() {
        head("Fig. 6: active learning against random sampling");
        figure("active_against_random");
        figure("label_economy");
        Table table = results.table("replicas");
        if (table == null) {
            return;
        }
        List<Beside> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Figures.Economy economy : Figures.economies(table)) {
            rows.add(new Beside(published.get("active_mae"), economy.active(), economy.activeError()));
            rows.add(new Beside(published.get("random_mae"), economy.random(), economy.randomError()));
            rows.add(new Beside(
                    published.get("random_over_active"),
                    economy.random() + " / " + economy.active(),
                    economy.randomError() / economy.activeError()));
            notes.add("- " + Names.markdown(economy.random()) + " and " + Names.markdown(economy.active())
                    + " are compared at " + (int) economy.labels()
                    + " labels, the most that all campaigns of both reached; the paper's pool had "
                    + (int) published.get("pool").value() + " structures.");
        }
        table(rows);
        pools(table);
        why(ofLabels());
        notes.forEach(this::line);
    }

    private void pools(Table table) {
        List<Beside> rows = new ArrayList<>();
        for (String arm : table.distinct("arm").stream()
                .filter(arm -> !Figures.isRandom(arm))
                .toList()) {
            double pool = 0;
            double labels = 0;
            int campaigns = 0;
            Table own = table.where("arm", arm);
            for (String campaign : own.distinct("campaign")) {
                double largestPool = 0;
                double mostLabels = 0;
                for (Table.Row row : own.where("campaign", campaign).rows()) {
                    largestPool = Math.max(largestPool, row.known("pool"));
                    mostLabels = Math.max(mostLabels, row.known("labels"));
                }
                pool += largestPool;
                labels += mostLabels;
                campaigns++;
            }
            String name = campaigns == 1 ? arm : arm + ", mean of " + campaigns;
            rows.add(new Beside(published.get("pool"), name, pool / campaigns));
            rows.add(new Beside(published.get("abstract_labels"), name, labels / campaigns));
        }
        table(rows);
    }

    private void replicas() {
        head("Fig. 7: replicas");
        figure("replicas");
        Table table = results.table("replicas");
        if (table == null) {
            return;
        }
        List<Beside> rows = new ArrayList<>();
        for (String arm : table.distinct("arm")) {
            double[] ends = CampaignCurves.curves(table.where("arm", arm), "generation", "energy_mae").stream()
                    .mapToDouble(CampaignCurves.Curve::last)
                    .toArray();
            if (ends.length > 1 && !Figures.isRandom(arm)) {
                rows.add(new Beside(published.get("replicas"), arm, ends.length));
                rows.add(new Beside(
                        published.get("replica_worst"),
                        arm,
                        Arrays.stream(ends).max().getAsDouble()));
                rows.add(new Beside(
                        published.get("replica_best"),
                        arm,
                        Arrays.stream(ends).min().getAsDouble()));
            }
        }
        table(rows);
        if (!rows.isEmpty()) {
            why(ofLabels());
        }
    }

    private void bulk() {
        head("Table 3 and text: crystals and elastic constants");
        Table table = results.table("polymorphs");
        if (table == null) {
            missing("Polymorphs: there is no polymorphs.csv with rows.");
        } else {
            List<Beside> rows = new ArrayList<>();
            for (Table.Row row : table.rows()) {
                String crystal = row.text("crystal");
                beside(rows, "lattice_constant_" + crystal, row, "lattice_constant");
                beside(rows, "energy_above_fcc_" + crystal, row, "energy_above_fcc");
                if (crystal.equals("fcc")) {
                    beside(rows, "cohesive_energy_text", row, "cohesive_energy");
                    beside(rows, "cohesive_energy_table", row, "cohesive_energy");
                }
            }
            table(rows);
            why(ofLabels());
            if (table.distinct("source").contains(REFERENCE)) {
                line(
                        "- The rows of `reference` show how far our own reference is from the paper's; that part is no error of a potential.");
            }
            Set<String> classical = new LinkedHashSet<>(table.distinct("source"));
            classical.retainAll(CLASSICAL); // keeps the order of the table
            if (!classical.isEmpty()) {
                line("- " + String.join(", ", classical)
                        + ": classical models, which learnt nothing from these labels.");
            }
            line("- The paper gives two cohesive energies, one in its text and one in its table; both are listed.");
        }
        Table elastic = results.table("elastic_constants");
        if (elastic == null) {
            missing("Elastic constants: there is no elastic_constants.csv with rows.");
        } else {
            line("");
            line("Elastic constants, GPa. The paper's are not known to Cupel.");
            line("");
            List<String> constants = elastic.distinct("constant");
            List<String> columns = new ArrayList<>(List.of("source"));
            columns.addAll(constants);
            List<List<String>> rows = new ArrayList<>();
            for (String source : elastic.distinct("source")) {
                List<String> cells = new ArrayList<>(List.of(source));
                for (String constant : constants) {
                    Table one = elastic.where("source", source).where("constant", constant);
                    cells.add(one.isEmpty() ? "" : withError(one));
                }
                rows.add(cells);
            }
            markdown(columns, rows);
        }
    }

    /** The value of an elastic constant, with its standard error where there is one to speak of. */
    private static String withError(Table one) {
        Table.Row row = one.rows().get(0);
        double error = one.columns().contains("standard_error") ? row.number("standard_error") : Double.NaN;
        return number(row.number("value")) + (error >= 0.05 ? String.format(Locale.ROOT, " ± %.1f", error) : "");
    }

    private void beside(List<Beside> rows, String id, Table.Row row, String column) {
        double value = row.number(column);
        if (published.quantities().containsKey(id) && !Double.isNaN(value)) {
            rows.add(new Beside(published.get(id), row.text("source"), value));
        }
    }

    private void minima() {
        head("Minima and growth: from planar to globular");
        figure("minima");
        figure("growth");
        Table table = results.table("minima");
        if (table == null) {
            return;
        }
        List<Beside> rows = new ArrayList<>();
        List<String> searched = new ArrayList<>();
        for (String source : table.distinct("source")) {
            TreeMap<Integer, Table.Row> best = Figures.lowest(table.where("source", source));
            int planar = 0;
            for (Map.Entry<Integer, Table.Row> size : best.entrySet()) {
                if (size.getValue().number("planarity") <= ClusterGeometry.PLANAR) {
                    planar = size.getKey();
                }
            }
            if (planar > 0) {
                rows.add(new Beside(published.get("planar_up_to"), source, planar));
            }
            searched.add("- " + Names.markdown(source) + ": minima of " + best.firstKey() + " to " + best.lastKey()
                    + " atoms were looked for"
                    + (planar == 0
                            ? ", none of them is planar."
                            : planar == best.lastKey()
                                    ? ", the largest is planar: the crossover may come later."
                                    : "."));
        }
        table(rows);
        why(ofLabels());
        searched.forEach(this::line);
        line("- Planar: root mean square distance of the atoms from their plane not above " + ClusterGeometry.PLANAR
                + " \u00c5.");
    }

    private void dynamics() {
        head("Dynamics");
        figure("lindemann");
        Table table = results.table("conservation");
        if (table == null) {
            missing("Conservation of energy: there is no conservation.csv with rows.");
            return;
        }
        line("");
        line("Conservation of energy at constant energy. The paper has no such numbers that Cupel knows of.");
        line("");
        List<List<String>> rows = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            rows.add(List.of(
                    row.text("source"),
                    number(row.number("step_fs")),
                    number(row.number("drift_mev_per_atom_per_ps")),
                    number(row.number("rms_mev_per_atom"))));
        }
        markdown(List.of("source", "step (fs)", "drift (meV/atom/ps)", "rms (meV/atom)"), rows);
    }

    private void cost() {
        head("Cost");
        figure("cost");
        Table table = results.table("cost");
        if (table == null) {
            return;
        }
        if (!table.columns().contains("kind")) {
            line(
                    "cost.csv does not tell reference calculations apart (column kind), so there is nothing to set beside the paper's.");
            return;
        }
        double hours = 0;
        for (Table.Row row : table.rows()) {
            hours += row.text("kind").equals(CampaignCost.REFERENCE) ? 0 : row.known("cpu_seconds") / 3600;
        }
        table(List.of(
                new Beside(published.get("core_hours_low"), "all runs together", hours),
                new Beside(published.get("core_hours_high"), "all runs together", hours)));
        line("");
        line("Why:");
        line("");
        line(
                "- Ours is everything but the reference calculations, of all runs in these results together; the paper's is one campaign.");
        line("- Processors differ: core-hours of different machines are not the same unit.");
    }

    // Reasons

    private String levels() {
        if (results.levels().isEmpty()) {
            return "The level of theory of the labels behind these results is not noted in them.";
        }
        List<String> shown = new ArrayList<>();
        for (String level : results.levels()) {
            shown.add("`" + Names.shown(level, Integer.MAX_VALUE).replace('`', '\'') + "`");
        }
        return "Level of theory of the labels that potentials were tested on: " + String.join("; ", shown) + ".";
    }

    /** What the level of the labels explains; only what the notes say. */
    private List<String> ofLabels() {
        String functional = published.text("functional");
        String program = published.text("program");
        if (results.levels().isEmpty()) {
            return List.of(
                    "The level of theory of the labels is not noted, so it cannot be said whether it is the paper's ("
                            + functional + ").");
        }
        List<String> reasons = new ArrayList<>();
        for (String text : results.levels()) {
            Level level = Level.parse(text);
            Set<String> words = new LinkedHashSet<>();
            if (!level.isName()) {
                level.pairs().values().forEach(value -> words.add(value.toUpperCase(Locale.ROOT)));
            }
            String engine = level.isName() ? null : level.get("engine");
            String name = Names.markdown(level.isName() || engine == null ? text : engine);
            if (!words.contains(functional)) {
                reasons.add(
                        "The labels (" + name + ") are not noted to be " + functional
                                + ": network and reference both differ from the paper's, and the difference measures neither alone.");
            } else if (program.equals(engine)) {
                reasons.add("The labels are the paper's: " + functional + " with " + program.toUpperCase(Locale.ROOT)
                        + "; its settings (cutoff, cell) may differ.");
            } else {
                reasons.add("The labels are " + functional + ", as the paper's, but of another program (" + name
                        + ") with its own pseudopotentials and settings.");
            }
        }
        return reasons;
    }

    private void why(List<String> reasons) {
        line("");
        line("Why:");
        line("");
        reasons.forEach(reason -> line("- " + reason));
    }

    // Markdown

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void head(String text) {
        line("");
        line("## " + text);
        line("");
    }

    private void figure(String name) {
        line("");
        if (figures.containsKey(name)) {
            line("![" + name.replace('_', ' ') + "](figures/" + name + ".svg)");
        } else {
            missing("Figure " + name.replace('_', ' ') + ": " + Figures.missing(name, results) + ".");
        }
        line("");
    }

    private void missing(String text) {
        missing.add(text);
        line("Missing. " + text);
    }

    private void table(List<Beside> rows) {
        if (rows.isEmpty()) {
            return;
        }
        all.addAll(rows);
        line("");
        List<List<String>> cells = new ArrayList<>();
        for (Beside row : rows) {
            List<String> texts = row.cells().stream().map(String::valueOf).toList();
            cells.add(List.of(
                    texts.get(0),
                    texts.get(1) + (texts.get(2).isEmpty() ? "" : " (" + texts.get(2) + ")"),
                    texts.get(3),
                    texts.get(4),
                    texts.get(5),
                    texts.get(6),
                    texts.get(7)));
        }
        markdown(List.of("in the paper", "quantity", "ours: source", "paper", "ours", "difference", "ratio"), cells);
    }

    private void markdown(List<String> columns, List<List<String>> rows) {
        line("| " + String.join(" | ", columns) + " |");
        line("|" + " --- |".repeat(columns.size()));
        for (List<String> row : rows) {
            line("| " + String.join(" | ", row.stream().map(Names::markdown).toList()) + " |");
        }
    }

    /** Four significant digits without an exponent; empty when unknown. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        java.math.BigDecimal rounded =
                new java.math.BigDecimal(value).round(new java.math.MathContext(4, java.math.RoundingMode.HALF_EVEN));
        // Differences of equal decimals leave 1e-17 behind.
        return Math.abs(value) < 1e-9 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
