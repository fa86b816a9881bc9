package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The real GPAW: forces and stress against differences of its energies, where the plane waves are many enough to compare, and its ladder. */
class GpawPhysicsSpec extends Specification {

    @TempDir
    Path dir

    def setup() {
        EngineRun.require('gpaw', EngineRun.GPAW, "GpawPhysicsSpec, ${specificationContext.currentIteration.displayName}")
    }

    def "the stress of a strained crystal is the derivative of its energy by strain, tension positive"() {
        given: 'fcc aluminium, stretched along x and sheared in yz, and steps of both'
        def h = 0.01d
        def crystals = [crystal(0.005d, 0.01d), crystal(0.005d + h, 0.01d), crystal(0.005d - h, 0.01d),
                        crystal(0.005d, 0.01d + 2 * h), crystal(0.005d, 0.01d - 2 * h)]

        when:
        def labels = new EngineRun('gpaw', '{"cutoff": 500, "kpoint_density": 2, "smearing": 0.2, "density_tolerance": 1e-7}', dir)
            .answers(crystals).structures()*.label()
        def volume = 4.2d**3 / 4 * 1.005d * (1 - 0.005d**2)
        def alongX = (labels[1].energy() - labels[2].energy()) / (2 * h) * 1.005d / volume
        def shear = (labels[3].energy() - labels[4].energy()) / (4 * h) / volume

        then: 'xx yy zz yz xz xy; 0.045 and 0.004 eV/angstrom^3; the plane waves, which change with the cell, blur the difference'
        Math.abs(labels[0].stress()[0] - alongX) < 1e-3d
        alongX > 0.04d
        Math.abs(labels[0].stress()[3] - shear) < 1e-3d
        shear > 0.003d
        (4..5).every { Math.abs(labels[0].stress()[it]) < 1e-4d }
    }

    def "forces are the derivative of the energy"() {
        given: 'silicon trimer whose middle atom is moved, so that the box around it stays'
        def h = 0.02d
        def moved = [[0, 0, 0], [h, 0, 0], [-h, 0, 0], [0, h, 0], [0, -h, 0]].collect {
            Structure.cluster(14, 0, 0, 0, 2.2d + it[0], 0.9d + it[1], 0.4d + it[2], 4.4d, 1.5d, 1.1d)
        }

        when:
        def labels = new EngineRun('gpaw', '{"cutoff": 400, "vacuum": 3, "density_tolerance": 1e-6}', dir).answers(moved)
            .structures()*.label()

        then:
        Math.abs(labels[0].forces()[3] + (labels[1].energy() - labels[2].energy()) / (2 * h)) < 0.02d
        Math.abs(labels[0].forces()[4] + (labels[3].energy() - labels[4].energy()) / (2 * h)) < 0.02d
    }

    def "a triangle of gold, whose pair of half-filled orbitals keeps the first rung from settling, settles on the second"() {
        given: 'sides of 2.54, 2.69 and 2.58 angstrom, as walkers find them'
        def triangle = Structure.cluster(79, 0, 0, 0, 2.5363d, 0, 0, 1.3841d, 2.3042d, 0)

        when:
        def answered = new EngineRun('gpaw', '{"cutoff": 200, "vacuum": 3, "max_iterations": 40}', dir).answers([triangle]).structures()[0]

        then:
        answered.info().rung == 2
        Math.abs(answered.label().forces()[0] + answered.label().forces()[3] + answered.label().forces()[6]) < 0.05d
    }

    private static Structure crystal(double alongX, double shear) {
        def half = 2.1d
        def vectors = [[0, half, half], [half, 0, half], [half, half, 0]].collectMany { v ->
            [v[0] * (1 + alongX), v[1] + shear / 2 * v[2], v[2] + shear / 2 * v[1]]
        }
        Structure.of([13] as int[], [0d, 0, 0] as double[], Cell.periodic(*(vectors as double[])))
    }
}
