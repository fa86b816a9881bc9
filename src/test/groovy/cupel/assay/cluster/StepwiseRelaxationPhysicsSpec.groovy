package cupel.assay.cluster

import cupel.potential.EnergyModel
import cupel.structure.Structure
import spock.lang.Specification

class StepwiseRelaxationPhysicsSpec extends Specification {

    /** The numbers of docs/properties.md and of the decision on relaxations with a reference. */
    def "labels that 15 isomers of gold take: Gupta as the reference, Sutton-Chen as the potential"() {
        given:
        def names = [13: ['flake_hollow', 'flake_corner', 'star']]
        def isomers = StepwiseRelaxationSpec.ISOMERS.findAll { it.size() < 9 || it.info().isomer in names[it.size()] }
        int calls = 0
        def counted = { Structure s -> calls++; StepwiseRelaxationSpec.GUPTA.evaluate(s) } as EnergyModel

        when:
        isomers.each { new Descent(0.03, 400).relax(counted, it) }
        def withModel = StepwiseRelaxationSpec.loop(StepwiseRelaxationSpec.GUPTA, StepwiseRelaxationSpec.SUTTON_CHEN, isomers)
        def without = StepwiseRelaxationSpec.loop(StepwiseRelaxationSpec.GUPTA, null, isomers)

        then:
        isomers.size() == 15
        calls == 108
        withModel.history.size() == 40
        without.history.size() == 120
        (withModel.state.relaxed() + without.state.relaxed()).every { it.info().relaxation_end == 'converged' }
    }
}
