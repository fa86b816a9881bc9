package cupel.assay.figure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Test errors of campaigns over the labels that they had paid for, and how far replicas of one arm are from each other.
 *
 * <p>The labels of a generation are those that its potential could have been trained on: the seed structures, and all reference calculations
 * that had succeeded in the generations before, whether the structure joined the pool or not. The potential that the campaign ends with,
 * trained on its final pool, counts as one more generation when it was tested.
 *
 * <p>Replicas have their errors at different numbers of labels. Between two generations of a campaign its error is taken to be a
 * power of the labels, a line where both are logarithmic; before its first and after its last it has none, so that nothing is guessed. The spread is given at every number of labels
 * at which some campaign of the arm was tested, over the campaigns that reach over it.
 */
public final class CampaignCurves {

    /** Columns of {@code replicas.csv}. */
    public static final List<String> REPLICAS =
            List.of("arm", "campaign", "seed", "generation", "labels", "pool", "energy_mae", "force_mae");

    /** Columns of {@code replica_spread.csv}. */
    public static final List<String> SPREAD = List.of("arm", "labels", "mean", "best", "worst", "replicas");

    private static final List<String> GENERATIONS =
            List.of("generation", "pool_size", "labelled", "added", "test_energy_mae_mev", "test_force_mae_mev");
    private static final Pattern SEED = Pattern.compile(".*?(\\d+)");

    private CampaignCurves() {}

