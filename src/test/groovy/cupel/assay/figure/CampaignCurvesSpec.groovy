package cupel.assay.figure

import cupel.structure.InputException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CampaignCurvesSpec extends Specification {

    static final HEADER = 'generation,pool_size,candidates,screened_out,duplicates,labelled,failed,added,' +
        'test_energy_mae_mev,test_force_mae_mev,quiet'

    @TempDir
    Path folder

    Path campaign(String name, List<String> rows, String test = null) {
        def campaign = Files.createDirectories(folder.resolve(name))
        campaign.resolve('generations.csv').toFile().text = ([HEADER] + rows + '').join('\n')
        if (test) {
            campaign.resolve('test.json').toFile().text = test
        }
        campaign
    }

    def cells(Table table) {
        table.rows().collect { row -> table.columns().collect { row.text(it) } }
    }

    def "labels are those that the potential could learn from; the last potential is one generation more"() {
        given:
        def one = campaign('direct_07', ['1,2,9,0,0,5,1,4,100.5,200,0', '2,6,9,0,0,3,0,2,,,0'],
            '{"energy": {"mae_mev_per_atom": 25.0}, "force": {"mae_mev_per_angstrom": null}}')

        expect:
        cells(CampaignCurves.replicas([direct: [one]])) == [
            ['direct', 'direct_07', '7', '1', '2', '2', '100.5', '200.0'],
            ['direct', 'direct_07', '7', '2', '7', '6', '', ''],
            ['direct', 'direct_07', '7', '3', '10', '8', '25.0', '']]
    }

    def "between generations the error is a power of the labels, and beyond them nothing is said"() {
        given: 'one campaign falls as 1000/labels from 10 to 1000, the other is 50 from 100 to 200'
        def a = campaign('a_1', ['1,10,0,0,0,990,0,0,100,,0', '2,900,0,0,0,0,0,0,1,,0'])
        def b = campaign('a_2', ['1,100,0,0,0,100,0,0,50,,0', '2,200,0,0,0,0,0,0,50,,0'])

        when:
        def spread = CampaignCurves.spread(CampaignCurves.replicas([a: [a, b]]))

        then:
        spread.columns() == CampaignCurves.SPREAD
        spread.rows()*.text('labels') == ['10', '100', '200', '1000']
        spread.rows()*.text('replicas') == ['1', '2', '2', '1']
        [spread.numbers('mean').toList(), [100, 30, 27.5, 1]].transpose().every { x, y -> Math.abs(x - y) < 1e-9 }
        [spread.numbers('best').toList(), [100, 10, 5, 1]].transpose().every { x, y -> Math.abs(x - y) < 1e-9 }
        [spread.numbers('worst').toList(), [100, 50, 50, 1]].transpose().every { x, y -> Math.abs(x - y) < 1e-9 }
    }

    def "campaigns are found in results, by name; an arm is the name without the seed"() {
        given:
        def names = ['direct_energy_10', 'direct_energy_02', 'random']
        names.each { campaign(it, []) }
        Files.createDirectories(folder.resolve('pipeline_info'))

        expect:
        CampaignCurves.campaigns(folder)*.fileName*.toString() == names.sort(false)
        CampaignCurves.campaigns(folder).collect { CampaignCurves.arm(it) } == ['direct_energy', 'direct_energy', 'random']
    }

    def "a folder without campaigns, and two campaigns of one name in an arm, are refused"() {
        when:
        CampaignCurves.campaigns(Files.createDirectories(folder.resolve('empty')))

        then:
        def e = thrown(InputException)
        e.message.contains('has no campaign')

        when:
        CampaignCurves.replicas([a: [campaign('x/c_1', []), campaign('y/c_1', [])]])

        then:
        def second = thrown(InputException)
        second.message.contains('a second campaign c_1 in the arm a')
    }

    def "cost is running time times use of processors, by step"() {
        given:
        def trace = folder.resolve('trace.tsv').toFile()
        trace.text = [
            'task_id\tname\tstatus\trealtime\t%cpu\tcpus',
            '1\tACTIVE:LABEL:RUN_XTB (a b)\tCOMPLETED\t1m 30s\t50.0%\t1',
            '2\tACTIVE:TRAIN (c "1)\tCOMPLETED\t2.5s\t200%\t2',
            '3\tACTIVE:TRAIN (d)\tFAILED\t500ms\t-\t4',
            '4\tSUBMITTED\tSUBMITTED\t-\t-\t1',
            '5\tLABEL_BUILTIN\tCACHED\t1h 1s\t100%\t1', ''].join('\n')

        expect:
        cells(CampaignCost.of(trace.toPath())) == [
            ['LABEL_BUILTIN', '1', '3601.0', '3601.0', 'reference'],
            ['RUN_XTB', '1', '45.0', '90.0', 'reference'],
            ['TRAIN', '2', '7.0', '3.0', 'other']]
    }

    def "a trace that cannot be understood is refused: #text"() {
        given:
        def trace = folder.resolve('trace.tsv')
        trace.toFile().text = "name\trealtime\t%cpu\nA\t$time\t$share\n"

        when:
        CampaignCost.of(trace)

        then:
        def e = thrown(InputException)
        e.message.contains(text)

        where:
        time   | share | text
        '1430' | '9%'  | 'realtime must be a duration such as "1m 3s"'
        '2s'   | 'x'   | '%cpu must be a number, is "x"'
    }
}
