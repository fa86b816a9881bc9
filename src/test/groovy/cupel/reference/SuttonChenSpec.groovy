package cupel.reference

import cupel.structure.Cell
import cupel.structure.Structure
import spock.lang.Specification

class SuttonChenSpec extends Specification {

    def suttonChen = SuttonChen.of()

    def "the energy of a dimer is the formula"() {
        given:
        def r = 2.5d

        expect: 'epsilon [(a/r)^n - 2 c (a/r)^(m/2)]'
        Math.abs(suttonChen.energy(Structure.cluster(79, 0, 0, 0, 0, r, 0)) -
            1.2793e-2d * ((4.08d / r)**10 - 2 * 34.408d * (4.08d / r)**4)) < 1e-10d
    }

    def "#symbol crystallises as published: lattice constant #a angstrom, cohesive energy #cohesion eV"() {
        when:
        def found = MetalCrystal.relaxed(suttonChen, z, a)

        then: 'parameters were fitted to infinite sums; the cutoff costs what the class says'
        Math.abs(found.a() - a) < 0.0015d
        found.cohesion() < cohesion + 0.001d
        found.cohesion() > cohesion - 0.016d

        where: 'the energies are the infinite lattice sums of the published parameters'
        symbol | z  | a    | cohesion
        'Al'   | 13 | 4.05 | 3.3402
        'Ni'   | 28 | 3.52 | 4.4400
        'Cu'   | 29 | 3.61 | 3.5001
        'Rh'   | 45 | 3.80 | 5.7499
        'Pd'   | 46 | 3.89 | 3.9402
        'Ag'   | 47 | 4.09 | 2.9599
        'Ir'   | 77 | 3.84 | 6.9301
        'Pt'   | 78 | 3.92 | 5.8599
        'Au'   | 79 | 4.08 | 3.7799
        'Pb'   | 82 | 4.95 | 2.0400
    }

    def "c is what makes the published lattice constant the lowest: c = n S_n / (m sqrt(S_m)) for #symbol"() {
        given: 'sums of inverse powers over the fcc lattice, from tables of Lennard-Jones and Ingham, in units of a'
        def p = SuttonChen.parameters(z)

        expect:
        Math.abs(p.c() / (p.n() * sn / (p.m() * Math.sqrt(sm))) - 1) < 2e-4d

        where: 'S_k over nearest-neighbour distances times 2^(k/2)'
        symbol | z  | sn                    | sm
        'Au'   | 79 | 12.31125d * 2d**5     | 12.80194d * 2d**4
        'Ag'   | 47 | 12.13188d * 2d**6     | 14.45392d * 2d**3
    }

    def "a pair of different elements gets the means of their parameters"() {
        given:
        def au = SuttonChen.parameters(79)
        def ag = SuttonChen.parameters(47)
        def r = 2.8d
        def x = Math.sqrt(au.a() * ag.a()) / r
        def v = Math.sqrt(au.epsilon() * ag.epsilon()) * x**11
        def root = Math.sqrt(x**7)

        expect:
        def pair = Structure.of([79, 47] as int[], [0d, 0, 0, 0, 0, r] as double[], Cell.NONE)
        Math.abs(suttonChen.energy(pair) -
            (v - au.epsilon() * au.c() * root - ag.epsilon() * ag.c() * root)) < 1e-10d
    }

    def "rejects parameters that make no crystal: n #n, m #m, epsilon #epsilon, c #c, a #a"() {
        when:
        new SuttonChen.Parameters(n, m, epsilon, c, a)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        n          | m  | epsilon    | c    | a    || message
        4          | 8  | 0.01       | 30   | 4    || 'illegal n: 4.0, must be more than m/2 = 4.0'
        Double.NaN | 8  | 0.01       | 30   | 4    || 'illegal n: NaN'
        10         | 3  | 0.01       | 30   | 4    || 'illegal m: 3.0, must be more than 3'
        10         | 8  | Double.NaN | 30   | 4    || 'illegal epsilon: NaN'
        10         | 8  | 0.01       | 0    | 4    || 'illegal c: 0.0'
        10         | 8  | 0.01       | 30   | -4   || 'illegal a: -4.0'
    }
}
