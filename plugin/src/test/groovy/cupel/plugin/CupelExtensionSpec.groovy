package cupel.plugin

import groovyx.gpars.dataflow.DataflowReadChannel
import groovyx.gpars.dataflow.DataflowWriteChannel
import java.nio.file.Files
import java.nio.file.Path
import nextflow.Channel
import nextflow.NextflowMeta
import nextflow.extension.CH
import nextflow.extension.DataflowHelper
import nextflow.extension.OpCall
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

@Timeout(20)
class CupelExtensionSpec extends Specification {

    def extension = new CupelExtension()

    @TempDir
    Path folder

    def setupSpec() {
        // As for every script: channels that have several readers.
        NextflowMeta.instance.enableDsl2()
    }

    /** Calls an operator as Nextflow does. */
    def call(Object source, String operator, Object... arguments) {
        return new OpCall(extension, source, operator, arguments).call()
    }

    static void fill(DataflowWriteChannel channel, List elements) {
        elements.each { channel.bind(it) }
        channel.bind(Channel.STOP)
    }

    static List all(DataflowReadChannel source) {
        List elements = []
        for (def next = source.getVal(); !next.is(Channel.STOP); next = source.getVal()) {
            elements << next
        }
        return elements
    }

    def "a loop closes when all have left, whatever rounds each takes: #rounds"() {
        given:
        def starts = CH.create()
        def items = call(starts, 'feedbackLoop')
        def seen = CH.getReadChannel(items)
        def unfinished = CH.create()
        def finished = CH.create()
        call(unfinished, 'goRound', items)
        call(finished, 'leave', items)
        DataflowHelper.subscribeImpl(CH.getReadChannel(items), [onNext: { item ->
            item.round < item.rounds ? unfinished.bind(item + [round: item.round + 1]) : finished.bind(item)
        }])

        when:
        fill(starts, rounds.collect { [round: 1, rounds: it] })

        then:
        all(seen).countBy { it.rounds } == rounds.countBy { it }.collectEntries { needed, count -> [needed, needed * count] }

        where:
        rounds << [[1, 3, 7], [1], [2, 2, 2, 50], []]
    }

    def "a value channel comes in as one item"() {
        given:
        def start = CH.value()
        def items = call(start, 'feedbackLoop')
        def seen = CH.getReadChannel(items)
        call(items, 'leave', items)

        when:
        start.bind('it')

        then:
        all(seen) == ['it']
    }

    def "#operator says that its argument is not a loop's channel"() {
        when:
        call(CH.create(), operator, CH.create())

        then:
        def error = thrown(IllegalArgumentException)
        error.message == "$operator: its argument must be the channel that feedbackLoop() gave, and no other made from it"

        where:
        operator << ['goRound', 'leave']
    }

    def "splits paths, names, and both with a map before them"() {
        given:
        def one = Files.writeString(folder.resolve('one.xyz'), '1\n\nHe 0 0 0\n')
        def two = Files.writeString(folder.resolve('two.xyz'), '1\n\nHe 0 0 0\n1\n\nNe 0 0 0\n')
        def source = CH.create()
        def frames = CH.getReadChannel(call(source, 'splitExtXyz'))

        when:
        fill(source, [one, two.toString(), [[id: 'a'], two], [[id: 'b'], [two, one]], "${folder}/*.xyz".toString()])

        then:
        all(frames).collect { info, text -> [info.id, info.file, info.frame, text] } == [
            [null, 'one.xyz', 1, '1\n\nHe 0 0 0\n'],
            [null, 'two.xyz', 1, '1\n\nHe 0 0 0\n'], [null, 'two.xyz', 2, '1\n\nNe 0 0 0\n'],
            ['a', 'two.xyz', 1, '1\n\nHe 0 0 0\n'], ['a', 'two.xyz', 2, '1\n\nNe 0 0 0\n'],
            ['b', 'two.xyz', 1, '1\n\nHe 0 0 0\n'], ['b', 'two.xyz', 2, '1\n\nNe 0 0 0\n'], ['b', 'one.xyz', 1, '1\n\nHe 0 0 0\n'],
            [null, 'one.xyz', 1, '1\n\nHe 0 0 0\n'], [null, 'two.xyz', 1, '1\n\nHe 0 0 0\n'], [null, 'two.xyz', 2, '1\n\nNe 0 0 0\n'],
        ]
    }

    def "refuses #what"() {
        when:
        CupelExtension.filesOf(item instanceof Closure ? item(folder) : item)

        then:
        def error = thrown(IllegalArgumentException)
        error.message.contains(message)

        where:
        what                | item                       || message
        'a number'          | 7                          || 'illegal item: 7, must be a path, or a map and a path: [map, path]'
        'nothing'           | null                       || 'illegal item: null'
        'an empty pattern'  | { "$it/*.cif".toString() } || '*.cif: no file of this name'
    }
}
