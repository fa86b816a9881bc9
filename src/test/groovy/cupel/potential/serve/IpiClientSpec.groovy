package cupel.potential.serve

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.channels.ByteChannel
import spock.lang.Specification

/** The protocol, byte by byte, against a server that is a list of bytes. */
class IpiClientSpec extends Specification {

    static final double HARTREE = 27.211386245988d
    static final double BOHR = 0.529177210903d

    /** Gives what a server sends in pieces, takes what the client answers in pieces. */
    static class Wire implements ByteChannel {

        final ByteBuffer incoming
        final int piece
        final ByteArrayOutputStream sent = new ByteArrayOutputStream()
        IOException failure

        Wire(byte[] incoming, int piece = 4096) {
            this.incoming = ByteBuffer.wrap(incoming)
            this.piece = piece
        }

        int read(ByteBuffer target) {
            if (!incoming.hasRemaining()) {
                if (failure != null) {
                    throw failure
                }
                return -1
            }
            int count = [piece, target.remaining(), incoming.remaining()].min()
            count.times { target.put(incoming.get()) }
            count
        }

        int write(ByteBuffer source) {
            int count = Math.min(piece, source.remaining())
            count.times { sent.write(source.get()) }
            count
        }

        boolean isOpen() {
            true
        }

        void close() {
        }
    }

    /** A model of two atoms that says what it is told to, and remembers what it was asked. */
    static class Told implements EnergyModel {

        Evaluation answer = new Evaluation(-HARTREE, [HARTREE / BOHR, 0, -2 * HARTREE / BOHR, 0, 0, 0.5d * HARTREE / BOHR] as double[], null)
        List<Structure> asked = []

        Evaluation evaluate(Structure structure) {
            asked << structure
            answer
        }
    }

