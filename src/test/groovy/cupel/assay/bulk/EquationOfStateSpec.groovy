package cupel.assay.bulk

import cupel.structure.Units
import spock.lang.Specification

class EquationOfStateSpec extends Specification {

    /** Birch's energy as in his paper, not through the polynomial. */
    static double birch(double v, double v0, double e0, double b, double bPrime) {
        def x = Math.pow(v0 / v, 2 / 3d)
        e0 + 9 * v0 * b / Units.GIGAPASCAL / 16 * (Math.pow(x - 1, 3) * bPrime + Math.pow(x - 1, 2) * (6 - 4 * x))
    }

    def "finds the parameters that energies were made with: V0 #v0, E0 #e0, B #b, B' #bPrime"() {
        given:
        def volumes = (-6..6).collect { v0 * (1.01d + 0.02d * it) } as double[]
        def energies = volumes.collect { birch(it, v0, e0, b, bPrime) } as double[]

        when:
        def fit = EquationOfState.fit(volumes, energies)

        then:
        Math.abs(fit.volume() / v0 - 1) < 1e-8d
        Math.abs(fit.energy() - e0) < 1e-9d
        Math.abs(fit.bulkModulus() / b - 1) < 1e-6d
        Math.abs(fit.pressureDerivative() - bPrime) < 1e-4d
        fit.residual() < 1e-9d
        fit.points() == 13
        Math.abs(fit.energyAt(1.05d * v0) - birch(1.05d * v0, v0, e0, b, bPrime)) < 1e-8d

        where:
        v0   | e0        | b    | bPrime
        16.9 | -3.8      | 167  | 5.5
        16.9 | -5.0e5    | 167  | 5.5
        47.2 | -1.1      | 2.3  | 4.0
        5.67 | -7.4      | 443  | 3.6
        20.0 | -1.0      | 50   | 12.0
    }

    def "energies without a minimum are refused: #what"() {
        when:
        EquationOfState.fit(volumes as double[], energies as double[])

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        what             | volumes              | energies             || message
        'falling'        | [15, 16, 17, 18, 19] | [5, 4, 3, 2, 1]      || 'the energies have no minimum between 15.0 and 19.0'
        'a maximum'      | [15, 16, 17, 18, 19] | [0, 3, 4, 3, 0]      || 'the energies have no minimum'
        'beyond the end' | [15, 16, 17, 18, 19] | [25, 16, 9, 4.1, 1]  || 'the energies have no minimum'
        'no number'      | [15, 16, 17, 18, 19] | [2, 1, Double.NaN, 1, 2] || 'the energy at 17.0 angstrom³/atom is NaN'
        'too few'        | [15, 16, 17, 18]     | [2, 1, 1, 2]         || '4 energies are too few'
        'no volume'      | [15, 16, 0, 18, 19]  | [2, 1, 0, 1, 2]      || 'illegal volume: 0.0'
    }
}
