package cupel.assay

import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import spock.lang.Specification

class LevelOfTheorySpec extends Specification {

    static final String GOLD = 'engine=gpaw,version=22.8.0,cutoff=300,data.Au.PBE=aa'
    static final String COPPER = 'engine=gpaw,version=22.8.0,cutoff=300,data.Cu.PBE=cc'
    static final String BOTH = 'engine=gpaw,version=22.8.0,cutoff=300,data.Au.PBE=aa,data.Cu.PBE=cc'

    def "the level of #levels is #expected"() {
        expect:
        LevelOfTheory.of(structures(levels), 'pool.xyz') == expected

        where: 'data files of all elements belong to it'
        levels                                || expected
        []                                    || null
        [null, null]                          || null
        ['gupta', 'gupta']                    || 'gupta'
        [GOLD, GOLD]                          || GOLD
        [GOLD, COPPER]                        || BOTH
        [GOLD, BOTH, COPPER]                  || BOTH
        [GOLD, 'version=22.8.0,cutoff=300,engine=gpaw,data.Au.PBE=aa'] || GOLD
    }

    def "structures without label do not count"() {
        expect:
        LevelOfTheory.of(structures([GOLD]) + Structure.cluster(79, 0, 0, 0).withInfo('level', 'gupta'), 'pool.xyz') == GOLD
    }

    def "two levels are refused with what differs and both tokens: #levels"() {
        when:
        LevelOfTheory.of(structures(levels), 'pool.xyz')

        then:
        def e = thrown(InputException)
        e.message.startsWith('pool.xyz: labels of two levels of theory: ')
        e.message.contains(message)
        levels.findAll().every { e.message.contains(it) }

        where:
        levels                                                            || message
        [GOLD, GOLD.replace('300', '400')]                                || '(structure 2): cutoff is 300 and 400; keep'
        [GOLD, GOLD.replace('aa', 'ab')]                                  || 'data.Au.PBE is aa and ab'
        [GOLD, 'engine=xtb,version=6.5.1']                                || 'engine is gpaw and xtb; version is 22.8.0 and 6.5.1; cutoff is 300 and not given'
        ['gupta', 'sutton-chen']                                          || 'gupta (structure 1) and sutton-chen (structure 2); keep'
        [GOLD, null]                                                      || 'none noted (structure 2); keep'
        [null, GOLD]                                                      || 'none noted (structure 1) and engine=gpaw'
    }

    def "a third label that fits the one before it and not the first is found"() {
        when:
        LevelOfTheory.of(structures([GOLD, COPPER, GOLD.replace('aa', 'ab')]), 'pool.xyz')

        then:
        def e = thrown(InputException)
        e.message.contains('(structure 3): data.Au.PBE is aa and ab')
    }

    def "a note that is no level is named with its place"() {
        when:
        LevelOfTheory.of(structures([GOLD, 'engine=gpaw,cutoff']), 'pool.xyz')

        then:
        def e = thrown(InputException)
        e.message.startsWith("pool.xyz, structure 2: illegal level: 'engine=gpaw,cutoff'")
    }

    def "two files may meet when their levels are one"() {
        when:
        LevelOfTheory.requireSame(structures([GOLD]), 'a.xyz', structures([COPPER]), 'b.xyz')
        LevelOfTheory.requireSame(structures([GOLD]), 'a.xyz', [], 'b.xyz')

        then:
        noExceptionThrown()

        when:
        LevelOfTheory.requireSame(structures([GOLD]), 'a.xyz', structures([GOLD.replace('22.8.0', '23.9.1')]), 'b.xyz')

        then:
        def e = thrown(InputException)
        e.message == "labels of two levels of theory: $GOLD in a.xyz and ${GOLD.replace('22.8.0', '23.9.1')} in b.xyz: " +
            'version is 22.8.0 and 23.9.1; they must not meet in one pool'
    }

    def "together all structures are of the level of all, and those without stay without"() {
        given:
        def pool = LevelOfTheory.together(structures([GOLD, null, COPPER]), 'pool.xyz')

        expect:
        pool*.info()*.level == [BOTH, null, BOTH]

        when:
        LevelOfTheory.together(structures([GOLD, GOLD.replace('300', '400')]), 'pool.xyz')

        then:
        thrown(InputException)
    }

    private static List<Structure> structures(List<String> levels) {
        levels.collect {
            Structure.cluster(79, 0, 0, 0).withLabel(new Label(-1d, new double[3])).withInfo('level', it)
        }
    }
}
