package cupel.cli

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
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
}
