package cupel.reference.engine

import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** One run of three geometries, the second of which did not converge, as both files tell it; ASE's reading is beside them. */
class VaspReadersSpec extends Specification {

    static final FOLDER = Path.of('src/test/resources/cupel/reference/vasp')
    static final VASPRUN = FOLDER.resolve('vasprun.xml')
    static final OUTCAR = FOLDER.resolve('OUTCAR')

    @TempDir
    Path folder

    static near(double[] a, double[] b, double tolerance) {
        assert a.length == b.length
        assert (0..<a.length).every { Math.abs(a[it] - b[it]) <= tolerance }
        true
    }

    def "reads of #file what ASE reads of it"() {
        given:
        def expected = ExtendedXyz.read(FOLDER.resolve("$byAse"))

        expect:
        run.steps().size() == expected.size()
        [run.steps(), expected].transpose().every { step, other ->
            assert step.structure().atomicNumbers() == other.atomicNumbers()
            assert near(step.structure().cell().vectors(), other.cell().vectors(), 1e-9d)
            assert step.structure().cell().periodic() == [true, true, true] as boolean[]
            assert near(step.structure().positions(), other.positions(), 2e-8d)
            assert near(step.forces(), other.label().forces(), 1e-8d)
            assert near(step.stress(), other.label().stress(), 1e-9d)
            assert Math.abs(step.zeroWidthEnergy() - other.label().energy()) < 1e-7d
            assert Math.abs(step.freeEnergy() - other.info().free) < 1e-7d
            true
        }

        where:
        file          | byAse                | run
        'vasprun.xml' | 'vasprun-by-ase.xyz' | VasprunReader.read(VASPRUN)
        'OUTCAR'      | 'outcar-by-ase.xyz'  | OutcarReader.read(OUTCAR)
    }

    def "both files tell the version, the potentials and the time"() {
        expect:
        [VasprunReader.read(VASPRUN), OutcarReader.read(OUTCAR)].every {
            assert it.version() == '5.4.4.18Apr17-6-g9f103f2a35'
            assert it.potentials() == ['PAW_PBE Au 04Oct2007', 'PAW_PBE Cu 22Jun2005']
            assert it.steps()*.seconds() == [10.5d, 11.5d, 12.5d]
            assert it.cutShort() == null
            true
        }
    }

    def "both files agree within the digits of the OUTCAR"() {
        given:
        def xml = VasprunReader.read(VASPRUN).steps()
        def outcar = OutcarReader.read(OUTCAR).steps()

        expect:
        (0..2).every {
            near(xml[it].structure().positions(), outcar[it].structure().positions(), 0.51e-5d) &&
                near(xml[it].forces(), outcar[it].forces(), 0.51e-6d) &&
                near(xml[it].stress(), outcar[it].stress(), 1e-8d) &&
                Math.abs(xml[it].zeroWidthEnergy() - outcar[it].zeroWidthEnergy()) < 1e-7d
        }
    }

    def "a step that took all the electronic steps it may is no label, though VASP 5 says that EDIFF is reached"() {
        given:
        def steps = reader.read(file).steps()

        expect:
        steps*.defect() == [null, 'the electrons did not converge in 4 steps (NELM = 4)', null]
        steps[0].label(IonicStep.Energy.FREE).energy() == steps[0].freeEnergy()
        steps[0].label(IonicStep.Energy.ZERO_WIDTH).energy() == steps[0].zeroWidthEnergy()

        when:
        steps[1].label(IonicStep.Energy.FREE)

        then:
        def e = thrown(IllegalStateException)
        e.message.contains('did not converge')

        where:
        reader        | file
        VasprunReader | VASPRUN
        OutcarReader  | OUTCAR
    }

    def "an OUTCAR that says that EDIFF was not reached is believed"() {
        given:
        def file = folder.resolve('OUTCAR')
        file.toFile().text = OUTCAR.toFile().text.replaceFirst('aborting loop because EDIFF is reached', 'aborting loop EDIFF was not reached (unconverged)')

        expect:
        OutcarReader.read(file).steps()[0].defect() == 'the electrons did not converge in 3 steps (NELM = 4)'
    }

    def "a file that was cut anywhere gives the finished steps and says so"() {
        given:
        def whole = original.toFile().text
        def file = folder.resolve(original.fileName.toString())
        def steps = reader.read(original).steps()

        expect:
        (0..<whole.length()).step(307).collect { length ->
            file.toFile().text = whole.substring(0, length)
            try {
                def run = reader.read(file)
                assert run.cutShort() != null
                run.steps().eachWithIndex { step, i ->
                    assert step.zeroWidthEnergy() == steps[i].zeroWidthEnergy()
                    assert step.freeEnergy() == steps[i].freeEnergy()
                    assert step.forces() == steps[i].forces()
                    assert step.structure().positions() == steps[i].structure().positions()
                }
                run.steps().size()
            } catch (InputException e) {
                // not even the head is there
                assert e.message.contains('is not a') || e.message.contains('is not an')
                0
            }
        }.toSet() == [0, 1, 2, 3].toSet()

        where:
        reader        | original
        VasprunReader | VASPRUN
        OutcarReader  | OUTCAR
    }

