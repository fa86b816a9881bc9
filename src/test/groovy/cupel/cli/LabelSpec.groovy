package cupel.cli

import cupel.reference.Gupta
import cupel.structure.ExtendedXyz
import cupel.structure.Label as Answer
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LabelSpec extends Specification {

    static final String XTB_OUTPUT = 'src/test/resources/cupel/reference/xtb/batch_0000'

    @TempDir
    Path dir

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()

    def "labels with a built-in model"() {
        given:
        def dimer = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d).withInfo('sid', 'h_1')
        write('in.xyz', [dimer])

        when:
        def code = run('--model', 'gupta', '--structures', file('in.xyz'), '--output', file('labelled.xyz'))

        then:
        code == 0
        out.toString() == '1 labelled, 0 failed\n'
        def labelled = ExtendedXyz.read(dir.resolve('labelled.xyz'))[0]
        Math.abs(labelled.label().energy() - Gupta.of().energy(dimer)) < 1e-9d
        labelled.info() == [sid: 'h_1', engine: 'gupta', engine_version: Tool.version(), level: 'gupta-cleri-rosato-1993']
    }

    def "seeds: a test set with an element that no seed has is refused, as long as nothing has been computed"() {
        given:
        def gold = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d)
        def alloy = Structure.of([47, 29] as int[], [0, 0, 0, 0, 0, 2.5d] as double[], cupel.structure.Cell.NONE)
        write('seed.xyz', [gold])
        write('gold.xyz', [gold])
        write('alloy.xyz', [gold, alloy])
        def seeds = { test -> run('seeds', '--structures', file('seed.xyz'), '--output', file('out.xyz'), '--test-set', file(test)) }

        expect:
        seeds('gold.xyz') == 0
        seeds('alloy.xyz') == 1
        err.toString().contains("alloy.xyz: has atoms of Cu, Ag, but ${file('seed.xyz')} only of Au")
    }

    def "seeds: what no walk can start from is refused, as long as nothing has been computed: #problem"() {
        given:
        def box = cupel.structure.Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4)
        write('seeds.xyz', distance > 0
            ? [Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d), Structure.cluster(79, 0, 0, 0, 0, 0, distance)]
            : [Structure.of([79] as int[], [0, 0, 0] as double[], box)])
        def seeds = { String... more -> run('seeds', '--structures', file('seeds.xyz'), '--output', file('out.xyz'), *more) }

        expect: 'the default is for structures that are to be labelled and no more'
        seeds() == 0
        dir.resolve('out.xyz').toFile().delete()
        seeds(*['--walks', 'yes'] + options) == 1
        err.toString().contains(problem)
        !dir.resolve('out.xyz').toFile().exists()

        where:
        distance | options             || problem
        0.9d     | []                  || 'seeds.xyz, structure 2: no walk can start from it: atoms 1 and 2 are 0.900 angstrom apart, nearer than 1.904;'
        2.4d     | ['--r-min', '2.45'] || 'structure 2: no walk can start from it: atoms 1 and 2 are 2.400 angstrom apart, nearer than 2.450;'
        4.5d     | []                  || 'structure 2: no walk can start from it: the cluster is in pieces: only 1 of 2 atoms hang together with atom 1;'
        0d       | []                  || 'seeds.xyz: holds only structures that repeat in space, and walks are of clusters'
    }

    def "seeds: with other distances allowed, a walk can start from more"() {
        given:
        write('seeds.xyz', [Structure.cluster(79, 0, 0, 0, 0, 0, 4.5d)])

        expect:
        run('seeds', '--structures', file('seeds.xyz'), '--output', file('out.xyz'), '--walks', 'yes', '--r-connect', '5') == 0
    }

    def "no structures give no labels, and no failure"() {
        given:
        write('in.xyz', [])

        expect:
        run('--model', 'sutton-chen', '--structures', file('in.xyz'), '--output', file('labelled.xyz'),
            '--failed', file('failed.xyz')) == 0
        dir.resolve('labelled.xyz').toFile().text == ''
        dir.resolve('failed.xyz').toFile().text == ''
    }

    def "a label outside #option is set aside where --failed says, and is an error otherwise"() {
        given:
        write('in.xyz', [Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d), Structure.cluster(79, 0, 0, 0, 0, 0, 1.8d)])
        def arguments = ['--model', 'gupta', '--structures', file('in.xyz'), '--output', file('labelled.xyz'), option, value]

        when:
        def code = run(*arguments, '--failed', file('failed.xyz'))

        then:
        code == 0
        ExtendedXyz.read(dir.resolve('labelled.xyz')).size() == 1
        ExtendedXyz.read(dir.resolve('failed.xyz'))[0].info().failure == 'unphysical'

        when:
        Files.delete(dir.resolve('labelled.xyz'))
        code = run(*arguments)

        then:
        code == 1
        err.toString().contains('1 labelled, 1 failed (1 unphysical); the first because of: ')
        err.toString().contains('name a file with --failed')
        !Files.exists(dir.resolve('labelled.xyz'))

        where:
        option            | value
        '--max-force'     | '20'
        '--energy-window' | '-3..1'
    }

    def "an element without parameters is named, with the file"() {
        given:
        write('in.xyz', [Structure.cluster(11, 0, 0, 0)])

        expect:
        run('--model', 'gupta', '--structures', file('in.xyz'), '--output', file('labelled.xyz')) == 1
        err.toString() ==
            "label: ${file('in.xyz')}: the model gupta has no parameters for Na, only for Cu, Pd, Ag, Pt, Au\n"
    }

    def "wrong usage: #arguments"() {
        expect:
        run(*arguments) == 2
        err.toString().contains(message)

        where:
        arguments                                                              || message
        ['--model', 'lennard-jones', '--structures', 'a', '--output', 'b']     || 'must be one of gupta, sutton-chen'
        ['--model', 'gupta', '--structures', 'a']                              || 'missing option: --output'
        ['--model', 'gupta', '--structures', 'a', '--output', 'b', '--max-force', '-1'] || '--max-force must be a number above 0'
        ['--model', 'gupta', '--structures', 'a', '--output', 'b', '--energy-window', '3..3'] || 'must leave room'
        ['settings', '--engine', 'gaussian', '--output', 'a']                  || 'must be one of xtb'
        ['prepare', '--engine', 'gaussian', '--identity', 'i', '--structures', 'a', '--output-dir', 'b'] || 'must be one of xtb'
        ['prepare', '--engine', 'xtb', '--structures', 'a', '--output-dir', 'b'] || 'missing option: --identity'
        ['parse', '--output', 'a']                                             || 'missing option: --batch'
        ['parse', '--batch', 'a', '--output', 'b', '--energy-window', '3..3']  || 'must leave room'
        ['gather', '--prepared', 'a', '--output', 'b']                         || 'missing option: --failed'
    }

    def "writes all settings of a reference program, those of the user over the defaults"() {
        given:
        file('mine.json', '{"electronic_temperature": 1000, "ladder": []}')

        expect:
        run('settings', '--engine', 'xtb', '--settings', file('mine.json'), '--output', file('new/settings.json')) == 0
        out.toString() == "settings of xtb in ${file('new/settings.json')}\n"
        new JsonSlurper().parse(dir.resolve('new/settings.json').toFile()) == [method: 'GFN1', charge: 0,
            electronic_temperature: 1000, spin: 'parity', broyden_damping: 0.4, max_iterations: 500, ladder: []]

        and: 'what was written is read again as the same'
        run('settings', '--engine', 'xtb', '--settings', file('new/settings.json'), '--output', file('again.json')) == 0
        dir.resolve('again.json').toFile().text == dir.resolve('new/settings.json').toFile().text
        run('settings', '--engine', 'gpaw', '--output', file('gpaw.json')) == 0
        new JsonSlurper().parse(dir.resolve('gpaw.json').toFile()).functional == 'PBE'
    }

    def "settings that cannot be used are named with their file: #message"() {
        given:
        file('mine.json', settings)

        expect:
        run('settings', '--engine', 'xtb', '--settings', file('mine.json'), '--output', file('settings.json')) == 1
        err.toString().startsWith("label settings: ${file('mine.json')}")
        err.toString().contains(message)
        !Files.exists(dir.resolve('settings.json'))

        where:
        settings                          || message
        '{"cutoff": 300}'                 || 'xtb has no setting cutoff; it has method, charge, electronic_temperature'
        '{"charge": 1.5}'                 || 'charge: must be a whole number, such as 0, is 1.5'
        '{"charge": 0,\n "charge": 1}'    || ', line 2: not JSON: Duplicate field'
        '{"charge": 0'                    || ', line 1: not JSON: '
    }

    def "prepares batches, reads what lies in them, and puts the answers together"() {
        given: 'three structures and the folders of a run, where xtb answered to the second, and crashed on the third'
        def structures = [Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d), Structure.cluster(79, 0, 0, 0),
                          Structure.cluster(79, 0, 0, 0, 0, 0, 2.9d)].withIndex().collect { it, i -> it.withInfo('sid', "s$i" as String) }
        write('in.xyz', structures)
        file('engine.txt', IDENTITY)
        write('pool.xyz', [structures[0].withLabel(new Answer(-215d, new double[6])).withInfo('level', LEVEL)])

        expect:
        run('prepare', '--engine', 'xtb', '--identity', file('engine.txt'), '--structures', file('in.xyz'), '--known',
            file('pool.xyz'), '--batch-size', '1', '--output-dir', file('prepared')) == 0
        out.toString() == '3 structures: 1 known, 2 to compute in 2 batches\n'

        when:
        ['engine.out', 'in.engrad', 'status'].each {
            Files.copy(Path.of(XTB_OUTPUT, '0001/rung_1', it), dir.resolve("prepared/batch_0000/0000/rung_1/$it"))
        }
        file('prepared/batch_0001/0000/rung_1/status', 'exit_status=1\ntimeout_seconds=60\nseconds=1.5\ncpu_seconds=1.250\n')
        def codes = (0..1).collect {
            run('parse', '--batch', file("prepared/batch_000$it"), '--output', file("answers_${it}.xyz"), '--costs', file("costs_${it}.csv"))
        }

        then:
        codes == [0, 0]
        out.toString().readLines().drop(1) == ['1 labelled, 0 failed', '0 labelled, 1 failed (1 crashed)']
        dir.resolve('costs_1.csv').toFile().text == 'atoms,seconds,outcome\n2,1.250,crashed\n'

        when:
        def code = run('gather', '--prepared', file('prepared'), '--answers', file('answers_1.xyz'), file('answers_0.xyz'),
            '--output', file('out/labelled.xyz'), '--failed', file('out/failed.xyz'))

        then:
        code == 0
        out.toString().readLines().last() == '2 labelled, 1 failed (1 crashed)'
        ExtendedXyz.read(dir.resolve('out/labelled.xyz'))*.info()*.sid == ['s0', 's1']
        ExtendedXyz.read(dir.resolve('out/labelled.xyz'))*.info()*.level == [LEVEL] * 2
        ExtendedXyz.read(dir.resolve('out/labelled.xyz'))*.label()*.energy() == [-215d, -106.1767241245d]
        ExtendedXyz.read(dir.resolve('out/failed.xyz'))*.info()*.sid == ['s2']

        when: 'the answers of a batch are forgotten'
        code = run('gather', '--prepared', file('prepared'), '--answers', file('answers_1.xyz'), '--output', file('o.xyz'),
            '--failed', file('f.xyz'))

        then:
        code == 1
        err.toString().contains('request 1 has no answer; give those of all batches')
        !Files.exists(dir.resolve('o.xyz'))
    }

    def "what a program cannot compute is named with its file"() {
        given:
        write('in.xyz', [Structure.cluster(90, 0, 0, 0)])
        file('engine.txt', IDENTITY)

        expect:
        run('prepare', '--engine', 'xtb', '--identity', file('engine.txt'), '--structures', file('in.xyz'), '--output-dir',
            file('batches')) == 1
        err.toString().startsWith("label prepare: ${file('in.xyz')}: structure 1 holds Th")
    }

    def "a known label of another level of theory is refused"() {
        given:
        def atom = Structure.cluster(79, 0, 0, 0)
        write('in.xyz', [atom])
        write('pool.xyz', [atom.withLabel(new Answer(-1d, new double[3])).withInfo('level', 'gfn1-xtb-300K')])
        file('engine.txt', IDENTITY)

        expect:
        run('prepare', '--engine', 'xtb', '--identity', file('engine.txt'), '--structures', file('in.xyz'), '--known',
            file('pool.xyz'), '--output-dir', file('batches')) == 1
        err.toString().contains('labels of two levels of theory must not meet')
        err.toString().contains('known: gfn1-xtb-300K')
    }

    def "the sanity window of parse can be moved, and needs isolated atoms for its energies"() {
        given:
        write('atoms.xyz', [Structure.cluster(79, 0, 0, 0).withLabel(new Answer(-106.1767241245d, new double[3]))])

        expect:
        run('parse', '--batch', XTB_OUTPUT, '--output', file('o.xyz'), *options.collect { it == 'ATOMS' ? file('atoms.xyz') : it }) == 0
        ExtendedXyz.read(dir.resolve('o.xyz')).findAll { it.label() != null }*.info()*.sid == labelled

        where:
        options                                                              || labelled
        []                                                                   || ['triangle', 'atom']
        ['--max-force', '0.1']                                               || ['atom']
        ['--max-force', '10000']                                             || ['triangle', 'atom', 'collapsed']
        ['--max-force', '10000', '--atoms', 'ATOMS']                         || ['triangle', 'atom']
        ['--max-force', '10000', '--atoms', 'ATOMS', '--energy-window', '-0.5..600'] || ['atom', 'collapsed']
    }

    def "what was computed once comes out of the label store: nothing is left to run, and gather gives the same bytes"() {
        given: 'a run that left two labels, one that did not converge, one that cannot be true, and a crash'
        stored(['triangle', 'atom', 'unconverged', 'collapsed', 'coincident'])
        prepareStored('first')
        answerStored('first')
        out.reset()

        when:
        def codes = ['parse', 'gather'].collect { finishStored('first', it) }

        then:
        codes == [0, 0]
        dir.resolve('first_costs.csv').toFile().text ==
            'atoms,seconds,outcome\n3,0.022,labelled\n1,0.017,labelled\n2,0.165,not_converged\n2,0.026,unphysical\n2,0.151,crashed\n'

        when: 'the same again: only the crash, which may have been the fault of the machine, is tried once more'
        out.reset()
        prepareStored('second')

        then:
        out.toString() == '5 structures: 4 known, 1 to compute in 1 batches\n'
        ExtendedXyz.read(dir.resolve('second/batch_0000/structures.xyz'))*.info()*.sid == ['coincident']

        when: 'it crashes again'
        answerStored('second')
        codes = ['parse', 'gather'].collect { finishStored('second', it) }

        then: 'labels and failures are the same bytes, and cost nothing; isolated atoms were never to be paid for twice'
        codes == [0, 0]
        ['labelled.xyz', 'failed.xyz'].every { dir.resolve("second_$it").toFile().bytes == dir.resolve("first_$it").toFile().bytes }
        dir.resolve('second_failed.xyz').toFile().text.count('failure=') == 3
        dir.resolve('second_costs.csv').toFile().text ==
            'atoms,seconds,outcome\n3,0.000,known\n2,0.000,known\n2,0.000,known\n2,0.151,crashed\n'

        when: 'without the crash nothing is left'
        stored(['collapsed', 'triangle', 'unconverged'])
        out.reset()
        prepareStored('third')
        def code = run('gather', '--prepared', file('third'), '--output', file('o.xyz'), '--failed', file('f.xyz'))

        then:
        code == 0
        out.toString() == '3 structures: 3 known, 0 to compute in 0 batches\n1 labelled, 2 failed (1 not_converged, 1 unphysical)\n'
        ExtendedXyz.read(dir.resolve('f.xyz'))*.info()*.sid == ['collapsed', 'unconverged']
    }

    def "with other settings of the program, or other limits, what failed is tried again, and what was labelled is not: #options"() {
        given:
        stored(['triangle', 'unconverged', 'collapsed'])
        prepareStored('first')
        answerStored('first')
        finishStored('first', 'parse')
        out.reset()

        expect: 'the second limits are the defaults, in other digits'
        file('settings.json', settings)
        prepareStored('second', *options) == 0
        out.toString() == "3 structures: $known known, ${3 - known} to compute in ${known == 3 ? 0 : 1} batches\n"

        where:
        settings                             | options                   || known
        SETTINGS                             | []                        || 3
        SETTINGS                             | ['--max-force', '50.0']   || 3
        '{"ladder":[], "max_iterations":9}'  | []                        || 1
        '{}'                                 | []                        || 1
        SETTINGS                             | ['--max-force', '49']     || 1
        SETTINGS                             | ['--energy-window', '-15..6'] || 1
    }

    def "a label of the store that is outside the limits of this campaign is not taken, nor computed again"() {
        given: 'stored under limits that were wider'
        stored(['triangle', 'atom'])
        prepareStored('first')
        answerStored('first')
        finishStored('first', 'parse')
        write('atoms.xyz', ExtendedXyz.read(dir.resolve('first_answers.xyz')).findAll { it.size() == 1 }.collect { it.withInfo('request', null) })
        out.reset()

        expect:
        prepareStored('second', *options.collect { it == 'ATOMS' ? file('atoms.xyz') : it }) == 0
        out.toString() == '2 structures: 2 known, 0 to compute in 0 batches\n'
        run('gather', '--prepared', file('second'), '--output', file('o.xyz'), '--failed', file('f.xyz')) == 0
        ExtendedXyz.read(dir.resolve('f.xyz'))*.info()*.failure == failures
        ExtendedXyz.read(dir.resolve('f.xyz')).every { it.label() == null && it.info().reason.contains(reason) && it.info().sid == 'triangle' }
        ExtendedXyz.read(dir.resolve('o.xyz')).size() == 2 - failures.size()

        where:
        options                                             || failures       | reason
        []                                                  || []             | ''
        ['--max-force', '0.1']                              || ['unphysical'] | 'largest force'
        ['--energy-window', '-0.1..5']                      || []             | ''
        ['--energy-window', '-0.1..5', '--known', 'ATOMS']  || ['unphysical'] | 'eV per atom relative to isolated atoms, allowed -0.1 to 5'
    }

    def "a label store that cannot be one is named before anything is written"() {
        given:
        stored(['triangle'])
        file('store', 'a file')

        expect:
        prepareStored('first') == 1
        err.toString().startsWith("label prepare: ${file('store')}")
        !Files.exists(dir.resolve('first'))
    }

    def "a damaged label is named, and computed again"() {
        given:
        stored(['triangle', 'atom'])
        prepareStored('first')
        answerStored('first')
        finishStored('first', 'parse')
        dir.resolve('store').toFile().eachFileRecurse { if (it.name.endsWith('.xyz') && it.parentFile.name == 'Au3') { it.text = it.text.take(60) } }
        out.reset()

        expect:
        prepareStored('second') == 0
        out.toString().readLines()[0] == '2 structures: 1 known, 1 to compute in 1 batches'
        out.toString().readLines()[1] =~ /^damaged, not used: .*Au3.*h_[0-9a-f]{16}\.xyz: /
    }

    private static final String SETTINGS = '{"ladder": []}'

    /** Where in the output of xtb the structures of these names are. */
    private static final Map<String, String> PLACES =
        [triangle: '0000', atom: '0001', unconverged: '0002', coincident: '0003', collapsed: '0004']

    /** Structures that xtb has been run on. */
    private void stored(List<String> names) {
        def all = ExtendedXyz.read(Path.of(XTB_OUTPUT, 'structures.xyz')).collectEntries { [it.info().sid, it] }
        write('in.xyz', names.collect {
            all[it].withInfo('request', null).withInfo('config_type', it == 'atom' ? 'IsolatedAtom' : null)
        })
        file('engine.txt', IDENTITY)
        file('settings.json', SETTINGS)
    }

    private int prepareStored(String name, String... more) {
        run('prepare', '--engine', 'xtb', '--settings', file('settings.json'), '--identity', file('engine.txt'), '--structures',
            file('in.xyz'), '--store', file('store'), '--output-dir', file(name), *more)
    }

    private void answerStored(String name) {
        ExtendedXyz.read(dir.resolve("$name/batch_0000/structures.xyz")).eachWithIndex { structure, i ->
            ['engine.out', 'engine.err', 'in.engrad', 'status'].each {
                def left = Path.of(XTB_OUTPUT, PLACES[structure.info().sid], 'rung_1', it)
                if (Files.exists(left)) {
                    Files.copy(left, dir.resolve("$name/batch_0000/000$i/rung_1/$it"))
                }
            }
        }
    }

    private int finishStored(String name, String step) {
        step == 'parse' ?
            run('parse', '--batch', file("$name/batch_0000"), '--output', file("${name}_answers.xyz"), '--costs',
                file("${name}_answers.csv"), '--store', file('store')) :
            run('gather', '--prepared', file(name), '--answers', file("${name}_answers.xyz"), '--costs', file("${name}_answers.csv"),
                '--output', file("${name}_labelled.xyz"), '--failed', file("${name}_failed.xyz"), '--output-costs',
                file("${name}_costs.csv"))
    }

    private static final String IDENTITY = 'version=6.5.1\ndata.param_gfn1-xtb=81a9d7afdee31f5d\n'

    private static final String LEVEL = 'engine=xtb,version=6.5.1,method=GFN1,charge=0,electronic_temperature=300,spin=parity,' +
        'data.param_gfn1-xtb=81a9d7afdee31f5d'

    private void file(String name, String text) {
        dir.resolve(name).toFile().text = text
    }

    private int run(String... arguments) {
        Label.TOOL.run(arguments, new PrintStream(out, true), new PrintStream(err, true))
    }

    private String file(String name) {
        dir.resolve(name)
    }

    private void write(String name, List<Structure> structures) {
        ExtendedXyz.write(dir.resolve(name), structures)
    }
}
