package cupel.sampling

import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class RandomClustersSpec extends Specification {

    static final Connectivity STANDARD = Connectivity.standard()

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    static int[] gold(int n) {
        ([79] * n) as int[]
    }

    static List<Double> distances(Structure s) {
        (1..<s.size()).collectMany { i -> (0..<i).collect { j -> TestModels.distance(s, i, j) } }
    }

    static double nearest(Structure s, int i) {
        (0..<s.size()).findAll { it != i }.collect { TestModels.distance(s, i, it) }.min()
    }

    def "every #shape of gold is allowed, with bonds near the covalent length, at every size"() {
        given:
        def clusters = new RandomClusters(STANDARD)
        def r = random(shape.ordinal())

        expect:
        (2..20).every { n ->
            def s = clusters.next(shape, gold(n), r).get()
            s.size() == n && STANDARD.accepts(s) &&
                    (0..<n).every { nearest(s, it) > 0.75 * 2.72 && nearest(s, it) < 1.25 * 2.72 }
        }

        where:
        shape << RandomClusters.Shape.values().toList()
    }

    def "shapes are what they are called: planar is thin, chains are long, compact is neither"() {
        given:
        def clusters = new RandomClusters(STANDARD)
        def r = random(4)
        def mean = { shape, measure -> (1..10).collect { measure(clusters.next(shape, gold(13), r).get()) }.sum() / 10 }
        def neighbours = { s -> distances(s).count { it < 1.2 * 2.72 } * 2 / 13 }

        expect:
        mean(RandomClusters.Shape.PLANAR, { TestModels.thickness(it) }) < 1.2
        mean(RandomClusters.Shape.COMPACT, { TestModels.thickness(it) }) > 3
        mean(RandomClusters.Shape.CHAIN, { distances(it).max() }) > 1.4 * mean(RandomClusters.Shape.COMPACT, { distances(it).max() })
        mean(RandomClusters.Shape.CHAIN, neighbours) < 2.2
        mean(RandomClusters.Shape.COMPACT, neighbours) > 3.2
        mean(RandomClusters.Shape.SURFACE, neighbours) > 3.5
    }

    def "stretched clusters reach from pressed to all but torn, and stay allowed"() {
        given:
        def clusters = new RandomClusters(STANDARD)
        def r = random(5)

        when:
        def bonds = (1..200).collect {
            def s = clusters.stretched(gold(2), r).get()
            assert STANDARD.accepts(s)
            distances(s)[0] / 2.72
        }

        then:
        bonds.min() < 0.85
        bonds.max() > 1.35
        bonds.every { it > 0.85 * 0.9 && it < 1.45 }
    }

    def "large clusters are made too"() {
        expect:
        RandomClusters.Shape.values().every {
            def s = new RandomClusters(STANDARD).next(it, gold(80), random(6)).get()
            s.size() == 80 && STANDARD.accepts(s)
        }
    }

    def "any elements, in any mixture: #atoms"() {
        given:
        def clusters = new RandomClusters(STANDARD)
        def r = random(7)

        expect:
        RandomClusters.Shape.values().every { shape ->
            def s = clusters.next(shape, atoms as int[], r).get()
            STANDARD.accepts(s) && s.atomicNumbers().toList().sort() == atoms.toList().sort()
        }

        where:
        atoms << [[79, 79, 79, 29, 29], [14] * 8, [78, 79, 28, 46, 47, 29], [3] * 6, [6, 6, 6, 8]]
    }

    def "bonds follow distances that were set by hand"() {
        given: "room only between 3.4 and 4.2, where no gold bond is"
        def connectivity = Connectivity.uniform(3.4, 4.2)

        expect:
        RandomClusters.Shape.values().every { new RandomClusters(connectivity).next(it, gold(7), random(8)).isPresent() }
    }

    def "nothing comes of distances that leave no room"() {
        expect:
        new RandomClusters(Connectivity.uniform(3.4, 3.41)).next(RandomClusters.Shape.COMPACT, gold(9), random(8)).isEmpty()
    }
}
