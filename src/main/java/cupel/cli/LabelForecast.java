package cupel.cli;

import cupel.reference.CostModel;
import cupel.reference.Level;
import cupel.reference.store.LabelStore;
import cupel.structure.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** What a campaign has cost and what it may still cost at worst: {@code label forecast}. */
final class LabelForecast {

    static final Tool TOOL = Tool.named("forecast")
            .purpose(
                    "Says in words what the reference calculations of a campaign have cost and what they may still cost.")
            .required("sizes", "N..N", "how many atoms the campaign's structures may have")
            .optionalSeveral("seed-costs", "FILE", "costs of the calculations for the first pool, CSV of label gather")
            .optionalSeveral("costs", "FILE", "costs of the calculations since, CSV of label gather")
            .optional("store", "DIR", "a label store, whose labels tell what calculations cost as long as no others do")
            .optional("engine", "NAME", "the reference program; of the label store only its labels count")
            .option("per-generation", "N", "0", "structures that a generation sends to the reference at most")
            .optional("max-labels", "N", "how many calculations end the campaign")
            .optional("max-label-hours", "h", "how many core-hours of calculations end the campaign")
            .optional("max-generations", "N", "how many generations end the campaign")
            .option("generation", "N", "0", "how many generations have been run")
            .action(LabelForecast::forecast);

    /** Files of costs: CSV with this header, a {@link #costsRow} for each structure. */
    static final String COSTS_HEADER = "atoms,seconds,outcome\n";

    /** Outcomes of structures that have a label; others are kinds of failure. */
    static final String LABELLED = "labelled";

    static final String KNOWN = "known";

    private LabelForecast() {}

    static String costsRow(int atoms, double seconds, Object outcome) {
        return String.format(Locale.ROOT, "%d,%.3f,%s\n", atoms, seconds, outcome);
    }

    /** Seconds of calculations by number of atoms, and how many there were of what kind. */
    private static final class Costs {
        private final Map<Integer, List<Double>> seconds = new TreeMap<>();
        private int computed;
        private int failed;
        private int known;
        private double total;

        void read(Path file) throws IOException {
            try (Reader in = Files.newBufferedReader(file)) {
                for (CSVRecord row : CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(in)) {
                    String outcome = row.get("outcome");
                    if (outcome.equals(KNOWN)) {
                        known++;
                        continue;
                    }
                    computed++;
                    failed += outcome.equals(LABELLED) ? 0 : 1;
                    int atoms = Integer.parseInt(row.get("atoms"));
                    double cost = Double.parseDouble(row.get("seconds"));
                    if (atoms < 1 || cost < 0 || Double.isInfinite(cost)) {
                        throw new IllegalArgumentException("line " + (row.getRecordNumber() + 1) + " says " + atoms
                                + " atoms and " + cost + " seconds");
                    }
                    add(atoms, cost);
                }
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        file + ": must have the columns atoms, seconds and outcome, as label gather writes them: "
                                + e.getMessage(),
                        e);
            }
        }

