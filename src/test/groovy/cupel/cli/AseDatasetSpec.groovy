package cupel.cli

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Label as Labelled
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** label convert, as ASE and NumPy read it. */
@IgnoreIf({ AsePython.isMissing('AseDatasetSpec, datasets of Cupel read by ASE and NumPy') })
class AseDatasetSpec extends Specification {

    @TempDir
    Path folder

    static final Structure CRYSTAL = Structure.of([79, 29] as int[], [0.1, 0.2, 0.3, 2, 2.1, 2.2] as double[], Cell.periodic(4.1, 0, 0, 0.3, 4.2, 0, -0.2, 0.1, 3.9))
        .withLabel(new Labelled(-6.5d, [1, 2, 3, -1, -2, -3] as double[], [0.01, 0.02, 0.03, -0.001, 0.002, 0.003] as double[]))
        .withInfo('level', 'gupta').withInfo('note', 'energy=7 "end" [x]')

    def "energies, forces and stresses are results of a calculator in ASE, and the numbers of all formats are the same"() {
        given:
        ExtendedXyz.write(folder.resolve('pool.xyz'), [
            Structure.cluster(79, 0, 0, 0).withLabel(new Labelled(-0.5d, null)).withInfo('level', 'gupta'),
            Campaigns.labelled(Campaigns.cluster(5, 1)), CRYSTAL, Campaigns.labelled(Campaigns.cluster(5, 2))
        ])
        def made = [['extxyz', 'ase.xyz'], ['extxyz', 'mace.xyz', '--keys', 'mace'], ['xsf', 'xsf'], ['deepmd', 'deepmd']].collect {
            CommandLine.run(Label.TOOL, 'convert', '--structures', folder.resolve('pool.xyz'), '--format', it[0], '--output', folder.resolve(it[1]), *it.drop(2)).code
        }
        folder.resolve('read.py').toFile().text = '''
import numpy as np
from ase.io import read
from ase.units import Hartree
pool = read('pool.xyz', ':')
ase = read('ase.xyz', ':')
assert len(ase) == 4
for a, p in zip(ase, pool):
    assert a.calc is not None and a.get_potential_energy() == p.info['REF_energy'], a.calc
    if len(a) > 1:
        assert (a.get_forces() == p.arrays['REF_forces']).all()
assert (ase[2].get_stress(voigt=False).ravel() == pool[2].info['REF_stress']).all() and ase[2].get_stress()[0] == 0.01
assert ase[2].info['note'] == 'energy=7 "end" [x]' and ase[2].pbc.all() and not ase[1].pbc.any()
mace = read('mace.xyz', ':')
assert [a.info['REF_energy'] for a in mace] == [p.info['REF_energy'] for p in pool]
assert [a.info.get('config_type') for a in mace] == ['IsolatedAtom', None, None, None]
assert all(a.calc is None for a in mace) and (mace[1].arrays['REF_forces'] == pool[1].arrays['REF_forces']).all()
# ASE takes forces of XSF for hartree/angstrom
for i in (1, 2, 3):
    x = read(f'xsf/structure_{i + 1:04d}.xsf')
    assert abs(x.positions - pool[i].positions).max() < 1e-8 and abs(x.get_forces() / Hartree - pool[i].arrays['REF_forces']).max() < 1e-9
    assert abs(x.cell[:] - pool[i].cell[:]).max() < 1e-8 or not pool[i].pbc.any()
    assert x.get_chemical_symbols() == pool[i].get_chemical_symbols()
def system(name):
    names = open(f'deepmd/{name}/type_map.raw').read().split()
    symbols = [names[int(t)] for t in open(f'deepmd/{name}/type.raw').read().split()]
    return symbols, {k: np.load(f'deepmd/{name}/set.000/{k}.npy') for k in ('coord', 'box', 'energy', 'force')}
symbols, au = system('Au5')
assert symbols == ['Au'] * 5 and all(v.dtype == '<f8' for v in au.values())
for k, i in enumerate((1, 3)):
    assert (au['coord'][k].reshape(5, 3) == pool[i].positions).all() and (au['force'][k].reshape(5, 3) == pool[i].arrays['REF_forces']).all()
    assert au['energy'][k] == pool[i].info['REF_energy']
assert au['coord'].shape == (2, 15) and au['box'].shape == (2, 9) and au['energy'].shape == (2,)
symbols, alloy = system('Cu1Au1_pbc_virial')
order = [1, 0]
assert symbols == ['Cu', 'Au'] == [pool[2].get_chemical_symbols()[i] for i in order]
assert (alloy['coord'][0].reshape(2, 3) == pool[2].positions[order]).all() and (alloy['force'][0].reshape(2, 3) == pool[2].arrays['REF_forces'][order]).all()
assert (alloy['box'][0].reshape(3, 3) == pool[2].cell[:]).all()
virial = np.load('deepmd/Cu1Au1_pbc_virial/set.000/virial.npy')
assert abs(virial[0] + pool[2].get_volume() * pool[2].info['REF_stress']).max() < 1e-12, virial
print('equal')
'''

        expect:
        made == [0, 0, 0, 0]
        AsePython.run(folder, 'read.py').trim() == 'equal'
    }
}
