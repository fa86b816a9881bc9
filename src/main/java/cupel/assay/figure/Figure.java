package cupel.assay.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a figure shows, in numbers: one or more panels side by side. Nothing here is rounded, so a specification can compare
 * it with the table that it was made of; {@link Drawing} makes it visible.
 *
 * @param name of its files, without ending
 * @param panels at least one, drawn from left to right
 * @param columns panels in a row; the next ones go below
 */
public record Figure(String name, List<Panel> panels, int columns) {

    public Figure {
        if (panels.isEmpty() || columns < 1) {
            throw new IllegalArgumentException("illegal figure " + name + ": " + panels.size() + " panels in " + columns
                    + " columns, must be one of each at least");
        }
        panels = List.copyOf(panels);
    }

    /** A figure with all panels in one row. */
    static Figure of(String name, Panel... panels) {
        return new Figure(name, List.of(panels), panels.length);
    }

    /** One pair of axes with what is between them. */
    public sealed interface Panel permits Plot, Bars {}

    /**
     * An axis.
     *
     * @param label what it shows, with its unit
     * @param logarithmic whether its scale is; then numbers that are not above 0 are not drawn
     * @param min lowest number to show, NaN to fit the data
     * @param max highest number to show, NaN to fit the data
     */
    public record Axis(String label, boolean logarithmic, double min, double max) {

        /** Linear, fitted to the data. */
        static Axis linear(String label) {
            return new Axis(label, false, Double.NaN, Double.NaN);
        }

        /** Logarithmic, fitted to the data. */
        static Axis logarithmic(String label) {
            return new Axis(label, true, Double.NaN, Double.NaN);
        }

        Axis between(double low, double high) {
            return new Axis(label, logarithmic, low, high);
        }
    }

    /** How a series is drawn. */
    public enum Mark {
        /** Dots. */
        POINTS,
        /** Small translucent dots, for thousands of them. */
        CLOUD,
        /** A line. */
        LINE,
        /** A thin line without emphasis, such as one of many replicas, or the diagonal of a correlation. */
        THIN_LINE,
        /** A thin broken line. */
        DASHES,
        /** A line with dots. */
        LINE_AND_POINTS,
        /** Dots with bars from low to high. */
        ERROR_BARS,
        /** A band from low to high under a line. */
        BAND
    }

    /**
     * Points that belong together.
     *
     * @param name in the legend; null to leave it out there
     * @param mark how it is drawn
     * @param colour index into the colours of categories ({@link Palette#category}), -1 for grey
     * @param x one per point
     * @param y one per point; NaN leaves a gap
     * @param low lower ends of bars or band, else null
     * @param high upper ends, else null
     */
    public record Series(String name, Mark mark, int colour, double[] x, double[] y, double[] low, double[] high) {

        public Series {
            boolean interval = mark == Mark.ERROR_BARS || mark == Mark.BAND;
            if (x.length != y.length
                    || interval != (low != null && high != null)
                    || interval && (low.length != x.length || high.length != x.length)) {
                throw new IllegalArgumentException("illegal series " + name + ": " + mark + " of " + x.length + " and "
                        + y.length + " numbers, must be as many, with lower and upper ends for bars and bands only");
            }
        }

        static Series of(String name, Mark mark, int colour, double[] x, double[] y) {
            return new Series(name, mark, colour, x, y, null, null);
        }
    }

    /**
     * A chart of numbers against numbers.
     *
     * @param title in a few words, may be empty
     * @param notes lines of text within the axes, above; on the left in a square plot, else on the right
     * @param shade series {@code k} has the colour of {@code shade.values()[k]} on a scale, instead of one of categories; or null
     * @param categories names at 0, 1, 2 … of the horizontal axis instead of numbers; empty for numbers
     * @param square whether both axes have the same range, with equal lengths for equal numbers
     */
    public record Plot(
            String title,
            Axis x,
            Axis y,
            List<Series> series,
            List<String> notes,
            Shade shade,
            boolean square,
            boolean wholeNumbersOnX,
            List<String> categories)
            implements Panel {

        public Plot {
            series = List.copyOf(series);
            notes = List.copyOf(notes);
            categories = List.copyOf(categories);
        }

        static Plot of(String title, Axis x, Axis y, List<Series> series) {
            return new Plot(title, x, y, series, List.of(), null, false, false, List.of());
        }

        /** With whole numbers only on the horizontal axis, such as numbers of atoms. */
        Plot overWholeNumbers() {
            return new Plot(title, x, y, series, notes, shade, square, true, categories);
        }

        Plot withNotes(List<String> lines) {
            return new Plot(title, x, y, series, lines, shade, square, wholeNumbersOnX, categories);
        }

        /** With names at 0, 1, 2 … of the horizontal axis instead of numbers. */
        Plot overCategories(List<String> names) {
            return new Plot(title, x, y, series, notes, shade, square, wholeNumbersOnX, names);
        }

        /** All finite numbers along an axis, ends of bars included. */
        double[] extent(boolean horizontal) {
            List<double[]> all = new ArrayList<>();
            for (Series one : series) {
                all.add(horizontal ? one.x : one.y);
                if (!horizontal && one.low != null) {
                    all.add(one.low);
                    all.add(one.high);
                }
            }
            return all.stream()
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .toArray();
        }
    }

    /**
     * Colours that show a number.
     *
     * @param label what the number is
     * @param values one per series of the plot; NaN for a series in its own colour
     */
    public record Shade(String label, double[] values) {}

    /**
     * Horizontal bars, one a category, the first on top.
     *
     * @param texts written at the ends of the bars
     * @param emphasised whether a bar has the second colour; {@code legend} says what the two mean
     * @param legend of the plain and the emphasised bars; null where there are none of a kind
     */
    public record Bars(
            String title,
            Axis value,
            List<String> categories,
            double[] values,
            List<String> texts,
            boolean[] emphasised,
            String[] legend)
            implements Panel {

        public Bars {
            categories = List.copyOf(categories);
            texts = List.copyOf(texts);
            if (categories.size() != values.length
                    || texts.size() != values.length
                    || emphasised.length != values.length) {
                throw new IllegalArgumentException("illegal bars: " + categories.size() + " categories, "
                        + values.length + " values, " + texts.size() + " texts");
            }
        }
    }
}
