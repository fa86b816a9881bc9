package cupel.reference.store

import static cupel.reference.store.Shapes.*

import cupel.reference.Level
import cupel.structure.Label
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What takes longer: many labels, and many kills. */
class LabelStorePhysicsSpec extends Specification {

    static final LEVEL = Level.parse('engine=test,version=1,functional=LDA')

    @TempDir
    Path folder

    def "a program that is killed forty times while it writes leaves what it wrote, and nothing that could pass for a label"() {
        given:
        def random = seeded(77)
        def shared = folder.resolve('shared')

        when: 'killed after some labels, at a moment that is never the same'
        def safe = StoreWriter.killed(shared, 40) { 1 + random.nextInt(120) }
        def report = StoreCheck.of(shared)

        then: 'all that it said was safe is there'
        report.problems().isEmpty()
        report.labels() >= safe.size()
        report.labels() <= safe.size() + 40
        def store = LabelStore.open(shared)
        safe.every { store.find(StoreWriter.LEVEL, StoreWriter.dimer(it)).get().label().energy() == -1 - it }
        store.problems().isEmpty()

        and: 'a second check finds nothing to remove'
        StoreCheck.of(shared).removed().isEmpty()
    }

    def "two thousand labels of one composition are looked through in a few seconds"() {
        given:
        def random = seeded(99)
        def base = cluster(13, random)
        def labels = (0..<2000).collect {
            def x = base.positions()
            for (int k = 0; k < x.length; k++) {
                x[k] += 0.1d * normal(random)
            }
            base.withPositions(x).withLabel(new Label(-1 - it, new double[39]))
        }
        def store = LabelStore.create(folder)
        def shelf = folder.resolve(LabelStore.folderName(LEVEL)).resolve('Au13')
        Files.createDirectories(shelf)
        shelf.resolveSibling('level.txt').toFile().text = LEVEL.canonical() + '\n'
        labels.each {
            def entry = Entry.of(LEVEL, it, 1, shelf)
            entry.file().toFile().text = entry.text()
        }
        def asked = (0..<60).collect { moved(labels[33 * it], random, it % 2 == 1) }
        def start = System.nanoTime()

        when:
        def energies = asked.collect { store.find(LEVEL, it).get().label().energy() }
        def seconds = (System.nanoTime() - start) / 1e9d
        println("60 lookups among 2000 labels of Au13: $seconds s")

        then:
        energies == (0..<60).collect { -1 - 33d * it }
        seconds < 20
    }
}
