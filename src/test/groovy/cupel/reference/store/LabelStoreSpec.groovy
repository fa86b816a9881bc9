package cupel.reference.store

import static cupel.reference.store.Shapes.*

import cupel.reference.LabelFailure
import cupel.reference.Level
import cupel.structure.Cell
import cupel.structure.ContentHash
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

class LabelStoreSpec extends Specification {

    static final LEVEL = Level.parse('engine=test,version=1,functional=LDA')

    @TempDir
    Path folder

    LabelStore store

    def setup() {
        store = LabelStore.create(folder)
    }

    List<Path> files(String suffix = '.xyz') {
        def found = []
        folder.toFile().eachFileRecurse { if (it.name.endsWith(suffix)) { found << it.toPath() } }
        found.sort()
    }

    def "gives the very same numbers for the very same structure"() {
        given:
        def labelled = labelled(cluster(9, seeded(1), [79, 29])).withInfo('engine', 'test').withInfo('engine_version', '1')
            .withInfo('level', LEVEL.toString())
        def asked = Structure.of(labelled.atomicNumbers(), labelled.positions(), Cell.NONE).withInfo('sid', 'h_x').withInfo('generation', 3)

        when:
        store.add(LEVEL, labelled, 12.5d)
        def found = LabelStore.open(folder).lookUp(LEVEL, asked).get()

        then:
        found.exact()
        found.deviation() == 0
        found.id() == ContentHash.of(asked)
        found.structure().info() == [sid: 'h_x', generation: 3L, engine: 'test', engine_version: '1', level: LEVEL.toString()]
        found.structure().positions() == asked.positions()
        ExtendedXyz.format(found.structure().withInfo('sid', null).withInfo('generation', null)) == ExtendedXyz.format(labelled)
    }

    def "gives the label of an equivalent structure turned to the asked orientation"() {
        given:
        def random = seeded(2)
        def known = labelled(cluster(12, random))
        store.add(LEVEL, known, Double.NaN)
        def asked = labelled(moved(known, random, true))

        when:
        def found = store.lookUp(LEVEL, asked.withLabel(null)).get()

        then:
        !found.exact()
        found.deviation() < 1e-7d
        Math.abs(found.structure().label().energy() - asked.label().energy()) < 1e-9d
        largest(found.structure().label().forces(), asked.label().forces()) < 1e-6d
        found.structure().positions() == asked.positions()
    }

    def "keeps the stress of a periodic structure and turns it"() {
        given:
        def random = seeded(3)
        def known = labelled(crystal(5, random, [79], [5, 0, 0, 1, 6, 0, 0, 1, 5.5] as double[]))
        def asked = labelled(moved(known, random, false))
        store.add(LEVEL, known, Double.NaN)

        expect:
        largest(store.find(LEVEL, asked).get().label().stress(), asked.label().stress()) < 1e-7d
        largest(store.find(LEVEL, asked).get().label().forces(), asked.label().forces()) < 1e-6d
    }

    def "prefers the exact entry, then the nearest, whatever the order in which they came"() {
        given: 'three forms so near to each other that each would do for the others'
        def base = labelled(cluster(8, seeded(4)))
        def forms = [0d, 4e-4d, 8e-4d].collect { shifted(base, 4, it).withLabel(new Label(-1 - it * 1e4, base.label().forces())) }

        expect: 'written as by three who did not know of each other'
        [[0, 1, 2], [2, 1, 0], [1, 0, 2]].eachWithIndex { order, k ->
            def dir = folder.resolve("s$k")
            order.each { i ->
                def own = LabelStore.create(dir.resolve("$i"))
                assert own.add(LEVEL, forms[i], Double.NaN)
                copy(dir.resolve("$i"), dir.resolve('all'))
            }
            def all = LabelStore.open(dir.resolve('all'))
            assert all.entries().size() == 3
            (0..2).each { assert all.find(LEVEL, forms[it]).get().label().energy() == forms[it].label().energy() }
            def near = all.lookUp(LEVEL, shifted(base, 4, 7e-4d)).get()
            assert !near.exact()
            assert near.structure().label().energy() == forms[2].label().energy()
        } != null
    }

