package cupel.reference;

import cupel.structure.Structure;
import java.util.Arrays;
import java.util.List;

/**
 * Why a reference calculation gave no label. A failure is an answer: it is written down with the structure, counted, and
 * never trained on.
 *
 * @param kind what sort of failure
 * @param reason what a chemist needs to know, one line
 * @param log the last lines of the engine's log in one line, or null where there is no log
 */
public record LabelFailure(Kind kind, String reason, String log) {

    /** Sorts of failure; written in lower case. */
    public enum Kind {
        /** The self-consistency did not converge. */
        NOT_CONVERGED,
        /** The engine ended without an answer, or with half of one. */
        CRASHED,
        /** The engine was stopped because it took too long. */
        TIMED_OUT,
        /** There is an answer, and it cannot be true. */
        UNPHYSICAL;

        /** As written in files: {@code not_converged}, {@code crashed}, {@code timed_out}, {@code unphysical}. */
        public String token() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** All tokens. */
        public static List<String> tokens() {
            return Arrays.stream(values()).map(Kind::token).toList();
        }
    }

    /** Notes of a failure, in the order in which they are written. */
    public static final String FAILURE = "failure";

    static final String REASON = "reason";
    static final String LOG = "log";

    /** The structure without label and with the failure as notes: {@code failure}, {@code reason} and {@code log}. */
    public Structure record(Structure structure) {
        return forget(structure)
                .withLabel(null)
                .withInfo(FAILURE, kind.token())
                .withInfo(REASON, reason)
                .withInfo(LOG, log);
    }

    /**
     * Whether the same calculation would fail once more: it did not converge, or converged to what cannot be true. A crash or the
     * end of its time may have been the machine's fault.
     */
    public static boolean willFailAgain(Structure record) {
        Object kind = record.info().get(FAILURE);
        return Kind.NOT_CONVERGED.token().equals(kind)
                || Kind.UNPHYSICAL.token().equals(kind);
    }

    /** The structure without the notes of an earlier failure. */
    public static Structure forget(Structure structure) {
        return structure.withInfo(FAILURE, null).withInfo(REASON, null).withInfo(LOG, null);
    }
}
