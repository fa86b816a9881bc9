package cupel.cli;

import cupel.assay.Screen;
import cupel.potential.EnergyModel;
import cupel.potential.Potential;
import cupel.potential.serve.IpiClient;
import cupel.structure.Decimals;
import cupel.structure.ExtendedXyz;
import cupel.structure.InputException;
import cupel.structure.Structure;
import cupel.structure.StructureFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code compare serve}: a potential for programs that move atoms themselves, such as ASE and i-PI. */
final class CompareServe {

    /** Where i-PI and ASE have the sockets that go by a name. */
    private static final String PREFIX = "/tmp/ipi_";

    /** Some systems allow no more, and the message of those is of no help. */
    private static final int LONGEST_SOCKET = 100;

    private static final int MILLISECONDS_BETWEEN_TRIES = 100;

    static final Tool TOOL = EnergyModels.declareModel(Tool.named("serve")
                    .purpose(
                            "Gives energies, forces and stresses to a program that moves the atoms itself, by i-PI's socket"
                                    + " protocol: ASE (SocketIOCalculator), i-PI and others. That program is the server; it may be"
                                    + " started before or after. Ends when the server does."))
            .required(
                    "template",
                    "FILE",
                    "one structure with the atoms of the server in the same order: their elements, and whether they repeat, do not"
                            + " go over the socket; extended XYZ, mol, sdf, cml or cif")
            .optional("unix", "NAME", "socket " + PREFIX + "NAME on this machine; with a / in it, the path of a socket")
            .option("host", "NAME", "localhost", "machine of the server, with --port")
            .optional("port", "N", "port of the server, instead of --unix")
            .option("wait", "s", "60", "how long to wait for the server")
            .optional(
                    "max-disagreement",
                    "meV",
                    "stop when the networks of the committee disagree more about the energy per atom (standard deviation)"
                            + "; if not given, they are not asked")
            .optional(
                    "stopped",
                    "FILE",
                    "the structure at which --max-disagreement stopped, extended XYZ; if not given, not written")
            .action(CompareServe::serve);

    private CompareServe() {}

    private static void serve(Arguments arguments) throws IOException {
        SocketAddress address = address(arguments);
        double wait = arguments.nonNegative("wait");
        Path file = arguments.path("template");
        List<Structure> templates = StructureFiles.read(file);
        if (templates.size() != 1) {
            throw new InputException(file + ": holds " + templates.size()
                    + " structures, must hold one: the one whose atoms the server moves");
        }
        EnergyModel model = EnergyModels.of(arguments, templates);
        IpiClient client = new IpiClient(model, templates.get(0), observer(arguments, model));
        try (SocketChannel server = connect(arguments, address, wait)) {
            say(
                    arguments,
                    "connected to " + name(address) + ", " + templates.get(0).size() + " atoms");
            IpiClient.Served served = client.serve(server);
            say(
                    arguments,
                    served.evaluations() + " structures computed; the server "
                            + (served.end() == IpiClient.End.EXIT ? "has finished" : "closed the connection"));
        }
    }

    private static IpiClient.Observer observer(Arguments arguments, EnergyModel model) {
        if (!arguments.has("max-disagreement")) {
            if (arguments.has("stopped")) {
                throw arguments.wrong("stopped", "needs --max-disagreement");
            }
            return (number, structure, evaluation) -> "";
        }
        double allowed = arguments.positive("max-disagreement");
        List<Potential> committee = ComparePredict.committee(model);
        if (committee.size() < 2) {
            throw arguments.wrong(
                    "max-disagreement",
                    "needs a potential with a committee of two networks or more, has " + committee.size());
        }
        return (number, structure, evaluation) -> {
            double disagreement = Screen.disagreement(structure, committee);
            if (!(disagreement <= allowed)) {
                String where = "";
                if (arguments.has("stopped")) {
                    ExtendedXyz.write(
                            arguments.path("stopped"),
                            List.of(ComparePredict.noted(structure, evaluation, disagreement)));
                    where = "; it is in " + arguments.path("stopped");
                }
                throw new InputException(String.format(
                        Locale.ROOT,
                        "stopped at structure %d: the networks of the committee disagree by %.2f meV/atom, allowed %s: the"
                                + " potential does not know such structures%s",
                        number,
                        disagreement,
                        arguments.text("max-disagreement"),
                        where));
            }
            return "{\"disagreement_mev_per_atom\": " + Decimals.shortest(disagreement) + "}";
        };
    }

    private static SocketAddress address(Arguments arguments) {
        if (arguments.has("unix") == arguments.has("port")) {
            throw new UsageException("needs either --unix or --port");
        }
        if (arguments.has("port")) {
            String host = arguments.text("host");
            InetSocketAddress address = new InetSocketAddress(host, arguments.integer("port", 1, 65535));
            if (address.isUnresolved()) {
                throw arguments.wrong("host", "must be the name or address of a machine, there is no " + host);
            }
            return address;
        }
        if (arguments.given("host")) {
            throw arguments.wrong("host", "needs --port, not --unix");
        }
        String name = arguments.text("unix");
        String path = name.contains("/") ? name : PREFIX + name;
        if (name.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw arguments.wrong("unix", "must be a name or path of 1 to " + LONGEST_SOCKET + " bytes, is " + path);
        }
        return UnixDomainSocketAddress.of(path);
    }

    private static String name(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? internet.getHostString() + ", port " + internet.getPort()
                : address.toString();
    }

    /** Tries again and again: whoever starts both programs need not care which is the first. */
    private static SocketChannel connect(Arguments arguments, SocketAddress address, double wait) throws IOException {
        long start = System.nanoTime();
        boolean told = false;
        while (true) {
            SocketChannel channel = null;
            try {
                channel = SocketChannel.open(address);
                if (address instanceof InetSocketAddress) {
                    // messages are short, and the next waits for the answer to the one before
                    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                return channel;
            } catch (IOException e) {
                if (channel != null) {
                    channel.close();
                }
                if (System.nanoTime() - start >= 1e9 * wait) {
                    throw new InputException(
                            "no server at " + name(address) + " within " + arguments.text("wait") + " s ("
                                    + e.getMessage()
                                    + "): start the program that moves the atoms, or give it more time with --wait",
                            e);
                }
                if (!told) {
                    say(arguments, "waiting for a server at " + name(address));
                    told = true;
                }
            }
            try {
                Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InputException("interrupted while waiting for a server at " + name(address), e);
            }
        }
    }

    /** At once, for whoever looks at it while the server works. */
    private static void say(Arguments arguments, String line) {
        arguments.out().println(line);
        arguments.out().flush();
    }
}
