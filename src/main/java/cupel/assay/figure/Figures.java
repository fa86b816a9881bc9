package cupel.assay.figure;

import cupel.assay.ErrorStatistics;
import cupel.assay.figure.Figure.Axis;
import cupel.assay.figure.Figure.Bars;
import cupel.assay.figure.Figure.Mark;
import cupel.assay.figure.Figure.Panel;
import cupel.assay.figure.Figure.Plot;
import cupel.assay.figure.Figure.Series;
import cupel.assay.figure.Figure.Shade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Every kind of figure, made of the tables that it needs. What is missing gives no figure, never an empty one. Numbers stay as they are
 * in the tables, but for the unit where a figure says meV.
 */
public final class Figures {

    private static final double MILLI = 1000;
    private static final List<String> CRYSTALS = List.of("fcc", "bcc", "sc", "diamond");

    /** The kinds of figures by name, in the order in which they are shown. */
    private static final Map<String, Kind> KINDS = kinds();

    /** @param needs the table that the figure cannot be without */
    private record Kind(String needs, Function<Results, Figure> maker) {}

    private Figures() {}

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("energy_correlation", new Kind("correlation", Figures::energyCorrelation));
        kinds.put("force_correlation", new Kind("force_correlation", Figures::forceCorrelation));
        kinds.put("isomers", new Kind("isomers", Figures::isomers));
        kinds.put("equation_of_state", new Kind("equation_of_state", Figures::equationOfState));
        kinds.put("active_against_random", new Kind("replicas", Figures::activeAgainstRandom));
        kinds.put("replicas", new Kind("replicas", Figures::replicas));
        kinds.put("label_economy", new Kind("replicas", Figures::labelEconomy));
        kinds.put("errors_by_size", new Kind("correlation", Figures::errorsBySize));
        kinds.put("minima", new Kind("minima", Figures::minima));
        kinds.put("growth", new Kind("growth", Figures::growth));
        kinds.put("lindemann", new Kind("lindemann", Figures::lindemann));
        kinds.put("cost", new Kind("cost", Figures::cost));
        return Collections.unmodifiableMap(kinds);
    }

    /** Names of all kinds. */
    public static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** The table that a figure is made of, and without which there is none. */
    public static String needs(String name) {
        return KINDS.get(name).needs();
    }

    /** A figure, or null when the results do not have what it shows. */
    public static Figure of(String name, Results results) {
        Kind kind = KINDS.get(name);
        return results.table(kind.needs()) == null ? null : kind.maker().apply(results);
    }

    /** Why there is no such figure. */
    public static String missing(String name, Results results) {
        String table = KINDS.get(name).needs();
        if (results.table(table) == null) {
            return "there is no " + table + ".csv" + (table.endsWith("correlation") ? " and no predictions.xyz" : "")
                    + " with rows";
        }
        return switch (name) {
            case "active_against_random" ->
                "replicas.csv has not both: arms with and without \"random\" in their names";
            case "replicas" -> "replicas.csv has no arm of two or more campaigns that were tested";
            default -> table + ".csv has no numbers for it";
        };
    }

    // Correlations

    private static Figure energyCorrelation(Results results) {
        return correlation(
                "energy_correlation",
                results.table("correlation"),
                "reference_energy_per_atom",
                "energy_per_atom",
                "energy",
                "eV/atom",
                "meV/atom");
    }

    private static Figure forceCorrelation(Results results) {
        return correlation(
                "force_correlation",
                results.table("force_correlation"),
                "reference_force",
                "force",
                "force component",
                "eV/\u00c5",
                "meV/\u00c5");
    }

    private static Figure correlation(
            String name, Table table, String reference, String predicted, String what, String unit, String errorUnit) {
        List<Panel> panels = new ArrayList<>();
        for (String source : table.distinct("source")) {
            Table ofSource = table.where("source", source);
            for (String set : ofSource.distinct("set")) {
                Table rows = ofSource.where("set", set);
                panels.add(correlationOf(rows, source, set, reference, predicted, what, unit, errorUnit));
            }
        }
        return new Figure(name, panels, Math.min(2, panels.size()));
    }

    private static Plot correlationOf(
            Table rows,
            String source,
            String set,
            String reference,
            String predicted,
            String what,
            String unit,
            String errorUnit) {
        double[] x = rows.numbers(reference);
        double[] y = rows.numbers(predicted);
        double min = Math.min(smallest(x), smallest(y));
        double max = Math.max(largest(x), largest(y));
        double room = 0.04 * (max - min);
        List<Series> series = new ArrayList<>();
        List<Double> shades = new ArrayList<>();
        double[] ends = {min - room, max + room};
        series.add(Series.of(null, Mark.THIN_LINE, -1, ends, ends));
        shades.add(Double.NaN);
        TreeSet<Integer> sizes = new TreeSet<>();
        rows.rows().forEach(row -> sizes.add(row.count("size")));
        // The large ones first: they are the most, and would hide the small ones.
        for (int size : sizes.descendingSet()) {
            Table own = rows.where(row -> row.count("size") == size);
            series.add(Series.of(null, Mark.CLOUD, 0, own.numbers(reference), own.numbers(predicted)));
            shades.add(sizes.size() > 1 ? size : Double.NaN);
        }
        Axis across = Axis.linear("reference " + what + " (" + unit + ")").between(ends[0], ends[1]);
        Axis up = Axis.linear(what + ", " + source + " (" + unit + ")").between(ends[0], ends[1]);
        Shade shade = sizes.size() > 1
                ? new Shade(
                        "number of atoms",
                        shades.stream().mapToDouble(Double::doubleValue).toArray())
                : null;
        return new Plot(
                capital(setName(set)),
                across,
                up,
                series,
                notes(rows, reference, predicted, errorUnit),
                shade,
                true,
                false,
                List.of());
    }

    private static List<String> notes(Table rows, String reference, String predicted, String unit) {
        ErrorStatistics errors = errors(rows, reference, predicted);
        return List.of(
                "MAE " + significant(errors.mae()) + " " + unit,
                "RMSE " + significant(errors.rmse()) + " " + unit,
                "R\u00b2 " + (Double.isNaN(errors.r2()) ? "unknown" : String.format(Locale.ROOT, "%.4f", errors.r2())),
                "n " + errors.n());
    }

    /** Errors of a correlation in meV. */
    static ErrorStatistics errors(Table rows, String reference, String predicted) {
        return ErrorStatistics.of(
                Arrays.stream(rows.numbers(predicted)).map(e -> MILLI * e).toArray(),
                Arrays.stream(rows.numbers(reference)).map(e -> MILLI * e).toArray());
    }

    private static Figure errorsBySize(Results results) {
        List<Panel> panels = new ArrayList<>();
        panels.add(bySize(
                "Energies",
                results.table("correlation"),
                "reference_energy_per_atom",
                "energy_per_atom",
                "mean absolute error (meV/atom)"));
        if (results.table("force_correlation") != null) {
            panels.add(bySize(
                    "Force components",
                    results.table("force_correlation"),
                    "reference_force",
                    "force",
                    "mean absolute error (meV/\u00c5)"));
        }
        return Figure.of("errors_by_size", panels.toArray(Panel[]::new));
    }

    /** What a set of structures is called: the test set, the pool. */
    static String setName(String set) {
        return set.equals("pool") ? set : set + " set";
    }

    private static Plot bySize(String title, Table table, String reference, String predicted, String label) {
        List<Series> series = new ArrayList<>();
        int colour = 0;
        for (String source : table.distinct("source")) {
            Table ofSource = table.where("source", source);
            for (String set : ofSource.distinct("set")) {
                Table rows = ofSource.where("set", set);
                Map<Integer, Double> errors = new TreeMap<>();
                for (String size : rows.distinct("size")) {
                    Table own = rows.where("size", size);
                    errors.put(
                            own.rows().get(0).count("size"),
                            errors(own, reference, predicted).mae());
                }
                series.add(Series.of(
                        source + ", " + setName(set),
                        Mark.LINE_AND_POINTS,
                        colour++,
                        errors.keySet().stream()
                                .mapToDouble(Integer::doubleValue)
                                .toArray(),
                        errors.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
            }
        }
        return Plot.of(title, Axis.linear("number of atoms"), fromZero(label, series), series)
                .overWholeNumbers();
    }

    private static Axis fromZero(String label, List<Series> series) {
        double highest =
                series.stream().mapToDouble(one -> largest(one.y())).max().orElse(1);
        return Axis.linear(label).between(0, highest > 0 ? 1.08 * highest : 1);
    }

    // Properties

    /**
     * Levels of the isomers of each size, one column a source; a thin line leads from an isomer of one source to the same one of the
     * next.
     */
    private static Figure isomers(Results results) {
        Table table = results.table("isomers");
        List<String> sources = table.distinct("source");
        List<Integer> sizes = new ArrayList<>(new TreeSet<>(
                table.rows().stream().map(row -> row.count("size")).toList()));
        double width = 0.8 / sources.size();
        double half = 0.36 * width;
        List<Series> series = new ArrayList<>();
        double highest = 0;
        List<Series> levels = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            Table own = table.where("source", sources.get(s));
            List<double[]> lines = new ArrayList<>();
            for (Table.Row row : own.rows()) {
                double energy = row.number("relative_energy");
                if (Double.isNaN(energy)) {
                    continue;
                }
                highest = Math.max(highest, energy);
                double place = place(sizes, row, width, s, sources.size());
                lines.add(new double[] {place - half, place + half, energy});
                if (s + 1 < sources.size()) {
                    Table next = table.where("source", sources.get(s + 1))
                            .where("size", row.text("size"))
                            .where("isomer", row.text("isomer"));
                    for (Table.Row same : next.rows()) {
                        series.add(Series.of(
                                null,
                                Mark.THIN_LINE,
                                -1,
                                new double[] {place + half, place + width - half},
                                new double[] {energy, same.number("relative_energy")}));
                    }
                }
            }
            levels.add(segments(sources.get(s), s, lines));
        }
        series.addAll(levels);
        Axis across = new Axis("number of atoms", false, -0.5, sizes.size() - 0.5);
        Plot plot = Plot.of(
                "Isomers above the lowest of their size",
                across,
                Axis.linear("relative energy (eV)").between(-0.04 * highest, highest > 0 ? 1.05 * highest : 1),
                series);
        return Figure.of(
                "isomers",
                plot.overCategories(sizes.stream().map(String::valueOf).toList()));
    }

    private static double place(List<Integer> sizes, Table.Row row, double width, int source, int sources) {
        return sizes.indexOf(row.count("size")) + width * (source - (sources - 1) / 2.0);
    }

    private static Series segments(String name, int colour, List<double[]> lines) {
        double[] x = new double[3 * lines.size()];
        double[] y = new double[3 * lines.size()];
        for (int k = 0; k < lines.size(); k++) {
            x[3 * k] = lines.get(k)[0];
            x[3 * k + 1] = lines.get(k)[1];
            x[3 * k + 2] = lines.get(k)[1];
            y[3 * k] = lines.get(k)[2];
            y[3 * k + 1] = lines.get(k)[2];
            y[3 * k + 2] = Double.NaN;
        }
        return Series.of(name, Mark.LINE, colour, x, y);
    }

    private static Figure equationOfState(Results results) {
        Table table = results.table("equation_of_state");
        List<String> sources = table.distinct("source");
        List<String> crystals = new ArrayList<>(table.distinct("crystal"));
        crystals.sort(
                Comparator.comparingInt(name -> CRYSTALS.contains(name) ? CRYSTALS.indexOf(name) : CRYSTALS.size()));
        List<Panel> panels = new ArrayList<>();
        for (String crystal : crystals) {
            List<Series> series = new ArrayList<>();
            for (String source : table.where("crystal", crystal).distinct("source")) {
                List<Table.Row> rows = new ArrayList<>(
                        table.where("crystal", crystal).where("source", source).rows());
                rows.sort(Comparator.comparingDouble(row -> row.known("volume_per_atom")));
                double[] energies = rows.stream()
                        .mapToDouble(row -> row.known("energy_per_atom"))
                        .toArray();
                double lowest = smallest(energies);
                series.add(Series.of(
                        source,
                        Mark.LINE_AND_POINTS,
                        sources.indexOf(source),
                        rows.stream()
                                .mapToDouble(row -> row.known("volume_per_atom"))
                                .toArray(),
                        Arrays.stream(energies).map(e -> MILLI * (e - lowest)).toArray()));
            }
            panels.add(Plot.of(
                    crystal,
                    Axis.linear("volume per atom (\u00c5\u00b3)"),
                    Axis.linear("energy above the lowest (meV/atom)"),
                    series));
        }
        return new Figure("equation_of_state", panels, Math.min(2, panels.size()));
    }

    private static Figure minima(Results results) {
        Table table = results.table("minima");
        List<Series> energies = new ArrayList<>();
        List<Series> planarities = new ArrayList<>();
        int colour = 0;
        for (String source : table.distinct("source")) {
            TreeMap<Integer, Table.Row> best = lowest(table.where("source", source));
            double[] sizes =
                    best.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
            energies.add(Series.of(source, Mark.LINE_AND_POINTS, colour, sizes, column(best, "energy_per_atom")));
            planarities.add(Series.of(source, Mark.LINE_AND_POINTS, colour++, sizes, column(best, "planarity")));
        }
        return Figure.of(
                "minima",
                Plot.of("Lowest minima", Axis.linear("number of atoms"), Axis.linear("energy (eV/atom)"), energies)
                        .overWholeNumbers(),
                Plot.of(
                                "Their planarity",
                                Axis.linear("number of atoms"),
                                fromZero("rms distance from a plane (\u00c5)", planarities),
                                planarities)
                        .overWholeNumbers());
    }

    /** The lowest minimum of each size. */
    static TreeMap<Integer, Table.Row> lowest(Table minima) {
        TreeMap<Integer, Table.Row> best = new TreeMap<>();
        for (Table.Row row : minima.rows()) {
            best.merge(
                    row.count("size"), row, (a, b) -> b.known("energy_per_atom") < a.known("energy_per_atom") ? b : a);
        }
        return best;
    }

    private static double[] column(TreeMap<Integer, Table.Row> rows, String column) {
        return rows.values().stream().mapToDouble(row -> row.number(column)).toArray();
    }

    private static Figure growth(Results results) {
        Table table = results.table("growth");
        List<Series> energies = new ArrayList<>();
        List<Series> planarities = new ArrayList<>();
        int colour = 0;
        for (String source : table.distinct("source")) {
            Table own = table.where("source", source);
            double[] sizes = own.numbers("size");
            energies.add(Series.of(source, Mark.CLOUD, colour, sizes, own.numbers("energy_per_atom")));
            planarities.add(Series.of(source, Mark.CLOUD, colour, sizes, own.numbers("planarity")));
            TreeMap<Integer, double[]> means = new TreeMap<>();
            for (Table.Row row : own.rows()) {
                double[] sums = means.computeIfAbsent(row.count("size"), size -> new double[3]);
                sums[0]++;
                sums[1] += row.number("energy_per_atom");
                sums[2] += row.number("planarity");
            }
            double[] at =
                    means.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
            energies.add(Series.of(source + ", mean", Mark.LINE, colour, at, mean(means, 1)));
            planarities.add(Series.of(source + ", mean", Mark.LINE, colour++, at, mean(means, 2)));
        }
        return Figure.of(
                "growth",
                Plot.of("Growing clusters", Axis.linear("number of atoms"), Axis.linear("energy (eV/atom)"), energies)
                        .overWholeNumbers(),
                Plot.of(
                                "Their planarity",
                                Axis.linear("number of atoms"),
                                fromZero("rms distance from a plane (\u00c5)", planarities),
                                planarities)
                        .overWholeNumbers());
    }

    private static double[] mean(TreeMap<Integer, double[]> sums, int k) {
        return sums.values().stream().mapToDouble(sum -> sum[k] / sum[0]).toArray();
    }

    private static Figure lindemann(Results results) {
        Table table = results.table("lindemann");
        List<Series> series = new ArrayList<>();
        int colour = 0;
        for (String source : table.distinct("source")) {
            for (String size : table.where("source", source).distinct("size")) {
                List<Table.Row> rows = new ArrayList<>(
                        table.where("source", source).where("size", size).rows());
                rows.sort(Comparator.comparingDouble(row -> row.known("temperature")));
                double[] value =
                        rows.stream().mapToDouble(row -> row.known("lindemann")).toArray();
                double[] error = rows.stream()
                        .mapToDouble(row -> row.number("standard_error"))
                        .map(e -> Double.isNaN(e) ? 0 : e)
                        .toArray();
                double[] low = new double[value.length];
                double[] high = new double[value.length];
                for (int i = 0; i < value.length; i++) {
                    low[i] = value[i] - error[i];
                    high[i] = value[i] + error[i];
                }
                series.add(new Series(
                        source + ", " + size + " atoms",
                        Mark.ERROR_BARS,
                        colour++,
                        rows.stream()
                                .mapToDouble(row -> row.known("temperature"))
                                .toArray(),
                        value,
                        low,
                        high));
            }
        }
        double highest =
                series.stream().mapToDouble(one -> largest(one.high())).max().orElse(1);
        return Figure.of(
                "lindemann",
                Plot.of(
                        "Bond-length fluctuation",
                        Axis.linear("temperature (K)"),
                        Axis.linear("Lindemann index").between(0, highest > 0 ? 1.08 * highest : 1),
                        series));
    }

    // Campaigns

    /** Whether an arm samples at random, by its name. */
    static boolean isRandom(String arm) {
        return arm.toLowerCase(Locale.ROOT).contains("random");
    }

    /** The arm that a random one is to be held against: the one that is called the same otherwise, or the only one; null if unclear. */
    static String counterpart(String randomArm, List<String> arms) {
        List<String> others = arms.stream().filter(arm -> !isRandom(arm)).toList();
        List<String> same =
                others.stream().filter(arm -> rest(arm).equals(rest(randomArm))).toList();
        return same.size() == 1 ? same.get(0) : others.size() == 1 ? others.get(0) : null;
    }

    private static String rest(String arm) {
        return arm.toLowerCase(Locale.ROOT).replaceAll("random|active|direct|[^a-z0-9]", "");
    }

    private static Figure activeAgainstRandom(Results results) {
        Table table = results.table("replicas");
        List<String> arms = table.distinct("arm");
        if (arms.stream().noneMatch(Figures::isRandom) || arms.stream().allMatch(Figures::isRandom)) {
            return null;
        }
        List<String> notes = new ArrayList<>();
        for (Economy economy : economies(table)) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%d labels, %s / %s: %.1f",
                    (int) economy.labels,
                    economy.random,
                    economy.active,
                    economy.randomError / economy.activeError));
        }
        return Figure.of(
                "active_against_random",
                curves(table, "Test error of energies", "energy_mae", "mean absolute error (meV/atom)", false)
                        .withNotes(notes));
    }

    /**
     * A random arm and its counterpart at the same number of labels.
     *
     * @param labels the most that all campaigns of both arms have reached
     * @param activeError mean over the campaigns, meV/atom
     * @param randomError likewise
     */
    record Economy(String active, String random, double labels, double activeError, double randomError) {}

    /** Every random arm against its counterpart, where they have numbers of labels in common. */
    static List<Economy> economies(Table replicas) {
        List<Economy> economies = new ArrayList<>();
        List<String> arms = replicas.distinct("arm");
        for (String random : arms) {
            String active = isRandom(random) ? counterpart(random, arms) : null;
            if (active == null) {
                continue;
            }
            List<CampaignCurves.Curve> of =
                    CampaignCurves.curves(replicas.where("arm", active), "labels", "energy_mae");
            List<CampaignCurves.Curve> against =
                    CampaignCurves.curves(replicas.where("arm", random), "labels", "energy_mae");
            double labels = Math.min(shortest(of), shortest(against));
            CampaignCurves.Spread a = CampaignCurves.Spread.at(of, labels);
            CampaignCurves.Spread r = CampaignCurves.Spread.at(against, labels);
            if (!of.isEmpty() && !against.isEmpty() && a.count() == of.size() && r.count() == against.size()) {
                economies.add(new Economy(active, random, labels, a.mean(), r.mean()));
            }
        }
        return economies;
    }

    private static double shortest(List<CampaignCurves.Curve> curves) {
        return curves.stream()
                .mapToDouble(curve -> curve.x()[curve.x().length - 1])
                .min()
                .orElse(Double.NaN);
    }

    private static Figure labelEconomy(Results results) {
        Table table = results.table("replicas");
        List<Panel> panels = new ArrayList<>();
        if (hasNumbers(table, "energy_mae")) {
            panels.add(curves(table, "Energies", "energy_mae", "mean absolute error (meV/atom)", true));
        }
        if (hasNumbers(table, "force_mae")) {
            panels.add(curves(table, "Force components", "force_mae", "mean absolute error (meV/\u00c5)", true));
        }
        return panels.isEmpty() ? null : Figure.of("label_economy", panels.toArray(Panel[]::new));
    }

    private static boolean hasNumbers(Table table, String column) {
        return Arrays.stream(table.numbers(column)).anyMatch(Double::isFinite);
    }

    /** Every campaign a thin line, the mean of each arm a thick one with the band from best to worst. */
    private static Plot curves(Table table, String title, String column, String label, boolean logarithmicLabels) {
        List<Series> thin = new ArrayList<>();
        List<Series> thick = new ArrayList<>();
        List<String> arms = table.distinct("arm");
        // The first steps say nothing of an economy, but would take up half of a logarithmic axis.
        double first = logarithmicLabels && largest(table.numbers("labels")) > 100 ? 10 : 0;
        for (int k = 0; k < arms.size(); k++) {
            List<CampaignCurves.Curve> curves = CampaignCurves.curves(
                    table.where("arm", arms.get(k)).where(row -> row.known("labels") >= first), "labels", column);
            if (curves.size() == 1) {
                CampaignCurves.Curve only = curves.get(0);
                thick.add(Series.of(arms.get(k), Mark.LINE_AND_POINTS, k, only.x(), only.y()));
            } else if (!curves.isEmpty()) {
                thick.add(band(arms.get(k) + ", mean of " + curves.size(), k, curves));
                if (curves.size() <= 5) {
                    for (CampaignCurves.Curve curve : curves) {
                        thin.add(Series.of(null, Mark.THIN_LINE, k, curve.x(), curve.y()));
                    }
                }
            }
        }
        List<Series> series = new ArrayList<>(thin);
        series.addAll(thick);
        Axis across =
                logarithmicLabels ? Axis.logarithmic("reference calculations") : Axis.linear("reference calculations");
        return Plot.of(title, across, Axis.logarithmic(label), series);
    }

    /** Mean, best and worst where at least half of the campaigns have an error. */
    private static Series band(String name, int colour, List<CampaignCurves.Curve> curves) {
        TreeSet<Double> places = new TreeSet<>();
        curves.forEach(curve -> Arrays.stream(curve.x()).forEach(places::add));
        List<double[]> points = new ArrayList<>();
        for (double place : places) {
            CampaignCurves.Spread spread = CampaignCurves.Spread.at(curves, place);
            if (2 * spread.count() >= curves.size() && spread.count() > 0) {
                points.add(new double[] {place, spread.mean(), spread.best(), spread.worst()});
            }
        }
        return new Series(name, Mark.BAND, colour, pick(points, 0), pick(points, 1), pick(points, 2), pick(points, 3));
    }

    private static double[] pick(List<double[]> points, int k) {
        return points.stream().mapToDouble(point -> point[k]).toArray();
    }

    private static Figure replicas(Results results) {
        Table table = results.table("replicas");
        List<Series> byGeneration = new ArrayList<>();
        List<Series> byLabels = new ArrayList<>();
        List<Series> ends = new ArrayList<>();
        List<String> arms = table.distinct("arm");
        for (int k = 0; k < arms.size(); k++) {
            Table arm = table.where("arm", arms.get(k));
            List<CampaignCurves.Curve> generations = CampaignCurves.curves(arm, "generation", "energy_mae");
            if (generations.size() < 2) {
                continue;
            }
            String name = arms.get(k) + ", " + generations.size() + " campaigns";
            byGeneration.add(band(name, k, generations));
            byLabels.add(band(null, k, CampaignCurves.curves(arm, "labels", "energy_mae")));
            double[] last = generations.stream()
                    .mapToDouble(CampaignCurves.Curve::last)
                    .sorted()
                    .toArray();
            double[] rank = new double[last.length];
            Arrays.setAll(rank, i -> i + 1);
            ends.add(Series.of(null, Mark.POINTS, k, rank, last));
        }
        if (byGeneration.isEmpty()) {
            return null;
        }
        String error = "mean absolute error (meV/atom)";
        return Figure.of(
                "replicas",
                Plot.of("Mean, best and worst", Axis.linear("generation"), Axis.logarithmic(error), byGeneration)
                        .overWholeNumbers(),
                Plot.of("", Axis.linear("reference calculations"), Axis.logarithmic(error), byLabels),
                Plot.of("Final errors", Axis.linear("campaign, by its error"), fromZero(error, ends), ends)
                        .overWholeNumbers());
    }

    private static Figure cost(Results results) {
        Table table = results.table("cost");
        Map<String, Double> steps = new LinkedHashMap<>();
        Map<String, Boolean> reference = new LinkedHashMap<>();
        boolean kinds = table.columns().contains("kind");
        for (Table.Row row : table.rows()) {
            steps.merge(row.text("step"), row.known("cpu_seconds"), Double::sum);
            reference.put(row.text("step"), kinds && row.text("kind").equals(CampaignCost.REFERENCE));
        }
        List<String> names = new ArrayList<>(steps.keySet());
        names.sort(Comparator.comparingDouble(name -> -steps.get(name)));
        double[] values = names.stream().mapToDouble(steps::get).toArray();
        boolean hours = values.length > 0 && values[0] > 3 * 3600;
        boolean[] emphasised = new boolean[values.length];
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            values[k] = hours ? values[k] / 3600 : values[k];
            emphasised[k] = reference.get(names.get(k));
            texts.add(values[k] < 1 ? String.format(Locale.ROOT, "%.2f", values[k]) : significant(values[k]));
        }
        return Figure.of(
                "cost",
                new Bars(
                        "Processor time by step",
                        Axis.linear(hours ? "core-hours" : "processor time (s)"),
                        names,
                        values,
                        texts,
                        emphasised,
                        kinds
                                ? new String[] {"training, sampling, judging", "reference calculations"}
                                : new String[0]));
    }

    // Words and numbers

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** Three significant digits, plain. */
    static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        if (value == 0) {
            return "0";
        }
        int decimals = (int) Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
        return String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
    }

    private static double smallest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    }
}
