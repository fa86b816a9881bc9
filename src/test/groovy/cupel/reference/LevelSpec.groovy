package cupel.reference

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification

class LevelSpec extends Specification {

    static final GPAW = 'engine=gpaw,version=22.8.0,functional=PBE,cutoff=300,data.Au.PBE=aed0ebb38e9bce09'

    def "reads and writes #token"() {
        given:
        def level = Level.parse(token)

        expect:
        level.toString() == token
        Level.parse(level.canonical()) == level
        level.isName() == name

        where:
        token                     | name
        GPAW                      | false
        'engine=xtb'              | false
        'gupta-cleri-rosato-1993' | true
        'gfn1-xtb-300K'           | true
        'gfn1-xtb-300K-charge--1' | true
        'functional=PBE+U,u=4.0'  | false
    }

    def "refuses '#token': #reason"() {
        when:
        Level.parse(token)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(reason)

        where:
        token              | reason
        ''                 | 'must be one word'
        'two words'        | 'must be one word'
        'a=1,b'            | "'b' must be of the form key=value"
        'a=1,'             | "'' must be of the form key=value"
        'a='               | "illegal value of a in a level: ''"
        'a=b=c'            | "illegal value of a in a level: 'b=c'"
        'a=1,a=2'          | 'a is given twice'
        '1a=2'             | "illegal key of a level: '1a'"
        'a=two words'      | "illegal value of a in a level: 'two words'"
        'a=say"'           | 'illegal value of a'
    }

    def "the order of the pairs does not count"() {
        given:
        def one = Level.parse('engine=gpaw,cutoff=300')
        def other = Level.parse('cutoff=300,engine=gpaw')

        expect:
        one == other
        one.hashCode() == other.hashCode()
        one.canonical() == 'cutoff=300,engine=gpaw'
        one.canonical() == other.canonical()
        one.isCompatible(other)
    }

    def "says in words what differs"() {
        expect:
        Level.parse(one).differences(Level.parse(other)) == differences
        Level.parse(one).isCompatible(Level.parse(other)) == differences.isEmpty()

        where:
        one                           | other                         | differences
        'engine=gpaw,cutoff=300'      | 'engine=gpaw,cutoff=400'      | ['cutoff is 300 and 400']
        'engine=gpaw,cutoff=300'      | 'engine=gpaw,spin=free'       | ['cutoff is 300 and not given', 'spin is not given and free']
        'engine=a,data.Au.PBE=1'      | 'engine=a,data.Cu.PBE=2'      | []
        'engine=a,data.Au=1'          | 'engine=a'                    | []
        'engine=a,data.Au.PBE=1'      | 'engine=a,data.Au.PBE=2'      | ['data.Au.PBE is 1 and 2']
        'engine=a,data.basis=1'       | 'engine=a'                    | ['data.basis is 1 and not given']
        'gfn1-xtb-300K'               | 'gfn1-xtb-500K'               | ['level is gfn1-xtb-300K and gfn1-xtb-500K']
        'gfn1-xtb-300K'               | 'engine=xtb'                  | ['level is gfn1-xtb-300K and engine=xtb']
        'gfn1-xtb-300K'               | 'gfn1-xtb-300K'               | []
    }

    def "a structure's level has the data files of its own elements only"() {
        given:
        def level = Level.parse('engine=a,data.Au.x=1,data.Cu.x=2,data.Cu=3,data.basis=4')

        expect:
        level.restrictedTo(Structure.cluster(79, 0, 0, 0)).toString() == 'engine=a,data.Au.x=1,data.basis=4'
        level.restrictedTo(Structure.of([29, 79] as int[], [0, 0, 0, 3, 0, 0] as double[], Cell.NONE)) == level
        Level.parse('gupta').restrictedTo(Structure.cluster(79, 0, 0, 0)) == Level.parse('gupta')
    }

    def "clusters outlive another density of k-points, crystals do not"() {
        given:
        def coarse = Level.parse('engine=a,kpoint_density=3.5,data.Au=1')
        def fine = Level.parse('engine=a,kpoint_density=7.0,data.Au=1')
        def cluster = Structure.cluster(79, 0, 0, 0)
        def wire = Structure.of([79] as int[], [0, 0, 0] as double[],
            new Cell([20, 0, 0, 0, 20, 0, 0, 0, 4] as double[], [false, false, true] as boolean[]))

        expect:
        coarse.restrictedTo(cluster).toString() == 'engine=a,data.Au=1'
        coarse.restrictedTo(cluster) == fine.restrictedTo(cluster)
        coarse.restrictedTo(wire) == coarse

        and: 'in one pool with crystals, which have one density'
        coarse.restrictedTo(cluster).union(fine) == fine
        coarse.differences(fine) == ['kpoint_density is 3.5 and 7.0']
    }

    def "clusters outlive another smearing of crystals, and crystals of two smearings do not meet"() {
        given:
        def before = Level.parse('engine=a,kpoint_density=7.0,data.Au=1')
        def wide = Level.parse('engine=a,kpoint_density=7.0,crystal_smearing=0.2,data.Au=1')
        def cluster = wide.restrictedTo(Structure.cluster(79, 0, 0, 0))

        expect:
        cluster.toString() == 'engine=a,data.Au=1'
        cluster.isCompatible(wide) && wide.isCompatible(cluster) && cluster.isCompatible(before)
        cluster.union(wide) == wide

        and:
        before.differences(wide) == ['crystal_smearing is not given and 0.2']
        wide.differences(before) == ['crystal_smearing is 0.2 and not given']
    }

    def "the union finds what pairs alone would miss"() {
        given:
        def au = Level.parse('engine=a,data.Au=1')
        def cu = Level.parse('engine=a,data.Cu=2')
        def otherAu = Level.parse('engine=a,data.Au=9')

        expect:
        au.union(cu).toString() == 'engine=a,data.Au=1,data.Cu=2'
        cu.isCompatible(otherAu)

        when:
        au.union(cu).union(otherAu)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'levels of theory differ: data.Au is 1 and 9'
    }

    def "any text becomes a word"() {
        expect:
        Level.word(text) == word
        Level.parse("a=${Level.word(text)}").get('a') == word

        where:
        text                | word
        ' 22.8.0 (debian) ' | '22.8.0_(debian)'
        'a=b, c'            | 'a_b_c'
        '"quoted"'          | '_quoted_'
        ''                  | '_'
    }

    def "survives an extended XYZ file"() {
        given:
        def structure = Structure.cluster(79, 0, 0, 0).withInfo(Level.NOTE, GPAW)

        when:
        def read = ExtendedXyz.read(new StringReader(ExtendedXyz.format(structure)), Path.of('x.xyz'))[0]

        then:
        Level.of(read).get() == Level.parse(GPAW)
        Level.of(read).get().toString() == GPAW
        Level.of(read.withInfo(Level.NOTE, null)).isEmpty()
    }

    def "one pair is changed or added"() {
        expect:
        Level.parse('a=1,b=2').with('a', '3').with('c', '4').toString() == 'a=3,b=2,c=4'

        when:
        Level.parse('gupta').with('a', '1')

        then:
        thrown(IllegalStateException)
    }
}
