package io.headrace.benchmarks.tombstones;

import io.headrace.JobEngine;
import io.headrace.JobType;
import io.headrace.postgres.PostgresJobStore;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** An engine that claims and drains as fast as it can, and how fast that is. */
final class Grinder implements AutoCloseable {

    static final String APPLICATION = "grinder";

    private static final int CONCURRENCY = 500;

    private final PostgresJobStore store;
    private final JobEngine engine;
    private final AtomicLong handled = new AtomicLong();
    private volatile long lastNanos;

    Grinder(Yard yard) {
        store = yard.store(APPLICATION);
        engine = JobEngine.builder(store)
                .queue(JobType.DEFAULT_QUEUE, queue -> queue.concurrency(CONCURRENCY))
                .subscribe(Errand.GRAIN, job -> {
                    lastNanos = System.nanoTime();
                    handled.incrementAndGet();
                    return Mono.empty();
                })
                .build();
    }

    void start() {
        engine.start().block();
    }

    long handled() {
        return handled.get();
    }

    /** Counts from now on. */
    Stretch begin() {
        return new Stretch(handled.get(), System.nanoTime());
    }

    /** A stretch of time, and what was ground in it. */
    final class Stretch {

        private final long before;
        private final long beganNanos;

        private Stretch(long before, long beganNanos) {
            this.before = before;
            this.beganNanos = beganNanos;
        }

        /** So far; if there was nothing left to grind, until then. */
        double jobsPerSecond() {
            long jobs = handled.get() - before;
            return jobs == 0 ? 0 : jobs / ((lastNanos - beganNanos) / 1e9);
        }
    }

    @Override
    public void close() {
        engine.stop().then(store.close()).block();
    }
}
