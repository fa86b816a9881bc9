package cupel.assay.provenance

import com.fasterxml.jackson.databind.ObjectMapper
import cupel.structure.ContentHash
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A campaign of one generation and four structures: its crate, what a check finds, what is told of each structure. */
class ResultsCheckSpec extends Specification {

    @TempDir
    Path parent

    Path folder

    Structure seed = labelled(dimer(2.5), -3.0d, 'kind', 'seed')
    Structure wrong = labelled(proposed(2.7), -2.5d)
    Structure right = labelled(proposed(2.9), -1.95d)
    Structure refused = proposed(2.70001).withInfo('refused', 'duplicate_of_candidate')

    def setup() {
        folder = parent.resolve('campaign_01')
        Files.createDirectories(folder.resolve('generation_001'))
        Files.createDirectories(folder.resolve('labels'))
        Files.createDirectories(folder.resolve('run'))
        def joined = wrong.withInfo('joined_for', 'energy').withInfo('NN_energy_error', 0.25d)
        write('pool.xyz', [seed, joined])
        write('generation_001/pool.xyz', [seed, joined])
        write('generation_001/screened.xyz', [proposed(2.7), proposed(2.9)])
        write('generation_001/refused.xyz', [refused])
        write('labels/generation_001_labelled.xyz', [wrong, right])
        write('labels/generation_001_failed.xyz', [])
        text('labels/generation_001_costs.csv', 'atoms,seconds,outcome\n2,1.500,labelled\n2,2.500,labelled\n')
        text('generations.csv', 'generation,pool_size,labelled,failed,added\n1,1,2,0,1\n')
        text('generation_001/potential.json', '{"provenance": {"structures": 1, "seed": 7}}')
        text('potential.json', '{"provenance": {"structures": 2, "seed": 7}}')
        text('report.html', 'seconds')
        text('run/main.nf', 'workflow { }\n')
        text('run/params.json', '{"seed": 7, "tolerance": 20, "tolerance_per": "atom", "final_structures": "pool", "test_set": null}')
        text('run/versions.tsv', 'nextflow\t25.04.4\ncupel\t0.1.0\nreference\tgpaw\tversion=22.8.0\nreference\tgpaw\tdata.Au=ab\n')
        crate('2026-11-23')
    }

    def "the crate has what RO-Crate 1.1 and Workflow Run Crate 0.5 require"() {
        given:
        def crate = new JsonSlurper().parse(folder.resolve('ro-crate-metadata.json').toFile())
        def of = crate.'@graph'.collectEntries { [it.'@id', it] }
        def files = crate.'@graph'.findAll { 'File' in [it.'@type'].flatten() }

        expect: 'descriptor and root'
        crate.'@context'[0] == 'https://w3id.org/ro/crate/1.1/context'
        of.size() == crate.'@graph'.size()
        of['ro-crate-metadata.json'].'@type' == 'CreativeWork'
        of['ro-crate-metadata.json'].about.'@id' == './'
        of['./'].'@type' == 'Dataset'
        of['./'].datePublished == '2026-11-23'
        of['./'].name && of['./'].description && of[of['./'].license.'@id']
        of['./'].conformsTo.every { of[it.'@id'].'@type' == 'CreativeWork' && it.'@id' =~ /\d\.\d$/ }
        'https://w3id.org/ro/wfrun/workflow/0.5' in of['./'].conformsTo*.'@id'

        and: 'the workflow and its run'
        def main = of[of['./'].mainEntity.'@id']
        main.'@type' == ['File', 'SoftwareSourceCode', 'ComputationalWorkflow']
        of[main.programmingLanguage.'@id'].version == '25.04.4'
        main.input.every { of[it.'@id'].'@type' == 'FormalParameter' && of[it.'@id'].additionalType }
        of['#program-gpaw'].softwareVersion == 'version=22.8.0; data.Au=ab'
        of['#run'].'@type' == 'CreateAction'
        of['#run'].instrument.'@id' == main.'@id'
        of['#run'].description == 'nextflow run .'
        ['potential.json', 'pool.xyz', 'generations.csv'].every { it in of['#run'].result*.'@id' }
        of['#value-seed'].value == 7 && of['#value-seed'].exampleOfWork.'@id' == '#parameter-seed'
        !of['#value-test_set']

        and: 'every file, and no entity that is spoken of but missing'
        files*.'@id'.toSet() == of['./'].hasPart*.'@id'.toSet()
        files.every { it.'@id' == 'report.html' || it.sha256 ==~ /[0-9a-f]{64}/ && it.contentSize == folder.resolve(it.'@id').toFile().size().toString() }
        (of['#run'].object + of['#run'].result)*.'@id'.every { of[it] }
    }

    def "a crate of the same files keeps its bytes on another day, one of other files does not"() {
        given:
        def before = Files.readString(folder.resolve('ro-crate-metadata.json'))

        when:
        crate('2027-01-01')

        then:
        Files.readString(folder.resolve('ro-crate-metadata.json')) == before

        when:
        text('stop.json', '{}')
        crate('2027-01-01')

        then:
        Files.readString(folder.resolve('ro-crate-metadata.json')).contains('2027-01-01')
    }

    def "results that nobody touched are whole"() {
        expect:
        ResultsCheck.of(folder).problems() == []
        ResultsCheck.of(folder).files() == 14
    }