        void add(int atoms, double cost) {
            seconds.computeIfAbsent(atoms, key -> new ArrayList<>()).add(cost);
            total += Double.isNaN(cost) ? 0 : cost;
        }
    }

    /** Processor seconds of all calculations in a file of costs. */
    static double seconds(Path file) throws IOException {
        Costs costs = new Costs();
        costs.read(file);
        return costs.total;
    }

    private static void forecast(Arguments arguments) throws IOException {
        IntegerRange sizes = arguments.integerRange("sizes", 1);
        Costs seeds = new Costs();
        for (Path file : arguments.paths("seed-costs")) {
            seeds.read(file);
        }
        Costs since = new Costs();
        for (Path file : arguments.paths("costs")) {
            since.read(file);
        }
        Map<Integer, List<Double>> seconds = new TreeMap<>(since.seconds);
        seeds.seconds.forEach((atoms, values) ->
                seconds.computeIfAbsent(atoms, key -> new ArrayList<>()).addAll(values));
        int asked = since.computed + since.known;
        if (seconds.size() < 2 && arguments.has("store")) {
            ofStore(arguments, seconds);
        }
        int calculations = seeds.computed + since.computed;
        arguments
                .out()
                .println(String.format(
                        Locale.ROOT,
                        "reference: %d calculation%s so far, %d failed, %d known already; %s",
                        calculations,
                        calculations == 1 ? "" : "s",
                        seeds.failed + since.failed,
                        seeds.known + since.known,
                        hours(seeds.total + since.total)));
        CostModel model = model(seconds);
        if (model == null) {
            arguments.out().println("reference: what a calculation costs is not known yet");
        } else {
            arguments
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "reference: a calculation of %d atoms costs about %s, of %d about %s",
                            sizes.min(),
                            time(model.seconds(sizes.min())),
                            sizes.max(),
                            time(model.seconds(sizes.max()))));
        }
        arguments.out().println("reference: " + toCome(arguments, model, sizes, asked, since.total));
    }

    private static void ofStore(Arguments arguments, Map<Integer, List<Double>> seconds) {
        Path folder = arguments.path("store");
        if (!Files.exists(folder)) {
            return;
        }
        LabelStore store = LabelStore.create(folder);
        for (Level level : store.levels()) {
            if (!arguments.has("engine") || arguments.text("engine").equals(level.get("engine"))) {
                store.secondsBySize(level)
                        .forEach((atoms, values) -> seconds.computeIfAbsent(atoms, key -> new ArrayList<>())
                                .addAll(values));
            }
        }
    }

    private static CostModel model(Map<Integer, List<Double>> seconds) {
        boolean any = seconds.values().stream().flatMap(List::stream).anyMatch(s -> s > 0);
        return any ? new CostModel(seconds) : null;
    }

    private static String toCome(Arguments arguments, CostModel model, IntegerRange sizes, int asked, double spent) {
        long most = Long.MAX_VALUE;
        String by = null;
        if (arguments.has("max-labels")) {
            most = Math.max(0, arguments.integer("max-labels", 1) - asked);
            by = "--max_labels " + arguments.text("max-labels");
        }
        int perGeneration = arguments.integer("per-generation", 0);
        if (arguments.has("max-generations") && perGeneration > 0) {
            long generations =
                    Math.max(0, arguments.integer("max-generations", 1) - arguments.integer("generation", 0));
            if (generations * perGeneration < most) {
                most = generations * perGeneration;
                by = "--max_generations " + arguments.text("max-generations");
            }
        }
        String limit = arguments.has("max-label-hours")
                ? String.format(
                        Locale.ROOT,
                        "; %s are left of --max_label_hours",
                        hours(Math.max(0, 3600 * arguments.positive("max-label-hours") - spent)))
                : "";
        String generation =
                perGeneration > 0 ? "at most " + perGeneration + " a generation" : "any number a generation";
        if (by == null) {
            return "how many are to come is not limited (--max_labels), " + generation
                    + (model == null || perGeneration == 0
                            ? ""
                            : ", " + hours(perGeneration * worst(model, sizes)) + " at worst")
                    + limit;
        }
        String cost = model == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ": about %s, at worst %s",
                        hours(most * mean(model, sizes)),
                        hours(most * worst(model, sizes)));
        return "at most " + most + " more (" + by + "), " + generation + cost + limit;
    }

    private static double mean(CostModel model, IntegerRange sizes) {
        double sum = 0;
        for (int atoms = sizes.min(); atoms <= sizes.max(); atoms++) {
            sum += model.seconds(atoms);
        }
        return sum / (sizes.max() - sizes.min() + 1);
    }

    private static double worst(CostModel model, IntegerRange sizes) {
        double worst = 0;
        for (int atoms = sizes.min(); atoms <= sizes.max(); atoms++) {
            worst = Math.max(worst, model.seconds(atoms));
        }
        return worst;
    }

    private static String hours(double seconds) {
        return seconds < 120
                ? String.format(Locale.ROOT, "%.1f core-seconds", seconds)
                : String.format(Locale.ROOT, seconds < 3600 ? "%.2f core-hours" : "%.1f core-hours", seconds / 3600);
    }

    private static String time(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2g s" : "%.0f s", seconds);
    }
}
