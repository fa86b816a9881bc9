package cupel.assay.figure;

import cupel.structure.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.entity.EntityCollection;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.PaintScaleLegend;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Draws figures, as SVG with text that can be searched and as PNG. The same figure gives the same bytes, on any thread and in any
 * language setting; the font comes along (Roboto), so that no font need be installed for the looks of it.
 */
public final class Drawing {

    /** Height of a panel in points; its width is this times {@link #PROPORTION}, or a little more than this for a square one. */
    private static final double HEIGHT = 320;

    private static final double PROPORTION = 1.28;
    /** Picture elements of the PNG per point. */
    private static final double PIXELS = 2.5;
    /** Dots of a cloud nearer than this part of the axes lie on each other: the first is drawn. */
    private static final double SAME_PLACE = 1.0 / 900;

    private static final String FONTS = "Roboto, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif";

    private static final Font REGULAR = font("Roboto-Regular.ttf").deriveFont(11f);
    private static final Font SMALL = REGULAR.deriveFont(10f);
    private static final Font TITLE = font("Roboto-Medium.ttf").deriveFont(12f);

    static {
        // Rotated labels as text, not as outlines.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Drawing() {}

    private static Font font(String name) {
        try (InputStream in = com.formdev.flatlaf.fonts.roboto.FlatRobotoFont.class.getResourceAsStream(name)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("font " + name + " cannot be read", e);
        }
    }

    /** Writes NAME.svg and NAME.png into a folder, which is made if there is none. */
    public static void write(Figure figure, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AtomicFile.write(folder.resolve(figure.name() + ".svg"), svg(figure));
        AtomicFile.write(folder.resolve(figure.name() + ".png"), png(figure));
    }

    /** The figure as an SVG file. */
    public static String svg(Figure figure) {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment(null);
        context.setPrecision(2);
        SVGGraphics2D g = new SVGGraphics2D(context, false);
        double[] size = size(figure);
        g.setSVGCanvasSize(new java.awt.Dimension((int) size[0], (int) size[1]));
        draw(figure, g);
        Element root = g.getRoot();
        root.setAttribute("viewBox", "0 0 " + (int) size[0] + " " + (int) size[1]);
        nameFonts(root);
        StringWriter out = new StringWriter();
        try {
            g.stream(root, out, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString().replace("\r\n", "\n");
    }

    /** Readers of the file may not have our font: name those that are like it. */
    private static void nameFonts(Element element) {
        if (element.getAttribute("font-family").contains("Roboto")) {
            boolean medium = element.getAttribute("font-family").contains("Medium");
            element.setAttribute("font-family", FONTS);
            if (medium) {
                element.setAttribute("font-weight", "bold");
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                nameFonts(inner);
            }
        }
    }

    /** The figure as a PNG file. */
    public static byte[] png(Figure figure) {
        double[] size = size(figure);
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(PIXELS * size[0]), (int) Math.ceil(PIXELS * size[1]), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(PIXELS, PIXELS);
            draw(figure, g);
        } finally {
            g.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "png", out)) {
                throw new IllegalStateException("this Java writes no PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static double[] size(Figure figure) {
        int columns = Math.min(figure.columns(), figure.panels().size());
        int rows = (figure.panels().size() + columns - 1) / columns;
        return new double[] {Math.ceil(columns * width(figure)), Math.ceil(legendHeight(figure) + rows * height(figure))
        };
    }

    private static double width(Figure figure) {
        double widest = 0;
        for (Figure.Panel panel : figure.panels()) {
            double own = HEIGHT * PROPORTION;
            if (panel instanceof Figure.Plot plot && plot.square()) {
                own = HEIGHT * (plot.shade() == null ? 1.02 : 1.2);
            } else if (panel instanceof Figure.Bars) {
                own = HEIGHT * 1.6;
            }
            widest = Math.max(widest, own);
        }
        return widest;
    }

    private static double height(Figure figure) {
        double highest = 0;
        for (Figure.Panel panel : figure.panels()) {
            highest = Math.max(
                    highest,
                    panel instanceof Figure.Bars bars
                            ? 90 + 24.0 * bars.categories().size()
                            : HEIGHT);
        }
        return highest;
    }

    private static void draw(Figure figure, Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        double[] size = size(figure);
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, size[0], size[1]));
        double top = 0;
        if (figure.panels().size() > 1) {
            LegendTitle legend = legend(items(figure.panels()));
            if (legend != null) {
                top = legendHeight(figure);
                legend.arrange(g, new RectangleConstraint(size[0] - 24, top));
                legend.draw(g, new Rectangle2D.Double(12, 8, size[0] - 24, top));
            }
        }
        double width = width(figure);
        double height = height(figure);
        for (int k = 0; k < figure.panels().size(); k++) {
            Rectangle2D room = new Rectangle2D.Double(
                    k % figure.columns() * width, top + k / figure.columns() * height, width, height);
            chart(figure.panels().get(k), figure.panels().size() == 1).draw(g, room);
        }
    }

    /** Room for the legend that several panels share; measured without drawing, by the widths of its names. */
    private static double legendHeight(Figure figure) {
        LegendItemCollection items = items(figure.panels());
        if (figure.panels().size() < 2 || items.getItemCount() == 0) {
            return 0;
        }
        double room = Math.min(figure.columns(), figure.panels().size()) * width(figure) - 24;
        java.awt.font.FontRenderContext context = new java.awt.font.FontRenderContext(null, true, true);
        int rows = 1;
        double used = 0;
        for (int k = 0; k < items.getItemCount(); k++) {
            double own =
                    44 + SMALL.getStringBounds(items.get(k).getLabel(), context).getWidth();
            if (used > 0 && used + own > room) {
                rows++;
                used = 0;
            }
            used += own;
        }
        return 10 + 18.0 * rows;
    }

    private static JFreeChart chart(Figure.Panel panel, boolean ownLegend) {
        Plot plot = panel instanceof Figure.Plot numbers ? plot(numbers) : bars((Figure.Bars) panel);
        plot.setOutlineVisible(false);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setInsets(new RectangleInsets(4, 4, 2, 10));
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setAntiAlias(true);
        chart.setTextAntiAlias(true);
        chart.setPadding(new RectangleInsets(6, 6, 6, 6));
        String title = panel instanceof Figure.Plot numbers ? numbers.title() : ((Figure.Bars) panel).title();
        if (!title.isEmpty()) {
            TextTitle text = new TextTitle(Names.shown(title), TITLE);
            text.setPaint(Palette.INK);
            text.setHorizontalAlignment(HorizontalAlignment.LEFT);
            text.setPadding(2, 6, 4, 0);
            chart.setTitle(text);
        }
        if (ownLegend) {
            LegendTitle legend = legend(items(List.of(panel)));
            if (legend != null) {
                chart.addSubtitle(legend);
            }
        }
        if (panel instanceof Figure.Plot numbers && numbers.shade() != null) {
            chart.addSubtitle(scale(numbers.shade()));
        }
        return chart;
    }

    /** Names in the legend of these panels, each once. */
    private static LegendItemCollection items(List<Figure.Panel> panels) {
        LegendItemCollection all = new LegendItemCollection();
        Set<String> names = new HashSet<>();
        for (Figure.Panel panel : panels) {
            LegendItemCollection own =
                    panel instanceof Figure.Plot numbers ? legend(numbers) : legend((Figure.Bars) panel);
            for (int k = 0; k < own.getItemCount(); k++) {
                if (names.add(own.get(k).getLabel())) {
                    all.add(own.get(k));
                }
            }
        }
        return all;
    }

    /** A legend above what it explains, or null when there is nothing to be told apart. */
    private static LegendTitle legend(LegendItemCollection items) {
        if (items.getItemCount() == 0) {
            return null;
        }
        LegendTitle legend = new LegendTitle(() -> items);
        legend.setItemFont(SMALL);
        legend.setItemPaint(Palette.INK);
        legend.setBackgroundPaint(null);
        legend.setFrame(BlockBorder.NONE);
        legend.setPosition(RectangleEdge.TOP);
        legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
        legend.setLegendItemGraphicPadding(new RectangleInsets(2, 4, 2, 4));
        legend.setItemLabelPadding(new RectangleInsets(2, 2, 2, 10));
        legend.setPadding(0, 4, 2, 0);
        return legend;
    }

    private static XYPlot plot(Figure.Plot panel) {
        XYPlot plot = new XYPlot();
        double[] across = panel.extent(true);
        double[] up = panel.extent(false);
        if (panel.square()) {
            double[] both = java.util.stream.DoubleStream.concat(
                            java.util.Arrays.stream(across), java.util.Arrays.stream(up))
                    .toArray();
            across = both;
            up = both;
        }
        ValueAxis x = panel.categories().isEmpty()
                ? Axes.axis(panel.x(), across, panel.wholeNumbersOnX())
                : Axes.names(panel.x(), panel.categories());
        ValueAxis y = Axes.axis(panel.y(), up, false);
        style(x);
        style(y);
        plot.setDomainAxis(x);
        plot.setRangeAxis(y);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setRangeGridlineStroke(new BasicStroke(0.6f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        double[] shades = panel.shade() == null ? null : panel.shade().values();
        for (int k = 0; k < panel.series().size(); k++) {
            Figure.Series series = panel.series().get(k);
            Color colour = Palette.category(series.colour());
            if (shades != null && !Double.isNaN(shades[k])) {
                colour = Palette.scale(place(panel.shade(), shades[k]));
            }
            plot.setDataset(k, dataset(series, x, y));
            plot.setRenderer(k, renderer(series.mark(), colour));
        }
        if (!panel.notes().isEmpty()) {
            plot.addAnnotation(notes(panel));
        }
        return plot;
    }

    /** On the left where the data rise, on the right where they fall: out of their way. */
    private static XYTitleAnnotation notes(Figure.Plot panel) {
        TextTitle text = new TextTitle(
                String.join("\n", panel.notes().stream().map(Names::shown).toList()), SMALL);
        text.setPaint(Palette.INK);
        text.setTextAlignment(HorizontalAlignment.LEFT);
        text.setPadding(4, 6, 4, 6);
        return panel.square()
                ? new XYTitleAnnotation(0.01, 0.99, text, RectangleAnchor.TOP_LEFT)
                : new XYTitleAnnotation(0.99, 0.99, text, RectangleAnchor.TOP_RIGHT);
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(REGULAR);
        axis.setLabelPaint(Palette.INK);
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(Palette.INK);
        axis.setAxisLinePaint(Palette.INK);
        axis.setTickMarkPaint(Palette.INK);
        axis.setAxisLineStroke(new BasicStroke(0.8f));
        axis.setTickMarkStroke(new BasicStroke(0.8f));
        axis.setTickMarkOutsideLength(3.5f);
        axis.setTickMarkInsideLength(0);
        axis.setMinorTickMarkOutsideLength(2f);
        axis.setMinorTickMarkInsideLength(0);
        axis.setMinorTickMarksVisible(true);
        axis.setTickLabelInsets(new RectangleInsets(2, 3, 2, 3));
    }

    private static XYDataset dataset(Figure.Series series, ValueAxis x, ValueAxis y) {
        YIntervalSeries points = new YIntervalSeries("", false, true);
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < series.x().length; i++) {
            double across = series.x()[i];
            double up = series.y()[i];
            if (Double.isNaN(up) && series.mark() != Figure.Mark.CLOUD) {
                points.add(across, up, up, up); // a gap in a line
                continue;
            }
            if (!drawable(across, x) || !drawable(up, y)) {
                continue;
            }
            if (series.mark() == Figure.Mark.CLOUD && !taken.add(cell(across, x) * Integer.MAX_VALUE + cell(up, y))) {
                continue;
            }
            boolean interval = series.low() != null;
            double low = interval && drawable(series.low()[i], y) ? series.low()[i] : up;
            double high = interval && drawable(series.high()[i], y) ? series.high()[i] : up;
            points.add(across, up, low, high);
        }
        YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
        collection.addSeries(points);
        return collection;
    }

    private static boolean drawable(double value, ValueAxis axis) {
        return Double.isFinite(value) && !(value <= 0 && !(axis instanceof NumberAxis));
    }

    private static long cell(double value, ValueAxis axis) {
        return Math.round((value - axis.getLowerBound()) / (axis.getRange().getLength() * SAME_PLACE));
    }

    private static XYItemRenderer renderer(Figure.Mark mark, Color colour) {
        if (mark == Figure.Mark.BAND) {
            DeviationRenderer band = new DeviationRenderer(true, false);
            band.setSeriesPaint(0, colour);
            band.setSeriesFillPaint(0, colour);
            band.setAlpha(0.18f);
            band.setSeriesStroke(0, line(1.8f));
            return band;
        }
        if (mark == Figure.Mark.ERROR_BARS) {
            XYErrorRenderer bars = new XYErrorRenderer();
            bars.setDrawOutlines(false);
            bars.setDrawXError(false);
            bars.setCapLength(5);
            bars.setErrorStroke(line(1f));
            bars.setSeriesPaint(0, colour);
            bars.setSeriesShape(0, dot(5.5));
            bars.setSeriesStroke(0, line(1.2f));
            bars.setSeriesLinesVisible(0, true);
            return bars;
        }
        boolean lines = mark != Figure.Mark.POINTS && mark != Figure.Mark.CLOUD;
        boolean shapes = mark == Figure.Mark.POINTS || mark == Figure.Mark.CLOUD || mark == Figure.Mark.LINE_AND_POINTS;
        XYLineAndShapeRenderer plain = new Dotted(lines, shapes);
        plain.setDrawSeriesLineAsPath(true);
        plain.setSeriesPaint(0, mark == Figure.Mark.CLOUD ? translucent(colour) : colour);
        plain.setSeriesShape(0, dot(mark == Figure.Mark.CLOUD ? 3.2 : 5.5));
        plain.setSeriesStroke(0, stroke(mark));
        return plain;
    }

    /** Draws dots as circles: in SVG that is a fifth of the outlines that the chart library would draw. */
    private static final class Dotted extends XYLineAndShapeRenderer {

        private static final long serialVersionUID = 1L;

        Dotted(boolean lines, boolean shapes) {
            super(lines, shapes);
        }

        @Override
        protected void drawSecondaryPass(
                Graphics2D g,
                XYPlot plot,
                XYDataset data,
                int pass,
                int series,
                int item,
                ValueAxis domainAxis,
                Rectangle2D area,
                ValueAxis rangeAxis,
                CrosshairState crosshairs,
                EntityCollection entities) {
            double x = domainAxis.valueToJava2D(data.getXValue(series, item), area, plot.getDomainAxisEdge());
            double y = rangeAxis.valueToJava2D(data.getYValue(series, item), area, plot.getRangeAxisEdge());
            Rectangle2D dot = lookupSeriesShape(series).getBounds2D();
            if (getItemShapeVisible(series, item) && area.contains(x, y)) {
                g.setPaint(getItemPaint(series, item));
                g.fill(new Ellipse2D.Double(x + dot.getX(), y + dot.getY(), dot.getWidth(), dot.getHeight()));
            }
        }
    }

    private static BasicStroke stroke(Figure.Mark mark) {
        return switch (mark) {
            case THIN_LINE -> line(0.8f);
            case DASHES ->
                new BasicStroke(0.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {4, 3}, 0);
            case LINE_AND_POINTS -> line(1.4f);
            default -> line(1.8f);
        };
    }

    private static BasicStroke line(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Color translucent(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 150);
    }

    private static Shape dot(double diameter) {
        return new Ellipse2D.Double(-diameter / 2, -diameter / 2, diameter, diameter);
    }

    private static LegendItemCollection legend(Figure.Plot panel) {
        LegendItemCollection items = new LegendItemCollection();
        for (Figure.Series series : panel.series()) {
            if (series.name() != null) {
                Color colour = Palette.category(series.colour());
                boolean shape =
                        switch (series.mark()) {
                            case POINTS, CLOUD, LINE_AND_POINTS, ERROR_BARS -> true;
                            default -> false;
                        };
                boolean line = series.mark() != Figure.Mark.POINTS && series.mark() != Figure.Mark.CLOUD;
                items.add(item(series.name(), shape, line, stroke(series.mark()), colour));
            }
        }
        return items;
    }

    private static LegendItem item(String name, boolean shape, boolean line, BasicStroke stroke, Color colour) {
        return new LegendItem(
                Names.shown(name),
                null,
                null,
                null,
                shape,
                dot(5.5),
                true,
                colour,
                false,
                colour,
                line(1f),
                line,
                new Line2D.Double(-8, 0, 8, 0),
                stroke,
                colour);
    }

    private static double place(Figure.Shade shade, double value) {
        double[] ends = ends(shade);
        return ends[1] > ends[0] ? (value - ends[0]) / (ends[1] - ends[0]) : 0;
    }

    private static double[] ends(Figure.Shade shade) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : shade.values()) {
            if (!Double.isNaN(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        return new double[] {min, max};
    }

    private static PaintScaleLegend scale(Figure.Shade shade) {
        double[] ends = ends(shade);
        double low = ends[0];
        double high = ends[1] > low ? ends[1] : low + 1;
        PaintScale colours = new PaintScale() {
            @Override
            public double getLowerBound() {
                return low;
            }

            @Override
            public double getUpperBound() {
                return high;
            }

            @Override
            public java.awt.Paint getPaint(double value) {
                return Palette.scale((value - low) / (high - low));
            }
        };
        NumberAxis axis = new NumberAxis(shade.label());
        axis.setRange(low, high);
        double step = Math.max(1, Math.rint(Axes.step(high - low, 6)));
        axis.setTickUnit(new NumberTickUnit(step, Axes.format(0)));
        style(axis);
        axis.setAxisLineVisible(false);
        PaintScaleLegend legend = new PaintScaleLegend(colours, axis);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setStripWidth(9);
        legend.setStripOutlineVisible(false);
        legend.setSubdivisionCount(120);
        legend.setBackgroundPaint(null);
        legend.setFrame(BlockBorder.NONE);
        legend.setPadding(24, 2, 44, 2);
        legend.setAxisOffset(2);
        legend.setAxisLocation(org.jfree.chart.axis.AxisLocation.TOP_OR_RIGHT);
        return legend;
    }

    private static CategoryPlot bars(Figure.Bars panel) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        for (int k = 0; k < panel.values().length; k++) {
            // Keys must differ, their order is kept; the text shown is the category's alone.
            data.addValue(
                    panel.values()[k],
                    "",
                    new Key(k, Names.shown(panel.categories().get(k))));
        }
        CategoryAxis categories = new CategoryAxis();
        categories.setTickLabelFont(REGULAR);
        categories.setTickLabelPaint(Palette.INK);
        categories.setAxisLinePaint(Palette.INK);
        categories.setTickMarksVisible(false);
        categories.setMaximumCategoryLabelWidthRatio(0.6f);
        categories.setCategoryMargin(0.3);
        categories.setLowerMargin(0.02);
        categories.setUpperMargin(0.02);
        double highest = 0;
        for (double value : panel.values()) {
            highest = Math.max(highest, value);
        }
        ValueAxis value = Axes.axis(panel.value().between(0, highest > 0 ? 1.18 * highest : 1), panel.values(), false);
        style(value);
        BarRenderer renderer = new BarRenderer() {
            private static final long serialVersionUID = 1L;

            @Override
            public java.awt.Paint getItemPaint(int row, int column) {
                return Palette.category(panel.emphasised()[column] ? 1 : 0);
            }
        };
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setMaximumBarWidth(0.2);
        renderer.setDefaultItemLabelsVisible(true);
        renderer.setDefaultItemLabelFont(SMALL);
        renderer.setDefaultItemLabelPaint(Palette.INK);
        renderer.setDefaultPositiveItemLabelPosition(
                new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
        renderer.setDefaultItemLabelGenerator(new Texts(panel.texts()));
        CategoryPlot plot = new CategoryPlot(data, categories, value, renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setRangeGridlineStroke(new BasicStroke(0.6f));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
        return plot;
    }

    private record Key(int k, String text) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return Integer.compare(k, other.k);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class Texts extends StandardCategoryItemLabelGenerator {

        private static final long serialVersionUID = 1L;

        private final transient List<String> texts;

        Texts(List<String> texts) {
            this.texts = texts;
        }

        @Override
        public String generateLabel(CategoryDataset data, int row, int column) {
            return Names.shown(texts.get(column));
        }
    }

    private static LegendItemCollection legend(Figure.Bars panel) {
        LegendItemCollection items = new LegendItemCollection();
        for (int k = 0; k < panel.legend().length; k++) {
            if (panel.legend()[k] != null) {
                items.add(item(panel.legend()[k], true, false, line(1f), Palette.category(k)));
            }
        }
        return items;
    }
}
