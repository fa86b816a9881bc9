package cupel.sampling

import org.apache.commons.rng.simple.RandomSource
import org.apache.commons.statistics.inference.ChiSquareTest
import spock.lang.Specification

class CompositionSpec extends Specification {

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static int[] counts(Map<Integer, Integer> some) {
        int[] all = new int[119]
        some.each { z, n -> all[z] = n }
        all
    }

    def "any: all compositions of #elements of #size atoms are as likely"() {
        given:
        def stream = random(5)
        def seen = [:].withDefault { 0L }

        when: "how many of each element it begins with does not matter"
        (200 * number).times {
            def drawn = Composition.ANY.draw(counts([29: 40, 47: 1, 79: 7].subMap(elements)), size, stream)
            assert drawn.sum() == size
            seen[elements.collect { drawn[it] }]++
        }

        then: "n + k - 1 over k - 1 of them"
        seen.size() == number
        number == 1 || ChiSquareTest.withDefaults().test([200d] * number as double[], seen.values() as long[]).getPValue() > 0.001

        where:
        elements     | size || number
        [79]         | 5    || 1
        [29, 79]     | 1    || 2
        [29, 79]     | 7    || 8
        [29, 47, 79] | 4    || 15
    }

    def "start: the proportions of the start, to the nearest atom"() {
        expect:
        (1..20).collect { Composition.START.draw(counts(29: 3, 79: 9), 8, random(it)) }.every { it[29] == 2 && it[79] == 6 }
        (1..40).collect { Composition.START.draw(counts(29: 1, 79: 1), 3, random(it))[29] }.toSet() == [1, 2].toSet()
    }
}
