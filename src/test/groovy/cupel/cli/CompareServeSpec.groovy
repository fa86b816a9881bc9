package cupel.cli

import cupel.potential.Potential
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.net.StandardProtocolFamily
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** compare serve against a server on a real socket. */
@Timeout(60)
class CompareServeSpec extends Specification {

    static final double HARTREE = 27.211386245988d
    static final double BOHR = 0.529177210903d

    @TempDir
    Path folder

    Structure cluster = Campaigns.cluster(5, 1)
    Potential potential = Campaigns.potential(1, 2)

    def setup() {
        potential.write(folder.resolve('potential.json'))
        ExtendedXyz.write(folder.resolve('template.xyz'), [Campaigns.cluster(5, 9)])
    }

    CommandLine serve(Object... words) {
        CommandLine.run(Compare.TOOL, 'serve', '--potential', folder.resolve('potential.json'), '--template', folder.resolve('template.xyz'), *words)
    }

    static void say(SocketChannel client, String name) {
        say(client, ByteBuffer.wrap(name.padRight(12).bytes))
    }

    static void say(SocketChannel client, ByteBuffer bytes) {
        try {
            client.write(bytes)
        } catch (IOException e) {
            // the client has gone in the middle of a message: what it said before is still to be heard
        }
    }

    static ByteBuffer hear(SocketChannel client, int bytes) {
        def buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN)
        try {
            while (buffer.hasRemaining() && client.read(buffer) >= 0) {
            }
        } catch (IOException e) {
            // closed with something of ours unread
        }
        buffer.flip()
    }

    static String hearName(SocketChannel client) {
        new String(hear(client, 12).array()).trim().replace('\0', '')
    }

    /** Sends the structure, and returns energy and forces in eV and angstrom and the text; null if the client is gone. */
    static Map ask(SocketChannel client, Structure structure) {
        int n = structure.size()
        say(client, 'POSDATA')
        def buffer = ByteBuffer.allocate(148 + 24 * n).order(ByteOrder.LITTLE_ENDIAN)
        buffer.position(144)
        buffer.putInt(n)
        structure.positions().each { buffer.putDouble(it / BOHR) }
        say(client, buffer.flip())
        say(client, 'STATUS')
        if (hearName(client) != 'HAVEDATA') {
            return null
        }
        say(client, 'GETFORCE')
        assert hearName(client) == 'FORCEREADY'
        def numbers = hear(client, 12 + 24 * n + 76)
        def energy = numbers.getDouble() * HARTREE
        assert numbers.getInt() == n
        def forces = (1..3 * n).collect { numbers.getDouble() * HARTREE / BOHR }
        def text = new String(hear(client, numbers.getInt(12 + 24 * n + 72)).array())
        [energy: energy, forces: forces, text: text]
    }

    static boolean isAnswer(Map answer, Potential potential, Structure structure) {
        def expected = potential.evaluate(structure)
        Math.abs(answer.energy - expected.energy()) < 1e-9 &&
            [answer.forces, expected.forces() as List].transpose().every { a, b -> Math.abs(a - b) < 1e-8 }
    }

    def "waits for a server on a socket of this machine, and computes until it says EXIT"() {
        given:
        def path = folder.resolve('socket')
        def out = new ByteArrayOutputStream()
        def words = ['serve', '--potential', folder.resolve('potential.json'), '--template', folder.resolve('template.xyz'), '--unix', path]
        def code = CompletableFuture.supplyAsync { Compare.TOOL.run(words*.toString() as String[], new PrintStream(out), System.err) }

        when: 'the server is late'
        while (!out.toString().contains('waiting')) {
            Thread.sleep(50)
        }
        def server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path))
        def client = server.accept()
        say(client, 'STATUS')
        def status = hearName(client)
        def answers = [ask(client, cluster), ask(client, Campaigns.cluster(5, 2))]
        say(client, 'EXIT')

        then:
        status == 'NEEDINIT'
        isAnswer(answers[0], potential, cluster)
        isAnswer(answers[1], potential, Campaigns.cluster(5, 2))
        answers*.text == ['', '']
        code.get() == 0
        out.toString().readLines() == ["waiting for a server at $path", "connected to $path, 5 atoms", '2 structures computed; the server has finished']*.toString()

        cleanup:
        client?.close()
        server?.close()
    }

    def "computes for a server on a port until it closes the connection"() {
        given:
        def server = ServerSocketChannel.open().bind(new InetSocketAddress('localhost', 0))
        int port = server.socket().localPort
        def run = CompletableFuture.supplyAsync { serve('--port', port, '--max-disagreement', 1e6) }

        when:
        def client = server.accept()
        def answer = ask(client, cluster)
        client.close()
        def energies = (0..1).collect { potential.committeeMember(it).energy(cluster) / 5 * 1000 }

        then:
        isAnswer(answer, potential, cluster)
        def disagreement = (answer.text =~ /\{"disagreement_mev_per_atom": (.*)}/)[0][1] as double
        Math.abs(disagreement - Math.abs(energies[0] - energies[1]) / Math.sqrt(2)) < 1e-9
        run.get().code == 0
        run.get().out.readLines() == ["connected to localhost, port $port, 5 atoms", '1 structures computed; the server closed the connection']*.toString()

        cleanup:
        client?.close()
        server?.close()
    }

    def "stops where the committee disagrees, and leaves that structure"() {
        given:
        def server = ServerSocketChannel.open().bind(new InetSocketAddress('localhost', 0))
        def stopped = folder.resolve('stopped.xyz')
        def run = CompletableFuture.supplyAsync {
            serve('--host', 'localhost', '--port', server.socket().localPort, '--max-disagreement', '0.001', '--stopped', stopped)
        }

        when:
        def client = server.accept()
        def answer = ask(client, cluster)

        then:
        answer == null
        run.get().code == 1
        run.get().err.contains('stopped at structure 1: the networks of the committee disagree by')
        run.get().err.contains("allowed 0.001: the potential does not know such structures; it is in $stopped")
        def left = ExtendedXyz.read(stopped)
        left.size() == 1
        Math.abs(left[0].info().NN_energy - potential.energy(cluster)) < 1e-9
        left[0].info().NN_disagreement_mev_per_atom > 0.001

        cleanup:
        client?.close()
        server?.close()
    }

    def "a server with other atoms is told apart from a failure of ours"() {
        given:
        def server = ServerSocketChannel.open().bind(new InetSocketAddress('localhost', 0))
        def run = CompletableFuture.supplyAsync { serve('--port', server.socket().localPort) }

        when:
        def client = server.accept()
        def answer = ask(client, Campaigns.cluster(4, 1))

        then:
        answer == null
        run.get().code == 1
        run.get().err.trim() == 'compare serve: the server has 4 atoms, the template 5: both must have the same atoms in the same order'

        cleanup:
        client?.close()
        server?.close()
    }

    def "without a server it ends after the time that it was given"() {
        when:
        def run = serve('--unix', folder.resolve('nobody'), '--wait', '0.3')

        then:
        run.code == 1
        run.err.contains("no server at ${folder.resolve('nobody')} within 0.3 s (")
        run.err.contains('start the program that moves the atoms')
    }

    def "refuses what makes no sense: #words"() {
        given:
        if (words[0] == 'two') {
            ExtendedXyz.write(folder.resolve('template.xyz'), [cluster, cluster])
        }

        when:
        def run = serve(*words.drop(1))

        then:
        run.code == code
        run.err.contains(problem)

        where:
        words                                                         || code | problem
        ['one']                                                       || 2    | 'needs either --unix or --port'
        ['one', '--unix', 'x', '--port', '31415']                     || 2    | 'needs either --unix or --port'
        ['one', '--unix', 'x', '--host', 'localhost']                 || 2    | '--host needs --port'
        ['one', '--unix', 'x' * 120]                                  || 2    | '--unix must be a name or path of 1 to 100 bytes'
        ['one', '--port', '70000']                                    || 2    | '--port must be a whole number from 1 to 65535'
        ['one', '--unix', 'x', '--stopped', 's.xyz']                  || 2    | '--stopped needs --max-disagreement'
        ['one', '--unix', 'x', '--model', 'gupta']                    || 2    | 'needs either --potential or --model'
        ['two', '--unix', 'x']                                        || 1    | 'holds 2 structures, must hold one'
    }

    def "a potential without a committee has no disagreement to stop at"() {
        given:
        Campaigns.potential().write(folder.resolve('potential.json'))

        when:
        def run = serve('--unix', 'x', '--max-disagreement', '20')

        then:
        run.code == 2
        run.err.contains('--max-disagreement needs a potential with a committee of two networks or more, has 0')
    }
}
