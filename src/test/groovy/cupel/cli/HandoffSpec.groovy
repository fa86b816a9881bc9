package cupel.cli

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Label as Answer
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** label handoff: requests out, answers in, and everything that an answer can be wrong about. */
class HandoffSpec extends Specification {

    static final String LEVEL = 'PBE-500eV'

    @TempDir
    Path dir

    List<Structure> structures = [cluster('a', 2.5d), cluster('b', 2.6d), cluster('c', 2.7d)]

    Path handoff

    def setup() {
        handoff = dir.resolve('handoff')
        ExtendedXyz.write(dir.resolve('in.xyz'), structures)
    }

    static Structure cluster(String sid, double bond) {
        Structure.cluster(79, 0, 0, 0, 0, 0, bond).withInfo('sid', sid)
    }

    /** An answer as it should be. */
    static Structure answer(Structure structure, double energy = -1, Map notes = [level: LEVEL]) {
        notes.inject(structure.withLabel(new Answer(energy, [0, 0, 0.5, 0, 0, -0.5] as double[]))) { s, key, value -> s.withInfo(key, value) }
    }

    def "asks for everything, waits with status 75 and one line, and gives the labels once all are there, in any files and order"() {
        when:
        def first = run()

        then:
        first.code == 75
        first.out == ''
        first.err == "waiting for 3 labels in $handoff: label the structures of $handoff/requests/*.xyz, keeping their notes, put them into " +
            "$handoff/answers/ as *.xyz, and give the same command again (a campaign: with -resume)\n"
        def requests = ExtendedXyz.read(handoff.resolve('requests/in.xyz'))
        requests*.info()*.sid == ['a', 'b', 'c']
        requests*.info()*.level == [LEVEL] * 3
        !Files.exists(dir.resolve('labelled.xyz'))

        when:
        answers('late.xyz', answer(structures[2], -3))
        answers('early.xyz', answer(structures[1], -2), failure(structures[0], 'not_converged', 'gave up'))
        def second = run()

        then:
        second.code == 0
        second.out == '2 labelled, 1 failed (1 not_converged)\n'
        def labelled = ExtendedXyz.read(dir.resolve('labelled.xyz'))
        labelled*.info()*.sid == ['b', 'c']
        labelled*.label()*.energy() == [-2d, -3d]
        labelled*.info()*.level == [LEVEL] * 2
        labelled*.info()*.engine == ['handoff'] * 2
        def failed = ExtendedXyz.read(dir.resolve('failed.xyz'))
        failed*.info().collect { [it.sid, it.failure, it.reason] } == [['a', 'not_converged', 'gave up']]
    }

    def "nothing is asked for twice: neither what was asked before, nor what was answered"() {
        given:
        run()
        answers('one.xyz', answer(structures[0]))

        when: 'the same again, and another campaign with one structure more'
        def again = run()
        def more = cluster('d', 2.8d)
        ExtendedXyz.write(dir.resolve('in.xyz'), [structures[0], structures[1], more])
        def other = run()

        then:
        again.code == 75 && again.err.startsWith('waiting for 2 labels in ')
        other.code == 75 && other.err.startsWith('waiting for 2 labels in ')
        handoff.resolve('requests').toFile().list().sort() == ['in.xyz', 'in_2.xyz']
        ExtendedXyz.read(handoff.resolve('requests/in_2.xyz'))*.info()*.sid == ['d']

        when:
        answers('rest.xyz', answer(structures[1]), answer(more))

        then:
        run().code == 0
        ExtendedXyz.read(dir.resolve('labelled.xyz'))*.info()*.sid == ['a', 'b', 'd']
    }

    def "a structure without a note sid gets one from what it is"() {
        given:
        ExtendedXyz.write(dir.resolve('in.xyz'), [structures[0].withInfo('sid', null)])

        expect:
        run().code == 75
        def request = ExtendedXyz.read(handoff.resolve('requests/in.xyz'))[0]
        request.info().sid ==~ /h_[0-9a-f]{16}/

        when:
        answers('a.xyz', answer(request))

        then:
        run().code == 0
        !ExtendedXyz.read(dir.resolve('labelled.xyz'))[0].info().containsKey('sid')
    }

