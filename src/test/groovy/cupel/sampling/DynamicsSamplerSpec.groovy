package cupel.sampling

import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class DynamicsSamplerSpec extends Specification {

    static final Connectivity STANDARD = Connectivity.standard()

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    def "puts out one snapshot every so many steps, allowed and with the energy that the model gives it"() {
        given:
        def model = TestModels.lennardJones(0.4, 2.5)

        when:
        def result = new DynamicsSampler(new DynamicsSettings(2, 300, 0.01), 1050, 105, STANDARD)
                .sample(model, TestModels.lattice(6, 2.8), random(1))

        then:
        result.samples()*.cycle() == (1..10).collect { 105L * it }
        result.samples().every { STANDARD.accepts(it.structure()) }
        result.samples().every { Math.abs(it.energy() - model.energy(it.structure())) < 1e-9 }
        result.remark() == null
    }

    def "begins again where a cluster evaporates, and puts out what is in one piece"() {
        when: "1500 K is six times the well"
        def result = new DynamicsSampler(new DynamicsSettings(5, 1500, 0.01), 5000, 100, STANDARD)
                .sample(TestModels.lennardJones(0.02, 2.5), TestModels.lattice(6, 2.8), random(2))

        then:
        result.remark() ==~ /dynamics (began again from the start \d+ times|was given up .*)/
        !result.samples().empty
        result.samples().every { STANDARD.accepts(it.structure()) }
    }

    def "gives up, and says so, when the model has no finite force"() {
        when:
        def result = new DynamicsSampler(DynamicsSettings.standard(), 5000, 100, STANDARD)
                .sample(TestModels.hopeless(), TestModels.lattice(6, 2.8), random(1))

        then:
        result.samples().empty
        result.remark() == 'dynamics was given up after 1000 steps: 100 times a force was not finite'
    }

    def "goes on when the model is wild"() {
        when:
        def results = (1..5).collect {
            new DynamicsSampler(new DynamicsSettings(2, 300, 0.01), 500, 10, STANDARD)
                    .sample(TestModels.wild(TestModels.lennardJones(0.4, 2.5)), TestModels.lattice(6, 2.83), random(it))
        }

        then:
        results*.samples().flatten().every { Double.isFinite(it.energy()) && STANDARD.accepts(it.structure()) }
    }

    def "the time step suits the lightest atom"() {
        expect:
        Math.abs(DynamicsSettings.timeStepFor(Structure.cluster(79, 0, 0, 0)) - 2) < 1e-4
        Math.abs(DynamicsSettings.timeStepFor(Structure.cluster(29, 0, 0, 0)) - 1.136) < 1e-3
    }
}
