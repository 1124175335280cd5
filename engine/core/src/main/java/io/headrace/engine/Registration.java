package io.headrace.engine;

import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Under which number this engine is known in the store. Thread-safe. */
final class Registration {

    private static final long NONE = 0;

    private final JobStore store;
    private final String name;
    private final Set<String> queues;
    private final Duration expiry;
    private volatile long worker = NONE;
    private volatile @Nullable Long heardNanos;

    Registration(JobStore store, String name, Set<String> queues, Duration expiry) {
        this.store = store;
        this.name = name;
        this.queues = Set.copyOf(queues);
        this.expiry = expiry;
    }

    /** The worker's id; 0 while there is none. */
    long worker() {
        return worker;
    }

    Duration expiry() {
        return expiry;
    }

    Mono<Void> register(Scheduler clock) {
        return store.register(name, queues, expiry)
                .doOnNext(id -> {
                    heard(clock);
                    worker = id;
                })
                .then();
    }

    /** The store has just answered that it knows, or knew, this worker. */
    void heard(Scheduler clock) {
        heardNanos = clock.now(TimeUnit.NANOSECONDS);
    }

    /** How long ago the store answered; {@code null} if it never has. */
    @Nullable
    Duration sinceHeard(Scheduler clock) {
        Long heard = heardNanos;
        return heard == null ? null : Duration.ofNanos(clock.now(TimeUnit.NANOSECONDS) - heard);
    }

    Mono<Void> unregister() {
        return Mono.defer(() -> worker == NONE ? Mono.empty() : store.unregister(worker))
                .doOnSuccess(nothing -> worker = NONE);
    }
}