    def "the request file can be answered by any tool that keeps its notes: here label.jar itself"() {
        given:
        def arguments = ['--level', 'gupta-cleri-rosato-1993']
        run(arguments)

        when:
        def labelled = CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', handoff.resolve('requests/in.xyz').toString(),
            '--output', handoff.resolve('answers/gupta.xyz').toString())
        def code = run(arguments).code

        then:
        labelled.code == 0
        code == 0
        def found = ExtendedXyz.read(dir.resolve('labelled.xyz'))
        found*.info()*.engine == ['gupta'] * 3
        found*.info()*.engine_version == [Tool.version()] * 3
        found.every { it.label().energy() < -1 }
    }

    def "a failure that was mended later counts as the label; two answers must be the same"() {
        given:
        run()
        answers('1.xyz', failure(structures[0], 'crashed', 'disk full'), answer(structures[1]), answer(structures[2]))
        answers('2.xyz', answer(structures[0], -5), answer(structures[1]))

        expect:
        run().code == 0
        ExtendedXyz.read(dir.resolve('labelled.xyz'))*.label()*.energy() == [-5d, -1d, -1d]

        when:
        answers('3.xyz', answer(structures[2], -1.1d))
        def refused = run()

        then:
        refused.code == 1
        refused.err.contains("$handoff/answers/3.xyz, frame 1: answers c with -1.1 eV, and $handoff/answers/1.xyz, frame 3 with -1.0 eV")
    }

    def "an answer is refused by file and frame: #what"() {
        given:
        run()
        answers('good.xyz', answer(structures[0]))
        answers('wrong.xyz', answer(structures[1]), wrong)

        when:
        def run = run()

        then:
        run.code == 1
        run.err.startsWith("label handoff: $handoff/answers/wrong.xyz, frame 2: ")
        run.err.contains(message)
        !Files.exists(dir.resolve('labelled.xyz'))

        where:
        what                   | wrong                                                          || message
        'another level'        | answer(cluster('c', 2.7d), -1, [level: 'PBE-300eV'])           || 'is of another level of theory: level is PBE-500eV and PBE-300eV'
        'no level'             | answer(cluster('c', 2.7d), -1, [:])                            || 'does not say its level of theory, must have the note level=PBE-500eV'
        'an unknown sid'       | answer(cluster('z', 2.7d))                                     || 'answers z, which nobody asked for'
        'no sid'               | answer(cluster('c', 2.7d).withInfo('sid', null))               || 'has no note sid'
        'other places'         | answer(cluster('c', 2.71d))                                    || 'is another structure than c of the request: atom 2 is at 0.000000 0.000000 2.710000'
        'other atoms'          | answer(Structure.cluster(47, 0, 0, 0, 0, 0, 2.7d).withInfo('sid', 'c')) || 'atom 1 is Ag, must be Au'
        'no label'             | cluster('c', 2.7d).withInfo('level', LEVEL)                    || 'has neither an energy'
        'no forces'            | cluster('c', 2.7d).withInfo('level', LEVEL).withLabel(new Answer(-1, null)) || 'has no forces'
        'a failure of no kind' | failure(cluster('c', 2.7d), 'sorry', 'x')                      || "failure is 'sorry', must be one of not_converged, crashed, timed_out, unphysical"
        'label and failure'    | answer(cluster('c', 2.7d)).withInfo('failure', 'crashed')      || 'has both an energy and a failure'
    }

    def "a file of answers that cannot be read is refused with its line: #what"() {
        given:
        run()
        handoff.resolve('answers/x.xyz').toFile().text = text

        when:
        def run = run()

        then:
        run.code == 1
        run.err.contains("$handoff/answers/x.xyz$message")

        where:
        what       | text                                                                                    || message
        'NaN'      | '2\nsid=a level=PBE-500eV energy=nan\nAu 0 0 0\nAu 0 0 2.5\n'                           || ":2: energy is 'nan', must be a finite number"
        'half'     | '2\nsid=a level=PBE-500eV energy=-1\nAu 0 0 0\n'                                        || ':3: the file ends after 1 of the 2 atoms'
        'garbage'  | 'no structure\n'                                                                        || ':1: expected the number of atoms'
        'nan force'| '2\nProperties=species:S:1:pos:R:3:forces:R:3 sid=a level=PBE-500eV energy=-1\nAu 0 0 0 nan 0 0\nAu 0 0 2.5 0 0 0\n' || ":3: forces is 'nan'"
    }

    def "a folder holds one level of theory"() {
        given:
        run()

        when:
        def other = run(['--level', 'LDA'])

        then:
        other.code == 1
        other.err.contains('requests/in.xyz, frame 1: is of another level of theory: level is LDA and PBE-500eV')
        other.err.contains('use one folder for each level of theory')
    }

    def "answers whose data files differ do not fit each other, though each fits what was asked"() {
        given:
        def level = ['--level', 'engine=x,functional=PBE']
        run(level)
        answers('a.xyz', answer(structures[0], -1, [level: 'engine=x,functional=PBE,data.Au=1']),
            answer(structures[1], -1, [level: 'engine=x,functional=PBE,data.Au=2']), answer(structures[2], -1, [level: 'engine=x,functional=PBE']))

        when:
        def run = run(level)

        then:
        run.code == 1
        run.err.contains('a.xyz, frame 2: does not fit the answers before it: levels of theory differ: data.Au is 1 and 2')
    }

    def "labels outside of the sanity window are failures, with isolated atoms as zero"() {
        given:
        ExtendedXyz.write(dir.resolve('atoms.xyz'), [Structure.cluster(79, 0, 0, 0).withLabel(new Answer(-100, [0, 0, 0] as double[]))])
        run()
        answers('a.xyz', answer(structures[0], -205), answer(structures[1], -900), answer(structures[2], -204))

        when:
        def run = run(['--atoms', dir.resolve('atoms.xyz').toString(), '--energy-window', '-15..5', '--level', LEVEL])

        then:
        run.code == 0
        run.out == '2 labelled, 1 failed (1 unphysical)\n'
        ExtendedXyz.read(dir.resolve('failed.xyz'))[0].info().reason.contains('energy -350.00 eV per atom')
    }

    def "crystals keep their cell"() {
        given:
        def crystal = Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4)).withInfo('sid', 'x')
        def other = Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(4.1, 0, 0, 0, 4, 0, 0, 0, 4)).withInfo('sid', 'x')
            .withLabel(new Answer(-1, [0, 0, 0] as double[])).withInfo('level', LEVEL)
        ExtendedXyz.write(dir.resolve('in.xyz'), [crystal])
        run()

        when:
        answers('a.xyz', other)

        then:
        run().err.contains('is in another cell: component 1 is 4.1, must be 4.0')
    }

    def "no structures are done at once"() {
        given:
        ExtendedXyz.write(dir.resolve('in.xyz'), [])

        expect:
        run().code == 0
        !Files.exists(handoff)
        dir.resolve('labelled.xyz').toFile().text == ''
    }

    def "wrong usage: #message"() {
        expect:
        def run = run(arguments)
        run.code == 2
        run.err.contains(message)

        where:
        arguments                            || message
        ['--level', 'two words']             || '--level is no level of theory'
        ['--level', 'a=b,c']                 || '--level is no level of theory'
        ['--level', 'a', '--name', '../x']   || '--name must be letters, digits'
    }

    private static Structure failure(Structure structure, String kind, String reason) {
        structure.withInfo('level', LEVEL).withInfo('failure', kind).withInfo('reason', reason)
    }

    private void answers(String name, Structure... frames) {
        ExtendedXyz.write(handoff.resolve('answers').resolve(name), frames as List)
    }

    private CommandLine run(List<String> more = ['--level', LEVEL]) {
        CommandLine.run(Label.HANDOFF, '--structures', dir.resolve('in.xyz').toString(), '--dir', handoff.toString(),
            '--output', dir.resolve('labelled.xyz').toString(), '--failed', dir.resolve('failed.xyz').toString(), *more)
    }
}
