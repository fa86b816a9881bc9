package cupel.reference.engine

import cupel.reference.Level
import cupel.cli.AsePython
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** ASE calculators: settings, input and output on files, and all three steps with ASE's effective medium theory (EMT). */
class AseSpec extends Specification {

    static final EMT = '''\
        from ase.calculators.emt import EMT

        def calculator(atoms, **options):
            return EMT(**options)
        '''

    static final Structure TRIANGLE = Structure.cluster(79, 0, 0, 0, 2.6d, 0, 0, 1.1d, 2.3d, 0.4d).withInfo('sid', 'triangle')

    @TempDir
    Path dir

    // ---- settings and input -----------------------------------------------------------------------------------------

    def "settings are refused: #changes"() {
        when:
        ThreeSteps.settings('ase', changes)

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        changes                                                  || message
        [:]                                                      || 'level: must be a name of your own for the level of theory'
        [level: 'two words']                                     || 'is "two words"'
        [level: 'a', calculator: 'calc.txt']                     || 'calculator: must be a Python file'
        [level: 'a', calculator: 'my calc.py']                   || 'calculator: must be a Python file'
        [level: 'a', files: ['x/model.pt', 'y/model.pt']]        || 'files: model.pt is the name of two files'
        [level: 'a', files: ['calculator.py']]                   || 'files: calculator.py is the name of two files'
        [level: 'a', files: ['result.json']]                     || 'files: result.json is the name of two files'
        [level: 'a', files: [3]]                                 || 'files: must be a list of names of files, holds 3'
        [level: 'a', options: ['not a name': 1]]                 || 'options: "not a name" cannot be the name of an argument'
        [level: 'a', ladder: [[level: 'b']]]                     || 'rung 2: must not change level'
        [level: 'a', calculater: 'x.py']                         || 'ase has no setting calculater'
    }

    def "the level of theory is the user's name for it, with the checksums of the user's files"() {
        given:
        def settings = ThreeSteps.settings('ase', [level: 'EMT', calculator: 'somewhere/emt.py'])
        def identity = new EngineIdentity('3.22.1', ['file.emt.py': '0123456789abcdef', 'module.mace': '0.3.6'])

        expect:
        identity.level(settings, TRIANGLE) ==
            Level.parse('engine=ase,version=3.22.1,level=EMT,data.file.emt.py=0123456789abcdef,data.module.mace=0.3.6')
    }

    // ---- output -----------------------------------------------------------------------------------------------------

    def "#what is a failure: #kind, #reason"() {
        given:
        ThreeSteps.folder(dir, files)

        when:
        def answer = new Ase().read(dir, TRIANGLE, ThreeSteps.settings('ase', [level: 'a']).rungs()[0], status)

        then:
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason().contains(reason)

        where:
        what                        | files                                                     | status || kind            | reason
        'nothing at all'            | [:]                                                       | 0      || 'crashed'       | 'left no result and ended with exit status 0'
        'a crash'                   | ['engine.err': 'Traceback\nValueError: no parameters\n']  | 1      || 'crashed'       | 'exit status 1: ValueError: no parameters'
        'garbage'                   | ['result.json': '\u0000\u0001 garbage']                   | 0      || 'crashed'       | 'result.json is not JSON'
        'half a file'               | ['result.json': result().take(200)]                       | 0      || 'crashed'       | 'result.json is not JSON'
        'an empty file'             | ['result.json': '']                                       | 0      || 'not_converged' | 'does not say that it converged'
        'no convergence'            | ['result.json': result(converged: 'false')]               | 0      || 'not_converged' | 'does not say that it converged'
        'a truth in quotes'         | ['result.json': result(converged: '"true"')]              | 0      || 'not_converged' | 'does not say that it converged'
        'a failure with its reason' | ['result.json': '{"failure": "not_converged", "reason": "SCFError: x"}'] | 3 || 'not_converged' | 'SCFError: x'
        'an energy that is none'    | ['result.json': result(energy: '"NaN"')]                  | 0      || 'unphysical'    | 'energy is not a number: NaN'
        'a force that is none'      | ['result.json': result(force: '"inf"')]                   | 0      || 'unphysical'    | 'forces of atom 1 is not a number'
        'a force too few'           | ['result.json': result(forces: '[[0,0,0],[0,0,0]]')]      | 0      || 'crashed'       | 'forces must be those of 3 atoms'
        'another place'             | ['result.json': result(x: '0.001')]                       | 0      || 'crashed'       | 'of another structure: see atom 1'
        'another element'           | ['result.json': result(symbol: 'Ag')]                     | 0      || 'crashed'       | 'of other elements: see atom 1'
    }

