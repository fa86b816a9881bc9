package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.reference.Labels
import cupel.reference.Level
import cupel.reference.SanityWindow
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Prepare, parse and gather, with answers that nobody computed: those of GPAW are the easiest to make up. */
class BatchesSpec extends Specification {

    static final SanityWindow WINDOW = new SanityWindow(-15, 5, 50)

    static final EngineIdentity IDENTITY = new EngineIdentity('22.8.0', ['Au.PBE': 'aa', 'Cu.PBE': 'cc'])

    @TempDir
    Path dir

    // prepare

    def "batches hold the structures in their order, with the input of every rung and its list of files"() {
        when:
        def prepared = prepare(dimers(5), batchSize: 2)

        then:
        prepared == new Batches.Prepared(5, 0, 3)
        files(dir.resolve('prepared')).findAll { it.contains('batch_0002') || !it.contains('/') } == [
            'batch_0002/0000/rung_1/input.json', 'batch_0002/0000/rung_1/inputs.txt',
            'batch_0002/0000/rung_2/input.json', 'batch_0002/0000/rung_2/inputs.txt',
            'batch_0002/0000/rung_3/input.json', 'batch_0002/0000/rung_3/inputs.txt',
            'batch_0002/batch.json', 'batch_0002/structures.xyz', 'known.xyz', 'structures.xyz']
        file('batch_0001/0001/rung_1/inputs.txt').text == 'input.json\n'
        ExtendedXyz.read(path('structures.xyz'))*.info()*.sid == (0..4).collect { "s$it" as String }
        ExtendedXyz.read(path('batch_0001/structures.xyz'))*.info() == [[sid: 's2', request: 2L], [sid: 's3', request: 3L]]
        file('known.xyz').text == ''

        and: 'a rung has its own settings'
        (1..3).collect { json("batch_0000/0000/rung_$it/input.json").mixing } == [0.2, 0.05, 0.02]

        and: 'batch.json says what is needed to read the answers'
        json('batch_0001/batch.json').subMap('format', 'engine', 'version', 'data', 'requests') ==
            [format: 'cupel-batch', engine: 'gpaw', version: '22.8.0', data: ['Au.PBE': 'aa', 'Cu.PBE': 'cc'], requests: [2, 3]]
        json('batch_0001/batch.json').settings.ladder.size() == 2
    }

    def "input of a calculation forgets labels, failures and numbers of an earlier one, and keeps all other notes"() {
        given:
        def failed = dimers(1)[0].withInfo('failure', 'crashed').withInfo('reason', 'why').withInfo('log', 'last words')
            .withInfo('rungs_tried', 3).withInfo('rung', 2).withInfo('request', 77).withInfo('walker', 4)

        when:
        prepare([failed, labelledDimer(0)])

        then:
        ExtendedXyz.read(path('batch_0000/structures.xyz'))*.info() ==
            [[sid: 's0', walker: 4L, request: 0L], [sid: 's0', request: 1L]]
        ExtendedXyz.read(path('batch_0000/structures.xyz'))*.label() == [null, null]
    }

    def "the same structures make the same bytes"() {
        when:
        prepare(dimers(3), to: 'one')
        prepare(dimers(3), to: 'two')

        then:
        files(dir.resolve('one')) == files(dir.resolve('two'))
        files(dir.resolve('one')).every { dir.resolve("one/$it").toFile().bytes == dir.resolve("two/$it").toFile().bytes }
    }

    def "no structures make no batches, and gather gives nothing"() {
        expect:
        prepare([]) == new Batches.Prepared(0, 0, 0)
        files(dir.resolve('prepared')) == ['known.xyz', 'structures.xyz']
        Batches.gather(dir.resolve('prepared'), []) == new Labels([], [])
    }

