package cupel.assay.bulk

import cupel.structure.NeighbourList
import spock.lang.Specification

class CrystalSpec extends Specification {

    def "an atom of #crystal has its neighbours at their distance, and its volume, in both cells"() {
        given:
        def a = 4.1d
        def structure = cell(crystal, a)
        def list = NeighbourList.of(structure, 1.01d * crystal.neighbourDistance(a))

        expect:
        structure.size() == atoms
        (0..<atoms).every { list.end(it) - list.start(it) == crystal.coordination() }
        (0..<list.size()).every { Math.abs(Math.sqrt(list.r2(it)) - crystal.neighbourDistance(a)) < 1e-12d }
        Math.abs(structure.cell().volume() / atoms - crystal.volumePerAtom(a)) < 1e-12d
        Math.abs(crystal.latticeConstant(crystal.volumePerAtom(a)) - a) < 1e-12d
        Math.abs(crystal.latticeConstantAt(crystal.neighbourDistance(a)) - a) < 1e-12d

        where:
        crystal         | cell                                       || atoms
        Crystal.FCC     | { c, x -> c.primitive(79, x) }             || 1
        Crystal.FCC     | { c, x -> c.conventional(79, x) }          || 4
        Crystal.BCC     | { c, x -> c.primitive(79, x) }             || 1
        Crystal.BCC     | { c, x -> c.conventional(79, x) }          || 2
        Crystal.SC      | { c, x -> c.primitive(79, x) }             || 1
        Crystal.DIAMOND | { c, x -> c.primitive(79, x) }             || 2
        Crystal.DIAMOND | { c, x -> c.conventional(79, x) }          || 8
        Crystal.DIAMOND | { c, x -> Crystal.repeat(c.primitive(79, x), 1, 2, 3) } || 12
    }

    def "a name that is none is refused with those that are"() {
        when:
        Crystal.named('hcp')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'illegal crystal: hcp, must be one of fcc, bcc, sc, diamond'
    }
}
