package cupel.reference.engine

import cupel.reference.Level
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class EngineIdentitySpec extends Specification {

    @TempDir
    Path dir

    def "reads version and checksums, in any order, with empty lines"() {
        given:
        write('data.Cu.PBE=cc\n\nversion=22.8.0\n  data.Au.PBE = aa \n'.replace(' = ', '='))

        expect:
        EngineIdentity.read(dir.resolve('engine.txt')) == new EngineIdentity('22.8.0', ['Au.PBE': 'aa', 'Cu.PBE': 'cc'])
    }

    def "a version of several words becomes one"() {
        given:
        write('version=2023.1 (Development, revision "42")\n')

        expect:
        EngineIdentity.read(dir.resolve('engine.txt')).version() == '2023.1_(Development_revision_42_)'
    }

    def "refuses '#text': #message"() {
        given:
        write(text)

        when:
        EngineIdentity.read(dir.resolve('engine.txt'))

        then:
        def e = thrown(InputException)
        e.message.startsWith(dir.resolve('engine.txt').toString())
        e.message.contains(message)

        where:
        text                                   || message
        ''                                     || 'has no line version=...; is the reference program installed?'
        'data.Au.PBE=aa\n'                     || 'has no line version=...'
        'version=\n'                           || "line 1: must be version=... or data.NAME=..., is 'version='"
        'version= \n'                          || 'line 1: must be version=... or data.NAME=...'
        'version=1\ndata.Au.PBE=\n'            || 'line 2: must be version=... or data.NAME=...'
        'version=1\n\ncommand not found\n'     || "line 3: must be version=... or data.NAME=..., is 'command not found'"
        'version=1\nData.Au=aa\n'              || 'line 2: must be version=... or data.NAME=...'
        'version=1\ndata.=aa\n'                || 'line 2: must be version=... or data.NAME=...'
        'version=1\ndata.Au PBE=aa\n'          || 'line 2: must be version=... or data.NAME=...'
        'version=1\nversion=2\n'               || 'line 2: version is given a second time'
        'version=1\ndata.Au=a\ndata.Au=b\n'    || 'line 3: data.Au is given a second time'
    }

    def "a file that is not there is named"() {
        when:
        EngineIdentity.read(dir.resolve('none.txt'))

        then:
        def e = thrown(InputException)
        e.message.contains('none.txt: cannot be read; it must hold the version of the reference program')
    }

    def "the level is engine, version, physics and data files; of a structure, those of its own elements"() {
        given:
        def identity = new EngineIdentity('22.8.0', ['Cu.PBE': 'cc', 'Au.PBE': 'aa', 'basis': 'bb'])
        def settings = EngineSettings.of(new Gpaw(), null, 'gpaw')
        def atom = Structure.cluster(79, 0, 0, 0)
        def crystal = Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(4, 0, 0, 0, 4, 0, 0, 0, 4))
        def physics = 'functional=PBE,cutoff=300,vacuum=4.5,kpoint_density=7,smearing=0.05,spin=parity,' +
            'density_tolerance=1.0E-4,energy_tolerance=5.0E-4'

        expect:
        identity.level(settings).toString() ==
            "engine=gpaw,version=22.8.0,$physics,data.Au.PBE=aa,data.Cu.PBE=cc,data.basis=bb"
        identity.level(settings, crystal).toString() == "engine=gpaw,version=22.8.0,$physics,data.Au.PBE=aa,data.basis=bb"

        and: 'which is that of an atom and of a cluster too, but for k-points that these do not have, so that their labels may meet'
        identity.level(settings, atom).toString() == identity.level(settings, crystal).toString() - 'kpoint_density=7,'
        identity.level(settings, atom).isCompatible(identity.level(settings, crystal))
        Level.parse(identity.level(settings).toString()) == identity.level(settings)
    }

    private void write(String text) {
        dir.resolve('engine.txt').toFile().text = text
    }
}
