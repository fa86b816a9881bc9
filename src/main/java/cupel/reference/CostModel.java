package cupel.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a calculation will cost, from what calculations of the same kind have cost: for sizes with {@value #ENOUGH} calculations or
 * more their median; for others c·n^p with the c and p that fit the logarithms of all calculations best (least squares). Where
 * only one size is known p is 1, so that twice the atoms are thought to cost twice as much.
 */
public final class CostModel {

    private static final int ENOUGH = 3;

    /** A program whose cost grows faster than the fourth power of the number of atoms has only been seen at too few sizes. */
    private static final double STEEPEST = 4;

    private final Map<Integer, Double> medians = new TreeMap<>();
    private final double factor;
    private final double power;

    /**
     * A model of costs.
     *
     * @param secondsBySize seconds of calculations by number of atoms; those that are not positive say nothing
     * @throws IllegalArgumentException if none is left
     */
    public CostModel(Map<Integer, List<Double>> secondsBySize) {
        List<double[]> points = new ArrayList<>();
        for (Map.Entry<Integer, List<Double>> size : secondsBySize.entrySet()) {
            List<Double> seconds = new ArrayList<>(size.getValue());
            seconds.removeIf(s -> !(s > 0) || s.isInfinite());
            Collections.sort(seconds);
            for (double s : seconds) {
                points.add(new double[] {Math.log(size.getKey()), Math.log(s)});
            }
            if (seconds.size() >= ENOUGH) {
                int half = seconds.size() / 2;
                medians.put(
                        size.getKey(),
                        seconds.size() % 2 == 1
                                ? seconds.get(half)
                                : 0.5 * (seconds.get(half - 1) + seconds.get(half)));
            }
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("illegal costs: none, must be those of one calculation at least");
        }
        double x = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
        double y = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
        double xx = points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
        double xy = points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
        power = xx > 1e-12 ? Math.max(0, Math.min(STEEPEST, xy / xx)) : 1;
        factor = Math.exp(y - power * x);
    }

    /** Expected seconds of a calculation of so many atoms. */
    public double seconds(int atoms) {
        Double median = medians.get(atoms);
        return median != null ? median : factor * Math.pow(atoms, power);
    }
}
