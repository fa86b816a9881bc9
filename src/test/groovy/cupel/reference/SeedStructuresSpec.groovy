package cupel.reference

import cupel.structure.Label
import cupel.structure.Structure
import spock.lang.Specification

class SeedStructuresSpec extends Specification {

    def "the isolated atoms of all elements come first, by atomic number"() {
        given:
        def gold = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5)
        def alloy = Structure.of([79, 29] as int[], [0, 0, 0, 0, 0, 2.4] as double[], gold.cell())

        when:
        def seeds = SeedStructures.withIsolatedAtoms([gold, alloy])

        then:
        seeds*.atomicNumbers()*.toList() == [[29], [79], [79, 79], [79, 29]]
        seeds.take(2).every { it.info().config_type == 'IsolatedAtom' }
        seeds.drop(2).every { !it.info().containsKey('config_type') }
        seeds.every { it.info().sid.startsWith('h_') && it.info().kind == 'seed' }
    }

    def "a label, which may be of another level of theory, and notes are dropped"() {
        given:
        def labelled = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5).withLabel(new Label(-4.5d, null)).withInfo('level', 'pbe')

        when:
        def seed = SeedStructures.withIsolatedAtoms([labelled]).last()

        then:
        seed.label() == null
        seed.info().keySet() == ['sid', 'kind'] as Set
    }

    def "twins are one, and an atom alone is the isolated atom"() {
        given:
        def dimer = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5)

        expect:
        SeedStructures.withIsolatedAtoms([dimer, Structure.cluster(79, 1, 1, 1), dimer])*.size() == [1, 2]
    }

    def "no structures give no seeds"() {
        expect:
        SeedStructures.withIsolatedAtoms([]) == []
    }
}
