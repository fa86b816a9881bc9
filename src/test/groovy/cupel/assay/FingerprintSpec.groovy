package cupel.assay

import cupel.descriptor.Descriptor
import cupel.structure.Cell
import cupel.structure.Structure
import spock.lang.Specification

class FingerprintSpec extends Specification {

    def fingerprint(Structure structure) {
        Fingerprint.of(Gold.features(structure))
    }

    def "does not change when atoms are listed otherwise and the cluster is turned, moved and mirrored"() {
        given:
        def cluster = Gold.cluster(size, 5)

        expect:
        fingerprint(cluster).distance(fingerprint(Gold.shuffledAndTurned(cluster, 2))) < 1e-12

        where:
        size << [2, 7, 13, 40]
    }

    def "grows with the displacement of the atoms, in proportion"() {
        given:
        def cluster = Gold.cluster(13, 5)
        def moved = { double by ->
            def random = new Random(3)
            cluster.withPositions(cluster.positions().collect { it + by * random.nextGaussian() } as double[])
        }
        def small = fingerprint(cluster).distance(fingerprint(moved(1e-4)))
        def larger = fingerprint(cluster).distance(fingerprint(moved(1e-3)))

        expect:
        small > 0
        larger / small > 5
        larger / small < 20
    }

    def "with the standard functions, displacements of 0.002 angstrom make a twin of #size atoms and of 0.03 do not"() {
        given:
        def calculator = Descriptor.behler2011(79).calculator()
        def moved = { Structure cluster, double by, Random random ->
            cluster.withPositions(cluster.positions().collect { it + by * random.nextGaussian() } as double[])
        }
        def distances = { double by ->
            (1..10).collect {
                def cluster = Gold.cluster(size, it, 0.1d)
                Fingerprint.of(calculator.features(cluster))
                    .distance(Fingerprint.of(calculator.features(moved(cluster, by, new Random(it)))))
            }
        }

        expect: 'on both sides of the default of compare screen, 0.01'
        distances(0.002d).max() < 0.01
        distances(0.03d).min() > 0.01

        where:
        size << [4, 8, 13, 20, 55]
    }

    def "snapshots of one basin of #size atoms, displaced by 0.1 angstrom, are not twins of each other"() {
        given:
        def calculator = Descriptor.behler2011(79).calculator()
        def basin = Gold.cluster(size, 7, 0)
        def snapshots = (1..30).collect { seed ->
            def random = new Random(seed)
            Fingerprint.of(calculator.features(
                basin.withPositions(basin.positions().collect { it + 0.1d * random.nextGaussian() } as double[])))
        }

        expect:
        snapshots.every { a -> snapshots.every { b -> a.is(b) || a.distance(b) > 0.01 } }

        where:
        size << [4, 8, 13, 20]
    }

    def "the angular functions of a dimer are rounding, and do not count"() {
        given:
        def calculator = Descriptor.behler2011(79).calculator()
        def dimer = { double r ->
            Fingerprint.of(calculator.features(Structure.cluster(79, 0.1, 0.2, -0.3, 0.1 + 0.6 * r, 0.2 - 0.8 * r, -0.3)))
        }

        expect:
        dimer(2.5).distance(dimer(2.501)) < 0.01
        dimer(2.5).distance(dimer(2.53)) > 0.01
    }

    def "is symmetric, and a limit below the distance is never met"() {
        given:
        def a = fingerprint(Gold.cluster(13, 1))
        def b = fingerprint(Gold.cluster(13, 2))
        def d = a.distance(b)

        expect:
        d == b.distance(a)
        a.distance(b, d * 1.0001) == d
        a.distance(b, d * 0.9999) > d * 0.9999
        a.distance(a) == 0
    }

    def "structures of different composition are never the same"() {
        given:
        def gold = Gold.cluster(6, 1)
        def alloy = Structure.of([79, 79, 79, 79, 79, 29] as int[], gold.positions(), Cell.NONE)

        expect:
        fingerprint(gold).distance(fingerprint(Gold.cluster(7, 1))) == Double.POSITIVE_INFINITY
        fingerprint(gold).distance(fingerprint(alloy)) == Double.POSITIVE_INFINITY
        fingerprint(alloy).distance(fingerprint(Gold.shuffledAndTurned(alloy, 4))) < 1e-12
    }

    def "which atom is of which element matters"() {
        given:
        def places = Gold.cluster(6, 1, 0.3).positions()
        def first = Structure.of([29, 79, 79, 79, 79, 79] as int[], places, Cell.NONE)
        def last = Structure.of([79, 79, 79, 79, 79, 29] as int[], places, Cell.NONE)

        expect:
        fingerprint(first).distance(fingerprint(last)) > 1e-3
    }

    def "atoms without neighbours are all alike"() {
        given:
        def far = { double d -> fingerprint(Structure.cluster(79, 0, 0, 0, d, 0, 0)) }

        expect:
        far(10).distance(far(20)) == 0
    }

    def "knows when a function is no number"() {
        expect:
        fingerprint(Gold.cluster(4, 1)).finite
        !fingerprint(Structure.cluster(79, 0, 0, 0, 0, 0, 0)).finite
    }

    def "two hundred clusters of 55 atoms are compared with each other in a moment"() {
        given:
        def all = (1..200).collect { fingerprint(Gold.cluster(55, it)) }

        when:
        long start = System.nanoTime()
        int twins = 0
        for (a in all) {
            for (b in all) {
                twins += a.distance(b, 0.02d) <= 0.02d ? 1 : 0
            }
        }

        then:
        twins == 200
        System.nanoTime() - start < 2e9
    }
}
