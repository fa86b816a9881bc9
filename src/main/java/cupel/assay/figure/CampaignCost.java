package cupel.assay.figure;

import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the steps of a run cost in processor time, from the trace that Nextflow wrote: for each task its running time times its use of
 * processors ({@code realtime} times {@code %cpu}), Java's start included, Nextflow itself not. For tasks that ended too soon to be
 * measured, with no {@code %cpu}, the running time times the processors that the task asked for ({@code cpus}, 1 if not in the trace)
 * is the most that it can have been, and is what counts. Tasks that failed cost what they cost; those that are not over yet do not count.
 */
public final class CampaignCost {

    /** Columns of {@code cost.csv}. */
    public static final List<String> COLUMNS = List.of("step", "tasks", "cpu_seconds", "wall_seconds", "kind");

    /** Kind of a step that is a reference calculation. */
    public static final String REFERENCE = "reference";

    private static final String OTHER = "other";
    private static final Pattern DURATION = Pattern.compile("([\\d.]+)\\s*(ms|s|m|h|d)\\s*");
    private static final Map<String, Double> SECONDS =
            Map.of("ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0, "d", 86400.0);

    private CampaignCost() {}

    /**
     * Cost by step, the dearest first.
     *
     * @param trace {@code pipeline_info/trace.tsv} of a run
     * @return a table with the columns {@link #COLUMNS}; {@code kind} is {@code reference} for the steps that run a reference program or
     *     compute labels with a built-in model, {@code other} for the rest
     */
    public static Table of(Path trace) throws IOException {
        Table tasks = Table.read(trace, List.of("name", "realtime", "%cpu"), '\t');
        Map<String, double[]> steps = new TreeMap<>();
        for (Table.Row task : tasks.rows()) {
            String realtime = task.text("realtime").strip();
            if (realtime.equals("-") || realtime.isEmpty()) {
                continue;
            }
            double wall = seconds(realtime, trace);
            double[] step = steps.computeIfAbsent(step(task.text("name")), name -> new double[3]);
            step[0]++;
            step[1] += wall;
            step[2] += wall * processors(task, tasks, trace);
        }
        List<Map.Entry<String, double[]>> sorted = new ArrayList<>(steps.entrySet());
        sorted.sort(Comparator.comparingDouble(step -> -step.getValue()[2]));
        List<List<?>> rows = new ArrayList<>();
        for (Map.Entry<String, double[]> step : sorted) {
            double[] sums = step.getValue();
            rows.add(List.of(
                    step.getKey(),
                    (int) sums[0],
                    Math.rint(1000 * sums[2]) / 1000,
                    Math.rint(1000 * sums[1]) / 1000,
                    isReference(step.getKey()) ? REFERENCE : OTHER));
        }
        return Table.of(COLUMNS, rows);
    }

    /** {@code ACTIVE_LEARNING:LABEL:RUN_XTB (campaign_01 3)} is the step {@code RUN_XTB}. */
    private static String step(String name) {
        String process = name.strip().split(" ")[0];
        return process.substring(process.lastIndexOf(':') + 1);
    }

    private static boolean isReference(String step) {
        return step.startsWith("RUN_") || step.equals("LABEL_BUILTIN");
    }

    private static double processors(Table.Row task, Table tasks, Path trace) {
        String share = task.text("%cpu").strip();
        if (!share.equals("-") && !share.isEmpty()) {
            return number(share.replaceFirst("%$", ""), "%cpu", trace) / 100;
        }
        return tasks.columns().contains("cpus") && !task.text("cpus").strip().equals("-")
                ? number(task.text("cpus").strip(), "cpus", trace)
                : 1;
    }

    private static double number(String text, String column, Path trace) {
        if (!text.matches("\\d+(\\.\\d+)?")) {
            throw new InputException(trace + ": " + column + " must be a number, is \"" + text + "\"");
        }
        return Double.parseDouble(text);
    }

    private static double seconds(String text, Path trace) {
        Matcher parts = DURATION.matcher(text);
        double sum = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            sum += Double.parseDouble(parts.group(1)) * SECONDS.get(parts.group(2));
            end = parts.end();
        }
        if (end != text.length() || end == 0) {
            throw new InputException(
                    trace + ": realtime must be a duration such as \"1m 3s\" or \"450ms\", is \"" + text + "\"");
        }
        return sum;
    }
}
