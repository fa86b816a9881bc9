package cupel.pipeline

import cupel.reference.Models
import cupel.structure.ExtendedXyz
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** Two small campaigns with Gupta gold as reference, and everything that is measured on the potential of the first. */
@Stepwise
class PropertiesPipelineSpec extends Specification {

    @Shared
    @TempDir
    Path folder

    @Shared
    Pipeline.Run run

    String[] command(String... more) {
        ['-profile', 'demo', '--arms', 'direct,random', '--max_generations', '2', '--final_max_epochs', '60', '--properties', 'true',
         '--isomers', folder.resolve('isomers.xyz').toString(), '--minima_sizes', '3..5', '--minima_walks', '2', '--growth_sweeps', '400',
         '--dynamics', folder.resolve('isomers.xyz').toString(), '--dynamics_temperatures', '300', '--dynamics_time', '1',
         '--bulk_element', 'Au', '--lattice_constant', '4.08', *more]
    }

    List<Map<String, String>> table(String name) {
        def lines = run.result(name).readLines()
        lines.drop(1).collect { [lines[0].split(','), it.split(',', -1)].transpose().collectEntries() }
    }

    def setupSpec() {
        def isomers = ExtendedXyz.read(Pipeline.PROJECT.resolve('data/isomers/gold.xyz')).findAll { it.size() == 6 }.take(2)
        ExtendedXyz.write(folder.resolve('isomers.xyz'), isomers)
        run = new Pipeline(folder.resolve('run')).run(command())
        println(run.log)
    }

    def "it runs to the end, and says where the figures are"() {
        expect:
        run.exitStatus == 0
        run.log.contains('paper/paper.md')
    }

    def "isomers are relaxed with the reference, whose energies and forces those of the model are"() {
        given:
        def gupta = Models.named('gupta', 79)
        def relaxed = ExtendedXyz.read(run.result('properties/isomers/reference/isomers.xyz').toPath())

        expect:
        relaxed.size() == 2
        relaxed.every { Math.abs(gupta.energy(it) - it.label().energy()) < 1e-6 && gupta.evaluate(it).forces().every { f -> Math.abs(f) < 0.04 } }
        table('properties/isomers/reference/isomers.csv').size() == 2
        table('properties/isomers/network/isomers.csv')*.isomer == table('properties/isomers/reference/isomers.csv')*.isomer
    }

    def "minima of every size are found with the potential and ranked by the reference"() {
        expect:
        table('properties/minima/network/minima.csv')*.size.unique() == ['3', '4', '5']
        table('properties/minima/reference/minima.csv')*.size.unique() == ['3', '4', '5']
        run.result('properties/growth/network/growth.csv').readLines().size() > 3
        table('properties/dynamics/network/lindemann.csv').every { it.temperature as double == 300 }
    }

    def "crystals of the reference come out as those of the model that it is, and few of them teach a network much"() {
        given:
        def row = { source -> table("properties/bulk/$source/polymorphs.csv").find { it.crystal == 'fcc' } }
        def error = { source -> Math.abs((row(source).cohesive_energy as double) - (row('gupta').cohesive_energy as double)) }

        expect:
        Math.abs((row('reference').lattice_constant as double) - (row('gupta').lattice_constant as double)) < 0.002
        error('reference') < 0.001
        error('network+bulk') < 0.02
    }

    def "the page has the test errors of the campaign, and the tables lie beside it"() {
        given:
        def mae = new JsonSlurper().parse(run.result('direct_energy_forces_01/test.json')).energy.mae_mev_per_atom as double
        def rows = run.result('paper/tables/comparison.csv').readLines()
        def ours = rows.find { it.contains('MAE of energies on the test set') && it.contains('"potential, test set"') }

        expect:
        run.result('paper/paper.md').text.contains('## Fig. 7: replicas')
        ours.split(',').any { it.isNumber() && Math.abs((it as double) - mae) < 1e-3 * mae }
        ['energy_correlation', 'isomers', 'equation_of_state', 'minima', 'growth', 'lindemann', 'cost', 'label_economy'].every {
            run.result("paper/figures/${it}.svg").length() > 2000 && run.result("paper/figures/${it}.png").length() > 2000
        }

        and: 'in an order that does not depend on the names of work folders'
        def sources = table('paper/tables/polymorphs.csv')*.source.unique()
        sources.size() >= 4 && sources == sources.toSorted()
    }

    def "with -resume nothing is computed again but the costs, and the page with them"() {
        when:
        def again = new Pipeline(folder.resolve('run')).run(command('-resume'))

        then:
        again.exitStatus == 0
        again.submitted().keySet() - ['SUM_COSTS', 'WRITE_PAPER'] == [] as Set
    }

    def "a potential that is there already is measured alone, and comes out the same"() {
        when:
        def campaign = folder.resolve('run/results/direct_energy_forces_01')
        def alone = new Pipeline(folder.resolve('alone')).run('--reference', 'gupta', '--train_on', 'energy+forces',
            '--potential', campaign.resolve('potential.json').toString(), '--potential_pool', campaign.resolve('pool.xyz').toString(),
            '--test_set', Pipeline.PROJECT.resolve('data/test/gupta-gold.xyz').toString(), '--isomers', folder.resolve('isomers.xyz').toString())

        then:
        alone.exitStatus == 0
        !('TRAIN_POTENTIAL' in alone.submitted().keySet())
        ['properties/isomers/network/isomers.csv', 'properties/isomers/reference/isomers.csv'].every { alone.result(it).text == run.result(it).text }
        alone.result('paper/paper.md').text.contains('## Fig. 4')
        !alone.result('paper/figures/replicas.svg').exists()

        when: 'half of what it needs is given'
        def refused = new Pipeline(folder.resolve('alone')).run('--reference', 'gupta', '--potential', campaign.resolve('potential.json').toString())

        then:
        refused.exitStatus != 0
        refused.log.contains('--potential and --potential_pool go together')
        refused.submitted() == [:]
    }
}