    def "what is known is not asked again, and comes back in its place"() {
        given:
        def structures = dimers(4)
        def known = new KnownLabels()
        def level = IDENTITY.level(settings(), structures[1])
        known.addAll([labelledDimer(1), labelledDimer(2)].collect { it.withInfo('level', level.toString()) }, 'pool.xyz')

        when:
        def prepared = prepare(structures, known: known, batchSize: 1)

        then:
        prepared == new Batches.Prepared(4, 2, 2)
        ExtendedXyz.read(path('known.xyz'))*.info()*.request == [1L, 2L]
        json('batch_0000/batch.json').requests == [0]
        json('batch_0001/batch.json').requests == [3]

        when:
        (0..1).each { batch -> result("batch_000$batch/0000/rung_1", structures[batch ? 3 : 0], -3d) }
        def labels = Batches.gather(dir.resolve('prepared'), [answers('batch_0001'), answers('batch_0000')])

        then:
        labels.labelled()*.info()*.sid == ['s0', 's1', 's2', 's3']
        labels.labelled()*.label()*.energy() == [-3d, -2d, -2d, -3d]
        labels.labelled()*.info()*.level.unique() == [level.toString()]
        labels.labelled().every { !it.info().containsKey('request') }

        when: 'all are known'
        known.addAll(labels.labelled(), 'labelled.xyz')

        then:
        prepare(structures, known: known, to: 'again') == new Batches.Prepared(4, 4, 0)
        Batches.gather(dir.resolve('again'), []).labelled()*.label()*.energy() == [-3d, -2d, -2d, -3d]
    }

    def "a structure that cannot be computed is named, and nothing is written (#what)"() {
        when:
        Batches.prepare([Structure.cluster(79, 0, 0, 0), structure], EngineSettings.of(new Xtb(), null, 'xtb'), IDENTITY, 5,
            { level, asked -> Optional.empty() }, dir.resolve('prepared'))

        then:
        def e = thrown(InputException)
        e.message.startsWith(message)
        !Files.exists(dir.resolve('prepared'))

        where:
        what        | structure                          || message
        'a crystal' | crystal()                          || 'structure 2 is periodic, and xtb is run for clusters only'
        'francium'  | Structure.cluster(87, 0, 0, 0)     || 'structure 2 holds Fr, and GFN1 has parameters up to Rn only'
        'nothing'   | Structure.cluster(79)              || 'structure 2 has no atoms'
    }

    def "refuses to mix with batches that are there, and a batch of #size"() {
        given:
        prepare(dimers(1))

        when:
        prepare(dimers(1))

        then:
        def there = thrown(InputException)
        there.message.contains('holds batches already; name another folder')

        when:
        prepare(dimers(1), to: 'elsewhere', batchSize: size)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "illegal batch size: $size, must be 1 or more"

        where:
        size << [0, -1]
    }

    // parse

    def "a label has where it came from in its notes, and the processor seconds beside it"() {
        given:
        def structures = dimers(2)
        prepare(structures)
        (0..1).each { result("batch_0000/000$it/rung_1", structures[it], -3d - it, cpuSeconds: 1.5d + it) }

        when:
        def answered = parse()

        then:
        answered.structures()*.label()*.energy() == [-3d, -4d]
        answered.structures()[0].label().forces() == [0, 0, 0.5d, 0, 0, -0.5d] as double[]
        answered.structures()[1].info() == [
            sid: 's1', request: 1L, engine: 'gpaw', engine_version: '22.8.0', level: answered.levels()[1].toString()]
        answered.levels() == structures.collect { IDENTITY.level(settings(), it) }
        answered.levels()[0].get('data.Au.PBE') == 'aa'
        answered.levels()[0].get('data.Cu.PBE') == null
        answered.seconds() == [1.5d, 2.5d] as double[]
    }

    def "the first rung that gives a label counts, and is told if it is not the first of all"() {
        given: 'rungs that were tried: none, one, two and three, as the script leaves them'
        def structures = dimers(4)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d)
        failed('batch_0000/0001/rung_1', 3)
        result('batch_0000/0001/rung_2', structures[1], -4d)
        failed('batch_0000/0002/rung_1', 124)
        failed('batch_0000/0002/rung_2', 3)
        result('batch_0000/0002/rung_3', structures[2], -5d)
        failed('batch_0000/0003/rung_1', 124)
        failed('batch_0000/0003/rung_2', 1)
        failed('batch_0000/0003/rung_3', 3)

        when:
        def answered = parse()

        then:
        answered.structures()*.label()*.energy() == [-3d, -4d, -5d, null]
        answered.structures()*.info()*.rung == [null, 2L, 3L, null]
        answered.structures()[3].info().subMap('failure', 'reason', 'rungs_tried') ==
            [failure: 'not_converged', reason: 'density not self-consistent within 400 iterations', rungs_tried: 3L]

