package io.headrace.engine.upkeep;

import io.headrace.spi.WorkerId;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Under which id this engine is known in the store. Thread-safe. */
public final class Registration {

    private static final long NONE = 0;

    private final WorkerRegistry workers;
    private final String name;
    private final Set<String> queues;
    private final Duration expiry;
    private final StoreContact contact;
    private volatile long worker = NONE;

    public Registration(
            WorkerRegistry workers, String name, Set<String> queues, Duration expiry, StoreContact contact) {
        this.workers = workers;
        this.name = name;
        this.queues = Set.copyOf(queues);
        this.expiry = expiry;
        this.contact = contact;
    }

    /** The worker's id; 0 while there is none. */
    public long worker() {
        return worker;
    }

    /** The same for people; {@code null} while there is none. */
    @Nullable
    String workerText() {
        long id = worker;
        return id == NONE ? null : new WorkerId(id).toString();
    }

    Duration expiry() {
        return expiry;
    }

    Mono<Void> register() {
        return register(false);
    }

    /** After the store has forgotten this worker. */
    Mono<Void> registerAnew() {
        return register(true);
    }

    private Mono<Void> register(boolean wasAway) {
        return workers.register(name, queues, expiry, wasAway)
                .doOnNext(id -> {
                    worker = id;
                    contact.heard();
                })
                .then();
    }

    Mono<Void> unregister() {
        return Mono.defer(() -> worker == NONE ? Mono.empty() : workers.unregister(worker))
                .doOnSuccess(nothing -> worker = NONE);
    }
}
