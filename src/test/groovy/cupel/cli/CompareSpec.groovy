package cupel.cli

import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareSpec extends Specification {

    @TempDir
    Path folder

    def labelled = [4, 4, 7].withIndex().collect { size, k ->
        Campaigns.labelled(Campaigns.cluster(size, k)).withInfo('sid', "s$k" as String)
    }

    def file(String name) {
        folder.resolve(name)
    }

    def json(String name) {
        new JsonSlurper().parse(file(name).toFile())
    }

    def compare(List<Structure> structures = labelled, Object... more) {
        ExtendedXyz.write(file('in.xyz'), structures)
        Campaigns.potential().write(file('potential.json'))
        CommandLine.run(Compare.TOOL, '--potential', file('potential.json'), '--structures', file('in.xyz'),
            '--output', file('out.json'), *more)
    }

    def "writes errors with their units in the names"() {
        when:
        def run = compare()
        def out = json('out.json')

        then: 'as computed one by one'
        def potential = Campaigns.potential()
        def read = ExtendedXyz.read(file('in.xyz'))
        def errors = read.collect { 1000 * Math.abs(potential.energy(it) - it.label().energy()) / it.size() }
        run.code == 0
        Math.abs(out.energy.mae_mev_per_atom - errors.sum() / 3) < 1e-6
        out.energy.n == 3
        out.force.n == 45
        out.force.mae_mev_per_angstrom > 0
        out.force.r2 < 1
        out.level == 'gupta'
        out.by_size.keySet().toList() == ['4', '7']
        out.by_size.'4'.energy.n == 2
        out.largest_energy_errors.size() == 3
        Math.abs(Math.abs(out.largest_energy_errors[0].error_mev_per_atom) - errors.max()) < 1e-6
        !out.containsKey('generation')
        run.out.startsWith('energy: n 3, MAE ')
    }

    def "predictions stand beside the labels and can be read back"() {
        when:
        def run = compare(labelled, '--predictions', file('nn.xyz'))
        def text = file('nn.xyz').toFile().text
        def read = ExtendedXyz.read(file('nn.xyz'))

        then:
        run.code == 0
        text.contains('REF_energy=') && text.contains('NN_energy=') && text.contains(':REF_forces:R:3:NN_forces:R:3')
        read*.label()*.energy() == ExtendedXyz.read(file('in.xyz'))*.label()*.energy()
        read.every { Math.abs(it.info().NN_energy - Campaigns.potential().energy(it)) < 1e-9 }
        read*.info()*.sid == ['s0', 's1', 's2']
    }

    def "the same input gives the same bytes"() {
        given:
        compare(labelled, '--predictions', file('nn.xyz'), '--generation', 3)
        def before = [file('out.json'), file('nn.xyz')]*.toFile()*.text

        expect:
        compare(labelled, '--predictions', file('nn.xyz'), '--generation', 3).code == 0
        [file('out.json'), file('nn.xyz')]*.toFile()*.text == before
        json('out.json').generation == 3
    }

    def "labels of two levels of theory end with 1, and nothing is written"() {
        when:
        def run = compare(labelled + Campaigns.labelled(Campaigns.cluster(3, 5)).withInfo('level', 'pbe'))

        then:
        run.code == 1
        run.err.contains('gupta (structure 1) and pbe (structure 4)')
        !file('out.json').toFile().exists()
    }

    def "a potential of another level of theory is compared, and the difference is said"() {
        given:
        ExtendedXyz.write(file('in.xyz'), labelled)
        Campaigns.potential().withProvenance([level: level]).write(file('p.json'))

        when:
        def run = CommandLine.run(Compare.TOOL, '--potential', file('p.json'), '--structures', file('in.xyz'),
            '--output', file('out.json'))

        then:
        run.code == 0
        run.out.contains('trained on labels of pbe, these are labels of gupta') == said
        json('out.json').potential_level == level
        json('out.json').level == 'gupta'

        where:
        level   | said
        'pbe'   | true
        'gupta' | false
    }

    def "a structure without label ends with 1"() {
        when:
        def run = compare([Campaigns.cluster(3, 5).withInfo('sid', 'x')])

        then:
        run.code == 1
        run.err.contains('structure 1 (x) has no label')
    }

    def "an element that the potential does not know is named"() {
        when:
        def copper = Structure.of([29, 29] as int[], [0, 0, 0, 2.2, 0, 0] as double[], cupel.structure.Cell.NONE)
        def run = compare([copper.withLabel(new cupel.structure.Label(-2d, null))])

        then:
        run.code == 1
        run.err.contains('Cu')
    }

    def "a file that is not there is named"() {
        when:
        def run = CommandLine.run(Compare.TOOL, '--potential', 'p', '--structures', file('nothing.xyz'), '--output', 'o')

        then:
        run.code == 1
        run.err.contains('nothing.xyz')
        run.err.readLines().size() == 1
    }

    def "help of the tool names the subcommands"() {
        expect:
        CommandLine.run(Compare.TOOL, '--help').out.readLines()*.trim().findAll { it.startsWith('java -jar compare.jar ') } ==
            Compare.TOOL.subcommands().collect { "java -jar compare.jar ${it.name().split(' ').last()} --help" as String }
        Compare.TOOL.subcommands()*.name()*.split(' ')*.last().containsAll(['predict', 'screen', 'select', 'summarize', 'bulk', 'isomers', 'paper'])
        CommandLine.run(Compare.TOOL, 'scren').err.contains('did you mean screen?')
    }
}
