package cupel.structure

import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class DecimalsSpec extends Specification {

    private static String fixed(double value, int decimals) {
        def out = new StringBuilder()
        Decimals.appendFixed(out, value, decimals)
        return out
    }

    private static String shortest(double value) {
        def out = new StringBuilder()
        Decimals.appendShortest(out, value)
        return out
    }

    def "#value is written #text with 8 decimals"() {
        expect:
        fixed(value, 8) == text

        where:
        value         | text
        0d            | '0.00000000'
        -0d           | '0.00000000'
        -1e-12d       | '0.00000000'
        1.5d          | '1.50000000'
        -0.123456789d | '-0.12345679'
        9.999999999d  | '10.00000000'
        1e6d          | '1000000.00000000'
        1e8d          | '100000000.0'
        Double.NaN    | 'nan'
    }

    def "#value is written #text at the shortest"() {
        expect: 'as Python writes it'
        shortest(value) == text

        where:
        value              | text
        0d                 | '0.0'
        1d                 | '1.0'
        -4.08d             | '-4.08'
        0.1d               | '0.1'
        0.1d + 0.2d        | '0.30000000000000004'
        1 / 3d             | '0.3333333333333333'
        2e-3d              | '0.002'
        1e-4d              | '0.0001'
        1e-5d              | '1e-05'
        -1.5e-7d           | '-1.5e-07'
        1e15d              | '1000000000000000.0'
        1e16d              | '1e+16'
        2e23d              | '2e+23'
        1.7976931348623157e308d | '1.7976931348623157e+308'
        Double.NaN         | 'nan'
        Double.NEGATIVE_INFINITY | '-inf'
    }

    def "text, number, text is the same text, and the shortest text is exact"() {
        given:
        def random = RandomSource.XO_SHI_RO_256_PP.create(5)

        expect:
        (1..20000).every {
            double x = (random.nextDouble() - 0.5d) * Math.pow(10, random.nextInt(-12, 14))
            def text = fixed(x, 10)
            fixed(Double.parseDouble(text), 10) == text &&
                Math.abs(Double.parseDouble(text) - x) <= 0.5e-10d + Math.ulp(x) &&
                Double.parseDouble(shortest(x)) == x
        }
    }
}
