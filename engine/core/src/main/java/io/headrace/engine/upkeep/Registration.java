package io.headrace.engine.upkeep;

import io.headrace.spi.NewWorker;
import io.headrace.spi.WorkerId;
import io.headrace.spi.WorkerRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Under which id this engine is known in the store. Thread-safe. */
public final class Registration {

    private static final long NONE = 0;

    private final WorkerRegistry workers;
    private final NewWorker first;
    private final NewWorker again;
    private final StoreContact contact;
    private volatile long worker = NONE;

    /** @param slots the queues, and how many jobs of each run at once */
    public Registration(
            WorkerRegistry workers,
            String name,
            @Nullable String version,
            Map<String, Integer> slots,
            @Nullable Set<String> kinds,
            Duration expiry,
            StoreContact contact) {
        this.workers = workers;
        this.first = new NewWorker(name, version, slots.keySet(), kinds, slots, expiry, false);
        this.again = new NewWorker(name, version, slots.keySet(), kinds, slots, expiry, true);
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
        return first.expiry();
    }

    Mono<Void> register() {
        return register(first);
    }

    /** After the store has forgotten this worker. */
    Mono<Void> registerAnew() {
        return register(again);
    }

    private Mono<Void> register(NewWorker asked) {
        return workers.register(asked)
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
