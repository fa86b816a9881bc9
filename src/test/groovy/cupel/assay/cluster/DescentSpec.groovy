package cupel.assay.cluster

import cupel.reference.Models
import cupel.sampling.Relaxation
import cupel.sampling.TestModels
import cupel.structure.Structure
import spock.lang.Specification

class DescentSpec extends Specification {

    def "a Lennard-Jones dimer ends at its bond, atoms on springs at home"() {
        given:
        def dimer = new Descent(1e-8, 500).relax(TestModels.lennardJones(1, 2.5), Structure.cluster(79, 0, 0, 0, 3.4, 0.5, 0))
        def home = TestModels.lattice(7, 3)
        def away = home.withPositions(home.positions().toList().withIndex().collect { x, i -> x + 0.8 * Math.sin(5 * i) } as double[])
        def springs = new Descent(1e-8, 500).relax(TestModels.springs(3, home), away)

        expect:
        dimer.reason() == Relaxation.Reason.CONVERGED
        Math.abs(dimer.energy() + 1) < 1e-12
        Math.abs(TestModels.distance(dimer.structure(), 0, 1) - 2.5 * Math.pow(2, 1 / 6d)) < 1e-8
        springs.reason() == Relaxation.Reason.CONVERGED
        (0..<21).every { Math.abs(springs.structure().positions()[it] - home.positions()[it]) < 1e-8 }
    }

    def "it needs fewer evaluations than FIRE and ends in the same minimum"() {
        given:
        def model = Models.named('gupta', 79)
        int[] calls = [0]
        def counted = { Structure s -> calls[0]++; model.evaluate(s) } as cupel.potential.EnergyModel
        def start = TestModels.lattice(13, 2.6)

        when:
        def descent = new Descent(1e-4, 2000).relax(counted, start)
        int ours = calls[0]
        def fire = new Relaxation(1e-4d, 5000).relax(counted, start)

        then:
        descent.reason() == Relaxation.Reason.CONVERGED
        descent.steps() == ours - 1
        ours < 0.7 * (calls[0] - ours)
        Math.abs(ClusterGeometry.largestForce(model.evaluate(descent.structure()).forces()) - descent.largestForce()) < 1e-12
        fire.reason() == Relaxation.Reason.CONVERGED
    }

    def "a model without finite answers, or wild ones, ends it with a reason and a finite structure"() {
        when:
        def hopeless = new Descent(0.01, 100).relax(TestModels.hopeless(), TestModels.lattice(4, 2.8))
        def wild = (1..6).collect { new Descent(0.001, 300).relax(TestModels.wild(TestModels.lennardJones(0.3, 2.5)), TestModels.lattice(3 + it, 3.1)) }

        then:
        hopeless.reason() == Relaxation.Reason.NOT_FINITE
        Double.isNaN(hopeless.energy())
        wild.every { it.structure().positions().every { Double.isFinite(it) } && it.steps() <= 300 }
    }

    def "rejects settings that make no sense"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                             | make
        'illegal largest force: NaN'        | { new Descent(Double.NaN, 10) }
        'illegal number of evaluations: 0'  | { new Descent(0.1, 0) }
        'illegal longest step: 0.0'         | { new Descent(0.1, 10, 0) }
    }
}