    def "an OUTCAR that ends within a number has no step with the digits that are left"() {
        given:
        def whole = OUTCAR.toFile().text
        def end = whole.indexOf('energy(sigma->0)', whole.indexOf('free  energy   TOTEN')) + 30
        def file = folder.resolve('OUTCAR')
        file.toFile().text = whole.substring(0, end)

        expect:
        file.toFile().text =~ /energy\(sigma->0\) = +-\d+\.\d+$/
        OutcarReader.read(file).steps().isEmpty()
    }

    def "what is no number in #what makes the step worthless: #defect"() {
        given:
        def text = original.toFile().text
        def file = folder.resolve(original.fileName.toString())
        file.toFile().text = text.replaceFirst(pattern, replacement)

        expect:
        reader.read(file).steps()[0].defect() == defect

        where:
        what               | reader        | original | pattern                                                 | replacement                                  | defect
        'a force'          | VasprunReader | VASPRUN  | /(varray name="forces" >\s*<v>)\s*\S+/                  | '$1 *****************'                       | 'the force on atom 1 is not a number'
        'the stress'       | VasprunReader | VASPRUN  | /(varray name="stress" >\s*<v>)\s*\S+/                  | '$1 NaN'                                     | 'the stress is not a number'
        'an energy'        | VasprunReader | VASPRUN  | /(<\/varray>\s*<energy>\s*<i name="e_fr_energy">)\s*\S+/ | '$1 *****************'                      | 'has no energy that is a number'
        'a force'          | OutcarReader  | OUTCAR   | /(TOTAL-FORCE \(eV\/Angst\)\n -+\n(?:\s+\S+){3})\s+\S+/ | '$1   **************'                        | 'the force on atom 1 is not a number'
        'an energy'        | OutcarReader  | OUTCAR   | /(free  energy   TOTEN  =)\s*\S+/                       | '$1 *****************'                       | 'has no energy that is a number'
        'the limit'        | OutcarReader  | OUTCAR   | /NELM   =      4/                                       | 'NONE   =      4'                            | 'the file does not tell the largest number of electronic steps (NELM), so that nobody knows whether they converged'
    }

    def "a step without electrons is not density functional theory"() {
        given:
        def file = folder.resolve('vasprun.xml')
        file.toFile().text = VASPRUN.toFile().text.replaceAll(/(?s)<scstep>.*?<\/scstep>/, '')

        expect:
        VasprunReader.read(file).steps()*.defect().every { it.startsWith('has no electronic steps') }
    }

    def "columns that run into each other are told apart"() {
        given:
        def file = folder.resolve('OUTCAR')
        file.toFile().text = OUTCAR.toFile().text.replaceFirst(/\n +0\.30632 +-0\.14990/, '\n      0.30632-100.14990')

        expect:
        OutcarReader.read(file).steps()[0].structure().position(0, 1) == -100.1499d
    }

    def "refuses #what"() {
        given:
        def file = folder.resolve('vasprun.xml')
        file.toFile().text = text

        when:
        reader.read(file)

        then:
        def e = thrown(InputException)
        e.message.contains(file.toString())
        e.message.contains(message)

        where:
        what                     | reader        | text                                              | message
        'an empty file'          | VasprunReader | ''                                                | 'is not a vasprun.xml'
        'other XML'              | VasprunReader | '<html></html>'                                   | 'must begin with <modeling>'
        'no XML'                 | VasprunReader | '3\nAu 0 0 0'                                     | 'is not a vasprun.xml'
        'an empty file'          | OutcarReader  | ''                                                | 'is not an OUTCAR'
        'an element of no table' | VasprunReader | VASPRUN.toFile().text.replaceFirst('<c>Cu<', '<c>Qq<')     | "unknown element: 'Qq'"
        'two lattice vectors'    | VasprunReader | VASPRUN.toFile().text.replaceAll(/(<calculation>(?s:.*?)basis" >)\s*<v>.*<\/v>/, '$1') | 'varray:basis has 6 numbers, must have 9'
        'a missing potential'    | OutcarReader  | OUTCAR.toFile().text.replaceFirst(/TITEL  = PAW_PBE Cu/, '') | '2 types of atoms, but 1 potentials'
    }

    def "opens no other file for a vasprun.xml that asks for it"() {
        given:
        def secret = folder.resolve('secret.txt')
        secret.toFile().text = '5.4.4'
        def file = folder.resolve('vasprun.xml')
        file.toFile().text = VASPRUN.toFile().text
            .replace('<modeling>', "<!DOCTYPE modeling [<!ENTITY e SYSTEM \"${secret.toUri()}\">]>\n<modeling>")
            .replaceFirst('5.4.4.18Apr17-6-g9f103f2a35', '&e;')

        when:
        VasprunReader.read(file)

        then:
        def e = thrown(InputException)
        e.message.contains('a document type (DOCTYPE)')
    }

    def "names a file that is not there"() {
        when:
        reader.read(folder.resolve('none'))

        then:
        def e = thrown(InputException)
        e.message.endsWith('none: cannot be read: no such file')

        where:
        reader << [VasprunReader, OutcarReader]
    }
}
