package cupel.assay.dynamics

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.reference.Models
import cupel.sampling.TestModels
import cupel.structure.Structure
import spock.lang.Specification

class EnergyConservationSpec extends Specification {

    static final START = Structure.cluster(79, 0, 0, 0, 2.6, 0, 0, 1.3, 2.25, 0, 1.3, 0.75, 2.1)

    def "the swing falls with the square of the time step, the drift is nothing beside it"() {
        given:
        def measured = [8, 4, 2].collect { EnergyConservation.measure(Models.named('gupta', 79), START, it, 300, 4000, 1) }

        expect:
        measured*.time() == [4000d] * 3
        measured[0].rms() / measured[1].rms() > 3.6 && measured[0].rms() / measured[1].rms() < 4.4
        measured[1].rms() / measured[2].rms() > 3.8 && measured[1].rms() / measured[2].rms() < 4.2
        measured.every { Math.abs(it.drift()) * 4 < it.rms() }
    }

    def "forces that are not those of the energy swing whatever the step; a constant pull drifts"() {
        given:
        def gupta = Models.named('gupta', 79)
        def wrong = { Structure s -> new Evaluation(1.05 * gupta.energy(s), gupta.evaluate(s).forces(), null) } as EnergyModel
        def coarse = EnergyConservation.measure(wrong, START, 4, 300, 2000, 1)
        def fine = EnergyConservation.measure(wrong, START, 1, 300, 2000, 1)

        expect:
        coarse.rms() / fine.rms() < 1.5
        fine.rms() > 10 * EnergyConservation.measure(gupta, START, 1, 300, 2000, 1).rms()
    }

    def "a free atom under an unaccounted force gains what mechanics says"() {
        given: "E = 0, F = f: v = v0 + f t / m, so the energy grows as a parabola; the line through it and its swing are known"
        double f = 1e-4
        double mass = cupel.structure.Elements.mass(79)
        double a = f / mass * cupel.structure.Units.ACCELERATION
        def pulled = { Structure s -> new Evaluation(0, [f, 0, 0] as double[], null) } as EnergyModel
        def measured = EnergyConservation.measure(pulled, Structure.cluster(79, 0, 0, 0), 1, 0, 1000, 1)
        // m a^2 t^2 / 2: slope of the line is m a^2 T / 2, swing m a^2 T^2 / (2 * 6 sqrt 5)
        double ma2 = mass * a * a / cupel.structure.Units.ACCELERATION

        expect:
        Math.abs(measured.drift() / (1000 * ma2 * 1000 / 2) - 1) < 1e-2
        Math.abs(measured.rms() / (ma2 * 1e6 / (12 * Math.sqrt(5))) - 1) < 1e-2
    }

    def "a model without finite forces has no numbers; too short a time is refused"() {
        when:
        def hopeless = EnergyConservation.measure(TestModels.hopeless(), START, 1, 300, 100, 1)
        EnergyConservation.measure(TestModels.free(), START, 20, 300, 100, 1)

        then:
        Double.isNaN(hopeless.rms())
        def e = thrown(IllegalArgumentException)
        e.message.contains('ten steps')
    }
}