    static void copy(Path from, Path to) {
        from.toFile().eachFileRecurse { file ->
            def target = to.resolve(from.relativize(file.toPath()).toString())
            if (file.directory) {
                Files.createDirectories(target)
            } else {
                Files.createDirectories(target.parent)
                target.toFile().bytes = file.bytes
            }
        }
    }

    def "the first label of a structure stays"() {
        given:
        def first = line([0d, 2.5d]).withLabel(new Label(-1, [1, 0, 0, -1, 0, 0] as double[]))
        def second = moved(first, seeded(5), false).withLabel(new Label(-2, new double[6]))

        expect:
        store.add(LEVEL, first, 1)
        !store.add(LEVEL, second, 1)
        !store.add(LEVEL, first.withLabel(new Label(-3, new double[6])), 1)
        store.find(LEVEL, second).get().label().energy() == -1
        files().size() == 1
    }

    def "levels are kept apart, and those of other elements' data files do not matter"() {
        given:
        def both = Level.parse('engine=a,data.Au.x=1,data.Cu.x=2')
        def dimer = line([0d, 2.5d]).withLabel(new Label(-1, new double[6]))

        when:
        store.add(both, dimer, 1)

        then:
        store.find(Level.parse('data.Au.x=1,engine=a'), dimer).present
        store.find(Level.parse('engine=a,data.Au.x=1,data.Ag.x=7'), dimer).get().info().level == 'engine=a,data.Au.x=1'
        !store.find(Level.parse('engine=a'), dimer).present
        !store.find(Level.parse('engine=a,data.Au.x=3'), dimer).present
        !store.find(Level.parse('gupta-cleri-rosato-1993'), dimer).present
        store.levels() == [Level.parse('engine=a,data.Au.x=1')]
    }

    def "its folders are named as documented"() {
        given:
        store.add(Level.parse('gfn1-xtb-300K'), cluster(5, seeded(6), [79, 29]).withLabel(new Label(-1, new double[15])), 2)

        expect:
        def entry = files()[0]
        folder.relativize(entry).toString() == "30b3ed057c7fbba9/Au3Cu2/${store.entries()[0].id()}.xyz"
        entry.parent.resolveSibling('level.txt').toFile().text == 'gfn1-xtb-300K\n'
        new groovy.json.JsonSlurper().parse(folder.resolve('store.json').toFile()) == [format: 'cupel-label-store', version: 1]
        entry.toFile().readLines()[1] =~ / level=gfn1-xtb-300K seconds=2\.0 checksum=sha256_[0-9a-f]{64}$/
    }

    def "the same labels make the same bytes"() {
        given:
        def labels = (0..<5).collect { labelled(cluster(6 + it % 2, seeded(60 + it))) }

        when:
        def trees = [labels, labels.reverse()].withIndex().collect { list, k ->
            def other = LabelStore.create(folder.resolve("t$k"))
            list.each { other.add(LEVEL, it, 3) }
            def tree = [:]
            folder.resolve("t$k").toFile().eachFileRecurse { if (it.file) { tree[it.path - "t$k"] = it.text } }
            [tree, other.entries()*.id()]
        }

        then:
        trees[0] == trees[1]
    }