        and: 'the time of all rungs counts'
        answered.seconds() == [1, 2, 3, 3] as double[]

        and: 'labels of all rungs are of one level'
        answered.levels().toSet().size() == 1
    }

    def "a calculation that took too long is a failure of its own, with the time it had"() {
        given:
        def structures = dimers(1)
        prepare(structures, settings: settings('{"ladder": []}'))
        failed('batch_0000/0000/rung_1', 124)

        expect:
        parse().structures()[0].info().subMap('failure', 'reason', 'rungs_tried') ==
            [failure: 'timed_out', reason: 'gpaw was stopped after 60 s', rungs_tried: 1L]
    }

    def "a whole label beside an exit status of too much time is not believed"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d, exitStatus: 124)

        expect:
        parse().structures()[0].info().failure == 'timed_out'
    }

    def "what was never run, or killed with its whole task, is a failure with this reason"() {
        given:
        prepare(dimers(1))
        if (leftovers) {
            path('batch_0000/0000/rung_1/gpaw.txt').toFile().text = 'iter: 1'
        }

        expect:
        def answered = parse()
        answered.structures()[0].info().subMap('failure', 'reason', 'rungs_tried') == [failure: 'crashed',
            reason: 'no exit status: gpaw was not run, or was killed with its whole task', rungs_tried: 0L]
        answered.seconds() == [0] as double[]

        where:
        leftovers << [false, true]
    }

    def "a status that is damaged (#status) is a failed calculation"() {
        given:
        prepare(dimers(1))
        path('batch_0000/0000/rung_1/status').toFile().text = status

        expect:
        parse().structures()[0].info().failure == 'crashed'
        parse().structures()[0].label() == null

        where:
        status << ['', 'exit_status=', 'exit_status=seven\n', 'exit_status=99999999999\ntimeout_seconds=soon\n', 'garbage\u0000']
    }

    def "a calculation whose time was not recorded has none"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d)
        path('batch_0000/0000/rung_1/status').toFile().text = 'exit_status=0\n'

        expect:
        parse().structures()[0].label().energy() == -3d
        Double.isNaN(parse().seconds()[0])
    }

    // sanity window

    def "a label of #energy eV and #force eV/angstrom with isolated atoms of -1 eV is #failure"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], energy, force: force)

        when:
        def answer = Batches.parse(path('batch_0000'), [(79): -1d], WINDOW).structures()[0]

        then:
        answer.info().failure == failure
        answer.info().reason == reason
        (answer.label() == null) == (failure != null)

        where: 'energies per atom relative to isolated atoms: -15 to 5'
        energy  | force || failure      | reason
        -2d     | 1d    || null         | null
        -31.9d  | 1d    || null         | null
        7.9d    | 49.9d || null         | null
        -32.1d  | 1d    || 'unphysical' | 'energy -15.05 eV per atom relative to isolated atoms, allowed -15 to 5'
        8.1d    | 1d    || 'unphysical' | 'energy 5.05 eV per atom relative to isolated atoms, allowed -15 to 5'
        -2d     | 50.1d || 'unphysical' | 'largest force 50.1 eV/angstrom, on atom 1, allowed 50'
    }

    def "without the isolated atom of every element only forces are held against the window"() {
        given:
        def alloy = Structure.of([79, 29] as int[], [0, 0, 0, 0, 0, 2.5d] as double[], Cell.NONE)
        prepare([alloy])
        result('batch_0000/0000/rung_1', alloy, -40000d, force: force)

        expect:
        [[:], [(79): -1d]].every { isolated ->
            Batches.parse(path('batch_0000'), isolated, WINDOW).structures()[0].info().failure == failure
        }
        Batches.parse(path('batch_0000'), [(79): -1d, (29): -1d], WINDOW).structures()[0].info().failure == 'unphysical'

        where:
        force || failure
        1d    || null
        51d   || 'unphysical'
    }

    def "what is converged and unphysical does not climb the ladder, whatever lies there"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d, force: 60d)
        result('batch_0000/0000/rung_2', structures[0], -3d)

        expect:
        parse().structures()[0].info().subMap('failure', 'rungs_tried') == [failure: 'unphysical', rungs_tried: 1L]
    }

    // levels

    def "a program that changed after it was identified is refused, and both levels are shown (#what)"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d, version: version, data: data)

        when:
        parse()

        then:
        def e = thrown(InputException)
        e.message.contains("batch_0000/0000/rung_1: was computed at another level of theory than was asked for: $difference")
        e.message.contains('\n  asked: engine=gpaw,version=22.8.0,')
        e.message.contains("\n  found: engine=gpaw,version=$version,")
        e.message.contains('start the campaign again')

        where:
        what            | version  | data             || difference
        'its version'   | '23.9.1' | ['Au.PBE': 'aa'] || 'version is 22.8.0 and 23.9.1'
        'its data'      | '22.8.0' | ['Au.PBE': 'ab'] || 'data.Au.PBE is aa and ab'
    }

    def "of data files those of other elements do not matter"() {
        given:
        def structures = dimers(1)
        prepare(structures)
        result('batch_0000/0000/rung_1', structures[0], -3d, data: ['Au.PBE': 'aa', 'Cu.PBE': 'other'])

        expect:
        parse().structures()[0].label() != null
    }

    // folders that are something else

    def "a folder that is no batch is named"() {
        when:
        Batches.parse(dir, [:], WINDOW)

        then:
        def e = thrown(InputException)
        e.message == "$dir: is not a batch that was prepared: batch.json is missing or cannot be read"
    }

    def "a batch.json that is #what is refused"() {
        given:
        prepare(dimers(1))
        path('batch_0000/batch.json').toFile().with { it.text = change(it.text) }

        when:
        parse()

        then:
        def e = thrown(InputException)
        e.message.contains('batch.json')
        e.message.contains(message)

        where:
        what                 | change                                                 || message
        'cut off'            | { it.take(60) }                                        || 'not JSON: '
        'of another format'  | { it.replace('cupel-batch', 'other') }                 || 'must be of the format cupel-batch and for one of the engines'
        'of another engine'  | { it.replace('"engine" : "gpaw"', '"engine" : "g"') }  || 'is "cupel-batch" for "g"'
        'of other settings'  | { it.replace('"cutoff"', '"cutof"') }                  || 'gpaw has no setting cutof'
        'of more structures' | { it.replaceAll(/\[ 0 \]/, '[ 0, 1 ]') }               || 'must hold 2 structures, as batch.json says, holds 1'
    }

    // gather

    def "every structure comes back in its place, labelled or as a failure, whatever the order of the answers"() {
        given:
        def structures = dimers(11)
        prepare(structures, batchSize: 1)
        structures.eachWithIndex { structure, i ->
            def place = String.format('batch_%04d/0000/rung_1', i)
            i % 3 == 1 ? failed(place, 1) : result(place, structure, -3d - i)
        }
        def answers = (0..10).collect { answers(String.format('batch_%04d', it)) }

        when:
        def labels = Batches.gather(dir.resolve('prepared'), order(answers))

        then:
        labels.labelled()*.info()*.sid == [0, 2, 3, 5, 6, 8, 9].collect { "s$it" as String }
        labels.labelled()*.label()*.energy() == [0, 2, 3, 5, 6, 8, 9].collect { -3d - it }
        labels.failed()*.info()*.sid == [1, 4, 7, 10].collect { "s$it" as String }
        labels.failed()*.info()*.failure.unique() == ['crashed']
        (labels.labelled() + labels.failed()).every { !it.info().containsKey('request') }
        labels.summary() == '7 labelled, 4 failed (4 crashed)'

        where:
        order << [{ it }, { it.reverse() }, { it.sort(false) { path -> path.toString().hashCode() } }]
    }

    def "answers that are #what are refused"() {
        given:
        def structures = dimers(3)
        prepare(structures, batchSize: 1)
        (0..2).each { result("batch_000$it/0000/rung_1", structures[it], -3d) }
        def answers = (0..2).collect { answers("batch_000$it") }

        when:
        Batches.gather(dir.resolve('prepared'), choose(answers))

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        what                     | choose                        || message
        'missing'                | { it - [it[1]] }              || 'request 1 has no answer; give those of all batches'
        'all missing'            | { [] }                        || 'request 0 has no answer'
        'there twice'            | { it + [it[2]] }              || 'batch_0002.xyz: answers request 2 a second time'
    }

    def "answers of another preparation are refused: #what"() {
        given:
        prepare(dimers(2))
        ExtendedXyz.write(path('answers.xyz'), strange)

        when:
        Batches.gather(dir.resolve('prepared'), [path('answers.xyz')])

        then:
        def e = thrown(InputException)
        e.message.startsWith(path('answers.xyz').toString())
        e.message.contains(message)

        where:
        what                   | strange                                                    || message
        'another structure'    | [labelledDimer(7).withInfo('request', 0)]                  || 'answers request 0 with another structure than was asked for'
        'a request too many'   | [labelledDimer(0).withInfo('request', 2)]                  || 'holds an answer to request 2, and there were 2 requests'
        'a negative request'   | [labelledDimer(0).withInfo('request', -1)]                 || 'holds an answer to request -1'
        'no request'           | [labelledDimer(0)]                                         || 'holds an answer to request null'
    }

    private static List<Structure> dimers(int count) {
        (0..<count).collect { Structure.cluster(79, 0, 0, 0, 0, 0, 2.4d + it / 10d).withInfo('sid', "s$it" as String) }
    }

    private static Structure labelledDimer(int number) {
        def dimer = dimers(number + 1)[number]
        dimer.withLabel(new Label(-2d, [0, 0, 0.5d, 0, 0, -0.5d] as double[]))
    }

    private static Structure crystal() {
        Structure.of([79] as int[], [0d, 0, 0] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4))
    }

    private static final String THREE_RUNGS = '''{
        "mixing": 0.2, "ladder": [{"mixing": 0.05, "max_iterations": 200}, {"mixing": 0.02, "max_iterations": 400}]
    }'''

    private static EngineSettings settings(String changes = THREE_RUNGS) {
        EngineSettings.of(new Gpaw(), JsonMapper.builder().build().readTree(changes), 'mine.json')
    }

    private Batches.Prepared prepare(Map options = [:], List<Structure> structures) {
        def known = options.known ?: new KnownLabels()
        Batches.prepare(structures, options.settings ?: settings(), IDENTITY, options.containsKey('batchSize') ? options.batchSize : 20,
            { Level level, Structure structure -> known.find(level, structure) }, dir.resolve(options.to ?: 'prepared'))
    }

    private Batches.Answered parse() {
        Batches.parse(path('batch_0000'), [:], WINDOW)
    }

    /** What GPAW would leave: a force along z on the first atom, its opposite on the last. */
    private void result(Map options = [:], String place, Structure structure, double energy) {
        def force = options.force ?: 0.5d
        def n = structure.size()
        path("$place/result.json").toFile().text = JsonOutput.toJson([
            converged: true, version: options.version ?: '22.8.0', data: options.data ?: [:], energy: energy,
            forces: (0..<n).collect { [0d, 0d, it == 0 ? force : it == n - 1 ? -force : 0d] }, stress: null,
            positions: (0..<n).collect { atom -> (0..2).collect { structure.position(atom, it) } }])
        status(place, options.exitStatus ?: 0, options.cpuSeconds ?: 1d)
    }

    private void failed(String place, int exitStatus) {
        status(place, exitStatus, 1d)
    }

    private void status(String place, int exitStatus, double cpuSeconds) {
        path("$place/status").toFile().text =
            "exit_status=$exitStatus\ntimeout_seconds=60\nseconds=9.000\ncpu_seconds=${String.format(Locale.ROOT, '%.3f', cpuSeconds)}\n"
    }

    /** The answers of a batch in a file, as the command line writes them. */
    private Path answers(String batch) {
        def file = dir.resolve("${batch}.xyz")
        ExtendedXyz.write(file, Batches.parse(path(batch), [:], WINDOW).structures())
        file
    }

    private Path path(String name) {
        dir.resolve('prepared').resolve(name)
    }

    private File file(String name) {
        path(name).toFile()
    }

    private Object json(String name) {
        new JsonSlurper().parse(file(name))
    }

    private static List<String> files(Path root) {
        def found = []
        root.toFile().eachFileRecurse { if (it.file) found << root.relativize(it.toPath()).toString() }
        found.sort()
    }
}