    /**
     * The campaigns below a folder: the folder itself if it has a {@code generations.csv}, or else those folders in it that have
     * one, by name.
     */
    public static List<Path> campaigns(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + ": no such folder; give a campaign, or results with campaigns in them");
        }
        if (Files.exists(folder.resolve("generations.csv"))) {
            return List.of(folder);
        }
        try (Stream<Path> inside = Files.list(folder)) {
            List<Path> found = inside.filter(path -> Files.exists(path.resolve("generations.csv")))
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .toList();
            if (found.isEmpty()) {
                throw new InputException(
                        folder + ": has no campaign, no generations.csv in it nor in a folder below; has it been run?");
            }
            return found;
        }
    }

    /** The arm that a campaign belongs to by its name, which is the arm's with the seed behind it. */
    public static String arm(Path campaign) throws IOException {
        String name = campaign.toRealPath().getFileName().toString();
        String arm = name.replaceFirst("[_-]?\\d+$", "");
        return arm.isEmpty() ? name : arm;
    }

    /**
     * Curves of campaigns.
     *
     * @param arms campaign folders by the name of their arm, in the order to be kept
     * @return a table with the columns {@link #REPLICAS}; errors in meV/atom and meV/angstrom, empty where nothing was tested
     */
    public static Table replicas(Map<String, List<Path>> arms) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        for (Map.Entry<String, List<Path>> arm : arms.entrySet()) {
            List<String> names = new ArrayList<>();
            for (Path campaign : arm.getValue()) {
                String name = campaign.toRealPath().getFileName().toString();
                if (names.contains(name)) {
                    throw new InputException(campaign + ": a second campaign " + name + " in the arm " + arm.getKey()
                            + "; campaigns of one arm must have different names. Give results their own arms: ARM=DIR");
                }
                names.add(name);
                add(rows, arm.getKey(), name, campaign);
            }
        }
        return Table.of(REPLICAS, rows);
    }

    private static void add(List<List<?>> rows, String arm, String name, Path campaign) throws IOException {
        Table generations = Table.read(campaign.resolve("generations.csv"), GENERATIONS);
        Matcher digits = SEED.matcher(name);
        String seed = digits.matches() ? digits.group(1).replaceFirst("^0+(?=\\d)", "") : "";
        int labels = -1;
        int pool = 0;
        int last = 0;
        for (Table.Row row : generations.rows()) {
            labels = labels < 0 ? row.count("pool_size") : labels;
            rows.add(row(
                    arm,
                    name,
                    seed,
                    row.count("generation"),
                    labels,
                    row.count("pool_size"),
                    row.number("test_energy_mae_mev"),
                    row.number("test_force_mae_mev")));
            labels += row.count("labelled");
            pool = row.count("pool_size") + row.count("added");
            last = row.count("generation");
        }
        Path test = campaign.resolve("test.json");
        if (last > 0 && Files.exists(test)) {
            JsonNode json = read(test);
            rows.add(row(
                    arm,
                    name,
                    seed,
                    last + 1,
                    labels,
                    pool,
                    json.at("/energy/mae_mev_per_atom").asDouble(Double.NaN),
                    json.at("/force/mae_mev_per_angstrom").asDouble(Double.NaN)));
        }
    }

    private static List<?> row(
            String arm, String name, String seed, int generation, int labels, int pool, double energy, double force) {
        return List.of(arm, name, seed, generation, labels, pool, energy, force);
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new InputException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Spread of the energy errors of the campaigns of each arm.
     *
     * @param replicas a table with the columns {@link #REPLICAS}
     * @return a table with the columns {@link #SPREAD}, in meV/atom
     */
    public static Table spread(Table replicas) {
        List<List<?>> rows = new ArrayList<>();
        for (String arm : replicas.distinct("arm")) {
            List<Curve> curves = curves(replicas.where("arm", arm), "labels", "energy_mae");
            TreeSet<Double> places = new TreeSet<>();
            for (Curve curve : curves) {
                for (double x : curve.x) {
                    places.add(x);
                }
            }
            for (double place : places) {
                Spread spread = Spread.at(curves, place);
                if (spread.count > 0) {
                    rows.add(List.of(arm, (int) place, spread.mean, spread.best, spread.worst, spread.count));
                }
            }
        }
        return Table.of(SPREAD, rows);
    }

    /** The curves of all campaigns of one arm, without the points that were not tested. */
    static List<Curve> curves(Table arm, String across, String up) {
        Map<String, List<Table.Row>> campaigns = new LinkedHashMap<>();
        for (Table.Row row : arm.rows()) {
            if (!Double.isNaN(row.number(up))) {
                campaigns
                        .computeIfAbsent(row.text("campaign"), name -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Curve> curves = new ArrayList<>();
        campaigns.forEach((name, rows) -> {
            rows.sort(Comparator.comparingInt(row -> row.count("generation")));
            curves.add(new Curve(
                    name,
                    rows.stream().mapToDouble(row -> row.known(across)).toArray(),
                    rows.stream().mapToDouble(row -> row.known(up)).toArray()));
        });
        return curves;
    }

    /**
     * The errors of one campaign.
     *
     * @param x ascending, may stay the same from one point to the next
     */
    record Curve(String campaign, double[] x, double[] y) {

        /**
         * Between two points a power of the place, as learning curves are (a line where both axes are logarithmic; linear if a number is
         * not above 0); NaN outside. Of points at the same place the last counts: it was trained last.
         */
        double at(double place) {
            for (int k = x.length - 1; k >= 0; k--) {
                if (x[k] == place) {
                    return y[k];
                }
                if (x[k] < place) {
                    return k == x.length - 1 ? Double.NaN : between(k, place);
                }
            }
            return Double.NaN;
        }

        private double between(int k, double place) {
            if (x[k] > 0 && y[k] > 0 && y[k + 1] > 0) {
                double part = Math.log(place / x[k]) / Math.log(x[k + 1] / x[k]);
                return y[k] * Math.pow(y[k + 1] / y[k], part);
            }
            return y[k] + (y[k + 1] - y[k]) * (place - x[k]) / (x[k + 1] - x[k]);
        }

        double last() {
            return y[y.length - 1];
        }
    }

    /** Errors of several campaigns at one place. */
    record Spread(double mean, double best, double worst, int count) {

        static Spread at(List<Curve> curves, double place) {
            double sum = 0;
            double best = Double.POSITIVE_INFINITY;
            double worst = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (Curve curve : curves) {
                double value = curve.at(place);
                if (!Double.isNaN(value)) {
                    sum += value;
                    best = Math.min(best, value);
                    worst = Math.max(worst, value);
                    count++;
                }
            }
            return count == 0
                    ? new Spread(Double.NaN, Double.NaN, Double.NaN, 0)
                    : new Spread(sum / count, best, worst, count);
        }
    }
}
