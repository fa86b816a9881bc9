package cupel.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tables of measurements have in common. */
final class Rows {

    private Rows() {}

    /** A number with fixed decimals, zero without sign; the empty text for one that is not known (NaN). */
    static String number(double value, int decimals) {
        if (Double.isNaN(value)) {
            return "";
        }
        BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? BigDecimal.ZERO.setScale(decimals).toPlainString() : rounded.toPlainString();
    }

    /** The folder that an option names, made if it is not there. */
    static Path folder(Arguments arguments, String option) {
        Path folder = arguments.path(option);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
