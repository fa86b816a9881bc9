package cupel.reference.engine

import com.fasterxml.jackson.databind.json.JsonMapper
import cupel.structure.Cell
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Input for bin/label_gpaw.py and the reading of its result.json. */
class GpawSpec extends Specification {

    static final Structure DIMER = Structure.cluster(79, 0, 0, 0, 0, 0, 2.5d)

    static final Structure CRYSTAL =
        Structure.of([79] as int[], [0d, 0, 0] as double[], Cell.periodic(0, 2, 2, 2, 0, 2, 2, 2, 0))

    static final String RESULT = '''{
        "converged": true, "version": "22.8.0", "data": {"Au.PBE": "aa"}, "energy": -2.5,
        "forces": [[0, 0, 0.5], [0.25, 0, -0.5]], "stress": null,
        "positions": [[0, 0, 0], [0, 0, 2.5]], "iterations": 12
    }'''

    static final String OF_CRYSTAL = '''{
        "converged": true, "version": "22.8.0", "data": {}, "energy": -3.5, "forces": [[0, 0, 0]],
        "stress": [0.01, 0.02, 0.03, 0.04, 0.05, 0.06], "positions": [[0, 0, 0]], "iterations": 12
    }'''

    @TempDir
    Path dir

    // input

    def "input holds the atoms, the cell and all settings that the script needs"() {
        when:
        new Gpaw().write(CRYSTAL, settings('{"cutoff": 400}'), dir)
        def input = new JsonSlurper().parse(dir.resolve('input.json').toFile())

        then:
        dir.toFile().list() == ['input.json']
        input.subMap('symbols', 'positions', 'cell', 'pbc', 'unpaired_electrons', 'cutoff', 'functional') ==
            [symbols: ['Au'], positions: [[0.0, 0.0, 0.0]], cell: [[0, 2, 2], [2, 0, 2], [2, 2, 0]], pbc: [true] * 3,
             unpaired_electrons: 0, cutoff: 400, functional: 'PBE']

        and: 'every key that the script reads'
        def script = Path.of('bin/label_gpaw.py').toFile().text
        def keys = (script =~ /asked\["(\w+)"\]/).collect { it[1] }.toSet()
        keys.size() > 10
        keys.every { input.containsKey(it) }
    }

    def "#what has #unpaired unpaired electrons by the rule #spin"() {
        when:
        new Gpaw().write(structure, settings("""{"spin": $spin}"""), dir)

        then:
        new JsonSlurper().parse(dir.resolve('input.json').toFile()).unpaired_electrons == unpaired

        where:
        what             | structure                          | spin       || unpaired
        'a gold atom'    | Structure.cluster(79, 0, 0, 0)     | '"parity"' || 1
        'a gold dimer'   | DIMER                              | '"parity"' || 0
        'a gold crystal' | CRYSTAL                            | '"parity"' || 0
        'an iron atom'   | Structure.cluster(26, 0, 0, 0)     | '4'        || 4
        'an iron atom'   | Structure.cluster(26, 0, 0, 0)     | '"parity"' || 0
    }

    // output

    def "reads energy, forces, and of a crystal the stress; version and data as GPAW reports them"() {
        when:
        def cluster = read(DIMER, RESULT)
        def crystal = read(CRYSTAL, OF_CRYSTAL)

        then:
        cluster.label().energy() == -2.5d
        cluster.label().forces() == [0, 0, 0.5d, 0.25d, 0, -0.5d] as double[]
        cluster.label().stress() == null
        cluster.version() == '22.8.0'
        cluster.data() == ['Au.PBE': 'aa']
        crystal.label().stress() == [0.01d, 0.02d, 0.03d, 0.04d, 0.05d, 0.06d] as double[]
    }

