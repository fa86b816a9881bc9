package cupel.cli

import cupel.reference.Gupta
import cupel.structure.ExtendedXyz
import cupel.structure.Label as Answer
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LabelStoreCommandSpec extends Specification {

    static final VASP = Path.of('src/test/resources/cupel/reference/vasp')
    static final LEVEL = 'engine=vasp,version=5.4.4,functional=PBE'

    @TempDir
    Path folder

    Path store

    def setup() {
        store = folder.resolve('labels')
    }

    CommandLine run(Object... words) {
        CommandLine.run(Label.TOOL, *(['store'] + words.toList()))
    }

    Path dimers(String name, String level, List<Double> lengths) {
        def file = folder.resolve(name)
        ExtendedXyz.write(file, lengths.collect {
            def s = Structure.cluster(79, 0, 0, 0, it, 0, 0)
            def e = Gupta.of().evaluate(s)
            s.withLabel(new Answer(e.energy(), e.forces())).withInfo('level', level).withInfo('seconds', 2.5d)
        })
        file
    }

    def "imports, lists, verifies and exports"() {
        given:
        def gupta = dimers('gupta.xyz', 'gupta-cleri-rosato-1993', [2.4d, 2.5d, 2.6d])

        when:
        def first = run('import', '--store', store, '--files', gupta)
        def second = run('import', '--store', store, '--files', VASP.resolve('vasprun.xml'), VASP.resolve('OUTCAR'), '--level', LEVEL)

        then:
        first.code == 0
        first.out == "3 structures read: 3 labels added to $store, 0 there already, 0 refused\n"
        second.code == 0
        second.out.readLines().size() == 3
        second.out.readLines()[0] == "refused: ${VASP.resolve('vasprun.xml')}, structure 2: the electrons did not converge in 4 steps (NELM = 4)"
        second.out.readLines()[2] == "6 structures read: 2 labels added to $store, 2 there already, 2 refused"

        when:
        def list = run('list', '--store', store)

        then:
        list.code == 0
        list.out.readLines() == [
            ' labels  atoms     elements          seconds  folder            level',
            '      2  3         Au,Cu                  23  ' + folderOf(LEVEL) + '  engine=vasp,functional=PBE,version=5.4.4',
            '      3  2         Au                      8  ' + folderOf('gupta-cleri-rosato-1993') + '  gupta-cleri-rosato-1993',
            '5 labels; seconds in total, with the number of labels that tell theirs in brackets if not all do'
        ]

        when:
        def verify = run('verify', '--store', store)
        def all = run('export', '--store', store, '--output', folder.resolve('out/all.xyz'))
        def one = run('export', '--store', store, '--output', folder.resolve('one.xyz'), '--level', 'gupta-cleri-rosato-1993')
        def same = run('export', '--store', store, '--output', folder.resolve('same.xyz'), '--level', folderOf('gupta-cleri-rosato-1993'))

        then:
        verify.code == 0
        verify.out == '5 labels and 0 records of failures of 2 levels of theory are whole; 0 problems\n'
        all.out == "5 labels in ${folder.resolve('out/all.xyz')}\n"
        ExtendedXyz.read(folder.resolve('out/all.xyz'))*.info()*.level == [LEVEL] * 2 + ['gupta-cleri-rosato-1993'] * 3
        one.out.startsWith('3 labels')
        same.code == 0
        folder.resolve('one.xyz').toFile().text == folder.resolve('same.xyz').toFile().text
        !folder.resolve('one.xyz').toFile().text.contains('checksum')
    }

    def "exports the labels of given structures, turned as they are, in their order"() {
        given:
        def labelled = dimers('gupta.xyz', 'gupta-cleri-rosato-1993', [2.4d, 2.5d])
        run('import', '--store', store, '--files', labelled)
        def asked = folder.resolve('asked.xyz')
        asked.toFile().text = """\
            2
            Properties=species:S:1:pos:R:3 pbc="F F F" kind=far
            Au 0 9.0 0
            Au 0 0.0 0
            2
            Properties=species:S:1:pos:R:3 pbc="F F F" kind=near
            Au 0 2.5 7
            Au 0 0.0 7
            """.stripIndent()

        when:
        def export = run('export', '--store', store, '--output', folder.resolve('out.xyz'), '--structures', asked)
        def found = ExtendedXyz.read(folder.resolve('out.xyz'))
        def original = ExtendedXyz.read(labelled)[1].label()

        then:
        export.code == 0
        export.out == "1 of 2 structures have a label\n1 labels in ${folder.resolve('out.xyz')}\n"
        found.size() == 1
        found[0].info().kind == 'near'
        found[0].info().level == 'gupta-cleri-rosato-1993'
        Math.abs(found[0].label().energy() - original.energy()) < 1e-9
        Math.abs(found[0].label().forces()[1] - original.forces()[0]) < 1e-6 || Math.abs(found[0].label().forces()[1] + original.forces()[0]) < 1e-6
        found[0].label().forces()[1] != 0

        when: 'another level has them too'
        run('import', '--store', store, '--files', dimers('other.xyz', 'another-model', [2.5d]))
        def torn = run('export', '--store', store, '--output', folder.resolve('torn.xyz'), '--structures', asked)
        def chosen = run('export', '--store', store, '--output', folder.resolve('chosen.xyz'), '--structures', asked, '--level', 'another-model')

        then:
        torn.code == 1
        torn.err.contains('asked.xyz, structure 2: has labels of several levels of theory; choose one with --level: another-model gupta-cleri-rosato-1993')
        !folder.resolve('torn.xyz').toFile().exists()
        ExtendedXyz.read(folder.resolve('chosen.xyz'))[0].info().level == 'another-model'
    }

    static String folderOf(String token) {
        java.security.MessageDigest.getInstance('SHA-256').digest(cupel.reference.Level.parse(token).canonical().bytes).encodeHex().toString().substring(0, 16)
    }

    def "verify names a damaged label and what to do, list and export leave it out and say so"() {
        given:
        run('import', '--store', store, '--files', dimers('a.xyz', 'gupta', [2.4d, 2.5d]))
        def label = []
        store.toFile().eachFileRecurse { if (it.name.endsWith('.xyz')) { label << it } }
        label.sort()[0].text = label[0].text.replace('REF_energy=-', 'REF_energy=')
        store.resolve('.tmp-1-1-x').toFile().text = 'half'

        when:
        def verify = run('verify', '--store', store)
        def list = run('list', '--store', store)
        def export = run('export', '--store', store, '--output', folder.resolve('out.xyz'))

        then:
        verify.code == 1
        verify.out.contains("removed: ${store.resolve('.tmp-1-1-x')}")
        verify.out.contains('1 labels and 0 records of failures of 1 levels of theory are whole; 1 problems')
        verify.err.contains("${label[0]}: does not agree with its checksum: damaged, cut short or edited; never served as a label; delete it")
        list.code == 0
        list.out.contains("damaged: ${label[0]}")
        export.code == 1
        export.err.contains('1 files of the store were left out')
        ExtendedXyz.read(folder.resolve('out.xyz')).size() == 1
    }

    def "one file that cannot be read does not keep the others out"() {
        given:
        def bad = folder.resolve('bad.xyz')
        bad.toFile().text = '2\n\nAu 0 0 0\n'

        when:
        def result = run('import', '--store', store, '--level', 'gupta', '--files', bad, dimers('a.xyz', 'gupta', [2.4d]))

        then:
        result.code == 1
        result.out.contains('1 labels added')
        result.err.contains('1 files were not imported:\n' + bad)
    }

    def "makes no sense of #words"() {
        when:
        def result = run(*words)

        then:
        result.code == code
        result.err.contains(message)

        where:
        words                                                                     | code | message
        []                                                                        | 2    | 'label store: needs a subcommand: import, list, verify, export'
        ['lst']                                                                   | 2    | 'unknown subcommand: lst; did you mean list?'
        ['list']                                                                  | 2    | 'label store list: missing option: --store'
        ['list', '--store', 'target/no-store']                              | 1    | 'target/no-store: is not a label store'
        ['verify', '--store', 'target/no-store']                            | 1    | 'target/no-store: is not a label store: no such folder'
        ['import', '--store', 'x', '--files', 'a', '--level', 'a=b=c']      | 2    | "--level must be a level of theory: illegal value of a in a level: 'b=c'"
        ['import', '--store', 'x', '--files', 'a', '--units', 'rydberg']    | 2    | 'must be ev-angstrom or hartree-bohr, is rydberg'
        ['import', '--store', 'x', '--files', 'a', '--max-force', '0']      | 2    | 'must be a number above 0'
    }

    def "export of a level that is not there names those that are"() {
        given:
        run('import', '--store', store, '--files', dimers('a.xyz', 'gupta', [2.4d]))

        expect:
        with(run('export', '--store', store, '--output', folder.resolve('o.xyz'), '--level', 'xtb')) {
            code == 1
            err.contains('has no labels of the level xtb; there are: gupta')
        }
        !Files.exists(folder.resolve('o.xyz'))
    }
}
