package cupel.sampling

import cupel.structure.Structure
import spock.lang.Specification

class RelaxationSpec extends Specification {

    def "a dimer comes to 2^(1/6) sigma"() {
        when:
        def result = new Relaxation(1e-6, 2000).relax(TestModels.lennardJones(0.5, 2.5), Structure.cluster(79, 0, 0, 0, 0, 0, r))

        then:
        result.reason() == Relaxation.Reason.CONVERGED
        Math.abs(TestModels.distance(result.structure(), 0, 1) - 2.5 * Math.pow(2, 1 / 6)) < 1e-6
        Math.abs(result.energy() + 0.5) < 1e-9
        result.largestForce() <= 1e-6

        where:
        r << [2.4d, 3.0d, 4.0d]
    }

    def "thirteen atoms near an icosahedron come to the known minimum, -44.326801 epsilon"() {
        given:
        double g = (1 + Math.sqrt(5)) / 2
        def x = [0, 0, 0]
        [[0, 1, g], [1, g, 0], [g, 0, 1]].each { a, b, c ->
            [1, -1].each { s -> [1, -1].each { t ->
                x.addAll([a == 0 ? 0 : a * s, a == 0 ? b * s : (c == 0 ? b * t : 0), c == 0 ? 0 : c * t].collect { 1.4 * it })
            } }
        }

        when:
        def result = new Relaxation(1e-5, 5000).relax(TestModels.lennardJones(1, 2.5), Structure.cluster(79, x as double[]))

        then: "Hoare and Pal 1971; the Cambridge Cluster Database"
        result.reason() == Relaxation.Reason.CONVERGED
        Math.abs(result.energy() + 44.326801) < 1e-5
    }

    def "says when it ran out of steps"() {
        expect:
        new Relaxation(1e-9, 3).relax(TestModels.lennardJones(0.5, 2.5), TestModels.lattice(5, 3)).reason() == Relaxation.Reason.STEPS
    }

    def "stops at the last finite structure when the model fails"() {
        given:
        def start = TestModels.lattice(5, 2.8)

        when:
        def hopeless = new Relaxation(0.1, 100).relax(TestModels.hopeless(), start)
        def wild = (0..10).collect {
            new Relaxation(1e-3, 500).relax(TestModels.wild(TestModels.lennardJones(0.5, 2.5)), TestModels.lattice(5, 2.8 + 0.05 * it))
        }

        then:
        hopeless.reason() == Relaxation.Reason.NOT_FINITE
        Double.isNaN(hopeless.energy())
        hopeless.structure().positions() == start.positions()
        wild.any { it.reason() == Relaxation.Reason.NOT_FINITE && Double.isFinite(it.energy()) }
        wild.every { it.structure().positions().every { c -> Double.isFinite(c) } }
    }
}
