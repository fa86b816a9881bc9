package cupel.cli

import cupel.reference.Gupta
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
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
        ['prepare', '--engine', 'gaussian', '--structures', 'a', '--output-dir', 'b'] || 'must be one of xtb'
        ['prepare', '--engine', 'xtb', '--structures', 'a', '--output-dir', 'b', '--batch-size', '0'] || '--batch-size must be'
        ['parse', '--engine', 'xtb', '--output', 'a', '--failed', 'b']         || 'missing option: --batches'
    }

    def "prepares input for xtb"() {
        given:
        write('in.xyz', (1..3).collect { Structure.cluster(79, 0, 0, 0, 0, 0, 2d + it / 10) })

        expect:
        run('prepare', '--engine', 'xtb', '--structures', file('in.xyz'), '--batch-size', '2', '--output-dir',
            file('batches'), '--charge', '-1', '--electronic-temperature', '1000') == 0
        out.toString() == "3 structures prepared in ${file('batches')}\n"
        dir.resolve('batches/batch_0001/0000/xtb.args').toFile().text ==
            '--gfn 1 --chrg -1 --uhf 1 --etemp 1000 --iterations 500 --grad\n'
        dir.resolve('batches/batch_0001/batch.json').toFile().text.contains('"gfn1-xtb-1000K-charge-1"')
    }

    def "what xtb cannot compute is named with its file"() {
        given:
        write('in.xyz', [Structure.cluster(90, 0, 0, 0)])

        expect:
        run('prepare', '--engine', 'xtb', '--structures', file('in.xyz'), '--output-dir', file('batches')) == 1
        err.toString().startsWith("label prepare: ${file('in.xyz')}: structure 1 holds Th")
    }

    def "reads output of xtb, to labels and failures"() {
        expect:
        run('parse', '--engine', 'xtb', '--batches', XTB_OUTPUT, '--output', file('labelled.xyz'),
            '--failed', file('failed.xyz')) == 0
        out.toString() == '2 labelled, 3 failed (1 crashed, 1 not_converged, 1 unphysical)\n'
        ExtendedXyz.read(dir.resolve('labelled.xyz'))*.info()*.sid == ['triangle', 'atom']
        ExtendedXyz.read(dir.resolve('failed.xyz'))*.info()*.failure == ['not_converged', 'crashed', 'unphysical']
    }

    def "the limits for xtb can be moved"() {
        expect:
        run('parse', '--engine', 'xtb', '--batches', XTB_OUTPUT, '--output', file('labelled.xyz'),
            '--failed', file('failed.xyz'), '--max-force', '0.1') == 0
        ExtendedXyz.read(dir.resolve('labelled.xyz'))*.info()*.sid == ['atom']
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