    static final Structure DIMER = Structure.of([79, 29] as int[], [0, 0, 0, 0, 0, 2.5] as double[], Cell.NONE)
    static final Structure CRYSTAL = Structure.of([79, 29] as int[], [0, 0, 0, 0, 0, 2.5] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4))

    def model = new Told()

    static byte[] name(String text) {
        text.padRight(12).getBytes('US-ASCII')
    }

    static byte[] ints(int... numbers) {
        def bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN)
        numbers.each { bytes.putInt(it) }
        bytes.array()
    }

    static byte[] reals(Number... numbers) {
        def bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN)
        numbers.each { bytes.putDouble(it as double) }
        bytes.array()
    }

    static byte[] bytes(byte[]... parts) {
        def all = new ByteArrayOutputStream()
        parts.each { all.write(it) }
        all.toByteArray()
    }

    /** A message with positions in bohr; the cell as on the wire. */
    static byte[] posdata(List<Number> positions, List<Number> cell = [0] * 9, int atoms = positions.size().intdiv(3)) {
        bytes(name('POSDATA'), reals(*cell), reals(*([77] * 9)), ints(atoms), reals(*positions))
    }

    static final byte[] INIT = bytes(name('INIT'), ints(3, 5), 'hello'.bytes)
    static final byte[] POSITIONS = posdata([0, 0, 0, 1, 2, 4])

    IpiClient client(Structure template = DIMER, IpiClient.Observer observer = { number, structure, evaluation -> '' }) {
        new IpiClient(model, template, observer)
    }

    String failure(byte[] said, Structure template = DIMER, IOException after = null) {
        def wire = new Wire(said)
        wire.failure = after
        try {
            client(template).serve(wire)
            return 'no failure'
        } catch (InputException e) {
            return e.message
        }
    }

    def "a conversation in pieces of #piece bytes"() {
        given:
        def wire = new Wire(bytes(
            name('STATUS'), INIT, name('STATUS'), POSITIONS, name('STATUS'), name('GETFORCE'), name('STATUS'), POSITIONS, name('GETFORCE'),
            name('EXIT')), piece)

        when:
        def served = client(DIMER, { number, structure, evaluation -> number == 2 ? '{"n": 2}' : '' }).serve(wire)

        then:
        served == new IpiClient.Served(2, IpiClient.End.EXIT)
        model.asked*.positions() == [[0, 0, 0, BOHR, 2 * BOHR, 4 * BOHR] as double[]] * 2
        model.asked*.atomicNumbers() == [[79, 29] as int[]] * 2
        model.asked*.cell() == [Cell.NONE] * 2

        and: 'energy -1, forces 1 0 -2 and 0 0 0.5, no virial, no text, then the text'
        def zero = '00' * 8
        def text = { String words -> words.bytes.encodeHex().toString() }
        def forces = text('FORCEREADY  ') + '000000000000f0bf' + '02000000' +
            '000000000000f03f' + zero + '00000000000000c0' + zero + zero + '000000000000e03f' + zero * 9
        wire.sent.toByteArray().encodeHex().toString() ==
            text('NEEDINIT    ') + text('READY       ') + text('HAVEDATA    ') + forces + '00000000' + text('READY       ') +
            forces + '08000000' + text('{"n": 2}')

        where:
        piece << [1, 7, 4096]
    }

    def "the vectors of a periodic cell are columns, and the virial is minus the volume times the stress"() {
        given: 'a = (1 2 3), b = (0 4 5), c = (0 0 6) in bohr, and a stress of six different components in eV/angstrom^3'
        def stress = (1..6).collect { it * HARTREE / (24 * BOHR**3) } as double[]
        model.answer = new Evaluation(0, new double[6], stress)
        def wire = new Wire(bytes(posdata([0, 0, 0, 1, 2, 4], [1, 0, 0, 2, 4, 0, 3, 5, 6]), name('GETFORCE')))

        when:
        client(CRYSTAL).serve(wire)
        def answer = ByteBuffer.wrap(wire.sent.toByteArray()).order(ByteOrder.LITTLE_ENDIAN)
        def virial = (0..8).collect { answer.getDouble(12 + 8 + 4 + 6 * 8 + 8 * it) }

        then:
        model.asked[0].cell() == Cell.periodic([1, 2, 3, 0, 4, 5, 0, 0, 6].collect { it * BOHR } as double[])
        [virial, [-1, -6, -5, -6, -2, -4, -5, -4, -3]].transpose().every { a, b -> Math.abs(a - b) < 1e-12 }
    }

    def "which directions repeat is the template's affair"() {
        given:
        def slab = Structure.of([79, 29] as int[], [0, 0, 0, 0, 0, 2.5] as double[], new Cell([4, 0, 0, 0, 4, 0, 0, 0, 9] as double[], [true, true, false] as boolean[]))

        when:
        client(slab).serve(new Wire(posdata([0, 0, 0, 1, 2, 4], [5, 0, 0, 0, 6, 0, 0, 0, 7])))

        then: 'the connection was closed before the forces were asked for'
        thrown(InputException)
        model.asked[0].cell() == new Cell([5, 0, 0, 0, 6, 0, 0, 0, 7].collect { it * BOHR } as double[], [true, true, false] as boolean[])
    }

    def "a server may leave INIT out"() {
        given:
        def wire = new Wire(bytes(POSITIONS, name('STATUS'), name('GETFORCE'), name('STATUS')))

        when:
        client().serve(wire)
        def sent = new String(wire.sent.toByteArray(), 'ISO-8859-1')

        then:
        sent.startsWith('HAVEDATA    FORCEREADY  ')
        sent.endsWith('READY       ')
    }

    def "a server that closes the connection between messages has finished"() {
        expect:
        client().serve(new Wire(said)) == new IpiClient.Served(evaluations, IpiClient.End.CLOSED)

        where:
        said                                                                       || evaluations
        new byte[0]                                                                || 0
        bytes(name('STATUS'), INIT)                                                || 0
        bytes(POSITIONS, name('GETFORCE'), POSITIONS, POSITIONS, name('GETFORCE')) || 3
    }

    def "says what is wrong with a server: #problem"() {
        expect:
        failure(said, template).contains(problem)

        where:
        said                                                                 | template || problem
        name('HELLO')                                                        | DIMER    || "the message 'HELLO', must be STATUS, INIT, POSDATA, GETFORCE or EXIT"
        'GET / HTTP/1.1\r\n'.bytes                                           | DIMER    || "the message 'GET / HTTP/1', must be"
        [0, 255, 10] + [65] * 9 as byte[]                                    | DIMER    || "'\\x00\\xff\\x0aAAAAAAAAA'"
        name('status')                                                       | DIMER    || "the message 'status'"
        name('GETFORCE')                                                     | DIMER    || 'asks for forces (GETFORCE) before it has sent any positions'
        bytes(POSITIONS, name('GETFORCE'), name('GETFORCE'))                 | DIMER    || 'asks for forces (GETFORCE) before'
        posdata([0] * 9)                                                     | DIMER    || 'the server has 3 atoms, the template 2'
        posdata([], [0] * 9, -1)                                             | DIMER    || 'the server has -1 atoms, the template 2'
        posdata([0, 0, 0, 1, Double.NaN, 4])                                 | DIMER    || 'illegal coordinate of atom 2: NaN'
        posdata([0, 0, 0, 1, 2, 4], [1, 0, 0, 2, 4, 0, 3, 4, 0])             | CRYSTAL  || 'three independent vectors'
        bytes(name('INIT'), ints(0, -4))                                     | DIMER    || 'announces -4 bytes of text after INIT'
        bytes(name('INIT'), ints(0, 0x04000000))                             | DIMER    || 'is its byte order another?'
        'STAT'.bytes                                                         | DIMER    || 'in the middle of the name of a message, after 4 of 12 bytes'
        bytes(name('INIT'), ints(0))                                         | DIMER    || 'in the middle of INIT, after 4 of 8 bytes'
        INIT[0..-2] as byte[]                                                | DIMER    || 'in the middle of the text after INIT, after 4 of 5 bytes'
        POSITIONS[0..99] as byte[]                                           | DIMER    || 'in the middle of the cell after POSDATA, after 88 of 148 bytes'
        POSITIONS[0..<(12 + 148)] as byte[]                                  | DIMER    || 'in the middle of the positions after POSDATA, after 0 of 48 bytes'
        bytes(POSITIONS, name('STATUS'))                                     | DIMER    || 'closed the connection before it had asked for the forces'
    }

    def "a broken connection is said to be one"() {
        expect:
        failure(said, DIMER, new IOException('Connection reset by peer')) ==
            "the connection to the server was lost after $structures structures: Connection reset by peer"

        where:
        said                                  || structures
        name('STATUS')                        || 0
        bytes(POSITIONS, name('GETFORCE'))    || 1
        POSITIONS[0..20] as byte[]            || 0
    }

    def "an answer that is no number ends the work: energy #energy, force #force"() {
        given:
        model.answer = new Evaluation(energy, [0, 0, force, 0, 0, 0] as double[], null)

        expect:
        failure(bytes(POSITIONS, name('GETFORCE'))).contains('structure 1 that the server sent has no finite energy and forces')

        where:
        energy     | force
        Double.NaN | 0
        1          | Double.POSITIVE_INFINITY
    }

    def "what the observer throws ends the work before the forces are sent"() {
        given:
        def wire = new Wire(bytes(POSITIONS, name('GETFORCE')))

        when:
        client(DIMER, { number, structure, evaluation -> throw new InputException("no more after $number") }).serve(wire)

        then:
        def e = thrown(InputException)
        e.message == 'no more after 1'
        wire.sent.size() == 0
    }
}
