package cupel.cli

import cupel.descriptor.Descriptor
import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.Potential
import cupel.sampling.Connectivity
import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification
import spock.lang.TempDir

class SampleSpec extends Specification {

    @TempDir
    Path dir

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()

    int sample(Object... args) {
        out.reset()
        err.reset()
        Sample.TOOL.run(args.collect { it.toString() } as String[], new PrintStream(out), new PrintStream(err))
    }

    /** Three clusters of gold: a tetrahedron, a square and a chain of six. */
    Path starts() {
        def file = dir.resolve('starts.xyz')
        ExtendedXyz.write(file, [
            Structure.cluster(79, 0, 0, 0, 2, 2, 0, 2, 0, 2, 0, 2, 2).withInfo('sid', 'h_a'),
            Structure.cluster(79, 0, 0, 0, 2.7, 0, 0, 2.7, 2.7, 0, 0, 2.7, 0).withInfo('sid', 'h_b'),
            Structure.cluster(79, (0..5).collectMany { [2.6 * it, 0.3 * (it % 2), 0] } as double[]).withInfo('sid', 'h_c')
        ])
        file
    }

    /** A network that nobody trained, on the default descriptor. */
    Path untrained() {
        def file = dir.resolve('potential.json')
        def descriptor = Descriptor.behler2011(79)
        def random = RandomSource.XO_SHI_RO_256_PP.create(1)
        double[] shift = new double[26]
        double[] scale = new double[26]
        Arrays.fill(scale, 1d)
        new Potential(descriptor, [new ElementPotential(79, -0.3d, shift, scale, Network.random([26, 10, 10, 1] as int[], random))])
                .write(file)
        file
    }

    def "#sampler walks with a potential and notes where candidates came from"() {
        given:
        def output = dir.resolve('candidates.xyz')
        def potential = untrained()

        when:
        def code = sample('--potential', potential, '--structures', starts(), '--sampler', sampler, '--sizes', '3..9',
                '--cycles', 200, '--output-every', 50, '--seed', 5, '--campaign', 'c01', '--generation', 2, '--walker', 3,
                '--output', output)
        def candidates = ExtendedXyz.read(output)

        then:
        err.toString() == ''
        code == 0
        candidates.size() >= 4
        candidates.every { Connectivity.standard().accepts(it) && it.size() in 3..9 }
        candidates.every {
            it.info().sampler == sampler && it.info().campaign == 'c01' && it.info().generation == 2 &&
                    it.info().walker == 3 && it.info().parent in ['h_a', 'h_b', 'h_c'] && it.info().sid.startsWith('h_')
        }
        candidates.every { Math.abs(it.info().NN_energy - Potential.read(potential).energy(it)) < 1e-6 }
        out.toString().contains("${candidates.size()} candidates of ")

        where:
        sampler << ['metropolis', 'nested', 'grow', 'dynamics']
    }

    def "the same arguments give the same bytes, and each part of the seed other ones"() {
        given:
        def run = { Map changed ->
            def file = dir.resolve("out-${changed}.xyz".replaceAll('[^a-z0-9.-]', ''))
            def args = ['--seed': 1, '--campaign': 'a', '--generation': 0, '--walker': 0] + changed
            assert sample('--model', 'gupta', '--structures', starts(), '--sizes', '5', '--cycles', 20, '--output-every', 20,
                    *args.collectMany { k, v -> [k, v] }, '--output', file) == 0
            ExtendedXyz.read(file)*.positions()*.toList()
        }
        def first = run([:])

        expect:
        run([:]) == first
        [['--seed': 2], ['--campaign': 'b'], ['--generation': 1], ['--walker': 1]].every { run(it) != first }
    }

    def "walks take several values of --#option in turn"() {
        given:
        def run = { String values ->
            def file = dir.resolve("${values}.xyz")
            assert sample('--model', 'gupta', '--structures', starts(), '--sizes', '6', '--cycles', 20, '--output-every', 20,
                    '--walks', 2, '--seed', 1, "--$option", values, '--output', file) == 0
            ExtendedXyz.read(file)*.positions()*.toList()
        }
        def both = run("$first,$second")

        expect:
        both[0] == run(first)[0]
        both[1] != run(first)[1]
        both[1] != both[0]

        where:
        option        | first | second
        'temperature' | '300' | '3000'
        'confinement' | '0'   | '0.7'
    }

