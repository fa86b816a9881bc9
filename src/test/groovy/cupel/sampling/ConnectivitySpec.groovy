package cupel.sampling

import cupel.structure.Structure
import spock.lang.Specification

class ConnectivitySpec extends Specification {

    def "gold's distances follow from its covalent radius"() {
        expect:
        Math.abs(Connectivity.standard().minimum(79, 79) - 1.904) < 1e-12
        Math.abs(Connectivity.standard().connect(79, 79) - 3.944) < 1e-12
        // Pt-Au: (1.36 + 1.36), Au-Cu: (1.36 + 1.32)
        Math.abs(Connectivity.standard().minimum(79, 29) - 0.7 * 2.68) < 1e-12
        Connectivity.standard().connect(29, 79) == Connectivity.standard().connect(79, 29)
    }

    def "one distance may be set and the other stay with the elements"() {
        given:
        def c = Connectivity.standard().withMinimum(2.2)

        expect:
        c.minimum(79, 1) == 2.2d
        Math.abs(c.connect(79, 79) - 3.944) < 1e-12
    }

    def "a dimer of #r angstrom: #objection"() {
        expect:
        Connectivity.uniform(2, 4).objection(Structure.cluster(79, 0, 0, 0, 0, 0, r)) == objection

        where:
        r     | objection
        1.999 | 'atoms 1 and 2 are 1.999 angstrom apart, nearer than 2.000'
        2.0   | null
        3.999 | null
        4.0   | 'the cluster is in pieces: only 1 of 2 atoms hang together with atom 1'
    }

    def "a chain hangs together by its links, and falls apart without one"() {
        given:
        def chain = Structure.cluster(79, 0, 0, 0, 3, 0, 0, 6, 0, 0, 9, 0, 0)
        def broken = Structure.cluster(79, 0, 0, 0, 3, 0, 0, 9, 0, 0, 12, 0, 0)

        expect:
        Connectivity.standard().accepts(chain)
        Connectivity.standard().objection(broken) == 'the cluster is in pieces: only 2 of 4 atoms hang together with atom 1'
    }

    def "atoms alone and no atoms at all are in one piece"() {
        expect:
        Connectivity.standard().accepts(Structure.cluster(79, 1, 2, 3))
        Connectivity.standard().accepts(Structure.cluster(79))
    }

    def "rejects #what"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(what)

        where:
        what                                   | make
        'illegal r_min: NaN'                   | { Connectivity.uniform(Double.NaN, 4) }
        'illegal r_min: -1.0'                  | { Connectivity.uniform(-1, 4) }
        'illegal r_connect: NaN'               | { Connectivity.uniform(1, Double.NaN) }
        'illegal r_min: 4.0, must be less than r_connect, 3.0' | { Connectivity.uniform(4, 3) }
        'no covalent radius is known for atomic number 118'    | { Connectivity.standard().minimum(118, 79) }
    }
}
