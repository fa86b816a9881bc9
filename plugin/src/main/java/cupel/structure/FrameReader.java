package cupel.structure;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads extended XYZ frame by frame and keeps the lines of the frame that was read last: {@link ExtendedXyz#format} would write a frame in
 * Cupel's own form, with other digits and names.
 *
 * <p>In this package because from here alone the reader can be told where its lines come from.
 */
public final class FrameReader implements Closeable {

    private final RecordedLines lines;
    private final ExtendedXyzReader reader;

    private FrameReader(Path file) {
        lines = new RecordedLines(ExtendedXyz.open(file));
        reader = new ExtendedXyzReader(lines, file);
    }

    /**
     * Opens a file.
     *
     * @throws InputException when it cannot be opened
     */
    public static FrameReader open(Path file) {
        return new FrameReader(file);
    }

    /**
     * The next frame, or null at the end of the file.
     *
     * @throws InputException when the frame cannot be read, naming the line and the value
     */
    public Structure next() {
        lines.recorded.setLength(0);
        return reader.next();
    }

    /** The lines of the frame that {@link #next} gave, each with a line feed at its end. */
    public String text() {
        return lines.recorded.toString();
    }

    @Override
    public void close() {
        reader.close();
    }

    private static final class RecordedLines extends BufferedReader {

        private final StringBuilder recorded = new StringBuilder();

        RecordedLines(BufferedReader in) {
            super(in);
        }

        @Override
        public String readLine() throws IOException {
            String line = super.readLine();
            if (line != null) {
                recorded.append(line).append('\n');
            }
            return line;
        }
    }
}