    def "random clusters of every kind for a control arm, moved by a built-in model and seen by a potential"() {
        given:
        def output = dir.resolve('random.xyz')

        when:
        def code = sample('--model', 'gupta', '--potential', untrained(), '--structures', starts(), '--sampler', 'random',
                '--count', 14, '--sizes', '2..6', '--seed', 1, '--output', output)
        def made = ExtendedXyz.read(output)

        then:
        err.toString() == ''
        code == 0
        made*.info()*.kind.toSet() == ['compact', 'planar', 'chain', 'surface', 'stretched', 'hot', 'rattled'].toSet()
        made.every { it.info().NN_energy != null && it.info().sampler == 'random' }
    }

    def "random clusters of elements that are named, as many as a walker would bring"() {
        given:
        def output = dir.resolve('random.xyz')

        expect:
        sample('--model', 'gupta', '--elements', 'Au', '--sampler', 'random', '--sizes', '3', '--seed', 1, '--output', output) == 0
        ExtendedXyz.read(output).size() == 5
        ExtendedXyz.read(output).every { !it.info().containsKey('NN_energy') }
    }

    def "no valid start is an empty file and a note, not a failure: a generation goes on without the walker"() {
        given:
        def torn = dir.resolve('torn.xyz')
        def output = dir.resolve('none.xyz')
        ExtendedXyz.write(torn, [Structure.cluster(79, 0, 0, 0, 9, 0, 0)])

        expect:
        sample('--model', 'gupta', '--structures', torn, '--seed', 1, '--output', output) == 0
        Files.size(output) == 0
        out.toString().contains('note: no valid start: a start was passed over: the cluster is in pieces')
    }

    def "a command line that makes no sense ends with 2: #message"() {
        expect:
        sample(*args, '--seed', 1, '--output', dir.resolve('x.xyz')) == 2
        err.toString().startsWith('sample: ' + message)

        where:
        args                                                        | message
        ['--structures', 'a.xyz']                                   | 'needs --potential or --model'
        ['--model', 'gupta']                                        | 'needs --structures, where the walk may start'
        ['--model', 'gupta', '--potential', 'p', '--structures', 'a'] | '--model and --potential are two energies'
        ['--model', 'gupta', '--sampler', 'random']                 | 'needs either --structures or --elements'
        ['--model', 'gupta', '--elements', 'Xx', '--sampler', 'random'] | '--elements cannot be used: unknown element'
        ['--model', 'morse', '--elements', 'Au', '--sampler', 'random'] | '--model cannot be used: unknown model: morse'
        ['--model', 'gupta', '--structures', 'a', '--sizes', '0..3'] | '--sizes must be a range of whole numbers'
        ['--model', 'gupta', '--structures', 'a', '--r-min', '-1']  | '--r-min must be a number, 0 or above'
    }

    def "a start file that is empty or has elements that the potential does not know ends with 1"() {
        given:
        def empty = Files.createFile(dir.resolve('empty.xyz'))
        def copper = dir.resolve('copper.xyz')
        ExtendedXyz.write(copper, [Structure.of([29, 29] as int[], [0, 0, 0, 2.4, 0, 0] as double[], Cell.NONE)])

        expect:
        sample('--model', 'gupta', '--structures', empty, '--seed', 1, '--output', dir.resolve('x.xyz')) == 1
        err.toString().contains('empty.xyz')
        sample('--potential', untrained(), '--structures', copper, '--seed', 1, '--output', dir.resolve('x.xyz')) == 1
        err.toString().contains('Cu')
    }

    def "the commands in docs/sampling.md work as they stand"() {
        given:
        def commands = new File('docs/sampling.md').readLines().findAll { it.startsWith('java -jar target/sample.jar ') }

        expect:
        commands.size() == 5
        commands.every { command ->
            def args = command.split(' ').drop(3).collect { it.endsWith('.xyz') ? dir.resolve(it).toString() : it }
            sample(*args) == 0 && ExtendedXyz.read(Path.of(args[-1])).size() >= 5 && !out.toString().contains('note:')
        }
    }
}