    def "a damaged entry is named, never served, and replaced by the next label of its structure: #how"() {
        given:
        def labelled = labelled(cluster(7, seeded(7)))
        store.add(LEVEL, labelled, 1)
        def file = files()[0]
        def whole = file.toFile().text

        when:
        file.toFile().text = damage(whole)
        def fresh = LabelStore.open(folder)

        then:
        !fresh.find(LEVEL, labelled).present
        !fresh.find(LEVEL, moved(labelled, seeded(8), true)).present
        fresh.entries().isEmpty()
        fresh.problems()*.file() == [file]
        fresh.problems()[0].what().contains(message)
        StoreCheck.of(folder).problems()*.what() == fresh.problems()*.what()

        when:
        fresh.add(LEVEL, labelled, 1)

        then:
        fresh.problems().isEmpty()
        file.toFile().text == whole
        fresh.find(LEVEL, labelled).get().label().energy() == ExtendedXyz.read(file)[0].label().energy()

        where:
        how                   | damage                                               | message
        'empty'               | { '' }                                               | 'cut short'
        'cut in the middle'   | { it.substring(0, it.length().intdiv(2)) }           | 'does not agree with its checksum'
        'last letter missing' | { it.substring(0, it.length() - 1) }                 | 'does not agree with its checksum'
        'cut in line 2'       | { it.substring(0, it.indexOf('\n', 4) - 30) }        | 'cut short'
        'one digit changed'   | { it.replaceFirst(/REF_energy=-(\d)/) { "REF_energy=-${(it[1] as int) ^ 1}" } } | 'does not agree with its checksum'
        'without checksum'    | { it.replaceFirst(/ checksum=\w+/, '') }             | 'has no checksum'
        'something else'      | { 'hello\nworld\n' }                                 | 'has no checksum'
        'a second frame'      | { it + it }                                          | 'does not agree with its checksum'
    }

