package cupel.cli

import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.Potential
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.IgnoreIf
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** compare serve, with ASE moving the atoms. */
@IgnoreIf({ AsePython.isMissing('AseSocketSpec, relaxation and molecular dynamics of ASE with a potential of Cupel') })
class AseSocketSpec extends Specification {

    /** How this build is called, in place of java -jar target/compare.jar. */
    static final String CUPEL = "${System.getProperty('java.home')}/bin/java -Xshare:auto -XX:TieredStopAtLevel=1 -cp '${System.getProperty('java.class.path')}' cupel.cli.Compare"

    /** Starts the client as the example does; defines evaluate(atoms). */
    static final String CLIENT = '''
import json, os, shlex, subprocess, sys
import ase.units
from ase.calculators.socketio import SocketIOCalculator
from ase.io import read, write
def cupel(atoms, properties=None, port=None, unixsocket=None):
    write('template.xyz', atoms.copy(), format='extxyz')
    return subprocess.Popen([*shlex.split(sys.argv[1]), 'serve', '--potential', 'potential.json', '--template', 'template.xyz', '--unix', unixsocket])
def calculator():
    return SocketIOCalculator(launch_client=cupel, unixsocket=f'cupel_spec_{os.getpid()}')
def results(atoms):
    return dict(energy=atoms.get_potential_energy(), forces=atoms.get_forces().ravel().tolist(),
                stress=atoms.get_stress().tolist() if atoms.pbc.any() else None)
'''

    @TempDir
    @Shared
    Path folder

    /**
     * Pairs that repel, attract further out and have their minimum near 2.7 angstrom: a network without hidden layers on two of
     * the radial functions.
     */
    static Potential pairs() {
        def weights = new double[27]
        weights[6] = 27
        weights[4] = -2.3d
        new Potential(Campaigns.DESCRIPTOR, [
            new ElementPotential(79, -3.0d, new double[26], [1d] * 26 as double[], Network.of([26, 1] as int[], weights))
        ])
    }

    def setupSpec() {
        pairs().write(folder.resolve('potential.json'))
    }

    List<Map> python(String program) {
        folder.resolve('program.py').toFile().text = CLIENT + program
        AsePython.run(folder, 'program.py', CUPEL)
        new groovy.json.JsonSlurper().parse(folder.resolve('results.json').toFile()) as List<Map>
    }

    def "the example relaxes a cluster and conserves the energy of its molecular dynamics"() {
        given:
        def example = Path.of('examples/ase-socket/relax_and_md.py').toAbsolutePath()
        ExtendedXyz.write(folder.resolve('Au13.xyz'), [Campaigns.cluster(13, 3)])

        when:
        def output = AsePython.run(folder, example, 'potential.json', 'Au13.xyz', '--cupel', CUPEL)
        def relaxed = ExtendedXyz.read(folder.resolve('relaxed.xyz'))[0]
        def dynamics = ExtendedXyz.read(folder.resolve('dynamics.xyz'))
        def energies = dynamics.collect { it.label().energy() }

        then: 'relaxed, by the forces that ASE had and by those that the potential has at these places'
        relaxed.size() == 13
        (relaxed.label().forces() as List).every { Math.abs(it) < 0.01d }
        pairs().evaluate(relaxed).forces().every { Math.abs(it) < 0.0101d }
        relaxed.label().energy() < pairs().energy(Campaigns.cluster(13, 3)) - 1

        and: 'the potential energy changes by tenths of an electronvolt, the total energy by less than a thousandth of that an atom'
        dynamics.size() == 101
        energies.max() - energies.min() > 0.1d
        def (all, steps, deviation) = (output =~ /total energy of (\d+) steps: .* deviation (\S+) meV\/atom/)[0]
        steps == '101'
        (deviation as double) < 0.1d
        [dynamics, energies].transpose().every { structure, energy -> Math.abs(pairs().energy(structure) - energy) < 1e-6 }

        and: 'the client ended as it should'
        output.contains('structures computed; the server closed the connection')
    }

    def "energies and forces of a cluster, and the stress of a strained crystal, are those of compare predict"() {
        given: 'fcc gold with a cell of no symmetry, atoms off their places'
        def crystal = Structure.of([79] * 4 as int[],
            [0.05, 0, -0.02, 0, 2.1, 2, 2.05, 0.1, 2.1, 2, 2.1, -0.1] as double[],
            Cell.periodic(4.1, 0.11, -0.07, 0.05, 4.25, 0.21, -0.13, 0.02, 3.95))
        def cluster = Campaigns.cluster(6, 4)
        ExtendedXyz.write(folder.resolve('in.xyz'), [cluster, crystal])

        when: 'ASE with our hartree and bohr, and with its own, which are those of 2014'
        def found = python('''
frames = read('in.xyz', ':')
ours = dict(Bohr=0.529177210903, Ha=27.211386245988)
theirs = dict(Bohr=ase.units.Bohr, Ha=ase.units.Ha)
found = []
for frame in frames:
    before = frame.positions.copy()
    with calculator() as frame.calc:
        for constants in ours, theirs:
            ase.units.Bohr, ase.units.Ha = constants['Bohr'], constants['Ha']
            frame.positions = before
            found.append(results(frame))
            frame.rattle(0.01, seed=1)
            found.append(results(frame))
json.dump(found, open('results.json', 'w'))
''')
        CommandLine.run(ComparePredict.TOOL, '--potential', folder.resolve('potential.json'), '--structures', folder.resolve('in.xyz'),
            '--output', folder.resolve('predicted.xyz'))
        def predicted = ExtendedXyz.read(folder.resolve('predicted.xyz'))

        then:
        found.size() == 8
        [0, 2, 4, 6].each { at ->
            def structure = predicted[at.intdiv(4)]
            def tolerance = at % 4 == 0 ? 1e-9 : 1e-7
            assert near([found[at].energy], [structure.info().NN_energy], tolerance)
            assert near(found[at].forces, structure.arrays().NN_forces.reals() as List, tolerance)
        }

        and: 'all components of the stress, in their places and with their sign'
        def s = predicted[1].info().NN_stress as List
        def voigt = [s[0], s[4], s[8], s[5], s[2], s[1]]
        voigt.collect { Math.abs(it) }.min() > 1e-4
        voigt.toSet().size() == 6
        near(found[4].stress, voigt, 1e-9)
        near(found[6].stress, voigt, 1e-7)
        found[0].stress == null

        and: 'the second structure of a connection is computed anew'
        found[1].energy != found[0].energy && found[5].stress != found[4].stress
    }

    private static boolean near(List found, List expected, double tolerance) {
        found.size() == expected.size() && [found, expected].transpose().every { a, b -> Math.abs(a - b) < tolerance * Math.max(1d, Math.abs(b)) }
    }
}