    def "#what is named"() {
        when:
        change(this)
        if (again) {
            crate('2026-11-23')
        }
        def problems = ResultsCheck.of(folder).problems()

        then:
        problems.any { it.contains(named) }

        where:
        what                          | again | named                                                            | change
        'a missing file'              | false | 'generation_001/refused.xyz: expected: a file'                   | { it.remove('generation_001/refused.xyz') }
        'an additional file'          | false | 'more.txt: expected: no such file'                               | { it.text('more.txt', '') }
        'a changed potential'         | false | 'potential.json: expected: sha256 '                              | { it.text('potential.json', '{"provenance": {"structures": 2, "seed": 8}}') }
        'a truncated pool'            | true  | 'pool.xyz: expected: 2 structures, as of generations.csv:2; found: 1' | { it.write('pool.xyz', [it.seed]) }
        'a structure that was moved'  | true  | 'pool.xyz:2: expected: the structure sid=h_'                     | { it.text('pool.xyz', Files.readString(it.folder.resolve('pool.xyz')).replaceFirst('2.5000', '2.6000')) }
        'a second level of theory'    | true  | 'pool.xyz'                                                       | { it.write('pool.xyz', [it.seed, it.wrong.withInfo('level', 'other')]) }
        'an extra generation'         | true  | 'generation_002: expected: no more than the 1 generations'       | { it.text('generation_002/pool.xyz', '') }
        'a potential of another pool' | true  | 'potential.json: expected: trained on [2] structures'            | { it.text('potential.json', '{"provenance": {"structures": 5}}') }
    }

    def "the life of a structure is told: #what"() {
        when:
        def told = Explanation.of(folder, key(this))
        def json = told.toJson()

        then:
        json.get('why').textValue() == why
        json.get('in_pool').booleanValue() == pool
        told.lines().any { it.contains(line) }

        where:
        what                    | key                           | pool  | why                                   | line
        'a seed'                | { '1' }                       | true  | 'it was there from the beginning'     | 'learnt by generation_001/potential.json'
        'one that joined'       | { '2' }                       | true  | 'the potential got it wrong: energy'  | 'cost: seconds 1.500, outcome labelled'
        'a label that did not'  | { ContentHash.of(it.right) }  | false | 'the potential had it right'          | 'the potential was off by -25.000 meV/atom'
        'one that was refused'  | { ContentHash.of(it.refused) }| false | 'it was refused'                      | 'refused duplicate_of_candidate'
    }

    def "generations that learn all labels are held to that, and said to: #structures structures"() {
        given: 'a second generation, after a label that did not join the pool'
        text('run/params.json', '{"seed": 7, "final_structures": "labels", "generation_structures": "labels"}')
        text('generations.csv', 'generation,pool_size,labelled,failed,added\n1,1,2,0,1\n2,2,0,0,0\n')
        Files.copy(folder.resolve('pool.xyz'), Files.createDirectories(folder.resolve('generation_002')).resolve('pool.xyz'))
        ['screened', 'refused'].each { write("generation_002/${it}.xyz", []) }
        ['labelled', 'failed'].each { write("labels/generation_002_${it}.xyz", []) }
        text('generation_002/potential.json', "{\"provenance\": {\"structures\": $structures}}")
        text('potential.json', '{"provenance": {"structures": 3}}')
        crate('2026-11-23')

        expect:
        ResultsCheck.of(folder).problems().any { it.contains('generation_002/potential.json: expected: trained on [3] structures') } == off
        Explanation.of(folder, ContentHash.of(right)).lines().any { it.contains('learnt by generation_002/potential.json') }

        where:
        structures | off
        3          | false
        2          | true
    }

    def "a structure that no file has is refused by name"() {
        when:
        Explanation.of(folder, key)

        then:
        def e = thrown(InputException)
        e.message.contains(key)

        where:
        key << ['h_0000', '3', '0']
    }

    void crate(String date) {
        def json = new RunCrate(folder, 'nextflow run .', null).toJson(date)
        text('ro-crate-metadata.json', new ObjectMapper().writeValueAsString(json))
    }

    void text(String name, String text) {
        Files.createDirectories(folder.resolve(name).parent)
        Files.writeString(folder.resolve(name), text)
    }

    void remove(String name) {
        Files.delete(folder.resolve(name))
    }

    void write(String name, List<Structure> structures) {
        ExtendedXyz.write(folder.resolve(name), structures)
    }

    private static Structure dimer(double distance) {
        def bare = Structure.cluster(79, 0, 0, 0, distance, 0, 0)
        return bare.withInfo('sid', ContentHash.of(bare))
    }

    private static Structure proposed(double distance) {
        return dimer(distance).withInfo('generation', 1).withInfo('walker', 2).withInfo('sampler', 'nested').withInfo('kind', 'stratum')
            .withInfo('parent', ContentHash.of(dimer(2.5))).withInfo('NN_energy', -2.0d)
    }

    private static Structure labelled(Structure structure, double energy, Object... note) {
        def known = structure.withLabel(new Label(energy, null)).withInfo('engine', 'gpaw').withInfo('level', 'pbe')
        return note ? known.withInfo(note[0], note[1]) : known
    }
}
