package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.Structure
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** All steps with the real GPAW, at settings that are fast and far from converged. Where it is not installed, features say so. */
class GpawRunSpec extends Specification {

    static final Structure ATOM = Structure.cluster(79, 1, 2, 3)

    static final Structure DIMER = Structure.cluster(79, 0, 0, 0, 0, 0, 2.55d)

    static final Structure FCC =
        Structure.of([79] as int[], [0d, 0, 0] as double[], Cell.periodic(0, 2.08d, 2.08d, 2.08d, 0, 2.08d, 2.08d, 2.08d, 0))

    @TempDir
    Path dir

    def setup() {
        EngineRun.require('gpaw', EngineRun.GPAW, "GpawRunSpec, ${specificationContext.currentIteration.displayName}")
    }

    def "atom, cluster and crystal are labelled at one level of theory"() {
        when:
        def answered = run('{}').answers([ATOM, DIMER, FCC])
        def labels = answered.structures()*.label()

        then:
        def (atom, cluster, crystalline) = answered.levels()
        atom == cluster && cluster.isCompatible(crystalline) && crystalline == cluster.with('kpoint_density', '1.5')
        answered.levels()[0].get('data.Au.PBE') ==~ /[0-9a-f]{16}/
        answered.structures().every { it.info().engine == 'gpaw' && it.info().engine_version ==~ /\d+\.\d+\.\d+.*/ && !it.info().rung }
        answered.seconds().every { it > 0 }

        and: 'the atom lies free of force where it was asked for, the forces of the dimer are along it and opposite'
        labels[0].forces().every { Math.abs(it) < 0.01d }
        Math.abs(labels[1].forces()[2]) > 0.01d
        Math.abs(labels[1].forces()[2] + labels[1].forces()[5]) < 1e-3d
        [0, 1, 3, 4].every { Math.abs(labels[1].forces()[it]) < 1e-3d }

        and: 'only the crystal has a stress, that of a cube'
        labels[0].stress() == null && labels[1].stress() == null
        (1..2).every { Math.abs(labels[2].stress()[it] - labels[2].stress()[0]) < 1e-4d }
        (3..5).every { Math.abs(labels[2].stress()[it]) < 1e-4d }

        and: 'PBE binds gold by 2.3 eV in the dimer and 3.0 in the crystal; these settings give it by and large'
        def dimer = 2 * labels[0].energy() - labels[1].energy()
        def crystal = labels[0].energy() - labels[2].energy()
        dimer > 1.5d && dimer < 3d
        crystal > 2d && crystal < 4d
    }

    def "what does not converge climbs the ladder; all fails with the number of iterations"() {
        given:
        def hydrogen = Structure.cluster(1, 0, 0, 0, 0, 0, 0.75d)

        when:
        def climbed = run('{"max_iterations": 3, "ladder": [{"max_iterations": 50}]}').answers([hydrogen]).structures()[0]

        then:
        climbed.info().rung == 2
        climbed.label() != null

        when:
        def failed = run('{"max_iterations": 3, "ladder": []}').answers([hydrogen]).structures()[0]

        then:
        failed.info().subMap('failure', 'reason', 'rungs_tried') ==
            [failure: 'not_converged', reason: 'density not self-consistent within 3 iterations', rungs_tried: 1L]
        !(failed.info().log =~ /\d\d:\d\d/)
    }

    def "PAW data that GPAW does not have are missed before anything is computed"() {
        when:
        run('{"functional": "NOSUCH"}').answers([DIMER])

        then:
        def e = thrown(AssertionError)
        e.message.contains('GPAW has no PAW data Au.NOSUCH')
    }

    private EngineRun run(String changes) {
        def fast = new JsonSlurper().parseText('{"cutoff": 150, "vacuum": 3, "kpoint_density": 1.5}')
        new EngineRun('gpaw', JsonOutput.toJson(fast + new JsonSlurper().parseText(changes)), dir)
    }
}
