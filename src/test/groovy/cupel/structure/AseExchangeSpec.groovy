package cupel.structure

import cupel.cli.AsePython
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** What Cupel writes and ASE reads, and the other way round, with the ASE of the system. */
@IgnoreIf({ AsePython.isMissing('AseExchangeSpec, reading and writing extended XYZ together with ASE') })
class AseExchangeSpec extends Specification {

    @TempDir
    Path dir

    private static void run(Path folder, String program) {
        def process = new ProcessBuilder(AsePython.PYTHON, '-c', program).redirectErrorStream(true).directory(folder.toFile())
        process.environment().putAll([OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1'])
        def started = process.start()
        def output = started.inputStream.text
        assert started.waitFor(60, TimeUnit.SECONDS)
        assert started.exitValue() == 0: output
    }

    private List<Structure> throughAse(List<Structure> structures, String checks = '') {
        ExtendedXyz.write(dir.resolve('cupel.xyz'), structures)
        run(dir, """
import numpy as np
from ase.io import read, write
frames = read('cupel.xyz', index=':')
$checks
write('ase.xyz', frames, format='extxyz')
""")
        return ExtendedXyz.read(dir.resolve('ase.xyz'))
    }

    static Structure cluster() {
        return Structure.of([79, 29, 1] as int[], [0, 0, 0, 2.51234567, 0, 0, 0.1, -2.3, 1.7] as double[], Cell.NONE)
            .withLabel(new Label(-7.1234567891d, [0.12345678, 0, -1, -0.12345678, 0.5, 0, 0, -0.5, 1] as double[]))
    }

    static Structure bulk() {
        return Structure.of([79, 79] as int[], [0.1, 0.2, 0.3, 2, 2.1, 2.2] as double[], Cell.periodic(4.1, 0, 0, 0.3, 4.2, 0, -0.2, 0.1, 10 / 3d))
            .withLabel(new Label(-6.5d, [1, 2, 3, -1, -2, -3] as double[], [0.01, 0.02, 0.03, -0.001, 0.002, 0.003] as double[]))
    }

    def "ASE reads what Cupel wrote, value by value"() {
        when:
        throughAse([
            cluster().withInfo('sid', 'h_12e5').withInfo('generation', 3).withInfo('NN_energy', -7.5d).withInfo('text', 'two "words"')
                .withInfo('number_like', '12e5').withInfo('flag', true).withInfo('vector', [1.5d, 2d] as double[])
                .withArray('NN_forces', (1..9) as double[], 3),
            bulk(),
            Structure.of([79] as int[], [0, 0, 0] as double[], new Cell([3, 0, 0, 0, 4, 0, 0, 0, 5] as double[], [true, false, true] as boolean[]))
        ], '''
a, b, c = frames
assert a.get_chemical_symbols() == ['Au', 'Cu', 'H'], a
assert not a.pbc.any() and not a.cell.any(), a
assert a.positions.tolist() == [[0, 0, 0], [2.51234567, 0, 0], [0.1, -2.3, 1.7]], a.positions
assert a.info['REF_energy'] == -7.1234567891, a.info
assert a.arrays['REF_forces'].tolist() == [[0.12345678, 0, -1], [-0.12345678, 0.5, 0], [0, -0.5, 1]]
assert a.arrays['NN_forces'].tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
assert a.info['sid'] == 'h_12e5' and a.info['generation'] == 3 and a.info['NN_energy'] == -7.5, a.info
assert a.info['text'] == 'two "words"' and a.info['number_like'] == '12e5', a.info
assert a.info['flag'] is True and a.info['vector'].tolist() == [1.5, 2.0], a.info
assert b.pbc.all() and abs(b.cell[2][2] - 10 / 3) < 1e-15 and b.cell[1].tolist() == [0.3, 4.2, 0], b.cell
assert b.info['REF_stress'].tolist() == [0.01, 0.003, 0.002, 0.003, 0.02, -0.001, 0.002, -0.001, 0.03], b.info
assert c.pbc.tolist() == [True, False, True], c.pbc
''')

        then:
        noExceptionThrown()
    }

    def "structures, labels and notes come back from ASE as they went"() {
        given: 'forces with the 8 decimals that ASE writes'
        def notes = [
            sid: 'h_0123456789abcdef', generation: 3L, weight: 1 / 3d, tiny: 1e-7d, flag: false, words: 'two words', equals: 'a=b',
            quotes: 'say "hi"', apostrophe: "it's", braces: '{x} [y]', list: 'a,b', vector: [1.5d, 2d] as double[], whole: [1L, 2L] as long[],
            flags: [true, false] as boolean[]
        ]
        def sent = [cluster(), bulk(), cluster().withLabel(null)].collect { structure ->
            notes.inject(structure) { s, key, value -> s.withInfo(key, value) }
                .withArray('excess', [0.25, -1, 3].take(structure.size()) as double[], 1)
        }
        def back = throughAse(sent)

        expect:
        back.size() == 3
        [back, sent].transpose().each { Structure b, Structure s ->
            assert b.atomicNumbers() == s.atomicNumbers()
            assert b.positions() == s.positions()
            assert b.cell() == s.cell()
            assert b.label()?.energy() == s.label()?.energy()
            assert b.label()?.forces() == s.label()?.forces()
            assert b.label()?.stress() == s.label()?.stress()
            assert b.info().keySet() == s.info().keySet()
            s.info().each { key, value ->
                assert b.info()[key].class == value.class
                assert b.info()[key] == value
            }
            assert b.arrays() == s.arrays()
            assert ContentHash.of(b) == ContentHash.of(s)
        }
    }

    def "Cupel reads what ASE computed, and ASE reads it back"() {
        when: 'energies, forces and stress of a calculator, constraints, tags, odd notes'
        run(dir, '''
import numpy as np
from ase import Atoms
from ase.build import bulk
from ase.calculators.emt import EMT
from ase.constraints import FixAtoms
from ase.io import write
from ase.calculators.singlepoint import SinglePointCalculator
def frozen(atoms):
    atoms.calc = EMT()
    results = dict(energy=atoms.get_potential_energy(), forces=atoms.get_forces())
    if atoms.pbc.all():
        results['stress'] = atoms.get_stress()
    atoms.calc = SinglePointCalculator(atoms, **results)
    return atoms
crystal = bulk('Cu', cubic=True)
crystal.set_cell(crystal.cell @ (np.eye(3) + 0.02 * np.arange(9).reshape(3, 3) / 9), scale_atoms=True)
crystal.rattle(0.1, seed=1)
cluster = Atoms('Au3Cu', positions=[[0, 0, 0], [2.6, 0, 0], [1.2, 2.4, 0.3], [1, 1, 2.2]])
cluster.info.update(name='two words', nested={'a': [1, 2], 'b': None}, matrix=np.eye(2), nothing=None, whole=np.arange(3),
                    flag=np.bool_(True), flags=[True, False], real=0.1, empty_list=[], quote='say "hi"', uid='12e5')
cluster.set_tags([1, 2, 3, 4])
cluster.set_initial_magnetic_moments([0.5, 0, 0, -0.5])
cluster.arrays['label'] = np.array(['a', 'b', 'c', 'd'])
cluster.arrays['near'] = np.array([True, False, True, False])
write('ase.xyz', [frozen(crystal), frozen(cluster), Atoms('H')], format='extxyz')
write('plain.xyz', [cluster], format='xyz')
np.savetxt('expected.txt', np.concatenate([[crystal.get_potential_energy()], crystal.get_stress(), [cluster.get_potential_energy()]]), fmt='%.17g')
np.savetxt('forces.txt', np.concatenate([crystal.get_forces().ravel(), cluster.get_forces().ravel()]), fmt='%.17g')
''')
        def structures = ExtendedXyz.read(dir.resolve('ase.xyz'))
        def expected = Files.readAllLines(dir.resolve('expected.txt'))*.toDouble()
        def forces = Files.readAllLines(dir.resolve('forces.txt'))*.toDouble()

        then:
        structures*.size() == [4, 4, 1]
        structures[0].cell().periodic() == [true, true, true] as boolean[]
        structures[0].label().energy() == expected[0]
        [structures[0].label().stress() as List, expected[1..6]].transpose().every { a, b -> Math.abs(a - b) < 1e-12 }
        Math.abs(structures[0].label().stress()[3]) > 1e-4
        structures[1].label().energy() == expected[7]
        [(structures[0].label().forces() as List) + (structures[1].label().forces() as List), forces].transpose().every { a, b -> Math.abs(a - b) <= 0.5001e-8d }
        structures[2].label() == null

        and:
        structures[1].info().name == 'two words'
        structures[1].info().whole == [0L, 1L, 2L] as long[]
        structures[1].info().flag == true
        structures[1].info().flags == [true, false] as boolean[]
        structures[1].info().matrix == '_JSON [[1.0, 0.0], [0.0, 1.0]]'
        structures[1].info().real == 0.1d
        structures[1].info().uid == '12e5'
        structures[1].info().nested == '_JSON {"a": [1, 2], "b": null}'
        structures[1].info().quote == 'say "hi"'
        structures[1].arrays().tags.integers() == [1, 2, 3, 4] as long[]
        structures[1].arrays().initial_magmoms.reals() == [0.5, 0, 0, -0.5] as double[]
        structures[1].arrays().label.texts() == ['a', 'b', 'c', 'd'] as String[]
        structures[1].arrays().near.logicals() == [true, false, true, false] as boolean[]
        ExtendedXyz.read(dir.resolve('plain.xyz'))[0].positions() == structures[1].positions()

        when: 'written by Cupel, read by ASE'
        def again = throughAse(structures, '''
before = read('ase.xyz', index=':')
for a, b in zip(frames, before):
    assert (a.positions == b.positions).all() and (a.cell == b.cell).all() and (a.pbc == b.pbc).all()
    for key, value in b.info.items():
        if key not in ('energy', 'stress', 'free_energy', 'nothing'):
            assert np.array_equal(a.info[key], value), (key, value, a.info.get(key))
            assert type(a.info[key]) == type(value) or key == 'flags', (key, type(value), type(a.info[key]))
    for key, value in b.arrays.items():
        if key != 'forces':
            assert np.array_equal(a.arrays[key], value), key
''')

        then:
        [again, structures].transpose().every { a, b -> b.label() == null || Math.abs(a.label().energy() - b.label().energy()) <= 0.5001e-10d }
        [again, structures].transpose().every { a, b -> a.label()?.forces() == b.label()?.forces() && a.arrays() == b.arrays() }
    }
}
