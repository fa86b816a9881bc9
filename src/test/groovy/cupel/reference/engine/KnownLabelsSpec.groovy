package cupel.reference.engine

import cupel.reference.Level
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import spock.lang.Specification

class KnownLabelsSpec extends Specification {

    static final Level LEVEL = Level.parse('engine=xtb,version=6.5.1,method=GFN1')

    def known = new KnownLabels()
    def dimer = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d)
    def label = new Label(-3d, [0, 0, 1, 0, 0, -1] as double[])

    def "finds a label by elements and places, and tells where it came from; other notes are those of the one who asks"() {
        given:
        known.addAll([labelled(dimer).withInfo('sid', 'old').withInfo('rung', 2).withInfo('request', 7)], 'pool.xyz')

        when:
        def found = known.find(LEVEL, dimer.withInfo('sid', 'new').withInfo('walker', 3))

        then:
        found.get().label() == label
        found.get().info() == [sid: 'new', walker: 3L, engine: 'xtb', engine_version: '6.5.1', level: LEVEL.toString(), rung: 2L]
    }

    def "finds a structure that went through a file, and no other: #what"() {
        given:
        known.addAll([labelled(dimer)], 'pool.xyz')

        expect:
        known.find(LEVEL, structure).present == found

        where:
        what                         | structure                                               || found
        'the ninth decimal'          | Structure.cluster(79, 0, 0, 0, 0, 0, 2.500000001d)      || true
        'the sixth decimal'          | Structure.cluster(79, 0, 0, 0, 0, 0, 2.500001d)         || false
        'another element'            | Structure.cluster(47, 0, 0, 0, 0, 0, 2.5d)              || false
        'one more atom'              | Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d, 9, 9, 9)     || false
    }

    def "what has no label is passed over, and a label that comes twice counts once"() {
        given:
        known.addAll([dimer, labelled(dimer), labelled(dimer).withLabel(new Label(-4d, label.forces()))], 'pool.xyz')

        expect:
        known.find(LEVEL, dimer).get().label().energy() == -3d
        new KnownLabels().find(LEVEL, dimer).empty
    }

    def "a label without level of theory is refused with its place"() {
        when:
        known.addAll([labelled(dimer), dimer.withLabel(label)], 'pool.xyz')

        then:
        def e = thrown(InputException)
        e.message.startsWith('pool.xyz, structure 2: has a label without level of theory (note level=...)')
    }

    def "a label of another level is refused, and both are shown"() {
        given:
        known.addAll([labelled(dimer)], 'pool.xyz')

        when:
        known.find(LEVEL.with('version', '6.6.0'), dimer)

        then:
        def e = thrown(InputException)
        e.message == '''\
            labels of two levels of theory must not meet: version is 6.6.0 and 6.5.1
              asked: engine=xtb,version=6.6.0,method=GFN1
              known: engine=xtb,version=6.5.1,method=GFN1'''.stripIndent()
    }

    private Structure labelled(Structure structure) {
        structure.withLabel(label).withInfo('engine', 'xtb').withInfo('engine_version', '6.5.1')
            .withInfo('level', LEVEL.toString())
    }
}
