package io.headrace.benchmarks.faults;

import io.headrace.Backoff;
import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.NewJob;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Enqueues at a steady pace, in bulk and one by one. While the store is away it tries again, and the pace falls; a try
 * whose answer was lost may have enqueued its jobs nevertheless, so there may be more jobs than were made.
 */
public final class Producer implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS_A_SECOND = 20;
    private static final int TICKS_IN_FLIGHT = 4;
    private static final int SINGLES_EVERY = 4;
    private static final Backoff AWAY = Backoff.fixed(Duration.ofMillis(200)).jitter(0.2);

    private final JobClient client;
    private final int jobsPerSecond;
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong owedThousandths = new AtomicLong();
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private @Nullable Disposable running;
    private volatile boolean stopped;
    private volatile boolean closed;

    Producer(JobClient client, int jobsPerSecond) {
        this.client = client;
        this.jobsPerSecond = jobsPerSecond;
    }

    void start() {
        running = Flux.interval(TICK)
                .onBackpressureDrop()
                .takeWhile(tick -> !stopped)
                .flatMap(this::tick, TICKS_IN_FLIGHT)
                .subscribe();
    }

    /** What it enqueues by. */
    JobClient client() {
        return client;
    }

    /** How many are known to have been enqueued. */
    long enqueued() {
        return acknowledged.size();
    }

    /** Enqueues these as well; returns when they are. */
    public List<Enqueued> add(Collection<? extends NewJob<?>> jobs) {
        return enqueue(client.enqueueAll(jobs)).blockOptional().orElseThrow();
    }

    /** These were enqueued by others, and count as those of its own. */
    public void acknowledge(List<Enqueued> answers) {
        answers.forEach(answer -> acknowledged.add(answer.id().value()));
    }

    /** Stops, and waits until nothing is on its way. */
    void stop() {
        stopped = true;
        Waiting.require("the last jobs are enqueued", Duration.ofMinutes(2), () -> inFlight.get() == 0);
    }

    Set<Long> acknowledged() {
        return acknowledged;
    }

    private Mono<Void> tick(long tick) {
        long owed = owedThousandths.addAndGet(1_000L * jobsPerSecond / TICKS_A_SECOND);
        int count = (int) (owed / 1_000);
        owedThousandths.addAndGet(-1_000L * count);
        List<NewJob<Grain>> jobs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            jobs.add(job(made.getAndIncrement()));
        }
        Mono<Void> all = tick % SINGLES_EVERY == 0
                ? Flux.fromIterable(jobs)
                        .flatMap(job -> enqueue(client.enqueue(job).map(List::of)), Math.max(1, count))
                        .then()
                : enqueue(client.enqueueAll(jobs)).then();
        return all.doOnSubscribe(s -> inFlight.incrementAndGet()).doFinally(s -> inFlight.decrementAndGet());
    }

    private Mono<List<Enqueued>> enqueue(Mono<List<Enqueued>> once) {
        return once.retryWhen(AWAY.retry(Integer.MAX_VALUE, error -> !closed)).doOnNext(this::acknowledge);
    }

    /** Mostly plain ones; some wait, some fail once, some have a key, and of those some the key of the one before. */
    private static NewJob<Grain> job(long nr) {
        Grain.Role role = nr % 50 == 7 ? Grain.Role.FAILS_ONCE : Grain.Role.PLAIN;
        NewJob<Grain> job = (nr % 7 == 0 ? Grain.CRUSH : Grain.GRIND).job(new Grain(nr, role));
        if (nr % 10 == 3) {
            job = job.delay(Duration.ofMillis(500 + nr % 1_500));
        }
        if (nr % 20 == 5) {
            job = job.uniqueKey("key " + nr);
        }
        return nr % 100 == 26 ? job.uniqueKey("key " + (nr - 1)) : job;
    }

    @Override
    public void close() {
        stopped = true;
        closed = true;
        if (running != null) {
            running.dispose();
        }
    }
}
