package io.headrace.benchmarks.latency;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.run.SteadyRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Enqueues jobs at moments that are set beforehand, whatever becomes of those before: one that is late is late, and what
 * waited for it is not forgiven. Several threads send, so that a slow answer does not hold up the next job.
 */
final class OpenLoop {

    private static final int SENDERS = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int rate;
    private final Moments moments;

    OpenLoop(int jobsPerSecond, Moments moments) {
        this.rate = jobsPerSecond;
        this.moments = moments;
    }

    /** Sends all of them and waits until their handlers have started. */
    void run(Contender to) throws Exception {
        SteadyRate times = SteadyRate.of(rate);
        AtomicInteger next = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                tasks.add(() -> send(to, times, next));
            }
            for (Future<Void> sender : senders.invokeAll(tasks)) {
                sender.get();
            }
        } finally {
            senders.shutdownNow();
        }
        moments.awaitAll(PATIENCE);
    }

    private Void send(Contender to, SteadyRate times, AtomicInteger next) throws Exception {
        for (int nr = next.getAndIncrement(); nr < moments.count(); nr = next.getAndIncrement()) {
            moments.intended(nr, times.await(nr));
            to.enqueueForLatency(nr);
            moments.committed(nr, System.nanoTime());
        }
        return null;
    }
}
