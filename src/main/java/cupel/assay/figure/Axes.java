package cupel.assay.figure;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.Tick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** Axes with round numbers at their ticks, the same in every language setting. */
final class Axes {

    /** Room between data and the ends of an axis, in parts of its length. */
    private static final double MARGIN = 0.05;

    private static final int LINEAR_TICKS = 6;

    private Axes() {}

    /**
     * An axis.
     *
     * @param data numbers to be shown, at least those that are to fit
     * @param whole whether ticks are at whole numbers only
     */
    static ValueAxis axis(Figure.Axis wanted, double[] data, boolean whole) {
        double[] range = range(wanted, data);
        ValueAxis axis = wanted.logarithmic() ? new Logarithmic() : new NumberAxis();
        if (axis instanceof NumberAxis linear) {
            double step = step(range[1] - range[0], LINEAR_TICKS);
            step = whole ? Math.max(1, Math.rint(step)) : step;
            linear.setTickUnit(new NumberTickUnit(step, format(decimals(step))));
            linear.setAutoRangeIncludesZero(false);
        }
        axis.setRange(range[0], range[1]);
        axis.setLabel(Names.shown(wanted.label()));
        return axis;
    }

    /** An axis with names at 0, 1, 2 and so on. */
    static ValueAxis names(Figure.Axis wanted, List<String> names) {
        SymbolAxis axis = new SymbolAxis(
                Names.shown(wanted.label()), names.stream().map(Names::shown).toArray(String[]::new));
        axis.setGridBandsVisible(false);
        axis.setRange(-0.5, names.size() - 0.5);
        return axis;
    }

    /** Lowest and highest number of an axis: as wanted, or the data's with a margin. */
    static double[] range(Figure.Axis wanted, double[] data) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : data) {
            if (Double.isFinite(value) && !(wanted.logarithmic() && value <= 0)) {
                double place = wanted.logarithmic() ? Math.log10(value) : value;
                min = Math.min(min, place);
                max = Math.max(max, place);
            }
        }
        if (min > max) {
            min = 0;
            max = 1;
        }
        double room = MARGIN * (max - min);
        if (room == 0) {
            room = wanted.logarithmic() ? 0.1 : min == 0 ? 1 : 0.1 * Math.abs(min);
        }
        min -= room;
        max += room;
        if (wanted.logarithmic()) {
            min = Math.pow(10, min);
            max = Math.pow(10, max);
        }
        min = Double.isNaN(wanted.min()) ? min : wanted.min();
        max = Double.isNaN(wanted.max()) ? max : wanted.max();
        return max > min ? new double[] {min, max} : new double[] {min, min + 1};
    }

    /** 1, 2 or 5 times a power of ten, so that about so many steps make the length. */
    static double step(double length, int steps) {
        double raw = length / steps;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double part = raw / power;
        double factor = part <= 1.42 ? 1 : part <= 3.2 ? 2 : part <= 7.1 ? 5 : 10;
        return factor * power;
    }

    private static int decimals(double step) {
        return (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    }

    /** Plain decimals with a true minus sign. */
    static DecimalFormat format(int decimals) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setMinusSign('\u2212');
        DecimalFormat format = new DecimalFormat(decimals == 0 ? "0" : "0." + "0".repeat(decimals), symbols);
        format.setNegativePrefix("\u2212");
        return format;
    }

    /** Labels at 1, 2 and 5 times the powers of ten; at the powers alone over many decades, at more where that would be too few. */
    private static final class Logarithmic extends LogAxis {

        private static final long serialVersionUID = 1L;

        Logarithmic() {
            setSmallestValue(Double.MIN_NORMAL);
        }

        @Override
        protected List<Tick> refreshTicksHorizontal(Graphics2D g, Rectangle2D area, RectangleEdge edge) {
            return ticks(TextAnchor.TOP_CENTER);
        }

        @Override
        protected List<Tick> refreshTicksVertical(Graphics2D g, Rectangle2D area, RectangleEdge edge) {
            return ticks(TextAnchor.CENTER_RIGHT);
        }

        private List<Tick> ticks(TextAnchor anchor) {
            double min = getRange().getLowerBound();
            double max = getRange().getUpperBound();
            List<Tick> ticks = new ArrayList<>();
            List<Double> labelled = labelled(min, max);
            for (double value : labelled) {
                String text = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
                ticks.add(new NumberTick(TickType.MAJOR, value, text, anchor, TextAnchor.CENTER, 0));
            }
            for (double value : multiples(min, max, 1, 2, 3, 4, 5, 6, 7, 8, 9)) {
                if (!labelled.contains(value)) {
                    ticks.add(new NumberTick(TickType.MINOR, value, "", anchor, TextAnchor.CENTER, 0));
                }
            }
            return ticks;
        }

        private static List<Double> labelled(double min, double max) {
            if (max / min > 3000) {
                return multiples(min, max, 1);
            }
            List<Double> few = multiples(min, max, 1, 2, 5);
            if (few.size() > 2) {
                return few;
            }
            List<Double> more = multiples(min, max, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            if (more.size() > 2) {
                return more;
            }
            double step = step(max - min, 4);
            List<Double> round = new ArrayList<>();
            for (long k = (long) Math.ceil(min / step); k * step <= max; k++) {
                round.add(BigDecimal.valueOf(k)
                        .multiply(new BigDecimal(Double.toString(step)))
                        .doubleValue());
            }
            return round;
        }

        private static List<Double> multiples(double min, double max, int... factors) {
            List<Double> found = new ArrayList<>();
            for (int power = (int) Math.floor(Math.log10(min)); Math.pow(10, power) <= max; power++) {
                for (int factor : factors) {
                    double value = BigDecimal.valueOf(factor, -power).doubleValue();
                    if (value >= min && value <= max) {
                        found.add(value);
                    }
                }
            }
            return found;
        }
    }
}
