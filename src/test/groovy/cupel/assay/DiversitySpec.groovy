package cupel.assay

import spock.lang.Specification

class DiversitySpec extends Specification {

    def fingerprints(Collection<Integer> seeds, double rattle) {
        seeds.collect { Fingerprint.of(Gold.features(Gold.cluster(13, it, rattle))) }
    }

    def "takes one of each kind before a second of any"() {
        given: 'three heaps of near twins: sizes 4, 9 and 20'
        def candidates = [4, 9, 20].collectMany { size ->
            (1..5).collect { Fingerprint.of(Gold.features(Gold.cluster(size, 1, 1e-3d * it))) }
        }

        when:
        def chosen = Diversity.choose(candidates, [], 3)

        then:
        chosen.collect { it.intdiv(5) }.sort() == [0, 1, 2]
        chosen[0] == 0
    }

    def "keeps away from what is known"() {
        given:
        def candidates = [4, 9, 20].collect { Fingerprint.of(Gold.features(Gold.cluster(it, 1))) }
        def known = [4, 20].collect { Fingerprint.of(Gold.features(Gold.cluster(it, 1, 0.151d))) }

        expect:
        Diversity.choose(candidates, known, 1) == [1]
    }

    def "chooses all of them once, whatever the count, also when all are alike"() {
        given:
        def candidates = [Fingerprint.of(Gold.features(Gold.cluster(5, 1)))] * 4

        expect:
        Diversity.choose(candidates, candidates, 10) == [0, 1, 2, 3]
        Diversity.choose([], candidates, 10) == []
    }
}