    def "gives no label when #damage"() {
        when:
        def answer = read(DIMER, RESULT.replace(from, to))

        then:
        RESULT.contains(from)
        answer.label() == null
        answer.failure().kind().token() == kind
        answer.failure().reason() == reason

        where:
        damage                       | from                        | to                          || kind | reason
        'it is not said to converge' | '"converged": true,'        | ''                          || 'not_converged' | 'result.json does not say that it converged'
        'it did not converge'        | 'true'                      | 'false'                     || 'not_converged' | 'result.json does not say that it converged'
        'it is nothing'              | RESULT                      | ''                          || 'not_converged' | 'result.json does not say that it converged'
        'it is a list'               | RESULT                      | '[]'                        || 'not_converged' | 'result.json does not say that it converged'
        'the energy is missing'      | '"energy": -2.5,'           | ''                          || 'unphysical'    | 'energy is not a number: nothing'
        'the energy is null'         | '-2.5'                      | 'null'                      || 'unphysical'    | 'energy is not a number: nothing'
        'the energy is NaN'          | '-2.5'                      | 'NaN'                       || 'unphysical'    | 'energy is not a number: NaN'
        'a force is NaN'             | '[0.25, 0, -0.5]'           | '[NaN, 0, -0.5]'            || 'unphysical'    | 'forces of atom 2 is not a number: NaN'
        'a force is infinite'        | '[0, 0, 0.5]'               | '[0, 0, -Infinity]'         || 'unphysical'    | 'forces of atom 1 is not a number: -Infinity'
        'a force is missing'         | ', [0.25, 0, -0.5]'         | ''                          || 'crashed'       | 'forces must be those of 2 atoms'
        'forces are missing'         | '"forces"'                  | '"fores"'                   || 'crashed'       | 'forces must be those of 2 atoms'
        'a component is missing'     | '[0.25, 0, -0.5]'           | '[0.25, 0]'                 || 'crashed'       | 'forces of atom 2 must be 3 numbers'
        'an atom is elsewhere'       | '[0, 0, 2.5]'               | '[0, 0, 2.5001]'            || 'crashed'       | 'result.json is of another structure: see atom 2'
        'it is of more atoms'        | '[[0, 0, 0], '              | '[[9, 9, 9], [0, 0, 0], '   || 'crashed'       | 'positions must be those of 2 atoms'
        'the stress has 3 numbers'   | 'null'                      | '[0, 0, 0]'                 || 'crashed'       | 'the stress must have 6 numbers'
        'the stress is NaN'          | 'null'                      | '[0, 0, NaN, 0, 0, 0]'      || 'unphysical'    | 'stress is not a number: NaN'
    }

    def "a crystal without stress is half an answer"() {
        expect:
        read(CRYSTAL, OF_CRYSTAL.replaceAll(/"stress": \[.*?\]/, '"stress": null')).failure().reason() ==
            'the stress of a periodic structure is missing'
    }

    def "a result that was cut off is not JSON, wherever the cut is"() {
        expect:
        (20..<RESULT.length()).step(7) {
            def answer = read(DIMER, RESULT.take(it))
            assert answer.failure().kind().token() == 'crashed'
            assert answer.failure().reason().startsWith('result.json is not JSON: ')
        }
    }

    def "without a result the exit status tells whether it converged: #status"() {
        given:
        dir.resolve('engine.err').toFile().text = errors
        dir.resolve('gpaw.txt').toFile().text = 'iter:   1 10:11:12   -2.5\niter:   2 10:11:13   -2.6\n\nTotal:  1.234 100.0%\n'

        when:
        def answer = new Gpaw().read(dir, DIMER, settings('{"max_iterations": 3}'), status)

        then:
        answer.failure().kind().token() == kind
        answer.failure().reason() == reason
        answer.version() == null

        where:
        status | errors                                                        || kind | reason
        3      | ''                                                            || 'not_converged' | 'density not self-consistent within 3 iterations'
        1      | TRACEBACK                                                     || 'crashed'       | 'GPAW wrote no result and ended with exit status 1: numpy.linalg.LinAlgError: Singular matrix'
        0      | ''                                                            || 'crashed'       | 'GPAW wrote no result and ended with exit status 0'
        139    | 'Segmentation fault'                                          || 'crashed'       | 'GPAW wrote no result and ended with exit status 139'
    }

    def "the last lines of what Python complained of are the log, without places in its own files"() {
        given:
        dir.resolve('engine.err').toFile().text = TRACEBACK

        expect:
        new Gpaw().read(dir, DIMER, settings('{}'), 1).failure().log() == 'raise LinAlgError | numpy.linalg.LinAlgError: Singular matrix'
    }

    def "without complaints the log is the end of GPAW's own, without times of day and durations"() {
        given:
        dir.resolve('gpaw.txt').toFile().text = '''\
            Date:   Sun Nov 22 17:23:31 2026
            numpy:  /usr/lib/python3/dist-packages/numpy (version 1.24.2)
            OMP_NUM_THREADS: 1
            iter:   1 10:11:12    -2.5        c   +0.1
            iter:   2 10:11:13    -2.6        c   +0.1
            Did not converge!
            Timing:                              incl.     excl.
            Hamiltonian:                         5.952     0.029   0.3% |
            Total:                              10.550 100.0%
            Memory usage: 118.25 MiB
            '''.stripIndent()

        expect:
        new Gpaw().read(dir, DIMER, settings('{}'), 3).failure().log() ==
            'iter: 1 -2.5 c +0.1 | iter: 2 -2.6 c +0.1 | Did not converge!'
    }

    static final String TRACEBACK = '''\
        Traceback (most recent call last):
          File "/usr/lib/python3/dist-packages/gpaw/mixer.py", line 7, in mix
            raise LinAlgError
        numpy.linalg.LinAlgError: Singular matrix
        '''.stripIndent()

    private Answer read(Structure structure, String result) {
        dir.resolve('result.json').toFile().text = result
        new Gpaw().read(dir, structure, settings('{}'), 0)
    }

    private static settings(String changes) {
        EngineSettings.of(new Gpaw(), JsonMapper.builder().build().readTree(changes), 'mine.json').rungs()[0]
    }
}
