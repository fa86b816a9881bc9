package cupel.reference

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification

class GuptaSpec extends Specification {

    def gupta = Gupta.of()

    def "agrees with an independent program on #sid"() {
        given: 'clusters of gold labelled elsewhere with the same parameters and no cutoff'
        def result = gupta.evaluate(structure)

        expect:
        Math.abs(result.energy() - structure.label().energy()) < 1e-6d
        (0..<result.forces().length).every { Math.abs(result.forces()[it] - structure.label().forces()[it]) < 1e-6d }

        where:
        structure << ExtendedXyz.read(Path.of('src/test/resources/cupel/reference/gupta-au.xyz'))
        sid = structure.info().sid
    }

    def "the energy of a dimer is the formula"() {
        given:
        def r = 2.5d
        def x = r / 2.884d - 1

        expect: 'each atom: A exp(-p x) - xi exp(-q x)'
        Math.abs(gupta.energy(Structure.cluster(79, 0, 0, 0, r, 0, 0)) -
            2 * (0.2061d * Math.exp(-10.229d * x) - 1.790d * Math.exp(-4.036d * x))) < 1e-12d
    }

    def "#symbol crystallises as published: lattice constant #a angstrom, cohesive energy #cohesion eV"() {
        when:
        def found = MetalCrystal.relaxed(gupta, z, a)

        then: 'Cleri and Rosato, table I; the sum over more than five shells costs copper the third digit'
        Math.abs(found.a() - a) < 0.004d
        Math.abs(found.cohesion() - cohesion) < 0.008d

        where:
        symbol | z  | a     | cohesion
        'Cu'   | 29 | 3.615 | 3.544
        'Pd'   | 46 | 3.887 | 3.936
        'Ag'   | 47 | 4.085 | 2.960
        'Pt'   | 78 | 3.924 | 5.853
        'Au'   | 79 | 4.079 | 3.779
    }

    def "a pair of different elements gets the means of their parameters"() {
        given:
        def au = Gupta.parameters(79)
        def cu = Gupta.parameters(29)
        def r = 2.6d
        def x = r / ((au.r0() + cu.r0()) / 2) - 1
        def v = Math.sqrt(au.a() * cu.a()) * Math.exp(-(au.p() + cu.p()) / 2 * x)
        def bond = Math.sqrt(au.xi() * cu.xi()) * Math.exp(-(au.q() + cu.q()) / 2 * x)

        expect:
        def pair = Structure.of([79, 29] as int[], [0d, 0, 0, 0, 0, r] as double[], Cell.NONE)
        Math.abs(gupta.energy(pair) - 2 * (v - bond)) < 1e-12d
    }

    def "rejects #name = #value"() {
        when:
        def p = [0.2061d, 1.790d, 10.229d, 4.036d, 2.884d]
        p[index] = value
        new Gupta.Parameters(p[0], p[1], p[2], p[3], p[4])

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "illegal $name: $value, must be positive and finite"

        where:
        name | index | value
        'A'  | 0     | 0d
        'xi' | 1     | -1d
        'p'  | 2     | Double.NaN
        'q'  | 3     | Double.POSITIVE_INFINITY
        'r0' | 4     | 0d
    }
}
