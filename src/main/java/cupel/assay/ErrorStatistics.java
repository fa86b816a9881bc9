package cupel.assay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;

/**
 * How far predictions are from reference values.
 *
 * <pre>
 *   MAE  = mean |p - r|
 *   RMSE = sqrt(mean (p - r)^2)
 *   R2   = 1 - sum (p - r)^2 / sum (r - mean r)^2
 * </pre>
 *
 * @param n number of values
 * @param mae mean absolute error, unit of the values; NaN for no values or when a prediction is not finite
 * @param rmse root mean square error, likewise
 * @param r2 coefficient of determination; NaN also when all reference values are equal
 * @param largest largest absolute error, likewise
 * @param notFinite number of predictions that are NaN or infinite. They are not left out: one of them makes the
 *     statistics NaN, since any finite number would flatter the potential.
 */
public record ErrorStatistics(int n, double mae, double rmse, double r2, double largest, int notFinite) {

    /**
     * Statistics of predictions.
     *
     * @param predicted one per value
     * @param reference in the same order and unit; finite
     */
    public static ErrorStatistics of(double[] predicted, double[] reference) {
        if (predicted.length != reference.length) {
            throw new IllegalArgumentException(
                    predicted.length + " predictions do not fit " + reference.length + " reference values");
        }
        int n = reference.length;
        double[] absolute = new double[n];
        double[] squared = new double[n];
        double largest = n == 0 ? Double.NaN : 0;
        int notFinite = 0;
        for (int i = 0; i < n; i++) {
            double difference = predicted[i] - reference[i];
            absolute[i] = Math.abs(difference);
            squared[i] = difference * difference;
            largest = Math.max(largest, absolute[i]);
            if (!Double.isFinite(difference)) {
                notFinite++;
            }
        }
        if (n == 0 || notFinite > 0) {
            return new ErrorStatistics(n, Double.NaN, Double.NaN, Double.NaN, Double.NaN, notFinite);
        }
        double meanSquare = Mean.of(squared).getAsDouble();
        double spread = Variance.of(reference).setBiased(true).getAsDouble();
        double r2 = spread > 0 ? 1 - meanSquare / spread : Double.NaN;
        return new ErrorStatistics(n, Mean.of(absolute).getAsDouble(), Math.sqrt(meanSquare), r2, largest, 0);
    }

    /** The same numbers as JSON, with the unit in the names and null for NaN. */
    ObjectNode toJson(String unit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("n", n);
        Json.put(json, "mae_" + unit, mae);
        Json.put(json, "rmse_" + unit, rmse);
        Json.put(json, "largest_" + unit, largest);
        Json.put(json, "r2", r2);
        if (notFinite > 0) {
            json.put("predictions_not_finite", notFinite);
        }
        return json;
    }
}
