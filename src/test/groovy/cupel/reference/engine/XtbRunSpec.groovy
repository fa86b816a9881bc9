package cupel.reference.engine

import cupel.reference.MetalModelSpec
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** All steps with the real xtb. Where it is not installed, features are skipped and say so. */
class XtbRunSpec extends Specification {

    @TempDir
    Path dir

    def setup() {
        EngineRun.require('xtb', EngineRun.XTB, "XtbRunSpec, ${specificationContext.currentIteration.displayName}")
    }

    def "labels atoms, dimers stretched and dissociated, and clusters up to twenty atoms"() {
        given:
        def structures = [Structure.cluster(79, 0, 0, 0),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 2.49d),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 4d),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 12d),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 9d, 8d, 8d, 0)] +
            [5, 8, 13, 20].collect { MetalModelSpec.rattledCluster([79] * it, 2.7d, it) }

        when:
        def answers = run().answers(structures).structures()
        def energies = answers*.label()*.energy()
        def atom = energies[0]

        then: 'all converge, in the order of the input'
        answers*.size() == structures*.size()
        answers.every { it.info().engine == 'xtb' && it.info().engine_version ==~ /\d+\.\d+\.\d+/ && !it.info().rung }

        and: 'the bond of the dimer is 2.67 eV at its length, less when stretched, and nothing far away'
        Math.abs(2 * atom - energies[1] - 2.67d) < 0.02d
        energies[1] < energies[2] && energies[2] < energies[3]
        Math.abs(2 * atom - energies[3]) < 0.1d
        Math.abs(3 * atom - energies[4]) < 0.2d

        and: 'clusters are bound'
        (5..8).every { energies[it] / structures[it].size() < atom - 0.5d }
    }

    def "forces are the derivative of the energies"() {
        given: 'a cluster of five, and some of its coordinates moved both ways'
        def cluster = MetalModelSpec.rattledCluster([79] * 5, 2.7d, 2L)
        def h = 0.005d
        def coordinates = [0, 4, 8, 9, 13]
        def moved = coordinates.collectMany { k ->
            [h, -h].collect { step ->
                def x = cluster.positions()
                x[k] += step
                cluster.withPositions(x)
            }
        }

        when:
        def labels = run().answers([cluster] + moved).structures()*.label()

        then: 'to the step squared, and what the charges are converged to'
        coordinates.indices.every { k ->
            def difference = -(labels[1 + 2 * k].energy() - labels[2 + 2 * k].energy()) / (2 * h)
            Math.abs(labels[0].forces()[coordinates[k]] - difference) < 2e-3d
        }
    }

    def "the largest force that is believed is that of a dimer at 1.94 angstrom"() {
        when:
        def answers = run().answers([1.93d, 1.95d].collect { Structure.cluster(79, 0, 0, 0, 0, 0, it) }).structures()

        then:
        answers[0].info().reason.startsWith('largest force')
        answers[1].label() != null
    }

    def "what cannot be computed is a failure, and what comes after it is not"() {
        given:
        def structures = [Structure.cluster(79, 0, 0, 0, 0, 0, 0),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 1.2d),
                          Structure.cluster(79, 0, 0, 0)]

        when:
        def answers = run().answers(structures).structures()

        then:
        answers*.info()*.failure == ['crashed', 'unphysical', null]
    }

    def "what does not converge climbs the ladder, and its label is the one that the last rung gives by itself"() {
        given:
        def cluster = MetalModelSpec.rattledCluster([79] * 5, 2.7d, 3L)

        when:
        def climbed = new EngineRun('xtb', '{"max_iterations": 2, "ladder": [{"max_iterations": 3}, {"max_iterations": 500}]}', dir)
            .answers([cluster])
        def direct = run().answers([cluster])

        then:
        climbed.structures()[0].info().rung == 3
        climbed.structures()[0].label().energy() == direct.structures()[0].label().energy()
        climbed.levels() == direct.levels()

        when: 'it never converges'
        def never = new EngineRun('xtb', '{"max_iterations": 2, "ladder": [{"max_iterations": 3}]}', dir).answers([cluster])
            .structures()[0]

        then:
        never.info().subMap('failure', 'reason', 'rungs_tried') ==
            [failure: 'not_converged', reason: 'charges not self-consistent within 3 iterations', rungs_tried: 2L]
    }

    def "the damping of a rung reaches xtb: less of it takes more iterations to the same energy"() {
        given:
        def cluster = MetalModelSpec.rattledCluster([79] * 5, 2.7d, 3L)

        when:
        def energies = [0.4d, 0.02d].collect {
            new EngineRun('xtb', """{"broyden_damping": $it}""", dir).answers([cluster]).structures()[0].label().energy()
        }
        def iterations = (0..1).collect {
            def log = dir.resolve("run_$it/prepared/batch_0000/0000/rung_1/engine.out").toFile().text
            (log =~ /convergence criteria satisfied after (\d+) iterations/)[0][1] as int
        }

        then:
        Math.abs(energies[0] - energies[1]) < 1e-4d
        iterations[1] > iterations[0]
    }

    private EngineRun run() {
        new EngineRun('xtb', '{}', dir)
    }
}
