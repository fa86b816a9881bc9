package cupel.potential.export

import cupel.potential.Fixtures
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

class KimSpec extends Specification {

    private static Boolean missing

    @TempDir
    Path dir

    /** Whether LAMMPS, the driver and what builds a model are here. */
    static synchronized boolean programsAreMissing() {
        if (missing == null) {
            missing = ['lmp', 'cmake', 'g++', 'kim-api-collections-management'].any { !new File("/usr/bin/$it").canExecute() } ||
                new File('/usr/lib').listFiles().every { !new File(it, "kim-api/model-drivers/$KimFormat.DRIVER").isDirectory() }
            if (missing) {
                println 'SKIPPED: KimSpec, forces and dynamics of a KIM model in LAMMPS: ' +
                    'apt-get install -y --no-install-recommends lammps openkim-models libkim-api-dev cmake g++'
            }
        }
        return missing
    }

    private String run(Path folder, String... command) {
        def builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
        builder.environment().putAll([OMP_NUM_THREADS: '1', KIM_API_PORTABLE_MODELS_DIR: folder.toString()])
        def process = builder.start()
        process.outputStream.close()
        def output = process.inputStream.text
        assert process.waitFor(120, TimeUnit.SECONDS)
        assert process.exitValue() == 0: output
        return output
    }

    @IgnoreIf({ KimSpec.programsAreMissing() })
    def "LAMMPS runs #name with our forces, and conserves its energy"() {
        given:
        def out = dir.resolve('out')
        PotentialExport.write(potential, new ExportSettings(Program.KIM, 'Cupel_test', false), out, [])

        when: 'the lines of README.md'
        run(out, 'cmake', '-S', '.', '-B', 'Cupel_test')
        run(out, 'cmake', '--build', 'Cupel_test')
        def output = run(out, 'lmp', '-in', 'in.lammps', '-log', 'none')

        then: 'the forces on thirteen atoms'
        def expected = ExtendedXyz.read(out.resolve('check.xyz'))[0]
        def evaluation = potential.evaluate(expected)
        def rows = out.resolve('forces.dump').toFile().readLines().drop(9)*.split(' ')
        rows.size() == 13
        (0..<39).every { Math.abs((rows[it.intdiv(3)][4 + it % 3] as double) - evaluation.forces()[it]) < 1e-6 }

        and: 'energies: step, temperature, potential, kinetic, total'
        def thermo = output.readLines().findAll { it ==~ /\s*\d+( +-?[\d.]+){4}\s*/ }*.trim()*.split(/ +/)
        thermo*.first()*.toInteger() == (0..300).step(50)
        Math.abs((thermo[0][2] as double) - evaluation.energy()) < 1e-6
        def total = thermo.collect { it[4] as double }
        def kinetic = thermo.collect { it[3] as double }
        kinetic.max() - kinetic.min() > 0.05
        total.max() - total.min() < 0.002 * (kinetic.max() - kinetic.min()) + 1e-5

        where:
        name                                  | potential
        'the default functions'               | Fixtures.gold()
        'narrow and odd functions'            | Fixtures.narrow()
    }

    def "the files are those that the driver reads"() {
        when:
        PotentialExport.write(N2p2Spec.small([0.5d, 0.25d, 2] as double[]), new ExportSettings(Program.KIM, null, false), dir.resolve('out'), [])

        then:
        words('descriptor.params') == 'cos 1 Au Au 5.0 2 g2 2 2 1.0 0.0 0.5 2.0 g5 1 3 2.0 -1.0 0.25 center_and_normalize True ' +
            '3 0.125 0.25 0.5 2.0 4.0 0.5'
        words('NN.params') == '2 2 1 tanh 1 1 1.0 4.0 2.0 5.0 3.0 6.0 7.0 8.0 9.0 10.0 8.0'
        words('dropout_binary.params') == '0'
        dir.resolve('out/CMakeLists.txt').toFile().text.contains('project(Cupel_Au)')
        dir.resolve('out/in.lammps').toFile().text.contains('kim init Cupel_Au metal')
    }

    private String words(String file) {
        dir.resolve("out/$file").toFile().readLines()*.replaceFirst('#.*', '').collectMany { it.trim().split(/\s+/).toList() }
            .findAll { it }.join(' ')
    }

    def "alloys are refused"() {
        when:
        PotentialExport.write(Fixtures.alloy(), new ExportSettings(Program.KIM, null, false), dir.resolve('out'), [])

        then:
        def e = thrown(InputException)
        e.message.contains('one network and the same functions for all species')
        e.message.contains('--format n2p2')
        dir.toFile().list().length == 0
    }

    def "files with #what are refused"() {
        given:
        PotentialExport.write(Fixtures.narrow(), new ExportSettings(Program.KIM, null, false), dir.resolve('out'), [])
        def target = dir.resolve("out/$file").toFile()
        target.text = change(target.text)

        when:
        new KimReader(dir.resolve('out')).read()

        then:
        def e = thrown(InputException)
        e.message =~ "$file:\\d+: .*$message"

        where:
        what                | file                | change                                || message
        'an early end'      | 'NN.params'         | { it.trim().replaceAll(/\S+$/, '') }  || 'ends too early'
        'a number too many' | 'NN.params'         | { it + '1.0\n' }                      || 'more than the end of the file'
        'another cutoff'    | 'descriptor.params' | { it.replaceFirst('cos', 'exp') }     || 'must be cos'
        'too few functions' | 'descriptor.params' | { it.replaceFirst(/4  # functions/, '3') } || '3 functions, but 4 are listed'
    }

    def "a name must be one that CMake and LAMMPS can read"() {
        when:
        new ExportSettings(Program.KIM, 'my gold', false)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains('my gold')
    }
}
