package cupel.cli

import cupel.potential.Potential
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class TrainSpec extends Specification {

    @TempDir
    Path folder

    def atom = Campaigns.labelled(Structure.of([79] as int[], [0, 0, 0] as double[], Cell.NONE))
    def clusters = (1..8).collect { seed -> Campaigns.labelled(Campaigns.cluster(3 + seed % 3, seed)) }

    Path file(String name, List<Structure> structures) {
        ExtendedXyz.write(folder.resolve(name), structures)
        folder.resolve(name)
    }

    byte[] potential(Path... files) {
        def run = CommandLine.run(Train.TOOL, '--structures', *files, '--seed', '1', '--folds', '2', '--max-epochs', '3',
            '--output', folder.resolve('potential.json'))
        assert run.code == 0: run.toString()
        Files.readAllBytes(folder.resolve('potential.json'))
    }

    def "what stands in a file before is not taken again: a pool and all labels that it came from are all labels"() {
        given:
        def whole = file('whole.xyz', [atom, *clusters])
        def pool = file('pool.xyz', [atom, *clusters[0..4]])
        def first = file('first.xyz', clusters[2..5])
        def second = file('second.xyz', clusters[5..7])

        expect:
        potential(pool, first, second) == potential(whole)
        potential(pool) != potential(whole)
    }

    def "a structure that one file has twice is learned twice"() {
        expect:
        potential(file('once.xyz', [atom, *clusters])) != potential(file('twice.xyz', [atom, *clusters, clusters[0]]))
    }

    def "#what teach #trained"() {
        given:
        def labels = [atom, *clusters]
        if (!forces) {
            labels = labels.collect { it.withLabel(new Label(it.label().energy(), null)) }
        }
        def command = ['--structures', file('labels.xyz', labels), '--seed', '1', '--folds', '2', '--max-epochs', '1', *options,
                       '--output', folder.resolve('potential.json')]

        expect:
        CommandLine.run(Train.TOOL, *command).code == 0
        Potential.read(folder.resolve('potential.json')).provenance().trained_on == trained

        where:
        what                                    | forces | options                       || trained
        'energies and forces'                   | true   | []                            || 'energy+forces'
        'energies and forces, asked for one,'   | true   | ['--train-on', 'energy']      || 'energy'
        'labels without forces'                 | false  | []                            || 'energy'
        'the preset of the paper'               | true   | ['--preset', 'paper']         || 'energy'
    }

    def "what cannot be trained is refused"() {
        when:
        def run = CommandLine.run(Train.TOOL, '--structures', file('labels.xyz', [atom, *clusters]), '--seed', '1', '--train-on', 'force',
            '--output', folder.resolve('potential.json'))

        then:
        run.code == 2
        run.err.contains('--train-on must be energy or energy+forces, is force')
    }
}
