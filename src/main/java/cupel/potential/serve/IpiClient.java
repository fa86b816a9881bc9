package cupel.potential.serve;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.structure.Cell;
import cupel.structure.InputException;
import cupel.structure.Structure;
import cupel.structure.Units;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * The client's half of i-PI's socket protocol (Ceriotti, More, Manolopoulos, Comput. Phys. Commun. 185, 1019 (2014)): a server,
 * such as i-PI or ASE's {@code SocketIOCalculator}, moves the atoms; the client says what energy and forces they have.
 *
 * <p>A message begins with 12 ASCII characters, the name filled up with spaces. What follows is int32 and float64, little-endian,
 * in bohr and hartree:
 *
 * <pre>
 *   server                                       client
 *   STATUS                                       NEEDINIT | READY | HAVEDATA
 *   INIT     int bead, int n, n bytes            nothing
 *   POSDATA  9 cell, 9 inverse cell,             nothing
 *            int atoms, 3 positions an atom
 *   GETFORCE                                     FORCEREADY  energy, int atoms, 3 forces an atom, 9 virial,
 *                                                            int n, n bytes of extra text
 *   EXIT                                         nothing, and the connection is closed
 * </pre>
 *
 * <p>The cell has its three vectors as columns, row after row: ax bx cx ay by cy az bz cz. The virial is minus the volume times the
 * stress whose tension is positive. No elements go over the wire: they, and in which directions the structure repeats, are those of a
 * template with the same atoms in the same order. With a template that does not repeat, the cell is ignored and the virial zero.
 */
public final class IpiClient {

    /** How a server ended the work. */
    public enum End {
        /** It said EXIT, as i-PI does. */
        EXIT,
        /** It closed the connection between two messages, as ASE does. */
        CLOSED
    }

    /**
     * What was done.
     *
     * @param evaluations how many structures
     * @param end how it ended
     */
    public record Served(long evaluations, End end) {}

    /** Looks at each structure after it was computed; what it throws ends the work. */
    @FunctionalInterface
    public interface Observer {
        /**
         * One more structure.
         *
         * @param number how many it is, the first is 1
         * @return text for the server, ASCII, which i-PI takes for JSON; empty for none
         */
        String evaluated(long number, Structure structure, Evaluation evaluation);
    }

    private static final int HEADER = 12;
    private static final int LONGEST_INIT = 1 << 20;
    private static final double FORCE = Units.HARTREE / Units.BOHR;

    private final EnergyModel model;
    private final int[] atomicNumbers;
    private final boolean[] periodic;
    private final boolean repeats;
    private final Observer observer;

    /**
     * A client for any number of servers, one after the other.
     *
     * @param template the atoms that the server will send, anywhere; a cell, if any, is taken from the server
     */
    public IpiClient(EnergyModel model, Structure template, Observer observer) {
        this.model = model;
        this.atomicNumbers = template.atomicNumbers();
        this.periodic = template.cell().periodic();
        this.repeats = template.cell().isPeriodic();
        this.observer = observer;
    }

    /**
     * Answers a server until it has enough.
     *
     * @param server an open connection that blocks; left open
     * @throws InputException when the connection breaks within a message or while the server waits for an answer, when the server says
     *     what is no part of the protocol or sends other atoms than those of the template, and when the model has no finite answer
     */
    public Served serve(ByteChannel server) {
        return new Conversation(server).serve();
    }

    /** One connection: what has been said so far. */
    private final class Conversation {

        private final ByteChannel server;
        private boolean initialized;
        private long evaluations;
        /** The answer to GETFORCE, or null while there is none. */
        private ByteBuffer answer;

        Conversation(ByteChannel server) {
            this.server = server;
        }

        Served serve() {
            while (true) {
                ByteBuffer header = ByteBuffer.allocate(HEADER);
                if (!receive(header, "the name of a message", true)) {
                    return new Served(evaluations, End.CLOSED);
                }
                String message = new String(header.array(), StandardCharsets.ISO_8859_1).stripTrailing();
                switch (message) {
                    case "STATUS" -> send(header(answer != null ? "HAVEDATA" : initialized ? "READY" : "NEEDINIT"));
                    case "INIT" -> init();
                    case "POSDATA" -> positions();
                    case "GETFORCE" -> {
                        if (answer == null) {
                            throw new InputException(
                                    "the server asks for forces (GETFORCE) before it has sent any positions (POSDATA)");
                        }
                        send(answer);
                        answer = null;
                    }
                    case "EXIT" -> {
                        return new Served(evaluations, End.EXIT);
                    }
                    default ->
                        throw new InputException(
                                "the server sent the message '" + printable(message)
                                        + "', must be STATUS, INIT, POSDATA, GETFORCE or EXIT: is it a server of the i-PI protocol?");
                }
            }
        }

