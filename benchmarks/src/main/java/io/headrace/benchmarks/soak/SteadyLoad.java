package io.headrace.benchmarks.soak;

import io.headrace.JobClient;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Enqueues at a rate; what could not be enqueued in time is enqueued as soon as it can be. */
final class SteadyLoad implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MOST_AT_ONCE = 10_000;

    private final JobClient client;
    private final int rate;
    private final String fill;
    private final AtomicLong enqueued = new AtomicLong();
    private final long began = System.nanoTime();
    private final Disposable running;
    private volatile boolean failed;

    SteadyLoad(JobClient client, int jobsPerSecond, String fill) {
        this.client = client;
        this.rate = jobsPerSecond;
        this.fill = fill;
        this.running = Flux.interval(TICK)
                .onBackpressureDrop()
                .concatMap(tick -> due(), 1)
                .subscribe(nothing -> {}, error -> failed = true);
    }

    private Mono<Void> due() {
        long first = enqueued.get();
        long due = (System.nanoTime() - began) * rate / NANOS_A_SECOND - first;
        long jobs = Math.min(due, MOST_AT_ONCE);
        return jobs <= 0
                ? Mono.empty()
                : client.enqueueAll(LongStream.range(first, first + jobs)
                                .mapToObj(i -> Payload.job(i, fill))
                                .toList())
                        .doOnNext(answers -> enqueued.addAndGet(answers.size()))
                        .then();
    }

    /**
     * How many have been acknowledged.
     *
     * @throws IllegalStateException if one was refused
     */
    long enqueued() {
        if (failed) {
            throw new IllegalStateException("jobs could not be enqueued");
        }
        return enqueued.get();
    }

    @Override
    public void close() {
        running.dispose();
    }
}
