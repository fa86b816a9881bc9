package cupel.potential.export;

import cupel.structure.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The lines of a text file, counted from 1, and what is wrong with them. */
final class TextLines {

    private final Path file;
    private final List<String> lines;

    private TextLines(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static TextLines read(Path file) {
        try {
            return new TextLines(file, Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read as text: " + e.getMessage(), e);
        }
    }

    Path file() {
        return file;
    }

    int size() {
        return lines.size();
    }

    String line(int number) {
        return lines.get(number - 1);
    }

    /** What to throw when a line makes no sense. */
    InputException wrong(int number, String message) {
        return InputException.at(file, number, message);
    }

    /** Words between blanks; none of an empty line. */
    static String[] words(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
    }

    /** A finite number; exponents as C and Fortran write them, 1D-3 and 1.0-123 among them. */
    double number(int line, String word) {
        String text = word;
        if (text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eEdD]?[-+]\\d+|[eEdD]\\d+)?")) {
            text = text.replace('d', 'e').replace('D', 'e').replace('E', 'e');
            if (text.indexOf('e') < 0) {
                text = text.replaceFirst("(?<=.)(?=[-+])", "e");
            }
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw wrong(line, "not a number: " + word);
    }

    /** A whole number, 0 or above. */
    int count(int line, String word) {
        if (!word.matches("\\d{1,9}")) {
            throw wrong(line, "must be a whole number of at most nine digits, 0 or above, is " + word);
        }
        return Integer.parseInt(word);
    }
}
