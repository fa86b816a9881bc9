package cupel.cli

import cupel.structure.ExtendedXyz
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareIsomersSpec extends Specification {

    @TempDir
    Path folder

    static final HEADER = 'source,size,isomer,energy_per_atom,relative_energy,rmsd,largest_force,planarity'

    Path file(String name) {
        folder.resolve(name)
    }

    List<Map> table(String name) {
        def lines = file(name).toFile().readLines()
        def columns = lines[0].split(',')
        lines.drop(1).collect { line -> [columns, line.split(',', -1)].transpose().collectEntries { [it[0], it[1]] } }
    }

    def isomers(Object... more) {
        CommandLine.run(Compare.TOOL, 'isomers', '--output', file('out'), *more)
    }

    def setup() {
        ExtendedXyz.write(file('isomers.xyz'), ExtendedXyz.read(Path.of('data/isomers/gold.xyz')).findAll { it.size() < 9 })
    }

    def "relaxes with a built-in model: energies above the lowest, in two sizes"() {
        when:
        def run = isomers('--isomers', file('isomers.xyz'), '--model', 'gupta')
        def rows = table('out/isomers.csv')

        then:
        run.code == 0
        file('out/isomers.csv').toFile().readLines()[0] == HEADER
        rows.size() == ExtendedXyz.read(file('isomers.xyz')).size()
        rows.every { it.source == 'gupta' && it.rmsd == '' && (it.largest_force as double) <= 0.001 }
        rows.groupBy { it.size }.every { size, same -> same*.relative_energy*.toDouble().min() == 0 }
        rows.find { it.size == '6' && it.isomer == 'octahedron' }.relative_energy == '0.00000000'
        (rows.find { it.size == '6' && it.isomer == 'triangle' }.planarity as double) < 0.001
        ExtendedXyz.read(file('out/isomers.xyz'))*.info()*.isomer == rows*.isomer
    }

    def "step by step with one model, then compared with another, by files alone"() {
        given: "the loop of a relaxation with a reference, labelled by label.jar"
        def history = []
        int step = 0
        while (true) {
            def run = CommandLine.run(Compare.TOOL, 'relax-step', '--structures', file('isomers.xyz'), '--model', 'sutton-chen',
                    '--output', file("step$step"), *(history ? ['--history', *history] : []))
            assert run.code == 0
            if (file("step$step/next.xyz").toFile().length() == 0) {
                break
            }
            assert CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', file("step$step/next.xyz"),
                    '--output', file("labelled${step}.xyz"), '--failed', file("failed${step}.xyz")).code == 0
            history << file("labelled${step}.xyz")
            history << file("failed${step}.xyz")
            step++
        }
        def last = file("step$step/relaxed.xyz")

        when:
        def same = isomers('--isomers', file('isomers.xyz'), '--relaxed', last, '--model', 'gupta', '--name', 'itself')

        then: "the model that labelled ends where the steps ended"
        same.code == 0
        step < 8
        table('out/isomers.csv').every { it.source == 'itself' && (it.rmsd as double) < 0.05 }
        table('out/order.csv')*.same_lowest == ['yes', 'yes']
        table('out/order.csv').every { it.pairs == it.pairs_in_order && (it.relative_energy_mae as double) < 1e-3 }
        table("step$step/steps.csv").size() == history.sum { ExtendedXyz.read(it).size() }

        when:
        def reference = isomers('--relaxed', last)

        then: "the reference's own rows, from its labels"
        reference.code == 0
        table('out/isomers.csv').every { it.source == 'reference' && it.rmsd == '' && (it.largest_force as double) <= 0.03 }
    }

    def "says what is wrong: #message"() {
        given:
        def words = arguments(this)

        when:
        def run = isomers(*words)

        then:
        run.code == code
        run.err.contains(message)

        where:
        code | message                          | arguments
        2    | 'needs --isomers or --relaxed'   | { ['--model', 'gupta'] }
        2    | 'needs --potential or --model'   | { ['--isomers', it.file('isomers.xyz')] }
        2    | 'one word'                       | { ['--isomers', it.file('isomers.xyz'), '--model', 'gupta', '--name', 'a b'] }
        1    | "the second isomer 'triangle'"   | {
            def twice = ExtendedXyz.read(it.file('isomers.xyz')).findAll { s -> s.info().isomer == 'triangle' }
            ExtendedXyz.write(it.file('twice.xyz'), twice + twice)
            ['--isomers', it.file('twice.xyz'), '--model', 'gupta']
        }
    }
}
