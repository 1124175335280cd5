package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.contender.Contender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Enqueues jobs at moments that are set beforehand, whatever becomes of those before: one that is late is late, and what
 * waited for it is not forgiven. Several threads send, so that a slow answer does not hold up the next job.
 */
final class OpenLoop {

    private static final int SENDERS = 16;
    private static final Duration LEAD = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int rate;
    private final Moments moments;

    OpenLoop(int jobsPerSecond, Moments moments) {
        this.rate = jobsPerSecond;
        this.moments = moments;
    }

    /** Sends all of them and waits until their handlers have started. */
    void run(Contender to) throws Exception {
        long first = System.nanoTime() + LEAD.toNanos();
        AtomicInteger next = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                tasks.add(() -> send(to, first, next));
            }
            for (Future<Void> sender : senders.invokeAll(tasks)) {
                sender.get();
            }
        } finally {
            senders.shutdownNow();
        }
        moments.awaitAll(PATIENCE);
    }

    private Void send(Contender to, long first, AtomicInteger next) throws Exception {
        for (int nr = next.getAndIncrement(); nr < moments.count(); nr = next.getAndIncrement()) {
            long at = first + nr * Duration.ofSeconds(1).toNanos() / rate;
            for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            moments.intended(nr, at);
            to.enqueueForLatency(nr);
            moments.committed(nr, System.nanoTime());
        }
        return null;
    }
}
