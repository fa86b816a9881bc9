package cupel.reference

import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** All three steps with the real xtb. Where it is not installed, features are skipped and say so. */
class XtbSpec extends Specification {

    @TempDir
    Path dir

    def setup() {
        XtbRun.require("XtbSpec, ${specificationContext.currentIteration.displayName}")
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
        def labels = XtbRun.labelled(dir, structures, 4)
        def energies = labels.labelled()*.label()*.energy()
        def atom = energies[0]

        then: 'all converge, in the order of the input'
        labels.failed().empty
        labels.labelled()*.size() == structures*.size()
        labels.labelled().every { it.info().engine == 'xtb' && it.info().engine_version ==~ /\d+\.\d+\.\d+/ }

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
        def labels = XtbRun.labelled(dir, [cluster] + moved, 11).labelled()*.label()

        then: 'to the step squared, and what the charges are converged to'
        labels.size() == 11
        coordinates.indices.every { k ->
            def difference = -(labels[1 + 2 * k].energy() - labels[2 + 2 * k].energy()) / (2 * h)
            Math.abs(labels[0].forces()[coordinates[k]] - difference) < 2e-3d
        }
    }

    def "the isolated atoms of the sanity window are what xtb says"() {
        given: 'one element of each kind; XtbPhysicsSpec has them all'
        def elements = [1, 6, 8, 14, 26, 29, 46, 47, 58, 71, 78, 79, 86]

        when:
        def labels = XtbRun.labelled(dir, elements.collect { Structure.cluster(it, 0, 0, 0) }, 86)

        then:
        labels.labelled().size() == elements.size()
        labels.labelled().every {
            Math.abs(it.label().energy() - Gfn1Atoms.energy(it.atomicNumber(0))) < 1e-4d
        }
    }

    def "the largest force that is believed is that of a dimer at 1.94 angstrom"() {
        given:
        def structures = [1.93d, 1.95d].collect { Structure.cluster(79, 0, 0, 0, 0, 0, it) }

        when:
        def labels = XtbRun.labelled(dir, structures, 20)

        then:
        labels.failed()*.info()*.reason.every { it.startsWith('largest force') }
        labels.labelled()*.position(1, 2) == [1.95d]
    }

    def "what cannot be computed is a failure, and what comes after it is not"() {
        given:
        def structures = [Structure.cluster(79, 0, 0, 0, 0, 0, 0),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 1.2d),
                          Structure.cluster(25, 0, 0, 0),
                          Structure.cluster(79, 0, 0, 0)]

        when:
        def labels = XtbRun.labelled(dir, structures, 20)

        then:
        labels.labelled().size() == 1
        labels.failed()*.info()*.failure == ['crashed', 'unphysical', 'not_converged']
    }
}
