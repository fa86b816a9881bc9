package cupel.descriptor

import spock.lang.Specification

class CutoffFunctionSpec extends Specification {

    def cutoff = new CutoffFunction(6.0d)

    def "fc(#r) is #expected"() {
        expect:
        Math.abs(cutoff.value(r) - expected) < 1e-15

        where:
        r    | expected
        0d   | 1d
        1.5d | (Math.sqrt(0.5d) + 1) / 2
        2d   | 0.75d
        3d   | 0.5d
        4d   | 0.25d
        6d   | 0d
        9d   | 0d
    }

    def "its derivative matches a central difference at r = #r"() {
        given:
        def h = 1e-5d

        expect:
        Math.abs(cutoff.derivative(r) - (cutoff.value(r + h) - cutoff.value(r - h)) / (2 * h)) < 1e-9

        where:
        r << [0.5d, 2.88d, 4.1d, 5.9d, 6.5d]
    }

    def "the fast cutoff and its slope are those of the plain one"() {
        expect:
        for (int n = 0; n < 6000; n++) {
            double r = n / 1000d
            assert Math.abs(PairKernel.cutoff(r, 6.0d) - cutoff.value(r)) < 1e-15
            assert Math.abs(PairKernel.cutoffSlope(r, 6.0d) - cutoff.derivative(r)) < 1e-15
        }
    }

    def "the fast exponential is that of StrictMath within a few units of the last place"() {
        given:
        def random = new Random(2)
        double worst = 0

        when:
        for (int n = 0; n < 200_000; n++) {
            double x = n % 2 == 0 ? 45 * random.nextDouble() : Math.pow(10, -10 * random.nextDouble())
            double exact = StrictMath.exp(-x)
            worst = Math.max(worst, Math.abs(NegativeExponential.value(x) - exact) / exact)
        }

        then:
        worst < 5e-16
        NegativeExponential.value(0) == 1
        NegativeExponential.value(1e6d) == 0
        NegativeExponential.value(Double.POSITIVE_INFINITY) == 0
        Double.isNaN(NegativeExponential.value(Double.NaN))
    }
}
