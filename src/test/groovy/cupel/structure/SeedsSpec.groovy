package cupel.structure

import spock.lang.Specification

class SeedsSpec extends Specification {

    def "without keys the seed is what SplitMix64 gives first"() {
        expect: 'first output of the reference implementation seeded with 0 (prng.di.unimi.it, splitmix64.c)'
        Seeds.derive(0L) == 0xE220A8397B1DCDAFL
    }

    def "values, order and number of keys all matter"() {
        given:
        def seeds = [
            Seeds.derive(1L),
            Seeds.derive(2L),
            Seeds.derive(1L, 0L),
            Seeds.derive(1L, 0L, 0L),
            Seeds.derive(1L, 1L, 2L),
            Seeds.derive(1L, 2L, 1L),
            Seeds.derive(1L, -1L),
            Seeds.derive(0L, 1L),
            Seeds.derive(2L, 1L),
            Seeds.derive(1L, 2L)
        ]

        expect:
        seeds.toSet().size() == seeds.size()
    }

    def "a hundred thousand neighbouring seeds and keys give as many different streams"() {
        given:
        def seen = new HashSet<Long>()

        when:
        for (long seed = 0; seed < 50; seed++) {
            for (long campaign = 0; campaign < 20; campaign++) {
                for (long walker = 0; walker < 100; walker++) {
                    seen << Seeds.derive(seed, campaign, walker)
                }
            }
        }

        then: 'compared as a number, so that a failure does not print them all'
        def different = seen.size()
        different == 100_000
    }

    def "one bit of a key turns over half of the bits of the seed"() {
        given:
        def bits = (0..<64).collect { Long.bitCount(Seeds.derive(7L, 3L) ^ Seeds.derive(7L, 3L ^ (1L << it))) }

        expect: 'mean of 64 binomials of 64 and 1/2: 32, standard deviation 0.5; five of those'
        Math.abs(bits.sum() / 64 - 32) < 2.5
    }

    def "names make keys by FNV-1a"() {
        expect: 'test vectors of the FNV page'
        Seeds.key('') == 0xCBF29CE484222325L as long
        Seeds.key('a') == 0xAF63DC4C8601EC8CL as long
        Seeds.key('foobar') == 0x85944171F73967E8L as long
    }
}