        /** Which replica it is, and a text; neither makes a difference here. */
        private void init() {
            ByteBuffer numbers = received(8, "INIT");
            numbers.getInt();
            int length = numbers.getInt();
            if (length < 0 || length > LONGEST_INIT) {
                throw new InputException("the server announces " + length + " bytes of text after INIT, must be 0 to "
                        + LONGEST_INIT + ": is its byte order another?");
            }
            received(length, "the text after INIT");
            initialized = true;
        }

        private void positions() {
            ByteBuffer box = received(2 * 9 * 8 + 4, "the cell after POSDATA");
            double[] cell = new double[9];
            for (int axis = 0; axis < 3; axis++) {
                for (int vector = 0; vector < 3; vector++) {
                    cell[3 * vector + axis] = Units.BOHR * box.getDouble();
                }
            }
            box.position(2 * 9 * 8); // over the inverse
            int atoms = box.getInt();
            if (atoms != atomicNumbers.length) {
                throw new InputException("the server has " + atoms + " atoms, the template " + atomicNumbers.length
                        + ": both must have the same atoms in the same order");
            }
            ByteBuffer places = received(24 * atoms, "the positions after POSDATA");
            double[] positions = new double[3 * atoms];
            for (int k = 0; k < positions.length; k++) {
                positions[k] = Units.BOHR * places.getDouble();
            }
            Structure structure;
            try {
                structure = Structure.of(atomicNumbers, positions, repeats ? new Cell(cell, periodic) : Cell.NONE);
            } catch (IllegalArgumentException e) {
                throw new InputException("the server sent what is no structure: " + e.getMessage(), e);
            }
            Evaluation evaluation = model.evaluate(structure);
            evaluations++;
            requireFinite(evaluation);
            initialized = true; // some servers leave INIT out
            answer = answer(structure, evaluation, observer.evaluated(evaluations, structure, evaluation));
        }

        private void requireFinite(Evaluation evaluation) {
            boolean finite = Double.isFinite(evaluation.energy());
            for (double force : evaluation.forces()) {
                finite &= Double.isFinite(force);
            }
            if (!finite) {
                throw new InputException(
                        "structure " + evaluations + " that the server sent has no finite energy and forces (energy "
                                + evaluation.energy() + " eV): the potential does not know such structures");
            }
        }

        private ByteBuffer received(int bytes, String what) {
            ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
            receive(buffer, what, false);
            return buffer.flip();
        }

        /** Fills the buffer; false when the connection was closed before the first byte and that is a proper end. */
        private boolean receive(ByteBuffer buffer, String what, boolean mayEnd) {
            try {
                while (buffer.hasRemaining()) {
                    if (server.read(buffer) < 0) {
                        if (mayEnd && buffer.position() == 0 && answer == null) {
                            return false;
                        }
                        throw new InputException(
                                mayEnd && buffer.position() == 0
                                        ? "the server closed the connection before it had asked for the forces of the"
                                                + " positions that it had sent"
                                        : "the server closed the connection in the middle of " + what + ", after "
                                                + buffer.position() + " of " + buffer.capacity() + " bytes");
                    }
                }
                return true;
            } catch (IOException e) {
                throw lost(e);
            }
        }

        private void send(ByteBuffer message) {
            try {
                while (message.hasRemaining()) {
                    server.write(message);
                }
            } catch (IOException e) {
                throw lost(e);
            }
        }

        private InputException lost(IOException e) {
            return new InputException(
                    "the connection to the server was lost after " + evaluations + " structures: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer answer(Structure structure, Evaluation evaluation, String extra) {
        double[] forces = evaluation.forces();
        byte[] text = extra.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer answer = ByteBuffer.allocate(HEADER + 8 + 4 + 8 * forces.length + 9 * 8 + 4 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        answer.put(header("FORCEREADY"));
        answer.putDouble(evaluation.energy() / Units.HARTREE);
        answer.putInt(structure.size());
        for (double force : forces) {
            answer.putDouble(force / FORCE);
        }
        double[] s = evaluation.stress() == null ? new double[6] : evaluation.stress();
        double factor = -structure.cell().volume() / Units.HARTREE;
        for (double component : new double[] {s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]}) {
            answer.putDouble(factor * component + 0.0); // not -0.0
        }
        answer.putInt(text.length);
        answer.put(text);
        return answer.flip();
    }

    private static ByteBuffer header(String name) {
        return ByteBuffer.wrap((name + " ".repeat(HEADER - name.length())).getBytes(StandardCharsets.US_ASCII));
    }

    private static String printable(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return out.toString();
    }
}
