package cupel.cli

import cupel.reference.Models
import cupel.structure.ExtendedXyz
import cupel.structure.Label
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** compare minima, growth and dynamics: tables and structures that they write. */
class CompareClustersSpec extends Specification {

    @TempDir
    Path folder

    Path file(String name) {
        folder.resolve(name)
    }

    List<List<String>> table(String name) {
        file(name).toFile().readLines()*.split(',', -1)*.toList()
    }

    def compare(Object... words) {
        CommandLine.run(Compare.TOOL, *words)
    }

    def "minima are searched with a model, labelled by another, and ranked anew"() {
        when:
        def run = compare('minima', '--model', 'gupta', '--sizes', '4..6', '--walks', 2, '--hops', 5, '--rounds', 1, '--keep', 2, '--output', file('search'))
        def rows = table('search/minima.csv')
        def found = ExtendedXyz.read(file('search/minima.xyz'))

        then:
        run.code == 0
        run.out.contains('globular from 4 atoms on')
        rows[0] == ['source', 'size', 'rank', 'energy_per_atom', 'relative_energy', 'planarity', 'found_by']
        rows.drop(1).every { it[0] == 'gupta' && (it[2] != '1' || it[4] == '0.00000000') }
        found.size() == rows.size() - 1
        table('search/crossover.csv').drop(1).every { (it[4] as double) < 0 }

        when: "the labels say that the planar ones are lower"
        def labelled = found.collect { it.withLabel(new Label(-it.size() + ((it.info().planarity as double) > 0.4 ? 1 : 0), null)).withInfo('level', 'flatland') }
        ExtendedXyz.write(file('labelled.xyz'), labelled)
        def again = compare('minima', '--labelled', file('labelled.xyz'), '--name', 'flatland', '--output', file('again'))

        then:
        again.code == 0
        again.out.contains('largest size is planar')
        table('again/crossover.csv').drop(1).every { it[0] == 'flatland' && it[4] == '1.00000000' }
        table('again/minima.csv').drop(1).every { it[6] in ['planar', 'compact', 'growth', 'removal'] }
    }

    def "growth writes its snapshots and windows"() {
        when:
        def run = compare('growth', '--model', 'gupta', '--sizes', '3..5', '--sweeps', 50, '--output-every', 10, '--output', file('growth'))
        def rows = table('growth/growth.csv')

        then:
        run.code == 0
        rows[0] == ['source', 'size', 'sweep', 'energy_per_atom', 'planarity']
        rows.drop(1)*.get(2) == (1..10).collect { "${10 * it}".toString() }
        table('growth/growth_windows.csv').drop(1)*.get(1) == ['3', '4']
        ExtendedXyz.read(file('growth/growth.xyz'))*.size() == rows.drop(1).collect { it[1] as int }
    }

    def "dynamics writes fluctuation and conservation"() {
        given:
        def octahedron = ExtendedXyz.read(Path.of('data/isomers/gold.xyz')).find { it.info().isomer == 'octahedron' }
        ExtendedXyz.write(file('start.xyz'), [octahedron])

        when:
        def run = compare('dynamics', '--model', 'gupta', '--structures', file('start.xyz'), '--temperatures', '100,300', '--equilibration', 1,
            '--time', 4, '--conservation-steps', '8,4', '--conservation-time', 2, '--output', file('dynamics'))
        def fluctuation = table('dynamics/lindemann.csv')
        def conservation = table('dynamics/conservation.csv')

        then:
        run.code == 0
        fluctuation[0] == ['source', 'size', 'temperature', 'lindemann', 'standard_error']
        fluctuation.drop(1)*.take(3) == [['gupta', '6', '100.00'], ['gupta', '6', '300.00']]
        (fluctuation[1][3] as double) < (fluctuation[2][3] as double)
        conservation[0] == ['source', 'step_fs', 'drift_mev_per_atom_per_ps', 'rms_mev_per_atom']
        (conservation[1][3] as double) / (conservation[2][3] as double) > 3.5
    }

    def "the trajectory of another program, in plain XYZ"() {
        given:
        file('xtb.trj').toFile().text = (0..<40).collect { "2\n energy: -3.14 gnorm: 0.01 xtb: 6.5.1\nAu 0 0 0\nAu 0 0 ${it % 2 ? 2 : 4}\n" }.join()

        when:
        def run = compare('dynamics', '--trajectory', file('xtb.trj'), '--temperatures', 300, '--name', 'gfn1', '--output', file('out'))

        then:
        run.code == 0
        table('out/lindemann.csv')[1] == ['gfn1', '2', '300.00', '0.33333333', '0.00000000']
        !file('out/conservation.csv').toFile().exists()
    }

    def "says what is wrong: #message"() {
        when:
        file('short.xyz').toFile().text = '1\n\nAu 0 0 0\n'
        def run = compare(*words.collect { it == 'OUT' ? file('out') : it == 'SHORT' ? file('short.xyz') : it })

        then:
        run.code == code
        run.err.contains(message)

        where:
        code | message                            | words
        2    | 'either --potential or --model'    | ['minima', '--output', 'OUT']
        2    | '--element cannot be used'         | ['minima', '--model', 'gupta', '--element', 'Xx', '--output', 'OUT']
        2    | 'leave --potential and --model'    | ['minima', '--model', 'gupta', '--labelled', 'SHORT', '--output', 'OUT']
        2    | 'a range of two sizes'             | ['growth', '--model', 'gupta', '--sizes', '4', '--output', 'OUT']
        2    | 'either --structures or --traj'    | ['dynamics', '--output', 'OUT']
        2    | 'the one temperature'              | ['dynamics', '--trajectory', 'SHORT', '--output', 'OUT']
        1    | 'has 1 frames, must have 20'       | ['dynamics', '--trajectory', 'SHORT', '--temperatures', '300', '--output', 'OUT']
    }
}
