package cupel.reference.store

import static cupel.reference.store.Shapes.*

import cupel.reference.LabelFailure
import cupel.reference.Level
import cupel.structure.InputException
import cupel.structure.Label
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class StoreCheckSpec extends Specification {

    static final LEVEL = Level.parse('engine=test,functional=LDA')

    @TempDir
    Path folder

    Path shelf

    def setup() {
        def store = LabelStore.create(folder)
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-1, new double[6])), 1)
        store.add(LEVEL, line([0d, 2.6d]).withLabel(new Label(-1, new double[6])), 1)
        shelf = folder.resolve(LabelStore.folderName(LEVEL)).resolve('Au2')
    }

    def "a sound store has no problems"() {
        expect:
        with(StoreCheck.of(folder)) {
            levels() == 1
            labels() == 2
            problems().isEmpty()
        }
    }

    def "names #what and what to do"() {
        given:
        harm(folder, shelf)

        when:
        def problems = StoreCheck.of(folder).problems()

        then:
        problems.size() == 1
        problems[0].toString().contains(file)
        problems[0].toString().contains(message)

        where:
        what                      | harm                                                                        | file         | message
        'a level that is missing' | { f, s -> Files.delete(s.resolveSibling('level.txt')) }                     | 'level.txt'  | 'is missing; put this line into it: engine=test,functional=LDA'
        'a level that is damaged' | { f, s -> s.resolveSibling('level.txt').toFile().text = 'a=b' }             | 'level.txt'  | 'belongs in the folder'
        'a level that is empty'   | { f, s -> s.resolveSibling('level.txt').toFile().text = '' }                | 'level.txt'  | 'put this line into it'
        'a strange file'          | { f, s -> f.resolve('notes.txt').toFile().text = '' }                       | 'notes.txt'  | 'does not belong into a label store; move it elsewhere'
        'a strange folder'        | { f, s -> Files.createDirectories(s.resolveSibling('gold')) }               | 'gold'       | 'move it elsewhere'
        'a strange file inside'   | { f, s -> s.resolve('a.dat').toFile().text = '' }                           | 'a.dat'      | 'move it elsewhere'
        'a missing store.json'    | { f, s -> Files.delete(f.resolve('store.json')) }                           | 'store.json' | 'put these lines into it: { "format"'
        'a damaged store.json'    | { f, s -> f.resolve('store.json').toFile().text = '' }                      | 'store.json' | 'put these lines into it'
        'a damaged label'         | { f, s -> s.toFile().listFiles().sort()[0] << ' ' }                         | '.xyz'       | 'delete it, and the structure is computed again'
    }

    def "looks at the records of failures too"() {
        given:
        def store = LabelStore.open(folder)
        def failed = new LabelFailure(LabelFailure.Kind.NOT_CONVERGED, 'no', 'log').record(line([0d, 2.7d]))
        store.addFailure(LEVEL, failed, '{}')
        store.addFailure(LEVEL, failed, '{"more":1}')

        expect:
        with(StoreCheck.of(folder)) {
            labels() == 2
            failures() == 2
            problems().isEmpty()
        }
        store.findFailure(LEVEL, line([0d, 2.7d]), '{}').get().info().failure == 'not_converged'
        !store.findFailure(LEVEL, line([0d, 2.7d]), '{"other":1}').present
        !store.find(LEVEL, line([0d, 2.7d])).present

        when: 'one is damaged'
        def file = shelf.resolve('failures').toFile().listFiles().sort()[0]
        file.text = file.text.replace('failure=not_converged', 'failure=crashed')

        then:
        with(StoreCheck.of(folder)) {
            failures() == 1
            problems()*.file() == [file.toPath()]
            problems()[0].what().contains('does not agree with its checksum')
        }
        ['{}', '{"more":1}'].count { LabelStore.open(folder).findFailure(LEVEL, line([0d, 2.7d]), it).present } == 1

        when: 'it fails again'
        ['{}', '{"more":1}'].each {
            if (!store.findFailure(LEVEL, line([0d, 2.7d]), it).present) {
                store.addFailure(LEVEL, failed, it)
            }
        }

        then:
        StoreCheck.of(folder).problems().isEmpty()
        StoreCheck.of(folder).failures() == 2
    }

    def "names two labels of one structure that contradict each other"() {
        given: 'as if two had added them at once, one of them at another level'
        def other = moved(line([0d, 2.5d]), seeded(3), false).withLabel(new Label(-1.5d, new double[6]))
        def entry = Entry.of(LEVEL, other, 1, shelf)
        entry.file().toFile().text = entry.text()

        expect:
        with(StoreCheck.of(folder)) {
            labels() == 3
            problems().size() == 1
            problems()[0].what().contains('their energies differ by 250.0 meV per atom')
        }
    }

    def "what the problems say to do is enough"() {
        given:
        Files.delete(shelf.resolveSibling('level.txt'))
        Files.delete(folder.resolve('store.json'))
        shelf.toFile().listFiles().sort()[0].text = 'x'

        when:
        StoreCheck.of(folder).problems().each {
            def line = it.remedy() =~ /put th(?:is line|ese lines) into it: (.*)/
            if (line) {
                it.file().toFile().text = line[0][1] + '\n'
            } else {
                Files.delete(it.file())
            }
        }

        then:
        with(StoreCheck.of(folder)) {
            problems().isEmpty()
            labels() == 1
        }
        LabelStore.open(folder).entries().size() == 1
    }

    def "refuses #what"() {
        when:
        StoreCheck.of(path(folder))

        then:
        def e = thrown(InputException)
        e.message.contains('is not a label store')

        where:
        what               | path
        'no folder'        | { it.resolve('none') }
        'another folder'   | { Files.createDirectories(it.resolveSibling('other')) }
    }
}
