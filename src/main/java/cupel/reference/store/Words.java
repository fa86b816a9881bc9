package cupel.reference.store;

import cupel.structure.Elements;
import cupel.structure.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Numbers, elements and lines of text formats, with messages that name file and line. */
final class Words {

    private Words() {}

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": cannot be read: no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static double number(Path file, int line, String word, String what) {
        try {
            double value = Double.parseDouble(word);
            if (Double.isFinite(value) && !word.matches(".*[dDfF]$")) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw InputException.at(file, line, "illegal " + what + ": '" + word + "', must be a finite number");
    }

    static int element(Path file, int line, String word) {
        try {
            return word.matches("\\d{1,3}")
                    ? Elements.atomicNumber(Elements.symbol(Integer.parseInt(word)))
                    : Elements.atomicNumber(word);
        } catch (IllegalArgumentException e) {
            throw InputException.at(file, line, e.getMessage());
        }
    }

    static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static int[] integers(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
