package cupel.assay.figure;

import cupel.structure.AtomicFile;
import cupel.structure.Decimals;
import cupel.structure.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of text under named columns, as in a CSV file; an empty cell is an unknown value. Immutable. Each row knows the file and
 * line that it came from, so that a message about its value can say where to look.
 */
public final class Table {

    /** One row. */
    public static final class Row {

        private final List<String> columns;
        private final List<String> cells;
        private final Path file;
        private final long line;

        private Row(List<String> columns, List<String> cells, Path file, long line) {
            this.columns = columns;
            this.cells = cells;
            this.file = file;
            this.line = line;
        }

        /** A cell as it stands in the file; empty when unknown. */
        public String text(String column) {
            int k = columns.indexOf(column);
            if (k < 0) {
                throw new IllegalArgumentException("no column " + column + " among " + columns);
            }
            return cells.get(k);
        }

        /** A number, NaN when the cell is empty. */
        public double number(String column) {
            String text = text(column);
            if (text.isBlank()) {
                return Double.NaN;
            }
            double value = Double.NaN;
            if (text.strip().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
                value = Double.parseDouble(text.strip());
            }
            if (!Double.isFinite(value)) {
                throw bad(column, "a number, or empty when it is not known");
            }
            return value;
        }

        /** A number that must be there. */
        public double known(String column) {
            double value = number(column);
            if (Double.isNaN(value)) {
                throw bad(column, "a number");
            }
            return value;
        }

        /** A whole number, 0 or above, that must be there. */
        public int count(String column) {
            double value = known(column);
            if (value < 0 || value != Math.rint(value) || value > Integer.MAX_VALUE) {
                throw bad(column, "a whole number, 0 or above");
            }
            return (int) value;
        }

        private InputException bad(String column, String expected) {
            String message = column + " must be " + expected + ", is \"" + text(column) + "\"";
            return file == null ? new InputException(message) : InputException.at(file, line, message);
        }
    }

    private final List<String> columns;
    private final List<Row> rows;

    private Table(List<String> columns, List<Row> rows) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /**
     * A table of values: numbers are written so that they read back the same, NaN as an empty cell, everything else by its
     * {@code toString}.
     */
    public static Table of(List<String> columns, List<? extends List<?>> values) {
        List<Row> rows = new ArrayList<>();
        for (List<?> row : values) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(row.size() + " values do not fit the columns " + columns);
            }
            List<String> cells = new ArrayList<>();
            for (Object value : row) {
                cells.add(cell(value));
            }
            rows.add(new Row(columns, cells, null, 0));
        }
        return new Table(columns, rows);
    }

    private static String cell(Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Decimals.shortest(number) : "";
        }
        return value == null ? "" : value.toString();
    }

    /**
     * Reads a CSV file.
     *
     * @param required columns that it must have; there may be more, in any order
     */
    public static Table read(Path file, List<String> required) throws IOException {
        return read(file, required, ',');
    }

    /** The same with another sign between the cells; with a tabulator nothing is quoted. */
    static Table read(Path file, List<String> required, char delimiter) throws IOException {
        CSVFormat.Builder format = CSVFormat.Builder.create().setDelimiter(delimiter);
        if (delimiter == '\t') {
            format.setQuote(null);
        }
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format.get())) {
            List<String> columns = null;
            List<Row> rows = new ArrayList<>();
            for (CSVRecord parsed : parser) {
                List<String> cells = parsed.toList();
                if (columns == null) {
                    columns = cells;
                    requireColumns(file, columns, required);
                    continue;
                }
                // A comment spanning lines does not exist in these files: the parser's line is the one that the row
                // ends on.
                if (cells.size() != columns.size()) {
                    throw InputException.at(
                            file,
                            parser.getCurrentLineNumber(),
                            "has " + cells.size() + " cells, must have " + columns.size() + ": " + columns);
                }
                rows.add(new Row(columns, cells, file, parser.getCurrentLineNumber()));
            }
            if (columns == null) {
                throw new InputException(file + ": is empty, must begin with the line " + String.join(",", required));
            }
            return new Table(columns, rows);
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new InputException(file + ": not CSV: " + e.getMessage(), e);
        }
    }

    private static void requireColumns(Path file, List<String> columns, List<String> required) {
        if (new LinkedHashSet<>(columns).size() != columns.size()) {
            throw InputException.at(file, 1, "a column is named twice: " + columns);
        }
        for (String column : required) {
            if (!columns.contains(column)) {
                throw InputException.at(file, 1, "has no column " + column + ", must have " + required);
            }
        }
    }

    /** Rows of several tables with these columns, in the order of the tables. */
    static Table together(List<String> columns, List<Table> tables) {
        List<Row> rows = new ArrayList<>();
        for (Table table : tables) {
            for (Row row : table.rows) {
                List<String> cells = new ArrayList<>();
                for (String column : columns) {
                    cells.add(row.text(column));
                }
                rows.add(new Row(columns, cells, row.file, row.line));
            }
        }
        return new Table(columns, rows);
    }

    /** Names of the columns. */
    public List<String> columns() {
        return columns;
    }

    /** Rows in the order of the file. */
    public List<Row> rows() {
        return rows;
    }

    /** Whether there are no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows that are wanted, in their order. */
    public Table where(Predicate<Row> wanted) {
        return new Table(columns, rows.stream().filter(wanted).toList());
    }

    /** The rows with this text in a column. */
    Table where(String column, String text) {
        return where(row -> row.text(column).equals(text));
    }

    /** Different texts of a column, in the order in which they first appear. */
    public List<String> distinct(String column) {
        LinkedHashSet<String> found = new LinkedHashSet<>();
        rows.forEach(row -> found.add(row.text(column)));
        return List.copyOf(found);
    }

    /** All numbers of a column, NaN for unknown ones. */
    public double[] numbers(String column) {
        return rows.stream().mapToDouble(row -> row.number(column)).toArray();
    }

    /** Writes a CSV file, its folder too if there is none. */
    public void write(Path file) {
        CSVFormat format = CSVFormat.Builder.create()
                .setRecordSeparator('\n')
                .setHeader(columns.toArray(String[]::new))
                .get();
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        AtomicFile.write(file, out -> {
            try (CSVPrinter printer = new CSVPrinter(out, format)) {
                for (Row row : rows) {
                    printer.printRecord(row.cells);
                }
            }
        });
    }
}
