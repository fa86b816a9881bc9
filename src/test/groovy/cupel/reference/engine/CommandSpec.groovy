package cupel.reference.engine

import cupel.reference.Level
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Any program, by extended XYZ in and out; the programs here are a few lines of awk and bash. */
class CommandSpec extends Specification {

    /** Springs to the origin: E = sum r^2 / 2, F = -r; under plain keys, as many programs write. */
    static final SPRINGS = '''\
        #!/usr/bin/awk -f
        NR == 1 { n = $1; next }
        NR == 2 { comment = $0; sub(/Properties=[^ ]*/, "Properties=species:S:1:pos:R:3:forces:R:3", comment); next }
        { e += ($2^2 + $3^2 + $4^2) / 2; atom[NR] = sprintf("%s %s %s %s %.10f %.10f %.10f", $1, $2, $3, $4, -$2, -$3, -$4) }
        END { print n; printf "%s energy=%.10f\\n", comment, e; for (i = 3; i <= n + 2; i++) print atom[i] }
        '''

    static final Structure DIMER = Structure.cluster(79, 0, 0, 1, 0, 2, 0).withInfo('sid', 'dimer')
    static final Structure CRYSTAL = Structure.of([79] as int[], [0, 0, 3] as double[], Cell.periodic(2, 2, 0, 0, 2, 2, 2, 0, 2))
        .withInfo('sid', 'crystal')

    @TempDir
    Path dir

