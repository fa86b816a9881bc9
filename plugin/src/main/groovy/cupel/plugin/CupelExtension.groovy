package cupel.plugin

import FeedbackLoop
import groovy.transform.CompileDynamic
import groovy.transform.CompileStatic
import groovyx.gpars.dataflow.DataflowReadChannel
import groovyx.gpars.dataflow.DataflowWriteChannel
import java.nio.file.Path
import nextflow.Channel
import nextflow.Nextflow
import nextflow.Session
import nextflow.extension.CH
import nextflow.extension.DataflowHelper
import nextflow.extension.OpCall
import nextflow.plugin.extension.Factory
import nextflow.plugin.extension.Operator
import nextflow.plugin.extension.PluginExtensionPoint

/**
 * All that the plugin offers to a pipeline.
 *
 * <pre>
 *   ch_items = ch_starts.feedbackLoop()     // each item comes in once,
 *   PASS(ch_items)
 *   PASS.out.unfinished.goRound(ch_items)   // goes round by itself, as often as it has to,
 *   PASS.out.finished.leave(ch_items)       // and leaves. When all have left, ch_items closes.
 *
 *   channel.fromExtXyz('pool.xyz')          // [map of what a frame is, its text], one for each frame
 *   ch_files.splitExtXyz()                  // the same of a channel of files
 * </pre>
 *
 * In Groovy, and with no closure among the arguments: a class without a package is not to be named in Java, and Nextflow's strict parser
 * has no closures that hold a part of a workflow.
 */
@CompileStatic
class CupelExtension extends PluginExtensionPoint {

    /** Each loop by the channel that goes round in it. */
    private final Map<Object, FeedbackLoop> loops = Collections.synchronizedMap(new IdentityHashMap<Object, FeedbackLoop>())

    private Session session

    @Override
    protected void init(Session session) {
        this.session = session
    }

    /**
     * A channel of what goes round: the elements of this channel, and, by {@link #goRound}, what the processes that read it give out. It
     * closes when all that came in have left.
     */
    @Operator
    DataflowWriteChannel feedbackLoop(DataflowReadChannel source) {
        FeedbackLoop loop = new FeedbackLoop()
        loops[loop.items()] = loop
        loop.enter(source)
        return loop.items()
    }

    /**
     * All elements of this channel go round once more.
     *
     * @param items the channel that {@link #feedbackLoop} gave
     */
    @Operator
    void goRound(DataflowReadChannel source, DataflowReadChannel items) {
        loopOf(items, 'goRound').goRound(source)
    }

    /**
     * Each element of this channel is an item that has left.
     *
     * @param items the channel that {@link #feedbackLoop} gave
     */
    @Operator
    void leave(DataflowReadChannel source, DataflowReadChannel items) {
        loopOf(items, 'leave').leave(source)
    }

    private FeedbackLoop loopOf(DataflowReadChannel items, String operator) {
        // An operator gets readers of the channels that it is called with; the channels themselves are in the call.
        FeedbackLoop loop = loops[OpCall.current.get().args[0]]
        if (loop == null) {
            throw new IllegalArgumentException("${operator}: its argument must be the channel that feedbackLoop() gave, and no other made from it")
        }
        // A reader that reads nothing would keep all items in memory.
        DataflowHelper.subscribeImpl(items, [onNext: { }] as Map<String, Closure>)
        return loop
    }

    /**
     * The frames of extended XYZ files, in their order; see {@link Frames#read} for what is in the map.
     *
     * @param paths a file, a pattern, or a list of these
     */
    @Factory
    DataflowWriteChannel fromExtXyz(Object paths) {
        DataflowWriteChannel source = CH.create()
        DataflowWriteChannel target = splitExtXyz(CH.getReadChannel(source))
        // When all that reads the channel is there.
        session.addIgniter {
            source.bind(paths)
            source.bind(Channel.STOP)
        }
        return target
    }

    /**
     * The frames of each file of this channel. A file becomes elements [map of what a frame is, its text]; [map, file], or [map, list of
     * files], the same with the map before it in the frame's.
     */
    @Operator
    DataflowWriteChannel splitExtXyz(DataflowReadChannel source) {
        DataflowWriteChannel target = CH.create()
        DataflowHelper.subscribeImpl(source, [
            onNext: { element -> split(element, target) },
            onComplete: { target.bind(Channel.STOP) },
        ] as Map<String, Closure>)
        return target
    }

    private static void split(Object element, DataflowWriteChannel target) {
        Map meta = [:]
        Object files = element
        if (element instanceof List && element.size() == 2 && element[0] instanceof Map) {
            meta = (Map) element[0]
            files = element[1]
        }
        filesOf(files).each { file -> Frames.read(file) { info, text -> target.bind([meta + info, text]) } }
    }

    private static List<Path> filesOf(Object paths) {
        List<Path> files = []
        for (path in (paths instanceof Collection ? paths : [paths])) {
            if (!(path instanceof Path || path instanceof CharSequence)) {
                throw new IllegalArgumentException("illegal item: ${path}, must be a path, or a map and a path: [map, path]")
            }
            Collection<Path> found = matching(path)
            if (!found) {
                throw new IllegalArgumentException("${path}: no file of this name")
            }
            // The order of a folder is that of the machine.
            files.addAll(found.sort(false) { Path file -> file.toString() })
        }
        return files
    }

    // Looked up when it runs: what Nextflow declares that it returns is another class in another version.
    @CompileDynamic
    private static Collection<Path> matching(Object path) {
        return Nextflow.files(path)
    }
}