    private static String result(Map changes = [:]) {
        def m = [converged: 'true', energy: '1.5', force: '0.5', x: '0', symbol: 'Au'] + changes
        def forces = m.forces ?: "[[$m.force, 0, 0], [0, 0, 0], [0, 0, 0]]"
        """{"version": "3.22.1", "positions": [[$m.x, 0, 0], [2.6, 0, 0], [1.1, 2.3, 0.4]],
            "symbols": ["$m.symbol", "Au", "Au"], "converged": $m.converged, "energy": $m.energy, "forces": $forces, "stress": null}"""
    }

    def "a whole result is a label"() {
        given:
        ThreeSteps.folder(dir, ['result.json': result()])

        when:
        def answer = new Ase().read(dir, TRIANGLE, ThreeSteps.settings('ase', [level: 'a']).rungs()[0], 0)

        then:
        answer.label().energy() == 1.5d
        answer.label().forces() == [0.5, 0, 0, 0, 0, 0, 0, 0, 0] as double[]
        answer.version() == '3.22.1'
    }

    // ---- with ASE ---------------------------------------------------------------------------------------------------

    @IgnoreIf({ AsePython.isMissing('AseSpec, calculators of ASE as the reference') })
    def "energies, forces and stress of gold are those of EMT, for clusters and crystals"() {
        given:
        def crystal = Structure.of([79, 79, 29, 79] as int[], [0.1, 0, 0, 2, 2, 0, 2, 0, 2.1, 0, 2, 2] as double[],
            Cell.periodic(4.1, 0, 0, 0, 4.05, 0, 0.1, 0, 4)).withInfo('sid', 'crystal')

        when:
        def answers = run([calculator: 'emt.py', level: 'EMT'], ['emt.py': EMT], [TRIANGLE, crystal])

        then:
        answers*.info()*.sid == ['triangle', 'crystal']
        answers.every { it.label() != null }
        answers[0].info().level.startsWith('engine=ase,version=')
        answers[0].info().level ==~ /.*,level=EMT,data\.file\.emt\.py=[0-9a-f]{16}/
        answers[0].label().stress() == null

        and: 'what ASE says when it is asked directly'
        def expected = python('''
from ase import Atoms
from ase.calculators.emt import EMT
a = Atoms('Au3', positions=[[0, 0, 0], [2.6, 0, 0], [1.1, 2.3, 0.4]]); a.calc = EMT()
b = Atoms('Au2CuAu', positions=[[0.1, 0, 0], [2, 2, 0], [2, 0, 2.1], [0, 2, 2]], cell=[[4.1, 0, 0], [0, 4.05, 0], [0.1, 0, 4]], pbc=True); b.calc = EMT()
print(a.get_potential_energy(), *a.get_forces().ravel(), b.get_potential_energy(), *b.get_forces().ravel(), *b.get_stress())
''').split()*.toDouble()
        def found = [answers[0].label().energy(), *answers[0].label().forces(), answers[1].label().energy(), *answers[1].label().forces(),
                     *answers[1].label().stress()]
        found.size() == expected.size()
        [found, expected].transpose().every { a, b -> Math.abs(a - b) < 1e-9 }
    }

    @IgnoreIf({ AsePython.isMissing('AseSpec, calculators of ASE as the reference') })
    def "a calculator that fails tells why, each in its own way"() {
        given: 'a calculator that does what the number of atoms says'
        def ways = [
            ['raise SCFError("100 steps")', 'not_converged', 'SCFError: 100 steps'],
            ['raise RuntimeError("SCF did not converge")', 'not_converged', 'RuntimeError: SCF did not converge'],
            ['raise CalculationFailed("killed by signal")', 'crashed', 'CalculationFailed: killed by signal'],
            ['self.results["energy"] = float("nan")', 'unphysical', 'energy is not a number: nan'],
            ['self.results["forces"][3, 2] = np.inf', 'unphysical', 'force on atom 4 is not a number'],
            ['self.results["forces"] = np.zeros((2, 3))', 'crashed', 'forces must be those of 6 atoms'],
            ['os._exit(9)', 'crashed', 'ended with exit status 9'],
            ['self.results["energy"] = 7.0', 'not_converged', 'converged(atoms) of own.py says no'],
            ['pass', 'crashed', 'of another structure: see atom 1'],
        ]
        def code = """\
import os
import numpy as np
from ase.calculators.calculator import Calculator, CalculationFailed, SCFError

class Own(Calculator):
    implemented_properties = ['energy', 'forces']

    def calculate(self, *arguments, **more):
        super().calculate(*arguments, **more)
        n = len(self.atoms)
        self.results = dict(energy=1.0, forces=np.zeros((n, 3)))
${(1..9).collect { "        if n == $it:\n            ${ways[it - 1][0]}" }.join('\n')}

def calculator(atoms):
    if len(atoms) == 9:
        atoms.positions += 0.01
    return Own()

def converged(atoms):
    return atoms.get_potential_energy() != 7
"""
        def structures = (1..10).collect { n -> Structure.cluster(79, (0..<3 * n).collect { it * 1.1d } as double[]) }
        def files = ThreeSteps.folder(dir.resolve('files'), ['own.py': code])

        when:
        def answers = ThreeSteps.label(dir, ThreeSteps.settings('ase', [calculator: 'own.py', level: 'a']),
            new EngineIdentity(aseVersion(), [:]), structures, ['result.json', '"converged": true'], "label_ase.py '$files'")

        then:
        answers[0..8]*.info()*.failure == ways*.get(1)
        [answers[0..8]*.info()*.reason, ways*.get(2)].transpose().every { found, expected -> assert found.contains(expected); true }
        answers[9].label().energy() == 1
        answers.every { !(it.info().reason ?: '').contains(dir.toString()) && !(it.info().log ?: '').contains(dir.toString()) }
    }

