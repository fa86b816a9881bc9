import groovyx.gpars.dataflow.DataflowWriteChannel
import java.util.concurrent.atomic.AtomicInteger
import nextflow.Channel
import nextflow.extension.CH
import nextflow.extension.DataflowHelper

/**
 * A channel that is fed with what comes out of the processes that read it: the way back of a loop.
 *
 * <pre>
 *   def loop = new FeedbackLoop()
 *   loop.enter(ch_starts)                    // each item comes in once,
 *   PASS(loop.items())
 *   loop.goRound(PASS.out.unfinished)        // goes round by itself, as often as it has to, waiting for no other,
 *   loop.leave(PASS.out.finished)            // and leaves. When all that came in have left, the channel closes.
 * </pre>
 *
 * An item must come out of each pass exactly once, to go round or to leave: one that is lost keeps the channel open, and one that comes
 * out twice closes it too early.
 *
 * <p>Nextflow's own recurse makes every item wait for the slowest one, and hangs when something inside collects.
 */
class FeedbackLoop {

    private final DataflowWriteChannel queue = CH.create()

    /** Items inside, and entrances that are still open. */
    private final AtomicInteger open = new AtomicInteger()

    /** What goes round, one element for each item and pass. */
    DataflowWriteChannel items() {
        return queue
    }

    /** All elements of a channel come in. */
    void enter(source) {
        open.incrementAndGet()
        subscribe(source, [
            onNext: { element ->
                open.incrementAndGet()
                queue.bind(element)
            },
            onComplete: { closeOne() },
        ])
    }

    /** All elements of a channel go round once more. The end of that channel does not end the loop. */
    void goRound(source) {
        subscribe(source, [onNext: { element -> queue.bind(element) }])
    }

    /** Each element of a channel is an item that has left. */
    void leave(source) {
        subscribe(source, [onNext: { closeOne() }])
    }

    private void closeOne() {
        if (open.decrementAndGet() == 0) {
            queue.bind(Channel.STOP)
        }
    }

    private static void subscribe(source, Map<String, Closure> events) {
        DataflowHelper.subscribeImpl(CH.getReadChannel(source), events)
    }
}