    def "every flipped bit is found"() {
        given:
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-1.25, [0.5, 0, 0, -0.5, 0, 0] as double[])), 1)
        def file = files()[0]
        def whole = file.toFile().bytes

        expect:
        (0..<whole.length).every { i ->
            def bytes = whole.clone()
            bytes[i] = (byte) (bytes[i] ^ (1 << (i % 7)))
            file.toFile().bytes = bytes
            try {
                Entry.read(file, LEVEL)
                false
            } catch (InputException e) {
                true
            }
        }
    }

    def "an entry that was renamed or put elsewhere is not served"() {
        given:
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-1, new double[6])), 1)
        def file = files()[0]
        def target = move(file)
        Files.createDirectories(target.parent)
        Files.move(file, target)

        expect:
        def report = StoreCheck.of(folder)
        report.labels() == 0
        report.problems().any { it.what().contains(message) }
        !LabelStore.open(folder).find(LEVEL, line([0d, 2.5d])).present

        where:
        move                                                    | message
        ({ Path p -> p.resolveSibling('h_0011223344556677.xyz') }) | 'is the label of another structure'
        ({ Path p -> p.parent.resolveSibling('Au3').resolve(p.fileName) }) | 'has the composition Au2'
    }

    def "a label without forces, and seconds that cannot be, are refused"() {
        when:
        store.add(LEVEL, line([0d, 2.5d]).withLabel(label), seconds)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        label                              | seconds | message
        null                               | 1d      | 'illegal label'
        new Label(-1, null)                | 1d      | 'illegal label'
        new Label(-1, new double[6])       | -1d     | 'illegal seconds'
        new Label(-1, new double[6])       | Double.POSITIVE_INFINITY | 'illegal seconds'
    }

    def "tells what labels of each size cost"() {
        given:
        [[4, 10d], [4, 12d], [5, 20d], [6, Double.NaN]].eachWithIndex { it, i ->
            store.add(LEVEL, labelled(cluster(it[0], seeded(90 + i))), it[1])
        }

        expect:
        store.secondsBySize(LEVEL).collectEntries { k, v -> [k, v.sort()] } == [4: [10d, 12d], 5: [20d]]
        store.secondsBySize(Level.parse('other')).isEmpty()
        store.entries(LEVEL)*.structure()*.size() == [4, 4, 5, 6]
    }

    def "will not make a store of a folder with other things in it, nor open what is none"() {
        when:
        action(folder.resolve('other'))

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        action                                                                                             | message
        ({ Path p -> LabelStore.open(p) })                                                                 | 'is not a label store: it has no store.json'
        ({ Path p -> Files.createDirectories(p); p.resolve('a.txt').toFile().text = ''; LabelStore.create(p) }) | 'is not empty: holds a.txt'
        ({ Path p -> Files.createDirectories(p); p.resolve('store.json').toFile().text = '{'; LabelStore.open(p) }) | 'is not JSON; if this is one, put these lines'
        ({ Path p -> Files.createDirectories(p); p.resolve('store.json').toFile().text = '{"format":"x"}'; LabelStore.open(p) }) | 'format must be cupel-label-store'
        ({ Path p -> Files.createDirectories(p); p.resolve('store.json').toFile().text = '{"format":"cupel-label-store","version":2}'; LabelStore.open(p) }) | 'of version 2, this program reads version 1'
        ({ Path p -> p.toFile().text = 'a file'; LabelStore.create(p) })                                   | 'cannot be made into a label store'
    }

    def "a place that cannot be written is named, and what was there stays"() {
        given: 'a file where the folder of a composition would be'
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-1, new double[6])), 1)
        def inTheWay = files()[0].parent.resolveSibling('Au3')
        inTheWay.toFile().text = 'not a folder'

        when:
        store.add(LEVEL, line([0d, 2.5d, 5d]).withLabel(new Label(-1, new double[9])), 1)

        then:
        def e = thrown(InputException)
        e.message.contains('Au3')
        e.message.contains('cannot be written')
        store.find(LEVEL, line([0d, 2.5d])).present
        files().size() == 1
        files('').findAll { it.fileName.toString().startsWith('.tmp-') }.isEmpty()
    }

    def "many threads with stores of their own add at once, half of them the same structures"() {
        given:
        def pool = Executors.newFixedThreadPool(6)

        when:
        def added = pool.invokeAll((0..<6).collect { t ->
            { ->
                def own = LabelStore.create(folder.resolve('shared'))
                (0..<30).collect { i ->
                    int number = (t.intdiv(2)) * 30 + i
                    own.add(StoreWriter.LEVEL, StoreWriter.dimer(number), 1) ? 1 : 0
                }.sum()
            } as Callable
        })*.get()
        pool.shutdown()
        def shared = LabelStore.open(folder.resolve('shared'))

        then: 'each once'
        added.sum() == 90
        shared.entries().size() == 90
        (0..<90).every { shared.find(StoreWriter.LEVEL, StoreWriter.dimer(it)).get().label().energy() == -1 - it }
        with(StoreCheck.of(folder.resolve('shared'))) {
            labels() == 90
            problems().isEmpty()
            removed().isEmpty() && kept().isEmpty()
        }
    }

    def "a store sees what another one adds after it was opened"() {
        given:
        def reader = LabelStore.open(folder)
        def dimer = line([0d, 2.5d]).withLabel(new Label(-1, new double[6]))

        expect:
        !reader.find(LEVEL, dimer).present
        store.add(LEVEL, dimer, 1)
        reader.find(LEVEL, dimer).present
        Files.delete(files()[0]) == null
        !reader.find(LEVEL, dimer).present
    }

    def "two programs add at once"() {
        given:
        def shared = folder.resolve('shared')
        def programs = [StoreWriter.start(shared, 0, 60), StoreWriter.start(shared, 30, 60)]

        expect:
        programs.every { it.waitFor(60, TimeUnit.SECONDS) && it.exitValue() == 0 }
        def store = LabelStore.open(shared)
        store.entries().size() == 90
        (0..<90).every { store.find(StoreWriter.LEVEL, StoreWriter.dimer(it)).get().label().energy() == -1 - it }
        StoreCheck.of(shared).problems().isEmpty()
    }

    def "a program that is killed while it writes leaves what it wrote, and nothing that could pass for a label"() {
        given:
        def random = seeded(77)
        def shared = folder.resolve('shared')

        when: 'killed after some labels, at a moment that is never the same'
        def safe = StoreWriter.killed(shared, 3) { 3 + random.nextInt(40) }
        def report = StoreCheck.of(shared)

        then: 'all that it said was safe is there'
        report.problems().isEmpty()
        report.labels() >= safe.size()
        report.labels() <= safe.size() + 3
        def store = LabelStore.open(shared)
        safe.every { store.find(StoreWriter.LEVEL, StoreWriter.dimer(it)).get().label().energy() == -1 - it }
        store.problems().isEmpty()

        and: 'a second check finds nothing to remove'
        StoreCheck.of(shared).removed().isEmpty()
    }

    def "leftovers of a killed writer are ignored and removed, a file that is being written is left alone"() {
        given:
        store.add(LEVEL, line([0d, 2.5d]).withLabel(new Label(-1, new double[6])), 1)
        def shelf = files()[0].parent
        def leftovers = [shelf, shelf.parent, folder].collect { it.resolve('.tmp-123-1-h_00.xyz') }
        leftovers.each { it.toFile().text = '2\nhalf a la' }
        def busy = shelf.resolve('.tmp-123-2-h_00.xyz')
        def channel = java.nio.channels.FileChannel.open(busy, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)
        channel.lock()

        expect:
        LabelStore.open(folder).entries().size() == 1

        when:
        def report = StoreCheck.of(folder)

        then:
        report.removed().toSorted() == leftovers.toSorted()
        report.kept() == [busy]
        report.problems().isEmpty()
        !leftovers.any { Files.exists(it) }
        Files.exists(busy)

        cleanup:
        channel?.close()
    }

    // failures

    def failed(structure) {
        new LabelFailure(LabelFailure.Kind.NOT_CONVERGED, 'did not converge in 3 steps', 'step 1 | step 2 | step 3').record(structure)
            .withInfo('engine', 'test').withInfo('engine_version', '1').withInfo('level', LEVEL.toString()).withInfo('rungs_tried', 2)
    }

    def "a calculation that failed is found again with the same settings, with the same notes, by another who opens the store"() {
        given:
        def structure = cluster(6, seeded(31))

        when:
        store.addFailure(LEVEL, failed(structure.withInfo('sid', 'a').withInfo('campaign', 'one')), '{"steps":3}')
        def found = LabelStore.open(folder).findFailure(LEVEL, structure.withInfo('sid', 'b'), '{"steps":3}').get()

        then: 'and the notes of who asked'
        found.label() == null
        found.info() == [sid: 'b', engine: 'test', engine_version: '1', level: LEVEL.toString(), failure: 'not_converged',
                         reason: 'did not converge in 3 steps', log: 'step 1 | step 2 | step 3', rungs_tried: 2L]
        found.positions() == structure.positions()

        and: 'no label, and with other settings, at another level, or of other positions nothing at all'
        !store.find(LEVEL, structure).present
        store.entries().isEmpty()
        !store.findFailure(LEVEL, structure, '{"steps":300}').present
        !store.findFailure(Level.parse('engine=test,version=2,functional=LDA'), structure, '{"steps":3}').present
        !store.findFailure(LEVEL, cluster(6, seeded(32)), '{"steps":3}').present
        StoreCheck.of(folder).problems().isEmpty()
        StoreCheck.of(folder).failures() == 1
    }

    def "a record of a failure that is damaged counts as none, is named, and is replaced: #how"() {
        given:
        def record = failed(cluster(6, seeded(33)))
        store.addFailure(LEVEL, record, 'settings')
        def file = files()[0]
        def whole = file.toFile().text

        when:
        file.toFile().text = damage(whole)
        def fresh = LabelStore.open(folder)

        then:
        !fresh.findFailure(LEVEL, record, 'settings').present
        fresh.problems()*.file() == [file]
        fresh.problems()[0].what().contains(message)

        when:
        fresh.addFailure(LEVEL, record, 'settings')

        then:
        file.toFile().text == whole
        fresh.findFailure(LEVEL, record, 'settings').present

        where:
        how                 | damage                                            | message
        'empty'             | { '' }                                            | 'cut short'
        'cut in the middle' | { it.substring(0, it.length().intdiv(2)) }        | 'cut short'
        'a word changed'    | { it.replace('not_converged', 'unphysical') }     | 'does not agree with its checksum'
    }

    def "a label of a structure that failed once is found beside its failure, and the failure stays"() {
        given:
        def structure = labelled(cluster(6, seeded(34)))
        store.addFailure(LEVEL, failed(structure), 'settings')

        expect:
        store.add(LEVEL, structure, 1)
        store.find(LEVEL, structure).present
        store.findFailure(LEVEL, structure, 'settings').present
        store.entries().size() == 1
        StoreCheck.of(folder).problems().isEmpty()
    }
}
