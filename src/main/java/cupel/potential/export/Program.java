package cupel.potential.export;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The programs that potentials are taken to. */
public enum Program {
    /** n2p2, whose files LAMMPS reads with {@code pair_style hdnnp}. */
    N2P2(new N2p2Format()),
    /** The KIM API, whose models LAMMPS and other programs run. */
    KIM(new KimFormat()),
    /** aenet, in its text form. */
    AENET(new AenetFormat());

    private final ForeignFormat format;

    Program(ForeignFormat format) {
        this.format = format;
    }

    ForeignFormat format() {
        return format;
    }

    /** The word for it on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All such words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Program::word).toList();
    }

    /** The program of a word. */
    public static Program of(String word) {
        for (Program program : values()) {
            if (program.word().equals(word)) {
                return program;
            }
        }
        throw new IllegalArgumentException(
                "illegal program: " + word + ", must be one of " + String.join(", ", words()));
    }
}
