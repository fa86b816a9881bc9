package cupel.assay.figure

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class PaperSpec extends Specification {

    @TempDir
    Path folder

    def paper(Collection<String> names = Tables.ALL.keySet()) {
        Paper.beside(Results.read(Tables.write(folder.resolve('results'), names), null))
    }

    def row(Paper paper, String quantity, String source) {
        def found = paper.comparison().rows().findAll { it.text('quantity') == quantity && it.text('source') == source }
        assert found.size() == 1
        ['paper', 'ours', 'difference', 'ratio'].collect { found[0].text(it) }
    }

    def "every number of ours stands beside the paper's: #quantity of #source"() {
        expect:
        row(paper(), quantity, source) == numbers

        where:
        quantity                                           | source                          | numbers
        'MAE of energies on the test set'                  | 'potential, test set'           | ['26.4', '20', '-6.4', '0.7576']
        'MAE of force components on the test set'          | 'potential, test set'           | ['38.9', '66.67', '27.77', '1.714']
        'MAE of energies, random sampling'                 | 'random_energy'                 | ['164.3', '120', '-44.3', '0.7304']
        'random over active at the same number of labels'  | 'random_energy / direct_energy' | ['6.2', '4', '-2.2', '0.6452']
        'worst final MAE, at most'                         | 'direct_energy'                 | ['35', '40', '5', '1.143']
        'best final MAE, about'                            | 'direct_energy'                 | ['20', '20', '0', '1']
        'structures in the final pool'                     | 'direct_energy, mean of 2'      | ['579', '75', '-504', '0.1295']
        'lattice constant of fcc'                          | 'potential'                     | ['4.17', '4.19', '0.02', '1.005']
        'energy of bcc above fcc'                          | 'potential'                     | ['0.02', '0.03', '0.01', '1.5']
        'cohesive energy of fcc, by the table'             | 'potential'                     | ['3.22', '2.9', '-0.32', '0.9006']
        'atoms of the largest planar minimum'              | 'potential'                     | ['13', '12', '-1', '0.9231']
        'training and sampling, from'                      | 'all runs together'             | ['30', '0.5', '-29.5', '0.01667']
    }

    def "the page has the rows of comparison.csv, and tables of what the paper has no numbers of"() {
        when:
        def paper = paper()
        def page = paper.page()

        then:
        paper.missing() == []
        paper.comparison().rows().every { row ->
            page.contains("| ${Names.markdown(row.text('source'))} | ${row.text('paper')} | ${row.text('ours')} | ")
        }
        page.contains('| potential | 180.2 ± 1.3 |  |')
        page.contains('| potential | 2 | 0.0125 | 0.05 |') // the dot of 0.0125 ends nothing
        page.contains('| potential | 1 | 0 of 1 | 2 | 0.35 |')
        page.contains('The level of theory of the labels is not noted')
        page.contains('gupta: classical models, which learnt nothing from these labels.')
    }

    def "what is written is the page, the figures and the tables, the same in two runs"() {
        when:
        paper().write(folder.resolve('one'))
        paper().write(folder.resolve('two'))

        then:
        def files = { name -> folder.resolve(name).toFile().with { root ->
            def found = [:]
            root.eachFileRecurse(groovy.io.FileType.FILES) { found[root.toPath().relativize(it.toPath()).toString()] = it.bytes.toList() }
            found
        } }
        files('one') == files('two')
        files('one').keySet() == (['paper.md', 'tables/comparison.csv'] + Tables.ALL.keySet().collect { "tables/$it".toString() } +
            Figures.names().collectMany { ["figures/${it}.svg".toString(), "figures/${it}.png".toString()] }) as Set
        folder.resolve('one/tables/lindemann.csv').toFile().text == Tables.ALL['lindemann.csv']

        and: 'every picture of the page is there'
        (folder.resolve('one/paper.md').toFile().text =~ /!\[.*?\]\((.*?)\)/).collect { it[1] }.every { folder.resolve("one/$it").toFile().exists() }
    }

    def "what is missing is listed, and nothing is made up for it"() {
        when:
        def paper = paper(['cost.csv'])

        then:
        paper.figures().keySet() == ['cost'] as Set
        paper.comparison().rows()*.text('quantity') == ['training and sampling, from', 'training and sampling, to']
        paper.missing().contains('Figure minima: there is no minima.csv with rows.')
        paper.missing().contains('Polymorphs: there is no polymorphs.csv with rows.')
        paper.missing().every { paper.page().contains("Missing. $it") && paper.page().contains("- $it") }
    }

    def "labels of #level: #reason"() {
        given:
        def results = Tables.write(folder.resolve('results'), ['correlation.csv'])
        results.resolve('test.json').toFile().text = "{\"level\": \"$level\"}"

        expect:
        Paper.beside(Results.read(results, null)).page().contains(reason)

        where:
        level                                   | reason
        'engine=gpaw,version=22,functional=PBE' | 'The labels are PBE, as the paper\'s, but of another program (gpaw)'
        'engine=vasp,xc=PBE'                    | 'The labels are the paper\'s: PBE with VASP'
        'engine=xtb,method=GFN1'                | 'The labels (xtb) are not noted to be PBE'
        'gupta-cleri-rosato-1993'               | 'The labels (gupta-cleri-rosato-1993) are not noted to be PBE'
    }

    def "a hostile name does not leave its cell"() {
        given:
        def results = Tables.write(folder.resolve('results'), ['polymorphs.csv'])
        results.resolve('polymorphs.csv').toFile().append("\"${Tables.HOSTILE.replace('"', '""')}\",fcc,4.1,0,3,\n", 'UTF-8')

        when:
        def page = Paper.beside(Results.read(results, null)).page()

        then:
        !page.contains('<script')
        page.contains('&lt;script&gt;alert("a\\|b")&lt;/script&gt; &amp; \\`c\\`\ufffd | 4.17 | 4.1 | -0.07 |')
    }

    def "every number of the paper says where it stands and where it was read"() {
        given:
        def published = Published.loeffler2020()

        expect:
        published.quantities().size() > 20
        published.quantities().values().every { it.place() && published.sources().containsKey(it.source()) && it.value() > 0 }
    }
}
