package cupel.assay

import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import spock.lang.Specification

class SelectionSpec extends Specification {

    def test = new DirectTest(0.02d, true, Double.POSITIVE_INFINITY)
    def atom = Structure.cluster(79, 0, 0, 0).withInfo('config_type', 'IsolatedAtom').withInfo('level', 'gupta')
        .withLabel(new Label(-1.0d, null))
    def pool = [atom, Gold.labelled(Gold.cluster(13, 1), -39d).withInfo('sid', 'seed')]

    /** A label that a model of -3 eV/atom misses by this many eV/atom. */
    def missedBy(double error, long seed) {
        def cluster = Gold.cluster(10, seed).withInfo('sid', "s$seed" as String).withInfo('walker', 2).withInfo('engine', 'gupta')
        Gold.labelled(cluster, -30d - 10 * error, new double[30])
    }

    def select(List labelled, List pool = pool, DirectTest test = test) {
        Selection.of(Gold.model { it.size() * -3d }, labelled, 'labelled.xyz', pool, 'pool.xyz', test)
    }

    def "what fails joins behind the old pool, in candidate order; what passed does not"() {
        when:
        def selection = select([missedBy(0.5, 3), missedBy(0.01, 2), missedBy(-0.03, 4)])

        then:
        selection.pool().take(2) == pool
        selection.pool().drop(2)*.info()*.sid == ['s3', 's4']
        selection.added().size() == 2
        selection.tested() == 3
        selection.poolSizeBefore() == 1
        Math.abs(selection.energy().mae() - 180) < 1e-9
        Math.abs(selection.energy().largest() - 500) < 1e-9
    }

    def "what joins keeps its provenance and says why it joined"() {
        when:
        def joined = select([missedBy(0.5, 3)]).added()[0]

        then:
        joined.label().energy() == -35d
        joined.info().subMap(['walker', 'engine', 'level', 'sid']) == [walker: 2L, engine: 'gupta', level: 'gupta', sid: 's3']
        joined.info().joined_for == 'energy'
        Math.abs(joined.info().NN_energy_error - 0.5d) < 1e-12
        joined.info().NN_force_error == 0d
    }

    def "a potential that gives no number fails, and no NaN reaches the pool"() {
        when:
        def selection = Selection.of(Gold.model { Double.NaN }, [missedBy(0, 3)], 'l', pool, 'p', test)

        then:
        selection.added()*.info()*.joined_for == ['energy']
        !selection.added()[0].info().containsKey('NN_energy_error')
        Double.isNaN(selection.energy().mae())
    }

    def "a structure joins once, however often it comes"() {
        when:
        def selection = select([missedBy(0.5, 3), missedBy(0.5, 3), pool[1].withLabel(new Label(0d, null))])

        then:
        selection.added().size() == 1
        selection.inPoolAlready() == 2
    }

    def "no labels leave the pool as it is"() {
        when:
        def selection = select([])

        then:
        selection.pool() == pool
        selection.tested() == 0
        Double.isNaN(selection.energy().mae())
    }

    def "labels of another level of theory never join"() {
        when:
        select([missedBy(0.5, 3).withInfo('level', level)])

        then:
        def e = thrown(InputException)
        e.message.contains('gupta in pool.xyz')
        e.message.contains("${level ?: 'none noted'} in labelled.xyz")

        where:
        level << ['pbe', null]
    }

    def "a structure without label is refused, in either file"() {
        when:
        select(labelled, pool)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        labelled             | pool                 | message
        [Gold.cluster(3, 1)] | []                   | 'labelled.xyz: structure 1'
        []                   | [Gold.cluster(3, 1)] | 'pool.xyz: structure 1'
    }
}
