package cupel.reference.engine

import cupel.structure.Cell
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Crystals, clusters and atoms with the real programs that can do them all. Settings are coarse, so that it takes a minute or so. */
class EnginesPhysicsSpec extends Specification {

    static final QUICK = [
        cp2k    : [cutoff: 150, relative_cutoff: 30, vacuum: 2.5, kpoint_density: 0.8, default_tolerance: 1e-8],
        espresso: [ecutwfc: 24, ecutrho: 96, vacuum: 2.5, kpoint_density: 1.0, scf_tolerance: 1e-9,
                   pseudopotentials: [Si: 'Si.pbe-rrkj.UPF']]]

    @TempDir
    Path dir

    def "an isolated atom, a cluster and a crystal have one level of theory with #engine"() {
        given:
        ProgramRun.require(engine, 'EnginesPhysicsSpec, one level of theory')
        def structures = [Structure.cluster(z, 0, 0, 0), Structure.cluster(z, 0, 0, 0, 0, 0, bond), crystal(z, a, 1)]

        when:
        def answered = ProgramRun.answered(dir, engine, QUICK[engine], structures)
        def labels = answered.structures()*.label()

        then:
        answered.structures().every { it.label() != null }
        answered.levels().every { it.isCompatible(answered.levels()[0]) }

        and: 'the dimer is bound, and the crystal more strongly'
        def atom = labels[0].energy()
        labels[1].energy() / 2 < atom - 0.3d
        labels[2].energy() / structures[2].size() < labels[1].energy() / 2

        and: 'only the crystal has a stress'
        labels*.stress().collect { it != null } == [false, false, true]

        where:
        engine     | z  | bond  | a
        'cp2k'     | 79 | 2.52d | 4.18d
        'espresso' | 14 | 2.25d | 5.47d
    }

    def "the stress of a stretched crystal is the derivative of its energy, tension positive, with #engine"() {
        given:
        ProgramRun.require(engine, 'EnginesPhysicsSpec, stress')
        def h = 0.01d

        when:
        def labels = ProgramRun.labels(dir, engine, QUICK[engine], [0d, h, -h].collect { crystal(z, a, 1 + it) })
        def volume = crystal(z, a, 1).cell().volume()
        def derivative = (labels[1].energy() - labels[2].energy()) / (volume * ((1 + h)**3 - (1 - h)**3))
        def stress = labels[0].stress()

        then: 'with plane waves or a grid of one cutoff, to some percent'
        Math.abs(derivative) > 0.02d
        (0..2).every { Math.abs(stress[it] - derivative) < 0.1d * Math.abs(derivative) }
        (3..5).every { Math.abs(stress[it]) < 1e-3d }

        where: 'both are stretched by several percent'
        engine     | z  | a
        'cp2k'     | 79 | 4.45d
        'espresso' | 14 | 5.75d
    }

    /** One atom of gold, face-centred; two of silicon, diamond. */
    private static Structure crystal(int z, double a, double scale) {
        def half = a * scale / 2
        def cell = Cell.periodic(0, half, half, half, 0, half, half, half, 0)
        z == 79
            ? Structure.of([z] as int[], new double[3], cell)
            : Structure.of([z, z] as int[], [0, 0, 0, half / 2, half / 2, half / 2] as double[], cell)
    }
}
