package cupel.descriptor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Numbered pieces of work on several threads. Who does which piece is left to chance, so a piece must neither depend on another
 * one nor write where another one does.
 */
public final class Workers {

    private Workers() {}

    /**
     * Does the pieces 0 … count - 1.
     *
     * @param threads how many at the same time
     * @param worker called once on each thread, for what does its pieces there with buffers of its own
     * @throws RuntimeException that of the piece with the lowest number among those that failed
     */
    public static void run(int threads, int count, Supplier<IntConsumer> worker) {
        if (threads < 1) {
            throw new IllegalArgumentException("illegal number of threads: " + threads + ", must be at least 1");
        }
        int useful = Math.min(threads, count);
        if (useful <= 1) {
            IntConsumer work = worker.get();
            for (int piece = 0; piece < count; piece++) {
                work.accept(piece);
            }
            return;
        }
        RuntimeException[] failures = new RuntimeException[count];
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(useful);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int t = 0; t < useful; t++) {
                ends.add(pool.submit(() -> {
                    IntConsumer work = worker.get();
                    for (int piece = next.getAndIncrement(); piece < count; piece = next.getAndIncrement()) {
                        try {
                            work.accept(piece);
                        } catch (RuntimeException e) {
                            failures[piece] = e;
                        }
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other threads", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
