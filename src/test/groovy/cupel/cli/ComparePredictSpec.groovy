package cupel.cli

import cupel.reference.Models
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class ComparePredictSpec extends Specification {

    @TempDir
    Path folder

    def structures = [Campaigns.cluster(4, 1), Campaigns.labelled(Campaigns.cluster(7, 2)).withInfo('sid', 'known')]

    def predict(Object... model) {
        CommandLine.run(ComparePredict.TOOL, '--structures', folder.resolve('in.xyz'), '--output', folder.resolve('out.xyz'), *model)
    }

    def setup() {
        ExtendedXyz.write(folder.resolve('in.xyz'), structures)
        Campaigns.potential().write(folder.resolve('potential.json'))
    }

    def "structures without labels get energies and forces, and those with labels keep them"() {
        when:
        def run = predict('--potential', folder.resolve('potential.json'))
        def read = ExtendedXyz.read(folder.resolve('out.xyz'))
        def expected = ExtendedXyz.read(folder.resolve('in.xyz')).collect { Campaigns.potential().evaluate(it) }

        then:
        run.code == 0
        [read, expected].transpose().every { structure, evaluation ->
            def forces = structure.arrays().NN_forces.reals()
            Math.abs(structure.info().NN_energy - evaluation.energy()) < 1e-12 &&
                (0..<forces.length).every { Math.abs(forces[it] - evaluation.forces()[it]) < 1e-9 }
        }
        read*.label().collect { it != null } == [false, true]
        read[1].info().sid == 'known'
        run.out.readLines().size() == 4
        run.out.readLines()[1].trim().split(/\s+/)[0..1] == ['1', '4']
    }

    def "a crystal gets its stress as ASE writes it, and its energy above isolated atoms is printed"() {
        given: 'fcc gold, a little short in z, so that its stress has no two equal signs by accident'
        def a = 4.1d
        def crystal = Structure.of([79] as int[], [0, 0, 0] as double[],
            Cell.periodic(0, a / 2, a / 2, a / 2, 0, a / 2, 0.49d * a, a / 2, 0))
        ExtendedXyz.write(folder.resolve('in.xyz'), [crystal])

        when:
        def run = predict('--model', 'sutton-chen')
        def s = Models.named('sutton-chen', 79).evaluate(ExtendedXyz.read(folder.resolve('in.xyz'))[0])
        def noted = ExtendedXyz.read(folder.resolve('out.xyz'))[0].info().NN_stress as List

        then:
        run.code == 0
        def (xx, yy, zz, yz, xz, xy) = s.stress() as List
        noted == [xx, xy, xz, xy, yy, yz, xz, yz, zz]
        Math.abs((run.out.readLines()[1].trim().split(/\s+/)[3] as double) - s.energy()) < 1e-6
        run.out.readLines()[1].trim().endsWith('-')
    }

    def "needs one model that knows the elements: #problem"() {
        expect:
        def run = predict(*model.collect { it == 'P' ? folder.resolve('potential.json') : it })
        run.code == 2
        run.err.contains(problem)
        !folder.resolve('out.xyz').toFile().exists()

        where:
        model                                       || problem
        []                                          || 'needs either --potential or --model'
        ['--potential', 'P', '--model', 'gupta']    || 'needs either --potential or --model'
        ['--model', 'eam']                          || 'give both or neither'
    }
}
