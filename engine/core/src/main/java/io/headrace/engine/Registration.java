package io.headrace.engine;

import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Under which number this engine is known in the store. Thread-safe. */
final class Registration {

    private static final long NONE = 0;

    private final JobStore store;
    private final String name;
    private final Set<String> queues;
    private final Duration expiry;
    private volatile long worker = NONE;

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

    Mono<Void> register() {
        return store.register(name, queues, expiry).doOnNext(id -> worker = id).then();
    }

    Mono<Void> unregister() {
        return Mono.defer(() -> worker == NONE ? Mono.empty() : store.unregister(worker))
                .doOnSuccess(nothing -> worker = NONE);
    }
}
