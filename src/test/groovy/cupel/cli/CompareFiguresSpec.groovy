package cupel.cli

import cupel.assay.figure.Tables
import cupel.structure.ExtendedXyz
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareFiguresSpec extends Specification {

    @TempDir
    Path folder

    def "figures draws what is there, says what is not, and takes correlations from predictions"() {
        given:
        def dimer = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5).withLabel(new Label(-2.0d, [0, 0, 0.5d, 0, 0, -0.5d] as double[], null))
            .withInfo('NN_energy', -2.1d).withArray('NN_forces', [0, 0, 0.4d, 0, 0, -0.4d] as double[], 3)
        ExtendedXyz.write(folder.resolve('train_predictions.xyz'), [dimer])

        when:
        def run = CommandLine.run(Compare.TOOL, 'figures', '--results', folder, '--output', folder.resolve('out'),
            '--only', 'energy_correlation', 'force_correlation', 'minima')

        then:
        run.code == 0
        run.out == 'minima: missing, there is no minima.csv with rows\n2 figures: energy_correlation, force_correlation\n'
        folder.resolve('out').toFile().list().sort() ==
            ['energy_correlation.png', 'energy_correlation.svg', 'force_correlation.png', 'force_correlation.svg']
        folder.resolve('out/energy_correlation.svg').toFile().text.contains('MAE 50.0 meV/atom')
        folder.resolve('out/force_correlation.svg').toFile().text.contains('Train set')
    }

    def "a figure that does not exist is a slip of the command line"() {
        when:
        def run = CommandLine.run(Compare.TOOL, 'figures', '--results', folder, '--output', folder.resolve('out'), '--only', 'pie')

        then:
        run.code == 2
        run.err.contains('--only must be among energy_correlation')
    }

    def "replicas, cost and paper work one after the other, and paper does not read what it wrote"() {
        given:
        def results = folder.resolve('results')
        [1, 2].each {
            def campaign = Files.createDirectories(folder.resolve("runs/direct_energy_0$it"))
            campaign.resolve('generations.csv').toFile().text = 'generation,pool_size,candidates,screened_out,duplicates,labelled,failed,' +
                "added,test_energy_mae_mev,test_force_mae_mev,quiet\n1,1,9,0,0,9,0,9,90,,0\n2,10,9,0,0,9,0,9,${20 + it},,0\n"
        }
        folder.resolve('trace.tsv').toFile().text = 'name\trealtime\t%cpu\nA:TRAIN (1)\t10s\t50%\n'

        when:
        def runs = [
            CommandLine.run(Compare.TOOL, 'replicas', '--campaigns', folder.resolve('runs'), "mine=${folder.resolve('runs/direct_energy_02')}",
                '--output', results),
            CommandLine.run(Compare.TOOL, 'cost', '--trace', folder.resolve('trace.tsv'), '--output', results),
            CommandLine.run(Compare.TOOL, 'paper', '--results', results, '--output', results.resolve('paper')),
        ]
        def first = results.resolve('paper/paper.md').toFile().text
        runs << CommandLine.run(Compare.TOOL, 'paper', '--results', results, '--output', results.resolve('paper'))

        then:
        runs*.code == [0, 0, 0, 0]
        runs[0].out == 'direct_energy: 2 campaigns\nmine: 1 campaign\n'
        runs[1].out.contains('TRAIN                         1      10.0       5.0')
        results.resolve('replica_spread.csv').toFile().readLines()[2] == 'direct_energy,10,21.5,21.0,22.0,2'
        first.contains('| Fig. 7 | worst final MAE, at most (meV/atom) | direct\\_energy | 35 | 22 | -13 |')
        results.resolve('paper/paper.md').toFile().text == first
        !first.contains(folder.toString())
    }

    def "results that are not there are named"() {
        when:
        def run = CommandLine.run(Compare.TOOL, command, '--results', folder.resolve('nowhere'), '--output', folder.resolve('out'))

        then:
        run.code == 1
        run.err.contains('nowhere: no such folder')

        where:
        command << ['figures', 'paper']
    }
}
