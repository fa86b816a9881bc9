package cupel.reference.engine

import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The script bin/identify_engine.sh, with stand-ins for the programs and with data files of its own. */
class IdentifyEngineSpec extends Specification {

    static final String SCRIPT = Path.of('bin/identify_engine.sh').toAbsolutePath().toString()

    @TempDir
    Path dir

    def "without #engine it says how to install it"() {
        when:
        def run = identify(engine, [:], [1], [IDENTIFY_COMMAND: 'no-such-program'])

        then:
        run.exit == 127
        run.err.contains("no-such-program is not installed, or not on the PATH: apt-get install -y --no-install-recommends $packages")

        where:
        engine     || packages
        'cp2k'     || 'cp2k'
        'espresso' || 'quantum-espresso'
        'nwchem'   || 'nwchem'
    }

    def "CP2K: version, and the checksums of the files of basis sets and potentials, if they hold all elements"() {
        given:
        file('data/BASIS', '# a comment\n H DZVP-MOLOPT-SR-GTH DZVP-MOLOPT-SR-GTH-q1\n  1\nAU  OTHER\n')
        file('data/POTENTIALS', 'H GTH-PBE-q1 GTH-PBE\nAu GTH-PBE-q11 GTH-PBE\n')
        def settings = [basis_set_files: 'BASIS', potential_file: 'POTENTIALS']
        def program = standIn('''echo " CP2K| version string:              CP2K version 2024.2"
            echo " CP2K| Data directory path                /no/such/folder"; exit 1''')
        def environment = [IDENTIFY_COMMAND: program, CP2K_DATA_DIR: dir.resolve('data').toString()]

        when:
        def good = identify('cp2k', settings + [basis_sets: [Au: 'OTHER']], [79, 1], environment)

        then:
        good.out.readLines() == ['version=2024.2', "data.BASIS=${sha('data/BASIS')}", "data.POTENTIALS=${sha('data/POTENTIALS')}"]*.toString()

        when: 'gold has no basis set of the default name, and iron no potential'
        def noBasis = identify('cp2k', settings, [79, 1], environment)
        def noPotential = identify('cp2k', settings + [basis_sets: [Au: 'OTHER'], potentials: [Au: 'GTH-PBE-q19']], [79], environment)
        def noFolder = identify('cp2k', settings, [1], [IDENTIFY_COMMAND: program])

        then:
        [noBasis, noPotential, noFolder]*.exit == [1, 1, 1]
        noBasis.err.contains('no basis set DZVP-MOLOPT-SR-GTH for Au in BASIS: see the settings basis_sets and basis_set_files')
        noPotential.err.contains('no potential GTH-PBE-q19 for Au in POTENTIALS')
        noFolder.err.contains("CP2K's data folder /no/such/folder has no file BASIS")
    }

    def "Quantum ESPRESSO: version, and the MD5 checksum of the pseudopotential of each element"() {
        given:
        file('pseudo/Au.UPF', 'gold')
        def settings = [pseudo_dir: dir.resolve('pseudo').toString(), pseudopotentials: [Au: 'Au.UPF', Cu: 'Cu.UPF']]
        def program = standIn('echo "     Program PWSCF v.7.2 starts on 1Jan2024"; exit 2')

        when:
        def good = identify('espresso', settings, [79], [IDENTIFY_COMMAND: program])
        def noFile = identify('espresso', settings, [29], [IDENTIFY_COMMAND: program])
        def noName = identify('espresso', settings, [47], [IDENTIFY_COMMAND: program])

        then:
        good.out.readLines() == ['version=7.2', "data.Au.UPF=${'gold'.md5().take(16)}"]*.toString()
        noFile.exit == 1
        noFile.err.contains('no pseudopotential Cu.UPF for Cu in')
        noName.err.contains('no pseudopotential for Ag: name its file in the setting pseudopotentials')
    }

    def "NWChem: version, and for each element the checksum of the library of its basis set and core potential"() {
        given:
        file('library/def2-svp', 'basis "H_Def2-SV(P)" SPHERICAL\nbasis "Au_Def2-SV(P)" SPHERICAL\n')
        file('library/def2-ecp', 'ecp "Au_Def2-ECP"\n')
        file('library/6-31gs', 'basis "H_6-31G*"\n')
        def environment = [IDENTIFY_COMMAND: standIn('echo "  Northwest Computational Chemistry Package (NWChem) 7.2.2"'),
                           NWCHEM_BASIS_LIBRARY: dir.resolve('library').toString()]

        when:
        def good = identify('nwchem', [basis_sets: [H: '6-31G*']], [79, 1], environment)
        def noCore = identify('nwchem', [ecps: [Au: '']], [79], environment)
        def nothing = identify('nwchem', [:], [26], environment)
        def noLibrary = identify('nwchem', [basis: 'dzp'], [1], environment)

        then: 'hydrogen has no core potential'
        good.out.readLines() == ['version=7.2.2', "data.Au.basis=${sha('library/def2-svp')}", "data.Au.ecp=${sha('library/def2-ecp')}",
                                 "data.H.basis=${sha('library/6-31gs')}"]*.toString()
        noCore.out.readLines().size() == 2
        nothing.err.contains("NWChem's library def2-svp has nothing for Fe")
        noLibrary.err.contains('has no dzp')
    }

    def "a program that does not tell its version is an error with its last words"() {
        when:
        def run = identify('espresso', [:], [1], [IDENTIFY_COMMAND: standIn('echo "libfoo.so is missing" >&2; exit 127')])

        then:
        run.exit == 1
        run.err.contains('pw.x did not tell its version: libfoo.so is missing')
    }

    private Map identify(String engine, Map changes, List<Integer> elements, Map environment) {
        dir.resolve('settings.json').toFile().text = ProgramRun.settings(engine, changes).json().toPrettyString()
        ExtendedXyz.write(dir.resolve('atoms.xyz'), elements.collect { Structure.cluster(it, 0, 0, 0) })
        def assignments = environment.collect { key, value -> "$key=$value".toString() }
        ProgramRun.run(dir, ['env', '-u', 'CP2K_DATA_DIR', '-u', 'NWCHEM_BASIS_LIBRARY', *assignments, SCRIPT, engine, 'settings.json', 'atoms.xyz'])
    }

    private String standIn(String script) {
        def program = dir.resolve('program').toFile()
        program.text = '#!/usr/bin/env bash\n' + script.stripIndent() + '\n'
        program.executable = true
        program.path
    }

    private void file(String name, String text) {
        Files.createDirectories(dir.resolve(name).parent)
        dir.resolve(name).toFile().text = text
    }

    private String sha(String name) {
        dir.resolve(name).toFile().text.digest('SHA-256').take(16)
    }
}
