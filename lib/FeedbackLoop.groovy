import groovyx.gpars.dataflow.DataflowWriteChannel
import java.util.concurrent.atomic.AtomicInteger
import nextflow.Channel
import nextflow.extension.CH
import nextflow.extension.DataflowHelper

/**
 * The way back of an active-learning loop: a channel that the loop reads from and that is fed with what the loop
 * itself gives out.
 *
 * <pre>
 *   def loop = new FeedbackLoop(2)           // two campaigns
 *   loop.feed(ch_starts)                     // each comes in once,
 *   PASS(loop.campaigns())
 *   loop.feed(PASS.out.unfinished)           // goes round by itself, waiting for nobody,
 *   loop.release(PASS.out.finished)          // and leaves; when the last one has left, the channel closes
 * </pre>
 *
 * Nextflow's own recurse makes every campaign wait for the slowest one, and hangs when something inside collects.
 */
class FeedbackLoop {

    private final DataflowWriteChannel queue = CH.create()
    private final AtomicInteger active

    /** @param campaigns how many will come in, at least 1 */
    FeedbackLoop(int campaigns) {
        if (campaigns < 1) {
            throw new IllegalArgumentException("illegal number of campaigns: ${campaigns}, must be at least 1")
        }
        active = new AtomicInteger(campaigns)
    }

    /** What goes round, one element for each campaign and pass. */
    DataflowWriteChannel campaigns() {
        return queue
    }

    /** Sends all elements of a channel round (again). The end of the channel does not end the loop. */
    void feed(source) {
        DataflowHelper.subscribeImpl(CH.getReadChannel(source), [onNext: { element -> queue.bind(element) }])
    }

    /** Each element of the channel is a campaign that has left; the last one closes the loop. */
    void release(source) {
        DataflowHelper.subscribeImpl(CH.getReadChannel(source), [onNext: { element ->
            if (active.decrementAndGet() == 0) {
                queue.bind(Channel.STOP)
            }
        }])
    }
}
