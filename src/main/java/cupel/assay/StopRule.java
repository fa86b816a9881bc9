package cupel.assay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * When a campaign ends: after {@code patience} quiet generations in a row (converged), or when labels or generations are used
 * up.
 *
 * <p>A generation is quiet when nothing joined the pool although there was something to learn from: at least one label was
 * tested, or every candidate was a twin of a structure known already. A generation in which nothing could be tested (no
 * candidates, all of them unphysical, or all reference calculations failed) says nothing about the potential: it neither counts
 * as quiet nor ends a row of quiet ones. After {@code patience} of these in a row the campaign ends too, for another reason,
 * since it would run for ever.
 *
 * @param patience quiet generations in a row, 1 or more
 * @param maxLabels reference calculations, failed ones included since they cost as much; Integer.MAX_VALUE for no limit
 * @param maxGenerations generations; Integer.MAX_VALUE for no limit
 * @param maxLabelSeconds processor time of reference calculations in seconds; infinity for no limit
 */
public record StopRule(int patience, int maxLabels, int maxGenerations, double maxLabelSeconds) {

    /** Without a limit of processor time. */
    public StopRule(int patience, int maxLabels, int maxGenerations) {
        this(patience, maxLabels, maxGenerations, Double.POSITIVE_INFINITY);
    }

    public StopRule {
        if (!(maxLabelSeconds > 0)) {
            throw new IllegalArgumentException("illegal maxLabelSeconds: " + maxLabelSeconds + ", must be above 0");
        }
        if (patience < 1) {
            throw new IllegalArgumentException("illegal patience: " + patience + ", must be 1 or more");
        }
        if (maxLabels < 1) {
            throw new IllegalArgumentException("illegal maxLabels: " + maxLabels + ", must be 1 or more");
        }
        if (maxGenerations < 1) {
            throw new IllegalArgumentException("illegal maxGenerations: " + maxGenerations + ", must be 1 or more");
        }
    }

    /**
     * Adds a generation to a campaign and decides.
     *
     * @param before the state with which the generation began
     * @param counts what became of its candidates
     * @param selection what became of its labels
     * @param failed reference calculations that failed
     * @param seconds of processor time that the calculations of this generation took; 0 where nobody counts
     * @param test the test, for the numbers
     */
    public CampaignState judge(
            CampaignState before,
            ScreenCounts counts,
            Selection selection,
            int failed,
            double seconds,
            DirectTest test) {
        int added = selection.added().size();
        boolean allKnown = counts.candidates() > 0 && counts.duplicates() == counts.candidates();
        boolean learned = selection.tested() > 0 || allKnown;
        int quiet = added > 0 ? 0 : before.quiet() + (learned ? 1 : 0);
        int untested = learned ? 0 : before.untested() + 1;
        Generation row = new Generation(
                before.generation() + 1,
                selection.poolSizeBefore(),
                counts.candidates(),
                counts.screenedOut(),
                counts.duplicates(),
                selection.tested(),
                failed,
                added,
                quiet,
                untested,
                selection.energy().mae(),
                selection.energy().largest());
        return before.after(row, seconds, decide(before, row, seconds, test));
    }

    private Decision decide(CampaignState before, Generation row, double seconds, DirectTest test) {
        int generations = before.generations().size() + 1;
        int calculations = before.labels() + before.failures() + row.labelled() + row.failed();
        ObjectNode numbers = JsonNodeFactory.instance.objectNode();
        numbers.put("generations", generations);
        numbers.put("labels", before.labels() + row.labelled());
        numbers.put("failures", before.failures() + row.failed());
        numbers.put("pool_size", row.poolSize() + row.added());
        numbers.put("quiet", row.quiet());
        numbers.put("untested", row.untested());
        numbers.put("patience", patience);
        putLimit(numbers, "max_labels", maxLabels);
        putLimit(numbers, "max_generations", maxGenerations);
        if (maxLabelSeconds < Double.POSITIVE_INFINITY) {
            numbers.put("label_hours", (before.labelSeconds() + seconds) / 3600);
            numbers.put("max_label_hours", maxLabelSeconds / 3600);
        }
        numbers.put(test.perAtom() ? "tolerance_mev_per_atom" : "tolerance_mev_per_structure", milli(test.tolerance()));
        if (test.forceTolerance() < Double.POSITIVE_INFINITY) {
            numbers.put("force_tolerance_ev_per_angstrom", test.forceTolerance());
        }
        String tolerance = milli(test.tolerance()) + (test.perAtom() ? " meV/atom" : " meV a structure");
        if (row.quiet() >= patience) {
            return new Decision(
                    Decision.Rule.PATIENCE,
                    "Converged: nothing joined the pool in " + generationsInARow(row.quiet())
                            + "; every structure tested in them was within " + tolerance + " or known already.",
                    numbers);
        }
        if (calculations >= maxLabels) {
            return new Decision(
                    Decision.Rule.MAX_LABELS,
                    "Not converged: " + calculations + " reference calculations were made, " + maxLabels
                            + " are allowed.",
                    numbers);
        }
        double spent = before.labelSeconds() + seconds;
        if (spent >= maxLabelSeconds) {
            return new Decision(
                    Decision.Rule.MAX_LABEL_HOURS,
                    String.format(
                            Locale.ROOT,
                            "Not converged: reference calculations took %.2f core-hours, %.2f are allowed.",
                            spent / 3600,
                            maxLabelSeconds / 3600),
                    numbers);
        }
        if (generations >= maxGenerations) {
            return new Decision(
                    Decision.Rule.MAX_GENERATIONS,
                    "Not converged: " + generations + (generations == 1 ? " generation was" : " generations were")
                            + " run, " + maxGenerations + (maxGenerations == 1 ? " is" : " are") + " allowed.",
                    numbers);
        }
        if (row.untested() >= patience) {
            return new Decision(
                    Decision.Rule.NOTHING_TO_TEST,
                    "Not converged: in " + generationsInARow(row.untested())
                            + " nothing could be tested. The last one had " + row.candidates()
                            + " candidates, of which "
                            + row.screenedOut() + " were screened out and " + row.failed()
                            + " failed in the reference code.",
                    numbers);
        }
        return new Decision(Decision.Rule.NONE, goingOn(row, tolerance), numbers);
    }

    private String goingOn(Generation row, String tolerance) {
        if (row.added() > 0) {
            return row.added() + " of " + row.labelled() + " new labels failed the test of " + tolerance
                    + " and joined the pool.";
        }
        if (row.untested() > 0) {
            return "Nothing could be tested: " + row.candidates() + " candidates, " + row.screenedOut()
                    + " screened out, " + row.failed() + " failed. This does not count as quiet.";
        }
        return "Nothing joined the pool: quiet generation " + row.quiet() + " of " + patience + ".";
    }

    private static void putLimit(ObjectNode numbers, String key, int limit) {
        if (limit < Integer.MAX_VALUE) {
            numbers.put(key, limit);
        }
    }

    private static String generationsInARow(int count) {
        return count == 1 ? "1 generation" : count + " generations in a row";
    }

    /** eV to meV without the digits that binary arithmetic adds: 0.02 is 20. */
    private static double milli(double electronvolt) {
        return Math.round(1e9 * electronvolt) / 1e6;
    }
}
