package cupel.reference

import cupel.structure.Cell
import cupel.structure.Structure
import spock.lang.Specification

class LabellingSpec extends Specification {

    def gupta = Models.named('gupta')
    def dimer = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d).withInfo('sid', 'h_1').withInfo('campaign', 'c1')
    def pressed = Structure.cluster(79, 0, 0, 0, 0, 0, 1.5d).withInfo('sid', 'h_2')

    def "a label says where it comes from, and keeps the notes of the structure"() {
        when:
        def labels = Labelling.label(gupta, [dimer], SanityWindow.FINITE, '0.1.0')

        then:
        labels.failed().empty
        def labelled = labels.labelled()[0]
        labelled.info() == [sid: 'h_1', campaign: 'c1', engine: 'gupta', engine_version: '0.1.0',
                            level: 'gupta-cleri-rosato-1993']
        labelled.label().energy() == gupta.energy(dimer)
        labelled.label().forces() == gupta.evaluate(dimer).forces()
        labelled.label().stress() == null
    }

    def "a periodic structure gets a stress too"() {
        given:
        def crystal = Structure.of([79] as int[], [0d, 0, 0] as double[], Cell.periodic(0, 2, 2, 2, 0, 2, 2, 2, 0))

        expect:
        def label = Labelling.label(gupta, [crystal], SanityWindow.FINITE, '0.1.0').labelled()[0].label()
        label.stress() == gupta.evaluate(crystal).stress()
        label.stress()[0] < 0
    }

    def "what is outside the window is a failure with its reason, and both lists keep the order"() {
        when:
        def labels = Labelling.label(gupta, [pressed, dimer, pressed.withInfo('sid', 'h_3'), dimer.withInfo('sid', 'h_4')],
            SanityWindow.FINITE.withMaxForce(50), '0.1.0')

        then:
        labels.labelled()*.info()*.sid == ['h_1', 'h_4']
        labels.failed()*.info()*.sid == ['h_2', 'h_3']
        labels.failed().every { it.label() == null }
        def notes = labels.failed()[0].info()
        notes.failure == 'unphysical'
        notes.reason ==~ /largest force \d+\.\d eV\/angstrom, on atom 1, allowed 50/
        notes.engine == 'gupta'
        labels.summary() == '2 labelled, 2 failed (2 unphysical)'
    }

    def "a window in energy is one per atom"() {
        expect:
        def perAtom = gupta.energy(dimer) / 2
        Labelling.label(gupta, [dimer], SanityWindow.FINITE.withEnergies(perAtom - 0.1d, perAtom + 0.1d), 'v')
            .labelled().size() == 1
        Labelling.label(gupta, [dimer], SanityWindow.FINITE.withEnergies(perAtom + 0.1d, 5), 'v')
            .failed()[0].info().failure == 'unphysical'
    }

    def "a structure that failed before and is labelled now has its failure forgotten"() {
        given:
        def failed = new LabelFailure(LabelFailure.Kind.TIMED_OUT, 'xtb was stopped after 5 s', 'iter 7').record(dimer)

        expect:
        failed.info().failure == 'timed_out'
        !Labelling.label(gupta, [failed], SanityWindow.FINITE, 'v').labelled()[0].info().keySet()
            .any { it in ['failure', 'reason', 'log'] }
    }
}