    @IgnoreIf({ AsePython.isMissing('AseSpec, calculators of ASE as the reference') })
    def "options change from rung to rung, and files of the user's own lie beside the calculation"() {
        given:
        def code = '''\
            import helper
            from ase.calculators.calculator import SCFError

            def calculator(atoms, patience):
                open('model.txt').read() == 'weights' or 1 / 0
                return helper.make(patience)
            '''
        def helper = '''\
            from ase.calculators.emt import EMT
            from ase.calculators.calculator import SCFError

            class Impatient(EMT):
                def calculate(self, *arguments, **more):
                    raise SCFError('out of patience')

            def make(patience):
                return EMT() if patience > 1 else Impatient()
            '''

        when:
        def answers = run([calculator: 'own.py', level: 'a', files: ['helper.py', 'model.txt'], options: [patience: 1], ladder: [[options: [patience: 2]]]],
            ['own.py': code, 'helper.py': helper, 'model.txt': 'weights'], [TRIANGLE])

        then:
        answers[0].label() != null
        answers[0].info().rung == 2
        answers[0].info().level.contains('data.file.helper.py=') && answers[0].info().level.contains('data.file.model.txt=')
    }

    @IgnoreIf({ AsePython.isMissing('AseSpec, calculators of ASE as the reference') })
    def "a calculator that cannot be used ends the run before anything is computed: #message"() {
        given:
        def files = ThreeSteps.folder(dir.resolve('files'), [(name): code])
        dir.resolve('settings.json').toFile().text = '{"calculator": "own.py"}'

        when:
        def run = ThreeSteps.script(dir, [:], 'label_ase.py', '--identify', 'settings.json', files.toString())

        then:
        run.exit == 1
        run.text.contains(message)

        where:
        name      | code                          || message
        'own.py'  | 'import nonsense_of_nobody'   || "own.py cannot be used: ModuleNotFoundError: No module named 'nonsense_of_nobody'"
        'own.py'  | 'x = 1'                       || 'defines no function calculator(atoms)'
        'two.py'  | EMT                           || 'own.py: there is no such file'
    }

    /** All three steps, the identity found out as the pipeline does. */
    private List<Structure> run(Map changes, Map<String, String> own, List<Structure> structures) {
        def files = ThreeSteps.folder(dir.resolve('files'), own)
        def settings = ThreeSteps.settings('ase', changes)
        dir.resolve('settings.json').toFile().text = settings.json().toPrettyString()
        def identity = ThreeSteps.script(dir, [:], 'label_ase.py', '--identify', 'settings.json', files.toString())
        assert identity.exit == 0: identity.text
        dir.resolve('engine.txt').toFile().text = identity.text
        def answers = ThreeSteps.label(dir, settings, EngineIdentity.read(dir.resolve('engine.txt')), structures,
            ['result.json', '"converged": true'], "label_ase.py '$files'")
        assert !Files.exists(files.resolve('__pycache__'))
        return answers
    }

    private String aseVersion() {
        python('import ase; print(ase.__version__)').strip()
    }

    private String python(String program) {
        def process = new ProcessBuilder(AsePython.PYTHON, '-c', program).redirectErrorStream(true).start()
        def text = process.inputStream.text
        assert process.waitFor() == 0: text
        return text
    }
}
