package cupel.assay.cluster

import cupel.potential.EnergyModel
import cupel.reference.Models
import cupel.sampling.Connectivity
import cupel.sampling.TestModels
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.util.function.Predicate
import spock.lang.Specification

class MinimaSearchSpec extends Specification {

    /** Global minima of Lennard-Jones clusters, in epsilon: the Cambridge Cluster Database (Wales, Doye et al.), Northby 1987. */
    static final Map<Integer, Double> LENNARD_JONES = [
        3: -3.0, 4: -6.0, 5: -9.103852, 6: -12.712062, 7: -16.505384, 8: -19.821489, 9: -24.113360, 10: -28.422532,
        11: -32.765970, 12: -37.967600, 13: -44.326801, 14: -47.845157, 15: -52.322627, 16: -56.815742, 17: -61.317995,
        18: -66.530949, 19: -72.659782]

    static final Predicate<Structure> ALL = { true }

    /** Bonds as long as those of gold, and deep enough for the search's temperature. */
    static EnergyModel lennardJones() {
        TestModels.lennardJones(0.3, 2.72 / Math.pow(2, 1 / 6d))
    }

    static search(Map more = [:]) {
        def s = [walks: 4, hops: 12, rounds: 1, keep: 3] + more
        new MinimaSearch(Connectivity.standard(), s.walks, s.hops, s.rounds, 2500, s.keep)
    }

    def "finds the global minima of Lennard-Jones clusters of 3 to 8 atoms"() {
        when:
        def result = search().search(lennardJones(), 79, 3, 8, ALL, 1, 1)

        then:
        result.refused() < result.relaxations() / 2
        (3..8).each { n ->
            assert Math.abs(result.minima()[n][0].energy() / 0.3 - LENNARD_JONES[n]) < 1e-4
            assert result.minima()[n]*.energy() == result.minima()[n]*.energy().sort(false)
            assert n <= 3 || result.minima()[n].any { it.isPlanar() } && result.minima()[n].any { !it.isPlanar() }
        }
    }

    def "the same seed gives the same minima on any number of threads, another seed another search"() {
        given:
        def text = { long seed, int threads ->
            def result = search(hops: 5).search(Models.named('gupta', 79), 79, 4, 7, ALL, seed, threads)
            [result.relaxations(), result.minima().collect { n, m -> m.collect { ExtendedXyz.format(it.structure()) + it.foundBy() } }]
        }

        expect:
        text(3, 1) == text(3, 3)
        text(3, 1) != text(4, 1)
    }

    def "planar clusters stay planar, though the model would buckle them"() {
        when:
        def minima = search(hops: 10).search(Models.named('gupta', 79), 79, 7, 8, ALL, 1, 1).minima()

        then:
        minima.every { n, list ->
            def planar = list.find { it.isPlanar() }
            def itself = new Descent(1e-3, 2000).relax(Models.named('gupta', 79), planar.structure())
            planar.planarity() < 1e-6 && itself.energy() > planar.energy() - 1e-4 && list[0].planarity() > 0.5
        }
    }

    def "all minima are distinct and allowed"() {
        when:
        def minima = search(keep: 6).search(Models.named('gupta', 79), 79, 8, 8, ALL, 1, 1).minima()[8]

        then:
        minima.size() >= 6
        minima.every { Connectivity.standard().accepts(it.structure()) }
        [minima, minima].combinations().every { a, b ->
            a.is(b) || Math.abs(a.energy() - b.energy()) > MinimaList.SAME_ENERGY ||
                !ClusterGeometry.same(ClusterGeometry.sortedDistances(a.structure()), ClusterGeometry.sortedDistances(b.structure()), MinimaList.SAME_DISTANCE)
        }
    }

    def "what is not trusted is no minimum, nor is anything of a model that gives no number"() {
        when:
        def distrusted = search(hops: 5).search(lennardJones(), 79, 5, 5, { false }, 1, 1)
        def hopeless = search(hops: 5).search(TestModels.hopeless(), 79, 5, 5, ALL, 1, 1)
        def wild = search(hops: 20).search(TestModels.wild(lennardJones()), 79, 5, 5, ALL, 1, 1)

        then:
        [distrusted, hopeless].every { it.minima()[5].empty && it.refused() == it.relaxations() && it.refused() > 0 }
        wild.minima()[5].every { Double.isFinite(it.energy()) && Connectivity.standard().accepts(it.structure()) }
    }

    def "the crossover is where globular wins and goes on winning"() {
        given:
        def minima = { Map<Integer, Boolean> planar ->
            new TreeMap(planar.collectEntries { n, flat -> [n, [flat ? 0 : 1, flat ? 1 : 0].withIndex().collect { planarity, k -> new Minimum(TestModels.lattice(n, 3), k - n, planarity, 'x') }] })
        }

        expect:
        MinimaSearch.crossover(minima([4: true, 5: true, 6: false, 7: false])) == Optional.of(6)
        MinimaSearch.crossover(minima([4: true, 5: false, 6: true, 7: false])) == Optional.of(7)
        MinimaSearch.crossover(minima([4: false, 5: true])) == Optional.empty()
        MinimaSearch.crossover(new TreeMap([4: []])) == Optional.empty()
        MinimaSearch.crossover(new TreeMap([4: minima([4: false])[4].take(1)])) == Optional.empty()
    }

    def "rejects settings that make no sense: #message"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                     | make
        'illegal number of walks'   | { search(walks: 0) }
        'illegal number of hops'    | { search(hops: 0) }
        'illegal temperature: NaN'  | { new MinimaSearch(Connectivity.standard(), 1, 1, 0, Double.NaN, 1) }
        'illegal smallest size: 1'  | { search().search(lennardJones(), 79, 1, 3, ALL, 1, 1) }
    }
}