    def "settings are refused: #message"() {
        when:
        ThreeSteps.settings('command', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                                                                  || message
        [command: './a {input} {output}']                                        || 'level: must be a name of your own'
        [level: 'a']                                                             || 'command: must say where {input} and {output} go'
        [level: 'a', command: './a {input}']                                     || 'command: must say where {input} and {output} go'
        [level: 'a', command: './a {input}\n{output}']                           || 'command: must be one line'
        [level: 'a', command: './a {input} {output}', options: '-x']             || 'options: the command must say where {options} go'
        [level: 'a', command: './a {input} {output}', files: ['output.xyz']]     || 'files: output.xyz is the name of two files'
        [level: 'a', command: './a {input} {output}', files: ['a b']]            || 'files: the name of a file must be letters'
        [level: 'a', command: './a {input} {output}', ladder: [[command: 'b']]]  || 'rung 2: must not change command'
    }

    def "a program of a few lines labels clusters and crystals, under its own names for energy and forces"() {
        when:
        def answers = run([command: './springs.awk {input} > {output}', level: 'springs', version: '1.0', files: ['springs.awk']],
            ['springs.awk': SPRINGS], [DIMER, CRYSTAL])

        then:
        answers*.info()*.sid == ['dimer', 'crystal']
        answers*.label()*.energy() == [2.5d, 4.5d]
        [answers[0].label().forces() as List, [0, 0, -1, 0, -2, 0]].transpose().every { a, b -> Math.abs(a - b) < 1e-12 }
        answers[0].info().level ==~
            /engine=command,version=1\.0,command=\.\/springs\.awk_\{input}_>_\{output},level=springs,data\.file\.springs\.awk=[0-9a-f]{16}/
        Level.parse(answers[0].info().level)
    }

    def "options change from rung to rung until the program answers"() {
        given:
        def careful = '''\
            #!/usr/bin/env bash
            # careful.sh INPUT OUTPUT [--slow]
            if [ "${3:-}" != --slow ]; then echo "too fast" >&2; exit 5; fi
            ./springs.awk "$1" > "$2"
            '''

        when:
        def answers = run([command: './careful.sh {input} {output} {options}', level: 'a', files: ['springs.awk', 'careful.sh'],
                           ladder: [[options: '--slow']]], ['springs.awk': SPRINGS, 'careful.sh': careful], [DIMER])

        then:
        answers[0].label().energy() == 2.5d
        answers[0].info().rung == 2
    }

    def "#what is a failure: #kind, #reason"() {
        when:
        def answer = run([command: "$command # {input} {output}".toString(), level: 'a', files: ['springs.awk']], ['springs.awk': SPRINGS], [DIMER])[0]

        then:
        answer.label() == null
        answer.info().failure == kind
        answer.info().reason.contains(reason)
        !answer.info().reason.contains(dir.toString())

        where:
        what                  | command                                                        || kind            | reason
        'no output'           | 'true'                                                         || 'crashed'       | 'ended well and wrote no output.xyz'
        'an exit status'      | 'echo no licence >&2; exit 3'                                  || 'crashed'       | 'exit status 3'
        'a bad end'           | './springs.awk input.xyz > output.xyz; exit 3'                 || 'crashed'       | 'exit status 3'
        'a signal'            | 'kill -SEGV $$'                                                || 'crashed'       | 'exit status 139'
        'no such program'     | './nothing_like_this'                                          || 'crashed'       | 'exit status 127'
        'what it says itself' | 'sed "s/pbc=/failure=not_converged reason=\\"99 steps\\" pbc=/" input.xyz > output.xyz' || 'not_converged' | '99 steps'
        'the input again'     | 'cp input.xyz output.xyz'                                      || 'crashed'       | 'holds no energy'
        'no forces'           | 'sed "s/pbc=/energy=1 pbc=/" input.xyz > output.xyz'           || 'crashed'       | 'holds no forces'
        'not a number'        | './springs.awk input.xyz | sed s/energy=.*/energy=nan/ > output.xyz' || 'unphysical' | "energy is 'nan'"
        'an infinite force'   | './springs.awk input.xyz | sed "s/-1.0000000000/Infinity/" > output.xyz' || 'unphysical' | "forces is 'Infinity'"
        'half a file'         | './springs.awk input.xyz | head -n 3 > output.xyz'             || 'crashed'       | 'output.xyz:3: the file ends after 1 of the 2 atoms'
        'garbage'             | 'head -c 300 /dev/zero > output.xyz'                           || 'crashed'       | 'output.xyz:1:'
        'two structures'      | './springs.awk input.xyz > x; cat x x > output.xyz'            || 'crashed'       | 'must hold one structure, holds 2'
        'another place'       | './springs.awk input.xyz | sed "s/2.00000000/2.01000000/" > output.xyz' || 'crashed' | 'atom 2 is at 0.000000 2.010000 0.000000, must be at 0.000000 2.000000 0.000000'
        'another element'     | './springs.awk input.xyz | sed "s/^Au/Ag/" > output.xyz'       || 'crashed'       | 'atom 1 is Ag, must be Au'
        'another order'       | '{ ./springs.awk input.xyz | head -n 2; ./springs.awk input.xyz | tail -n 2 | tac; } > output.xyz' || 'crashed' | 'of another structure: atom 1'
    }

    def "a crystal in another cell is refused"() {
        expect:
        run([command: './springs.awk {input} | sed "s/2.0 2.0 0.0/2.1 2.0 0.0/" > {output}', level: 'a', files: ['springs.awk']],
            ['springs.awk': SPRINGS], [CRYSTAL])[0].info().reason.contains('is in another cell: component 1 is 2.1, must be 2.0')
    }

    def "an answer that was there before is not taken for a new one"() {
        given:
        def batch = ThreeSteps.prepared(dir, ThreeSteps.settings('command', [command: 'true # {input} {output}', level: 'a']),
            new EngineIdentity('1', [:]), [DIMER])
        ExtendedXyz.write(batch.resolve('0000/rung_1/output.xyz'), [DIMER])

        when:
        def run = ThreeSteps.script(batch.resolve('0000/rung_1'), [:], 'label_command.sh')

        then:
        run.exit == 0
        !batch.resolve('0000/rung_1/output.xyz').toFile().exists()
        !batch.resolve('0000/rung_1/answered.txt').toFile().exists()
    }

    private List<Structure> run(Map changes, Map<String, String> own, List<Structure> structures) {
        def files = ThreeSteps.folder(dir.resolve('files'), own)
        own.keySet().each { files.resolve(it).toFile().executable = true }
        def settings = ThreeSteps.settings('command', changes)
        dir.resolve('settings.json').toFile().text = settings.json().toPrettyString()
        def identity = ThreeSteps.script(dir, [:], 'label_command.sh', '--identify', 'settings.json', files.toString())
        assert identity.exit == 0: identity.text
        dir.resolve('engine.txt').toFile().text = identity.text
        ThreeSteps.label(dir, settings, EngineIdentity.read(dir.resolve('engine.txt')), structures,
            ['answered.txt', '^answered'], "label_command.sh '$files'")
    }
}
