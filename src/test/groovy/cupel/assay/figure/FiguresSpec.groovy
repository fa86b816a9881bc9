package cupel.assay.figure

import cupel.structure.InputException
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import javax.imageio.ImageIO
import javax.xml.parsers.DocumentBuilderFactory
import spock.lang.Specification
import spock.lang.TempDir

class FiguresSpec extends Specification {

    @TempDir
    Path folder

    def setupSpec() {
        System.setProperty('java.awt.headless', 'true')
    }

    def results() {
        Results.read(Tables.write(folder.resolve('results')), null)
    }

    def texts(String svg) {
        def factory = DocumentBuilderFactory.newInstance()
        factory.setFeature('http://apache.org/xml/features/nonvalidating/load-external-dtd', false)
        def nodes = factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes('UTF-8'))).getElementsByTagName('text')
        (0..<nodes.length).collect { nodes.item(it).textContent }
    }

    def "a correlation shows the numbers of its table and their errors in meV"() {
        when:
        def figure = Figures.of('energy_correlation', results())
        def test = figure.panels()[0]

        then: 'one panel for each set; the diagonal, then a series for each size, the largest first'
        figure.panels().size() == 2
        test.series()*.x()*.toList().tail() == [[-2.5d], [-1.5d, -1.2d]]
        test.series()*.y()*.toList().tail() == [[-2.48d], [-1.49d, -1.23d]]
        test.shade().values().toList().tail() == [13d, 2d]
        test.notes() == ['MAE 20.0 meV/atom', 'RMSE 21.6 meV/atom', 'R\u00b2 0.9985', 'n 3']

        and: 'a set of one size needs no scale of colours, and of one structure has no R2'
        figure.panels()[1].shade() == null
        figure.panels()[1].notes()[2] == 'R\u00b2 unknown'
    }

    def "energies of crystals are drawn above the lowest of their own source, in the order of the volumes"() {
        when:
        def plot = Figures.of('equation_of_state', results()).panels()[0]

        then:
        plot.title() == 'fcc'
        plot.series()*.name() == ['potential', 'reference']
        plot.series()*.x()*.toList() == [[17d, 18d, 19d], [17d, 18d]]
        [[plot.series()[0].y(), [20, 0, 10]], [plot.series()[1].y(), [20, 0]]].every { found, wanted ->
            [found.toList(), wanted].transpose().every { a, b -> Math.abs(a - b) < 1e-9 }
        }
    }

    def "replicas: mean, best and worst by generation and labels, and every final error"() {
        when:
        def panels = Figures.of('replicas', results()).panels()
        def (byGeneration, byLabels, ends) = panels*.series()*.get(0)

        then: 'the arm with one campaign has no spread'
        panels*.series()*.size() == [1, 1, 1]
        [byGeneration.y(), byGeneration.low(), byGeneration.high()]*.toList() == [[600d, 30d], [400d, 20d], [800d, 40d]]
        byLabels.x().toList() == [1d, 100d]
        ends.y().toList() == [20d, 40d]
    }

    def "active and random are compared at the labels that all have reached"() {
        expect:
        Figures.of('active_against_random', results()).panels()[0].notes() == ['100 labels, random_energy / direct_energy: 4.0']
        Figures.counterpart('random_energy', ['direct_energy', 'direct_energy_forces', 'random_energy']) == 'direct_energy'
        Figures.counterpart('random', ['mine', 'random']) == 'mine'
        Figures.counterpart('random', ['mine', 'yours', 'random']) == null
    }

    def "bars are as long as the table says"() {
        when:
        def bars = Figures.of('cost', results()).panels()[0]

        then:
        bars.categories() == ['RUN_GPAW', 'SAMPLE', 'TRAIN']
        bars.values().toList() == [7200d, 1440d, 360d]
        bars.emphasised().toList() == [true, false, false]
    }

    def "error bars that are not known are not drawn as if they were, and temperatures are in order"() {
        when:
        def series = Figures.of('lindemann', results()).panels()[0].series()[0]

        then:
        series.x().toList() == [300d, 600d]
        series.low().toList() == [0.05d, 0.2d - 0.02d]
    }

    def "isomers of two sources are joined, each source drawn at its energies"() {
        when:
        def series = Figures.of('isomers', results()).panels()[0].series()

        then:
        series.findAll { it.name() }*.name() == ['reference', 'potential']
        series.findAll { it.name() == null }*.y()*.toList() == [[0d, 0.1d], [0.6d, 0d]]
        series.find { it.name() == 'potential' }.y().findAll { !Double.isNaN(it) }.toList() == [0.1d, 0.1d, 0d, 0d]
    }

    def "#name gives the same bytes in two runs, on two threads, and in another language"() {
        given:
        def figure = Figures.of(name, results())
        def svg = Drawing.svg(figure)
        def png = Drawing.png(figure)
        def before = Locale.default
        def pool = Executors.newFixedThreadPool(2)

        when:
        Locale.default = new Locale('ar', 'EG')
        def again = pool.invokeAll((1..2).collect { { -> [Drawing.svg(figure), Drawing.png(figure)] } as Callable })*.get()

        then:
        again.every { it[0] == svg && Arrays.equals((byte[]) it[1], png) }
        texts(svg).size() > 4

        and: 'the picture is not blank'
        def image = ImageIO.read(new ByteArrayInputStream(png))
        def colours = image.getRGB(0, 0, image.width, image.height, null, 0, image.width).toList().toSet()
        colours.size() > 20

        cleanup:
        Locale.default = before
        pool.shutdown()

        where:
        name << ['energy_correlation', 'replicas', 'cost']
    }

    def "every kind can be drawn"() {
        when:
        def results = results()
        Figures.names().each { Drawing.write(Figures.of(it, results), folder.resolve('figures')) }

        then:
        folder.resolve('figures').toFile().list().sort() == Figures.names().collectMany { [it + '.png', it + '.svg'] }.sort()
    }

    def "a hostile name is text in the picture, and nothing else"() {
        given:
        def table = folder.resolve('lindemann.csv').toFile()
        def name = Tables.HOSTILE.replace('"', '""')
        table.setText("source,size,temperature,lindemann,standard_error\n\"$name\",13,300,0.1,0.01\n", 'UTF-8')

        when:
        def svg = Drawing.svg(Figures.of('lindemann', Results.read(folder, null)))

        then:
        !svg.contains('<script')
        texts(svg).any { it.startsWith('<script>alert("a|b")</script> & `c`\ufffd') }
    }

    def "what is missing gives no figure, but a reason"() {
        given:
        Tables.write(folder.resolve('some'), ['replicas.csv'])
        def lines = folder.resolve('some/replicas.csv').toFile().readLines()
        folder.resolve('some/replicas.csv').toFile().text = (lines.take(3) + '').join('\n')
        def results = Results.read(folder.resolve('some'), null)

        expect:
        Figures.of(name, results) == null
        Figures.missing(name, results) == reason

        where:
        name                    | reason
        'minima'                | 'there is no minima.csv with rows'
        'energy_correlation'    | 'there is no correlation.csv and no predictions.xyz with rows'
        'replicas'              | 'replicas.csv has no arm of two or more campaigns that were tested'
        'active_against_random' | 'replicas.csv has not both: arms with and without "random" in their names'
    }

    def "tables of one name are one table, and what a run writes itself is not read"() {
        given:
        Tables.write(folder.resolve('a'), ['elastic_constants.csv'])
        Tables.write(folder.resolve('b'), ['elastic_constants.csv'])
        Tables.write(folder.resolve('paper/tables'), ['elastic_constants.csv'])
        Tables.write(folder.resolve('work/1f'), ['elastic_constants.csv'])
        Files.createDirectories(folder.resolve('.nextflow'))

        expect:
        Results.read(folder, folder.resolve('paper')).table('elastic_constants').rows().size() == 4
    }

    def "a table that is not as it must be is refused: #what"() {
        given:
        folder.resolve('cost.csv').toFile().text = text

        when:
        Figures.of('cost', Results.read(folder, null))

        then:
        def e = thrown(InputException)
        e.message.startsWith(folder.resolve('cost.csv').toString())
        e.message.contains(message)

        where:
        what               | text                                     | message
        'no column'        | 'step,tasks\nA,1\n'                      | ':1: has no column cpu_seconds'
        'no number'        | 'step,tasks,cpu_seconds\nA,1,3\nB,1,x\n' | ':3: cpu_seconds must be a number, or empty when it is not known, is "x"'
        'NaN'              | 'step,tasks,cpu_seconds\nA,1,NaN\n'      | ':2: cpu_seconds must be'
        'too many cells'   | 'step,tasks,cpu_seconds\nA,1,3,4\n'      | ':2: has 4 cells, must have 3'
        'nothing at all'   | ''                                       | 'is empty'
        'a column twice'   | 'step,step,tasks,cpu_seconds\n'          | ':1: a column is named twice'
    }
}
