package cupel.network

import spock.lang.Specification

class HyperbolicTangentSpec extends Specification {

    def "it equals StrictMath.tanh within a few units of the last place, from tiny to large arguments"() {
        given:
        def random = new Random(5)
        double worst = 0

        when:
        for (int n = 0; n < 200_000; n++) {
            double x = n % 2 == 0 ? 22 * (2 * random.nextDouble() - 1) : Math.pow(10, -12 * random.nextDouble())
            double exact = StrictMath.tanh(x)
            worst = Math.max(worst, Math.abs(HyperbolicTangent.value(x) - exact) / Math.abs(exact))
        }

        then:
        worst < 7e-16
    }

    def "tanh of #x is #expected"() {
        expect:
        HyperbolicTangent.value(x) == expected

        where:
        x                        | expected
        0d                       | 0d
        20d                      | 1d
        -1e300d                  | -1d
        Double.POSITIVE_INFINITY | 1d
        Double.NEGATIVE_INFINITY | -1d
        Double.MIN_VALUE         | Double.MIN_VALUE
    }

    def "it keeps NaN and the sign, never leaves [-1, 1], and grows with its argument"() {
        expect:
        Double.isNaN(HyperbolicTangent.value(Double.NaN))
        (1..2000).every { HyperbolicTangent.value(-it / 100d) == -HyperbolicTangent.value(it / 100d) }
        (0..20_000).every { HyperbolicTangent.value((it + 1) / 2000d) > HyperbolicTangent.value(it / 2000d) }
        (0..40_000).every { HyperbolicTangent.value(it / 2000d) <= 1 }
    }
}
