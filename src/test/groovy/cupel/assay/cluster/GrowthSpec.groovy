package cupel.assay.cluster

import cupel.reference.Models
import cupel.sampling.Connectivity
import cupel.sampling.GrandCanonicalSettings
import cupel.sampling.TestModels
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import cupel.structure.Units
import spock.lang.Specification

class GrowthSpec extends Specification {

    static settings(int sweeps) {
        GrandCanonicalSettings.standard().withCycles(sweeps, sweeps.intdiv(10)).withEquilibration(sweeps.intdiv(10)).withShares(0.5, 0.1)
    }

    def "grows atom by atom to the last size, the same from the same seed"() {
        given:
        def run = { long seed -> new Growth(settings(200), Connectivity.standard()).grow(Models.named('gupta', 79), Structure.cluster(79, 0, 0, 0, 2.6, 0, 0), 7, seed) }
        def text = { Growth.Run r -> r.snapshots().collect { ExtendedXyz.format(it.structure()) } }

        when:
        def growth = run(1)

        then:
        growth.remark() == null
        growth.windows()*.size() == (2..6)
        growth.snapshots().size() == 50
        growth.snapshots()*.sweep() == (1..50).collect { 20L * it }
        growth.snapshots().every { Connectivity.standard().accepts(it.structure()) }
        growth.snapshots().every { Math.abs(it.energy() - Models.named('gupta', 79).energy(it.structure())) < 1e-8 }
        growth.snapshots().withIndex().every { s, i -> s.structure().size() - 2 - i.intdiv(10) in [0, 1] }
        text(growth) == text(run(1))
        text(growth) != text(run(2))
    }

    def "a window's share and chemical potential are those of two ideal atoms within reach of each other"() {
        given: "one atom, or two between r_min and r_connect of each other: Z2 / Z1 = z V / 2"
        double rMin = 1.5
        double rConnect = 3.5
        double volume = 4 * Math.PI / 3 * (rConnect**3 - rMin**3)

        when:
        def window = new Growth(settings(20000), Connectivity.uniform(rMin, rConnect))
            .grow(TestModels.free(), Structure.cluster(79, 0, 0, 0), 2, 5).windows()[0]
        double odds = Math.exp(window.chemicalPotential() / (Units.BOLTZMANN * 300)) * volume / 2

        then: "four sigmas of some thousand independent visits"
        window.share() > 0.2 && window.share() < 0.8
        Math.abs(window.share() - odds / (1 + odds)) < 0.03
    }

    def "a model in touch with a reservoir differs by the atoms alone, in trials too"() {
        given:
        def gupta = Models.named('gupta', 79)
        def reservoir = new ReservoirModel(gupta, -2.5)
        def start = TestModels.lattice(5, 2.8)
        def state = reservoir.trialState(start)
        def own = gupta.trialState(start)

        expect:
        reservoir.energy(start) == gupta.energy(start) + 12.5
        reservoir.evaluate(start).forces() == gupta.evaluate(start).forces()
        state.energy() == own.energy() + 12.5

        when:
        def moved = [state, own]*.tryMove(1, 3, 0.2, 0.1)
        [state, own]*.accept()
        def inserted = [state, own]*.tryInsertion(79, -2.8, 0.3, 0)
        [state, own]*.accept()
        def removed = [state, own]*.tryRemoval(2)
        [state, own]*.reject()

        then:
        moved[0] == moved[1] + 12.5
        inserted[0] == inserted[1] + 15
        removed[0] == removed[1] + 12.5
        state.size() == 6
        state.structure().positions() == own.structure().positions()
        state.position(5, 0) == -2.8d
        state.atomicNumber(5) == 79
    }

    def "a start as large as the end is refused"() {
        when:
        new Growth(settings(10), Connectivity.standard()).grow(TestModels.free(), TestModels.lattice(3, 2.8), 3, 1)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains('must have fewer than 3')
    }
}
